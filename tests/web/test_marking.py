"""Spans over a text, cut into pieces."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from parley.web.marking import Span, cut

TEXTS = st.text(max_size=40)
SPANS = st.lists(st.tuples(st.integers(-3, 45), st.integers(-3, 45), st.integers(0, 5)), max_size=8)


@given(TEXTS, SPANS)
def test_the_pieces_are_the_text(text, spans):
    """Joined, the pieces are the text; each character has just the spans that cover it."""
    wanted = [Span(start, end, (number, what)) for number, (start, end, what) in enumerate(spans)]
    pieces = list(cut(text, wanted))
    assert "".join(piece.text for piece in pieces) == text
    for piece in pieces:
        for at in range(piece.start, piece.start + len(piece.text)):
            covering = {span.what for span in wanted if span.start <= at < span.end}
            assert set(piece.covering) == covering


@given(TEXTS, SPANS)
def test_each_span_begins_once(text, spans):
    """A span with characters of the text in it begins in one piece, an empty one in none."""
    wanted = [Span(start, end, (number, what)) for number, (start, end, what) in enumerate(spans)]
    begun = [what for piece in cut(text, wanted) for what in piece.begins]
    there = [s.what for s in wanted if max(0, s.start) < min(len(text), s.end)]
    assert sorted(begun) == sorted(there)
