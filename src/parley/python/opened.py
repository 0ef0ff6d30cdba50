"""A record to be fed, asked and exported."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, Unpack

import msgspec

from parley import views
from parley.engine import Ingested, Progress, ingest
from parley.errors import InputError, ParleyError
from parley.export import FORMATS, Format
from parley.export.files import write_whole
from parley.export.selection import Selection
from parley.export.table import COLUMNS, row_of
from parley.learnt import DEFAULT_CODER, CoderName
from parley.model import Event, Link, Report, ReportLine
from parley.python.asking import Asked, filters_of
from parley.python.correctable import Correctable
from parley.python.rows import Row, Rows
from parley.python.viewed import Viewed
from parley.record import Hit, Record, SearchKind
from parley.record.finding import (
    Filters,
    Paging,
    find_events,
    stream_events,
    stream_links,
    stream_report_lines,
)

if TYPE_CHECKING:
    import pandas

_log = logging.getLogger("parley")
Paths = str | os.PathLike[str] | Iterable[str | os.PathLike[str]]
_DAYS = frozenset(column.name for column in COLUMNS if column.kind == "day")


class OpenRecord(Viewed, Correctable):
    """A record, opened: feed it with `ingest`, ask it, `export` it, `close` it.

    Methods that choose events take filters by keyword (`Asked`).  All raise `RecordError`
    when the database fails, `WrongFilter` for filters that make no sense.  The views are in
    `Viewed`, corrections in `Correctable`.  What has no method is a function of
    `parley.views` or `parley.engine` on `record`.
    """

    def __init__(self, record: Record) -> None:
        self.record = record

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Record {self.where}>"

    @property
    def where(self) -> str:
        """The path or URL of the record, without a password."""
        return self.record.where

    def close(self) -> None:
        """Let go of the database."""
        self.record.close()

    def sizes(self) -> Mapping[str, int]:
        """Return how many reports, mentions, events and links there are."""
        return self.record.sizes()

    # Feeding

    def ingest(
        self,
        paths: Paths,
        *,
        refuse: Callable[[InputError], None] | None = None,
        progress: Callable[[Progress], None] | None = None,
        coder: CoderName = DEFAULT_CODER,
    ) -> Ingested:
        """Read the reports under files, folders and web addresses, code and merge them.

        What is in the record already is left alone.  What cannot be read is handed to
        `refuse`, or told to the logger "parley" as a warning, and the rest is read; the
        tally that is returned counts it.  `coder` is "learnt", the rules and what was learnt
        together, or "rules" alone.
        """
        named = [paths] if isinstance(paths, str | os.PathLike) else list(paths)
        return ingest(
            self.record,
            [os.fspath(path) for path in named],
            refuse=refuse or (lambda error: _log.warning("%s", error)),
            progress=progress,
            coder=coder,
        )

    # Asking

    def events(self, **asked: Unpack[Asked]) -> Rows[Event]:
        """Return the events that pass the filters, in the order of time, undated ones last."""
        filters = filters_of(asked)
        return Rows(
            lambda: stream_events(self.record, filters),
            lambda _: self._cells(filters),
        )

    def event(self, name: str) -> Event:
        """Return the event with this id, or whose only id begins so; raise `NotFound`."""
        return self.record.event(name)

    def count(self, **asked: Unpack[Asked]) -> int:
        """Return how many events pass the filters."""
        return find_events(self.record, filters_of(asked), Paging(limit=1)).total

    def links(self, **asked: Unpack[Asked]) -> Rows[Link]:
        """Return the links of which both events pass the filters."""
        filters = filters_of(asked)
        return Rows(lambda: stream_links(self.record, filters), _fields)

    def reports(self, **asked: Unpack[Asked]) -> Rows[ReportLine]:
        """Return the reports that tell the events, without their texts; without filters all."""
        filters = filters_of(asked)
        return Rows(lambda: stream_report_lines(self.record, filters), _fields)

    def report(self, name: str) -> Report:
        """Return the report with this id, source or file name, with its text."""
        return self.record.report(name)

    def show(self, event: str) -> views.EventDetail:
        """Return an event with everything that is said of it, and by whom."""
        return views.show_event(self.record, event)

    def timeline(self, **asked: Unpack[Asked]) -> Rows[views.TimelineRow]:
        """Return the events a line each, with their dates in words."""
        filters = filters_of(asked)

        def read() -> Iterator[views.TimelineRow]:
            length = self.record.short_length()
            for event in stream_events(self.record, filters):
                yield views.timeline.row_of(event, length=length)

        return Rows(read, _fields)

    def search(self, words: str, *, kind: SearchKind = "event", limit: int = 50) -> Sequence[Hit]:
        """Return the events or reports that have all the words, the best first."""
        return self.record.search(words, kind=kind, limit=limit)

    # Handing on

    def to_frame(self, **asked: Unpack[Asked]) -> pandas.DataFrame:
        """Return the events that pass the filters as a data frame (docs/exports.md)."""
        return self.events(**asked).to_frame()

    def export(
        self,
        to: str | os.PathLike[str],
        *,
        format: str | None = None,
        bom: bool = False,
        notice: Callable[[str], None] | None = None,
        **asked: Unpack[Asked],
    ) -> None:
        """Write the events that pass the filters to a file, which is whole or not there.

        Without `format` the file's ending tells it.  `notice` is told, in a sentence, what
        the format has no room for; without it the logger "parley" is, as a warning.
        Raises `ParleyError` where the file cannot be written.
        """
        path = Path(to)
        chosen = _format(path, format)
        pieces = chosen.write(
            self.record,
            filters=filters_of(asked),
            bom=bom,
            notice=notice or (lambda said: _log.warning("%s", said)),
        )
        if "://" not in self.where and path.exists() and path.samefile(self.where):
            raise ParleyError(f"{path}: this is the record itself; give another file")
        try:
            write_whole(path, pieces)
        except OSError as error:
            raise ParleyError(
                f"{path}: cannot be written ({error.strerror or error}); what was there is as "
                f"before; give another file"
            ) from error

    def _cells(self, filters: Filters) -> Iterator[dict[str, Any]]:
        """Yield the cells of the table of events, days as the data frame has them."""
        import pandas  # noqa: PLC0415 - an extra, and slow to load

        selection = Selection(record=self.record, filters=filters, bom=False, notice=lambda _: None)
        names = [column.name for column in COLUMNS]
        for told in selection.told():
            row = dict(zip(names, row_of(told), strict=True))
            for name in _DAYS:
                row[name] = pandas.Timestamp(row[name]) if row[name] else pandas.NaT
            yield row


def open(where: str | os.PathLike[str], *, read_only: bool = False) -> OpenRecord:
    """Open the record at a path or database URL; make one if there is none.

    With `read_only` nothing is ever made or written.  Raises `NotARecord` for a file that
    is something else, `RecordTooNew`, or `RecordError` where it cannot be opened.
    """
    return OpenRecord(Record.open(os.fspath(where), create=not read_only, read_only=read_only))


def _fields(rows: Iterable[Row]) -> Iterator[dict[str, Any]]:
    for row in rows:
        yield msgspec.structs.asdict(row)  # type: ignore[arg-type]


def _format(path: Path, name: str | None) -> Format:
    if name is not None:
        if name not in FORMATS:
            raise ParleyError(f"no format {name!r}; there is {', '.join(FORMATS)}")
        return FORMATS[name]
    fitting = [known for known in FORMATS.values() if path.name.lower().endswith(known.suffix)]
    if not fitting:
        raise ParleyError(
            f"{path}: its ending names no format; give format=, one of {', '.join(FORMATS)}"
        )
    return max(fitting, key=lambda known: len(known.suffix))
