"""Parquet: a row is a report."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from .conftest import Outcome
from .samples import BODY, HEADLINE
from .test_packed import zip_bytes

pyarrow = pytest.importorskip("pyarrow")
import pyarrow.parquet as pq  # noqa: E402

Run = Callable[..., Outcome]


def write(path: Path, rows: list[dict[str, Any]], **options: Any) -> Path:
    """Write rows as a Parquet table."""
    pq.write_table(pyarrow.Table.from_pylist(rows), path, **options)
    return path


def test_rows_are_reports(outcome: Run, tmp_path: Path) -> None:
    """All fields arrive, a timestamp as its day; the name of the file does not count."""
    row = {
        "id": 7,
        "Text": BODY,
        "title": HEADLINE,
        "outlet": "Island Post",
        "date": datetime.datetime(2024, 2, 29, 8, 0),
        "score": float("nan"),
        "tags": ["a", None],
    }
    path = write(tmp_path / "table.bin", [row, {"id": 8, "Text": None}])
    (report,), (error,) = outcome(path)
    assert report.source == f"{path}#7"
    assert (report.title, report.outlet) == (HEADLINE, "Island Post")
    assert report.published is not None
    assert report.published.start == datetime.date(2024, 2, 29)
    assert error.source == f"{path}#2"


def test_table_in_an_archive_is_read(outcome: Run, tmp_path: Path) -> None:
    """Of several row groups, packed."""
    rows = [{"text": f"Report number {n} of the day."} for n in range(500)]
    path = write(tmp_path / "a.parquet", rows, row_group_size=100)
    (tmp_path / "b.zip").write_bytes(zip_bytes({"x/a.parquet": path.read_bytes()}))
    reports, refused = outcome(tmp_path)
    assert not refused
    assert len(reports) == 1000
    assert reports[-1].source == f"{tmp_path}/b.zip/x/a.parquet#500"
    assert reports[0].id == reports[500].id


def test_table_without_text_names_its_columns(outcome: Run, tmp_path: Path) -> None:
    """So that the right one can be renamed."""
    path = write(tmp_path / "a.parquet", [{"body": BODY}])
    reports, (error,) = outcome(path)
    assert not reports
    assert "its columns: body" in error.problem


def test_damaged_table_is_refused(outcome: Run, tmp_path: Path) -> None:
    """Cut short or overwritten."""
    raw = write(tmp_path / "a.parquet", [{"text": BODY}]).read_bytes()
    (tmp_path / "a.parquet").write_bytes(raw[:-20])
    (tmp_path / "b.parquet").write_bytes(raw[:8] + b"\0" * (len(raw) - 8))
    reports, refused = outcome(tmp_path)
    assert not reports
    assert ["damaged Parquet" in error.problem for error in refused] == [True, True]


def test_without_pyarrow_the_way_out_is_told(
    outcome: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is an extra: the message names it."""
    path = write(tmp_path / "a.parquet", [{"text": BODY}])
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    reports, (error,) = outcome(path)
    assert not reports
    assert "parley-record[parquet]" in error.way_out
