"""How many: the killed, wounded, captured, missing, displaced and deployed that a clause tells of.

In: the triggers of a sentence.  Out: for each the claims of number that belong to it, with
the bounds that the words around the number give ("at least", "about", "dozens").  A number
that counts something else (kilometres, reports, years) is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

import msgspec
from msgspec import Struct
from spacy.tokens import Token

from parley.coding.lexicon import Lexicon
from parley.coding.numbers import Number, is_number, read
from parley.coding.patterns import lemma_of
from parley.coding.syntax import (
    children,
    conjuncts,
    is_passive,
    objects,
    prepositions,
    subjects,
    whole_of,
)
from parley.coding.words import number_words
from parley.model import CountKind

_INTRANSITIVE = frozenset({"die", "perish", "fall", "succumb", "disappear", "flee"})
_ONE = frozenset({"a", "an", "another", "one"})
_BESIDE = ("prt", "advmod", "acomp", "oprd", "xcomp", "amod")
_APART = frozenset({"after", "before", "since"})  # before a clause that tells another happening
_MOWING = frozenset({"gun", "mow"})
_DYING = frozenset({"bleed", "starve", "freeze", "sentence", "condemn", "put", "come", "lead"})
_WHOLE_PEOPLE = frozenset(
    {"life", "casualty", "death", "fatality", "loss", "body", "toll", "victim"}
)
# So many words behind "casualties" tell how many of them are dead.
_PARTS = 9
_REMAINS = frozenset({"body", "corpse", "remains"})
_THEM = frozenset({"them", "whom", "these", "those"})
_KNOWN = frozenset({"the", "this", "that"})
_HARMED: tuple[CountKind, ...] = ("killed", "wounded")
_FIGURES = frozenset({"number", "toll", "count", "total"})


class Tally(Struct, frozen=True):
    """A number and what became of the counted; `corrected` where it is told to hold no longer."""

    what: CountKind
    number: Number
    corrected: bool = False


def kind_of_word(lemma: str) -> CountKind | None:
    """Return what a word such as "kill" or "wounded" counts, None if it counts nothing."""
    kinds: tuple[CountKind, ...] = (
        "killed",
        "wounded",
        "captured",
        "missing",
        "displaced",
        "deployed",
    )
    for what in kinds:
        if lemma in number_words().what[what]:
            return what
    return None


def find_tallies(word: Token, *, lexicon: Lexicon, deep: bool = True) -> list[Tally]:
    """Return the tallies that a verb or noun governs ("kill", "death toll", "deploy")."""
    what = "killed" if _to_death(word) else kind_of_word(lemma_of(word))
    found = _bodies(word, lexicon)
    if what is not None and not found:
        for noun in _counted(word):
            found += [Tally(what, number) for number in numbers_of(noun, lexicon=lexicon)]
            found += _named(what, noun, word) or _told_of(what, noun, word, lexicon)
        found = _summed([_as_told_behind(tally) for tally in found])
    found = [
        tally for tally in found if not (_is_of_hurt_too(tally) or _is_of_whom(tally.number.noun))
    ]
    found += _left_dead(word, lexicon)
    found += _suffered(word, lexicon)
    found += _lost(word, lexicon)
    if found and deep:
        found += _beside(word, found)
    if deep:
        for child in word.children:
            if child.dep_ == "conj" and child.like_num:
                for apart in filter(is_harm, children(child, "acl")):
                    found += find_tallies(apart, lexicon=lexicon, deep=False)
            clause = child.dep_ in ("conj", "advcl", "acl") and child.pos_ in ("VERB", "AUX")
            if clause and not _is_of_another_time(child):
                found += find_tallies(child, lexicon=lexicon, deep=False)
                for second in children(child, "conj") if is_harm(child) else ():
                    # "..., killing two and wounding five"
                    found += find_tallies(second, lexicon=lexicon, deep=False)
    return _distinct(_without_parts(found))


def _without_parts(tallies: Sequence[Tally]) -> list[Tally]:
    """Leave out who is counted already: "killing twelve rebels, among them a commander"."""
    wholes = {tally.what for tally in tallies if not _is_among(tally.number.noun)}
    return [t for t in tallies if t.what not in wholes or not _is_among(t.number.noun)]


def _is_among(noun: Token) -> bool:
    """Tell whether "among them", "including" stand right before a noun phrase."""
    before = noun.doc[max(noun.sent.start, noun.left_edge.i - 2) : noun.left_edge.i]
    words = [word.lower_ for word in before]
    return words[-1:] == ["including"] or (words[:1] == ["among"] and words[-1] in _THEM)


def _is_of_hurt_too(tally: Tally) -> bool:
    """'134 casualties, including 13 dead': the casualties are not all dead."""
    noun = tally.number.noun
    if noun.lemma_.lower() != "casualty" or tally.what != "killed":
        return False
    behind = noun.doc[noun.i + 1 : min(noun.i + _PARTS, noun.sent.end)]
    parted = next(
        (word.i for word in behind if word.lower_ in ("including", "among", "whom")), None
    )
    return parted is not None and any(
        word.i > parted and kind_of_word(lemma_of(word)) == "killed" for word in behind
    )


def _is_of_whom(noun: Token) -> bool:
    """'Fourteen were killed, ten of whom were beheaded': the ten are among those counted."""
    return any(name == "of" and other.lower_ == "whom" for name, other in prepositions(noun))


def _is_of_another_time(clause: Token) -> bool:
    """'... days after 19 people were killed': whom that counts is none of those killed now."""
    marks = {mark.lower_ for mark in children(clause, "mark")}
    return not marks.isdisjoint(_APART) and bool(children(clause, "nsubj", "nsubjpass"))


def _to_death(verb: Token) -> bool:
    """'shot dead', 'hacked to death', 'gunned down': ways to kill that the verb leaves open."""
    if verb.pos_ != "VERB" or verb.lemma_ in _DYING:
        return False
    beside = {child.lower_ for child in children(verb, *_BESIDE)}
    behind = verb.doc[verb.i + 1].lower_ if verb.i + 1 < len(verb.doc) else ""
    if (verb.lemma_ == "shoot" and "dead" in beside | {behind}) or (
        verb.lemma_ in _MOWING and "down" in beside
    ):
        return True
    return any(name == "to" and noun.lemma_ == "death" for name, noun in prepositions(verb))


def is_harm(verb: Token) -> bool:
    """Tell whether a verb says that people were killed or wounded."""
    return verb.pos_ == "VERB" and (
        _to_death(verb) or kind_of_word(lemma_of(verb)) in ("killed", "wounded")
    )


def leaves_hurt(verb: Token) -> bool:
    """Tell whether a verb says that somebody was left dead or hurt."""
    return verb.lemma_ == "leave" and any(
        kind_of_word(state.lower_) in ("killed", "wounded")
        for state in children(verb, "oprd", "acomp", "ccomp", "xcomp", "dobj")
    )


def _named(what: CountKind, noun: Token, verb: Token) -> list[Tally]:
    """'Gunmen killed X Y': a person who is named is one."""
    if what not in ("killed", "wounded") or noun.ent_type_ != "PERSON" or verb.pos_ != "VERB":
        return []
    if noun.tag_ != "NNP" or children(noun, "nummod", "case"):
        return []
    return [Tally(what, Number(1, 1, 1, noun, noun))]


def _told_of(what: CountKind, noun: Token, verb: Token, lexicon: Lexicon) -> list[Tally]:
    """'Gunmen killed the mayor of X', 'her son was shot dead': who is told of by a title is one."""
    if what != "killed" or verb.pos_ != "VERB" or noun.tag_ != "NN":
        return []
    lemma = noun.lemma_.lower()
    if lemma not in lexicon.classes["people"] or lemma in number_words().many | _WHOLE_PEOPLE:
        return []
    told = [w for w in children(noun, "det", "poss") if w.dep_ == "poss" or w.lower_ in _KNOWN]
    named = any(name == "of" for name, _ in prepositions(noun)) or children(noun, "appos")
    if children(noun, "nummod") or not told or not (named or told[0].dep_ == "poss"):
        return []  # "the soldier died": told of before
    return [Tally(what, Number(1, 1, 1, told[0], noun))]


def _as_told_behind(tally: Tally) -> Tally:
    """'19 dead and 40 wounded', of which the parse makes 59 wounded: as the next word has it."""
    told = _state_behind(tally.number.token)
    if told is None or told == tally.what or tally.what not in _HARMED:
        return tally
    return msgspec.structs.replace(tally, what=told)


def _state_behind(number: Token) -> CountKind | None:
    """Return what the word right behind a number says became of so many: "40 wounded"."""
    if number.i + 1 >= len(number.doc):
        return None
    behind = number.doc[number.i + 1]
    what = kind_of_word(behind.lower_) if behind.tag_ in ("JJ", "VBN", "VBD") else None
    return what if what in _HARMED else None


def _beside(word: Token, found: Sequence[Tally]) -> list[Tally]:
    """'Four soldiers killed and 68 wounded': a number with its state, whatever the parse makes."""
    taken = {tally.number.token.i for tally in found}
    joined = [
        child
        for child in children(word, "conj")
        if child.i > 0 and kind_of_word(child.lower_) in _HARMED and is_number(child.nbor(-1))
    ]
    told = [(kind_of_word(state.lower_), state.nbor(-1)) for state in joined]
    return [
        Tally(what, number)
        for what, token in told
        if what is not None and token.i not in taken and (number := read(token, token)) is not None
    ]


def _lost(verb: Token, lexicon: Lexicon) -> list[Tally]:
    """'Were driven out with the loss of seven men', 'at the cost of seven lives'."""
    lost = [
        n
        for name, n in prepositions(verb)
        if name in ("with", "at") and n.lemma_ in number_words().losses
    ]
    whose = [noun for loss in lost for name, noun in prepositions(loss) if name == "of"]
    return [Tally("killed", n) for noun in whose for n in numbers_of(noun, lexicon=lexicon)]


def bodies_found(verb: Token, lexicon: Lexicon) -> list[Tally]:
    """'Nine bodies were found', 'the bodies of nine men were recovered', 'received 19 bodies'."""
    if verb.lemma_ not in number_words().finding:
        return []
    return _of_remains([*objects(verb), *subjects(verb)], lexicon)


def _bodies(verb: Token, lexicon: Lexicon) -> list[Tally]:
    """'Recovered 17 bodies', 'found the bodies of three men'."""
    return _of_remains(objects(verb), lexicon) if verb.pos_ == "VERB" else []


def _of_remains(nouns: Sequence[Token], lexicon: Lexicon) -> list[Tally]:
    """Return how many are dead whose bodies some nouns name."""
    remains = [noun for noun in nouns if noun.lemma_.lower() in _REMAINS]
    of = {n.i: [whose for name, whose in prepositions(n) if name == "of"] for n in remains}
    counted = [each for noun in remains for each in (noun, *of[noun.i])]
    return [Tally("killed", n) for each in counted for n in numbers_of(each, lexicon=lexicon)]


def _suffered(verb: Token, lexicon: Lexicon) -> list[Tally]:
    """'Four people suffered gunshot wounds'."""
    if verb.lemma_ not in ("suffer", "sustain", "receive"):
        return []
    if not any(kind_of_word(noun.lemma_) == "wounded" for noun in objects(verb)):
        return []
    return [
        Tally("wounded", number)
        for noun in subjects(verb)
        for number in numbers_of(noun, lexicon=lexicon)
    ]


def _summed(tallies: list[Tally]) -> list[Tally]:
    """Put the sum before its parts: "two women and a child" are three dead."""
    parts = _distinct(tallies)
    if len({tally.what for tally in parts}) > 1:
        return parts
    nouns = [tally.number.noun for tally in parts]
    listed = {other.i for each in _listed(nouns[0]) for other in conjuncts(each)} if nouns else ()
    joined = len(parts) > 1 and all(noun.i in listed for noun in nouns)
    if not joined or any(tally.number.best is None for tally in parts):
        return parts
    total = sum(tally.number.best or 0 for tally in parts)
    lows = [tally.number.low for tally in parts]
    low = None if any(value is None for value in lows) else sum(value or 0 for value in lows)
    exact = all(tally.number.high == tally.number.best for tally in parts)
    first = parts[0].number
    whole = Number(low, total, total if exact else None, first.token, first.noun, whole=True)
    return [Tally(parts[0].what, whole), *parts]


def _counted(word: Token) -> Iterator[Token]:
    """The nouns that stand where the counted people stand."""
    if word.pos_ in ("NOUN", "PROPN"):
        yield word
        for name, noun in prepositions(word):
            if name in ("of", "to", "among", "at"):
                yield noun
        if word.dep_ in ("nsubj", "dobj", "nsubjpass") and word.head.pos_ in ("VERB", "AUX"):
            for name, noun in prepositions(word.head):
                if name in ("to", "at", "from"):
                    yield noun
            yield from children(word.head, "attr", "dobj")
        return
    lemma = word.lemma_
    losing = lemma == "lose" and any(noun.lemma_ == "life" for noun in objects(word))
    if is_passive(word) or losing or lemma in _INTRANSITIVE or _is_left(word):
        yield from _with_parts(subjects(word))
    else:
        yield from _with_parts(objects(word))
        # "killing between 10 and 15 civilians"
        between = [noun for name, noun in prepositions(word) if name == "between"]
        ends = [noun for noun in between if noun.like_num or children(noun, "nummod")]
        yield from ends[:1]
    yield from children(word, "nsubjpass")
    yield from _risen(word)


def _is_left(word: Token) -> bool:
    """'With a hundred people injured': a participle whose subject had it done to them."""
    return word.tag_ == "VBN" and not children(word, "aux", "auxpass") and not objects(word)


def _risen(word: Token) -> Iterator[Token]:
    """'The number of people killed has risen to 134': where the figure stands of those killed."""
    people = word.head
    number = people.head.head
    if word.dep_ != "acl" or people.dep_ != "pobj" or people.head.lower_ != "of":
        return
    if number.lemma_.lower() in _FIGURES and number.dep_ == "nsubj":
        for name, noun in prepositions(number.head):
            if name in ("to", "at"):
                yield noun


def _with_parts(nouns: list[Token]) -> Iterator[Token]:
    """A noun, and for "the lives of 6,500 troops" or "30,000 lives" who is meant by it."""
    for noun in (each for first in nouns for each in _listed(first)):
        yield noun
        if noun.lemma_.lower() in _WHOLE_PEOPLE or is_number(noun):
            for name, inner in prepositions(noun):
                if name in ("of", "from", "among"):
                    yield inner


def _listed(noun: Token) -> list[Token]:
    """Return a noun and those listed with it, which a parse may take for its apposition.

    "A boy, his mother and a relative" are three.
    """
    beside = [
        other
        for other in children(noun, "appos")
        if children(other, "conj") and children(other, "det", "poss") and children(noun, "det")
    ]
    return [noun, *(other for first in beside for other in conjuncts(first))]


def _left_dead(word: Token, lexicon: Lexicon) -> list[Tally]:
    """'left 3 people dead and 10 wounded', '12 dead', 'two soldiers wounded'."""
    found = []
    if word.lemma_ in ("leave", "make", "be", "find", "report"):
        for child in word.children:
            for adjective in [child, *children(child, "conj", "acomp", "oprd", "amod", "acl")]:
                what = kind_of_word(adjective.lower_)
                if what is None or adjective == word:
                    continue
                nouns = [adjective, *children(adjective, "nsubj"), *objects(word)]
                if adjective.i and adjective.nbor(-1).like_num:
                    nouns.insert(0, adjective.nbor(-1))
                if is_passive(word):
                    nouns += subjects(word)
                for noun in nouns:
                    numbers = numbers_of(noun, lexicon=lexicon)
                    if numbers:
                        found += [Tally(what, number) for number in numbers]
                        break
    return found


@cache
def _people(people: frozenset[str], force: frozenset[str]) -> frozenset[str]:
    return people | force | _WHOLE_PEOPLE


def numbers_of(noun: Token, *, lexicon: Lexicon) -> list[Number]:
    """Return the number of people that a noun phrase names; [] if it counts something else."""
    people = _people(lexicon.classes["people"], lexicon.classes["force"])
    lemma = noun.lemma_.lower()
    if noun.i and noun.doc[noun.i - 1].lower_ == "no":
        return []
    if _counts_others(noun, people):
        return []
    if is_number(noun):
        number = read(noun, noun)
        return [number] if number else []
    if lemma not in people and noun.ent_type_ not in ("NORP",) and not noun.lower_.endswith("men"):
        if kind_of_word(lemma) is None and not is_aged(noun):
            return []
    for child in noun.children:
        counting = child.dep_ in ("nummod", "amod", "quantmod", "appos")
        if _is_age(child):
            continue
        if (counting and is_number(child)) or (
            child.dep_ == "compound" and child.lower_ == "dozen"
        ):
            number = read(child, noun)
            if number:
                return [_of_members(number) if lemma in number_words().groups else number]
    for name, inner in prepositions(noun):
        if name == "of" and is_number(noun):
            return [n for n in [read(noun, inner)] if n]
    somebody = (
        (lemma in people and lemma not in _WHOLE_PEOPLE)
        or noun.ent_type_ == "NORP"
        or is_aged(noun)
    )
    return _counted_by_articles(noun) if somebody or noun.lower_.endswith("man") else []


def _of_members(number: Number) -> Number:
    """Return how many people so many families are: as many or more."""
    least = number.low if number.low is not None else number.best
    return msgspec.structs.replace(number, low=least, best=None, high=None)


def _is_own(word: Token) -> bool:
    """Tell whether somebody in a list is told as another's: "a woman and her daughter"."""
    listed = word.head.dep_ in ("conj", "appos") or bool(children(word.head, "conj", "appos"))
    return word.tag_ == "PRP$" and word.dep_ == "poss" and listed


def is_aged(noun: Token) -> bool:
    """Tell whether a word ends "19-year-old", where that is somebody and no adjective."""
    doc, i = noun.doc, noun.i
    return (
        noun.lower_ in ("old", "olds")
        and i >= 4
        and doc[i - 1].text == "-"
        and doc[i - 2].lower_ == "year"
        and noun.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj", "conj", "ROOT", "appos", "attr")
    )


def _counts_others(noun: Token, people: frozenset[str]) -> bool:
    """'Hundreds of cattle', 'five goats': a number of what is nobody."""
    if not is_number(noun):
        return False
    whole = whole_of(noun)
    return (
        whole.i != noun.i
        and whole.pos_ == "NOUN"
        and whole.lemma_.lower() not in people
        and not whole.lower_.endswith("men")
        and not whole.ent_type_
        and not is_number(whole)
    )


def _is_age(number: Token) -> bool:
    """'A girl, 16, died': a number behind one person's comma is how old he or she is."""
    noun = number.head
    behind = number.i > noun.i and number.doc[number.i - 1].text in (",", "(")
    return behind and noun.tag_ in ("NN", "NNP") and number.like_num


def _counted_by_articles(noun: Token) -> list[Number]:
    """'an Armenian and an Azerbaijani soldier' is two; 'a soldier' is one."""
    nationality = noun.ent_type_ == "NORP" and noun.tag_ == "JJ"
    if noun.tag_ not in ("NN", "NNP") and not nationality:
        return []
    articles = [
        token
        for token in noun.subtree
        if (token.lower_ in (_ONE | {"the"} if is_aged(noun) else _ONE) or _is_own(token))
        and token.i < noun.i
        and (noun in (token.head, token.head.head) or token.head.dep_ in ("conj", "amod"))
    ]
    if not articles:
        return []
    ones = len(articles)
    return [Number(ones, ones, ones, articles[0], noun)]


def _distinct(tallies: list[Tally]) -> list[Tally]:
    seen: set[tuple[str, int, bool]] = set()
    kept = []
    for tally in tallies:
        key = (tally.what, tally.number.token.i, tally.number.whole)
        if key not in seen:
            seen.add(key)
            kept.append(tally)
    return kept


def counted_nouns(noun: Token) -> list[Token]:
    """Return the nouns coordinated with a counted one: each may be counted on its own."""
    return conjuncts(noun)
