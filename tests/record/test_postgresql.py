"""A record in PostgreSQL is the record that a file would be."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date

import psycopg
import pytest
from alembic import command
from sqlalchemy import create_engine

from builders import FakeSteps, event_of, killing, link_of, make_report, meeting
from parley import engine
from parley.engine import delete_event, edit_event, keeping, merge_events, undo_correction
from parley.errors import NotARecord, RecordError
from parley.export import FORMATS
from parley.record import Record, opening, schema, searching
from parley.record.rows import mention_row, report_row

OLDER = sorted(opening._known_revisions() - {schema.HEAD})


@pytest.fixture
def news(tmp_path):
    """Make a folder of five reports."""
    folder = tmp_path / "news"
    folder.mkdir()
    for number in range(5):
        (folder / f"{number}.txt").write_text(
            f"Day {number}\nmet in Castel on May {number + 1}\nshot at Port Élan\n"
        )
    return folder


def exported(record: Record) -> bytes:
    """Return the record as JSON Lines."""
    return b"".join(FORMATS["jsonl"].write(record))


def fill(record: Record) -> None:
    """Put a report with two events and a link in."""
    report = make_report()
    met, shot = meeting(report), killing(report)
    record.add_report(report, [met, shot])
    one, two = event_of(met, id="e_one"), event_of(shot, id="e_two")
    record.replace_events([one, two], [link_of("responds_to", two, one, shot)])


def test_a_run_makes_the_same_record_in_both(address, tmp_path, news):
    """Ingested, corrected, asked and exported, the two databases say the same."""
    said = []
    for where in (str(tmp_path / "parley.db"), address):
        with Record.open(where, create=True) as record:
            engine.ingest(record, [str(news)], refuse=pytest.fail, steps=FakeSteps().steps())
            first, *rest = [event.id for event in record.events()]
            edit_event(record, first, {"status": "denied"}, by="Ana")
            merge_events(record, [first, rest[0]], by="Ana")
            delete_event(record, rest[-1], by="Ana")
            undo_correction(record, 3, by="Ana")
            assert list(record.faults()) == []
            said.append(
                (
                    strip(exported(record)),
                    [event.id for event in record.events(party="Norland", text="castel")],
                    [event.id for event in record.events(since=date(2023, 5, 2), place="élan")],
                    {hit.id for hit in record.search("cast")},
                    [hit.excerpt for hit in record.search("castel", kind="report")] != [],
                    record.akin(["castel", "nowhere"], limit=9),
                    [line.source for line in record.report_lines()],
                    record.latest,
                    dict(record.sizes()),
                    record.forward(rest[0]),
                )
            )
    assert said[0] == said[1]


def strip(lines: bytes) -> bytes:
    """Return an export without the times of corrections."""
    import re  # noqa: PLC0415

    return re.sub(rb'"at":"[^"]*"', b"", lines)


def test_a_copy_of_it_is_a_file(address, tmp_path):
    """`backup` makes a record in a file of one in a server."""
    with Record.open(address, create=True) as record:
        fill(record)
        edit_event(record, "e_one", {"status": "denied"}, by="Ana")
        record.back_up(str(tmp_path / "copy.db"))
        with Record.open(str(tmp_path / "copy.db")) as copy:
            assert exported(copy) == exported(record)
            assert list(copy.corrections()) == list(record.corrections())
            assert list(copy.faults()) == []
            copy.add_report(make_report("One more."), [])


@pytest.mark.parametrize("revision", OLDER)
def test_an_older_record_comes_forward(address, revision):
    """A record of every earlier schema gets what is new, and keeps what it has."""
    report = make_report("They met in Castel on May 3.")
    made = create_engine(address.replace("postgresql:", "postgresql+psycopg:"))
    config = opening._config()
    with made.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
        connection.execute(schema.reports.insert().inline().values(report_row(report, coded=True)))
        row = mention_row(meeting(report))
        del row["confidence"]  # newer than any of them
        row["data"] = row["data"].replace(',"confidence":null', "")
        connection.execute(schema.mentions.insert().inline().values(row))
        if revision >= "0003":
            searching.index_report(connection, report.id, report.title, report.text)
    made.dispose()
    with pytest.raises(RecordError, match="an older version of Parley wrote it"):
        Record.open(address, read_only=True)
    with Record.open(address) as record:
        assert list(record.reports()) == [report]
        assert list(record.mentions()) == [meeting(report)]
        assert [hit.id for hit in record.search("castel", kind="report")] == [report.id]
        assert list(record.faults()) == []


def test_many_read_while_one_writes(address):
    """Readers see whole transactions, and none waits for the writer."""
    with Record.open(address, create=True) as record, Record.open(address) as other:
        fill(record)
        reading: Iterator[object] = other.events()
        next(reading)
        fill_more = threading.Thread(target=lambda: record.add_report(make_report("Two."), []))
        fill_more.start()
        fill_more.join(20)
        assert not fill_more.is_alive()
        assert len(list(reading)) == 1
        assert other.sizes()["reports"] == 2


def test_two_who_write_take_turns(address):
    """Nothing is lost or there twice, and no revision is given twice."""
    with Record.open(address, create=True) as one, Record.open(address) as two:

        def add(record: Record, name: str) -> None:
            for number in range(30):
                record.add_report(make_report(f"{name} {number}"), [])

        threads = [
            threading.Thread(target=add, args=(record, name))
            for record, name in ((one, "one"), (two, "two"))
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        assert one.sizes()["reports"] == 60
        assert one.latest == 60


def test_a_lock_that_another_holds(address, monkeypatch):
    """Where another program does not stop writing, one line says so, and nothing is written."""
    monkeypatch.setattr(opening, "_SECONDS_TO_WAIT", 0.2)
    with Record.open(address, create=True) as record, psycopg.connect(address) as holder:
        holder.execute(f"SELECT pg_advisory_xact_lock({opening._LOCK})")
        with pytest.raises(RecordError, match="another program is writing to it; wait"):
            record.add_report(make_report(), [])
        holder.rollback()
        assert record.add_report(make_report(), [])


def test_a_server_that_goes_away(server, address, news, monkeypatch):
    """In the middle of a run: a clear line, nothing by halves; the next run finishes it."""
    monkeypatch.setattr(keeping, "_LONGEST", -1.0)  # each report by itself
    fake = FakeSteps()
    steps = fake.steps()
    code = fake._code

    def fail(report):
        if fake.coded == 3:
            server.stop()
        return code(report)

    fake._code = fail
    with Record.open(address, create=True) as record:
        try:
            with pytest.raises(RecordError, match=r"the server went away|no server answers"):
                engine.ingest(record, [str(news)], refuse=pytest.fail, steps=steps)
            with pytest.raises(RecordError, match="no server answers there"):
                list(record.events())
        finally:
            server.start()
        assert 0 < record.sizes()["reports"] < 5
        assert record.unmerged
        engine.ingest(record, [str(news)], refuse=pytest.fail, steps=FakeSteps().steps())
        assert record.sizes()["reports"] == 5
        assert record.sizes()["mentions"] == 10
        assert list(record.faults()) == []


def test_a_connection_that_is_cut(server, address):
    """A record that stayed open over a restart of the server goes on."""
    with Record.open(address, create=True) as record:
        fill(record)
        server.stop()
        server.start()
        assert len(list(record.events())) == 2


def test_addresses_that_lead_nowhere(server, address):
    """No such database, no such server, another program's tables: each has its line."""
    nothing = address.rpartition("/")[0] + "/nothing_there"
    with pytest.raises(RecordError, match=r"no such database.*createdb"):
        Record.open(nothing)
    with pytest.raises(RecordError, match="no server answers there"):
        Record.open("postgresql://parley:secret@127.0.0.1:1/x")
    with pytest.raises(RecordError, match="no record at"):
        Record.open(address)
    server.sql("CREATE TABLE theirs (id integer)", address.rpartition("/")[2])
    with pytest.raises(NotARecord, match="in use for something else"):
        Record.open(address, create=True)


def test_read_only_is_read_only(address):
    """What is opened to be read writes nothing."""
    with Record.open(address, create=True) as record:
        fill(record)
    with Record.open(address, read_only=True) as record:
        assert len(list(record.events())) == 2
        with pytest.raises(RecordError, match="it is read-only"):
            record.add_report(make_report("Another."), [])


def test_a_character_that_it_cannot_keep(address):
    """A NUL in a text is refused with the way out; the others are kept."""
    with Record.open(address, create=True) as record:
        with pytest.raises(RecordError, match="NUL character"):
            record.add_report(make_report("They met\x00 in Castel."), [])
        assert record.add_report(make_report("They met in Castel."), [])


def test_a_report_longer_than_an_index_entry(address):
    """A text of many megabytes is kept, and found by how it begins."""
    words = " ".join(f"word{number}" for number in range(400_000))
    with Record.open(address, create=True) as record:
        report = make_report(f"Castel. {words}")
        record.add_report(report, [])
        assert record.report(report.id).text == report.text
        assert [hit.id for hit in record.search("castel", kind="report")] == [report.id]
