"""Delegates: for whom a person acts by the words beside the name.

In: a person's name in a line.  Out: the token that heads the phrase of those whom the person
stands for: "X, representing the front", "Representing the front, X said", "X signed for the
government and Y for the front", "X signed on behalf of the front".  "X of the front" is not
looked at: as many are of a university or a town.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from parley.grounding.lexicon import Lexicon
from parley.grounding.lines import NOMINAL, Line
from parley.grounding.runs import Run

_BEFORE = frozenset({"DET", "ADJ"})
_QUOTES = frozenset({"'", "‘", '"', "“"})
_BETWEEN = 4  # tokens between a name and the "for" of "X has signed for the government"


def stands_for(line: Line, run: Run, lexicon: Lexicon) -> int | None:
    """Return the head of the phrase that a person is told to act for, None where none is."""
    behind = run.last
    if behind >= len(line):
        return _at_the_head(line, run, lexicon)
    if line.text[behind] == ",":
        behind += 1
    if behind < len(line) and line.lower[behind] in lexicon.offices.representing:
        return _object(line, behind)
    if _is_of_signing(line, run, lexicon):
        for at in range(run.last, min(run.last + _BETWEEN, len(line))):
            if line.text[at] == "," and at > run.last:
                break
            if line.lower[at] == "for" or " ".join(line.lower[at : at + 3]) == "on behalf of":
                return _phrase_behind(line, at + 1 if line.lower[at] == "for" else at + 3)
    return _at_the_head(line, run, lexicon)


def _object(line: Line, verb: int) -> int | None:
    """Return what a participle governs: "representing the front", "acting for the front"."""
    at = verb + 1
    if at < len(line) and line.lower[at] == "for":
        at += 1
    return _phrase_behind(line, at)


def _at_the_head(line: Line, run: Run, lexicon: Lexicon) -> int | None:
    """Return the party of "Representing the front, X said": it opens the person's sentence."""
    sentence = line.sentence[run.first]
    first = run.first
    while first > 0 and line.sentence[first - 1] == sentence:
        first -= 1
    if line.lower[first] not in lexicon.offices.representing or line.text[run.first - 1] != ",":
        return None
    return _object(line, first)


def _is_of_signing(line: Line, run: Run, lexicon: Lexicon) -> bool:
    """Tell whether the sentence of a name is one of signing, in which "for" tells for whom."""
    sentence = line.sentence[run.first]
    first, last = bisect_left(line.sentence, sentence), bisect_right(line.sentence, sentence)
    return not lexicon.offices.signing.isdisjoint(line.lemma[first:last])


def _phrase_behind(line: Line, first: int) -> int | None:
    """Return the head of the noun phrase that begins at a token, None where none does."""
    head: int | None = None
    for at in range(first, len(line)):
        if line.pos[at] in NOMINAL:
            head = at
        elif head is not None or not (line.pos[at] in _BEFORE or line.text[at] in _QUOTES):
            break
    return head
