"""`Correctable`: the part of an open record that takes what an analyst says of it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import msgspec

from parley import engine, views
from parley.engine import Done
from parley.errors import Refused
from parley.model import Correction
from parley.python.asking import as_day
from parley.python.rows import Rows
from parley.record import Change, Record
from parley.views.frames import flat


class Correctable:
    """The part of an open record that has the corrections.

    Each names the event by its id or how that begins, `by` is who says so and `why` the reason.
    Raises `Conflict`, and writes nothing, where another person has said otherwise; `seen`
    is the number of the last correction that was looked at (others' words up to it are no
    conflict), `force` takes your word all the same.  Raises `NotFound` for an event that is
    not there, `Refused` for what makes no sense.
    """

    record: Record

    def edit(
        self,
        event: str,
        *,
        by: str,
        why: str | None = None,
        seen: int | None = None,
        force: bool = False,
        **values: Any,  # noqa: ANN401 - any field's value
    ) -> Done:
        """Give fields of an event other values, by keyword: `status="denied"`.

        A text is read as `parley edit --set` reads it ("2023-05-19", "killed 3; wounded
        10-12"); anything else stands for itself, as in the JSON Lines export.
        """
        return engine.edit_event(
            self.record, event, _values(values), by=by, why=why, seen=seen, force=force
        )

    def confirm(
        self,
        event: str,
        *fields: str,
        by: str,
        why: str | None = None,
        seen: int | None = None,
        force: bool = False,
    ) -> Done:
        """Say that an event is right as it is: as a whole, or some fields, which then stay so."""
        return engine.confirm_event(
            self.record, event, fields=fields, by=by, why=why, seen=seen, force=force
        )

    def merge(
        self,
        *events: str,
        by: str,
        why: str | None = None,
        seen: int | None = None,
        force: bool = False,
    ) -> Done:
        """Make one event of several; it keeps the id of the first."""
        return engine.merge_events(self.record, events, by=by, why=why, seen=seen, force=force)

    def split(
        self,
        event: str,
        *mentions: str | int,
        by: str,
        why: str | None = None,
        seen: int | None = None,
        force: bool = False,
    ) -> Done:
        """Set some of an event's mentions apart, by their ids or numbers in it (from 1)."""
        named = [str(mention) for mention in mentions]
        return engine.split_event(self.record, event, named, by=by, why=why, seen=seen, force=force)

    def add(
        self,
        report: str,
        words: str | tuple[int, int],
        *,
        by: str,
        why: str | None = None,
        **values: Any,  # noqa: ANN401 - any field's value
    ) -> Done:
        """Code an event that a report tells and no coder found; `type` must be given.

        `words` are the report's own, which stand in it once, or where they stand: (start,
        end), in code points.
        """
        if isinstance(words, str):
            words = engine.find_words(self.record.report(report), words)
        start, end = words
        return engine.add_event(
            self.record, report, start=start, end=end, values=_values(values), by=by, why=why
        )

    def delete(
        self,
        event: str,
        *,
        by: str,
        why: str | None = None,
        seen: int | None = None,
        force: bool = False,
    ) -> Done:
        """Take an event out of what the record shows; its reports stay."""
        return engine.delete_event(self.record, event, by=by, why=why, seen=seen, force=force)

    def note(self, event: str, text: str, *, by: str) -> Done:
        """Write a note beside an event."""
        return engine.note_event(self.record, event, text, by=by)

    def undo(self, number: int, *, by: str, why: str | None = None) -> Done:
        """Take an entry of the log back, an undoing too; the entry stays."""
        return engine.undo_correction(self.record, number, by=by, why=why)

    # Looking back

    def corrections(self, *, standing_only: bool = False) -> Sequence[Correction]:
        """Return the log of corrections, the first first, or those of it that still stand."""
        return self.record.corrections(standing_only=standing_only)

    def history(self, event: str) -> Rows[views.HistoryRow]:
        """Return the story of an event: tellings, fields that moved, what persons said."""
        rows = views.list_history(self.record, event)
        return Rows(lambda: rows, lambda found: (flat(row) for row in found))

    def changes(self, *, since: int | date | str = 0) -> Rows[Change]:
        """Return what changed after a revision, or from a day (UTC) on, each thing once.

        Its `value` is JSON; in a data frame it is a text.
        """
        start = since if isinstance(since, int) else as_day("since", since)
        return Rows(lambda: self.record.changes(since=start), _change_cells)

    # Comparing

    def compare(self, other: Correctable | str | os.PathLike[str]) -> views.Agreement:
        """Return how far this and another record of the same reports agree."""
        if isinstance(other, Correctable):
            return views.compare_records(self.record, other.record)
        with Record.open(os.fspath(other), read_only=True) as opened:
            return views.compare_records(self.record, opened)

    def score(self, gold: str | os.PathLike[str], *, days: int = 3) -> views.Score:
        """Return how well the record meets the hand-coded events of a file."""
        return views.score_record(self.record, views.read_gold(os.fspath(gold)), days=days)

    def diff(
        self,
        against: str | os.PathLike[str],
        *,
        days: int = 3,
        since: date | str | None = None,
        until: date | str | None = None,
    ) -> views.Lineup:
        """Return the record's fighting beside ACLED's or UCDP's CSV."""
        return views.line_up(
            self.record,
            os.fspath(against),
            days=days,
            since=None if since is None else as_day("since", since),
            until=None if until is None else as_day("until", until),
        )

    # Keeping

    def check(self) -> Sequence[str]:
        """Return what of the record does not hold, a line each; none where all does."""
        return list(self.record.faults())

    def backup(self, to: str | os.PathLike[str], *, replace: bool = False) -> None:
        """Copy the record to a file while others use it; `replace` one that is there."""
        self.record.back_up(os.fspath(to), replace=replace)


def _values(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return fields' values as plain JSON, those in short words read."""
    found = {}
    for name, value in given.items():
        if isinstance(value, str):
            found[name] = engine.read_value(name, value)
        else:
            try:
                found[name] = msgspec.to_builtins(value)
            except TypeError as error:
                raise Refused(
                    f"{name}: {error}; give it as in the JSON Lines export, or in words"
                ) from error
    return found


def _change_cells(rows: Any) -> Iterator[Mapping[str, Any]]:  # noqa: ANN401
    for change in rows:
        value = None if change.value is None else bytes(change.value).decode()
        yield {**msgspec.structs.asdict(change), "value": value}
