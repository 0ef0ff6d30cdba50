"""Paths, folders, addresses and standard input: what is read, in a fixed order."""

from __future__ import annotations

import os
import re
import stat
import sys
from collections.abc import Iterator

from parley.model import Report
from parley.reading.fetching.address import without_secrets
from parley.reading.fetching.pages import Pages
from parley.reading.form import Reading
from parley.reading.registry import because
from parley.reading.source import Source, open_file, printable
from parley.reading.unreadable import Unreadable

STANDARD_INPUT = "-"
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)
# Met in a folder these are programs and their settings, which are text and no report.
_PROGRAMS = tuple(".py .pyc .js .css .sh .c .h .java .toml .yml .yaml .ini".split())
_Place = tuple[int, int]  # device and inode: what tells folders apart whatever their names


def read_path(path: str, reading: Reading, pages: Pages) -> Iterator[Report]:
    """Yield the reports under one path as given by the user, or at an address on the web."""
    if _ADDRESS.match(path):
        try:
            yield from pages.read(path, reading)
        except Unreadable as error:
            reading.report(printable(without_secrets(path)), error)
        except OSError as error:
            reading.report(printable(without_secrets(path)), because(error))
        return
    try:
        if path == STANDARD_INPUT:
            yield from reading.read(Source(path, sys.stdin.buffer), reading)
        elif stat.S_ISDIR(os.stat(path).st_mode):  # noqa: PTH116 - the path stays as given
            yield from _read_folder(path, reading)
        else:
            yield from _read_file(path, reading)
    except Unreadable as error:
        reading.report(printable(path), error)
    except OSError as error:
        reading.report(printable(path), because(error))
    except ValueError as error:  # a NUL in the path
        reading.report(printable(path), Unreadable(f"is no path ({error})", way_out="check it"))


def list_path(path: str, reading: Reading) -> Iterator[str]:
    """Yield the files under one path of a file or folder, in the order in which they are read."""
    try:
        if stat.S_ISDIR(os.stat(path).st_mode):  # noqa: PTH116 - the path stays as given
            yield from _list_folder(path, reading)
        else:
            yield path
    except Unreadable as error:
        reading.report(printable(path), error)
    except OSError as error:
        reading.report(printable(path), because(error))
    except ValueError as error:  # a NUL in the path
        reading.report(printable(path), Unreadable(f"is no path ({error})", way_out="check it"))


def _list_folder(path: str, reading: Reading) -> Iterator[str]:
    any_file = False
    for file in _walk(path, reading, within=(), seen=set()):
        any_file = True
        yield file
    if not any_file:
        raise Unreadable(
            "is a folder without reports", way_out="give one that has text files in it"
        )


def _read_folder(path: str, reading: Reading) -> Iterator[Report]:
    for file in _list_folder(path, reading):
        try:
            yield from _read_file(file, reading)
        except Unreadable as error:
            reading.report(printable(file), error)
        except OSError as error:
            reading.report(printable(file), because(error))


def _read_file(path: str, reading: Reading) -> Iterator[Report]:
    with open_file(path) as file:
        yield from reading.read(Source(printable(path), file), reading)


def _walk(
    folder: str, reading: Reading, *, within: tuple[_Place, ...], seen: set[_Place]
) -> Iterator[str]:
    """Yield the files under a folder by name, each folder once, hidden ones left out."""
    place = _place(folder)
    if place in within:
        reading.report(
            printable(folder),
            Unreadable("links back to a folder that it lies in", way_out="remove the link"),
        )
        return
    if place in seen:
        return
    seen.add(place)
    try:
        names = sorted(os.listdir(folder))  # noqa: PTH208 - a Path would rewrite the name
    except OSError as error:
        reading.report(printable(folder), because(error))
        return
    for name in names:
        if name.startswith(".") or name.endswith(_PROGRAMS):
            continue
        path = os.path.join(folder, name)  # noqa: PTH118 - keeps "./" as the user gave it
        if os.path.isdir(path):  # noqa: PTH112
            yield from _walk(path, reading, within=(*within, place), seen=seen)
        else:
            yield path


def _place(folder: str) -> _Place:
    status = os.stat(folder)  # noqa: PTH116
    return status.st_dev, status.st_ino
