"""A record as it is at one moment, whatever others write meanwhile."""

from __future__ import annotations

from itertools import pairwise

import pytest

from builders import event_of, link_of, make_report, meeting
from parley.errors import RecordError
from parley.export import FORMATS
from parley.record import Record
from parley.record.finding import Filters, Paging, find_events, stream_events


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request, tmp_path):
    """Return where a record of either kind can be made."""
    if request.param == "sqlite":
        return str(tmp_path / "parley.db")
    return request.getfixturevalue("address")


def fill(record, number):
    """Write so many reports, an event each, and links between them."""
    reports = [make_report(f"Day {n}: they met in Castel on May 3", source=f"{n}.txt")
               for n in range(number)]  # fmt: skip
    for report in reports:
        if not record.has_report(report.id):
            record.add_report(report, [meeting(report)])
    events = [event_of(meeting(report)) for report in reports]
    links = [link_of("ends", one, two) for one, two in pairwise(events)]
    record.replace_events(events, links)


@pytest.mark.parametrize("after", [0, 1, 4])
def test_an_export_is_of_one_moment(where, after):
    """What is written while an export is under way is not in it, nor half of it."""
    with Record.open(where, create=True) as record:
        fill(record, 450)
        before = b"".join(FORMATS["jsonl"].write(record))
        with Record.open(where) as other:
            pieces = FORMATS["jsonl"].write(record)
            told = [next(pieces) for _ in range(after)]
            if after:
                fill(other, 500)
                assert len(list(record.events())) == 500
            told.extend(pieces)
        if not after:
            fill(record, 500)
        assert b"".join(told) == before
        assert b"".join(FORMATS["jsonl"].write(record)) != before


def test_a_snapshot_is_only_read(where):
    """Several things that are asked of it fit; to write to it is refused; the record goes on."""
    with Record.open(where, create=True) as record:
        fill(record, 3)
        with record.snapshot() as same:
            assert len(list(stream_events(same, Filters()))) == 3
            fill(record, 5)
            assert find_events(same, Filters(), Paging()).total == 3
            assert same.sizes()["events"] == 3
            assert len({change.id for change in same.changes() if change.kind == "event"}) == 3
            with pytest.raises(RecordError, match="only read"):
                same.add_report(make_report("One more."), [])
        assert record.sizes()["events"] == 5
        fill(record, 6)
        assert record.sizes()["events"] == 6
