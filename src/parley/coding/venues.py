"""The place of a story: what a sentence that names none takes from those beside it.

"Two others were wounded", "the gunman fled": such a sentence goes on with what was told of the
same day.  In: the drafts of a report.  Out: the same, with places where they were left out.
"""

from __future__ import annotations

from collections.abc import Sequence

from parley.coding.drafts import Draft, changed
from parley.model import EventType, Mention, Status

# What a report tells of one place in several sentences.
_STORIED: frozenset[EventType] = frozenset({"ASSAULT", "PROTEST"})
_PAST: frozenset[Status] = frozenset({"happened", "ongoing", "alleged"})


def placed_by_story(drafts: Sequence[Draft]) -> list[Draft]:
    """Give a happening without a place that of its own kind and day, where there is but one.

    The nearest count: those of its sentence, else of its paragraph.  Those of the whole report
    count where it tells of one place alone: a story of an incident, no survey of a war.
    """
    told = [draft for draft in drafts if _is_storied(draft.mention) and _is_placed(draft.mention)]
    return [_placed(draft, told) for draft in drafts] if told else list(drafts)


def _is_storied(mention: Mention) -> bool:
    return (
        mention.type in _STORIED
        and mention.status in _PAST
        and mention.when is not None
        and mention.when.precision == "day"
        and not mention.background
    )


def _is_placed(mention: Mention) -> bool:
    """Tell whether a place is told in which a story may be set: no country, no province."""
    return bool(mention.where) and mention.where[0].precision not in ("country", "region")


def _placed(draft: Draft, told: Sequence[Draft]) -> Draft:
    mention = draft.mention
    if mention.where or not _is_storied(mention):
        return draft
    beside = [other for other in told if _may_share(mention, other.mention)]
    for near in (
        [o for o in beside if (o.paragraph, o.sentence) == (draft.paragraph, draft.sentence)],
        [o for o in beside if o.paragraph == draft.paragraph],
        beside if _is_of_one_place(told) else [],
    ):
        if near:
            alike = _is_of_one_place(near)
            return changed(draft, where=near[0].mention.where) if alike else draft
    return draft


def _is_of_one_place(drafts: Sequence[Draft]) -> bool:
    return len({draft.mention.where[0].name for draft in drafts}) == 1


def _may_share(one: Mention, other: Mention) -> bool:
    """Tell whether two are of one kind and day, and no two sides do them."""
    assert one.when is not None
    assert other.when is not None
    doers, others = ({p.name for p in m.participants if p.role == "actor"} for m in (one, other))
    return (
        one.type == other.type
        and (one.when.start, one.when.end) == (other.when.start, other.when.end)
        and (not doers or not others or bool(doers & others))
    )
