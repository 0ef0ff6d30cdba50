"""Which line of a page is the report's headline."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from parley.reading.cues import recognise
from parley.reading.furniture import recognise_furniture
from parley.reading.lines import Line, split_lines
from parley.reading.masthead import headline_part, is_masthead, outlet_of, split_strip

# The headline stands among the first lines; what the report is about, in its first paragraphs.
_TOP = 15
_LONGEST = 300
_LOOKED_AT = 20_000
_BODY = 8
# Four words that return below are as good as more: a line of twenty is no better headline.
_ENOUGH = 4
_MARKUP = re.compile(r"^#{1,6}\s+|\s+#+$|^(\*\*|__)(?=\S)|(?<=\S)(\*\*|__)$")

_MARKS = "#*_"
_WORD = re.compile(r"[^\W_]+")


def find_headline(text: str) -> str | None:
    """Return the headline of a text, None where no line looks like one.

    Of the lines above the first paragraph that have the shape of a headline, it is the
    one of which most words return in the paragraphs below, the first of several that are
    about as good; names of sites, slogans and sections share few.  A line that stands
    there twice is it in any case.
    """
    line = find_headline_line(split_lines(text[:_LOOKED_AT]))
    return bare(headline_part(line).text) if line else None


@lru_cache(maxsize=2)  # asked for the headline, and for what is clutter beside it
def find_headline_line(lines: tuple[Line, ...]) -> Line | None:
    """Return the line that is the headline; see `find_headline`."""
    first = next((at for at, line in enumerate(lines) if _opens(line)), None)
    if first is None:
        return None
    about = set[str]().union(*(line.content for line in lines[first : first + _BODY]))
    top = [line for line in lines[: min(first, _TOP)] if line.is_headline]
    plain = [line for line in top if not _is_clutter(line)]
    candidates = plain or [line for line in top if _is_labelled(line)]
    repeated = Counter(normal(line.text) for line in lines[: first + 1])
    scores = [
        _ENOUGH
        if repeated[normal(line.text)] > 1
        else min(len(headline_part(line).content & about), _ENOUGH)
        for line in candidates
    ]
    best = max(scores, default=0)
    good = best if best < _ENOUGH else best - 1
    return next(
        (line for line, score in zip(candidates, scores, strict=True) if 0 < good <= score), None
    )


def find_outlet(text: str) -> str | None:
    """Return the outlet that a text names at its beginning, None where it names none."""
    lines = split_lines(text[:_LOOKED_AT])
    first = next((at for at, line in enumerate(lines) if _opens(line)), 0)
    return outlet_of(lines, first)


@lru_cache(maxsize=256)
def normal(text: str) -> str:
    """Return a headline in the form in which its copies are alike."""
    return " ".join(_WORD.findall(bare(text[:_LONGEST]).casefold()))


def bare(text: str) -> str:
    """Return a headline without Markdown's marks."""
    if not any(map(text.__contains__, _MARKS)):
        return text.strip()
    return _MARKUP.sub("", text).strip()


@lru_cache(maxsize=256)
def _opens(line: Line) -> bool:
    """Whether a line is the first paragraph of the report."""
    return line.is_paragraph and not _is_clutter(line)


def _is_clutter(line: Line) -> bool:
    return bool(
        recognise(line, edge=True)
        or recognise_furniture(line, edge=True)
        or is_masthead(line.text)
        or (headline_part(line) is line and not line.is_paragraph and split_strip(line))
    )


def _is_labelled(line: Line) -> bool:
    """Whether only a label in front ("Watch:", "Opinion |") speaks against a headline."""
    found = recognise(line, edge=True)
    return found is not None and found.shape == "label"
