"""Places that no gazetteer has: streets, buildings and quarters, by the words of their names.

In: a word.  Out: the `Place` that its name names, without coordinates, where it names one.
The words are in `data/places.toml`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from msgspec.structs import replace
from spacy.tokens import Token

from parley.coding.grounds import names_ground
from parley.coding.lexicon import Lexicon
from parley.coding.patterns import lemma_of
from parley.coding.syntax import children, lower_lemmas_in
from parley.coding.words import place_words
from parley.grounding import Grounding
from parley.model import Place, PlacePrecision, Trace
from parley.parsing import end_of, start_of
from parley.parsing.layout import lay_out

_MARKED = frozenset({"GPE", "LOC", "FAC"})
_PLACES = _MARKED | {""}
_AIMED = frozenset({"on", "at", "against"})
# Behind these a name is a place, whoever else is called so.
_PLAINLY = frozenset({"in", "near", "outside", "around"})
# How the name of a town may refer: to itself, or to the government that sits there.
_TOWNS = frozenset({"name", "metonym"})


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
    if names_ground(token, grounding):
        return mistaken_place(token, grounding) or _named(token, first, grounding, "unknown")
    if not plainly:
        return _known(token, first, grounding) or _marked(token, first, grounding)
    if first < token.i and last in words.buildings and token.ent_type_ != "PERSON":
        return _named(token, first, grounding, "point")
    reference = grounding.reference(token)
    if token.ent_type_ not in _PLACES or (reference is not None and reference.members):
        return None
    return _named(token, first, grounding, "unknown")


def mistaken_place(token: Token, grounding: Grounding) -> Place | None:
    """Return the place of a name that is taken for a person's or a body's, None where it has none.

    No party is one, and no country: who is told as where is hardly the ground of a whole state.
    """
    if token.pos_ == "NOUN" and token.text.islower():
        return _of_common_noun(token, grounding)
    if token.pos_ != "PROPN" or not token.text[:1].isupper() or _is_party(token, grounding):
        return None
    named = _named(token, _first_of_name(token), grounding, "unknown")
    known = grounding.place_called(named.name)
    if known is None:
        return named
    return None if known.precision == "country" else replace(known, evidence=named.evidence)


def _of_common_noun(noun: Token, grounding: Grounding) -> Place | None:
    """'The Chanomi creek', 'the Malakand division': by the name before it, where that is known."""
    name = noun.doc[noun.i - 1] if noun.i else noun
    if name.pos_ != "PROPN" or name.head != noun or name.ent_type_ == "NORP":
        return None
    if _is_party(name, grounding):
        return None
    first = _first_of_name(name)
    known = grounding.place_called(name.doc[first : name.i + 1].text)
    if known is None:
        return _named(noun, first, grounding, "unknown")
    if known.precision == "country":
        return None
    return replace(known, evidence=_named(name, first, grounding, "unknown").evidence)


def _is_party(name: Token, grounding: Grounding) -> bool:
    reference = grounding.reference(name)
    return reference is not None and any(m.party.kind != "person" for m in reference.members)


def _first_of_name(token: Token) -> int:
    """Return where the name begins that a word ends, be it one that the model has marked."""
    first, _ = _marked_as(token)
    return first if first < token.i else _first(token)


def _marked_as(token: Token) -> tuple[int, int]:
    """Return the first and last word of the name that the model has marked about a word."""
    inside, first, last = lay_out(token.doc).inside, token.i, token.i
    while first > 0 and inside[first]:
        first -= 1
    while first < token.i and token.doc[first].pos_ == "DET":
        first += 1
    while last + 1 < len(inside) and inside[last + 1]:
        last += 1
    return first, last


def _known(token: Token, first: int, grounding: Grounding) -> Place | None:
    """'Masau' alone, where the report says "in Masau" or "the village of Masau" elsewhere."""
    if token.head.pos_ == "PROPN":
        return None
    precision = told_places(grounding).get(token.doc[first : token.i + 1].text)
    if precision is None:
        return None
    return _named(token, first, grounding, precision)


def _marked(token: Token, first: int, grounding: Grounding) -> Place | None:
    """'An attack on Damboa', 'took Damboa': what the model takes for a town, and nobody is."""
    aimed = token.dep_ == "pobj" and token.head.lower_ in _AIMED
    struck = token.dep_ in ("dobj", "nsubjpass")
    if token.ent_type_ != "GPE" or not (aimed or struck):
        return None
    if grounding.reference(token) is not None:
        return None
    return _named(token.doc[_marked_as(token)[1]], first, grounding, "unknown")


@lru_cache(maxsize=4)
def told_places(grounding: Grounding) -> Mapping[str, PlacePrecision]:
    """Return the names without a gazetteer that a report tells as places somewhere."""
    found: dict[str, PlacePrecision] = {}
    for doc in grounding.parse.docs:
        layout = lay_out(doc)
        for i, (pos, label) in enumerate(zip(layout.pos, layout.deps, strict=True)):
            if pos != "PROPN" or label not in ("pobj", "appos"):
                continue
            token = doc[i]
            if grounding.place(token) is not None or grounding.reference(token) is not None:
                continue
            name = doc[_first(token) : token.i + 1].text
            if _is_called_settlement(token):
                found[name] = "city"
            elif token.head.lower_ in _PLAINLY and token.ent_type_ in _PLACES:
                found.setdefault(name, "unknown")
    return found


def names_scene(name: Token, grounding: Grounding, lexicon: Lexicon) -> bool:
    """Tell whether violence is called by its place: "the Bamako attack", "Masau raid".

    A name that no list has is a place, not a party, unless it is an abbreviation; so is one that
    is taken for a person's of whom nothing else is known.  A country's may be either, and is none.
    """
    if name.pos_ not in ("PROPN", "NOUN", "ADJ") or not name.text[:1].isupper():
        return False
    reference, place = grounding.reference(name), grounding.place(name)
    if place is not None and (reference is None or reference.how in _TOWNS):
        return place.precision != "country"
    if reference is not None and any(m.party.kind != "person" for m in reference.members):
        return False
    known = any(lemma_of(name) in lexicon.classes[of] for of in ("people", "force", "body"))
    return name.pos_ == "PROPN" and not known and not name.text.isupper()


def names_venue(name: Token, grounding: Grounding) -> bool:
    """Tell whether a paper or talks are called by the town of their making: "the Doha document".

    Two capitals joined stand for their states: "Ankara-Damascus talks".
    """
    if name.dep_ not in ("compound", "amod", "nmod") or name.pos_ != "PROPN":
        return False
    beside = name.doc[max(0, name.i - 1) : name.i + 2]
    if any(word.text in ("-", "–", "/", ",", "and") for word in beside):
        return False
    reference, place = grounding.reference(name), grounding.place(name)
    town = place is not None and place.precision not in ("country", "region")
    return town and (reference is None or reference.how in _TOWNS)


def _is_called_settlement(name: Token) -> bool:
    """'The village of Masau', 'Masau, a village near Beni'."""
    if place_words().settlements.isdisjoint(lower_lemmas_in(name.doc)):
        return False
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
    # "Ain el-Sukhna": a hyphen does not end the name of a town.
    return min(first, _marked_as(token)[0]) if token.ent_type_ in _MARKED else first


def _named(token: Token, first: int, grounding: Grounding, precision: PlacePrecision) -> Place:
    span = token.doc[first : token.i + 1]
    trace = Trace(report=grounding.parse.report.id, start=start_of(span), end=end_of(span))
    return Place(name=span.text, precision=precision, evidence=(trace,))
