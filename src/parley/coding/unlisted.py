"""Places that no gazetteer has: streets, buildings and quarters, by the words of their names.

In: a word.  Out: the `Place` that its name names, without coordinates, where it names one.
The words are in `data/places.toml`.
"""

from __future__ import annotations

from spacy.tokens import Token

from parley.coding.syntax import children
from parley.coding.words import place_words
from parley.grounding import Grounding
from parley.model import Place, PlacePrecision, Trace
from parley.parsing import end_of, start_of

_PLACES = frozenset({"GPE", "LOC", "FAC", ""})


def unlisted_place(token: Token, grounding: Grounding, *, plainly: bool) -> Place | None:
    """Return the place that a word names and no list has, None where it names none.

    A street is known by its last word, a quarter by the noun behind its name, a village by its
    being called one.  A building or any other name is a place only where it is `plainly` told as
    one: behind "in", "at", "near".
    """
    words, last = place_words(), token.lower_.rstrip(".")
    if token.pos_ == "NOUN" and token.lemma_.lower() in words.quarters:
        return _quarter(token, grounding)
    if token.pos_ != "PROPN" or last in words.wards:
        return None
    first = _first(token)
    if first < token.i and last in words.streets:
        return _named(token, first, grounding, "point")
    if _is_called_settlement(token):
        return _named(token, first, grounding, "city")
    if not plainly:
        return None
    if first < token.i and last in words.buildings and token.ent_type_ != "PERSON":
        return _named(token, first, grounding, "point")
    reference = grounding.reference(token)
    if token.ent_type_ not in _PLACES or (reference is not None and reference.members):
        return None
    return _named(token, first, grounding, "unknown")


def _is_called_settlement(name: Token) -> bool:
    """'The village of Masau', 'Masau, a village near Beni'."""
    nouns = children(name, "appos")
    if name.dep_ == "pobj" and name.head.lower_ == "of":
        nouns = [*nouns, name.head.head]
    return any(noun.lemma_.lower() in place_words().settlements for noun in nouns)


def _quarter(noun: Token, grounding: Grounding) -> Place | None:
    """'The Queensborough neighborhood', 'in the Machil sector'."""
    for name in reversed(children(noun, "compound", "nmod")):
        if name.pos_ == "PROPN" and name.i == noun.i - 1 and name.ent_type_ in _PLACES | {"ORG"}:
            if grounding.place(name) is None and grounding.reference(name) is None:
                return _named(name, _first(name), grounding, "area")
    return None


def _first(token: Token) -> int:
    """Return where the name begins that a word ends."""
    first, doc = token.i, token.doc
    while first > 0 and doc[first - 1].pos_ == "PROPN":
        before = doc[first - 1]
        if before.head != token and before.dep_ != "compound":
            break
        first -= 1
    return first


def _named(token: Token, first: int, grounding: Grounding, precision: PlacePrecision) -> Place:
    span = token.doc[first : token.i + 1]
    trace = Trace(report=grounding.parse.report.id, start=start_of(span), end=end_of(span))
    return Place(name=span.text, precision=precision, evidence=(trace,))
