"""Groups to events and the links between them, on a cluster.

In: the groups, the reports and which are copies.  Out: a row an event, a row a link.  All
mentions of an event come to one task, sorted: what tens of thousands of reports tell takes
it seconds.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from msgspec import Struct

from parley.engine.spark.groups import Groups
from parley.engine.spark.rows import Row, grouped, mapped, pack, unpack
from parley.engine.spark.session import Stages
from parley.engine.spark.tellings import Tellings
from parley.merging import scattered
from parley.merging.settling import Settled
from parley.merging.traits import Traits
from parley.model import Event, Mention, Report

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

_EVENTS = "first string, event string, stands string, raw binary"
_LINKS = "relation string, source string, target string, raw binary"
_SIDES = "event string, stands string, side binary"


class Made(Struct, frozen=True):
    """What came of the groups.

    `events` has (first, event, stands, raw), `links` (relation, source, target, raw), `told`
    (mention, event).
    """

    events: DataFrame
    links: DataFrame
    told: DataFrame


def make(
    stages: Stages, coded: DataFrame, tellings: Tellings, groups: Groups, copies: DataFrame
) -> Made:
    """Return the events and links that the groups make."""
    leaning = stages.sql(
        "select mention, collect_list(struct(target, settled)) as leans from {settled} "
        "group by mention",
        settled=groups.settled,
    )
    rows = stages.sql(
        """
        select t.first, t.sort, m.raw, r.report, coalesce(c.copy_of, '') as copy_of,
            transform(coalesce(l.leans, array()), x -> x.target) as targets,
            transform(coalesce(l.leans, array()), x -> x.settled) as settled
        from {told} t join {mentions} m on m.mention = t.mention
        join {coded} r on r.id = t.report
        left join {copies} c on c.report = t.report
        left join {leaning} l on l.mention = t.mention
        """,
        told=groups.told,
        mentions=tellings.mentions,
        coded=coded.select("id", "report"),
        copies=copies,
        leaning=leaning,
    )
    events = stages.keep(grouped(rows, _event_rows, _EVENTS, by="first", order="sort"), "events")
    told = stages.sql(
        "select t.mention, e.event, t.sort, t.node from {told} t "
        "join {events} e on e.first = t.first",
        told=groups.told,
        events=events.select("first", "event"),
    )
    links = _linked(stages, tellings, told)
    parts = _parts(stages, events, told, groups.nodes)
    both = stages.sql(
        "select * from {links} union all select p.* from {parts} p left anti join {links} l "
        "on l.relation = p.relation and l.source = p.source and l.target = p.target",
        links=links,
        parts=parts,
    )
    return Made(
        events=events, links=stages.keep(both, "links"), told=told.select("mention", "event")
    )


def _event_rows(first: str, rows: Iterator[Row]) -> Iterator[Row]:
    mentions: list[Mention] = []
    reports: dict[str, Report] = {}
    copied: dict[str, str | None] = {}
    settled: dict[str, dict[str, Settled]] = {}
    for _, _, raw, report, copy_of, targets, leans in rows:
        mention = unpack(raw, Mention)
        mentions.append(mention)
        if mention.report not in reports:
            reports[mention.report] = unpack(report, Report)
            copied[mention.report] = copy_of or None
        if len(targets):
            settled[mention.id] = {
                target: unpack(bytes(lean), Settled)
                for target, lean in zip(targets, leans, strict=True)
            }
    event = scattered.make_event(mentions, reports, copied, settled)
    yield first, event.id, scattered.stands_as(event), pack(event)


def _linked(stages: Stages, tellings: Tellings, told: DataFrame) -> DataFrame:
    """Return the links that the reports' words make."""
    rows = stages.sql(
        """
        select concat(t.relation, ' ', a.event, ' ', b.event) as link,
            concat(a.sort, ' ', t.target) as sort, m.raw
        from {ties} t join {told} a on a.mention = t.mention
        join {told} b on b.mention = t.target
        join {mentions} m on m.mention = t.mention
        where a.event <> b.event
        """,
        ties=tellings.ties,
        told=told,
        mentions=tellings.mentions,
    )
    return stages.keep(grouped(rows, _link_rows, _LINKS, by="link", order="sort"), "links_told")


def _link_rows(link: str, rows: Iterator[Row]) -> Iterator[Row]:
    relation, source, target = link.split()
    told = [unpack(raw, Mention) for _, _, raw in rows]
    yield relation, source, target, pack(scattered.make_link(relation, source, target, told))


def _parts(stages: Stages, events: DataFrame, told: DataFrame, nodes: DataFrame) -> DataFrame:
    """Return the links of incidents to the wars that they are parts of."""
    rows = stages.sql(
        """
        with fought as (select * from {events} where stands <> '')
        select event, '' as mention, stands, raw from fought
        union all
        select e.event, t.mention, '', n.traits
        from fought e join {told} t on t.event = e.event join {nodes} n on n.node = t.node
        """,
        events=events,
        told=told,
        nodes=nodes,
    )
    sides = stages.keep(grouped(rows, _side_rows, _SIDES, by="event"), "sides")
    wars = tuple(bytes(row.side) for row in sides.where("stands = 'war'").collect())
    if not wars:
        return stages.frame([], _LINKS)
    incidents = sides.where("stands = 'incident'").select("side")
    return mapped(incidents, partial(_part_rows, wars), _LINKS)


def _side_rows(id_: str, rows: Iterator[Row]) -> Iterator[Row]:
    traits: dict[str, Traits] = {}
    found: tuple[str, Event] | None = None
    for _, mention, stands, raw in rows:
        if mention:
            traits[mention] = unpack(raw, Traits)
        else:
            found = stands, unpack(raw, Event)
    if found is not None:
        yield id_, found[0], pack(scattered.make_side(found[1], traits))


def _part_rows(wars: tuple[bytes, ...], rows: Iterator[Row]) -> Iterator[Row]:
    known = [unpack(raw, scattered.Side) for raw in wars]
    for (raw,) in rows:
        link = scattered.choose_part(unpack(raw, scattered.Side), known)
        if link is not None:
            yield link.relation, link.from_, link.to, pack(link)
