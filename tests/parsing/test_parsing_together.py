"""Reports that are parsed together are parsed as they are one by one."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import numpy as np
import pytest

from parley.model import Report
from parley.parsing import Parse, Parser
from parley.parsing.tables import COLUMNS
from parley.reading import read
from parley.sample import sample_paths


@pytest.fixture(scope="module")
def reports() -> Sequence[Report]:
    """The sample reports."""
    return list(read([str(path) for path in sample_paths()], refuse=print))


def told(parse: Parse) -> list[list[list[int]]]:
    """Return what is told of each word."""
    return [np.asarray(doc.to_array([*COLUMNS, "LEMMA"])).tolist() for doc in parse.docs]


def test_many_are_parsed_as_one_by_one(parser: Parser, reports: Sequence[Report]) -> None:
    """In the same order, every word has the same tag, head, part, name and lemma."""
    assert sum(len(report.text) for report in reports) > 12_000, "more than one batch"
    parses = list(parser.parse_many(reports))
    assert [parse.report for parse in parses] == list(reports)
    assert [told(parse) for parse in parses] == [told(parser.parse(r)) for r in reports]


def test_an_expected_report_is_parsed_once(parser: Parser, reports: Sequence[Report]) -> None:
    """What was expected is handed out as it is, once; the next one who asks has his own."""
    wanted = told(parser.parse(reports[0]))
    parser.expect(reports)
    first, second = parser.parse(reports[0]), parser.parse(reports[0])
    assert told(first) == told(second) == wanted
    assert not any(a is b for a, b in zip(first.docs, second.docs, strict=True))


def test_a_report_changed_meanwhile_is_parsed_as_it_is(
    parser: Parser, reports: Sequence[Report]
) -> None:
    """Of a report with the same id and another title, the expected parse is not taken."""
    parser.expect(reports[:2])
    other = msgspec.structs.replace(reports[0], title="Another title")
    assert parser.parse(other).report == other


def test_what_was_not_asked_for_is_forgotten(parser: Parser, reports: Sequence[Report]) -> None:
    """Memory is held for the reports expected last, and for no others."""
    parser.expect(reports[:3])
    parser.expect(reports[3:4])
    assert set(parser._expected) == {reports[3].id}
    parser.expect([])
    assert not parser._expected
