"""JSON Lines: one JSON object a line, UTF-8.

First the reports by source, then the events in the order in which they happened, then
the links.  The keys are those of `parley.model`; `parley.export.schema` has them all.
With filters the reports are those that tell the events, the links those between them.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice

import msgspec

from parley.export.format import Format
from parley.export.selection import Selection

_AT_A_TIME = 200


def write_jsonl(selection: Selection) -> Iterator[bytes]:
    """Yield the lines for each report, event and link, some at a time."""
    encoder = msgspec.json.Encoder()
    lines = chain(selection.report_lines(), selection.events(), selection.links())
    while some := list(islice(lines, _AT_A_TIME)):
        yield encoder.encode_lines(some)


JSONL = Format(
    name="jsonl",
    says="JSON Lines: one report, event or link a line",
    media_type="application/x-ndjson",
    suffix=".jsonl",
    pieces=write_jsonl,
)
