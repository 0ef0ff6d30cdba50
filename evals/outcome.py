"""A record as `parley export --format jsonl` writes it, taken line by line against the model."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePath

import msgspec

from parley.errors import DataError
from parley.model import Event, EventMention, Link, ReportLine

# A mention longer than this says too little about where it found its event to count.
LONGEST_MENTION = 600


@dataclass(frozen=True)
class Outcome:
    """The reports of a record by their file names, and its events in their order."""

    reports: Mapping[str, ReportLine]
    events: Sequence[Event]

    @cached_property
    def file_of(self) -> Mapping[str, str]:
        """The file name of each report, by its id."""
        return {line.id: name for name, line in self.reports.items()}

    def mentions_in(self, event: Event, name: str) -> Iterator[EventMention]:
        """Yield the mentions of an event in the report of that file name."""
        return (m for m in event.mentions if self.file_of.get(m.report) == name)

    def tells(self, event: Event, name: str, start: int, end: int) -> bool:
        """Return whether a mention of the event, not too long, overlaps that part of a report."""
        return any(
            m.end - m.start <= LONGEST_MENTION and m.start < end and start < m.end
            for m in self.mentions_in(event, name)
        )


def read_outcome(path: Path) -> Outcome:
    """Read an export.  Raises `DataError` naming a line that is not as the model has it."""
    decoder = msgspec.json.Decoder(ReportLine | Event | Link)
    reports, events = {}, []
    for number, line in enumerate(path.read_bytes().splitlines(), 1):
        try:
            row = decoder.decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise DataError(f"{path.name}, line {number}: {error}; export it again") from error
        if isinstance(row, ReportLine):
            reports[PurePath(row.source).name] = row
        elif isinstance(row, Event):
            events.append(row)
    return Outcome(reports, events)
