"""Outgrown: figures whose place a greater one has taken in the same report.

In: a report's drafts.  Out: the drafts, with such figures marked as earlier ones: "Ten people were
killed on Monday.  The toll stood at 12 on Wednesday."
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from parley.coding.drafts import Draft, changed
from parley.model import Count

# Whom a figure of all may count: of policemen there may be fewer than dead in all.
_ANYBODY = frozenset({None, "people", "persons", "person"})


def mark_outgrown(drafts: Sequence[Draft]) -> list[Draft]:
    """Return the drafts; a toll that is told as grown outdoes those told before of that day."""
    tolls = [
        (draft, count)
        for draft in drafts
        if draft.late and draft.mention.status == "happened"
        for count in draft.mention.counts
        if not count.corrected and count.whom in _ANYBODY
    ]
    return [_marked(draft, tolls) for draft in drafts] if tolls else list(drafts)


def _marked(draft: Draft, tolls: Sequence[tuple[Draft, Count]]) -> Draft:
    mention = draft.mention
    counts = tuple(
        replace(count, earlier=True)
        if any(_outdoes(toll, new, draft, count) for toll, new in tolls)
        else count
        for count in mention.counts
    )
    return changed(draft, counts=counts) if counts != mention.counts else draft


def _outdoes(toll: Draft, new: Count, draft: Draft, old: Count) -> bool:
    """Tell whether a toll is told behind a lesser figure of the same day and people."""
    later, mention = toll.mention, draft.mention
    if later.trigger[0] <= mention.trigger[0] or old.corrected or old.whom not in _ANYBODY:
        return False
    if later.when is None or mention.when is None or later.when.start != mention.when.start:
        return False
    if mention.type != "ASSAULT" or new.what != old.what or new.side != old.side:
        return False
    return new.best is not None and old.best is not None and new.best > old.best
