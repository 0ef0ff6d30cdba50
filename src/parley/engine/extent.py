"""How far a run has come through its input, by the bytes of the files."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from parley.model import Report


class Extent:
    """The files under some paths and their sizes, in the order in which they are read.

    An estimate for a progress bar: what cannot be looked at counts nothing.
    """

    def __init__(self, paths: Sequence[str]) -> None:
        self._begins: dict[str, int] = {}
        self._sizes: dict[str, int] = {}
        self._total = 0
        self._reached = 0
        self._within: dict[str, int] = {}
        for path in paths:
            for file, size in _files(path):
                self._begins.setdefault(file, self._total)
                self._sizes.setdefault(file, size)
                self._total += size

    @property
    def total(self) -> int:
        """How many bytes there are, as far as anybody knows."""
        return self._total

    @property
    def reached(self) -> float | None:
        """Which part of the bytes is behind, None where nothing is known."""
        return self._reached / self._total if self._total else None

    def share(self, report: Report) -> float | None:
        """Return which part of the bytes lies before the end of a report, 0 to 1.

        None where nothing is known.  It never goes back from one report to the next.
        """
        file = report.source
        while file not in self._begins:
            shorter = file.rpartition("#")[0]
            if not shorter:
                return self.reached
            file = shorter
        size = self._sizes[file]
        if file == report.source:
            within = size
        else:
            # A row or a member: its text is most of what the file holds.
            within = self._within.get(file, 0) + len(report.text.encode("utf-8", "replace"))
            self._within = {file: within}
        self._reached = max(self._reached, self._begins[file] + min(within, size))
        return self.reached


def _files(path: str) -> Iterator[tuple[str, int]]:
    try:
        if os.path.isdir(path):  # noqa: PTH112 - sources are strings, as they were given
            for folder, folders, names in os.walk(path):
                folders.sort()
                for name in sorted(names):
                    file = os.path.join(folder, name)  # noqa: PTH118
                    yield file, Path(file).stat().st_size
        else:
            yield path, Path(path).stat().st_size
    except (OSError, ValueError):
        return
