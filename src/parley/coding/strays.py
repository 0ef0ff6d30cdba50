"""Strays: sentences whose words sound like a happening and tell history, fiction, a mishap.

In: the word that would name the happening.  Out: whether its sentence tells of another age,
of what a film or novel tells, of nature and accident, or of a feast.  The words are in
`data/factuality.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from spacy.tokens import Doc, Token

from parley.coding.syntax import (
    agents,
    ancestors,
    children,
    is_passive,
    is_verbal,
    lower_lemmas_in,
    near,
    objects,
    prepositions,
    subjects,
)
from parley.coding.words import aftermath_words, factuality_words
from parley.model import EventType
from parley.parsing.layout import lay_out

# No press report tells what happened before; 1900 leaves room for what is recalled.
_HISTORIC = re.compile(r"^1[0-8]\d\d$")
# "Bandits stormed a village": weather when it is a noun.
_ALSO_DONE = frozenset({"storm", "flood"})
_RUNNING_INTO = frozenset({"hit", "strike", "ram"})
_CAUSING = frozenset({"in", "by", "from", "under", "of"})
_OF_SPORT = 2
_VERDICTS = frozenset({"violation", "breach", "infringement", "crime", "atrocity"})
_IT = frozenset({"it", "this", "that", "these", "which"})
# "Who call themselves observers": verbs that give a name, where they have it beside an object.
_NAMING = frozenset({"call", "name", "term", "dub"})
_OF_YEARS = frozenset({"in", "of", "since", "from", "until", "by", "year", "early", "late"})


def is_verdict(noun: Token) -> bool:
    """Tell whether a noun only says what is thought of a deed: "It is a violation of the truce"."""
    verb = noun.head
    return (
        noun.dep_ == "attr"
        and noun.lemma_ in _VERDICTS
        and any(word.lower_ in _IT for word in children(verb, "nsubj"))
    )


def is_history(token: Token) -> bool:
    """Tell whether the sentence of a word dates what it tells before 1900."""
    years = _years_of_old(token.doc)
    if not years:
        return False
    layout, around = lay_out(token.doc), near(token)
    for i in years:
        if not max(around.start, 1) <= i < around.end:
            continue
        word = token.doc[i]
        counts = word.dep_ == "nummod" and word.head.i > word.i
        if layout.lowers[i - 1] in _OF_YEARS and not counts:
            return True
    return False


def _years_of_old(doc: Doc) -> list[int]:
    """Return where a paragraph has what may be a year before 1900."""
    layout = lay_out(doc)
    known: list[int] | None = layout.found.get("years_of_old")
    if known is None:
        known = [i for i, lower in enumerate(layout.lowers) if _HISTORIC.match(lower)]
        layout.found["years_of_old"] = known
    return known


def is_fiction(token: Token) -> bool:
    """Tell whether a word stands in what a film or a novel tells."""
    works = factuality_words().works
    if works.isdisjoint(lower_lemmas_in(token.doc)):
        return False
    for above in (token, *ancestors(token)):
        if above.pos_ == "VERB" and any(
            noun.lemma_.lower() in works for noun in children(above, "nsubj")
        ):
            return above != token or above.lemma_ in ("tell", "open", "end", "begin")
        if above.pos_ == "VERB" and any(
            name == "in" and noun.lemma_.lower() in works for name, noun in prepositions(above)
        ):
            return True  # "in the novel a general is killed"
        if above.dep_ == "pobj" and above.head.lower_ in ("about", "on", "of"):
            if above.head.head.lemma_.lower() in works:
                return True
    return False


def _is_bare(noun: Token) -> bool:
    """Tell a fire from "artillery fire" and "heavy fire"."""
    return not children(noun, "compound", "amod", "poss", "nmod") and not (
        noun.dep_ == "pobj" and noun.head.lower_ not in ("by", "in")
    )


def is_harmless(kind: EventType, token: Token) -> bool:
    """Tell whether it is nature's or chance's, a feast, a game, or a name that is given."""
    if is_sport(token):
        return True
    if kind == "ASSAULT":
        return is_accident(token)
    if kind == "CONSULT":
        # "Men who call themselves observers", "they call it a siege": nobody is called up.
        naming = token.lemma_ in _NAMING and children(token, "dobj")
        return bool(naming) and bool(children(token, "oprd"))
    # "Were taken from the mosque and marched to a field": who is marched there protests not.
    return kind == "PROTEST" and (is_festive(token) or _is_led_off(token))


def _is_led_off(token: Token) -> bool:
    if token.lemma_ != "march" or not is_verbal(token):
        return False
    # "Taken from home and marched off": the parse may call the second of two participles active.
    first = token.head if token.dep_ == "conj" and not children(token, "nsubj") else token
    return is_passive(first)


def is_sport(token: Token) -> bool:
    """Tell whether the paragraph of a word is about sport, where nobody is hurt on purpose."""
    words, told = factuality_words(), lower_lemmas_in(token.doc)
    return len(told & words.sports) >= _OF_SPORT and told.isdisjoint(words.unsporting)


def _is_done(word: Token, lemma: str) -> bool:
    """Tell whether somebody does what else befalls: "stormed a village", "the bomber crashed"."""
    if word.pos_ != "VERB":
        return False
    doers = {noun.lemma_.lower() for noun in subjects(word)}
    return lemma in _ALSO_DONE or not doers.isdisjoint(aftermath_words().involved)


def is_accident(token: Token) -> bool:
    """Tell whether a sentence speaks of nature or accident, which assault nobody."""
    words = factuality_words()
    layout, around = lay_out(token.doc), near(token)
    if _accident_lemmas().isdisjoint(lower_lemmas_in(token.doc)):
        return _is_of_hazard(token)
    for i in range(around.start, around.end):
        lemma, word = layout.lemmas[i].lower(), token.doc[i]
        if lemma in words.accident_words and not _is_done(word, lemma):
            return True
        if lemma in words.blazes and word.dep_ in ("nsubj", "pobj") and _is_bare(word):
            return True
        if i and f"{layout.lowers[i - 1]} {lemma}" in words.accident_phrases:
            return True
        if lemma in words.mishap_verbs and _is_vehicle(subjects(word)):
            return True
        if lemma in _RUNNING_INTO and _is_vehicle(subjects(word)) and _is_vehicle(objects(word)):
            return True
    return _is_of_hazard(token)


@cache
def _accident_lemmas() -> frozenset[str]:
    """Return the lemmas of which a sentence has one that speaks of an accident."""
    words = factuality_words()
    last = {phrase.rpartition(" ")[2] for phrase in words.accident_phrases}
    return words.accident_words | words.blazes | words.mishap_verbs | _RUNNING_INTO | last


def _is_vehicle(nouns: Sequence[Token]) -> bool:
    return any(noun.lemma_.lower() in factuality_words().vehicles for noun in nouns)


def _is_of_hazard(token: Token) -> bool:
    """'Three were killed when a wall fell on them', 'died in a snowstorm': nobody did it.

    Rain and walls are about where people fight as well, so it takes a death that nobody is told
    to have caused, and a hazard that is its cause: the subject of its clause, or behind "in".
    """
    if token.pos_ != "VERB" or agents(token) or (objects(token) and not is_passive(token)):
        return False
    hazards = factuality_words().hazards
    clauses = children(token, "advcl", "prep")
    causes = [noun for clause in clauses for noun in children(clause, "nsubj", "nsubjpass")]
    causes += [noun for name, noun in prepositions(token) if name in _CAUSING]
    return any(noun.lemma_.lower() in hazards for noun in causes)


def is_festive(token: Token) -> bool:
    """Tell whether a march is part of a feast: "dancers marched on the first day of carnival"."""
    layout, around = lay_out(token.doc), near(token)
    festivities = factuality_words().festivities
    return any(layout.lemmas[i].lower() in festivities for i in range(around.start, around.end))
