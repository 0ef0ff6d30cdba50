"""The record in the forms that others read.

In: a `Record` and `Filters`.  Out: bytes, a piece at a time, in an order that does not
depend on the order in which the reports came.  A format is one module, registered in
`FORMATS`.

    format.py      what a format is
    selection.py   what is to be written: a record, what of it, and how
    table.py       an event as a row: the columns of CSV, Parquet, Excel and data frames
    delimited.py   CSV that is safe to open in a spreadsheet
    jsonl.py       JSON Lines: reports, events and links, all of the record but the texts
    schema.py      the JSON Schema of such a line
    csv.py         CSV: an event a row
    parquet.py     Parquet: an event a row, typed
    xlsx.py        Excel: events, what the reports say, links
    geojson.py     GeoJSON: a feature an event
"""

from parley.export.csv import CSV
from parley.export.format import Format
from parley.export.geojson import GEOJSON
from parley.export.jsonl import JSONL
from parley.export.parquet import PARQUET
from parley.export.schema import line_schema
from parley.export.xlsx import XLSX

FORMATS: dict[str, Format] = {
    format_.name: format_ for format_ in (JSONL, CSV, PARQUET, XLSX, GEOJSON)
}

__all__ = ["FORMATS", "Format", "line_schema"]
