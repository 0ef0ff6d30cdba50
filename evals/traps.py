"""What must not be in a record: whether a trap of the gold has been sprung."""

from __future__ import annotations

from evals.answers import Gold, TrapAnswer
from evals.outcome import Outcome
from parley.model import Event


def is_avoided(trap: TrapAnswer, gold: Gold, outcome: Outcome) -> bool:
    """Return whether the record has the report and nothing that the trap forbids in it."""
    return trap.report in outcome.reports and not (
        _date_sprung(trap, outcome)
        or any(_quote_sprung(trap, event, gold, outcome) for event in outcome.events)
        or _twice_sprung(trap, outcome)
        or any(_count_sprung(trap, event) for event in outcome.events)
    )


def _date_sprung(trap: TrapAnswer, outcome: Outcome) -> bool:
    """Return whether the report, or an event that it tells, bears the date."""
    if trap.forbid_date is None:
        return False
    published = outcome.reports[trap.report].published
    if published is not None and published.start == trap.forbid_date:
        return True
    return any(
        event.when is not None
        and event.when.start == trap.forbid_date
        and (not trap.forbid_date_types or event.type in trap.forbid_date_types)
        and any(outcome.mentions_in(event, trap.report))
        for event in outcome.events
    )


def _quote_sprung(trap: TrapAnswer, event: Event, gold: Gold, outcome: Outcome) -> bool:
    """Return whether the event is told at the words, of no type or status that may be."""
    if trap.forbid_quote is None:
        return False
    if event.status in trap.allow_status or event.type in trap.allow_types:
        return False
    spans = gold.find(trap.forbid_quote, trap.report)
    return any(outcome.tells(event, *span) for span in spans)


def _twice_sprung(trap: TrapAnswer, outcome: Outcome) -> bool:
    """Return whether that many dead stand in several events of the record, or in none."""
    if not trap.once_killed:
        return False
    right = (trap.once_killed, trap.once_killed + 1)
    with_it = [
        event
        for event in outcome.events
        if any(count.what == "killed" and count.best in right for count in event.counts)
    ]
    return len(with_it) != 1


def _count_sprung(trap: TrapAnswer, event: Event) -> bool:
    """Return whether the event takes the number for one of dead or wounded."""
    return trap.forbid_count is not None and any(
        trap.forbid_count in (count.low, count.best, count.high)
        for count in event.counts
        if count.what in ("killed", "wounded")
    )
