"""What the reports of an outlet repeat is learnt, and nothing that is news."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from parley.errors import RecordError
from parley.model import Report
from parley.reading.outlets import WHY, Habits, mark_habits

from .conftest import Outcome

Run = Callable[..., Outcome]
SLOGAN = "Truth before breakfast"
ABOUT = "The Quay has told the islands what the ministries would rather keep to themselves at all."
HISTORY = "The two sides fought over the strait in 1994, when more than two hundred sailors died."


def story(number: int, *, outlet: str | None = "The Quay", tail: str = ABOUT) -> Report:
    """Return a report with the outlet's lines around a story of its own."""
    words = f"Delegation number {number} said that round {number} of the talks had ended early."
    text = f"{SLOGAN}\n{words}\nIt gave {number} reasons for that, none of them new.\n{tail}"
    return Report(id=f"r{number}", source=str(number), text=text, outlet=outlet)


def marked(reports: list[Report]) -> list[list[str]]:
    """Return what is marked in each report as repeated."""
    return [
        [report.text[part.start : part.end] for part in report.boilerplate if part.why == WHY]
        for report in mark_habits(reports)
    ]


def test_what_all_repeat_is_marked_in_the_first_as_well() -> None:
    """Whatever the order: the slogan above and the notice below, and no line of a story."""
    reports = [story(number) for number in range(6)]
    assert marked(reports) == [[SLOGAN, ABOUT]] * 6
    assert marked(reports[::-1]) == [[SLOGAN, ABOUT]] * 6


def test_few_reports_teach_nothing() -> None:
    """Two that are alike may be chance, and so may reports of an outlet that is not known."""
    assert marked([story(1), story(2)]) == [[], []]
    assert marked([story(number, outlet=None) for number in range(6)]) == [[]] * 6


def test_history_below_each_story_is_no_boilerplate() -> None:
    """What agencies recall in every report is what happened once."""
    assert marked([story(number, tail=HISTORY) for number in range(6)]) == [[SLOGAN]] * 6


def test_versions_of_one_story_count_once() -> None:
    """The same report ten times teaches nothing about its outlet."""
    assert marked([story(1)] * 10) == [[]] * 10


def test_outlets_are_kept_apart() -> None:
    """What one repeats says nothing about another."""
    mine = [story(number) for number in range(6)]
    other = story(7, outlet="The Pier")
    assert marked([*mine, other])[-1] == []


def test_rows_of_an_outlet_are_marked_when_read(outcome: Run, tmp_path: Path) -> None:
    """Through the readers: the marks stay sorted and apart."""
    rows = [{"text": story(number).text, "outlet": "The Quay"} for number in range(6)]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, rows)))
    reports, _ = outcome(tmp_path)
    assert [report.source[-2:] for report in reports] == [f"#{n}" for n in range(1, 7)]
    for report in reports:
        assert WHY in {part.why for part in report.boilerplate}
        ends = [0, *(part.end for part in report.boilerplate)]
        assert all(part.start >= end for part, end in zip(report.boilerplate, ends, strict=False))


def test_memory_is_bounded() -> None:
    """Thousands of reports of hundreds of outlets are not held."""

    def many() -> Iterator[Report]:
        for number in range(3_000):
            yield story(number, outlet=f"Outlet {number % 700}")

    tracemalloc.start()
    assert sum(1 for _ in mark_habits(many())) == 3_000
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 5_000_000


class Kept:
    """What is kept from run to run."""

    def __init__(self) -> None:
        self.habits: dict[str, Habits] = {}
        self.reports: set[str] = set()
        self.writes = 0

    def recall_habits(self, outlet: str) -> Habits | None:
        """Return what is kept."""
        return self.habits.get(outlet)

    def keep_habits(self, outlet: str, habits: Habits) -> None:
        """Keep it."""
        self.writes += 1
        self.habits[outlet] = Habits(stories=habits.stories, counts=dict(habits.counts))

    def has_report(self, id_: str) -> bool:
        """Tell what was read."""
        return id_ in self.reports


def test_what_was_learnt_holds_in_the_next_run() -> None:
    """A feed that brings one report a run: from the fifth on all that is repeated is known."""
    kept = Kept()
    found = []
    for number in range(6):
        (report,) = mark_habits([story(number)], memory=kept)
        kept.reports.add(report.id)
        found.append([report.text[part.start : part.end] for part in report.boilerplate])
    assert found[0] == []
    assert found[5] == [SLOGAN, ABOUT]


def test_a_report_teaches_once() -> None:
    """A second run over the same reports changes nothing of what is kept."""
    kept = Kept()
    reports = [story(number) for number in range(6)]
    first = list(mark_habits(reports, memory=kept))
    kept.reports |= {report.id for report in reports}
    before, kept.writes = dict(kept.habits), 0
    assert list(mark_habits(reports, memory=kept)) == first
    assert kept.writes == 0
    assert kept.habits == before


def test_a_run_that_is_cut_off_keeps_what_it_learnt() -> None:
    """Whoever takes the reports may stop at any of them."""
    kept = Kept()
    marking = mark_habits([story(number) for number in range(6)], memory=kept)
    next(marking)
    marking.close()
    assert kept.habits["the quay"].stories == 6


def test_what_cannot_be_kept_stops_no_one_who_has_stopped_already() -> None:
    """On a full disk the run tells so once; letting go of the reports says nothing more."""

    class Full(Kept):
        def keep_habits(self, outlet: str, habits: Habits) -> None:
            raise RecordError("parley.db: the disk is full; make room")

    marking = mark_habits([story(number) for number in range(6)], memory=Full())
    next(marking)
    marking.close()
    with pytest.raises(RecordError):
        list(mark_habits([story(number) for number in range(6)], memory=Full()))
