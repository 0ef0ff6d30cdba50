"""What the reports of an outlet repeat is learnt, and nothing that is news."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path

from parley.model import Report
from parley.reading.outlets import WHY, mark_habits

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
