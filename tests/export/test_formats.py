"""What holds for every format."""

from __future__ import annotations

import io
import subprocess
import sys
from itertools import cycle, islice

import pytest

from parley.errors import MissingExtra, WrongFilter
from parley.export import FORMATS
from parley.record import Record
from parley.record.finding import Filters

ALL = pytest.mark.parametrize("format_", FORMATS.values(), ids=list(FORMATS))


@ALL
def test_a_format_says_what_it_is(format_):
    """Each has a phrase, a media type and an ending, and no two have the same name."""
    assert FORMATS[format_.name] is format_
    assert format_.says
    assert "/" in format_.media_type
    assert format_.suffix.startswith(".")
    assert bool(format_.extra) == bool(format_.needs)


@ALL
def test_a_record_is_written_the_same_each_time(war, format_):
    """The same record gives the same bytes, by pieces or to a stream."""
    stream = io.BytesIO()
    format_.write_to(stream, war)
    again = b"".join(format_.write(war))
    if format_.name != "xlsx":  # an archive holds the time at which it was made
        assert stream.getvalue() == again
    assert again


@ALL
def test_an_empty_record_is_written(tmp_path, format_):
    """A record without anything in it makes a file without events, the same each time."""
    with Record.open(str(tmp_path / "empty.db"), create=True) as record:
        raw = b"".join(format_.write(record))
        assert b"happened" not in raw
        if format_.name != "xlsx":  # an archive holds the time at which it was made
            assert b"".join(format_.write(record)) == raw
    if format_.name == "jsonl":
        assert raw == b""


@ALL
def test_every_format_takes_filters(war, format_):
    """A filter leaves out what does not pass; one that makes no sense is refused at once."""
    one = b"".join(format_.write(war, filters=Filters(party=("Castel Front",))))
    none = b"".join(format_.write(war, filters=Filters(text="zebra")))
    for raw in (one, none):
        if format_.name not in ("xlsx", "parquet"):
            assert b"Crowds" not in raw
            assert b"e_march" not in raw
    with pytest.raises(WrongFilter):
        format_.write(war, filters=Filters(type=("NONE",)))


@pytest.mark.parametrize("name", [name for name, known in FORMATS.items() if known.extra])
def test_a_missing_library_is_named_with_its_extra(war, monkeypatch, name):
    """Without the library the error says what to install, before anything is written."""
    monkeypatch.setattr("parley.export.format.find_spec", lambda _: None)
    with pytest.raises(
        MissingExtra, match=rf"pip install 'parley-record\[{FORMATS[name].extra}\]'"
    ):
        FORMATS[name].write(war)


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "xlsx"])
def test_a_format_holds_no_more_than_a_few_events(war, monkeypatch, name):
    """From events without end pieces come all the same: nothing waits for the last one."""
    events = cycle([war.event("e_deal"), war.event("e_battle")])
    monkeypatch.setattr("parley.export.selection.stream_events", lambda *_: events)
    pieces = islice(FORMATS[name].write(war), 4 if name != "ftm" else 2)
    assert b"".join(pieces)


def test_formats_load_no_extra():
    """Loading the formats loads none of the libraries that are extras."""
    code = (
        "import sys, parley.export; "
        "print([m for m in ('pyarrow','openpyxl','followthemoney','pandas') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
