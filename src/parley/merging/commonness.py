"""Commonness: how rare a word is in English at large, in bits.

In: folded words.  Out: how telling it is that two reports share one.  The ranks are those
of `data/commonness.tsv` (made by `benchmarks/commonness.py`); a word's share of running text
follows from its rank by Zipf's law.  What a record itself says most does not count here,
so that the evidence between two mentions is the same whatever else the record holds, and
whenever it came.
"""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.resources import files
from math import exp, log2

from parley.errors import DataError

RAREST = 9.5  # bits: of a word that the table does not have
_SHARE = 0.1  # Zipf: the share of the word of rank r in running text is about 0.1 / r
_REPORT = 400  # words of a report


@lru_cache(maxsize=32768)
def rarity(word: str) -> float:
    """Return the bits by which a folded word is rare: -log2 of the share of reports with it.

    0 for a word of every report, `RAREST` for one that is not in the table of common words.
    """
    found = [_ranks().get(form) for form in (word, f"{word}s")]
    ranks = [rank for rank in found if rank is not None]
    if not ranks:
        return RAREST
    reports = 1 - exp(-_REPORT * _SHARE / max(min(ranks), 1))
    return round(min(-log2(reports), RAREST), 2)


@cache
def _ranks() -> dict[str, int]:
    """Return word -> rank.  Raises DataError, naming file and line."""
    path = files("parley.merging") / "data" / "commonness.tsv"
    found: dict[str, int] = {}
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise DataError(f"parley/merging/data/commonness.tsv: {error}; install again") from error
    for number, line in enumerate(lines, 1):
        word, _, rank = line.partition("\t")
        if not word or not rank.isdecimal():
            raise DataError(
                f"parley/merging/data/commonness.tsv: line {number}: a word, a tab and a rank are "
                f"wanted, not {line!r}; install again"
            )
        found[word] = int(rank)
    return found
