"""What of a record does not hold: hashes, spans, references, full-text indexes, corrections.

In: a connection.  Out: a line a finding, none where all holds.  Nothing is changed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, Table, select
from sqlalchemy.exc import DBAPIError

from parley.model import Correction, Event, EventMention, Link, Mention, ReportLine, Trace
from parley.record import schema
from parley.record.overlay import told_by_now
from parley.record.searching import faults
from parley.record.standing import Anchorage, holder, read_log, standing
from parley.record.tolls import toll_rows

_AT_A_TIME = 300
_Kind = TypeVar("_Kind", bound=Struct)


def find_faults(connection: Connection, *, writable: bool) -> Iterator[str]:
    """Yield what is wrong, a line each.

    SQLite's full-text indexes are compared only through a `writable` connection, which is
    what its own check asks for; nothing is written all the same.
    """
    yield from _database_faults(connection)
    lengths = dict.fromkeys(connection.execute(select(schema.reports.c.id)).scalars(), 0)
    yield from _report_faults(connection, lengths)
    yield from _mention_faults(connection, lengths)
    events: set[str] = set(connection.execute(select(schema.events.c.id)).scalars())
    yield from _event_faults(connection, lengths)
    yield from _link_faults(connection, events)
    yield from _correction_faults(connection, events)
    if writable or connection.dialect.name != "sqlite":
        yield from faults(connection)


def _database_faults(connection: Connection) -> Iterator[str]:
    if connection.dialect.name != "sqlite":
        return
    try:
        for (said,) in connection.exec_driver_sql("PRAGMA integrity_check").all():
            if said != "ok":
                yield f"database: {said}"
        for table, row, parent, _ in connection.exec_driver_sql("PRAGMA foreign_key_check").all():
            yield f"{table}, row {row}: refers to one of {parent} that is not there"
    except DBAPIError as error:
        yield f"database: {error.orig}"


def _report_faults(connection: Connection, lengths: dict[str, int]) -> Iterator[str]:
    reports = schema.reports.c
    for id_, data, text, sha in _rows(
        connection, schema.reports, reports.id, reports.data, reports.text, reports.text_sha256
    ):
        lengths[id_] = len(text)
        if hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest() != sha:
            yield f"report {id_}: its text is not the one that it was read with (SHA-256 differs)"
        line = _decoded(data, ReportLine)
        if line is None:
            yield f"report {id_}: its data cannot be read"
            continue
        if (line.id, line.text_sha256) != (id_, sha):
            yield f"report {id_}: its data are another report's"
        for part in line.boilerplate:
            if not 0 <= part.start <= part.end <= len(text):
                yield f"report {id_}: boilerplate {part.start}-{part.end} lies outside its text"
        for piece in line.published.evidence if line.published else ():
            if text[piece.start : piece.end] != piece.text:
                yield f"report {id_}: {piece.start}-{piece.end} does not say “{piece.text}”"


def _mention_faults(connection: Connection, lengths: dict[str, int]) -> Iterator[str]:
    mentions, reports = schema.mentions.c, schema.reports.c
    query = select(
        mentions.id, mentions.report, mentions.start, mentions.end, mentions.data, reports.text
    ).select_from(schema.mentions.outerjoin(schema.reports, reports.id == mentions.report))
    for id_, report, start, end, data, text in _stream(connection, query):
        if text is None:
            yield f"mention {id_}: its report {report} is not there"
            continue
        mention = _decoded(data, Mention)
        if mention is None:
            yield f"mention {id_}: its data cannot be read"
            continue
        if (mention.id, mention.report, mention.start, mention.end) != (id_, report, start, end):
            yield f"mention {id_}: its data are another mention's"
        if text[start:end] != mention.text:
            yield f"mention {id_}: report {report} does not say its words at {start}-{end}"
        if not start <= mention.trigger[0] <= mention.trigger[1] <= end:
            yield f"mention {id_}: its trigger lies outside of it"
        for trace in _traces(mention):
            if trace.report not in lengths:
                yield f"mention {id_}: a field is traced to report {trace.report}, not there"
            elif not 0 <= trace.start < trace.end <= lengths[trace.report]:
                yield f"mention {id_}: a field is traced to {trace.start}-{trace.end}, outside"


def _event_faults(connection: Connection, lengths: dict[str, int]) -> Iterator[str]:
    events, told_in, mentions = schema.events.c, schema.event_mentions.c, schema.mentions.c
    spans = {
        row[0]: tuple(row[1:])
        for row in _rows(
            connection,
            schema.mentions,
            mentions.id,
            mentions.report,
            mentions.start,
            mentions.end,
        )
    }
    inside: dict[str, list[tuple[str, str]]] = {}
    query = select(told_in.event, told_in.mention, told_in.report)
    for event, mention, report in _stream(
        connection, query.order_by(told_in.event, told_in.position)
    ):
        inside.setdefault(event, []).append((mention, report))
    tolls = _tolls(connection)
    for id_, type_, status, data in _rows(
        connection, schema.events, events.id, events.type, events.status, events.data
    ):
        event = _decoded(data, Event)
        if event is None:
            yield f"event {id_}: its data cannot be read"
            continue
        if (event.id, event.type, event.status) != (id_, type_, status):
            yield f"event {id_}: its columns and its data differ"
        if [(mention.id, mention.report) for mention in event.mentions] != inside.get(id_, []):
            yield f"event {id_}: the table of its mentions and its data differ"
        if toll_rows(event) != tolls.get(id_, []):
            yield f"event {id_}: the table of its tolls and its data differ"
        if not event.mentions:
            yield f"event {id_}: no report tells it"
        yield from _telling_faults(f"event {id_}", event.mentions, spans)
        for at in _indexes(event):
            if not 0 <= at < len(event.mentions):
                yield f"event {id_}: a field refers to mention {at}, which it has not"
        for trace in _traces(event):
            if not 0 <= trace.start < trace.end <= lengths.get(trace.report, 0):
                yield f"event {id_}: a field is traced to {trace.start}-{trace.end}, outside"


def _tolls(connection: Connection) -> dict[str, list[dict[str, Any]]]:
    """Return the tolls of each event that has some, as they are written."""
    table = schema.tolls
    found: dict[str, list[dict[str, Any]]] = {}
    query = select(table).order_by(table.c.event, table.c.position)
    for row in connection.execute(query).mappings():
        cells = {name: row[name] for name in row if name not in ("event", "position")}
        found.setdefault(row["event"], []).append(cells)
    return found


def _telling_faults(
    what: str, mentions: Iterable[EventMention], spans: dict[str, tuple[Any, ...]]
) -> Iterator[str]:
    for mention in mentions:
        if mention.id not in spans:
            yield f"{what}: its mention {mention.id} is not there"
        elif spans[mention.id] != (mention.report, mention.start, mention.end):
            yield f"{what}: its mention {mention.id} stands elsewhere than it says"


def _link_faults(connection: Connection, events: set[str]) -> Iterator[str]:
    links = schema.links.c
    for from_, to, data in _rows(connection, schema.links, links["from"], links.to, links.data):
        link = _decoded(data, Link)
        if link is None or (link.from_, link.to) != (from_, to):
            yield f"link from {from_} to {to}: its data cannot be read, or are another's"
        for id_ in {from_, to} - events:
            yield f"link from {from_} to {to}: event {id_} is not there"


def _correction_faults(connection: Connection, events: set[str]) -> Iterator[str]:
    log = standing(read_log(connection))
    anchorage = Anchorage(connection, log)
    held = {entry.number: anchorage.mentions(entry.anchors) for entry in log}
    told_in = told_by_now(connection, [id_ for group in held.values() for id_ in group])
    for entry in log:
        if holder(entry.event, held[entry.number], told_in) is None:
            yield f"correction {entry.number} ({_named(entry)}): orphaned, its words are gone"
    suggestions = schema.suggestions.c
    for event, shown in connection.execute(select(suggestions.event, suggestions.shown)):
        if shown != (event in events):
            is_shown = "not shown" if shown else "shown"
            yield f"event {event}: it is {is_shown}, against what was said of it"
    tombstones = schema.tombstones.c
    graves = {
        row.id: row.successor
        for row in connection.execute(select(tombstones.id, tombstones.successor))
    }
    for id_, heir in graves.items():
        if id_ in events:
            yield f"event {id_}: it is there, and marked as gone"
        if heir is not None and heir not in events and heir not in graves:
            yield f"event {id_}: it went into {heir}, which is not there"


def _named(entry: Correction) -> str:
    what = f"{entry.action} of the {entry.field}" if entry.field else entry.action
    return f"{what}, {entry.event}, by {entry.by}"


def _traces(value: Any) -> Iterator[Trace]:  # noqa: ANN401 - any part of a struct
    if isinstance(value, Trace):
        yield value
    elif isinstance(value, Struct):
        for name in value.__struct_fields__:
            yield from _traces(getattr(value, name))
    elif isinstance(value, tuple):
        for part in value:
            yield from _traces(part)


def _indexes(event: Event) -> Iterator[int]:
    yield from (count.mention for count in event.counts)
    for provision in event.provisions:
        yield from (provision.mention, *provision.mentions)
    yield from (step.mention for step in event.course)
    for disagreement in event.disagreements:
        for value in disagreement.values:
            yield from value.mentions


def _decoded(data: str, kind: type[_Kind]) -> _Kind | None:
    try:
        return msgspec.json.decode(data, type=kind)
    except msgspec.DecodeError:
        return None


def _rows(connection: Connection, table: Table, *columns: Any) -> Iterator[Any]:  # noqa: ANN401
    first = next(iter(table.primary_key.columns)) if "id" not in table.c else table.c.id
    yield from _stream(connection, select(*columns).order_by(first))


def _stream(connection: Connection, query: Any) -> Iterator[Any]:  # noqa: ANN401
    result = connection.execution_options(yield_per=_AT_A_TIME).execute(query)
    for rows in result.partitions():
        yield from rows
