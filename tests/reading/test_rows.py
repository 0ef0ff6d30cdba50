"""JSON Lines and CSV: a row is a report."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from parley.model import Published
from parley.reading.rows import parse_day

from .conftest import Outcome
from .samples import BODY, HEADLINE, PARAGRAPHS

Run = Callable[..., Outcome]
FULL = {
    "id": "x-1",
    "text": BODY,
    "url": "https://news.example/1",
    "title": HEADLINE,
    "outlet": "Island Post",
    "date": "2024-02-29T08:00:00Z",
    "language": "en-GB",
    "section": "world",
}


def write(path: Path, *lines: str, encoding: str = "utf-8") -> Path:
    """Write lines to a file."""
    path.write_bytes("".join(line + "\n" for line in lines).encode(encoding))
    return path


def test_all_fields_are_used(outcome: Run, tmp_path: Path) -> None:
    """Each field of the contract arrives; a date is given, for certain, on that day."""
    path = write(tmp_path / "a.jsonl", json.dumps(FULL))
    (report,), refused = outcome(path)
    assert not refused
    assert report.source == f"{path}#x-1"
    assert (report.title, report.outlet, report.url) == (HEADLINE, "Island Post", FULL["url"])
    assert report.language == "en"
    day = datetime.date(2024, 2, 29)
    assert report.published == Published(start=day, end=day, how="given", confidence=1.0)


def test_id_follows_from_the_content_not_the_layout(outcome: Run, tmp_path: Path) -> None:
    """Order of fields, spaces and escapes do not count; any field's value does."""
    turned = dict(reversed(FULL.items()))
    path = write(
        tmp_path / "a.jsonl",
        json.dumps(FULL),
        json.dumps(turned, indent=None, separators=(" ,", " : "), ensure_ascii=False),
        json.dumps(FULL | {"section": "sport"}),
    )
    reports, _ = outcome(path)
    assert reports[0].id == reports[1].id != reports[2].id


def test_bad_rows_are_refused_by_line_and_the_others_read(outcome: Run, tmp_path: Path) -> None:
    """Broken JSON, a list, no text, an empty one, a NUL: each is named, none stops the file."""
    path = write(
        tmp_path / "a.jsonl",
        '{"text": "One two three."}',
        '{"text": "broken',
        "[1, 2]",
        '{"title": "no text"}',
        '{"text": "  "}',
        '{"text": 5}',
        '{"text": "a\\u0000b"}',
        "",
        '{"text": ' + "[" * 100_000,
        '{"text": "Four five six."}',
    )
    reports, refused = outcome(path)
    assert [report.source for report in reports] == [f"{path}#1", f"{path}#10"]
    assert [error.source for error in refused] == [f"{path}#{n}" for n in (2, 3, 4, 5, 6, 7, 9)]
    assert "no valid JSON" in refused[0].problem


def test_half_a_surrogate_pair_is_read_calmly(outcome: Run, tmp_path: Path) -> None:
    r"""An escape such as \ud800 names no character: U+FFFD stands for it."""
    path = write(tmp_path / "a.jsonl", '{"text": "before \\ud800 after", "k\\udfff": ["\\udc00"]}')
    (report,), refused = outcome(path)
    assert not refused
    assert report.text == "before \ufffd after"


@pytest.mark.parametrize(
    "value", ["2023-02-30", "31 April", "0001-01-01", "9999-12-31", "05/06/2023"]
)
def test_date_that_is_none_is_reported_and_the_row_read(
    outcome: Run, tmp_path: Path, value: str
) -> None:
    """No date is invented for a row whose date does not exist, is a placeholder or ambiguous."""
    path = write(tmp_path / "a.jsonl", json.dumps({"text": BODY, "date": value}))
    (report,), (error,) = outcome(path)
    assert report.published is None
    assert f"'{value}' is no date" in str(error)
    assert "2022-09-30" in error.way_out


def test_days_are_parsed_in_iso_forms() -> None:
    """With or without dashes, with or without a time."""
    day = datetime.date(2022, 9, 30)
    forms = [
        "2022-09-30",
        "20220930",
        "2022/09/30",
        "2022-09-30T23:59:59+04:00",
        " 2022-09-30 10:00",
    ]
    assert {parse_day(form) for form in forms} == {day}
    assert parse_day("2022-0930") is None


def test_line_too_long_is_refused_without_the_rest(
    outcome: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A huge line is passed over, the next row is read."""
    monkeypatch.setattr("parley.reading.tablelines.LONGEST_ROW", 200_000)
    path = write(
        tmp_path / "a.jsonl",
        '{"text": "' + "x" * 500_000 + '"}',
        '{"text": "A row of a common length."}',
    )
    reports, refused = outcome(path)
    assert [report.source for report in reports] == [f"{path}#2"]
    assert refused[0].source == f"{path}#1"
    assert "longer than" in refused[0].problem


def test_json_lines_under_another_name(outcome: Run, tmp_path: Path) -> None:
    """A file is taken by what it holds: rows in a .txt, prose in a .jsonl."""
    rows = write(tmp_path / "rows.txt", '{"text": "One."}', '{"text": "Two."}')
    prose = tmp_path / "prose.jsonl"
    prose.write_text(BODY)
    reports, refused = outcome(rows, prose)
    assert [report.text for report in reports] == ["One.", "Two.", BODY]
    assert not refused


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_csv_is_read_with_any_delimiter_and_encoding(
    outcome: Run, tmp_path: Path, delimiter: str, encoding: str
) -> None:
    """As spreadsheets of several countries write it, with line breaks inside quotation marks."""
    path = tmp_path / "a.csv"
    rows = [
        delimiter.join(["ID", "Date", "text", "outlet"]),
        delimiter.join(["7", "2023-05-19", '"Café talks:\r\n""no, never""\n"', "Post"]),
        "",
        delimiter.join(["", "", "Second."]),
    ]
    path.write_bytes("\r\n".join(rows).encode(encoding))
    reports, refused = outcome(path)
    assert not refused
    assert [report.source for report in reports] == [f"{path}#7", f"{path}#2"]
    assert reports[0].text == 'Café talks:\r\n"no, never"\n'
    assert reports[0].published is not None
    assert reports[0].outlet == "Post"
    assert reports[1].text == "Second."


def test_csv_without_a_text_column_is_refused(outcome: Run, tmp_path: Path) -> None:
    """The columns that are there are named."""
    path = write(tmp_path / "a.csv", "id,body,date", "1,Something,2023-01-01")
    reports, (error,) = outcome(path)
    assert not reports
    assert "has no column `text` (its columns: id, body, date)" in str(error)


def test_csv_by_content_and_prose_named_csv(outcome: Run, tmp_path: Path) -> None:
    """A header with `text` and another known column makes a table of any file; prose is none."""
    table = write(tmp_path / "table.txt", "text,date", '"One, two.",2023-01-01')
    prose = write(tmp_path / "prose.csv", "Talks resume, envoys say", *PARAGRAPHS)
    reports, refused = outcome(table, prose)
    assert not refused
    assert reports[0].source == f"{table}#1"
    assert reports[1].source == str(prose)


def test_csv_with_an_open_quotation_mark(outcome: Run, tmp_path: Path) -> None:
    """It swallows what follows: said with the line where it begins, never read as a report."""
    path = write(tmp_path / "a.csv", "text,id", "First.,1", '"never closed,2', *["x" * 1000] * 9)
    (report,), (error,) = outcome(path)
    assert report.text == "First."
    assert "from line 3" in str(error)
    assert "quotation mark" in error.way_out
