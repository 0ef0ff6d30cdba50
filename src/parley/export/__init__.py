"""The record in the forms that others read.

In: a `Record` and `Filters`.  Out: bytes, a piece at a time, in an order that does not
depend on the order in which the reports came.  A format is one module, registered in
`FORMATS`; docs/exports.md tells what each holds, and what it has no room for.

    format.py      what a format is
    selection.py   what is to be written: a record, what of it, and how
    table.py       an event as a row: the columns of CSV, Parquet, Excel and data frames
    files.py       files that are whole or not there
    delimited.py   CSV that is safe to open in a spreadsheet
    sides.py       who faces whom, for forms that know two sides
    mapping.py     the data files that say what stands for what in other projects' terms
    data/          those files

    jsonl.py       JSON Lines: reports, events and links, all of the record but the texts
    schema.py      the JSON Schema of such a line
    csv.py         CSV: an event a row
    parquet.py     Parquet: an event a row, typed
    xlsx.py        Excel: events, what the reports say, links
    acled.py       CSV in ACLED's columns
    ucdp.py        CSV in the columns of UCDP's Georeferenced Event Dataset
    plover.py      JSON as PLOVER's manual has it
    pax.py         agreements in the columns of PA-X
    geojson.py     GeoJSON: a feature an event
    ics.py         iCalendar: talks, agreements and what is announced
    timelinejs.py  CSV for TimelineJS
    ftm.py         FollowTheMoney's entities
    markdown.py    Markdown, to be read
"""

from parley.export.acled import ACLED
from parley.export.csv import CSV
from parley.export.format import Format
from parley.export.ftm import FTM
from parley.export.geojson import GEOJSON
from parley.export.ics import ICS
from parley.export.jsonl import JSONL
from parley.export.markdown import MARKDOWN
from parley.export.parquet import PARQUET
from parley.export.pax import PAX
from parley.export.plover import PLOVER
from parley.export.schema import line_schema
from parley.export.timelinejs import TIMELINEJS
from parley.export.ucdp import UCDP
from parley.export.xlsx import XLSX

FORMATS: dict[str, Format] = {
    format_.name: format_
    for format_ in (
        JSONL, CSV, PARQUET, XLSX, ACLED, UCDP, PLOVER, PAX, GEOJSON, ICS, TIMELINEJS, FTM,
        MARKDOWN,
    )
}  # fmt: skip

__all__ = ["FORMATS", "Format", "line_schema"]
