"""JSON Lines: one JSON object a line, UTF-8.

First the reports by source, then the events in the order in which they happened, then
the links.  The keys are those of `parley.model`; `parley.export.schema` has them all.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from parley.export.format import Format
from parley.record import Record


def write_jsonl(record: Record) -> Iterator[bytes]:
    """Yield a line for each report, event and link of the record."""
    encoder = msgspec.json.Encoder()
    for line in record.report_lines():
        yield encoder.encode(line) + b"\n"
    for event in record.events():
        yield encoder.encode(event) + b"\n"
    for link in record.links():
        yield encoder.encode(link) + b"\n"


JSONL = Format(
    name="jsonl",
    says="JSON Lines: one report, event or link a line",
    write=write_jsonl,
)
