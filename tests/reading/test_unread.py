"""Forms that are known and not read."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest

from parley.errors import DataError
from parley.reading.lexicon import parse
from parley.reading.unread import Signatures

from .conftest import Outcome
from .samples import PAGE

Run = Callable[..., Outcome]

FILES = {
    b"<?xml version='1.0'?>\n<newsml/>": "an XML document",
    b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n\x00\x01\x02": "a PDF",
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR": "a picture",
    b"BZh91AY&SY\x00\x01": "an archive of a kind",
    b"SQLite format 3\x00\x10\x00": "an SQLite database",
    b"{\\rtf1\\ansi Text}": "an RTF document",
}


@pytest.mark.parametrize(("raw", "what"), FILES.items(), ids=list(FILES.values()))
def test_known_form_is_refused_by_name(outcome: Run, tmp_path: Path, raw: bytes, what: str) -> None:
    """The message says what the file is and what to do, whatever the file is called."""
    (tmp_path / "report.txt").write_bytes(raw)
    reports, (error,) = outcome(tmp_path)
    assert not reports
    assert f"is {what}" in str(error)


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("c.zip", "an archive and is none"),
        ("C.TAR.GZ", "an archive and is none"),
        ("a.parquet", "a Parquet file and is none"),
        ("a.pdf", "a PDF and is none"),
    ],
)
def test_what_is_called_an_archive_and_is_none_is_refused(
    outcome: Run, tmp_path: Path, name: str, what: str
) -> None:
    """Words in a file named as an archive are what came in its place, not a report."""
    (tmp_path / name).write_text("The file that you asked for has gone.\n")
    reports, (error,) = outcome(tmp_path)
    assert not reports
    assert f"is called {what}" in str(error)


def test_what_an_archive_holds_is_read_by_what_it_is(outcome: Run, tmp_path: Path) -> None:
    """A text packed as report.gz is a report; a PDF of letters alone is a PDF."""
    (tmp_path / "report.gz").write_bytes(gzip.compress(b"Rebels met the government in Lusaka."))
    (tmp_path / "scan.txt").write_bytes(b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n%%EOF")
    reports, (error,) = outcome(tmp_path)
    assert len(reports) == 1
    assert "is a PDF document" in str(error)


@pytest.mark.parametrize(
    "start", ["BZh, a village, ", "PAR1 said ", "RIFF over ", "<3 and more ", "From: here"]
)
def test_text_that_begins_like_a_signature_is_text(
    outcome: Run, tmp_path: Path, start: str
) -> None:
    """Letters alone make no archive."""
    (tmp_path / "a.html").write_text(start + PAGE)
    reports, refused = outcome(tmp_path)
    assert len(reports) == 1
    assert not refused


def test_malformed_data_file_names_file_and_key() -> None:
    """A wrong key, a wrong type and broken TOML are all `DataError`s that say where."""
    for text in ("[[signature]]\nwhat = 3", "[[signature]]\nwhat = 'x'\ncolour = 'y'", "a = = 1"):
        with pytest.raises(DataError, match=r"signatures\.toml: .*(signature|line)"):
            parse(text, Signatures, name="signatures.toml")
