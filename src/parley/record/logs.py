"""`Logs`: what a record keeps of its corrections and its changes, and what follows from them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from sqlalchemy import Engine

from parley.errors import RecordError
from parley.model import Anchor, Constraints, Correction, Event, EventMention, Mention
from parley.record import log
from parley.record.changes import NOWHERE
from parley.record.correcting import write_corrections
from parley.record.failures import told
from parley.record.joining import Stale
from parley.record.opening import writing
from parley.record.overlay import machine_events, told_by_now
from parley.record.standing import (
    Anchorage,
    anchors_of,
    constraints_of,
    holder,
    read_log,
    standing,
)


class Logs:
    """The part of a `Record` that has the logs: see there for what its methods raise."""

    where: str
    _engine: Engine
    _read_only: bool

    def corrections(self, *, standing_only: bool = False) -> Sequence[Correction]:
        """Return the log of corrections, the first first, or those of it that still stand."""
        with told(self.where), self._engine.connect() as connection:
            entries = read_log(connection)
        return standing(entries) if standing_only else entries

    def correct(
        self,
        drafts: Sequence[Correction],
        *,
        about: Collection[str],
        events: Iterable[Event] = (),
        gone: Mapping[str, str | None] = NOWHERE,
        added: Sequence[Mention] = (),
        dropped: Collection[str] = (),
        checked: Callable[[Sequence[Correction]], None] | None = None,
        latest: int | None = None,
    ) -> Sequence[Correction]:
        """Add corrections to the log and make of the record what they say; return them.

        `about` are the ids of the events that they touch, `events` those that they make
        anew (the machine's word), `gone` those that are then no more, with where each
        went; `added` and `dropped` (ids) are mentions that a person coded or takes back.
        `checked` is handed the log as it stands, and may raise to have nothing written.
        `latest` is the record's when it was read: raises `Stale` where it has changed since.
        """
        with told(self.where), writing(self._engine) as connection:
            if latest is not None and latest != log.latest_revision(connection):
                raise Stale(f"{self.where}: another program changed the record; try again")
            if checked is not None:
                checked(standing(read_log(connection)))
            return write_corrections(
                connection,
                drafts,
                about=about,
                events=events,
                gone=gone,
                added=added,
                dropped=dropped,
            )

    def anchors(self, mentions: Iterable[EventMention]) -> tuple[Anchor, ...]:
        """Return what a correction holds on to in the mentions of an event, in their order."""
        with told(self.where), self._engine.connect() as connection:
            return anchors_of(connection, mentions)

    def held(self, correction: Correction) -> tuple[tuple[str, ...], ...]:
        """Return the mentions that a correction holds on to now: its event's, then each group's."""
        with told(self.where), self._engine.connect() as connection:
            anchorage = Anchorage(connection, [correction])
        groups = (correction.anchors, *(group.anchors for group in correction.groups))
        return tuple(anchorage.mentions(anchors) for anchors in groups)

    def subjects(self, corrections: Sequence[Correction]) -> Mapping[int, str | None]:
        """Return by number the event that each correction is about now, None where none is."""
        with told(self.where), self._engine.connect() as connection:
            anchorage = Anchorage(connection, corrections)
            held = {entry.number: anchorage.mentions(entry.anchors) for entry in corrections}
            told_in = told_by_now(connection, [m for group in held.values() for m in group])
        return {
            entry.number: holder(entry.event, held[entry.number], told_in) for entry in corrections
        }

    def told_by(self, mentions: Iterable[str]) -> Mapping[str, str]:
        """Return for each of some mentions the event that it is in, deleted ones too."""
        with told(self.where), self._engine.connect() as connection:
            return told_by_now(connection, mentions)

    def suggestion(self, id: str) -> Event | None:
        """Return what the machine alone says of an event, None where there is no such event.

        An event that a person deleted has one still.
        """
        with told(self.where), self._engine.connect() as connection:
            return machine_events(connection, [id]).get(id)

    def constraints(self) -> Constraints:
        """Return what persons said of which mentions tell one event and which do not."""
        with told(self.where), self._engine.connect() as connection:
            entries = standing(read_log(connection))
            return constraints_of(entries, Anchorage(connection, entries))

    def judged(self) -> Constraints:
        """Return the same with the events that persons confirmed as a whole, each a group."""
        with told(self.where), self._engine.connect() as connection:
            entries = standing(read_log(connection))
            return constraints_of(entries, Anchorage(connection, entries), confirmed=True)

    def forward(self, id: str) -> str | None:
        """Return the event that one which is no more went into, None where there is none."""
        with told(self.where), self._engine.connect() as connection:
            return log.forward(connection, id)

    @property
    def latest(self) -> int:
        """The revision of the last change to the record, 0 where there was none."""
        with told(self.where), self._engine.connect() as connection:
            return log.latest_revision(connection)

    def kinds_changed(self, *, since: int) -> frozenset[log.ChangedKind]:
        """Return of which kinds something changed after a revision."""
        with told(self.where), self._engine.connect() as connection:
            return log.kinds_changed(connection, since=since)

    def changes(self, *, since: int | date = 0) -> Iterator[log.Change]:
        """Yield what changed after a revision, or from a day (UTC) on, each thing once.

        In the order of revisions; applied in this order to a copy as it was at `since` they
        make of it a copy of the record as it is.
        """
        with told(self.where), self._engine.connect() as connection:
            if isinstance(since, date):
                since = log.revision_at(connection, since)
            yield from log.read_changes(connection, since=since)

    def trail(self, ids: Collection[str]) -> Sequence[log.Step]:
        """Return every change to some events, and every correction, in the order of time."""
        with told(self.where), self._engine.connect() as connection:
            return log.read_trail(connection, ids)

    def went_into(self, id: str) -> Sequence[str]:
        """Return the ids of the events that are no more and went into this one, by steps too."""
        with told(self.where), self._engine.connect() as connection:
            return log.predecessors(connection, id)

    def faults(self) -> Iterator[str]:
        """Yield what of the record does not hold, a line each: see `checking.py`."""
        from parley.record.checking import find_faults  # noqa: PLC0415 - rarely needed

        with told(self.where), self._engine.connect() as connection:
            yield from find_faults(connection, writable=not self._read_only)

    def back_up(self, path: str, *, replace: bool = False) -> None:
        """Copy the record, as it is at this moment, to a file; others may go on using it.

        `replace` takes the place of a file that is there.
        """
        from parley.record.copying import copy_record  # noqa: PLC0415 - rarely needed

        if "://" not in self.where and Path(path).absolute() == Path(self.where).absolute():
            raise RecordError(f"{path}: this is the record itself; name another file")
        with told(self.where):
            copy_record(self._engine, Path(path), replace=replace)
