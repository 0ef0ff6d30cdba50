"""Points: a stretch of a sentence that tells several things agreed, cut where each begins.

In: a paragraph and a stretch of its tokens.  Out: stretches, one a point, without the commas and
conjunctions between them.  The parse hangs long lists in many ways, so a cut is made where the
words show one: a comma or an "and", and behind it a thing of the kind that the list has.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from itertools import pairwise

from spacy.tokens import Doc

from parley.parsing.layout import Layout, lay_out

Stretch = tuple[int, int]
"""A part of a paragraph: its first token, and the one behind its last."""

_ALWAYS = frozenset({";", "•"})
_COMMAS = frozenset({",", ":", "–", "—"}) | _ALWAYS
_AND = frozenset({"and", "or"})
# What may stand between a comma and what it parts from what went before.
_BETWEEN = frozenset({"that", "while", "whereas", "also", "then", "finally", "secondly", "thirdly"})
_QUOTES = frozenset({'"', "“", "”", "'", "‘", "’", "''", "``"})
_EDGES = (
    _COMMAS
    | _AND
    | _QUOTES
    | frozenset({".", "!", "?", "-", "that", "while", "whereas", "but", "(", ")"})
)
_TURNS = frozenset(
    {"but", "although", "though", "after", "because", "yet", "despite", "amid", "however"}
)
_RELATIVE = frozenset({"WDT", "WP", "WP$"})
_OPENING = frozenset({"DET", "NUM", "ADJ", "ADV", "PART", "PUNCT"})
_MODIFYING = frozenset({"det", "nummod", "amod", "compound", "poss", "nmod", "quantmod"})
_DETERMINING = frozenset({"DT", "CD", "PRP$", "PDT"})
_NOUNS = frozenset({"NOUN", "PROPN"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "expl", "csubj"})


def cut_clauses(doc: Doc, stretch: Stretch) -> list[Stretch]:
    """Cut where a clause with a subject of its own begins: "X will leave, Y is to come"."""
    layout, (start, end) = lay_out(doc), stretch
    starts = {i + 1 for i in range(start, end) if layout.lowers[i] in _ALWAYS}
    for verb in range(start, end):
        if layout.pos[verb] not in ("VERB", "AUX"):
            continue
        for label, i in layout.below[verb]:
            if label in _SUBJECTS and i < verb and layout.tags[i] not in _RELATIVE:
                first = doc[i].left_edge.i
                if layout.tags[first] not in _RELATIVE and _is_parted(layout, first, start):
                    starts.add(first)
    return _cut(layout, stretch, starts)


def cut_verbs(doc: Doc, stretch: Stretch) -> list[Stretch]:
    """Cut where the next verb of one subject begins: "to stop X, (to) open Y and (to) free Z"."""
    layout, (start, end) = lay_out(doc), stretch
    starts = set()
    for i in range(start + 1, end - 1):
        if layout.tags[i] == "VB" and layout.pos[i] == "VERB":
            first = i
            while first > start and layout.lowers[first - 1] in ("to", "not", "jointly", "also"):
                first -= 1
            if _is_parted(layout, first, start):
                starts.add(first)
    return _cut(layout, stretch, starts)


def cut_predicates(doc: Doc, stretch: Stretch, known: Container[str]) -> list[Stretch]:
    """Cut where the next verb of a text begins: "divides X, keeps Y and bars Z".

    `known` are lemmas that are taken for such a verb even where the parse has a noun.
    """
    layout, (start, end) = lay_out(doc), stretch
    starts = set()
    for i in range(start + 1, end - 1):
        verb = layout.pos[i] == "VERB" and layout.deps[i] == "conj" and not _has_subject(layout, i)
        named = layout.lemmas[i] in known and layout.tags[i] in ("VBZ", "NNS", "VBP", "VBD")
        if (verb or named) and layout.tags[i] not in ("VBG", "VBN"):
            if _is_parted(layout, i, start):
                starts.add(i)
    return _cut(layout, stretch, starts)


def cut_nouns(doc: Doc, stretch: Stretch) -> list[Stretch]:
    """Cut where the next noun of a list begins: "the release of X, an amnesty and a new court".

    A noun that the parse has under one of the list is its next, and so is one behind a comma
    with an article where the first has one; behind commas the last "and" ends the list.
    """
    layout, (start, end) = lay_out(doc), stretch
    top = head_of_phrase(layout, start, end)
    if top is None:
        return [stretch]
    tops = {top}
    determined = layout.tags[start] in _DETERMINING
    starts, by_comma, by_word = set[int](), False, False
    for i in range(start + 1, end):
        if not _is_parted(layout, i, start):
            continue
        again = layout.lowers[i] in ("for", "on") and layout.deps[i] == "prep"
        by_word = by_word or again
        head = head_of_phrase(layout, i + again, end)
        if head is None or i < top or (by_word and not again):
            continue
        if layout.ents[head] in ("DATE", "TIME"):
            continue
        above = layout.heads[head]
        comma = layout.lowers[i - 1] in _COMMAS
        alike = (layout.tags[i] in _DETERMINING) == determined
        own = above in tops or above < start
        last = by_comma and not _AND.intersection(layout.lowers[head:end])
        inner = layout.deps[head] == "conj" and not own and layout.ents[above] != "DATE"
        if again or own or (comma and alike) or (last and (alike or not inner)):
            starts.add(i)
            tops.add(head)
            by_comma = by_comma or comma
    return [
        (first + (layout.lowers[first] in ("for", "on")), behind)
        for first, behind in _cut(layout, stretch, starts)
    ]


def head_of_phrase(layout: Layout, start: int, end: int) -> int | None:
    """Return the noun of the phrase that begins at a token, None where none does."""
    for i in range(start, end):
        if layout.pos[i] in _NOUNS or layout.tags[i] == "VBG":
            if layout.deps[i] not in _MODIFYING or not i < layout.heads[i] < end:
                return i
        elif layout.lowers[i] in _COMMAS or (
            layout.pos[i] not in _OPENING and layout.deps[i] not in _MODIFYING
        ):
            return None
    return None


def before_turn(layout: Layout, stretch: Stretch) -> int:
    """Return where a stretch ends, or turns to something else: "..., but the army refused"."""
    start, end = stretch
    for i in range(start + 1, end):
        if layout.lowers[i] in _TURNS and layout.lowers[i - 1] == ",":
            return i - 1
    return end


def trimmed(layout: Layout, stretch: Stretch) -> Stretch:
    """Return a stretch without the punctuation and the conjunctions at its ends.

    A quotation mark is left where its other one stands within.
    """
    start, end = stretch
    while start < end and (layout.lowers[start] in _EDGES or _is_loose(layout, start, stretch)):
        start += 1
    while end > start and (
        layout.lowers[end - 1] in _EDGES or _is_loose(layout, end - 1, (start, end))
    ):
        end -= 1
    return start, end


def _is_loose(layout: Layout, i: int, stretch: Stretch) -> bool:
    """Tell whether a quotation mark has no other inside, or encloses all there is."""
    if layout.lowers[i] not in _QUOTES:
        return False
    marks = [j for j in range(*stretch) if layout.lowers[j] in _QUOTES]
    return len(marks) % 2 == 1 or (marks[0] == stretch[0] and marks[-1] == stretch[1] - 1)


def _cut(layout: Layout, stretch: Stretch, starts: Iterable[int]) -> list[Stretch]:
    start, end = stretch
    bounds = sorted({start, *(i for i in starts if start < i < end), end})
    parts = (trimmed(layout, part) for part in pairwise(bounds))
    return [part for part in parts if part[1] > part[0]]


def _is_parted(layout: Layout, i: int, start: int) -> bool:
    """Tell whether a comma or an "and" stands before a word, not before the stretch's first."""
    i -= 1
    while i > start and layout.lowers[i] in _BETWEEN:
        i -= 1
    return i > start and layout.lowers[i] in _COMMAS | _AND


def _has_subject(layout: Layout, verb: int) -> bool:
    return any(label in _SUBJECTS for label, _ in layout.below[verb])
