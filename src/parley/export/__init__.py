"""The record in the forms that others read.

In: a `Record`.  Out: bytes, a piece at a time, in an order that does not depend on the
order in which the reports came.  A format is one module, registered in `FORMATS`.

    jsonl.py    JSON Lines: reports, events and links, all of the record but the texts
    schema.py   the JSON Schema of such a line
    format.py   what a format is
"""

from parley.export.format import Format
from parley.export.jsonl import JSONL
from parley.export.schema import line_schema

FORMATS: dict[str, Format] = {format_.name: format_ for format_ in (JSONL,)}

__all__ = ["FORMATS", "Format", "line_schema"]
