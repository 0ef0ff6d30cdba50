"""Tolls: what a sentence says of a figure itself, that it grew or that it is corrected.

In: the words that name violence, and the numbers that `counts` found with them.  Out: the
numbers that stand, those that no longer do, and without those that are a part of a toll told
beside them.  "The toll was revised from seven to five", "five people, not seven", "earlier
reports of ten dead were wrong", "the toll rose to 14 after two of the wounded died".  The words
are in `data/counts.toml`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec
from spacy.tokens import Token

from parley.coding.counts import Tally, kind_of_word
from parley.coding.numbers import Number, read_number, value_of
from parley.coding.patterns import lemma_of
from parley.coding.syntax import (
    ancestors,
    children,
    is_verbal,
    lower_lemmas_in,
    near,
    objects,
    prepositions,
    subjects,
)
from parley.coding.words import number_words
from parley.model import CountKind

_TO, _FROM, _AS = frozenset({"to", "at"}), frozenset({"from"}), frozenset({"as"})
# How many words may stand between "not" or "from" and its number.
_REACH = 4
_HARMED: tuple[CountKind, ...] = ("killed", "wounded", "missing")
_BEING = frozenset({"be", "prove", "turn"})
_WHOLE = frozenset(
    {"month", "year", "week", "quarter", "war", "conflict", "uprising", "insurgency"}
)


def told_of_toll(words: Sequence[Token], found: Sequence[Tally]) -> list[Tally]:
    """Return the numbers of a happening, given its words and the numbers that they govern."""
    toll = next((verb for word in words if (verb := _toll_verb(word)) is not None), None)
    grown = list(_grown(toll)) if toll is not None else []
    if grown and not _is_of_span(toll):
        # What else the sentence counts is a part of the toll, or how it was before.
        kinds = {tally.what for tally in grown if not tally.corrected}
        taken = {tally.number.token.i for tally in grown}
        rest = [t for t in found if t.what not in kinds and t.number.token.i not in taken]
        return [*grown, *rest]
    kept = [tally for tally in found if not _is_of_the_hurt(tally)]
    void = [*_denied_figures(kept), *_claimed_wrongly(words, told=bool(kept))]
    taken = {tally.number.token.i for tally in void}
    if taken & {tally.number.token.i for tally in kept}:
        # "Four soldiers and not seven" are not eleven.
        kept = [t for t in kept if not t.number.whole and t.number.token.i not in taken]
    return [*map(_marked, kept), *void]


def _toll_verb(word: Token) -> Token | None:
    """Return the verb that says what became of a toll: "revise the toll", "the toll rose"."""
    for verb in (word, *children(word, "advcl", "conj")):
        if is_verbal(verb) and _toll_of(verb) is not None:
            return verb
    # "The number of people killed rose to 12"
    above = next((each for each in ancestors(word) if is_verbal(each)), None)
    toll = _toll_of(above) if above is not None else None
    return above if toll is not None and toll.is_ancestor(word) else None


def _toll_of(verb: Token) -> Token | None:
    words = number_words()
    if verb.lemma_ not in words.moving:
        return None
    nouns = [*objects(verb), *subjects(verb)]
    return next((noun for noun in nouns if lemma_of(noun) in words.tolls), None)


def _is_of_span(verb: Token | None) -> bool:
    """Tell whether a toll is of many happenings: "the number killed this month", "of the war"."""
    toll = _toll_of(verb) if verb is not None else None
    if toll is None:
        return False
    return any(
        word.lemma_.lower() in _WHOLE and not (word.dep_ == "poss" and word.head != toll)
        for word in toll.subtree  # but "the toll of last month's blast" is of the blast
    )


def _grown(verb: Token) -> Iterator[Tally]:
    """Yield the figure that a toll was brought to, and the one that it was before."""
    toll = _toll_of(verb)
    if toll is None:
        return
    new = _behind(verb, _AS if verb.lemma_ == "give" else _TO)
    old = _behind(verb, _FROM)
    if new is None and verb.lemma_ in number_words().reaching:
        new = next((n for noun in objects(verb) if (n := read_number(noun)) is not None), None)
    what = _kind_of(toll, new)
    if what is None:
        return
    if old is None and _is_void(toll):
        old = _of(toll)
    if new is not None:
        if new.noun == new.token:
            new = msgspec.structs.replace(new, noun=_whom(toll) or new.noun)
        void = _was_said_before(verb) or any(map(_is_void, subjects(verb)))
        yield Tally(what, new, corrected=void)
        yield from _others_behind(new, what)
    if old is not None and (new is None or old.best != new.best):
        yield Tally(what, old, corrected=True)


def _kind_of(toll: Token, number: Number | None) -> CountKind | None:
    """Return whom a toll counts, by its own words or those behind its number: "at nine dead"."""
    beside = [word for word in toll.subtree if word != toll]
    kinds = [
        kind_of_word(word.lower_) or kind_of_word(lemma_of(word))
        for word in beside
        if lemma_of(word) not in number_words().loose
    ]
    if number is not None:
        kinds.append(kind_of_word(lemma_of(number.noun)))
        kinds += [kind_of_word(w.lower_) for w in number.token.doc[number.token.i + 1 :][:1]]
    found = next((kind for kind in kinds if kind in _HARMED), None)
    if found is not None:
        return found
    any_ = lemma_of(toll) in number_words().any_tolls
    return None if any_ else "killed"


def _whom(toll: Token) -> Token | None:
    """Return who is counted: "the number of Peruvian soldiers killed", not "the number of dead"."""
    nouns = (noun for name, noun in prepositions(toll) if name == "of")
    return next((noun for noun in nouns if kind_of_word(lemma_of(noun)) is None), None)


def _behind(verb: Token, names: frozenset[str]) -> Number | None:
    """Return the number behind "to" or "from" in a sentence, wherever the parse hangs it."""
    around = near(verb)
    for word in verb.doc[verb.i + 1 : around.end]:
        if word.lower_ not in names:
            continue
        for each in verb.doc[word.i + 1 : min(word.i + _REACH, around.end)]:
            number = read_number(each)
            if number is not None:
                return (
                    _single(number) if word.doc[word.i - 1].like_num or "from" in names else number
                )
            if each.pos_ in ("NOUN", "PROPN", "VERB") or each.is_punct:
                break
    return None


def _others_behind(number: Number, what: CountKind) -> Iterator[Tally]:
    """Yield what is counted beside a figure: "at nine dead and 20 wounded"."""
    doc = number.token.doc
    for word in doc[number.token.i + 1 : near(number.token).end]:
        if not (word.like_num or word.lower_ in ("and", ",") or kind_of_word(word.lower_)):
            return
        kind = kind_of_word(word.lower_)
        other = read_number(doc[word.i - 1]) if kind in _HARMED and kind != what else None
        if kind is not None and other is not None:
            yield Tally(kind, other)


def _single(number: Number) -> Number:
    """Return the one number of "from 9 to 12" that a word is, which is no range."""
    value = value_of(number.token)
    return Number(value, value, value, number.token, number.noun)


def _is_of_the_hurt(tally: Tally) -> bool:
    """'Two of the wounded died': they are among those whom the toll counts."""
    if tally.what != "killed":
        return False
    held = (tally.number.noun, tally.number.token)
    return any(
        name in ("of", "among") and kind_of_word(noun.lower_) == "wounded"
        for word in held
        for name, noun in prepositions(word)
    )


def _marked(tally: Tally) -> Tally:
    """Return a number, marked where its sentence says that it holds no longer."""
    token = tally.number.token
    for above in (token, *ancestors(token)):
        if _is_void(above):
            return msgspec.structs.replace(tally, corrected=True)
        if above.pos_ in ("VERB", "AUX") and _was_said_before(above):
            return msgspec.structs.replace(tally, corrected=True)
    return tally


def _claimed_wrongly(words: Sequence[Token], *, told: bool) -> Iterator[Tally]:
    """Yield the numbers of "earlier reports of ten dead in the attack were wrong".

    `told` says that the happening has a number of its own, which those stand against.
    """
    if number_words().claims.isdisjoint(lower_lemmas_in(words[0].doc)):
        return
    for claim in filter(_is_void, near(words[0])):
        number = _of(claim)
        if number is not None and (told or any(claim.is_ancestor(word) for word in words)):
            kind = kind_of_word(number.noun.lower_)
            yield Tally(kind if kind in _HARMED else "killed", number, corrected=True)


def _of(claim: Token) -> Number | None:
    """Return the number of "reports of ten dead", "a toll of nine"."""
    for name, noun in prepositions(claim):
        if name == "of":
            for each in (noun, *children(noun, "nummod")):
                number = read_number(each)
                if number is not None:
                    return msgspec.structs.replace(number, noun=noun)
    return None


def _is_void(claim: Token) -> bool:
    """Tell whether a noun names a figure that holds no longer: "an earlier toll of nine"."""
    words = number_words()
    if claim.pos_ != "NOUN" or lemma_of(claim) not in words.claims:
        return False
    before = any(child.lower_ in words.earlier for child in children(claim, "amod"))
    return before or _is_wrong(claim)


def _is_wrong(claim: Token) -> bool:
    """Tell whether a sentence ends "... were wrong"."""
    verb = claim.head
    if claim.dep_ not in ("nsubj", "nsubjpass") or verb.lemma_ not in _BEING:
        return False
    told = children(verb, "acomp", "attr", "oprd", "xcomp")
    return any(word.lower_ in number_words().wrong for word in told)


def _was_said_before(verb: Token) -> bool:
    """'Police had earlier said', 'was initially put at': told to be told anew."""
    words = number_words()
    if verb.lemma_ not in words.giving:
        return False
    beside = {child.lower_ for child in children(verb, "advmod", "aux")}
    return "had" in beside and not beside.isdisjoint(words.earlier)


def _denied_figures(found: Sequence[Tally]) -> Iterator[Tally]:
    """Yield the figures that a sentence says are not so: "four people were killed, not nine"."""
    words = number_words()
    for tally in [tally for tally in found if not tally.number.whole][:1]:
        around = near(tally.number.token)
        for word in around:
            before = word.doc[word.i - 1].lower_ if word.i > around.start else ""
            if word.lower_ not in words.instead and f"{before} {word.lower_}" not in words.instead:
                continue
            behind = word.doc[word.i + 1 : min(word.i + _REACH, around.end)]
            if any(each.lower_ in words.bending or each.pos_ == "VERB" for each in behind):
                continue
            number = next((n for each in behind if (n := read_number(each)) is not None), None)
            same = number is not None and _counts_alike(number.token, tally.number)
            if number is not None and number.token != tally.number.token and same:
                yield Tally(tally.what, number, corrected=True)


def _counts_alike(token: Token, number: Number) -> bool:
    """Tell whether a number counts whom another does: "not nine", "not nine people"."""
    behind = token.doc[token.i + 1 : token.i + 2]
    return all(
        each.pos_ != "NOUN" or each.lemma_ in ("people", number.noun.lemma_) for each in behind
    )
