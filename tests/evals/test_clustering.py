"""B-cubed over a gold file's tellings, on records made by hand."""

from datetime import date

import pytest

from evals.answers import EventAnswer, Gold
from evals.clustering import bcubed, measure_clustering
from evals.outcome import Outcome
from parley.model import Event, EventMention, ReportLine

TEXTS = {"one.txt": "They met in May. A raid followed.", "two.txt": "The May talks. The raid."}
MET = EventAnswer(
    id="met",
    types=("CONSULT",),
    start=date(2023, 5, 3),
    end=date(2023, 5, 3),
    status=("happened",),
    reports=("one.txt", "two.txt"),
    evidence={"one.txt": "They met in May", "two.txt": "The May talks"},
)
RAID = EventAnswer(
    id="raid",
    types=("ASSAULT",),
    start=date(2023, 5, 4),
    end=date(2023, 5, 4),
    status=("happened",),
    reports=("one.txt", "two.txt"),
    evidence={"one.txt": "A raid followed", "two.txt": "The raid"},
)


def event(name: str, type_: str, *told: tuple[str, str]) -> Event:
    """An event told at the words of each report."""
    mentions = tuple(
        EventMention(
            id=f"m{report}{quote}",
            report=f"r{report}",
            start=TEXTS[report].index(quote),
            end=TEXTS[report].index(quote) + len(quote),
            text=quote,
            status="happened",
            attribution=(),
            said=None,
            background=False,
        )
        for report, quote in told
    )
    return Event(
        id=name,
        type=type_,  # type: ignore[arg-type]
        mode=None,
        contexts=(),
        summary="",
        status="happened",
        when=None,
        where=(),
        participants=(),
        counts=(),
        provisions=(),
        mentions=mentions,
        disagreements=(),
    )


def measure(*events: Event):  # type: ignore[no-untyped-def]
    """Measure a record of these events against both answers."""
    lines = {
        name: ReportLine(
            id=f"r{name}",
            source=name,
            title=None,
            outlet=None,
            language=None,
            url=None,
            text_sha256="",
            published=None,
            boilerplate=(),
        )
        for name in TEXTS
    }
    return measure_clustering(Gold((MET, RAID), TEXTS, {}), Outcome(lines, events))


def test_each_happening_one_event_is_perfect() -> None:
    """Two happenings, each told by two reports and each one event: both figures are 1."""
    got = measure(
        event("e1", "CONSULT", ("one.txt", "They met in May."), ("two.txt", "The May talks.")),
        event("e2", "ASSAULT", ("one.txt", "A raid followed."), ("two.txt", "The raid.")),
    )
    assert (got.precision, got.recall, got.f1, got.tellings, got.asked) == (1, 1, 1, 4, 4)
    assert not got.misses


def test_a_torn_happening_costs_recall_and_is_named() -> None:
    """A happening in two events halves the recall of its tellings, and is a miss."""
    got = measure(
        event("e1", "CONSULT", ("one.txt", "They met in May.")),
        event("e3", "CONSULT", ("two.txt", "The May talks.")),
        event("e2", "ASSAULT", ("one.txt", "A raid followed."), ("two.txt", "The raid.")),
    )
    assert got.precision == 1
    assert got.recall == pytest.approx(0.75)
    assert list(got.misses) == ["grouping: met is told by 2 events"]


def test_what_no_event_of_its_type_tells_is_not_grouping_s_fault() -> None:
    """A telling that was not coded, or coded as another sort of thing, is left out."""
    got = measure(event("e1", "ASSAULT", ("one.txt", "They met in May. A raid followed.")))
    assert (got.tellings, got.asked) == (1, 4)
    assert got.precision == got.recall == 1


@pytest.mark.parametrize(
    ("got", "precision", "recall"),
    [
        ("xxxx", 0.5, 1.0),
        ("wxyz", 1.0, 0.5),
        ("xxxy", 2 / 3, 0.75),
    ],
)
def test_bcubed_by_hand(got: str, precision: float, recall: float) -> None:
    """Four items of two happenings: the figures are those worked out by hand."""
    found = bcubed(dict(enumerate("aabb")), dict(enumerate(got)))
    assert found == (pytest.approx(precision), pytest.approx(recall))


def test_nothing_told_is_nothing_right() -> None:
    """Without a telling the figures are 0, not an error."""
    assert bcubed({}, {}) == (0.0, 0.0)
    assert measure().f1 == 0
