"""Copies: reports made from one another are one source, in whatever order they come."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from tellings import Page, both, day

from parley.merging import count_sources, join, merge
from parley.merging.sketches import Sketch, copies_among, sketch_of
from parley.model import Mention, Report
from parley.record import Record
from parley.record.finding import Filters, Paging, find_events

_BEGIN, _MIDDLE = ("ka", "lo", "mi", "ter", "vos"), ("ban", "dir", "fel", "gon", "hul", "nar")
_WORDS = [
    f"{one}{two}{end}" for one in _BEGIN for two in _MIDDLE for end in ("", "a", "en", "ik", "or")
]


def _text(seed: int, words: int = 240) -> str:
    draw = random.Random(seed)
    return " ".join(draw.choice(_WORDS) for _ in range(words))


def _report(name: str, text: str, *, day: int = 0, outlet: str | None = None) -> Report:
    page = Page(name, str(date(2030, 1, 1) + timedelta(days=day)))
    page.text = text
    return replace(page.report(), outlet=outlet)


def _family(seed: int, draw: random.Random) -> list[Report]:
    """Return a dispatch with its copies: cut, with a headline, with words changed, longer."""
    text = _text(seed)
    words = text.split()
    changed = " ".join(draw.choice(_WORDS) if at % 40 == 7 else w for at, w in enumerate(words))
    texts = (
        text,
        text.upper() + ".",
        " ".join(words[:170]),
        f"{_text(seed + 1, 12)}\n\n{text}",
        changed,
        f"{text} {_text(seed + 2, 100)}",
    )
    return [_report(f"{seed} {at}", told, day=draw.randrange(5)) for at, told in enumerate(texts)]


def _are_copies(one: Sketch, two: Sketch) -> bool:
    return bool(copies_among(one, np.array([two.least]), np.array([two.runs]))[0])


def _tell(report: Report) -> Mention:
    """A meeting of one day that a report tells in its first words."""
    page = Page(report.id, "2030-01-01")
    mention = page.tell(
        "CONSULT", " ".join(report.text.split()[:8]), when=day("2030-01-01"), who=both()
    )
    return replace(mention, report=report.id, id=f"m{report.id[1:]}")


def _merge(record: Record) -> None:
    with record.memory() as (memory, standing):
        joined = join(memory, record.stirred, touched=standing.events)
    record.join_events(joined, standing)


def _groups(file: Path) -> dict[str, set[tuple[str, str]]]:
    """Return what a record keeps of copies: group -> its reports and their nodes."""
    kept: dict[str, set[tuple[str, str]]] = {}
    with closing(sqlite3.connect(file)) as connection:
        query = 'SELECT n."group", n.id, c.report FROM copies c JOIN copy_nodes n ON n.id = c.node'
        for group, *row in connection.execute(query):
            kept.setdefault(group, set()).add(tuple(row))
        (nodes,) = connection.execute("SELECT count(*) FROM copy_nodes").fetchone()
    assert nodes == len({node for rows in kept.values() for node, _ in rows})
    return kept


def _copies(record: Record) -> dict[str, str | None]:
    return {line.id: line.copy_of for line in record.report_lines()}


def test_copies_are_known_and_strangers_are_not():
    """A text cut, changed in a word of forty or added to is a copy; another text is none."""
    family = [sketch_of(report) for report in _family(10, random.Random(1))]
    other = sketch_of(_report("other", _text(99)))
    quoting = sketch_of(_report("quoting", _text(98) + " " + " ".join(_text(10).split()[:25])))
    first = family[0]
    assert first and other and quoting
    for sketch in family:
        assert sketch
        assert _are_copies(first, sketch)
        assert set(first.bands()) & set(sketch.bands())
        assert not _are_copies(sketch, other)
        assert not _are_copies(sketch, quoting)


@pytest.mark.parametrize("text", ["", " \n", "...", "🙂"])
def test_a_report_without_words_is_a_copy_of_nothing(text):
    """Reports without a word are no copies of one another."""
    assert sketch_of(_report("empty", text)) is None


def test_a_formula_of_one_line_makes_no_copy():
    """Two short texts that share most of a formula, but not all, are no copies."""
    one = sketch_of(_report("a", "The ministry declined to comment on the report on Monday"))
    two = sketch_of(_report("b", "The ministry declined to comment on the report on Tuesday"))
    assert one and two
    assert not _are_copies(one, two)
    assert _are_copies(one, one)


@given(seed=st.integers(0, 1000), cuts=st.lists(st.integers(1, 16), max_size=5))
@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_groups_of_copies_do_not_depend_on_order_or_batches(tmp_path_factory, seed, cuts):
    """Copies that come in any order, in any batches, have the same first report and group."""
    draw = random.Random(seed)
    reports = [r for number in range(3) for r in _family(seed * 100 + 10 * number, draw)]
    outcomes, groups = [], []
    for run in range(2):
        folder = tmp_path_factory.mktemp("copies")
        with Record.open(str(folder / "parley.db"), create=True) as record:
            at = 0
            for cut in [len(reports)] if not run else [*sorted(cuts), len(reports)]:
                for report in reports[at:cut]:
                    record.add_report(report, [_tell(report)])
                _merge(record)
                at = max(at, cut)
            sources = {tuple(m.id for m in e.mentions): e.sources for e in record.events()}
            outcomes.append((_copies(record), sources))
        groups.append(_groups(folder / "parley.db"))
        draw.shuffle(reports)
    assert outcomes[0] == outcomes[1]
    assert groups[0] == groups[1]
    assert all(group == min(node for node, _ in rows) for group, rows in groups[0].items())
    assert sum(first is None for first in outcomes[0][0].values()) == 3


def test_a_report_that_ties_two_groups_makes_them_one_source(tmp_path):
    """Two halves of a dispatch are two sources until the whole of it comes, and then one."""
    words = _text(5, 300).split()
    halves = [_report("a", " ".join(words[:170])), _report("b", " ".join(words[130:]))]
    whole = _report("c", " ".join(words), day=3)
    told = _tell(_report("c", _text(6)))
    with Record.open(str(tmp_path / "parley.db"), create=True) as record:
        for report in halves:
            record.add_report(report, [replace(told, id=f"m{report.id[1:]}", report=report.id)])
        _merge(record)
        assert [event.sources for event in record.events()] == [2]
        record.add_report(whole, [])
        _merge(record)
        (event,) = record.events()
        first = min(halves, key=lambda report: report.id).id
        assert event.sources == 1
        assert _copies(record) == {
            report.id: None if report.id == first else first for report in (*halves, whole)
        }
        assert not find_events(record, Filters(min_sources=2), Paging()).total
        assert find_events(record, Filters(min_sources=1), Paging()).total == 1


def test_what_is_dated_anew_may_be_first(tmp_path):
    """The first of a group is the one that was printed first, also when its date changes."""
    one, two = (_report(name, _text(7), day=at) for at, name in enumerate("ab"))
    with Record.open(str(tmp_path / "parley.db"), create=True) as record:
        for report in (one, two):
            record.add_report(report, [_tell(report)])
        _merge(record)
        assert _copies(record) == {one.id: None, two.id: one.id}
        earlier = replace(_report("b", _text(7), day=-3), copy_of=one.id)
        record.recode(earlier, [_tell(two)])
        _merge(record)
        assert _copies(record) == {one.id: two.id, two.id: None}


def test_an_outlet_is_one_source():
    """All reports of one outlet are one source; those without an outlet each are one."""
    told = _tell(_report("x", _text(1)))

    def sources(*outlets: str | None) -> int:
        reports = [
            _report(f"{at}", _text(20 + at), outlet=outlet) for at, outlet in enumerate(outlets)
        ]
        mentions = [replace(told, id=f"m{r.id[1:]}", report=r.id) for r in reports]
        (event,) = merge(mentions, reports={report.id: report for report in reports}).events
        return event.sources

    assert sources("Agency", "AGENCY ", "Daily") == 2
    assert sources(None, None) == 2
    assert sources("Agency") == 1


def test_ten_thousand_copies_are_one_source(tmp_path):
    """Ten thousand sites with one dispatch, each under a line of its own, are one source."""
    text = _text(8, 60)
    reports = [
        _report(f"{at}", f"{_WORDS[at % 150]} {at % 7}\n\n{text}", outlet=f"Site {at}")
        for at in range(10_000)
    ]
    told = _tell(_report("x", text))
    mentions = [replace(told, id=f"m{r.id[1:]}", report=r.id) for r in reports]
    (event,) = merge(mentions, reports={report.id: report for report in reports}).events
    assert len(event.mentions) == 10_000
    assert event.sources == 1


def test_copies_by_one_outlet_are_one_source():
    """Copies of one text that one outlet prints again are one source."""
    reports = [_report(f"{at}", _text(3), outlet="Daily") for at in range(3)]
    told = _tell(_report("x", _text(3)))
    mentions = [replace(told, id=f"m{r.id[1:]}", report=r.id) for r in reports]
    (event,) = merge(mentions, reports={report.id: report for report in reports}).events
    assert event.sources == 1


def test_who_prints_a_copy_is_a_source_by_what_it_writes_itself() -> None:
    """A paper that prints a dispatch does not bind its own report to the dispatch."""
    wire, own = _report("wire", _text(1), outlet="Agency"), _report("own", _text(2), outlet="Post")
    printed = replace(_report("printed", _text(1), outlet="Post"), copy_of=wire.id)
    known = {report.id: report for report in (wire, printed, own)}
    assert count_sources(known, known) == 2
    assert count_sources({wire.id, printed.id}, known) == 1
    assert count_sources({printed.id, own.id}, known) == 2
