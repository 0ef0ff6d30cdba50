"""Texts that were coded before: what they tell is the same, under another report's id."""

from __future__ import annotations

from itertools import count

import msgspec
import pytest

from builders import make_report, meeting
from parley.engine import reprints
from parley.engine.coder import BuiltIn
from parley.engine.reprints import Reprints
from parley.engine.steps import CodedReport
from parley.model import Boilerplate, digest
from parley.reading import read
from parley.sample import sample_paths


@pytest.fixture(scope="module")
def built_in():
    """Return Parley's own coder."""
    return BuiltIn()


def reprint(report, number=1, **changes):
    """Return a report with the same text, by another paper."""
    return msgspec.structs.replace(
        report, id=digest("r", report.id, str(number)), source=f"paper/{number}", **changes
    )


def test_a_reprint_tells_what_it_would_tell_by_itself(built_in, monkeypatch):
    """Over all samples, looked up and coded anew are equal: ids, traces, ties, dates, clues."""
    reports = list(read([str(path) for path in sample_paths()], refuse=pytest.fail))
    told = ties = undated = 0
    for report in reports:
        first = built_in.code(report)
        again = reprint(report)
        found = built_in.code(again)
        with monkeypatch.context() as patched:
            patched.setattr(Reprints, "find", lambda *_: None)
            anew = built_in.code(again)
        assert found.report == anew.report
        assert found.mentions == anew.mentions
        assert found.undated == anew.undated
        assert {mention.report for mention in found.mentions} <= {again.id}
        assert report.id not in str(found)
        told += len(first.mentions)
        ties += sum(len(mention.links) for mention in first.mentions)
        undated += first.undated is not None
    assert told
    assert ties
    assert undated


def test_it_is_coded_once(built_in, monkeypatch):
    """The parser does not see the text again."""
    report = next(read([str(sample_paths()[0])], refuse=pytest.fail))
    built_in.code(report)
    monkeypatch.setattr(built_in, "_parser", None)
    assert built_in.code(reprint(report, 2)).mentions


def test_whatever_coding_looks_at_makes_another_text():
    """With another title, another date given or other marks it is coded for itself."""
    report = make_report()
    kept = Reprints()
    kept.keep(report, CodedReport(report, ()))
    assert kept.find(reprint(report)) is not None
    marks = (Boilerplate(start=0, end=3, why="byline"),)
    for changes in ({"title": "Other"}, {"published": None}, {"boilerplate": marks}):
        assert kept.find(reprint(report, **changes)) is None


def test_another_coders_mentions_are_not_kept():
    """Where nobody knows what an id follows from, nothing is looked up."""
    report = make_report()
    kept = Reprints()
    kept.keep(report, CodedReport(report, (meeting(report),)))
    assert kept.find(reprint(report)) is None


def test_no_more_than_some_are_kept(monkeypatch):
    """The oldest goes first, by number and by length; what is asked for stays."""
    monkeypatch.setattr(reprints, "_MOST", 2)
    kept, numbers = Reprints(), count()
    reports = [make_report(f"text {next(numbers)}") for _ in range(3)]
    for report in reports[:2]:
        kept.keep(report, CodedReport(report, ()))
    assert kept.find(reports[0]) is not None
    kept.keep(reports[2], CodedReport(reports[2], ()))
    assert [kept.find(report) is not None for report in reports] == [True, False, True]
    monkeypatch.setattr(reprints, "_LONGEST", 10)
    kept.keep(reports[1], CodedReport(reports[1], ()))
    assert [kept.find(report) is not None for report in reports] == [False, True, False]
