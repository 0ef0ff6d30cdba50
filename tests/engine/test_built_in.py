"""Parley's own steps, together, on the reports that it ships."""

from __future__ import annotations

import hashlib

import msgspec
import pytest

from builders import dump
from parley.engine import built_in, find_times, ingest
from parley.engine.coder import BuiltIn
from parley.export import FORMATS
from parley.export.schema import Line
from parley.model import Event, Link, ReportLine
from parley.reading import read
from parley.record import Record
from parley.sample import sample_paths


@pytest.fixture(scope="module")
def ingested(tmp_path_factory):
    """Ingest the sample reports once; return the record's path, the tally and the steps."""
    path = tmp_path_factory.mktemp("built-in") / "parley.db"
    steps = built_in()
    refused: list[Exception] = []
    with Record.open(str(path), create=True) as record:
        paths = [str(sample) for sample in sample_paths()]
        done = ingest(record, paths, refuse=refused.append, steps=steps)
    assert not refused
    return path, done, steps


def test_every_sample_is_read_and_tells_something(ingested):
    """All reports are new, and their mentions have become fewer events."""
    _, done, _ = ingested
    assert done.read == done.added == len(sample_paths())
    assert 0 < done.events < done.mentions


def test_every_line_and_every_span_holds(ingested):
    """Each line of the export is one of the model's, and each span is its text's."""
    path, _, _ = ingested
    with Record.open(str(path), read_only=True) as record:
        texts = {report.id: report.text for report in record.reports()}
        lines = [
            msgspec.json.decode(line, type=Line)
            for line in b"".join(FORMATS["jsonl"].write(record)).splitlines()
        ]
    events = {line.id for line in lines if isinstance(line, Event)}
    for line in lines:
        if isinstance(line, ReportLine):
            text = texts[line.id]
            assert line.text_sha256 == hashlib.sha256(text.encode()).hexdigest()
            for proof in line.published.evidence if line.published else ():
                assert text[proof.start : proof.end] == proof.text
            continue
        assert line.mentions
        for mention in line.mentions:
            assert texts[mention.report][mention.start : mention.end] == mention.text
        if isinstance(line, Link):
            assert {line.from_, line.to} <= events
            continue
        for part in (*line.counts, *line.provisions):
            assert part.mention < len(line.mentions)
        for disagreement in line.disagreements:
            for value in disagreement.values:
                assert all(index < len(line.mentions) for index in value.mentions)


def test_every_trace_lies_in_its_report(ingested):
    """The evidence of a field are characters that the report has."""
    path, _, _ = ingested
    with Record.open(str(path), read_only=True) as record:
        texts = {report.id: report.text for report in record.reports()}
        for event in record.events():
            fields = (*event.where, *event.participants, *event.counts, *event.provisions)
            whens = (event.when,) if event.when else ()
            for field in (*fields, *whens):
                for trace in field.evidence:
                    assert 0 <= trace.start < trace.end <= len(texts[trace.report])


def test_the_same_files_again_change_nothing(ingested):
    """A second run leaves every table as it was."""
    path, _, steps = ingested
    before = dump(path)
    with Record.open(str(path)) as record:
        paths = [str(sample) for sample in sample_paths()]
        done = ingest(record, paths, refuse=lambda error: None, steps=steps)
    assert not done.changed
    assert dump(path) == before


def test_the_order_of_the_files_makes_no_difference(ingested, tmp_path):
    """The same reports in another order give the same export, up to what order decides."""
    path, _, steps = ingested
    other = tmp_path / "parley.db"
    paths = [str(sample) for sample in reversed(sample_paths())]
    with Record.open(str(other), create=True) as record:
        ingest(record, paths, refuse=lambda error: None, steps=steps)
        turned = list(FORMATS["jsonl"].write(record))
    with Record.open(str(path), read_only=True) as record:
        assert turned == list(FORMATS["jsonl"].write(record))


def test_times_of_a_report():
    """The time expressions of a sample come in order, each at its place."""
    (found,) = find_times([str(sample_paths()[0])], refuse=lambda error: None)
    assert found.times
    assert list(found.times) == sorted(found.times, key=lambda time: time.start)
    for time in found.times:
        assert found.report.text[time.start : time.end] == time.text


def test_expected_reports_are_coded_as_others_and_a_failure_costs_nothing(monkeypatch):
    """Coded together, one by one, or after parsing together failed: all is the same."""
    own = BuiltIn()
    reports = list(read([str(sample) for sample in sample_paths()[:4]], refuse=print))
    alone = [own._code([own._parser.parse(report)])[0] for report in reports]
    own.expect(reports)
    assert [own.code(report) for report in reports] == alone

    def fail(_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(own._parser, "expect", fail)
    own.expect(reports)
    assert own.code(reports[0]) == alone[0]
