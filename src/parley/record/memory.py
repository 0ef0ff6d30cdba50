"""What a record remembers for merging: asked for by id and key, in bulk.

In: a connection.  Out: a `parley.merging.Memory` over its tables; and the writing of what a
merge wants kept.  What is asked for, and so what it costs, grows with what is new.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date
from functools import partial
from itertools import permutations
from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import (
    Column,
    Connection,
    Select,
    Table,
    bindparam,
    delete,
    func,
    literal,
    select,
    update,
)

from parley.merging import (
    BREAKS,
    KEEPS,
    WAR_DAYS,
    WITHIN,
    Copies,
    CopyNode,
    Cue,
    Kept,
    Member,
    Pool,
    Printed,
    Reach,
    Sketch,
    Story,
    Traits,
    reach_of,
)
from parley.model import Event, Link, Mention, Report, ReportLine
from parley.record import schema
from parley.record.bulk import add_rows, add_values, delete_rows, rows_among
from parley.record.log import log_changes
from parley.record.overlay import hidden_events, machine_events, told_by_now
from parley.record.rows import read_report
from parley.record.stirring import stir

if TYPE_CHECKING:
    pass

_AT_A_TIME = 900
_AT_HAND = 6000  # reports that are kept in memory at once


class RecordMemory:
    """The memory of a record, as one connection sees it."""

    def __init__(self, connection: Connection) -> None:
        """Read by `connection`, in one transaction if what is read is to fit together."""
        self._connection = connection
        self._empty: dict[Table, bool] = {}
        self._stories: dict[str, Story] = {}
        # Nothing of it leads back here: all is let go of as soon as the merge is done.
        self.reports: Shelf = Shelf(partial(_fetch_reports, connection))

    # The record

    def bring(self, reports: Collection[str]) -> None:
        """Fetch several reports at once, which are asked for next."""
        self.reports.bring(reports)

    def mentions_of(self, reports: Collection[str]) -> dict[str, list[Mention]]:
        """Return report -> its mentions."""
        table = schema.mentions.c
        self.reports.bring(reports)
        found: dict[str, list[Mention]] = {}
        for (data,) in self._rows(select(table.data), table.report, reports):
            mention = msgspec.json.decode(data, type=Mention)
            found.setdefault(mention.report, []).append(mention)
        return found

    def mentions(self, ids: Collection[str]) -> dict[str, Mention]:
        """Return the mentions with these ids."""
        table = schema.mentions.c
        rows = self._rows(select(table.id, table.data), table.id, ids)
        return {id_: msgspec.json.decode(data, type=Mention) for id_, data in rows}

    def events_of(self, mentions: Collection[str]) -> dict[str, str]:
        """Return mention -> the event that it is in, deleted ones included."""
        return told_by_now(self._connection, mentions)

    def events(self, ids: Collection[str]) -> dict[str, Event]:
        """Return the events with these ids, as merging made them."""
        events = schema.events.c
        rows = self._rows(select(events.id, events.data), events.id, ids)
        found = {id_: msgspec.json.decode(data, type=Event) for id_, data in rows}
        wanted = set(ids)
        suggested = set(self._connection.execute(select(schema.suggestions.c.event)).scalars())
        found.update(machine_events(self._connection, wanted & suggested))
        return found

    def links_of(self, events: Collection[str], *, steady: Collection[str]) -> list[Link]:
        """Return the links from or to these events, but the parts of the steady ones."""
        links = schema.links.c
        rows = list(self._rows(select(links.data), links["from"], events))
        rows += self._rows(select(links.data), links.to, set(events) - set(steady))
        rows += self._rows(select(links.data).where(links.relation != "part_of"), links.to, steady)
        return [msgspec.json.decode(data, type=Link) for (data,) in dict.fromkeys(map(tuple, rows))]

    def wars(self) -> list[str]:
        """Return the ids of the events that may have others as their parts."""
        events = schema.events.c
        query = select(events.id, events.when_start, events.when_end).where(
            (events.type == "ASSAULT")
            & (events.when_precision == "span")
            & events.when_end.is_not(None)
        )
        hidden = {event.id for event in hidden_events(self._connection)}
        return [
            id_
            for id_, start, end in self._connection.execute(query)
            if (end - start).days + 1 >= WAR_DAYS and id_ not in hidden
        ]

    def incidents(self, war: Event) -> list[str]:
        """Return the ids of the events that may be parts of a war: fights in its days."""
        events = schema.events.c
        if war.when is None:
            return []
        query = select(events.id).where(
            (events.type == "ASSAULT")
            & (events.when_start >= war.when.start)
            & (events.when_end <= (war.when.end or date.max))
        )
        return [id_ for id_ in self._connection.execute(query).scalars() if id_ != war.id]

    def accords(self) -> list[str]:
        """Return the ids of the agreements with points that later events may keep or break."""
        events = schema.events.c
        query = select(events.id).where(
            (events.type == "AGREE")
            & events.status.in_(("happened", "ongoing"))
            & events.when_start.is_not(None)
            # Of all agreements of a record few have points: they are told by a table of their own.
            & events.id.in_(select(schema.provisions.c.event))
        )
        hidden = {event.id for event in hidden_events(self._connection)}
        return [id_ for id_ in self._connection.execute(query).scalars() if id_ not in hidden]

    def after(self, accord: Event) -> list[str]:
        """Return the ids of the events that may keep or break an agreement: done after it."""
        events = schema.events.c
        if accord.when is None:
            return []
        query = select(events.id).where(
            events.type.in_(sorted(KEEPS | BREAKS))
            & (events.when_start >= accord.when.start)
            & (events.when_start <= accord.when.start + WITHIN)
        )
        return [id_ for id_ in self._connection.execute(query).scalars() if id_ != accord.id]

    # What merging made

    def members_in(self, reports: Collection[str]) -> list[Member]:
        """Return the members that are of these reports."""
        return self._members(schema.merge_members.c.report, reports)

    def members_of(self, nodes: Collection[str]) -> list[Member]:
        """Return the members of these nodes."""
        return self._members(schema.merge_members.c.node, nodes)

    def _members(self, column: Column[Any], wanted: Collection[str]) -> list[Member]:
        table = schema.merge_members.c
        query = select(table.mention, table.node, table.report, table.order)
        return [Member(*row) for row in self._rows(query, column, wanted)]

    def nodes_of(self, mentions: Collection[str]) -> dict[str, str]:
        """Return mention -> its node."""
        table = schema.merge_members.c
        rows = self._rows(select(table.mention, table.node), table.mention, mentions)
        return {row[0]: row[1] for row in rows}

    def nodes(self, ids: Collection[str]) -> dict[str, Traits]:
        """Return node -> the traits of its first mention."""
        table = schema.merge_nodes.c
        rows = list(self._rows(select(table.id, table.traits), table.id, ids))
        found = {id_: msgspec.json.decode(data, type=Traits) for id_, data in rows}
        self._bring_stories({traits.report for traits in found.values()})
        return {
            id_: traits.with_story(self._stories.get(traits.report))
            for id_, traits in found.items()
        }

    def node_ids(self) -> list[str]:
        """Return all nodes."""
        return list(self._connection.execute(select(schema.merge_nodes.c.id)).scalars())

    def _bring_stories(self, reports: Collection[str]) -> None:
        table = schema.stories.c
        wanted = set(reports) - self._stories.keys()
        for report, data in self._rows(select(table.report, table.data), table.report, wanted):
            self._stories[report] = msgspec.json.decode(data, type=Story)

    def reaches(self, ids: Collection[str]) -> dict[str, Reach]:
        """Return node -> how far it reaches in time; none for one that excludes nobody."""
        table = schema.merge_reaches.c
        rows = self._rows(select(table.node, table.printed, table.since), table.node, ids)
        return {node: Reach(printed, since) for node, printed, since in rows}

    def pools(self, nodes: Collection[str]) -> dict[str, Pool]:
        """Return node -> its pool."""
        return self._pools(schema.merge_nodes.c.id, nodes)

    def in_pools(self, pools: Collection[str]) -> dict[str, Pool]:
        """Return node -> pool of all nodes in these pools."""
        return self._pools(schema.merge_nodes.c.pool, pools)

    def _pools(self, column: Column[Any], wanted: Collection[str]) -> dict[str, Pool]:
        table = schema.merge_nodes.c
        rows = self._rows(select(table.id, table.pool, table.level), column, wanted)
        return {id_: Pool(pool, level) for id_, pool, level in rows}

    def crowds(self, keys: Collection[int]) -> dict[int, int]:
        """Return key -> how many nodes have it, of those that more than their limit have."""
        table = schema.merge_crowds.c
        return dict(self._rows(select(table.key, table.holders), table.key, keys))

    def holders(self, keys: Collection[int]) -> dict[int, list[str]]:
        """Return key -> the nodes that have it; none for a key that nobody has."""
        table = schema.merge_keys.c
        found: dict[int, list[str]] = {}
        for key, node in self._rows(select(table.key, table.node), table.key, keys):
            found.setdefault(key, []).append(node)
        return found

    def first_holders(self, keys: Collection[int], most: int) -> dict[int, list[str]]:
        """Return key -> the first nodes that have it, by id, at most so many."""
        table = schema.merge_keys.c
        query = select(table.node).where(table.key == bindparam("a"))
        query = query.order_by(table.node).limit(most)
        return {key: list(self._connection.execute(query, {"a": key}).scalars()) for key in keys}

    def edges(self, nodes: Collection[str]) -> dict[str, dict[str, float]]:
        """Return node -> the nodes that may tell the same, with the score."""
        table = schema.merge_edges.c
        found: dict[str, dict[str, float]] = {}
        query = select(table.node, table.other, table.score)
        for node, other, score in self._rows(query, table.node, nodes):
            found.setdefault(node, {})[other] = score
        return found

    def cues_in(self, reports: Collection[str]) -> list[Cue]:
        """Return the ties in these reports."""
        table = schema.merge_cues.c
        query = select(table.mention, table.relation, table.target, table.report)
        return [Cue(*row) for row in self._rows(query, table.report, reports)]

    def printed_in(self, reports: Collection[str]) -> dict[str, Printed]:
        """Return report -> where it stands among copies."""
        found = self._printed(schema.copies.c.report, reports)
        return {printed.report: printed for printed in found}

    def printed_of(self, nodes: Collection[str]) -> list[Printed]:
        """Return where all reports of these nodes stand."""
        return self._printed(schema.copies.c.node, nodes)

    def printed_after(self, firsts: Collection[str]) -> list[Printed]:
        """Return where the reports stand that are copies of these."""
        return self._printed(schema.copies.c.copy_of, firsts)

    def _printed(self, column: Column[Any], wanted: Collection[str]) -> list[Printed]:
        table = schema.copies.c
        query = select(table.report, table.node, table.order, table.copy_of)
        return [Printed(*row) for row in self._rows(query, column, wanted)]

    def copy_nodes(self, ids: Collection[str]) -> dict[str, CopyNode]:
        """Return the nodes with these ids."""
        return self._copy_nodes(schema.copy_nodes.c.id, ids)

    def copy_nodes_of(self, groups: Collection[str]) -> dict[str, CopyNode]:
        """Return all nodes of these groups."""
        return self._copy_nodes(schema.copy_nodes.c.group, groups)

    def _copy_nodes(self, column: Column[Any], wanted: Collection[str]) -> dict[str, CopyNode]:
        table = schema.copy_nodes.c
        rows = self._rows(select(table.id, table.sketch, table.group), column, wanted)
        return {
            id_: CopyNode(msgspec.json.decode(sketch, type=Sketch), group)
            for id_, sketch, group in rows
        }

    def copy_holders(self, keys: Collection[int]) -> dict[int, list[str]]:
        """Return key -> the nodes that have it."""
        table = schema.copy_keys.c
        found: dict[int, list[str]] = {}
        for key, node in self._rows(select(table.key, table.node), table.key, keys):
            found.setdefault(key, []).append(node)
        return found

    def copy_groups(self, keys: Collection[int]) -> dict[int, dict[str, str]]:
        """Return key -> the groups that have it, each with its first node of those that do."""
        table, node = schema.copy_keys.c, schema.copy_nodes.c
        query = select(table.key, node.group, func.min(table.node)).where(node.id == table.node)
        found: dict[int, dict[str, str]] = {}
        for key, group, first in self._rows(query.group_by(table.key, node.group), table.key, keys):
            found.setdefault(key, {})[group] = first
        return found

    def first_printed(self, groups: Collection[str]) -> dict[str, Printed]:
        """Return group -> its report that was printed first."""
        table = schema.copies.c
        query = select(func.coalesce(table.copy_of, table.report)).limit(1)
        firsts = {}
        for group in groups:  # which goes by the id of one of its nodes
            first = self._connection.execute(query.where(table.node == group)).scalar_one()
            firsts[first] = group
        return {firsts[report]: printed for report, printed in self.printed_in(firsts).items()}

    # Inside

    def _rows(
        self, query: Select[Any], column: Column[Any], wanted: Iterable[Any]
    ) -> Iterator[Any]:
        if self._is_empty(column.table):
            return iter(())
        return rows_among(self._connection, query, column, wanted)

    def _is_empty(self, table: Any) -> bool:  # noqa: ANN401 - as SQLAlchemy types a column's
        """Tell whether nothing stands in a table: in a new record much is asked for in vain."""
        if table not in self._empty:
            found = self._connection.execute(select(literal(1)).select_from(table).limit(1))
            self._empty[table] = found.first() is None
        return self._empty[table]


def _fetch_reports(connection: Connection, ids: Collection[str]) -> Iterator[Report]:
    table = schema.reports.c
    for data, text in rows_among(connection, select(table.data, table.text), table.id, ids):
        yield read_report(data, text)


class Shelf(Mapping[str, Report]):
    """The reports of a record by id, fetched when they are asked for, not all in memory."""

    def __init__(self, fetch: Callable[[Collection[str]], Iterable[Report]]) -> None:
        """Take what fetches reports by id."""
        self._fetch = fetch
        self._here: dict[str, Report] = {}

    def bring(self, ids: Collection[str]) -> None:
        """Fetch several at once."""
        if len(self._here) + len(ids) > _AT_HAND:
            self._here.clear()
        wanted = [id_ for id_ in ids if id_ not in self._here]
        self._here.update((report.id, report) for report in self._fetch(wanted))

    def __getitem__(self, id_: str) -> Report:
        if id_ not in self._here:
            self.bring([id_])
        return self._here[id_]

    def __iter__(self) -> Iterator[str]:
        return iter(self._here)

    def __len__(self) -> int:
        return len(self._here)


# Writing


def keep(connection: Connection, kept: Kept) -> None:
    """Write what a merge wants kept."""
    moved = [*kept.left, *(member.mention for member in kept.members)]
    _forget(connection, schema.merge_members, "mention", moved)
    add_rows(
        connection,
        schema.merge_members,
        [
            {"mention": m.mention, "node": m.node, "report": m.report, "order": m.order}
            for m in kept.members
        ],
    )
    _keep_nodes(connection, kept)
    _keep_keys(connection, kept)
    _keep_edges(connection, kept)
    _keep_copies(connection, kept.copies)
    _forget(connection, schema.merge_cues, "report", kept.reports)
    _forget(connection, schema.merge_cues, "report", {cue.report for cue in kept.cues})
    add_rows(
        connection,
        schema.merge_cues,
        [
            {"mention": c.mention, "relation": c.relation, "target": c.target, "report": c.report}
            for c in kept.cues
        ],
    )


def _keep_nodes(connection: Connection, kept: Kept) -> None:
    _forget(connection, schema.merge_nodes, "id", [*kept.gone, *kept.nodes])
    stories = {traits.report: traits.story for traits in kept.nodes.values()}
    _forget(connection, schema.stories, "report", stories)
    add_rows(
        connection,
        schema.stories,
        [
            {"report": report, "data": _json(story)}
            for report, story in stories.items()
            if story is not None
        ],
    )
    add_rows(
        connection,
        schema.merge_nodes,
        [
            {
                "id": node,
                "report": traits.report,
                "pool": kept.pools[node].id,
                "level": kept.pools[node].level,
                "traits": _json(traits.with_story(None)),
            }
            for node, traits in kept.nodes.items()
        ],
    )
    _forget(connection, schema.merge_reaches, "node", [*kept.gone, *kept.nodes])
    reaches = ((node, *reach_of(traits)) for node, traits in kept.nodes.items())
    add_values(
        connection,
        schema.merge_reaches,
        ("node", "printed", "since"),
        [row for row in reaches if row[1:] != (None, None)],
    )
    nodes = schema.merge_nodes
    moved = [
        {"a": node, "pool": pool.id, "level": pool.level}
        for node, pool in kept.pools.items()
        if node not in kept.nodes
    ]
    if moved:
        connection.execute(nodes.update().where(nodes.c.id == bindparam("a")), moved)


def _keep_keys(connection: Connection, kept: Kept) -> None:
    keys = schema.merge_keys
    delete_rows(connection, keys, [{"key": key, "node": node} for key, node in kept.lost])
    add_values(connection, keys, ("key", "node"), kept.gained)
    _forget(connection, schema.merge_crowds, "key", kept.crowds)
    add_rows(
        connection,
        schema.merge_crowds,
        [{"key": key, "holders": count} for key, count in kept.crowds.items() if count],
    )


def _keep_edges(connection: Connection, kept: Kept) -> None:
    edges = schema.merge_edges
    delete_rows(
        connection,
        edges,
        [{"node": one, "other": two} for pair in kept.cut for one, two in permutations(pair)],
    )
    both = [(*way, score) for pair, score in kept.edges.items() for way in permutations(pair)]
    add_values(connection, edges, ("node", "other", "score"), sorted(both))


def _keep_copies(connection: Connection, copies: Copies) -> None:
    keys = schema.copy_keys
    rows = [{"a": key, "b": node} for node, key in copies.lost]
    if rows:
        condition = (keys.c.key == bindparam("a")) & (keys.c.node == bindparam("b"))
        connection.execute(delete(keys).where(condition), rows)
    nodes = schema.copy_nodes
    for group, now in sorted(copies.renamed.items()):
        connection.execute(update(nodes).where(nodes.c.group == group).values(group=now))
    _forget(connection, nodes, "id", [*copies.gone, *copies.nodes])
    add_rows(
        connection,
        nodes,
        [
            {"id": id_, "group": node.group, "sketch": _json(node.sketch)}
            for id_, node in copies.nodes.items()
        ],
    )
    add_rows(
        connection,
        schema.copy_keys,
        [
            {"key": key, "node": id_}
            for id_ in sorted(copies.new)
            for key in sorted(set(copies.nodes[id_].sketch.bands()))
        ],
    )
    moved = [*copies.left, *(printed.report for printed in copies.printed)]
    _forget(connection, schema.copies, "report", moved)
    add_rows(
        connection,
        schema.copies,
        [msgspec.structs.asdict(printed) for printed in copies.printed],
    )
    _tell_copies(connection, copies.of)


def _tell_copies(connection: Connection, of: Mapping[str, str | None]) -> None:
    """Write into the reports of what they are copies."""
    reports, wanted = schema.reports, sorted(of)
    changed = []
    for at in range(0, len(wanted), _AT_A_TIME):
        query = select(reports.c.id, reports.c.data)
        part = query.where(reports.c.id.in_(wanted[at : at + _AT_A_TIME]))
        for id_, data in connection.execute(part):
            line = msgspec.json.decode(data, type=ReportLine)
            if line.copy_of != of[id_]:
                now = msgspec.structs.replace(line, copy_of=of[id_])
                changed.append({"a": id_, "data": msgspec.json.encode(now).decode()})
    if changed:
        connection.execute(reports.update().where(reports.c.id == bindparam("a")), changed)
        log_changes(connection, "report", changed=[row["a"] for row in changed])


def forget_merging(connection: Connection) -> None:
    """Forget all that merging made of what stands, and stir every report that was coded."""
    for table in schema.MERGING:
        connection.execute(delete(table))
    reports = schema.reports.c
    coded = connection.execute(select(reports.id).where(reports.coded)).scalars()
    stir(connection, "report", coded.all())


def _json(value: Sketch | Story | Traits) -> str:
    return msgspec.json.encode(value, order="deterministic").decode()


def _forget(connection: Connection, table: Table, column: str, ids: Iterable[Any]) -> None:
    delete_rows(connection, table, [{column: id_} for id_ in dict.fromkeys(ids)])
