"""Keeping: which later reports tell that a provision of an agreement is kept or broken.

In: an agreement's event and the links to it.  Out: for each provision the links that speak
of it.  Which provision a deed is about follows from the words that both have in common.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from parley.merging.observing import roots_of
from parley.model import Event, Link, Provision

KEEPING = frozenset({"implements", "violates"})


def told_of_provisions(agreement: Event, links: Iterable[Link]) -> Mapping[int, tuple[Link, ...]]:
    """Return provision's index -> the links that tell of its keeping or breach.

    `links` are those to the agreement, in their order; others are passed over.  A deed that
    has no word in common with any provision is of the agreement as a whole: key -1.
    """
    found: dict[int, list[Link]] = {}
    for link in links:
        if link.relation in KEEPING and link.to == agreement.id:
            found.setdefault(_provision_of(link, agreement.provisions), []).append(link)
    return {index: tuple(told) for index, told in sorted(found.items())}


def _provision_of(link: Link, provisions: Sequence[Provision]) -> int:
    told = roots_of(" ".join(mention.text for mention in link.mentions))
    words = [roots_of(provision.text) for provision in provisions]
    # Of two that it has as many words of, it is of the one of which these are the greater part.
    shared = [(len(told & each), len(told & each) / max(1, len(each))) for each in words]
    most = max(shared, default=(0, 0.0))
    # Of two provisions that it has as much in common with it may be either: it is told of neither.
    return shared.index(most) if most[0] and shared.count(most) == 1 else -1
