"""Spans of a text, overlapping ones too, cut into pieces that can be marked one by one.

In: a text and spans over it, in code points.  Out: pieces that together are the text,
each with the spans that cover it; HTML's elements nest, spans do not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Generic, TypeVar

from msgspec import Struct

What = TypeVar("What")


class Span(Struct, Generic[What], frozen=True):
    """Characters [start, end) of a text, and what they stand for."""

    start: int
    end: int
    what: What


class Piece(Struct, Generic[What], frozen=True):
    """A stretch of a text over which no span begins or ends.

    `start` is its place in the text; `covering` what covers it, the longest first;
    `begins` what of that begins with it.
    """

    start: int
    text: str
    covering: tuple[What, ...]
    begins: tuple[What, ...]


def cut(text: str, spans: Iterable[Span[What]]) -> Iterator[Piece[What]]:
    """Yield the pieces of a text; spans that lie outside of it, or are empty, are left out."""
    length = len(text)
    clipped = [
        Span(max(0, span.start), min(length, span.end), span.what)
        for span in spans
        if span.start < span.end and span.start < length and span.end > 0
    ]
    clipped.sort(key=lambda span: (span.start, -span.end))
    bounds = sorted({0, length, *(s.start for s in clipped), *(s.end for s in clipped)})
    open_: list[Span[What]] = []
    ahead = 0
    for start, end in pairwise(bounds):
        open_ = [span for span in open_ if span.end > start]
        begins: list[Span[What]] = []
        while ahead < len(clipped) and clipped[ahead].start == start:
            begins.append(clipped[ahead])
            ahead += 1
        open_.extend(begins)
        yield Piece(
            start,
            text[start:end],
            tuple(span.what for span in _longest_first(open_)),
            tuple(span.what for span in begins),
        )


def _longest_first(spans: Sequence[Span[What]]) -> list[Span[What]]:
    return sorted(spans, key=lambda span: (span.start - span.end, span.start))
