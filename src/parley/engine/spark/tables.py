"""The tables that a run on a cluster leaves, and how a record takes them in.

In: reports, mentions, events and links.  Out: four Parquet tables, a folder each, which
any program reads; the column `json` has the whole of a row, as the record keeps it.
docs/scale.md tells each column.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from parley.engine.spark.events import Made
from parley.engine.spark.rows import Row, mapped, unpack
from parley.engine.spark.session import Stages
from parley.engine.spark.tellings import Tellings
from parley.model import Event, Link, Mention, Report, When

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

REPORTS = (
    "id string, source string, title string, outlet string, author string, language string, "
    "url string, published_start date, published_end date, published_how string, "
    "published_confidence double, coded boolean, copy_of string, text string, json string"
)
MENTIONS = (
    "id string, report string, event string, start long, end long, text string, type string, "
    "mode string, status string, when_start date, when_end date, when_precision string, "
    "said date, background boolean, json string"
)
EVENTS = (
    "id string, type string, mode string, status string, when_start date, when_end date, "
    "when_precision string, summary string, countries array<string>, places array<string>, "
    "parties array<string>, mentions long, reports long, sources long, disagreements long, "
    "json string"
)
LINKS = "relation string, from string, to string, json string"
TABLES = ("reports", "mentions", "events", "links")


def write(
    stages: Stages, coded: DataFrame, tellings: Tellings, copies: DataFrame, made: Made
) -> dict[str, int]:
    """Write the tables; return how many rows each has."""
    reports = stages.sql(
        "select r.report, r.coded, coalesce(c.copy_of, '') as copy_of from {coded} r "
        "left join {copies} c on c.report = r.id",
        coded=coded,
        copies=copies,
    )
    mentions = stages.sql(
        "select m.raw, t.event from {mentions} m join {told} t on t.mention = m.mention",
        mentions=tellings.mentions,
        told=made.told,
    )
    # Sorted, so that who reads both finds a report's mentions where the report stands.
    frames = {
        "reports": mapped(reports, _report_rows, REPORTS).orderBy("id"),
        "mentions": mapped(mentions, _mention_rows, MENTIONS).orderBy("report", "start", "id"),
        "events": mapped(made.events.select("raw"), _event_rows, EVENTS),
        "links": mapped(made.links.select("raw"), _link_rows, LINKS),
    }
    return {name: stages.keep(frame, name, last=True).count() for name, frame in frames.items()}


def _report_rows(rows: Iterator[Row]) -> Iterator[Row]:
    from parley.record.rows import line_of  # noqa: PLC0415 - in the tasks

    for raw, coded, copy_of in rows:
        report = replace(unpack(raw, Report), copy_of=copy_of or None)
        published = report.published
        yield (
            report.id,
            report.source,
            report.title,
            report.outlet,
            report.author,
            report.language,
            report.url,
            published.start if published else None,
            published.end if published else None,
            published.how if published else None,
            published.confidence if published else None,
            coded,
            report.copy_of,
            report.text,
            _json(line_of(report)),
        )


def _mention_rows(rows: Iterator[Row]) -> Iterator[Row]:
    for raw, event in rows:
        mention = unpack(raw, Mention)
        yield (
            mention.id,
            mention.report,
            event,
            mention.start,
            mention.end,
            mention.text,
            mention.type,
            mention.mode,
            mention.status,
            *_window(mention.when),
            mention.said,
            mention.background,
            _json(mention),
        )


def _event_rows(rows: Iterator[Row]) -> Iterator[Row]:
    for (raw,) in rows:
        event = unpack(raw, Event)
        yield (
            event.id,
            event.type,
            event.mode,
            event.status,
            *_window(event.when),
            event.summary,
            sorted({place.country for place in event.where if place.country}),
            list(dict.fromkeys(place.name for place in event.where)),
            list(dict.fromkeys(party.name for party in event.participants)),
            len(event.mentions),
            len({mention.report for mention in event.mentions}),
            event.sources,
            len(event.disagreements),
            _json(event),
        )


def _link_rows(rows: Iterator[Row]) -> Iterator[Row]:
    for (raw,) in rows:
        link = unpack(raw, Link)
        yield link.relation, link.from_, link.to, _json(link)


def _window(when: When | None) -> Row:
    return (when.start, when.end, when.precision) if when else (None, None, None)


def _json(value: msgspec.Struct) -> str:
    return msgspec.json.encode(value).decode()
