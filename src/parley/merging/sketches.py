"""Sketches: how a report is known again in another that has most of its words.

In: a report.  Out: its `Sketch`, a few numbers from which follow how much of it two reports
share, and the keys by which copies find each other.  Method: MinHash over runs of words
(Broder, On the resemblance and containment of documents, 1997), in bands (Indyk and Motwani
1998).  Wire copy, syndicated text and updates of one story share most of their runs of four
words; two desks that write of one happening for themselves share hardly any.
"""

from __future__ import annotations

import hashlib
import re
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias
from unicodedata import normalize

from msgspec import Struct

from parley.merging.stories import without_boilerplate
from parley.model import Report, digest

_WORD = re.compile(r"[^\W_]+")
_RUN = 4  # words of a run
_ROWS = 3  # of a band: two that share a third of their runs meet in one of them by one half
_BANDS = 20
_HALVES = 0.4  # of all runs of both: of one length, with a paragraph or two of their own
_PART = 0.7  # of the runs of the shorter one: cut, or an update with more
_LEAST = 0.2  # of all runs of both: from so little a part can still be told
_ENOUGH = 16  # runs that copies share, or every word: a formula of one line makes no copy

if TYPE_CHECKING:
    import numpy as np

    Numbers: TypeAlias = np.ndarray[Any, Any]


class Sketch(Struct, frozen=True):
    """The least hash of a report's runs of words under each of some functions.

    `runs` is how many different runs there are.
    """

    runs: int
    least: tuple[int, ...]

    @property
    def id(self) -> str:
        """What all reports with the same words have in common."""
        return digest("c", repr((self.runs, self.least)))

    def bands(self) -> list[int]:
        """Return the keys, of 63 bits, of which copies share one at least."""
        return [
            _number(repr((band, self.least[band * _ROWS : (band + 1) * _ROWS]))) >> 1
            for band in range(_BANDS)
        ]


def sketch_of(report: Report) -> Sketch | None:
    """Return the sketch of a report without its boilerplate, None where it has no words."""
    import numpy as np  # noqa: PLC0415 - slow to load, and only new reports need it

    words = _WORD.findall(normalize("NFKC", without_boilerplate(report)).casefold())
    if not words:
        return None
    runs = {" ".join(words[at : at + _RUN]) for at in range(max(1, len(words) - _RUN + 1))}
    hashes = np.array(sorted(_number(run) for run in runs), dtype=np.uint64)
    factors, terms = _functions()
    least = ((hashes[:, None] * factors + terms) >> np.uint64(32)).min(axis=0)
    return Sketch(runs=len(runs), least=tuple(int(value) for value in least))


def copies_among(sketch: Sketch, least: Numbers, runs: Numbers) -> Numbers:
    """Return for each of several sketches whether it is a copy's: `least` has a row for each.

    Of two copies one was made from the other, or both from a third.
    """
    import numpy as np  # noqa: PLC0415 - slow to load, and only new reports need it

    same = (least == np.array(sketch.least)).mean(axis=1)
    shared = same / (1 + same) * (runs + sketch.runs)
    whole = (same == 1) & (runs == sketch.runs)
    part = (same >= _LEAST) & (shared >= _PART * np.minimum(runs, sketch.runs))
    found: Numbers = whole | ((shared >= _ENOUGH) & ((same >= _HALVES) | part))
    return found


@cache
def _functions() -> tuple[Numbers, Numbers]:
    """Return the factors and terms of the hash functions, the same on every machine."""
    import numpy as np  # noqa: PLC0415 - slow to load, and only new reports need it

    count = _ROWS * _BANDS
    factors = [_number(f"factor {number}") | 1 for number in range(count)]
    terms = [_number(f"term {number}") for number in range(count)]
    return np.array(factors, dtype=np.uint64), np.array(terms, dtype=np.uint64)


def _number(text: str) -> int:
    raw = text.encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(raw, digest_size=8).digest())
