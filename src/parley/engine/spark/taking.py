"""From the tables that a run on a cluster left into a record.

In: the folder of the tables, and a `Record`.  Out: the record with what they have.  Into an
empty record the events go as they stand; one that has reports already merges what is new.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import Struct

from parley.engine.ingestion import ingest
from parley.engine.spark.ingestion import FORM
from parley.engine.weighing import choose_weights
from parley.errors import EngineError, MissingExtra
from parley.model import Event, Link, Mention, ReportLine
from parley.record import Arrival

if TYPE_CHECKING:
    from parley.record import Record

_AT_ONCE = 200
# Reports of one transaction.
_TOGETHER = 100
_SIGNED = "made_by"
# What the record notes of who merged it: its own merging takes everything up anew when it must.
_MERGED_BY = "a cluster"


class Taken(Struct, frozen=True, kw_only=True):
    """What was taken into the record: `reports` are in the tables, `added` of them were new.

    `events` and `links` are how many the record has now.
    """

    reports: int
    added: int
    events: int
    links: int


def is_run(folder: str) -> bool:
    """Tell whether a folder has the tables of a run that came to its end."""
    return (Path(folder) / _SIGNED / "_SUCCESS").is_file()


def take_in(record: Record, folder: str) -> Taken:
    """Take the reports, mentions, events and links of a run's tables into a record.

    Reports that the record has stay as they are.  A cluster merges by Parley's own weights:
    where the adopted project or the record has others, all is merged anew by them.  Raises
    `EngineError` for a folder that has no whole run, or one of another form, `MissingExtra`
    without pyarrow, `RecordError` where the record cannot be written.
    """
    if not is_run(folder):
        raise EngineError(
            f"{folder}: has no tables of a run that came to its end; run the same parley ingest "
            f"--engine spark again, which goes on"
        )
    (made_by,) = _rows(folder, _SIGNED, "form", "project", "coder")
    if made_by["form"] != FORM:
        raise EngineError(
            f"{folder}: its tables have form {made_by['form']}, this Parley reads form {FORM}; "
            f"take the Parley that wrote them"
        )
    empty = record.sizes()["reports"] == 0
    reports = added = 0
    told = _told(folder)
    while arrivals := list(itertools.islice(told, _TOGETHER)):
        reports += len(arrivals)
        added += len(record.add_reports(arrivals))
    if empty:
        record.code_by(project=made_by["project"], coder=made_by["coder"])
        events = [_read(row, Event) for row in _rows(folder, "events", "json")]
        links = [_read(row, Link) for row in _rows(folder, "links", "json")]
        record.replace_events(events, links)
        record.merge_by(_MERGED_BY)
        record.settle()
    if not empty or choose_weights(record, None) is not None:
        ingest(record, [], refuse=lambda _: None)
    sizes = record.sizes()
    return Taken(reports=reports, added=added, events=sizes["events"], links=sizes["links"])


def _told(folder: str) -> Iterator[Arrival]:
    """Yield the reports with their mentions; both tables are sorted by the report."""
    from parley.record.rows import report_of  # noqa: PLC0415 - slow to load

    told = itertools.groupby(
        _rows(folder, "mentions", "report", "json"), key=lambda row: row["report"]
    )
    ahead = next(told, None)
    for row in _rows(folder, "reports", "id", "coded", "text", "json"):
        mentions: tuple[Mention, ...] = ()
        if ahead is not None and ahead[0] == row["id"]:
            mentions = tuple(_read(mention, Mention) for mention in ahead[1])
            ahead = next(told, None)
        report = report_of(_read(row, ReportLine), row["text"])
        yield Arrival(report, mentions, coded=bool(row["coded"]))
    if ahead is not None:
        raise EngineError(
            f"{folder}: mentions of report {ahead[0]} stand there without the report; a file of "
            f"the tables is missing"
        )


def _read(row: dict[str, Any], kind: type[Any]) -> Any:  # noqa: ANN401 - of that kind
    return msgspec.json.decode(row["json"], type=kind)


def _rows(folder: str, table: str, *columns: str) -> Iterator[dict[str, Any]]:
    """Yield the rows of a table, file by file in the order in which they were written."""
    try:
        from pyarrow import ArrowException, parquet  # noqa: PLC0415 - an extra
    except ModuleNotFoundError as error:
        raise MissingExtra(
            "the tables of a run on a cluster need pyarrow, which is not installed; "
            "install it with: pip install 'parley-record[parquet]'"
        ) from error
    for file in sorted((Path(folder) / table).glob("*.parquet")):
        try:
            with parquet.ParquetFile(file) as found:
                for batch in found.iter_batches(_AT_ONCE, columns=list(columns)):
                    yield from batch.to_pylist()
        except (ArrowException, OSError) as error:
            raise EngineError(
                f"{file}: cannot be read ({error}); copy the tables again, or run anew"
            ) from error
