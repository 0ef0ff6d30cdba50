"""Full-text search: FTS5 in SQLite, PostgreSQL's own there.

Words are found without case and accents, and from their beginnings ("negotiat" finds
"negotiators"); all that are given must be there.  In SQLite triggers keep the indexes in
step; in PostgreSQL `events.search` is a generated column, and `reports.search` is written
with the report.
"""

from __future__ import annotations

import json
from itertools import accumulate
from typing import Literal

from msgspec import Struct
from sqlalchemy import ColumnElement, Connection, literal_column, text
from sqlalchemy.sql.elements import TextClause

from parley.record.names import folded
from parley.record.schema import events

SearchKind = Literal["event", "report"]
# A full-text entry of PostgreSQL's holds a mebibyte at most.
_MOST_INDEXED = 250_000
# So many reports are ranked at most of those that have some of many words.
_RANKED = 1200
# The condition of a report whose date others may tell.
_OPEN = (
    "(coded AND (published_start IS NULL "
    "OR published_how = 'inferred' AND published_confidence < :sure))"
)


class Hit(Struct, frozen=True, kw_only=True):
    """An event or a report that has the words.

    `title` is the event's summary, or the report's title (its source where it has none);
    `excerpt` some of the text around the words, on one line, None where there is none to
    show; the words stand in it between STX and ETX (U+0002, U+0003).
    """

    kind: SearchKind
    id: str
    title: str
    excerpt: str | None


def words_of(query: str) -> list[str]:
    """Return the words that a query asks for, folded."""
    return folded(query).split()


def has_words(dialect: str, query: str) -> ColumnElement[bool] | None:
    """Return the condition that an event has the words, None where the query has none."""
    words = words_of(query)
    if not words:
        return None
    if dialect == "sqlite":
        found = text("SELECT rowid FROM events_fts WHERE events_fts MATCH :fts").bindparams(
            fts=_sqlite_query(words)
        )
        return events.c.number.in_(found.columns(literal_column("rowid")).scalar_subquery())
    return literal_column("events.search").bool_op("@@")(
        text("to_tsquery('simple', :fts)").bindparams(fts=_server_query(words))
    )


def search(
    connection: Connection, query: str, *, kind: SearchKind, limit: int, offset: int
) -> list[Hit]:
    """Return the events or reports that have all words of a query, the best first."""
    words = words_of(query)
    if not words:
        return []
    sqlite = connection.dialect.name == "sqlite"
    made = _sqlite_search(kind) if sqlite else _server_search(kind)
    rows = connection.execute(
        made,
        {
            "query": _sqlite_query(words) if sqlite else _server_query(words),
            "limit": limit,
            "offset": offset,
        },
    )
    return [
        Hit(
            kind=kind,
            id=id_,
            title=title,
            excerpt=" ".join(excerpt.split()) if excerpt else None,
        )
        for id_, title, excerpt in rows
    ]


def is_open(sure: float) -> TextClause:
    """Return the condition of coded reports without a date, or with one inferred less surely."""
    return text(_OPEN).bindparams(sure=sure)


def find_akin(
    connection: Connection, words: list[str], *, limit: int, unsure: float | None = None
) -> list[str]:
    """Return the ids of the reports that have some of these words, the likest first.

    With `unsure`, only of those whose date is open: none, or inferred less surely than that.
    """
    wanted = words_of(" ".join(words))
    sqlite = connection.dialect.name == "sqlite"
    if sqlite:
        wanted = _rarest(connection, wanted)
    if not wanted:
        return []
    where = f"AND {_OPEN} " if unsure is not None else ""
    if sqlite:
        query = " OR ".join(f'"{word}"' for word in wanted)
        made = (
            "SELECT reports.id FROM reports_fts JOIN reports ON reports.number = reports_fts.rowid "
            f"WHERE reports_fts MATCH :query {where}"
            "ORDER BY bm25(reports_fts), reports.id LIMIT :limit"
        )
    else:
        query = " | ".join(f"'{word}'" for word in wanted)
        made = (
            f"SELECT id FROM reports WHERE search @@ to_tsquery('simple', :query) {where}"
            "ORDER BY ts_rank(search, to_tsquery('simple', :query)) DESC, id LIMIT :limit"
        )
    asked = {"query": query, "limit": limit} | ({} if unsure is None else {"sure": unsure})
    return list(connection.execute(text(made), asked).scalars())


def _rarest(connection: Connection, words: list[str]) -> list[str]:
    """Return those words that fewest reports have, as many as have few reports all together.

    To rank what has a word costs by how many have it: a word of every second report would
    cost the more the larger the record, and tell nothing.
    """
    # https://sqlite.org/fts5.html#the_fts5vocab_virtual_table_module; it holds nothing itself.
    connection.execute(
        text(
            "CREATE VIRTUAL TABLE IF NOT EXISTS temp.reports_words "
            "USING fts5vocab('main', 'reports_fts', 'row')"
        )
    )
    counted = text(
        "SELECT term, doc FROM temp.reports_words "
        "WHERE term IN (SELECT value FROM json_each(:words)) ORDER BY doc, term"
    )
    rows = connection.execute(counted, {"words": json.dumps(words)}).all()
    behind = accumulate(have for _, have in rows)
    few = [word for (word, _), have in zip(rows, behind, strict=True) if have <= _RANKED]
    return few or [word for word, _ in rows[:1]]


def index_report(connection: Connection, id_: str, title: str | None, body: str) -> None:
    """Make a report findable; SQLite's triggers have done it already."""
    if connection.dialect.name == "sqlite":
        return
    connection.execute(
        text("UPDATE reports SET search = to_tsvector('simple', :words) WHERE id = :id"),
        {"words": folded(f"{title or ''} {body}")[:_MOST_INDEXED], "id": id_},
    )


def faults(connection: Connection) -> list[str]:
    """Return what is wrong with the indexes, a line each."""
    if connection.dialect.name != "sqlite":
        count = "SELECT count(*) FROM reports WHERE search IS NULL"
        missing = connection.execute(text(count)).scalar_one()
        return [f"full-text index: {missing} reports are not in it"] if missing else []
    found = []
    for table in ("reports", "events"):
        # https://sqlite.org/fts5.html#the_integrity_check_command; 1 compares with the table.
        try:
            connection.execute(
                text(f"INSERT INTO {table}_fts ({table}_fts, rank) VALUES ('integrity-check', 1)")
            )
        except Exception as error:
            found.append(f"full-text index of {table}: {getattr(error, 'orig', error)}")
    return found


def _sqlite_query(words: list[str]) -> str:
    return " AND ".join(f'"{word}"*' for word in words)


def _server_query(words: list[str]) -> str:
    return " & ".join(f"'{word}':*" for word in words)


def _sqlite_search(kind: SearchKind) -> TextClause:
    if kind == "event":
        return text(
            "SELECT events.id, events.summary, NULL FROM events_fts "
            "JOIN events ON events.number = events_fts.rowid WHERE events_fts MATCH :query "
            "ORDER BY bm25(events_fts), events.id LIMIT :limit OFFSET :offset"
        )
    return text(
        "SELECT reports.id, coalesce(reports.title, reports.source), "
        "snippet(reports_fts, 1, char(2), char(3), '…', 24) FROM reports_fts "
        "JOIN reports ON reports.number = reports_fts.rowid WHERE reports_fts MATCH :query "
        "ORDER BY bm25(reports_fts, 4.0, 1.0), reports.id LIMIT :limit OFFSET :offset"
    )


def _server_search(kind: SearchKind) -> TextClause:
    if kind == "event":
        return text(
            "SELECT id, summary, NULL FROM events WHERE search @@ to_tsquery('simple', :query) "
            "ORDER BY ts_rank(search, to_tsquery('simple', :query)) DESC, id "
            "LIMIT :limit OFFSET :offset"
        )
    return text(
        "SELECT id, coalesce(title, source), ts_headline('simple', text, "
        "to_tsquery('simple', :query), 'StartSel=' || chr(2) || ', StopSel=' || chr(3) || "
        "', MaxWords=24, MinWords=8') FROM "
        "(SELECT * FROM reports WHERE search @@ to_tsquery('simple', :query) "
        "ORDER BY ts_rank(search, to_tsquery('simple', :query)) DESC, id "
        "LIMIT :limit OFFSET :offset) AS found"
    )
