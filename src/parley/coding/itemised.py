"""Itemised: lists of what was agreed that stand in a sentence, not in lines of their own.

In: a sentence, and whether an agreement was told before it or is in it.  Out: its points: behind
a colon ("The accord has three points: A; B; C", "agreed on the following: A, B and C"), lettered
or numbered ("It contains (a) A; (b) B"), or parted by semicolons right behind an agreement ("...
signed a truce; A; B").
"""

from __future__ import annotations

import re
from itertools import pairwise

from spacy.tokens import Doc

from parley.coding.moods import is_term, main_verb
from parley.coding.points import (
    Stretch,
    before_turn,
    cut_clauses,
    cut_nouns,
    cut_predicates,
    trimmed,
)
from parley.coding.topics import find_topics
from parley.coding.words import agreement_words, provision_words
from parley.parsing.layout import Layout, lay_out

_QUOTES = frozenset({'"', "“", "‘", "'", "''", "``"})
_SHORT = 6  # words of "From now on:"
_LEAST = 2  # items that make a list
_MARK = re.compile(r"\(?([a-h]|[1-9]|1[0-9]|i{1,3}|iv|vi{0,3})\)")


def list_in(
    doc: Doc, sentence: Stretch, *, told: bool, own: bool, agreed: bool
) -> tuple[list[Stretch], int]:
    """Return the items of a sentence's list, and where the list begins; none where it has none.

    `told` says that an agreement, or its terms, were told right before, `own` that the
    sentence tells one itself, and `agreed` that the report told one anywhere before.
    """
    layout, (start, end) = lay_out(doc), sentence
    colon = _colon(layout, sentence)
    if colon is not None and _opens(layout, start, colon, told=told, own=own, agreed=agreed):
        behind = (colon + 1, end)
        items = _marked(doc, behind) or _parted(layout, behind) or cut_clauses(doc, behind)
        terms = _verbs(doc, _terms(doc, items))
        if not terms and _says_parts(layout, (start, colon)):
            terms = (_things(doc, items) if len(items) > 1 else []) or _things(
                doc, _nouns(doc, behind)
            )
        return terms, colon + 1
    marked = _marked(doc, sentence)
    if marked and _opens(layout, start, marked[0][0], told=told, own=own, agreed=agreed):
        return _verbs(doc, _terms(doc, marked)) or _things(doc, marked), marked[0][0]
    parts = _parted(layout, sentence) if told or own else []
    if own and parts:
        # The first part tells the agreement, or what is agreed by its verb.
        terms = parts[1:]
        fits = all(_fits(doc, part) for part in terms)
        return (_verbs(doc, terms) if fits else []), (terms[0][0] if terms else end)
    if parts and all(_fits(doc, part) for part in parts):
        return _verbs(doc, parts), start
    return [], end


def opens_parts(doc: Doc, sentence: Stretch) -> bool:
    """Tell whether a sentence says that an agreement has parts: "The plan has three stages."."""
    layout, (start, end) = lay_out(doc), sentence
    verb = main_verb(doc, sentence)
    if verb is None or end - start > 2 * _SHORT:
        return False
    before, behind = layout.lemmas[start:verb], layout.lemmas[verb:end]
    words = provision_words()
    return (
        not agreement_words().isdisjoint(before)
        and layout.lemmas[verb] in words.having
        and not words.parts.isdisjoint(behind)
        and any(layout.tags[i] == "CD" for i in range(verb, end))
    )


def _colon(layout: Layout, sentence: Stretch) -> int | None:
    start, end = sentence
    for i in range(start + 1, end - 2):
        if layout.lowers[i] == ":" and layout.lowers[i + 1] not in _QUOTES:
            return i
    return None


def _opens(layout: Layout, start: int, colon: int, *, told: bool, own: bool, agreed: bool) -> bool:
    """Tell whether what stands before a colon opens the terms of an agreement."""
    if own:
        return True
    words = provision_words()
    lemmas = {lemma.lower() for lemma in layout.lemmas[start:colon]}
    if told and colon - start <= _SHORT:
        return True
    opening = words.agreements | words.parts if agreed else words.agreements
    return not lemmas.isdisjoint(opening | words.papers if told else opening)


def _says_parts(layout: Layout, opening: Stretch) -> bool:
    """Tell whether words say that something has parts: "has three points", "consists of".

    "Has three signatories" has others.
    """
    words = provision_words()
    start, end = opening
    if any(layout.lemmas[i].lower() in words.parts | words.opening for i in range(start, end)):
        return True
    verbs = (i for i in range(end - 1, start, -1) if layout.pos[i] not in ("ADP", "ADV"))
    last = next(verbs, start)
    return layout.lemmas[last] in words.having or layout.lemmas[last] in words.holding


def _nouns(doc: Doc, stretch: Stretch) -> list[Stretch]:
    """Return the nouns of a list up to where the sentence turns to something else."""
    layout, (start, _) = lay_out(doc), stretch
    return cut_nouns(doc, trimmed(layout, (start, before_turn(layout, stretch))))


def _things(doc: Doc, items: list[Stretch]) -> list[Stretch]:
    """Return items without verbs where they are what agreements are about, none where not."""
    layout = lay_out(doc)
    if len(items) < _LEAST or any(main_verb(doc, item) is not None for item in items):
        return []
    about = [item for item in items if find_topics(layout.lemmas[item[0] : item[1]])]
    return items if 2 * len(about) > len(items) and all(_fits(doc, i) for i in items) else []


def _marked(doc: Doc, stretch: Stretch) -> list[Stretch]:
    """Return what letters or numbers in brackets open, without them: "(a) A; (b) B"."""
    layout, (start, end) = lay_out(doc), stretch
    marks = [
        (token.start, token.end)
        for token in (
            doc.char_span(match.start(), match.end(), alignment_mode="expand")
            for match in _MARK.finditer(doc.text)
        )
        if token is not None and start <= token.start and token.end < end
    ]
    if len(marks) < _LEAST:
        return []
    bounds = [*(first for first, _ in marks), end]
    items = [
        trimmed(layout, (behind, bound))
        for (_, behind), bound in zip(marks, bounds[1:], strict=True)
    ]
    return [item for item in items if item[1] > item[0]]


def _parted(layout: Layout, stretch: Stretch) -> list[Stretch]:
    """Return what semicolons part, nothing where there is none."""
    start, end = stretch
    marks = [i for i in range(start, end) if layout.lowers[i] == ";"]
    if not marks:
        return []
    bounds = [start - 1, *marks, end]
    parts = [trimmed(layout, (one + 1, two)) for one, two in pairwise(bounds)]
    return [part for part in parts if part[1] > part[0]]


def _terms(doc: Doc, items: list[Stretch]) -> list[Stretch]:
    """Return the items where they are terms: most say what is to be or holds, none what was."""
    if len(items) < _LEAST or not all(_fits(doc, item) for item in items):
        return []
    plain = [item for item in items if _is_plain_term(doc, item)]
    return items if 2 * len(plain) >= len(items) else []


def _verbs(doc: Doc, items: list[Stretch]) -> list[Stretch]:
    """Cut items where the next verb of one subject begins: "stay in the camps, carry no arms"."""
    return [point for item in items for point in cut_predicates(doc, item, ())]


def _is_plain_term(doc: Doc, item: Stretch) -> bool:
    layout, (start, _) = lay_out(doc), item
    infinitive = layout.tags[start] == "VB" or layout.lowers[start] == "to"
    return infinitive or is_term(doc, item, present=True)


def _fits(doc: Doc, item: Stretch) -> bool:
    """Tell whether an item may be a term: what has no verb may, and what is not told as done."""
    layout = lay_out(doc)
    if any(layout.lowers[i] in _QUOTES for i in range(*item)):
        return False
    verb = main_verb(doc, item)
    if verb is None:
        return "VBD" not in layout.tags[item[0] : item[1]]
    return is_term(doc, item, present=True)
