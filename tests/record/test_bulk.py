"""Rows by thousands: what is added can be asked for, and what is deleted is gone."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from builders import event_of, killing, make_report
from parley.record import Record, schema
from parley.record.bulk import add_rows, delete_rows, rows_among
from parley.record.opening import open_engine

MANY = 25_000


@pytest.fixture(params=["SQLite", "PostgreSQL"])
def where(request, tmp_path):
    """Name a new record, in each of the databases."""
    if request.param == "SQLite":
        return str(tmp_path / "parley.db")
    return request.getfixturevalue("address")


def test_rows_are_asked_for_and_deleted_by_thousands(where):
    """Of many rows those come back that were asked for, each once, and none that was deleted."""
    engine = open_engine(where, create=True, read_only=False)
    keys = schema.merge_keys
    with engine.begin() as connection:
        add_rows(connection, keys, [{"key": 1 << 62 | n, "node": f"“{n}”"} for n in range(MANY)])
        add_rows(connection, keys, [])
        wanted = [1 << 62 | number for number in range(-5, MANY, 2)] * 2
        query = select(keys.c.key, keys.c.node)
        found = sorted(rows_among(connection, query, keys.c.key, wanted))
        assert found == [(1 << 62 | n, f"“{n}”") for n in range(1, MANY, 2)]
        names = ["“3”", "no node", "it's"]
        assert [row.key & 0xFF for row in rows_among(connection, query, keys.c.node, names)] == [3]
        assert not list(rows_among(connection, query, keys.c.node, []))
        delete_rows(connection, keys, [{"node": node, "key": key} for key, node in found])
        delete_rows(connection, keys, [])
        left = connection.execute(select(keys.c.key)).scalars().all()
        assert sorted(left) == [1 << 62 | number for number in range(0, MANY, 2)]
    engine.dispose()


def test_days_and_truths_are_written_as_the_tables_have_them(where):
    """An event's days, and what is true or false of it, come back as they went in."""
    report = make_report()
    mention = killing(report)
    with Record.open(where, create=True) as record:
        record.add_report(report, [mention])
        record.replace_events([event_of(mention, id="e_one")], [])
        assert [event.id for event in record.events()] == ["e_one"]
    engine = open_engine(where, create=False, read_only=False)
    with engine.connect() as connection:
        days = connection.execute(select(schema.events.c.when_start)).scalars().all()
        again = connection.execute(select(schema.participants.c.again)).scalars().all()
    assert all(isinstance(day, date) for day in days)
    assert set(again) <= {True, False}
    engine.dispose()
