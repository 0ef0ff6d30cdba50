"""Keeping: which later reports tell that a provision of an agreement is kept or broken.

In: an agreement's event and the links to it.  Out: for each provision the links that speak
of it.  Which provision a deed is about follows from the words that both have in common.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from parley.merging.bearing import (
    Words,
    is_breach_of_kind,
    is_of_kind,
    parties_in,
    root_of,
    words_of,
)
from parley.model import Event, Link, Provision

_KIND = 2  # words in common that it is worth to be of a point's kind
KEEPING = frozenset({"implements", "violates", "ends"})


def told_of_provisions(
    agreement: Event, links: Iterable[Link], deeds: Mapping[str, Event] = MappingProxyType({})
) -> Mapping[int, tuple[Link, ...]]:
    """Return provision's index -> the links that tell of its keeping, breach or end.

    `links` are those to the agreement, in their order; others are passed over.  A deed that
    has no word in common with any provision is of the agreement as a whole: key -1.  `deeds` are
    the events from which they are, as far as they are at hand: one is rather of a point of its
    kind.
    """
    found: dict[int, list[Link]] = {}
    points = [(words_of(each.text), each) for each in agreement.provisions]
    bound = parties_in(agreement)
    for link in links:
        if link.relation in KEEPING and link.to == agreement.id:
            at = _point_of(link, points, bound, deeds.get(link.from_))
            found.setdefault(at, []).append(link)
    return {index: tuple(told) for index, told in sorted(found.items())}


def _point_of(
    link: Link,
    points: Sequence[tuple[Words, Provision]],
    bound: frozenset[str],
    deed: Event | None,
) -> int:
    """Return the index of the point that a link is of, -1 where it may be of several or of none.

    Of two of which it has as many words it is of the one of which these are the greater part;
    the names of those who are bound are in every point.
    """
    told = words_of(" ".join(mention.text for mention in link.mentions))
    roots = told.roots - frozenset(root_of(name) for name in bound)
    shared = []
    for point, about in points:
        words = len(roots & point.roots)
        others = len(told.numbers & point.numbers) + len((told.names - bound) & point.names)
        kind = deed is not None and (
            is_breach_of_kind(deed, about)
            if link.relation == "violates"
            else bool(words + others) and is_of_kind(deed, about)
        )
        shared.append((words + others + _KIND * kind, words / max(1, len(point.roots))))
    most = max(shared, default=(0, 0.0))
    return shared.index(most) if most[0] and shared.count(most) == 1 else -1
