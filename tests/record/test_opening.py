"""What may be opened as a record, and what is said of all else."""

from __future__ import annotations

import os
import resource
import shutil
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from builders import dump, event_of, make_report, meeting
from parley.errors import NotARecord, RecordError, RecordTooNew
from parley.record import Record, making, opening, schema


@pytest.fixture
def path(tmp_path):
    """Return a path where no record is yet."""
    return tmp_path / "parley.db"


@pytest.fixture
def made(path):
    """Return a record with one report."""
    with Record.open(str(path), create=True) as record:
        record.add_report(make_report(), [])
    return path


def execute(path, *statements: str) -> None:
    """Run SQL on a file, behind the record's back."""
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def is_ours(name, kind, parents):
    """Tell whether a table is one of `schema`, not one that a full-text index keeps its own in."""
    return kind != "table" or "_fts" not in name


@pytest.mark.filterwarnings("ignore:Skipped unsupported reflection of expression-based index")
@pytest.mark.filterwarnings("ignore:autogenerate skipping metadata-specified expression-based")
def test_the_migrations_make_the_schema(path):
    """What the migrations make is what `schema` says, table by table and column by column."""
    Record.open(str(path), create=True).close()
    engine = opening.open_engine(str(path), create=False, read_only=True)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": is_ours})
        assert compare_metadata(context, schema.metadata) == []
        assert context.get_current_revision() == schema.HEAD
    engine.dispose()
    assert opening._known_revisions() >= {schema.HEAD}


def test_a_record_is_marked_as_ours(made):
    """The file's header says that it is a record, and that it has a write-ahead log."""
    with closing(sqlite3.connect(made)) as connection:
        assert connection.execute("PRAGMA application_id").fetchone()[0] == schema.APPLICATION_ID
        assert connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def test_no_record(path):
    """Where there is none, the message says what makes one; and nothing is left there."""
    with pytest.raises(RecordError, match=r"no record at .*; parley ingest PATH makes one"):
        Record.open(str(path))
    assert list(path.parent.iterdir()) == []


@pytest.mark.parametrize("create", [True, False])
def test_a_text_file_is_no_record(path, create):
    """A file that is something else is named and left as it is."""
    path.write_text("Dear diary")
    with pytest.raises(NotARecord, match=r"parley.db: it is no record of Parley"):
        Record.open(str(path), create=create)
    assert path.read_text() == "Dear diary"


@pytest.mark.parametrize("create", [True, False])
def test_another_database_is_no_record(path, create):
    """Another program's SQLite database is named and left as it is."""
    execute(path, "CREATE TABLE bookmarks (url TEXT)")
    before = path.read_bytes()
    with pytest.raises(NotARecord, match="a SQLite database, but no record"):
        Record.open(str(path), create=create)
    assert path.read_bytes() == before


def test_an_empty_file(path):
    """An empty file becomes a record where one is to be made, and is no record else."""
    path.touch()
    with pytest.raises(NotARecord, match="an empty file"):
        Record.open(str(path))
    Record.open(str(path), create=True).close()
    Record.open(str(path)).close()


def test_a_folder_is_no_record(tmp_path):
    """A folder is no record; the message proposes a file in it."""
    with pytest.raises(NotARecord, match=r"a folder; name a file in it, such as .*parley\.db"):
        Record.open(str(tmp_path), create=True)


def test_a_folder_that_is_missing(tmp_path):
    """A record in a folder that does not exist is not made."""
    with pytest.raises(RecordError, match="its folder does not exist"):
        Record.open(str(tmp_path / "no" / "parley.db"), create=True)
    with pytest.raises(RecordError, match="no record at"):
        Record.open(str(tmp_path / "no" / "parley.db"))


def test_a_file_where_a_folder_should_be(path):
    """A path through a file is refused calmly."""
    path.write_text("x")
    with pytest.raises(RecordError):
        Record.open(str(path / "parley.db"), create=True)


def test_a_newer_record(made):
    """A record of a newer Parley is not touched, and the way out is to upgrade."""
    execute(made, "UPDATE alembic_version SET version_num = '9999'")
    before = dump(made)
    for read_only in (True, False):
        with pytest.raises(RecordTooNew, match=r"a newer version of Parley wrote it.*upgrade"):
            Record.open(str(made), read_only=read_only)
    assert dump(made) == before


def test_tables_that_cannot_be_made_leave_no_record(path, monkeypatch):
    """If the tables cannot be made, no file is left, under this name or another."""

    def fail(path):
        make_tables(path)
        raise sqlite3.OperationalError("database or disk is full")

    make_tables = making.make_tables
    monkeypatch.setattr(making, "make_tables", fail)
    with pytest.raises(RecordError, match="the disk is full; make room"):
        Record.open(str(path), create=True)
    assert list(path.parent.iterdir()) == []


def test_two_programs_make_the_same_record(path, monkeypatch):
    """If another program makes the record at the same moment, its record is opened."""
    make_tables = making.make_tables

    def make_two(half):
        make_tables(half)
        monkeypatch.setattr(making, "make_tables", make_tables)
        with Record.open(str(path), create=True) as other:
            other.add_report(make_report(), [])

    monkeypatch.setattr(making, "make_tables", make_two)
    with Record.open(str(path), create=True) as record:
        assert len(list(record.reports())) == 1
    assert [p.name for p in path.parent.iterdir()] == ["parley.db"]


def test_a_locked_record(made, monkeypatch):
    """While another program writes, readers read, and a writer is told to wait."""
    monkeypatch.setattr(opening, "_SECONDS_TO_WAIT", 0.05)
    with closing(sqlite3.connect(made, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with Record.open(str(made)) as record:
            assert len(list(record.reports())) == 1
            with pytest.raises(RecordError, match="another program is writing to it"):
                record.add_report(make_report("Other."), [])


def test_a_damaged_record(made):
    """A record whose pages are overwritten is called damaged."""
    raw = bytearray(made.read_bytes())
    raw[4096:] = b"\xff" * (len(raw) - 4096)
    made.write_bytes(raw)
    with pytest.raises(RecordError, match="damaged"), Record.open(str(made)) as record:
        list(record.reports())


def test_a_read_only_place(made):
    """A record that may not be written to is read all the same, and a writer told."""
    made.chmod(0o444)
    made.parent.chmod(0o555)
    if os.access(made, os.W_OK):
        made.parent.chmod(0o755)
        pytest.skip("the superuser may write everywhere")
    try:
        with Record.open(str(made), read_only=True) as record:
            assert len(list(record.reports())) == 1
        with Record.open(str(made)) as record, pytest.raises(RecordError, match="read-only"):
            record.add_report(make_report("Other."), [])
    finally:
        made.parent.chmod(0o755)


def test_a_record_that_nobody_may_write(made, monkeypatch):
    """Where writing is not allowed the record is opened without touching its folder."""
    monkeypatch.setattr(opening.os, "access", lambda *_: False)
    before = sorted(p.name for p in made.parent.iterdir())
    with Record.open(str(made), read_only=True) as record:
        assert len(list(record.reports())) == 1
    assert sorted(p.name for p in made.parent.iterdir()) == before


FILL = """
import sys
sys.path[:0] = {path!r}
import resource, signal
from builders import make_report, meeting
from parley.errors import RecordError
from parley.record import Record
with Record.open(sys.argv[1], create=True) as record:
    resource.setrlimit(resource.RLIMIT_FSIZE, (800_000, 800_000))
    kept = 0
    try:
        for n in range(10_000):
            report = make_report(f"Day {{n}}. They met in Castel on May 3." + "x" * 5_000)
            record.add_report(report, [meeting(report)])
            kept += 1
    except RecordError as error:
        print(kept, error)
"""


def test_a_file_that_may_not_grow(path):
    """Where a file may not grow further, what was kept before stays whole."""
    run = subprocess.run(
        [sys.executable, "-c", FILL.format(path=sys.path), str(path)],
        capture_output=True,
        text=True,
        check=True,
    )
    kept, said = run.stdout.split(" ", 1)
    assert "make room and run the same command again" in said
    with Record.open(str(path)) as record:
        assert dict(record.sizes()) == {
            "reports": int(kept),
            "mentions": int(kept),
            "events": 0,
            "links": 0,
        }
        assert record.unmerged
        assert int(kept) > 5


@pytest.fixture
def small_disk(tmp_path):
    """Mount a disk of 800 kB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = shutil.which("mount")
    options = ["-t", "tmpfs", "-o", "size=800k", "tmpfs", str(disk)]
    if not mount or subprocess.run([mount, *options], capture_output=True, check=False).returncode:
        pytest.skip("mounting a small disk takes rights that this user lacks")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_a_full_disk(small_disk):
    """On a disk that is full, one line says so; when there is room again the work goes on."""
    path = small_disk / "parley.db"
    reports = [
        make_report(f"Day {n}. They met in Castel on May 3." + "x" * 9000) for n in range(199)
    ]
    kept = 0
    with Record.open(str(path), create=True) as record:
        with pytest.raises(RecordError, match=r"parley.db: the disk .*make room"):
            for report in reports:
                record.add_report(report, [meeting(report)])
                kept += 1
        assert len(list(record.mentions())) == kept
    subprocess.run(["mount", "-o", "remount,size=16m", str(small_disk)], check=True)
    with Record.open(str(path)) as record:
        for report in reports:
            record.add_report(report, [meeting(report)])
        record.replace_events([event_of(*record.mentions())], [])
        assert record.sizes()["reports"] == len(reports)


def test_a_record_cannot_be_made_on_a_full_disk(small_disk):
    """Where there is no room for a record no part of one is left."""
    (small_disk / "filler").write_bytes(b"x" * 750_000)
    with pytest.raises(RecordError, match=r"make room|has room"):
        Record.open(str(small_disk / "parley.db"), create=True)
    assert [p.name for p in small_disk.iterdir()] == ["filler"]


def test_a_server_without_driver_or_sense(monkeypatch):
    """A URL that no driver serves is refused with the way out, and no password shown."""
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(RecordError, match=r"pip install 'parley-record\[postgresql\]'") as caught:
        Record.open("postgresql://ana:secret@localhost/parley")
    assert "secret" not in str(caught.value)
    with pytest.raises(RecordError, match="in SQLite and PostgreSQL only"):
        Record.open("nonsense://x")
    with pytest.raises(RecordError, match="not a database URL"):
        Record.open("://")


def test_a_sqlite_url_is_a_path(made):
    """`sqlite:///path` names the same record as the path."""
    with Record.open(f"sqlite:///{made}") as record:
        assert len(list(record.reports())) == 1


def test_threads_share_a_record(made):
    """Several threads may read from one record while another writes."""
    with Record.open(str(made)) as record:
        found: list[int] = []
        threads = [
            threading.Thread(target=lambda: found.append(len(list(record.reports()))))
            for _ in range(4)
        ]
        for thread in threads:
            thread.start()
        record.add_report(make_report("Other."), [])
        for thread in threads:
            thread.join()
    assert len(found) == 4


assert resource  # the child uses it: a system without it skips this module
