"""Lengths: meetings of several days of which one day alone is told.

"Two-day talks ended on Tuesday", "opened three days of talks on Monday", "signed on Friday after
two days of talks".  In: the drafts of a report.  Out: such a meeting with its first and last day.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from msgspec.structs import replace
from spacy.tokens import Token

from parley.coding.clauses import outer_noun
from parley.coding.drafts import Draft, changed
from parley.coding.numbers import value_of
from parley.coding.syntax import children, prepositions
from parley.coding.triggers import Trigger
from parley.model import When

_LONGEST = 14  # days: who talks for longer is not told to "end three weeks of talks on Friday"
_ENDING = frozenset({"end", "conclude", "close", "finish", "wrap", "break", "adjourn", "complete"})
_AFTER = frozenset({"after", "following"})


def stretched(draft: Draft, drafts: Sequence[Draft]) -> Draft:
    """Return a meeting of several days with all of them, where one of them is told."""
    mention = draft.mention
    if mention.type != "CONSULT" or mention.status == "called_off":
        return draft
    days = _days_of(draft.trigger)
    if days is None:
        return draft
    when = mention.when or _day_after(draft, drafts)
    if when is None or when.end != when.start:
        return draft
    span = timedelta(days=days - 1)
    ended = mention.when is None or _tells_end(draft.trigger.predicate)
    start, end = (when.start - span, when.end) if ended else (when.start, when.end + span)
    basis = when.basis if mention.when is not None else "context"
    return changed(draft, when=replace(when, start=start, end=end, precision="week", basis=basis))


def _tells_end(verb: Token) -> bool:
    """Tell whether a verb says that a meeting is over: "ended", "came to an end"."""
    return verb.lemma_ in _ENDING or any(noun.lemma_ in _ENDING for _, noun in prepositions(verb))


def _days_of(trigger: Trigger) -> int | None:
    """Return how many days a meeting is told to take: "two-day talks", "two days of talks"."""
    noun = outer_noun(trigger.partner.head if trigger.partner is not None else trigger.head)
    for day in (noun, *children(noun, "compound", "amod", "nmod")):
        if day.lemma_.lower() == "day":
            for number in children(day, "nummod"):
                told = value_of(number)
                if told is not None and 1 < told <= _LONGEST:
                    return told
    return None


def _day_after(draft: Draft, drafts: Sequence[Draft]) -> When | None:
    """Return the day on which what came of a meeting is told: "signed on Friday after" it."""
    above: Token = outer_noun(draft.trigger.head).head
    if above.lower_ not in _AFTER:
        return None
    told = [
        other.mention.when
        for other in drafts
        if (other.paragraph, other.sentence) == (draft.paragraph, draft.sentence)
        and other.trigger.predicate.is_ancestor(above)
    ]
    return next((when for when in told if when is not None and when.basis == "told"), None)
