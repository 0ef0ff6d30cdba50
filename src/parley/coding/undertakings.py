"""Undertakings: what a verb of agreeing, or one of an agreement's text, holds behind it.

In: the verb, in its sentence.  Out: the points: "agreed to A and to B", "agreed on A and B"; "The
accord provides for A and B", "The treaty divides A and bars B".
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from spacy.tokens import Doc, Token

from parley.coding.points import (
    Stretch,
    before_turn,
    cut_clauses,
    cut_nouns,
    cut_predicates,
    cut_verbs,
    head_of_phrase,
    trimmed,
)
from parley.coding.syntax import children, is_passive, subjects
from parley.coding.words import agreement_words, provision_words
from parley.parsing.layout import Layout, lay_out

_RELATIVE = frozenset({"WDT", "WP"})
_ASKING = frozenset({"WRB", "WP", "WDT"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})


class Laid(Struct, frozen=True):
    """What an agreement lays down, from its verb on, and the word for it unless it is "it"."""

    points: tuple[Stretch, ...]
    whole: Stretch
    noun: Token | None


def bound_points(doc: Doc, verb: int, end: int) -> list[Stretch]:
    """Return what a verb of agreeing binds its subject to: "agreed to A, B and C"."""
    layout = lay_out(doc)
    takes = provision_words().binding.get(layout.lemmas[verb])
    return [] if takes is None else _held(doc, verb, end, takes)


def laid_down(doc: Doc, stretch: Stretch, *, spoke: bool) -> Laid | None:
    """Return what a sentence has an agreement lay down: "The accord provides for A and B"."""
    layout, words = lay_out(doc), provision_words()
    start, end = stretch
    for verb in range(start, end):
        lemma = layout.lemmas[verb]
        if lemma not in words.holding and lemma not in words.laying:
            continue
        if layout.pos[verb] != "VERB" or any(label == "neg" for label, _ in layout.below[verb]):
            continue
        if is_passive(doc[verb]):
            continue
        noun = _laying(doc[verb], spoke=spoke)
        if noun is None:
            continue
        parts = cut_predicates(doc, (verb, end), words.laying | words.holding.keys())
        points = [point for part in parts for point in _of_predicate(doc, part)]
        if points:
            return Laid(tuple(points), (verb, end), None if noun.pos_ == "PRON" else noun)
    return None


def _laying(verb: Token, *, spoke: bool) -> Token | None:
    """Return the agreement that a verb has for its subject; "it" is one that was spoken of."""
    words = provision_words()
    own = children(verb, "nsubj")
    if verb.dep_ == "relcl" and own and own[0].tag_ not in _RELATIVE:
        # "a notice which the agreement requires"
        return None
    for noun in subjects(verb):
        if noun.lemma_.lower() in agreement_words() and noun.pos_ in ("NOUN", "PROPN"):
            return noun
        if spoke and noun.lower_ == "it" and verb.tag_ in ("VBZ", "VB"):
            return noun
        if spoke and noun.lower_ == "it" and verb.lemma_ in words.holding and verb.tag_ == "VBD":
            return noun if verb.lemma_ != "call" else None
    return None


def _of_predicate(doc: Doc, part: Stretch) -> list[Stretch]:
    """Return the points of one verb of an agreement and what stands behind it."""
    layout, words = lay_out(doc), provision_words()
    verb, end = part
    while layout.pos[verb] != "VERB" and layout.lemmas[verb] not in words.laying and verb < end - 1:
        verb += 1
    lemma = layout.lemmas[verb]
    takes = words.holding.get(lemma)
    held = [] if takes is None else _held(doc, verb, end, takes)
    if held or lemma not in words.laying or _is_done(layout, verb):
        return held
    infinitives = [
        i
        for i in range(verb + 1, end - 1)
        if layout.lowers[i] == "to" and layout.tags[i + 1] == "VB"
    ]
    if infinitives and not words.hopes.intersection(layout.lemmas[verb + 1 : infinitives[0]]):
        controls = any(label in ("xcomp", "ccomp", "acl") for label, _ in layout.below[verb])
        if controls and len(cut_verbs(doc, (infinitives[0], end))) > 1:
            first, *others = cut_verbs(doc, (infinitives[0], end))
            return [trimmed(layout, (verb + 1, first[1])), *others]
        if controls:
            return [trimmed(layout, (verb + 1, end))]
    hoped = words.hopes.intersection(layout.lemmas[verb + 1 : min(verb + 7, end)])
    return [] if hoped or verb + 1 >= end else [trimmed(layout, (verb, end))]


def _is_done(layout: Layout, verb: int) -> bool:
    """Tell whether a verb tells what an agreement did: "the deal divided the party"."""
    tag = layout.tags[verb]
    return tag == "VBD" or (
        tag == "VBN"
        and any(layout.lowers[i] in ("has", "have", "had") for _, i in layout.below[verb])
    )


def _held(doc: Doc, verb: int, end: int, takes: Sequence[str]) -> list[Stretch]:
    """Return what a verb takes, by one of the prepositions or none: infinitives, clauses, nouns."""
    layout = lay_out(doc)
    end = _before_aside(doc, verb, before_turn(layout, (verb + 1, end)))
    for i in range(verb + 1, end - 1):
        lower = layout.lowers[i]
        if lower == "to" and layout.tags[i + 1] in ("VB", "RB"):
            negated = layout.lowers[i - 1] in ("not", "never")
            return cut_verbs(doc, _first_clause(doc, (i - negated, end)))
        if lower == "that" and layout.deps[i] == "mark":
            clauses = cut_clauses(doc, (i + 1, end))
            return [point for clause in clauses for point in cut_verbs(doc, clause)]
        if lower in takes and lower and layout.ents[i + 1] not in ("DATE", "TIME"):
            return _listed(doc, _first_clause(doc, (i + 1, end)))
        if "" in takes and _begins_object(layout, doc, verb, i):
            return _listed(doc, _first_clause(doc, (i, end)))
        if layout.tags[i] in ("WDT", "WP") or (layout.lowers[i] in (";",)):
            break
    return []


def _before_aside(doc: Doc, verb: int, end: int) -> int:
    """Return where begins what only says when it was: "agreed to meet after ten were killed"."""
    layout, words = lay_out(doc), provision_words()
    for label, i in layout.below[verb]:
        if verb < i < end and label in ("prep", "advcl"):
            first = doc[i].left_edge.i
            if first > verb + 1 and layout.lowers[first] in words.asides:
                return first
    return end


def _begins_object(layout: Layout, doc: Doc, verb: int, i: int) -> bool:
    return any(
        label in ("dobj", "ccomp", "attr") and doc[child].left_edge.i == i
        for label, child in layout.below[verb]
    )


def _first_clause(doc: Doc, stretch: Stretch) -> Stretch:
    """Return a stretch up to where another subject begins: "to leave, and the mayor said ..."."""
    return next(iter(cut_clauses(doc, stretch)), stretch)


def _listed(doc: Doc, stretch: Stretch) -> list[Stretch]:
    """Return the nouns of a list.  An agreement is no point of itself: "agreed on a truce"."""
    layout, words = lay_out(doc), provision_words()
    start, end = stretch
    start = next((i + 1 for i in range(start, end) if layout.lowers[i] == ":"), start)
    if start >= end or layout.lowers[start] in ("no", "neither", "none"):
        return []
    head = head_of_phrase(layout, start, end)
    if head is None or layout.tags[start] in _ASKING or layout.deps[head] in _SUBJECTS:
        return []
    points = cut_nouns(doc, (start, end))
    named = {lemma.lower() for lemma in layout.lemmas[start : head + 1]}
    alone = len(points) == 1 and not named.isdisjoint(words.agreements | words.papers)
    return [] if alone else points
