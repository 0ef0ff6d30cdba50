"""From the nouns to their rows.  A row is a mapping from column to value."""

from __future__ import annotations

import hashlib
from typing import Any

import msgspec
from sqlalchemy import Table

from parley.errors import RecordError
from parley.model import Event, Link, Mention, Report, ReportLine, When
from parley.record import schema
from parley.record.names import word_column
from parley.record.thin import is_thin
from parley.record.tolls import toll_rows

Row = dict[str, Any]


def json_of(struct: msgspec.Struct) -> str:
    """Return a struct as the JSON that a record keeps: its public form, keys in order."""
    return msgspec.json.encode(struct).decode()


def line_of(report: Report) -> ReportLine:
    """Return the public form of a report.

    Raises `RecordError` for a text that no UTF-8 can hold (half a surrogate pair).
    """
    try:
        raw = report.text.encode()
    except UnicodeEncodeError as error:
        raise RecordError(
            f"{report.source}: character {error.start} is half a surrogate pair, which cannot be "
            f"kept; save the file as UTF-8"
        ) from error
    return ReportLine(
        id=report.id,
        source=report.source,
        title=report.title,
        outlet=report.outlet,
        author=report.author,
        language=report.language,
        url=report.url,
        text_sha256=hashlib.sha256(raw).hexdigest(),
        published=report.published,
        boilerplate=report.boilerplate,
        copy_of=report.copy_of,
    )


def read_report(data: str, text: str) -> Report:
    """Return the report that a row of the table `reports` has, its line as JSON and its text."""
    return report_of(msgspec.json.decode(data, type=ReportLine), text)


def report_of(line: ReportLine, text: str) -> Report:
    """Return the report of which `line` is the public form."""
    return Report(
        id=line.id,
        source=line.source,
        text=text,
        title=line.title,
        outlet=line.outlet,
        author=line.author,
        language=line.language,
        url=line.url,
        published=line.published,
        boilerplate=line.boilerplate,
        copy_of=line.copy_of,
    )


def report_row(report: Report, *, coded: bool) -> Row:
    """Return a report's row."""
    line = line_of(report)
    published = report.published
    return {
        "id": report.id,
        "source": report.source,
        "title": report.title,
        "outlet": report.outlet,
        "language": report.language,
        "url": report.url,
        "published_start": published.start if published else None,
        "published_end": published.end if published else None,
        "published_how": published.how if published else None,
        "published_confidence": published.confidence if published else None,
        "coded": coded,
        "text_sha256": line.text_sha256,
        "data": json_of(line),
        "text": report.text,
    }


def mention_row(mention: Mention) -> Row:
    """Return a mention's row."""
    return {
        "id": mention.id,
        "report": mention.report,
        "start": mention.start,
        "end": mention.end,
        "text": mention.text,
        "type": mention.type,
        "mode": mention.mode,
        "status": mention.status,
        **_when_columns(mention.when),
        "said": mention.said,
        "background": mention.background,
        "confidence": mention.confidence,
        "data": json_of(mention),
    }


def event_row(event: Event) -> Row:
    """Return an event's row in the table of events."""
    return {
        "id": event.id,
        "type": event.type,
        "mode": event.mode,
        "summary": event.summary,
        "status": event.status,
        **_when_columns(event.when),
        "mentions": len(event.mentions),
        "reports": len({mention.report for mention in event.mentions}),
        "sources": event.sources,
        "disagreements": len(event.disagreements),
        "confidence": event.confidence,
        "thin": is_thin(event),
        "words": word_column([event.summary, *(mention.text for mention in event.mentions)]),
        "data": json_of(event),
    }


def part_rows(event: Event) -> dict[Table, list[Row]]:
    """Return the rows of an event's parts, by table."""
    told = [mention.id for mention in event.mentions]
    parts: dict[Table, list[Row]] = {
        schema.event_mentions: [
            {"mention": mention.id, "report": mention.report} for mention in event.mentions
        ],
        schema.participants: [
            {
                "name": participant.name,
                "kind": participant.kind,
                "country": participant.country,
                "role": participant.role,
                "side": participant.side,
                "people": "; ".join(person.name for person in participant.people) or None,
                "words": word_column(
                    [
                        participant.name,
                        participant.country,
                        participant.side,
                        *(person.name for person in participant.people),
                    ]
                ),
            }
            for participant in event.participants
        ],
        schema.places: [
            {
                "name": place.name,
                "country": place.country,
                "lat": place.lat,
                "lon": place.lon,
                "precision": place.precision,
                "words": word_column([place.name, place.country]),
            }
            for place in event.where
        ],
        schema.counts: [
            {
                "what": count.what,
                "low": count.low,
                "best": count.best,
                "high": count.high,
                "side": count.side,
                "claimed_by": count.claimed_by,
                "mention": _at(told, count.mention),
            }
            for count in event.counts
        ],
        schema.tolls: toll_rows(event),
        schema.provisions: [
            {"text": provision.text, "mention": _at(told, provision.mention)}
            for provision in event.provisions
        ],
    }
    for row in (*parts[schema.participants], *parts[schema.counts]):
        row.update(type=event.type, status=event.status, day=event.when and event.when.start)
    named: set[str] = set()
    for row in parts[schema.participants]:
        row["again"] = row["name"] in named
        named.add(row["name"])
    for rows in parts.values():
        for position, row in enumerate(rows):
            row.update(event=event.id, position=position)
    return parts


def link_key(link: Link) -> tuple[str, str, str]:
    """Return what tells a link from every other."""
    return (link.relation, link.from_, link.to)


def link_row(link: Link) -> Row:
    """Return a link's row."""
    return {"relation": link.relation, "from": link.from_, "to": link.to, "data": json_of(link)}


def _when_columns(when: When | None) -> Row:
    return {
        "when_start": when.start if when else None,
        "when_end": when.end if when else None,
        "when_precision": when.precision if when else None,
    }


def _at(ids: list[str], index: int) -> str | None:
    return ids[index] if 0 <= index < len(ids) else None
