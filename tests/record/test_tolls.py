"""Tolls: what is told of the dead and wounded of an incident, added up when it is written."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from types import SimpleNamespace

from alembic.migration import MigrationContext
from alembic.operations import Operations
from hypothesis import assume, given
from hypothesis import strategies as st

from builders import dump, event_of, killing, make_report, meeting
from parley.model import Count
from parley.record import Record, opening
from parley.record.migrations.versions import m0008_tolls
from parley.record.tolls import toll_rows

FIGURES = st.none() | st.integers(0, 9)
COUNTS = st.lists(
    st.builds(
        lambda what, side, by, low, best, high, mention: Count(
            what=what, side=side, claimed_by=by, low=low, best=best, high=high, mention=mention
        ),
        st.sampled_from(["killed", "wounded", "deployed"]),
        st.sampled_from([None, "Norland", "Sudmark"]),
        st.sampled_from([None, "Norland"]),
        FIGURES,
        FIGURES,
        FIGURES,
        st.integers(0, 1),
    ),
    max_size=7,
)
REPORT = make_report("two people were killed and three; two people were killed again")


def incident(counts, **fields):
    """Return an incident with some figures."""
    return event_of(killing(REPORT), counts=tuple(counts), **fields)


def test_tolls_by_hand():
    """One source's figures of a telling add up; the one told most often is the best."""
    rows = toll_rows(
        incident(
            [
                Count(what="killed", low=1, best=1, high=1, side="Norland", mention=0),
                Count(what="killed", low=2, best=2, high=2, side="Norland", mention=0),
                Count(what="killed", low=3, best=None, high=None, side="Norland",
                      claimed_by="Norland", mention=0),
                Count(what="killed", low=4, best=5, high=9, side="Norland", claimed_by="UN"),
                Count(what="killed", low=7, best=7, high=7, mention=0),
            ]
        )
    )  # fmt: skip
    told = [(r["side"], r["single"], r["claimed_by"], r["low"], r["best"], r["high"]) for r in rows]
    assert told == [
        ("Norland", False, None, 3, 3, 9),
        ("Norland", True, None, 3, 3, 3),
        ("Norland", True, "Norland", 3, 3, 3),
        ("Norland", True, "UN", 4, 5, 9),
        (None, False, None, 7, 7, 7),
        (None, True, None, 7, 7, 7),
    ]
    assert [row["dead"] for row in rows] == [False, False, False, False, True, False]
    assert toll_rows(event_of(meeting(make_report()))) == []


def test_some_are_not_added_to_all():
    """Four soldiers are among eleven dead; eight dead are the eight soldiers told elsewhere."""
    of_all = [
        Count(what="killed", low=4, best=4, high=None, claimed_by="Norland", whom="soldiers"),
        Count(what="killed", low=11, best=11, high=11, claimed_by="a hospital"),
    ]
    of_parts = [
        Count(what="killed", low=8, best=8, high=8, whom="soldiers"),
        Count(what="killed", low=3, best=3, high=3, whom="rebels"),
        Count(what="killed", low=8, best=8, high=8, claimed_by="UN"),
    ]
    for counts, figures in ((of_all, [11]), (of_parts, [8, 3])):
        rows = [row for row in toll_rows(incident(counts)) if not row["single"]]
        assert [row["best"] for row in rows] == figures


@given(COUNTS)
def test_tolls_hold_all_that_is_told(counts):
    """The least and the most bound the best; a side without figures has no row."""
    rows = toll_rows(incident(counts))
    told = {(c.what, c.side) for c in counts if c.what != "deployed"} & {
        (c.what, c.side) for c in counts if (c.best, c.low, c.high) != (None, None, None)
    }
    assert {(row["what"], row["side"]) for row in rows} == told
    whole = [row for row in rows if not row["single"]]
    assert len(whole) == len(told)
    dead = [row["side"] for row in rows if row["dead"]]
    assert dead in ([], [None]) or None not in dead


@given(COUNTS)
def test_a_migration_adds_up_the_same(counts):
    """What the migration makes of the figures of an older record is what is written now.

    But for which are the dead where a total and both sides' are told: see `by_people`.
    """
    assume(len({c.side for c in counts if c.what == "killed"}) < 3)
    event = incident(counts)
    rows = [
        SimpleNamespace(
            what=c.what, side=c.side, claimed_by=c.claimed_by, mention=c.mention, low=c.low,
            best=c.best, high=c.high, status=event.status, day=event.when and event.when.start,
            place=event.where[0].name if event.where else None,
        )
        for c in event.counts
        if c.what != "deployed" and (c.best, c.low, c.high) != (None, None, None)
    ]  # fmt: skip
    assert list(m0008_tolls._tolls(rows) if rows else ()) == toll_rows(event)


def test_a_record_without_tolls_gets_the_same(tmp_path):
    """A record of the schema before, brought forward, is the one that is written anew."""
    path = tmp_path / "parley.db"
    figures = [Count(what="killed", low=3, best=3, high=4, side="Norland", mention=0)]
    with Record.open(str(path), create=True) as record:
        told = [killing(REPORT), killing(REPORT, "two people were killed again")]
        record.add_report(REPORT, told)
        events = [
            event_of(told[0], counts=tuple(figures), id="e_one"),
            event_of(told[1], counts=(), id="e_two"),
        ]
        record.replace_events(events, [])
    before = dump(path)
    assert any("INTO" in line and '"tolls"' in line for line in before)
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(
            "DROP TABLE tolls; DROP INDEX ix_event_mentions_report; "
            "ALTER TABLE event_mentions DROP COLUMN report;"
        )
    engine = opening._sqlite_engine(path, read_only=False)
    with (
        engine.execution_options(**{opening.WRITES: True}).begin() as connection,
        Operations.context(MigrationContext.configure(connection)),
    ):
        m0008_tolls.upgrade()
    engine.dispose()
    with Record.open(str(path)) as record:
        assert list(record.faults()) == []
    assert sorted(rows_of(dump(path))) == sorted(rows_of(before))


def rows_of(lines):
    """Return what a dump writes into tables."""
    return [line for line in lines if line.startswith("INSERT")]


def test_what_was_tampered_with_is_told(tmp_path):
    """`check` tells where the tolls, or the reports of tellings, are not those of the event."""
    path = tmp_path / "parley.db"
    figures = (Count(what="killed", low=3, best=3, high=4, mention=0),)
    with Record.open(str(path), create=True) as record:
        record.add_report(REPORT, [killing(REPORT)])
        record.replace_events([event_of(killing(REPORT), counts=figures, id="e_one")], [])
        assert list(record.faults()) == []
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("UPDATE tolls SET high = 40")
            connection.execute("UPDATE event_mentions SET report = 'r_other'")
            connection.commit()
        assert [fault.partition(": ")[2] for fault in record.faults()] == [
            "the table of its mentions and its data differ",
            "the table of its tolls and its data differ",
        ]
