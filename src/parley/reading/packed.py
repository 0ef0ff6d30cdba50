"""What is packed: gzip, tar and zip, read without unpacking to disk."""

from __future__ import annotations

import gzip
import io
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, BinaryIO, cast

import msgspec

from parley.model import Report
from parley.reading.form import Form, Reading
from parley.reading.source import FREE, HEAD, MOST_RATIO, Source, printable
from parley.reading.unreadable import Damaged, Unreadable

# A tar in a gzip in a zip in a zip: who packs deeper than that means harm.
_DEEPEST = 4
_TAR_MAGIC = slice(257, 262)
_BROKEN = "is damaged or cut short"
_FETCH_AGAIN = "fetch or pack it again; what came before the fault was read"
_BOMB = f"unpacks to more than {MOST_RATIO} times its size"


def _is_gzip(source: Source) -> bool:
    return source.head.startswith(b"\x1f\x8b\x08")


def _read_gzip(source: Source, reading: Reading) -> Iterator[Report]:
    inner = cast(BinaryIO, io.BufferedReader(_Unpacked(source), HEAD))
    inside = Source(source.name, inner, carrier=source, origin=source.origin)
    yield from reading.read(inside, deeper(reading))
    # To the end, so that the checksum is compared.
    while inner.read(HEAD):
        pass


def _is_tar(source: Source) -> bool:
    return source.head[_TAR_MAGIC] == b"ustar"


def _read_tar(source: Source, reading: Reading) -> Iterator[Report]:
    within = deeper(reading)
    any_member = False
    try:
        with tarfile.open(fileobj=source.stream, mode="r|") as archive:
            for member in archive:
                if member.isdir() or _is_hidden(member.name):
                    continue
                any_member = True
                name = _member_name(source, member.name)
                try:
                    _refuse_unsafe(member.name)
                    if not member.isreg() or member.issparse():
                        raise Unreadable(
                            "is a link or a special file in the archive",
                            way_out="pack the file itself",
                        )
                    stream = _Forward(cast(IO[bytes], archive.extractfile(member)))
                    yield from reading.read(
                        Source(name, cast(BinaryIO, stream), carrier=source), within
                    )
                except Damaged:
                    raise
                except Unreadable as error:
                    reading.report(name, error)
    except tarfile.TarError as error:
        raise Damaged(_BROKEN, way_out=_FETCH_AGAIN) from error
    _refuse_if_empty(any_member)


def _is_zip(source: Source) -> bool:
    return source.head.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def _read_zip(source: Source, reading: Reading) -> Iterator[Report]:
    with source.seekable() as file:
        yield from _read_members(file, source, deeper(reading))


def _read_members(file: BinaryIO, source: Source, reading: Reading) -> Iterator[Report]:
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise Unreadable(_BROKEN, way_out="fetch or pack it again") from error
    with archive:
        members = sorted(archive.infolist(), key=lambda member: member.filename)
        _refuse_office(members)
        size = file.seek(0, io.SEEK_END)
        whole = sum(member.file_size for member in members)
        if whole > max(FREE, MOST_RATIO * size):
            raise Unreadable(_BOMB, way_out="unpack it yourself if you trust it")
        members = [m for m in members if not m.is_dir() and not _is_hidden(m.filename)]
        _refuse_if_empty(bool(members))
        for member in members:
            name = _member_name(source, member.filename)
            try:
                yield from _read_zip_member(archive, member, name, reading)
            except Unreadable as error:
                reading.report(name, error)
            except (zipfile.BadZipFile, zlib.error, EOFError, ValueError) as error:
                reading.report(name, Unreadable(f"{_BROKEN} ({error})", way_out="pack it again"))


def _read_zip_member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str, reading: Reading
) -> Iterator[Report]:
    _refuse_unsafe(member.filename)
    if member.flag_bits & 1:
        raise Unreadable("is encrypted", way_out="unpack it with its password first")
    if stat.S_ISLNK(member.external_attr >> 16):
        raise Unreadable("is a link in the archive", way_out="pack the file itself")
    try:
        stream = archive.open(member)
    except NotImplementedError as error:
        raise Unreadable(
            f"is packed in a way that is not known ({error})", way_out="pack it with deflate"
        ) from error
    with stream:
        yield from reading.read(Source(name, cast(BinaryIO, _Forward(stream))), reading)


class _Unpacked(io.RawIOBase):
    """What a gzip source unpacks to, as long as it stays within reason."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._file = gzip.GzipFile(fileobj=source.stream)
        self._given = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        try:
            data = self._file.read(len(buffer))
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise Damaged(_BROKEN, way_out=_FETCH_AGAIN) from error
        self._given += len(data)
        if self._given > max(FREE, MOST_RATIO * self._source.consumed):
            raise Damaged(_BOMB, way_out="unpack it yourself if you trust it")
        buffer[: len(data)] = data
        return len(data)


class _Forward(io.RawIOBase):
    """A stream that is read from front to back: to go back in it is costly or fails."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        data = self._stream.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def deeper(reading: Reading) -> Reading:
    """Return the run for what lies within something; `Unreadable` where that goes too deep."""
    if reading.depth >= _DEEPEST:
        raise Unreadable(
            f"is packed more than {_DEEPEST} times over", way_out="unpack it a little first"
        )
    return msgspec.structs.replace(reading, depth=reading.depth + 1)


def _member_name(source: Source, name: str) -> str:
    return f"{source.name}/{printable(name.removeprefix('./'))}"


def _is_hidden(name: str) -> bool:
    parts = [part for part in name.replace("\\", "/").split("/") if part not in {"", ".", ".."}]
    return any(part.startswith(".") or part == "__MACOSX" for part in parts)


def _refuse_unsafe(name: str) -> None:
    """Refuse a name that points out of the archive.  Nothing is written; it would mislead."""
    if name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/"):
        raise Unreadable(
            "has a name that leads out of the archive", way_out="pack it under a plain name"
        )


def _refuse_office(members: list[zipfile.ZipInfo]) -> None:
    """Word, Excel, OpenDocument and EPUB files are zips, but not archives of reports."""
    names = {member.filename for member in members}
    if "[Content_Types].xml" in names or "mimetype" in names:
        raise Unreadable("is an office document", way_out="save it as plain text or CSV")


def _refuse_if_empty(any_member: bool) -> None:
    if not any_member:
        raise Unreadable("is an archive without reports", way_out="look whether it is whole")


GZIP = Form("gzip", _is_gzip, _read_gzip)
TAR = Form("tar", _is_tar, _read_tar)
ZIP = Form("zip", _is_zip, _read_zip)
