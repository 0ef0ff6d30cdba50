"""Where a command writes: a file that is whole or not there, or standard output."""

from __future__ import annotations

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
    from parley.export.files import write_whole  # noqa: PLC0415 - slow to load

    try:
        write_whole(Path(to), pieces)
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            raise
        raise ParleyError(
            f"{to}: cannot be written ({error.strerror or error}); what was there is as before; "
            f"give another file with -o"
        ) from error
