"""Prefaces: what stands before or behind what a sentence says, and whose text it makes that.

In: a sentence.  Out: the part without "the envoy said", and the agreement that speaks in it ("...,
the memorandum says") or that stands before it ("Under the deal, ...").
"""

from __future__ import annotations

from functools import cache

from spacy.tokens import Doc, Token

from parley.coding.points import Stretch, trimmed
from parley.coding.syntax import children
from parley.coding.words import agreement_words, provision_words, speech_words
from parley.parsing.layout import Layout, lay_out

_RELATIVE = frozenset({"WDT", "WP"})
_DEFINITE = frozenset({"the", "this", "that", "its", "their", "these", "those"})
_ENDS = frozenset({",", ";", "(", "in", "on", "with", "between", "for", "to", "at", "from", "by"})
_PARTED = frozenset({",", "”", '"', "’", "'", "''"})
_NAMING = frozenset({"DET", "NOUN", "PROPN"})
# How many words a preface has at most, and how many stand between a speaker and what is said.
_LONGEST = 30
_SHORT = 12


def content_of(doc: Doc, sentence: Stretch) -> tuple[Stretch, Token | None]:
    """Return a sentence without who says it, and the agreement whose text says it."""
    layout, (start, end) = lay_out(doc), sentence
    saying = _saying()
    for verb in range(start, end):
        if layout.lemmas[verb] not in saying or layout.pos[verb] != "VERB":
            continue
        behind = _speech_behind(layout, verb, start)
        if behind is not None:
            return trimmed(layout, (start, behind)), _text_that(doc[verb])
        opened = next((i for i in range(verb + 1, end) if layout.lowers[i] == "that"), None)
        if opened is not None and layout.deps[opened] == "mark" and verb - start < _SHORT:
            return trimmed(layout, (opened + 1, end)), _text_that(doc[verb])
    return trimmed(layout, sentence), None


@cache
def _saying() -> frozenset[str]:
    """Return the verbs of saying that are none of laying down: "stipulates that" is one."""
    speech = speech_words()
    return (speech.asserts | speech.claims | speech.confirms) - provision_words().holding.keys()


def _speech_behind(layout: Layout, verb: int, start: int) -> int | None:
    """Return where ", the envoy said" begins, None where no speaker trails behind what is said."""
    for i in range(verb - 1, max(start + 2, verb - _SHORT), -1):
        if layout.lowers[i] in _PARTED:
            named = i + 1 < verb or not _NAMING.isdisjoint(layout.pos[verb + 1 : verb + 2])
            return i if named and layout.lowers[i + 1] not in ("who", "which", "and") else None
        if layout.pos[i] in ("VERB", "AUX", "SCONJ"):
            return None
    return None


def _text_that(verb: Token) -> Token | None:
    """Return the agreement that speaks: "the memorandum says"."""
    words = provision_words()
    named = words.agreements | words.papers
    said = children(verb, "nsubj")
    return next((noun for noun in said if noun.lemma_.lower() in named), None)


def front_of(layout: Layout, start: int, end: int) -> tuple[int, int, int] | None:
    """Return the agreement of "under the deal", and where that phrase begins and ends."""
    words = provision_words()
    if agreement_words().isdisjoint(layout.lemmas[start:end]):
        return None
    for i in range(start, end):
        for phrase in _prefaces().get(layout.lowers[i], ()):
            behind = i + len(phrase)
            if tuple(layout.lowers[i:behind]) != phrase:
                continue
            noun = _agreement_in(layout, behind, end)
            loose = phrase in (("in",), ("by",), ("per",))
            if noun is None or (loose and layout.lowers[behind] not in _DEFINITE):
                continue
            if (
                layout.lemmas[noun].lower() in words.papers
                and layout.lowers[behind] not in _DEFINITE
            ):
                continue
            return noun, i, _behind_phrase(layout, noun, end)
    return None


@cache
def _prefaces() -> dict[str, list[tuple[str, ...]]]:
    """Return the phrases by their first word."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in provision_words().prefaces:
        words = tuple(phrase.split())
        found.setdefault(words[0], []).append(words)
    return found


def _agreement_in(layout: Layout, start: int, end: int) -> int | None:
    """Return the agreement that a noun phrase names: "the Minsk agreement", "the terms of it"."""
    found = None
    for i in range(start, min(start + 9, end)):
        lemma, pos = layout.lemmas[i].lower(), layout.pos[i]
        if lemma in agreement_words() and pos in ("NOUN", "PROPN"):
            found = i
            linked = i + 1 < end and layout.lowers[i + 1] in ("of", "-")
            if not linked and not (layout.deps[i] == "compound" and layout.heads[i] > i):
                return i
        elif layout.lowers[i] in _ENDS or (pos in ("VERB", "AUX") and layout.deps[i] != "amod"):
            break
    return found


def _behind_phrase(layout: Layout, noun: int, end: int) -> int:
    """Return the token behind "the deal, which was reached in Geneva," or "the deal"."""
    at = noun + 1
    if at < end and layout.lowers[at] == ",":
        if at + 1 < end and (
            layout.tags[at + 1] in _RELATIVE or layout.tags[at + 1] in ("VBN", "IN")
        ):
            again = _comma(layout, at + 1, end)
            return at + 1 if again is None else again + 1
        return at + 1
    modified = at < end and (layout.tags[at] in ("VBN", "IN", "WDT") or layout.deps[at] == "acl")
    comma = _comma(layout, at, end) if modified else None
    return at if comma is None else comma + 1


def _comma(layout: Layout, start: int, end: int) -> int | None:
    stop = min(end, start + _LONGEST)
    return next((i for i in range(start, stop) if layout.lowers[i] == ","), None)
