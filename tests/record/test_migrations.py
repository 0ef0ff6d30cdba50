"""Records of each older schema come forward with all that is in them."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from alembic import command

from builders import dump, make_report, meeting
from parley.errors import RecordError
from parley.reading import Habits, Remembered
from parley.record import Record, making, opening, schema
from parley.record.rows import mention_row, report_row

OLDER = sorted(opening._known_revisions() - {schema.HEAD})


@pytest.fixture
def older(tmp_path):
    """Return what makes a record of an older schema, with a report and a mention in it."""

    def make(revision: str):
        path = tmp_path / "older.db"
        path.touch()
        engine = opening._sqlite_engine(path, read_only=False)
        config = opening._config()
        report = make_report("They met in Castel on May 3.")
        with engine.execution_options(**{opening.WRITES: True}).begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, revision)
            connection.exec_driver_sql(f"PRAGMA application_id = {schema.APPLICATION_ID}")
            connection.execute(schema.reports.insert().values(report_row(report, coded=True)))
            told = connection.exec_driver_sql("PRAGMA table_info(mentions)").all()
            row = {name: mention_row(meeting(report))[name] for _, name, *_ in told}
            row["data"] = row["data"].replace(',"confidence":null', "")
            connection.execute(schema.mentions.insert().values(row))
        engine.dispose()
        return path, report

    return make


@pytest.mark.parametrize("revision", OLDER)
def test_an_older_record_comes_forward(older, revision):
    """Opened to be written it gets what is new, and keeps what it has."""
    path, report = older(revision)
    with pytest.raises(RecordError, match="an older version of Parley wrote it"):
        Record.open(str(path), read_only=True)
    with Record.open(str(path)) as record:
        assert list(record.reports()) == [report]
        assert list(record.mentions()) == [meeting(report)]
        record.keep_fetch("http://news.example/", Remembered(url="http://news.example/"))
        habits = Habits(stories=3, counts={2**62: 3, 5: 1})
        record.keep_habits("the quay", habits)
        assert record.recall_habits("the quay") == habits
        assert record.recall_habits("the mole") is None
    with closing(sqlite3.connect(path)) as connection:
        found = connection.execute("SELECT version_num FROM alembic_version").fetchall()
    assert found == [(schema.HEAD,)]


def test_a_migration_that_fails_leaves_the_record_as_it_was(older, monkeypatch):
    """All of a migration is done or nothing of it."""
    path, _ = older(OLDER[0])
    before = dump(path)
    upgrade = command.upgrade

    def fail(config, revision):
        upgrade(config, revision)
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(command, "upgrade", fail)
    with pytest.raises(RecordError, match="make room"):
        Record.open(str(path))
    assert dump(path) == before


def test_a_new_record_is_what_the_migrations_make(tmp_path):
    """What a new record is made of is what they come to."""
    made, migrated = tmp_path / "made.db", tmp_path / "migrated.db"
    making.make_tables(made)
    opening.make_by_migrations(migrated)
    # Which of a table's indexes is made first, chance decides in a migration.
    one, other = (sorted(making.script_of(path).split(";\n\n")) for path in (made, migrated))
    assert one == other
