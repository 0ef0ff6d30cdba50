"""JSON that is not one object a line: news-please's files, arrays, objects in a row."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley.model import Published
from parley.reading.jsondocument import objects_of

from .conftest import Outcome
from .forms import NEWS_PLEASE
from .samples import BODY, HEADLINE

Run = Callable[..., Outcome]


@pytest.mark.parametrize("indent", [None, 2, 4])
def test_file_of_news_please_is_a_report(outcome: Run, tmp_path: Path, indent: int | None) -> None:
    """Its names are understood, in a line or in many; its date is of the page's metadata."""
    (tmp_path / "a.json").write_text(json.dumps(NEWS_PLEASE, indent=indent))
    (report,), refused = outcome(tmp_path)
    assert not refused
    assert report.text == NEWS_PLEASE["maintext"]
    assert (report.title, report.outlet) == (HEADLINE, "news.example")
    assert report.url == "https://news.example/1"
    day = date(2024, 2, 29)
    assert report.published == Published(start=day, end=day, how="metadata", confidence=0.95)


def test_id_does_not_follow_from_the_layout(outcome: Run, tmp_path: Path) -> None:
    """The same object has the same id on a line, over lines, and in an array."""
    (tmp_path / "a.json").write_text(json.dumps(NEWS_PLEASE))
    (tmp_path / "b.json").write_text(json.dumps(NEWS_PLEASE, indent=1))
    (tmp_path / "c").write_text(json.dumps([NEWS_PLEASE, NEWS_PLEASE], indent=1))
    (tmp_path / "d.jsonl").write_text(json.dumps([NEWS_PLEASE]))
    reports, refused = outcome(tmp_path)
    assert not refused
    assert len(reports) == 5
    assert len({report.id for report in reports}) == 1


def test_null_dates_are_no_dates(outcome: Run, tmp_path: Path) -> None:
    """What a scraper writes for nothing is no date, and no fault."""
    rows = [NEWS_PLEASE | {"date_publish": value} for value in (None, "", "NULL", "None")]
    (tmp_path / "a.json").write_text(json.dumps(rows))
    reports, refused = outcome(tmp_path)
    assert not refused
    assert [report.published for report in reports] == [None] * 4


def test_bad_object_costs_no_other(outcome: Run, tmp_path: Path) -> None:
    """Each object that is no report is named by its number."""
    (tmp_path / "a.json").write_text(
        '[{"text": "One two three."}, {"title": "none"}, {"text": tru}, {"text": "Four five."}]'
    )
    reports, refused = outcome(tmp_path)
    assert [report.text for report in reports] == ["One two three.", "Four five."]
    assert [error.source[-2:] for error in refused] == ["#2", "#3"]


def test_document_that_breaks_off(outcome: Run, tmp_path: Path) -> None:
    """What came before is read, and the break is said."""
    raw = json.dumps([{"text": BODY}] * 3, indent=1)
    (tmp_path / "a.json").write_text(raw[: len(raw) - 50])
    reports, (error,) = outcome(tmp_path)
    assert len(reports) == 2
    assert "breaks off" in error.problem


def test_empty_array_is_refused(outcome: Run, tmp_path: Path) -> None:
    """There are no reports in it, and that is said."""
    (tmp_path / "a.json").write_text("[ ]")
    reports, (error,) = outcome(tmp_path)
    assert not reports
    assert "without reports" in error.problem


@given(
    rows=st.lists(
        st.dictionaries(
            st.text(max_size=5),
            st.recursive(
                st.text(max_size=8) | st.integers() | st.none(),
                lambda inner: (
                    st.lists(inner, max_size=3)
                    | st.dictionaries(st.text(max_size=3), inner, max_size=3)
                ),
                max_leaves=6,
            ),
            max_size=4,
        ),
        max_size=5,
    ),
    indent=st.sampled_from([None, 1]),
    array=st.booleans(),
    size=st.integers(1, 40),
)
def test_objects_come_out_as_they_are(
    rows: list[dict[str, object]], indent: int | None, array: bool, size: int
) -> None:
    """Whatever they hold and wherever the stream is cut into pieces."""

    class Pieces(io.BytesIO):
        def read(self, count: int | None = -1) -> bytes:
            return super().read(size)

    text = (
        json.dumps(rows, indent=indent)
        if array
        else "\n".join(json.dumps(row, indent=indent) for row in rows)
    )
    found = [json.loads(raw or b"0") for raw in objects_of(Pieces(text.encode()))]
    assert found == rows
