"""How well the tellings of a gold file are grouped: B-cubed precision, recall and F1.

Every quotation of an answer is a telling; two answers are two happenings.  `minor` answers
are left out: many are headlines, which tell once more of what an answer asks for.
A telling belongs to the event that has a mention (of 600 characters at most) overlapping it,
and that is of a type that the answer takes; one that no such event tells is coding's to find
and does not count here.  Where a sentence tells of several happenings, the event that tells
most of the answer's other tellings is taken.  B-cubed is that of Bagga and Baldwin,
*Entity-Based Cross-Document Coreferencing Using the Vector Space Model* (1998), each telling
counted once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import fsum

from evals.answers import Gold
from evals.outcome import Outcome
from parley.model import Event


@dataclass(frozen=True)
class Clustering:
    """The figures, and a line for each answer that is torn and each event that holds two.

    `tellings` were found, of `asked`.
    """

    precision: float
    recall: float
    tellings: int
    asked: int
    misses: Sequence[str]

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True)
class _Telling:
    answer: str
    report: str
    events: tuple[Event, ...]


def measure_clustering(gold: Gold, outcome: Outcome) -> Clustering:
    """Return how well the events of a record group the tellings of a gold set."""
    tellings = list(_tellings(gold, outcome))
    found = [telling for telling in tellings if telling.events]
    held = Counter((telling.answer, event.id) for telling in found for event in telling.events)
    chosen = [
        max(telling.events, key=lambda event: held[telling.answer, event.id]).id
        for telling in found
    ]
    precision, recall = bcubed(dict(enumerate(t.answer for t in found)), dict(enumerate(chosen)))
    return Clustering(
        precision=precision,
        recall=recall,
        tellings=len(found),
        asked=len(tellings),
        misses=tuple(_misses(found, chosen)),
    )


def bcubed(gold: Mapping[int, str], got: Mapping[int, str]) -> tuple[float, float]:
    """Return B-cubed precision and recall of a grouping; both name each item's group."""
    if not gold:
        return 0.0, 0.0
    together = Counter((gold[item], got[item]) for item in gold)
    sizes, theirs = Counter(gold.values()), Counter(got.values())
    precision = fsum(together[gold[item], got[item]] / theirs[got[item]] for item in gold)
    recall = fsum(together[gold[item], got[item]] / sizes[gold[item]] for item in gold)
    return precision / len(gold), recall / len(gold)


def _tellings(gold: Gold, outcome: Outcome) -> Iterator[_Telling]:
    for answer in gold.events:
        possible = [event for event in outcome.events if event.type in answer.types]
        for span in dict.fromkeys(gold.told_at(answer)):
            told = tuple(event for event in possible if outcome.tells(event, *span))
            yield _Telling(answer.id, span[0], told)


def _misses(found: Sequence[_Telling], chosen: Sequence[str]) -> Iterator[str]:
    events: dict[str, list[str]] = {}
    answers: dict[str, list[str]] = {}
    for telling, event in zip(found, chosen, strict=True):
        events.setdefault(telling.answer, []).append(event)
        answers.setdefault(event, []).append(telling.answer)
    for answer, names in events.items():
        if len(set(names)) > 1:
            yield f"grouping: {answer} is told by {len(set(names))} events"
    for event, asked in answers.items():
        if len(set(asked)) > 1:
            yield f"grouping: {event} tells of {', '.join(dict.fromkeys(asked))}"
