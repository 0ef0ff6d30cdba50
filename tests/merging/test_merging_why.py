"""`parley why` shows the evidence by which mentions are one event, or two events are not."""

from __future__ import annotations

import json

import pytest
from loads import Load

from parley.cli.app import main
from parley.merging import join
from parley.record import Record


@pytest.fixture(scope="module")
def record(tmp_path_factory):
    """Return the path of a record of invented mentions, merged."""
    path = tmp_path_factory.mktemp("why") / "parley.db"
    load = Load(60, seed=4)
    with Record.open(str(path), create=True) as opened:
        for report in load.reports.values():
            opened.add_report(report, [m for m in load.mentions if m.report == report.id])
        with opened.memory() as (memory, standing):
            joined = join(memory, opened.stirred)
        opened.join_events(joined, standing)
    return path


def _events(path):
    with Record.open(str(path)) as opened:
        return sorted(opened.events(), key=lambda event: -len(event.mentions))


def _run(capsys, *words):
    code = main(list(words))
    return code, capsys.readouterr()


def test_each_mention_has_its_reason(record, capsys):
    """The weights that are shown for a mention add up to its score."""
    event = _events(record)[0]
    code, told = _run(capsys, "why", event.id, "--record", str(record), "--json")
    found = json.loads(told.out)
    assert code == 0
    assert {reason["mention"] for reason in found["reasons"]} == {m.id for m in event.mentions}
    for reason in found["reasons"]:
        total = sum(weight["weight"] for weight in reason["weights"])
        assert total == pytest.approx(reason["score"], abs=0.01)


def test_two_events_have_what_stands_between_them(record, capsys):
    """Of two events the nearest pair is shown, with a chart of its evidence."""
    one, two = _events(record)[:2]
    code, told = _run(capsys, "why", one.id, two.id, "--record", str(record))
    assert code == 0
    assert "in all" in told.out
    assert "#" in told.out


def test_one_mention_alone_is_compared_with_nothing(record, capsys):
    """An event that is told once says so."""
    code, told = _run(capsys, "why", _events(record)[-1].id, "--record", str(record))
    assert code == 0
    assert "nothing was compared" in told.out


def test_an_event_that_is_not_there_is_one_clear_line(record, capsys):
    """An unknown id is reported in a line, without a traceback."""
    code, told = _run(capsys, "why", "enothing", "--record", str(record))
    assert code == 1
    assert "no such event" in told.err
    assert len(told.err.splitlines()) == 1
