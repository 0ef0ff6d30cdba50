"""The tables: CSV, Parquet and Excel, as programs that others wrote read them."""

from __future__ import annotations

import io
import math

import duckdb
import openpyxl
import pandas
import pyarrow.parquet
import pytest

from parley.export import FORMATS
from parley.export.delimited import cell_text, defused
from parley.export.table import COLUMNS
from parley.record.finding import Filters

HOSTILE = (
    '=HYPERLINK("http://x.example","ab, c"); "quoted"\n<script>alert(1)</script> *b* \\ ünï 中'
)
ORDER = [
    "e_march", "e_battle", "e_shelling", "e_deal", "e_off", "e_meeting", "e_denial", "e_talked",
]  # fmt: skip


def whole(name: str, record, **options) -> bytes:
    """Return all of an export."""
    return b"".join(FORMATS[name].write(record, **options))


def test_csv_is_read_by_pandas(war):
    """Each event is a row, in order of time, with its numbers as numbers and its text whole."""
    frame = pandas.read_csv(io.BytesIO(whole("csv", war)), parse_dates=["start", "end"])
    assert list(frame.columns) == [column.name for column in COLUMNS]
    assert list(frame["id"]) == ORDER
    battle = frame.set_index("id").loc["e_battle"]
    assert battle["summary"] == "'" + HOSTILE
    assert (battle["killed_low"], battle["killed_best"], battle["killed_high"]) == (9, 9, 12)
    assert (battle["lat"], battle["lon"]) == (-3.5, 150.25)
    assert battle["outlets"] == "The Castel Courier; @B"
    assert battle["start"] == pandas.Timestamp(2023, 5, 9)


def test_csv_is_read_by_duckdb(war, tmp_path):
    """DuckDB finds the same columns and types by itself."""
    path = tmp_path / "war.csv"
    path.write_bytes(whole("csv", war))
    found = duckdb.sql(
        f"select id, killed_best, start from read_csv('{path}') where killed_best > 0 order by id"
    ).fetchall()
    assert [(id_, killed, str(start)) for id_, killed, start in found] == [
        ("e_battle", 9, "2023-05-09"),
        ("e_shelling", 3, "2023-05-12"),
    ]


def test_csv_has_a_bom_only_on_request(war):
    """With it a spreadsheet takes the file for UTF-8; without it the first column is `id`."""
    assert whole("csv", war, bom=True) == b"\xef\xbb\xbf" + whole("csv", war)
    assert whole("csv", war).startswith(b"id,")


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "＝1", "＠x"]
)
def test_formulas_are_defused(text):
    """What a spreadsheet would run begins with an apostrophe; all else is as it was."""
    assert defused(text) == "'" + text
    assert cell_text((text, "b")) == f"'{text}; b"
    assert defused("a=1") == "a=1"
    assert cell_text(-1.5) == "-1.5"


def test_no_cell_of_csv_is_a_formula(war):
    """No cell of a text begins with what begins a formula."""
    frame = pandas.read_csv(io.BytesIO(whole("csv", war)), dtype=str, keep_default_na=False)
    texts = {column.name for column in COLUMNS if column.kind in ("text", "texts")}
    for name in texts:
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in frame[name])


def test_parquet_is_read_by_pyarrow_and_duckdb(war, tmp_path):
    """Columns have their types: lists are lists, days are days, text is as it stands."""
    path = tmp_path / "war.parquet"
    path.write_bytes(whole("parquet", war))
    table = pyarrow.parquet.read_table(path)
    assert table.column_names == [column.name for column in COLUMNS]
    rows = {row["id"]: row for row in table.to_pylist()}
    assert list(rows) == ORDER
    assert rows["e_battle"]["summary"] == HOSTILE
    assert rows["e_battle"]["actors"] == ["Castel Front"]
    assert rows["e_deal"]["provisions"] == ["guns fall silent", "=1+1"]
    assert rows["e_talked"]["start"] is None
    found = duckdb.sql(f"select typeof(start), typeof(places) from '{path}' limit 1").fetchall()
    assert found == [("DATE", "VARCHAR[]")]
    assert pandas.read_parquet(path)["corrected"].dtype == bool


def test_parquet_of_nothing_has_its_columns(war):
    """A file without rows still has the columns with their types."""
    raw = whole("parquet", war, filters=Filters(type=("SANCTION",)))
    table = pyarrow.parquet.read_table(io.BytesIO(raw))
    assert table.num_rows == 0
    assert table.num_columns == len(COLUMNS)


def test_excel_is_read_by_openpyxl(war):
    """Three sheets; a text that looks like a formula is text."""
    book = openpyxl.load_workbook(io.BytesIO(whole("xlsx", war)))
    assert book.sheetnames == ["events", "tellings", "links"]
    sheet = book["events"]
    header = [cell.value for cell in sheet[1]]
    rows = {row[0].value: dict(zip(header, row, strict=True)) for row in sheet.iter_rows(min_row=2)}
    assert list(rows) == ORDER
    battle = rows["e_battle"]
    assert battle["summary"].value == HOSTILE
    assert battle["summary"].data_type == "s"
    assert battle["killed_best"].value == 9
    assert battle["start"].is_date
    told = [row[1].value for row in book["tellings"].iter_rows(min_row=2)]
    assert len(told) == 9
    assert [cell.value for cell in book["links"][2]][:3] == ["e_deal", "ends", "e_battle"]
    for sheet in book:
        assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_excel_is_read_by_pandas(war):
    """A data frame comes out with the numbers."""
    frame = pandas.read_excel(io.BytesIO(whole("xlsx", war)), sheet_name="events")
    killed = dict(zip(frame["id"], frame["killed_best"], strict=True))
    assert killed["e_shelling"] == 3
    assert math.isnan(killed["e_march"])


def test_excel_goes_on_in_a_further_sheet(war, monkeypatch):
    """Rows beyond what a sheet holds are in the next; a text too long for a cell is cut."""
    monkeypatch.setattr("parley.export.xlsx.MOST_ROWS", 4)
    monkeypatch.setattr("parley.export.xlsx.MOST_CHARACTERS", 20)
    book = openpyxl.load_workbook(io.BytesIO(whole("xlsx", war)))
    assert [name for name in book.sheetnames if name.startswith("events")] == [
        "events", "events 2", "events 3",
    ]  # fmt: skip
    ids = [
        row[0].value
        for name in ("events", "events 2", "events 3")
        for row in book[name].iter_rows(min_row=2)
    ]
    assert ids == ORDER
    assert all(
        len(cell.value) <= 20
        for row in book["events"].iter_rows(min_row=2)
        for cell in row
        if isinstance(cell.value, str)
    )
    assert any(
        cell.value.endswith("…")
        for row in book["events"].iter_rows(min_row=2)
        for cell in row
        if isinstance(cell.value, str)
    )
