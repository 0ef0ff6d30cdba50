"""What is held of words and texts that were met has a bound, whatever is met."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from builders import make_report
from parley.dating import Undated
from parley.dating.clues import Clues
from parley.engine import built_in, ingest, settling
from parley.engine import coder as coders
from parley.engine.coder import BuiltIn
from parley.engine.settling import Settling
from parley.engine.steps import CodedReport
from parley.engine.tasks import Answer
from parley.merging import names, stories
from parley.merging.names import fold
from parley.model import Report
from parley.parsing import Parser
from parley.reading import read
from parley.record import Record
from parley.sample import sample_paths


@pytest.fixture(scope="module")
def reports() -> list[Report]:
    """The sample reports."""
    return list(read([str(path) for path in sample_paths()], refuse=pytest.fail))


def test_a_parser_that_has_met_too_many_words_makes_room(
    reports: list[Report], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The samples, coded by parsers that take few words each, tell what they tell by one."""
    alone = BuiltIn()
    told = [alone.code(report) for report in reports]
    loaded: list[Parser] = []
    load = BuiltIn._load_parser
    monkeypatch.setattr(
        BuiltIn, "_load_parser", lambda coder: loaded.append(load(coder)) or loaded[-1]
    )
    monkeypatch.setattr(coders, "_STRINGS", 1500)
    renewed = BuiltIn()
    renewed.expect(reports[:4])
    assert [renewed.code(report) for report in reports] == told
    assert 2 < len(loaded) < len(reports)
    assert all(parser.strings > 1500 for parser in loaded[:-1])


def test_a_run_begins_with_little(
    reports: list[Report], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """What many runs share, as of who polls, is loaded anew between two of them, within none."""
    loaded: list[Parser] = []
    load = BuiltIn._load_parser
    monkeypatch.setattr(
        BuiltIn, "_load_parser", lambda coder: loaded.append(load(coder)) or loaded[-1]
    )
    monkeypatch.setattr(coders, "_STRINGS_AT_FIRST", 1500)
    steps, count = built_in(coder="rules"), []
    for number in range(0, len(reports), 4):
        folder = tmp_path / str(number)
        folder.mkdir()
        for report in reports[number : number + 4]:
            (folder / f"{report.id}.txt").write_text(report.text, encoding="utf-8")
        with Record.open(str(tmp_path / "x.db"), create=True) as record:
            ingest(record, [str(folder)], refuse=pytest.fail, steps=steps)
        count.append(len(loaded))
    assert count == sorted(count)
    assert 1 < count[-1] < len(count) + 1
    assert all(parser.strings > 1500 for parser in loaded[:-1])


def test_a_parser_whose_loading_was_cut_off_is_loaded_the_next_time(
    reports: list[Report], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A report that runs out of time just then costs that report, and none behind it."""
    monkeypatch.setattr(coders, "_STRINGS", 1)
    coder = BuiltIn()
    first = coder.code(reports[0])
    with monkeypatch.context() as patched:
        patched.setattr(BuiltIn, "_load_parser", lambda _: pytest.fail("out of time"))
        with pytest.raises(pytest.fail.Exception):
            coder.recode(reports[0], None)
    assert coder.recode(reports[0], None) == first


def test_a_sentence_is_folded_and_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Names and words that were folded are kept; of longer texts nothing is held."""
    kept = names._fold_name.cache_info
    fold("Médecins Sans Frontières")
    before = kept()
    assert fold("Médecins Sans Frontières") == "medecins sans frontieres"
    long = " ".join(f"The Élan’s {number}th shell fell on Châtelet." for number in range(40))
    assert fold(long).startswith("the elans 0th shell fell on chatelet the elans 1th")
    assert kept().hits == before.hits + 1
    assert kept().currsize == before.currsize


def test_happenings_of_few_reports_are_at_hand_from_run_to_run(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """All that are asked for are told; of as many as may be held the last are not asked again."""
    monkeypatch.setattr(settling, "_MOMENTS_AT_HAND", 3)
    asked: list[str] = []

    def ask(tasks: object) -> Iterator[Answer]:
        for task in tasks:
            asked.append(task.report.id)
            yield Answer(told=(task.report.id,))

    some = [make_report(f"No. {number}") for number in range(5)]
    own = Settling()
    for _ in range(2):
        found = own._moments_of({report.id: report for report in some}, ask)
        assert found == {report.id: (report.id,) for report in some}
    # The second time the last three were at hand.
    assert asked == [report.id for report in (*some, *some[:2])]


def test_what_open_reports_say_is_held_in_a_run_and_of_the_last_from_run_to_run(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Of what an archive leaves open all is at hand while it is settled, and some afterwards."""
    monkeypatch.setattr(settling, "_CLUES_LEFT", 3)
    asked: list[str] = []

    def ask(tasks: object) -> Iterator[Answer]:
        for task in tasks:
            asked.append(task.report.id)
            yield Answer(told=Undated(task.report, Clues()))

    some = [make_report(f"No. {number}") for number in range(5)]
    own = Settling()
    for report in some:
        own.remember(CodedReport(report, (), Undated(report, Clues())))
    assert list(own.settle(some, {}, None, ask)) == []
    assert asked == []
    assert list(own.settle([some[2], some[0]], {}, None, ask)) == []
    assert asked == [some[0].id]
    # What was asked for last stays longest.
    assert list(own.settle([some[0], some[2], some[4], some[1]], {}, None, ask)) == []
    assert asked == [some[0].id, some[1].id]


def test_few_words_of_stories_and_names_are_held() -> None:
    """Words come without end, as numbers do; what is kept of them is soon full."""
    held = (stories._folded, stories._telling, names._fold_name, names.surname, names.sound)
    for number in range(10_000):
        stories._telling(stories._folded(f"w{number}"))
        names.surname(f"W{number}")
    assert all(one.cache_info().currsize <= 8192 for one in held)
    assert stories._folded("W12's") == "w12"
