"""Fates: what became of people, where no word that names the happening says it.

In: a word that names violence.  Out: the numbers that the clause over it tells ("40 are missing
after the raid", "3,000 fled the fighting"), and those of its headline, which has no clause that
a parse could be sure of ("5 killed, 12 hurt in Cotabato blast", "Blast kills 3, injures 10").
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from parley.coding.counts import Tally, bodies_found, kind_of_word, numbers_of
from parley.coding.lexicon import Lexicon
from parley.coding.numbers import is_number, read
from parley.coding.patterns import lemma_of
from parley.coding.syntax import (
    children,
    clause_verb,
    is_passive,
    is_verbal,
    near,
    objects,
    prepositions,
    subjects,
)
from parley.coding.words import number_words
from parley.model import CountKind
from parley.parsing import kind_of
from parley.parsing.layout import lay_out

_AFTER = frozenset({"after", "following", "in", "during", "from", "amid", "since", "by"})
_SINCE = frozenset({"after", "as", "since", "when", "because", "while"})
_DOING = frozenset({"kill", "injure", "wound", "hurt"})
_HARMED = frozenset({"killed", "wounded", "missing"})
# How many words stand between a number and what became of the counted: "12 more people feared".
_BETWEEN = 4
# So many words "14 guardsmen dead, nine hurt." has at most, and what a sentence has instead.
_FRAGMENT = 9
_UNFINISHED = frozenset({"VBZ", "VBP", "MD", "IN", "TO"})


def fates_of(word: Token, lexicon: Lexicon) -> Iterator[Tally]:
    """Yield what the clause over a happening says became of people in it."""
    if kind_of(word) == "headline" or _is_telegraphed(word):
        yield from _of_headline(word)
        yield from _of_fragments(word)
        return
    yield from _of_clause(word, lexicon)
    yield from _of_fragments(word)


def _of_clause(word: Token, lexicon: Lexicon) -> Iterator[Tally]:
    """Yield what the clause over a happening says became of people in it."""
    verb = _over(word)
    if verb is None:
        return
    yield from bodies_found(verb, lexicon)
    what = _state_of(verb)
    if what is None:
        return
    for noun in subjects(verb):
        if what != "displaced" or noun.lemma_.lower() not in lexicon.classes["force"]:
            for number in numbers_of(noun, lexicon=lexicon):
                yield Tally(what, number)


def _over(word: Token) -> Token | None:
    """Return the verb that a happening is told to stand behind, or that flees it."""
    if is_verbal(word):
        marks = {mark.lower_ for mark in children(word, "mark", "advmod")}
        behind = word.dep_ == "advcl" and not marks.isdisjoint(_SINCE)
        return word.head if behind and is_verbal(word.head) else None
    verb = clause_verb(word)
    if verb is None or any(noun == word for noun in objects(verb)):
        return verb
    told = any(name in _AFTER and noun == word for name, noun in prepositions(verb))
    return verb if told else None


def _state_of(verb: Token) -> CountKind | None:
    """Return what a verb says became of its subject, where it is no violence by itself."""
    lemma = lemma_of(verb)
    if verb.lower_ == "missing" or lemma == "disappear":
        return "missing"
    if kind_of_word(lemma) == "displaced":
        return "displaced" if lemma in ("flee", "evacuate") or is_passive(verb) else None
    if lemma not in ("be", "remain", "fear", "report", "believe", "presume", "confirm"):
        return None
    if any(name == "in" and noun.lemma_ == "hospital" for name, noun in prepositions(verb)):
        return "wounded"
    states = children(verb, "acomp", "oprd", "attr", "xcomp")
    kinds = [kind_of_word(state.lower_) for state in states if state.pos_ == "ADJ"]
    return next((kind for kind in kinds if kind in _HARMED), None)


def _of_fragments(word: Token) -> Iterator[Tally]:
    """Yield what right behind a sentence stands without a verb: "Four dead. Eleven wounded."."""
    layout = lay_out(word.doc)
    at = layout.ends[word.i]
    while at < len(word.doc) and layout.ends[at] - at <= _FRAGMENT:
        tags = layout.tags[at : layout.ends[at]]
        if not any(is_number(each) for each in word.doc[at : layout.ends[at]]):
            return
        if "AUX" in layout.pos[at : layout.ends[at]] or not _UNFINISHED.isdisjoint(tags):
            return
        yield from _of_headline(word.doc[at])
        at = layout.ends[at]


def _is_telegraphed(word: Token) -> bool:
    """Tell whether a sentence is short of verbs: "Ambush near Baila, three dead, 5 wounded".

    Words of harm are its only verbs, and none has a helper or an article before its subject.
    """
    line = near(word)
    if any(each.pos_ == "AUX" or each.tag_ == "MD" for each in line):
        return False
    verbs, terse = [e for e in line if e.tag_ in ("VBD", "VBZ", "VBP")], number_words().terse
    told = [each for each in verbs if each.lemma_ not in _DOING and each.lemma_ not in terse]
    if any(children(each, "nsubj") for each in told):
        return False
    if any(children(each, "ccomp") for each in told):
        return False
    held = [noun for each in verbs for noun in objects(each)]
    # "Army 3 killed 8 wounded" is parsed as if the 3 had killed 8.
    return not held or (all(map(is_number, held)) and not any(each.pos_ == "DET" for each in line))


def _of_headline(word: Token) -> Iterator[Tally]:
    """Yield the numbers of a headline that stand before or behind what became of the counted."""
    line = near(word)
    for state in line:
        what = kind_of_word(state.lower_) or kind_of_word(lemma_of(state))
        if what not in _HARMED or what is None:
            continue
        counted = _before(state) or _behind(state)
        number = read(counted, counted) if counted is not None else None
        if number is not None:
            yield Tally(what, number)


def _before(state: Token) -> Token | None:
    """Return the number before "dead", "killed", "soldiers feared dead"."""
    if state.tag_ not in ("JJ", "VBN", "VBD", "VBG", "NN"):
        return None
    if state.dep_ == "amod" and state.head.i > state.i:  # "three killed officers' homes"
        return None
    start = near(state).start
    for at in range(state.i - 1, max(start, state.i - _BETWEEN) - 1, -1):
        word = state.doc[at]
        if is_number(word) and word.ent_type_ != "DATE":
            return word
        if word.is_punct or word.pos_ in ("ADP", "CCONJ", "SCONJ") or kind_of_word(word.lower_):
            return None
    return None


def _behind(state: Token) -> Token | None:
    """Return the number behind "kills", "at least" before it: "injures at least 10"."""
    if state.lemma_ not in _DOING or state.tag_ not in ("VBZ", "VBD", "VBP", "VBG", "NNS"):
        return None
    for word in state.doc[state.i + 1 : near(state).end][:_BETWEEN]:
        if is_number(word):
            return word
        if word.pos_ in ("NOUN", "PROPN", "VERB") or word.is_punct:
            return None
    return None
