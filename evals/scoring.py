"""A record against a gold file: the figures, and each miss.

A gold event is found when an event of the record has a mention of 600 characters at most
that overlaps the gold words; where several do, the one that agrees best is taken, and one
that was taken for another gold event only if nothing else fits better.  Every other figure
is a share of the gold events that ask for it, so that an event not found fails them all.

    spans         no mention whose text is not at its offsets
    report date   the window overlaps the gold's and is no wider than it, or than a week
    found         as above
    type ...      see `agreement.py`
    merged        one event, told at the gold's words in every report that tells it
    whole         all that is asked of a gold event, at once
    trap          see `traps.py`
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from evals.agreement import CHECKS, Telling, agrees
from evals.answers import EventAnswer, Gold, MinorAnswer, ReportAnswer, TrapAnswer
from evals.outcome import Outcome
from evals.traps import is_avoided
from parley.model import Event


@dataclass
class Tally:
    """How many were right, of how many."""

    right: int = 0
    of: int = 0


@dataclass
class Score:
    """The figures by name, what was missed, and the events at no words of the gold.

    `unasked` is a number to read by: the gold is not exhaustive.
    """

    figures: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    misses: list[str] = field(default_factory=list)
    unasked: int = 0

    def count(self, figure: str, right: bool, what: str) -> None:
        """Count one answer, and keep what it was if it was missed."""
        tally = self.figures[figure]
        tally.right += right
        tally.of += 1
        if not right:
            self.misses.append(f"{figure}: {what}")


def score(gold: Gold, outcome: Outcome) -> Score:
    """Score a record against a gold set."""
    result = Score()
    wrong = sum(_misplaced(event, gold, outcome) for event in outcome.events)
    result.count("spans", not wrong, f"{wrong} mentions whose text is not at their offsets")
    for answer in gold.answers:
        if isinstance(answer, ReportAnswer):
            published = outcome.reports.get(answer.report)
            got = published.published if published else None
            says = f"{got.start}..{got.end}" if got else "nothing"
            what = f"{answer.report}: got {says}, gold {answer.published}"
            result.count("report date", _dated_right(answer, outcome), what)
    _score_events(gold, outcome, result)
    for answer in gold.answers:
        if isinstance(answer, TrapAnswer) and answer.checkable:
            avoided = is_avoided(answer, gold, outcome)
            result.count("trap", avoided, f"{answer.id}: {answer.rule}")
    result.unasked = _count_unasked(gold, outcome)
    return result


def _score_events(gold: Gold, outcome: Outcome, result: Score) -> None:
    taken: set[str] = set()
    for answer in gold.events:
        event, right = _best(answer, gold, outcome, taken)
        if event is not None:
            taken.add(event.id)
        result.count("found", event is not None, f"{answer.id}: {answer.quote!r}")
        for key, check in CHECKS.items():
            if check.asked(answer):
                result.count(key, right.get(key, False), f"{answer.id}: got {_brief(event)}")
        result.count("whole", event is not None and all(right.values()), answer.id)


def _best(
    answer: EventAnswer, gold: Gold, outcome: Outcome, taken: set[str]
) -> tuple[Event | None, dict[str, bool]]:
    """Return the event that fits the answer best, and which figures it has right."""
    spans = list(gold.told_at(answer))
    best: tuple[float, Event | None, dict[str, bool]] = (-1.0, None, {})
    for event in outcome.events:
        if any(outcome.tells(event, *span) for span in spans):
            right = agrees(answer, Telling(event, outcome, gold))
            fit = sum(right.values()) - (0.5 if event.id in taken else 0)
            if fit > best[0]:
                best = (fit, event, right)
    return best[1], best[2]


def _misplaced(event: Event, gold: Gold, outcome: Outcome) -> int:
    """Return how many mentions of an event do not stand where they say."""
    return sum(
        bool(text) and text[mention.start : mention.end] != mention.text
        for mention in event.mentions
        if (text := gold.texts.get(outcome.file_of.get(mention.report, ""), "")) is not None
    )


def _dated_right(answer: ReportAnswer, outcome: Outcome) -> bool:
    line = outcome.reports.get(answer.report)
    if line is None or line.published is None:
        return False
    first, last = answer.published
    start, end = line.published.start, line.published.end
    return start <= last and end >= first and (end - start).days <= max(7, (last - first).days)


def _count_unasked(gold: Gold, outcome: Outcome) -> int:
    asked = [a for a in gold.answers if isinstance(a, EventAnswer | MinorAnswer)]
    spans = [span for answer in asked for span in gold.told_at(answer)]
    return sum(not any(outcome.tells(e, *span) for span in spans) for e in outcome.events)


def _brief(event: Event | None) -> str:
    if event is None:
        return "nothing"
    when = f"{event.when.start}..{event.when.end}" if event.when else "undated"
    names = [p.name for p in event.participants]
    people = [person.name for p in event.participants for person in p.people]
    counts = [f"{c.what} {c.low}/{c.best}/{c.high}" for c in event.counts]
    places = [place.name for place in event.where]
    return (
        f"{event.type} {event.status} {when} at {places} by {names} {people} {counts} "
        f"in {len({m.report for m in event.mentions})} reports"
    )
