"""Which files a path stands for, and paths that cannot be read."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from parley.model import digest
from parley.reading import read
from parley.reading.source import LONGEST_REPORT

from .conftest import Outcome
from .samples import BODY, HEADLINE, PAGE

Run = Callable[..., Outcome]


def test_file_becomes_one_report_with_text_as_decoded(outcome: Run, tmp_path: Path) -> None:
    """Line ends stay, the id is that of the bytes, the source the path as given."""
    raw = PAGE.replace("\n", "\r\n").encode()
    path = tmp_path / "a.txt"
    path.write_bytes(raw)
    reports, refused = outcome(path)
    assert not refused
    assert reports[0].text == raw.decode()
    assert reports[0].id == digest("r", raw)
    assert reports[0].source == str(path)
    assert (reports[0].title, reports[0].outlet, reports[0].language) == (HEADLINE, None, "en")


def test_folder_is_read_by_name_with_all_below_and_without_hidden(
    outcome: Run, tmp_path: Path
) -> None:
    """The order is the same on every machine; hidden files and folders are left out."""
    for name in ["b/2.txt", "b/1.md", "a.txt", ".hidden.txt", ".git/x.txt", "c.txt"]:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"{name} {BODY}")
    reports, refused = outcome(tmp_path)
    assert not refused
    names = [os.path.relpath(report.source, tmp_path) for report in reports]
    assert names == ["a.txt", "b/1.md", "b/2.txt", "c.txt"]


def test_missing_path_is_refused_and_the_others_read(outcome: Run, tmp_path: Path) -> None:
    """One bad path costs no other."""
    (tmp_path / "a.txt").write_text(PAGE)
    reports, refused = outcome(tmp_path / "none.txt", tmp_path / "a.txt")
    assert len(reports) == 1
    assert "none.txt: there is no such file or folder; " in str(refused[0])


def test_folder_without_reports_is_refused(outcome: Run, tmp_path: Path) -> None:
    """A folder of hidden files only holds no report."""
    (tmp_path / ".x").write_text(PAGE)
    _, refused = outcome(tmp_path)
    assert "without reports" in str(refused[0])


def test_empty_files_are_refused(outcome: Run, tmp_path: Path) -> None:
    """No bytes, white space, or nothing but a byte order mark."""
    for name, raw in {"a.txt": b"", "b.txt": b" \n\t\n", "c.txt": b"\xef\xbb\xbf"}.items():
        (tmp_path / name).write_bytes(raw)
    reports, refused = outcome(tmp_path)
    assert not reports
    assert [error.problem for error in refused] == ["is empty"] * 3


def test_report_beyond_the_limit_is_refused(outcome: Run, tmp_path: Path) -> None:
    """A line of 6 MB in a text file is named with the limit."""
    (tmp_path / "long.txt").write_bytes(b"x" * (LONGEST_REPORT + 1))
    (tmp_path / "short.txt").write_text(PAGE)
    reports, refused = outcome(tmp_path)
    assert len(reports) == 1
    assert "longer than one report may be (5 MB)" in str(refused[0])


def test_pipe_is_refused_and_not_waited_for(outcome: Run, tmp_path: Path) -> None:
    """A named pipe without a writer would hang a reader that opens it."""
    os.mkfifo(tmp_path / "pipe")
    _, refused = outcome(tmp_path / "pipe", "/dev/zero")
    assert len(refused) == 2
    assert all("not a file" in str(error) for error in refused)


def test_unreadable_file_is_refused(
    outcome: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Missing rights are said in plain words, whoever runs the test."""

    def deny(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "a.txt").write_text(PAGE)
    monkeypatch.setattr(os, "open", deny)
    _, refused = outcome(tmp_path / "a.txt")
    assert "may not be read" in str(refused[0])


def test_loop_of_links_ends_and_is_named(outcome: Run, tmp_path: Path) -> None:
    """A link back to a folder around it is refused; what else is there is read once."""
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "r.txt").write_text(PAGE)
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    (tmp_path / "again").symlink_to(tmp_path / "a")
    reports, refused = outcome(tmp_path)
    assert len(reports) == 1
    assert [error.problem for error in refused] == ["links back to a folder that it lies in"]


def test_link_to_nothing_is_refused(outcome: Run, tmp_path: Path) -> None:
    """A dangling link in a folder is a missing file."""
    (tmp_path / "gone.txt").symlink_to(tmp_path / "none")
    _, refused = outcome(tmp_path)
    assert "there is no such file" in str(refused[0])


def test_address_and_impossible_paths_are_refused(outcome: Run) -> None:
    """FTP is not fetched, a NUL is in no path, a name of 5,000 letters too long."""
    _, refused = outcome("ftp://news.example/a", "a\0b", "n" * 5000)
    assert "not fetched" in str(refused[0])
    assert len(refused) == 3


def test_name_that_is_no_text_is_escaped(outcome: Run, tmp_path: Path) -> None:
    """A file name with bytes that are no UTF-8, or a line break, fits in a message and a record."""
    (tmp_path / os.fsdecode(b"caf\xe9\n.txt")).write_text(PAGE)
    reports, _ = outcome(tmp_path)
    assert reports[0].source.endswith("caf\\udce9\\n.txt")
    reports[0].source.encode()


@pytest.mark.parametrize("size", [100, 200_000])
def test_file_that_changes_while_read_is_refused(
    outcome: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    """Text that someone else is writing is not taken for a report."""
    path = tmp_path / "growing.txt"
    path.write_text("word " * size)
    fstat = os.fstat
    calls = 0

    def write_meanwhile(descriptor: int) -> os.stat_result:
        nonlocal calls
        calls += 1
        if calls == 3:
            with path.open("a") as file:
                file.write("more")
        return fstat(descriptor)

    monkeypatch.setattr(os, "fstat", write_meanwhile)
    reports, refused = outcome(path)
    assert not reports
    assert "changed while it was being read" in str(refused[0])


def test_rows_before_a_change_are_kept(outcome: Run, tmp_path: Path) -> None:
    """Of a table that grows while it is read, the rows read before stay; the rest is refused."""
    path = tmp_path / "growing.jsonl"
    path.write_text(f'{{"text": "{"word " * 200}"}}\n' * 500)
    refused: list[str] = []
    reports = read([str(path)], refuse=lambda error: refused.append(str(error)))
    next(reports)
    with path.open("a") as file:
        file.write('{"text": "half')
    kept = 1 + sum(1 for _ in reports)
    assert 1 <= kept < 500
    assert len(refused) == 1
    assert "changed while" in refused[0]


def test_standard_input_is_sniffed(outcome: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """What comes in through a pipe is taken by what it is: text, or rows."""
    for raw, sources in (
        (PAGE.encode(), ["-"]),
        (b'{"text":"A b c."}\n{"text":"D","id":9}', ["-#1", "-#9"]),
    ):
        stdin = io.TextIOWrapper(io.BytesIO(raw))
        monkeypatch.setattr(sys, "stdin", stdin)
        reports, refused = outcome("-")
        assert [report.source for report in reports] == sources
        assert not refused


def test_same_bytes_give_the_same_id_under_any_name(outcome: Run, tmp_path: Path) -> None:
    """The id does not know the path."""
    (tmp_path / "a.txt").write_text(PAGE)
    (tmp_path / "b").write_text(PAGE)
    reports, _ = outcome(tmp_path)
    assert reports[0].id == reports[1].id
