"""Reports, a page at a time, and the mentions that one of them tells."""

from __future__ import annotations

from typing import Literal

import msgspec
from msgspec import Struct
from sqlalchemy import ColumnElement, func, or_, select, true

from parley.model import Mention, ReportLine
from parley.record.finding.filters import Page, Paging
from parley.record.schema import event_mentions, mentions, reports
from parley.record.store import Record

ReportOrder = Literal["published", "source"]


class ReportTally(Struct, frozen=True, kw_only=True):
    """A report without its text, and how many mentions and events it tells."""

    line: ReportLine
    coded: bool
    mentions: int
    events: int


def find_reports(
    record: Record,
    paging: Paging,
    *,
    outlet: str | None = None,
    words: str | None = None,
    order: ReportOrder = "published",
) -> Page[ReportTally]:
    """Return a page of the reports, the last published first, or by source.

    `outlet` is a whole name; `words` part of the title or the source.
    """
    paging.check()
    passing = _passing(outlet, words)
    total = record.rows(select(func.count()).select_from(reports).where(passing))[0][0]
    orders = {
        "published": (reports.c.published_start.desc().nulls_last(),),
        "source": (reports.c.source,),
    }
    query = (
        select(reports.c.id, reports.c.data, reports.c.coded)
        .where(passing)
        .order_by(*orders[order], reports.c.id)
        .limit(paging.limit)
        .offset(paging.offset)
    )
    found = [
        (msgspec.json.decode(data, type=ReportLine), bool(coded))
        for _, data, coded in record.rows(query)
    ]
    tallies = _tallies(record, [line.id for line, _ in found])
    rows = []
    for line, coded in found:
        told, events = tallies.get(line.id, (0, 0))
        rows.append(ReportTally(line=line, coded=coded, mentions=told, events=events))
    return Page(rows=rows, total=total, limit=paging.limit, offset=paging.offset)


def mentions_in(record: Record, report: str) -> list[tuple[Mention, str | None]]:
    """Return the mentions of a report in their order, each with the id of its event."""
    query = (
        select(mentions.c.data, event_mentions.c.event)
        .select_from(mentions.outerjoin(event_mentions, event_mentions.c.mention == mentions.c.id))
        .where(mentions.c.report == report)
        .order_by(mentions.c.start, mentions.c.end, mentions.c.id)
    )
    return [(msgspec.json.decode(data, type=Mention), event) for data, event in record.rows(query)]


def _passing(outlet: str | None, words: str | None) -> ColumnElement[bool]:
    passing: ColumnElement[bool] = true()
    if outlet is not None:
        passing &= reports.c.outlet == outlet
    if words:
        low = words.strip().lower()
        passing &= or_(
            func.lower(reports.c.title).contains(low, autoescape=True),
            func.lower(reports.c.source).contains(low, autoescape=True),
        )
    return passing


def _tallies(record: Record, ids: list[str]) -> dict[str, tuple[int, int]]:
    query = (
        select(mentions.c.report, func.count(), func.count(event_mentions.c.event.distinct()))
        .select_from(mentions.outerjoin(event_mentions, event_mentions.c.mention == mentions.c.id))
        .where(mentions.c.report.in_(ids))
        .group_by(mentions.c.report)
    )
    return {report: (told, events) for report, told, events in record.rows(query)}
