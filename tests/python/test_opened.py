"""The Python interface: what `parley.open` promises."""

from __future__ import annotations

import errno
import json
import logging
import subprocess
import sys
from datetime import date

import pandas
import pytest

import parley
from builders import dump
from parley.errors import MissingExtra, NotFound, ParleyError, RecordError, WrongFilter
from parley.model import Event


def news(record):
    """Return the folder of reports beside a record."""
    return f"{record.where.rpartition('/')[0]}/news"


@pytest.fixture
def told(opened):
    """Return the record with the reports in it."""
    opened.ingest(news(opened), refuse=lambda error: None)
    return opened


def test_importing_parley_loads_nothing():
    """`import parley` loads neither spaCy nor SQLAlchemy nor any package of Parley's own."""
    code = (
        "import sys, parley; assert 'open' in dir(parley); "
        "print(sorted(m for m in sys.modules if m.startswith('parley') or m in "
        "('spacy', 'sqlalchemy', 'numpy', 'msgspec')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['parley', 'parley.version']"


def test_the_spacy_component_loads_little():
    """SpaCy loads the component with every pipeline: neither database nor coder comes along."""
    code = (
        "import sys, parley.python.component; "
        "print([m for m in sys.modules if m in ('sqlalchemy', 'parley.record', 'parley.coding')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_opening_a_record_loads_no_parser(tmp_path):
    """To read a record nothing of the parser or of the data frames is loaded."""
    code = (
        f"import sys, parley; parley.open({str(tmp_path / 'x.db')!r}).close(); "
        "print([m for m in ('spacy', 'pandas', 'pyarrow', 'openpyxl') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_name_that_is_none():
    """What Parley has not is an AttributeError, as in any module."""
    with pytest.raises(AttributeError, match="no attribute 'opne'"):
        _ = parley.opne  # type: ignore[attr-defined]


def test_ingest_tells_what_it_did(opened, caplog):
    """One path or several; what cannot be coded is told to the logger, and counted."""
    with caplog.at_level(logging.WARNING, logger="parley"):
        done = opened.ingest(news(opened))
    assert (done.read, done.added, done.refused, done.events) == (3, 2, 1, 2)
    assert "c.txt" in caplog.text
    refused = []
    again = opened.ingest([news(opened)], refuse=refused.append)
    assert (again.added, again.changed, len(refused)) == (0, False, 1)
    assert opened.sizes()["events"] == 2


def test_events_by_filters(told):
    """Filters are plain values: a text for one, a day as text, several as a list."""
    assert [event.type for event in told.events()] == ["ASSAULT", "CONSULT"]
    found = told.events(type="CONSULT", since="2023-01-01", until=date(2023, 12, 31))
    assert isinstance(found.first(), Event)
    assert found.count() == told.count(type=["CONSULT"]) == 1
    assert found.list() == [*found]
    assert told.events(party="Norland", near=(46.5, 7.5, 10)).count() == 1
    assert told.events(type="SANCTION").first() is None
    assert "Event" in repr(told.events())
    event = found.first()
    assert told.event(event.id[:8]) == event
    assert told.show(event.id).event == event


@pytest.mark.parametrize(
    ("asked", "error"),
    [
        ({"type": "MEETING"}, WrongFilter),
        ({"since": "May"}, WrongFilter),
        ({"since": "2023-05-02", "until": "2023-05-01"}, WrongFilter),
        ({"near": (1,)}, WrongFilter),
        ({"near": (100, 0)}, WrongFilter),
        ({"partys": "x"}, TypeError),
    ],
)
def test_filters_that_make_no_sense(told, asked, error):
    """A filter that says nothing is refused at once, with what there is."""
    for method in (told.events, told.timeline, told.links, told.reports, told.count):
        with pytest.raises(error):
            method(**asked)


def test_data_frames(told):
    """Rows become a frame; the events' is the table of the exports, days as days."""
    frame = told.to_frame()
    assert isinstance(frame, pandas.DataFrame)
    assert list(frame["type"]) == ["ASSAULT", "CONSULT"]
    assert str(frame["start"].dtype).startswith("datetime64")
    assert frame.loc[0, "killed_best"] == 2
    lines = told.timeline().to_frame()
    assert list(lines["date"]) == ["May 2023", "3 May 2023"]
    assert len(told.reports().to_frame()) == 2
    assert told.events(type="SANCTION").to_frame().empty


def test_frames_without_pandas(told, monkeypatch):
    """Without pandas the error says what to install."""
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(MissingExtra, match=r"parley-record\[frames\]"):
        told.to_frame()


def test_export_to_a_file(told, tmp_path, caplog):
    """The ending tells the format; filters choose; what is lacking is told."""
    told.export(tmp_path / "all.jsonl")
    lines = [json.loads(line) for line in (tmp_path / "all.jsonl").read_text().splitlines()]
    assert [line["kind"] for line in lines] == ["report"] * 2 + ["event"] * 2
    told.export(tmp_path / "x.acled.csv", type="ASSAULT")
    assert (tmp_path / "x.acled.csv").read_text().startswith("event_id_cnty,")
    told.export(tmp_path / "x", format="csv", bom=True)
    assert (tmp_path / "x").read_bytes().startswith(b"\xef\xbb\xbfid,")
    for wrong in ({"format": "xls"}, {}):
        with pytest.raises(ParleyError, match="format"):
            told.export(tmp_path / "x.xls", **wrong)


def test_an_export_never_takes_the_records_place(told):
    """The record's own file is refused."""
    before = dump(told.where)
    with pytest.raises(ParleyError, match="this is the record itself"):
        told.export(told.where, format="jsonl")
    assert dump(told.where) == before


def test_a_full_disk_leaves_what_was_there(told, tmp_path, monkeypatch):
    """If the disk is full on the way, the old file stays and no half of a new one."""
    target = tmp_path / "out" / "x.jsonl"
    target.parent.mkdir()
    target.write_text("old")

    def fail(descriptor):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(ParleyError, match=r"No space left on device.*what was there is as before"):
        told.export(target)
    assert target.read_text() == "old"
    assert [path.name for path in target.parent.iterdir()] == ["x.jsonl"]


def test_a_folder_that_is_not_there(told, tmp_path):
    """A file that cannot be made is one clear error."""
    with pytest.raises(ParleyError, match="cannot be written"):
        told.export(tmp_path / "nowhere" / "x.csv")


def test_read_only(told):
    """A record that is opened to be read makes nothing and takes nothing."""
    with parley.open(told.where, read_only=True) as record:
        assert record.count() == 2
        assert "parley.db" in repr(record)
    with pytest.raises(RecordError):
        parley.open(told.where + ".none", read_only=True)
    with pytest.raises(NotFound):
        told.event("zzz")


def test_search_and_links(told):
    """Words find events; links and reports come as rows."""
    assert told.search("Castel")
    assert told.links().count() == 0
    assert {line.source.rpartition("/")[2] for line in told.reports()} == {"a.txt", "b.txt"}
    assert told.report("a.txt").text.startswith("Monday")
