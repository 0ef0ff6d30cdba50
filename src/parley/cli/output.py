"""Files that are whole or not there."""

from __future__ import annotations

import os
import secrets
import sys
from collections.abc import Iterable
from pathlib import Path

from parley.errors import ParleyError


def write_bytes(pieces: Iterable[bytes], *, to: str | None) -> None:
    """Write pieces of bytes to a file, or to standard output where `to` is None or "-".

    A file gets its name when all of it is written; until then what was there stays.
    Raises `ParleyError` naming the file and the way out.
    """
    if to is None or to == "-":
        for piece in pieces:
            sys.stdout.buffer.write(piece)
        sys.stdout.buffer.flush()
        return
    path = Path(to)
    try:
        if path.exists() and not path.is_file():
            # A pipe or a device takes what comes; there is nothing to put in its place.
            with path.open("wb") as stream:
                stream.writelines(pieces)
        else:
            _replace(path.resolve(), pieces)
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            raise
        raise ParleyError(
            f"{to}: cannot be written ({error.strerror or error}); what was there is as before; "
            f"give another file with -o"
        ) from error


def _replace(path: Path, pieces: Iterable[bytes]) -> None:
    half = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with half.open("xb") as stream:
            stream.writelines(pieces)
            stream.flush()
            os.fsync(stream.fileno())
        if path.exists():
            half.chmod(path.stat().st_mode & 0o777)
        half.replace(path)
    finally:
        half.unlink(missing_ok=True)
