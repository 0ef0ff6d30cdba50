"""Archives: read without unpacking, and those that mean harm."""

from __future__ import annotations

import gzip
import io
import stat
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from .conftest import Outcome
from .samples import BODY, PAGE

Run = Callable[..., Outcome]
ROWS = b'{"text": "One two."}\n{"text": "Three four.", "id": "x"}\n'


def tar_bytes(members: dict[str, bytes], *, mode: str = "w:gz") -> bytes:
    """Return a tar archive of files."""
    raw = io.BytesIO()
    with tarfile.open(fileobj=raw, mode="w") as archive:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    # Without the time of packing: the tests' names hold the bytes.
    return gzip.compress(raw.getvalue(), mtime=0) if mode == "w:gz" else raw.getvalue()


def zip_bytes(members: dict[str, bytes]) -> bytes:
    """Return a zip archive of files."""
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return raw.getvalue()


MEMBERS = {
    "b/2.txt": PAGE.encode(),
    "a.jsonl": ROWS,
    ".hidden": b"x",
    "__MACOSX/a.txt": b"x",
    "b/.h/c.txt": b"x",
}


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("a.zip", zip_bytes(MEMBERS)),
        ("a.tar.gz", tar_bytes(MEMBERS)),
        ("a.tar", tar_bytes(MEMBERS, mode="w")),
        ("wrong.txt", zip_bytes(MEMBERS)),
    ],
)
def test_archive_is_read_whatever_its_name(
    outcome: Run, tmp_path: Path, name: str, raw: bytes
) -> None:
    """Files and rows come out under the archive's path and their own; hidden ones do not."""
    path = tmp_path / name
    path.write_bytes(raw)
    reports, refused = outcome(path)
    assert not refused
    sources = {report.source for report in reports}
    assert sources == {f"{path}/a.jsonl#1", f"{path}/a.jsonl#x", f"{path}/b/2.txt"}


def test_packed_report_has_the_id_of_the_plain_one(outcome: Run, tmp_path: Path) -> None:
    """The id follows from the report's bytes, not from how they travelled."""
    (tmp_path / "a.txt").write_text(PAGE)
    (tmp_path / "b.txt.gz").write_bytes(gzip.compress(PAGE.encode()))
    (tmp_path / "c.zip").write_bytes(zip_bytes({"x": PAGE.encode()}))
    (tmp_path / "d.tgz").write_bytes(tar_bytes({"x": PAGE.encode()}))
    reports, _ = outcome(tmp_path)
    assert len(reports) == 4
    assert len({report.id for report in reports}) == 1


def test_archives_nest_up_to_a_depth(outcome: Run, tmp_path: Path) -> None:
    """A zip in a tar.gz is read; a parcel of many wrappings is not."""
    (tmp_path / "a.tar.gz").write_bytes(tar_bytes({"in.zip": zip_bytes({"r.txt": PAGE.encode()})}))
    deep = PAGE.encode()
    for _ in range(9):
        deep = gzip.compress(deep)
    (tmp_path / "b.gz").write_bytes(deep)
    reports, refused = outcome(tmp_path)
    assert [report.source for report in reports] == [f"{tmp_path}/a.tar.gz/in.zip/r.txt"]
    assert "times over" in str(refused[0])


@pytest.mark.parametrize(
    "name", ["../evil.txt", "/etc/evil.txt", "a/../../evil.txt", "..\\evil.txt"]
)
@pytest.mark.parametrize("pack", [zip_bytes, tar_bytes])
def test_names_that_lead_out_are_refused(
    outcome: Run, tmp_path: Path, name: str, pack: Callable[[dict[str, bytes]], bytes]
) -> None:
    """The member is refused, the others are read."""
    path = tmp_path / "a"
    path.write_bytes(pack({name: PAGE.encode(), "good.txt": PAGE.encode()}))
    (report,), (error,) = outcome(path)
    assert report.source == f"{path}/good.txt"
    assert "leads out of the archive" in str(error)


def test_links_and_devices_in_archives_are_refused(outcome: Run, tmp_path: Path) -> None:
    """A link could point anywhere; a device is no report."""
    with tarfile.open(tmp_path / "a.tar", "w") as archive:
        for name, kind in {"link": tarfile.SYMTYPE, "pipe": tarfile.FIFOTYPE}.items():
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
    link = zipfile.ZipInfo("link")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as packed:
        packed.writestr(link, "/etc/passwd")
    reports, refused = outcome(tmp_path)
    assert not reports
    assert len(refused) == 3


@pytest.mark.parametrize("kept", [0.3, 0.6, 0.9, 0.999])
@pytest.mark.parametrize("name", ["a.tar.gz", "b.jsonl.gz", "c.zip", "d.tar"])
def test_truncated_archive_is_refused_once(
    outcome: Run, tmp_path: Path, name: str, kept: float
) -> None:
    """A download that broke off gives one line, and the reports before the break."""
    rows = b"".join(b'{"text": "%s", "id": %d}\n' % (BODY.encode(), n) for n in range(40))
    members = {"1.txt": PAGE.encode(), "2.jsonl": rows}
    raw = {
        "a.tar.gz": tar_bytes(members),
        "b.jsonl.gz": gzip.compress(rows),
        "c.zip": zip_bytes(members),
        "d.tar": tar_bytes(members, mode="w")[:12_000],
    }[name]
    path = tmp_path / name
    path.write_bytes(raw[: int(len(raw) * kept)])
    _, refused = outcome(path)
    assert len(refused) == 1
    assert refused[0].source == str(path)
    assert "damaged or cut short" in str(refused[0])


def test_damaged_member_of_a_zip_costs_no_other(outcome: Run, tmp_path: Path) -> None:
    """The checksum of one member fails; the next one is read."""
    raw = bytearray(zip_bytes({"1.txt": PAGE.encode(), "2.txt": PAGE.encode()}))
    raw[60] ^= 0xFF
    (tmp_path / "a.zip").write_bytes(raw)
    (report,), (error,) = outcome(tmp_path)
    assert report.source.endswith("2.txt")
    assert error.source.endswith("1.txt")


def test_bombs_are_refused(outcome: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What unpacks to far more than its size is stopped, in rows or in one report."""
    monkeypatch.setattr("parley.reading.packed.FREE", 100_000)
    bomb = b'{"text": "' + b"a" * 90_000 + b'"}\n'
    (tmp_path / "a.gz").write_bytes(gzip.compress(bomb * 400))
    (tmp_path / "b.zip").write_bytes(zip_bytes({"a.jsonl": bomb * 400}))
    _, refused = outcome(tmp_path)
    assert [error.source for error in refused] == [f"{tmp_path}/a.gz", f"{tmp_path}/b.zip"]
    assert all("200 times its size" in str(error) for error in refused)


def test_report_too_long_inside_an_archive(outcome: Run, tmp_path: Path) -> None:
    """The limit of a report holds there as well, whatever the archive says of its size."""
    (tmp_path / "a.zip").write_bytes(zip_bytes({"a.txt": b"ab cd " * 1_000_000}))
    _, (error,) = outcome(tmp_path)
    assert error.source == f"{tmp_path}/a.zip/a.txt"
    assert "longer than one report may be" in str(error)


def test_encrypted_empty_and_office_files(outcome: Run, tmp_path: Path) -> None:
    """Each is named for what it is."""
    locked = bytearray(zip_bytes({"1.txt": PAGE.encode()}))
    locked[6] |= 1
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "1.zip").write_bytes(locked)
    (tmp_path / "2.zip").write_bytes(zip_bytes({}))
    (tmp_path / "3.docx").write_bytes(zip_bytes({"[Content_Types].xml": b"<x/>"}))
    (tmp_path / "4.tar.gz").write_bytes(tar_bytes({}))
    _, refused = outcome(tmp_path)
    problems = [error.problem for error in refused]
    assert problems[:3] == [
        "is encrypted",
        "is an archive without reports",
        "is an office document",
    ]
    assert len(problems) == 4


def test_zip_through_standard_input(
    outcome: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A zip needs going back in; from a pipe it is kept aside first."""

    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

    raw = Pipe(zip_bytes({"r.txt": PAGE.encode()}))
    monkeypatch.setattr("sys.stdin", type("Stdin", (), {"buffer": raw}))
    (report,), refused = outcome("-")
    assert report.source == "-/r.txt"
    assert not refused
