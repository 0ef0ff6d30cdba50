"""`Record`: what can be asked of a record and written to it."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import copy
from datetime import date
from itertools import pairwise
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, cast

import msgspec
from sqlalchemy import Column, Select, func, select
from sqlalchemy.engine import make_url

from parley.errors import NotFound
from parley.model import (
    Event,
    Link,
    Mention,
    Report,
    ReportLine,
)
from parley.record import log, meta, remembered, schema, searching
from parley.record.arriving import Arrival, arrival_rows, put_reports
from parley.record.bulk import rows_among
from parley.record.changes import NOWHERE, rewrite_date, rewrite_report
from parley.record.correcting import hand_made
from parley.record.failures import told
from parley.record.joining import (
    Standing,
    merge_by,
    own_weights,
    read_memory,
    write_all,
    write_joined,
)
from parley.record.logs import Logs
from parley.record.opening import open_engine, writing
from parley.record.overlay import suggested_events
from parley.record.queries import select_events
from parley.record.rows import mention_row, read_report, report_row
from parley.record.snapshots import hold
from parley.record.standing import (
    mentions_of,
    read_log,
    standing,
)
from parley.record.stirring import stir_mentions, stirred_reports

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from parley.merging import Joined, Weights
    from parley.reading import Habits, Remembered
    from parley.record.memory import RecordMemory

_AT_A_TIME = 500
_SHORTEST_ID = 6
_NEAR = 4  # how many ids a NotFound names


class Record(Logs):
    """A record of reports, mentions, events and links.

    Made by `Record.open`, closed by `close` or the end of a `with`.  Every method that
    writes does it in one transaction.  All methods raise `RecordError` when the
    database fails; those that take an id raise `NotFound` for one that is not there.
    """

    def __init__(self, where: str, *, create: bool = False, read_only: bool = False) -> None:
        self._engine = open_engine(where, create=create, read_only=read_only)
        self._read_only = read_only
        self.where = (
            make_url(where).render_as_string(hide_password=True) if "://" in where else where
        )

    @classmethod
    def open(cls, where: str, *, create: bool = False, read_only: bool = False) -> Self:
        """Open the record at `where`: a path, or a database URL.

        `create` makes one if there is none; with `read_only` nothing is ever written.
        Raises `NotARecord` for a file that is something else, `RecordTooNew` for a
        record of a newer Parley, `RecordError` where there is none or it can't be opened.
        """
        return cls(where, create=create, read_only=read_only)

    def close(self) -> None:
        """Let go of the database."""
        with told(self.where):
            self._engine.dispose()

    @contextmanager
    def snapshot(self) -> Iterator[Self]:
        """Give the record as it is at one moment, to be asked several things that must fit.

        It is that of the first question; it cannot be written to.
        """
        with told(self.where), hold(self._engine, self.where) as held:
            same = copy(self)
            same._engine = cast("Engine", held)
            yield same

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    # Reports and mentions

    def has_report(self, id: str) -> bool:
        """Tell whether the report with this id is in the record."""
        query = select(schema.reports.c.id).where(schema.reports.c.id == id)
        return bool(self._all(query))

    def add_report(
        self, report: Report, mentions: Iterable[Mention], *, coded: bool = True
    ) -> bool:
        """Keep a report and its mentions; return whether it was new.

        As `add_reports` does, which is faster for many.
        """
        return bool(self.add_reports([Arrival(report, tuple(mentions), coded=coded)]))

    def add_reports(self, arrivals: Iterable[Arrival]) -> frozenset[str]:
        """Keep some reports and their mentions in one transaction; return the ids of the new ones.

        A report that is there already is left as it is.  Where any is new, the record is
        `unmerged` from then on.
        """
        rows = [arrival_rows(arrival) for arrival in arrivals]
        with told(self.where), writing(self._engine) as connection:
            return put_reports(connection, rows)

    def recode(self, report: Report, mentions: Iterable[Mention]) -> None:
        """Keep a report that is there with another date, and what it tells by that date.

        Mentions with an id that is there already stay in their events, and those that a
        person coded stay; the record is `unmerged` from then on.  Raises `NotFound` where
        the report is not there.
        """
        row = report_row(report, coded=True)
        wanted = {mention.id: mention_row(mention) for mention in mentions}
        with told(self.where), writing(self._engine) as connection:
            for mention in hand_made(standing(read_log(connection)), report.id):
                wanted[mention.id] = mention_row(mention)
            if not rewrite_report(connection, row, wanted):
                raise NotFound(f"{report.id}: no such report; see parley reports")
            log.log_changes(connection, "report", changed=[report.id])
            meta.put(connection, "revision", str(meta.number(connection, "revision") + 1))
            meta.put(connection, "merges", str(meta.number(connection, "merges") + 1))

    def redate(self, report: Report) -> None:
        """Keep a report that is there with another date, where what it tells stays the same.

        Raises `NotFound` where the report is not there.
        """
        row = report_row(report, coded=True)
        with told(self.where), writing(self._engine) as connection:
            if not rewrite_date(connection, row):
                raise NotFound(f"{report.id}: no such report; see parley reports")
            log.log_changes(connection, "report", changed=[report.id])

    def open_reports(self, *, sure: float, most: int | None = None) -> list[Report]:
        """Return the coded reports without a date, or with one inferred less surely than `sure`.

        Where there are more than `most`, any so many.
        """
        reports = schema.reports.c
        query = select(reports.data, reports.text).where(searching.is_open(sure)).limit(most)
        return [read_report(line, text) for line, text in self._all(query)]

    @property
    def unsettled(self) -> bool:
        """Whether there are reports that the dates of undated ones do not know of yet."""
        with told(self.where), self._engine.connect() as connection:
            return meta.number(connection, "revision") != meta.number(connection, "settled")

    def settle(self) -> None:
        """Note that the dates of undated reports know of all that is there."""
        with told(self.where), writing(self._engine) as connection:
            meta.put(connection, "settled", str(meta.number(connection, "revision")))

    def reports(self) -> Iterator[Report]:
        """Yield every report, by source, then id."""
        for line, text in self._stream(_select_reports()):
            yield read_report(line, text)

    def report_lines(self) -> Iterator[ReportLine]:
        """Yield the public form of every report, by source, then id."""
        for (line,) in self._stream(_select_reports(text=False)):
            yield msgspec.json.decode(line, type=ReportLine)

    def report(self, name: str) -> Report:
        """Return the report with this id, source or file name, or whose only id begins so."""
        reports = schema.reports
        exact = _select_reports().where((reports.c.id == name) | (reports.c.source == name))
        found = self._all(exact)
        if not found:
            found = self._all(
                _select_reports().where(reports.c.source.endswith(f"/{name}", autoescape=True))
            )
        if not found and name:
            found = self._all(
                _select_reports().where(reports.c.id.startswith(name, autoescape=True))
            )
        if len(found) == 1:
            line, text = found[0]
            return read_report(line, text)
        near = [msgspec.json.decode(line, type=ReportLine) for line, _ in found] or [
            line for line in self.report_lines() if _is_near(line, name)
        ]
        ids = [f"{line.id} ({line.source})" for line in near[:_NEAR]]
        raise _not_found("report", name, ids, several=len(found) > 1, see="parley reports")

    def coded(self) -> Mapping[str, bool]:
        """Return for each report's id whether a coder has read it."""
        query = select(schema.reports.c.id, schema.reports.c.coded)
        return {row[0]: bool(row[1]) for row in self._all(query)}

    def mentions(self) -> Iterator[Mention]:
        """Yield every mention, by report, place in it and id: the same whatever came first."""
        mentions = schema.mentions.c
        query = select(mentions.data).order_by(
            mentions.report, mentions.start, mentions.end, mentions.id
        )
        for (data,) in self._stream(query):
            yield msgspec.json.decode(data, type=Mention)

    def reports_by_id(self, ids: Collection[str]) -> Mapping[str, Report]:
        """Return those of some reports that are there, by id."""
        table = schema.reports.c
        found = self._among(select(table.data, table.text), table.id, ids)
        reports = (read_report(line, text) for line, text in found)
        return {report.id: report for report in reports}

    def mentions_by_id(self, ids: Collection[str]) -> Mapping[str, Mention]:
        """Return those of some mentions that are there, by id."""
        table = schema.mentions.c
        found = self._among(select(table.data), table.id, ids)
        mentions = (msgspec.json.decode(data, type=Mention) for (data,) in found)
        return {mention.id: mention for mention in mentions}

    def known(self) -> Mapping[str, str]:
        """Return for each mention that is in an event the id of the event, deleted ones too."""
        query = select(schema.event_mentions.c.mention, schema.event_mentions.c.event)
        with told(self.where), self._engine.connect() as connection:
            hidden = mentions_of(suggested_events(connection))
            return {**hidden, **{row[0]: row[1] for row in connection.execute(query)}}

    def tallies(self) -> Mapping[str, tuple[int, int]]:
        """Return for each report's id that tells any how many mentions and events it tells."""
        mentions, told_in = schema.mentions.c, schema.event_mentions
        query = (
            select(mentions.report, func.count(), func.count(told_in.c.event.distinct()))
            .select_from(schema.mentions.outerjoin(told_in))
            .group_by(mentions.report)
        )
        return {report: (told_, events) for report, told_, events in self._all(query)}

    # Events and links

    @property
    def revision(self) -> int:
        """How often something was added that merging must look at."""
        with told(self.where), self._engine.connect() as connection:
            return meta.number(connection, "revision")

    @property
    def unmerged(self) -> bool:
        """Whether there are reports that the events do not tell of yet."""
        with told(self.where), self._engine.connect() as connection:
            return meta.number(connection, "revision") != meta.number(connection, "merged")

    def stir(self, mentions: Iterable[str]) -> None:
        """Note that the next merge must look at some mentions again: persons spoke of them."""
        with told(self.where), writing(self._engine) as connection:
            stir_mentions(connection, mentions)
            meta.put(connection, "revision", str(meta.number(connection, "revision") + 1))

    @property
    def stirred(self) -> Sequence[str]:
        """The ids of the reports that the next merge must look at, in the order of their dates."""
        with told(self.where), self._engine.connect() as connection:
            return stirred_reports(connection)

    @contextmanager
    def memory(self) -> Iterator[tuple[RecordMemory, Standing]]:
        """Open what merging must know of what stands, and what that is good for.

        All is read as it is at this moment; `join_events` writes what a merge makes of it.
        """
        with told(self.where), self._engine.connect() as connection:
            yield read_memory(connection)

    def join_events(self, joined: Joined, standing: Standing) -> bool:
        """Write what a merge of some reports changes; return whether it changed anything.

        Raises `Stale`, and writes nothing, where others merged, corrected or coded anew
        since `standing` was read.
        """
        with told(self.where), writing(self._engine) as connection:
            return write_joined(connection, joined, standing, where=self.where)

    def code_by(self, *, project: str, coder: str | None) -> tuple[bool, bool]:
        """Note by which project file and coder reports are coded now.

        Returns whether some were coded by another project file, and by another coder.
        """
        with told(self.where), writing(self._engine) as connection:
            return meta.code_by(connection, project=project, coder=coder)

    def merge_by(self, fingerprint: str, *, weights: Weights | None = None) -> None:
        """Note by which rules merging goes; where they are others, all is to be merged anew.

        `weights` are the record's own, None where they are those that Parley ships.
        """
        with told(self.where), writing(self._engine) as connection:
            merge_by(connection, fingerprint, weights)

    @property
    def weights(self) -> Weights | None:
        """The weights of its own that the record was merged by, None for those of Parley.

        None too where they are outdated: of a version of Parley that had other levels.
        """
        with told(self.where), self._engine.connect() as connection:
            return own_weights(connection)[0]

    @property
    def has_outdated_weights(self) -> bool:
        """Whether the record has weights of its own that this Parley cannot go by."""
        with told(self.where), self._engine.connect() as connection:
            return own_weights(connection)[1]

    def replace_events(
        self,
        events: Iterable[Event],
        links: Iterable[Link],
        *,
        revision: int | None = None,
        gone: Mapping[str, str | None] = NOWHERE,
    ) -> bool:
        """Make these the record's events and links; return whether anything changed.

        They are the machine's word; what persons said is laid over it.  Writes only what
        differs.  `revision` is the record's when the mentions were read: raises `Stale`,
        and writes nothing, where reports were added since.  `gone` tells of events that
        are no more into which they went, where the merging knows.
        """
        with told(self.where), writing(self._engine) as connection:
            return write_all(
                connection, events, links, revision=revision, gone=gone, where=self.where
            )

    def events(
        self,
        *,
        type: str | Collection[str] = (),
        status: str | Collection[str] = (),
        party: str | None = None,
        since: date | None = None,
        until: date | None = None,
        place: str | None = None,
        text: str | None = None,
    ) -> Iterator[Event]:
        """Yield the events that pass every filter, in the order of `when`, undated ones last.

        `type` and `status` are one value or several; `party` and `place` whole words of
        a name, or the code of a country; `text` words that the summary or the reports
        use, or how they begin.  Case and accents make no difference.  An event passes
        `since` and `until` if it may have gone on at some day between them, both included.
        """
        query = select_events(
            type=type,
            status=status,
            party=party,
            since=since,
            until=until,
            place=place,
            text=text,
            dialect=self._engine.dialect.name,
        )
        for (data,) in self._stream(query):
            yield msgspec.json.decode(data, type=Event)

    def event(self, name: str) -> Event:
        """Return the event with this id, or the only one whose id begins so.

        The id of one that went into another, or how it begins, gives the other.
        """
        events = schema.events.c
        begins = events.id.startswith(name, autoescape=True)
        found = self._all(
            select(events.id, events.data)
            .where((events.id == name) | begins)
            .order_by(events.id)
            .limit(_NEAR + 1)
        )
        for id_, data in found:
            if id_ == name or len(found) == 1:
                return msgspec.json.decode(data, type=Event)
        heirs = self._heirs(name) if not found else []
        if len(heirs) == 1:
            return self.event(heirs[0])
        if not found and (deleted := self._deleted(name)) is not None:
            raise NotFound(
                f"{deleted}: a person deleted it; parley history {deleted} tells who, and what "
                f"brings it back"
            )
        several = [str(row[0]) for row in found] or heirs
        near = several or self._near_events(name)
        raise _not_found("event", name, near[:_NEAR], several=bool(several), see="parley timeline")

    def short_length(self) -> int:
        """Return how many characters of an event's id tell it from every other, 6 at least."""
        ids = sorted(str(row[0]) for row in self._all(select(schema.events.c.id)))
        shared = (_shared(one, other) for one, other in pairwise(ids))
        return max(_SHORTEST_ID, 1 + max(shared, default=0))

    def links(self, *, event: str | None = None) -> Iterator[Link]:
        """Yield every link, or those from or to one event, by from, relation and to."""
        columns = schema.links.c
        query = select(columns.data).order_by(columns["from"], columns.relation, columns.to)
        if event is not None:
            query = query.where((columns["from"] == event) | (columns.to == event))
        for (data,) in self._stream(query):
            yield msgspec.json.decode(data, type=Link)

    def sizes(self) -> Mapping[str, int]:
        """Return how many reports, mentions, events and links there are."""
        tables = (schema.reports, schema.mentions, schema.events, schema.links)
        with told(self.where), self._engine.connect() as connection:
            return {
                table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
                for table in tables
            }

    # Search

    def search(
        self,
        words: str,
        *,
        kind: searching.SearchKind = "event",
        limit: int = 50,
        offset: int = 0,
    ) -> Sequence[searching.Hit]:
        """Return the events, or reports, that have all the words, the best first.

        Without regard to case and accents; a word finds those that begin with it.
        """
        with told(self.where), self._engine.connect() as connection:
            return searching.search(connection, words, kind=kind, limit=limit, offset=offset)

    def akin(
        self, words: Iterable[str], *, limit: int, unsure: float | None = None
    ) -> Sequence[str]:
        """Return the ids of the reports that have some of these words, the likest first.

        A word that few reports have counts for more.  With `unsure`, only of `open_reports`.
        """
        with told(self.where), self._engine.connect() as connection:
            return searching.find_akin(connection, list(words), limit=limit, unsure=unsure)

    # What the readers keep from run to run

    def recall_fetch(self, url: str) -> Remembered | None:
        """Return how the fetch of a URL ended that was kept last, None where there was none."""
        with told(self.where), self._engine.connect() as connection:
            return remembered.recall_fetch(connection, url)

    def keep_fetch(self, url: str, fetch: Remembered) -> None:
        """Remember how the fetch of a URL ended, in the place of what was remembered of it."""
        if fetch == self.recall_fetch(url):
            return
        with told(self.where), writing(self._engine) as connection:
            remembered.keep_fetch(connection, url, fetch)

    def recall_habits(self, outlet: str) -> Habits | None:
        """Return what was learnt of an outlet (its name in lower case), None where nothing was."""
        with told(self.where), self._engine.connect() as connection:
            return remembered.recall_habits(connection, outlet)

    def keep_habits(self, outlet: str, habits: Habits) -> None:
        """Remember what the reports of an outlet repeat."""
        with told(self.where), writing(self._engine) as connection:
            remembered.keep_habits(connection, outlet, habits)

    # For the queries of parley.record.finding

    @property
    def dialect(self) -> str:
        """The kind of the database: "sqlite" or "postgresql"."""
        return self._engine.dialect.name

    def rows(self, query: Select[Any]) -> Sequence[Any]:
        """Return the rows of a query."""
        return self._all(query)

    def stream(self, query: Select[Any]) -> Iterator[Any]:
        """Yield the rows of a query, a few hundred in memory at a time."""
        return self._stream(query)

    # Inside

    def _heirs(self, name: str) -> list[str]:
        """Return the events that those which are no more, and whose ids begin so, went into."""
        gone = schema.tombstones.c
        begins = gone.id.startswith(name, autoescape=True) & gone.successor.is_not(None)
        names = [str(row[0]) for row in self._all(select(gone.id).where(begins).limit(_NEAR + 1))]
        heirs = (self.forward(each) for each in ([name] if name in names else names))
        return sorted({heir for heir in heirs if heir is not None})

    def _deleted(self, name: str) -> str | None:
        table = schema.suggestions.c
        begins = table.event.startswith(name, autoescape=True) & table.shown.is_(False)
        found = self._all(select(table.event).where(begins)) if name else ()
        return str(found[0][0]) if len(found) == 1 else None

    def _near_events(self, name: str) -> list[str]:
        ids = [str(row[0]) for row in self._all(select(schema.events.c.id))]
        return difflib.get_close_matches(name, ids, n=_NEAR)

    def _all(self, query: Select[Any]) -> Sequence[Any]:
        with told(self.where), self._engine.connect() as connection:
            return connection.execute(query).all()

    def _among(self, query: Select[Any], column: Column[str], ids: Collection[str]) -> list[Any]:
        with told(self.where), self._engine.connect() as connection:
            return list(rows_among(connection, query, column, ids))

    def _stream(self, query: Select[Any]) -> Iterator[Any]:
        """Yield the rows of a query, a few hundred in memory at a time."""
        with told(self.where), self._engine.connect() as connection:
            # Said of the query alone: others may be asked of the same connection meanwhile.
            result = connection.execute(query, execution_options={"yield_per": _AT_A_TIME})
            for rows in result.partitions():
                yield from rows


def _select_reports(*, text: bool = True) -> Select[Any]:
    reports = schema.reports.c
    kept = select(reports.data, reports.text) if text else select(reports.data)
    return kept.order_by(reports.source, reports.id)


def _shared(one: str, other: str) -> int:
    """Return how many characters two texts begin with in common."""
    pairs = zip(one, other, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _is_near(line: ReportLine, name: str) -> bool:
    return bool(difflib.get_close_matches(name, [line.id, line.source, _file_name(line.source)]))


def _file_name(source: str) -> str:
    return source.rpartition("/")[2]


def _not_found(what: str, name: str, near: Sequence[str], *, several: bool, see: str) -> NotFound:
    if several:
        return NotFound(f"{name}: several {what}s begin so ({', '.join(near)}); write more of it")
    if near:
        return NotFound(f"{name}: no such {what}; near it are {', '.join(near)}; see {see}")
    return NotFound(f"{name}: no such {what}; see {see}")
