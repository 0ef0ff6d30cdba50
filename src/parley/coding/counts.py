"""How many: the killed, wounded, captured, missing, displaced and deployed that a clause tells of.

In: the triggers of a sentence.  Out: for each the claims of number that belong to it, with
the bounds that the words around the number give ("at least", "about", "dozens").  A number
that counts something else (kilometres, reports, years) is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct
from spacy.tokens import Token

from parley.coding.lexicon import Lexicon
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

_DIGITS = re.compile(r"^\d{1,3}(?:[,.\s]\d{3})+$|^\d+$")
_DECIMAL = re.compile(r"^\d+\.\d+$")
_MULTIPLES = (1000, 1_000_000)
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
_FIGURES = frozenset({"number", "toll", "count", "total"})


class Number(Struct, frozen=True):
    """A number of people: bounds, the words that say it, and whom it counts.

    `whole` is true for the sum of several numbers told together.
    """

    low: int | None
    best: int | None
    high: int | None
    token: Token
    noun: Token
    whole: bool = False


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
            found += _named(what, noun, word)
        found = _summed(found)
    found = [
        tally for tally in found if not (_is_of_hurt_too(tally) or _is_of_whom(tally.number.noun))
    ]
    found += _left_dead(word, lexicon)
    found += _suffered(word, lexicon)
    if deep:
        for child in word.children:
            if child.dep_ == "conj" and child.like_num:
                for apart in filter(is_harm, children(child, "acl")):
                    found += find_tallies(apart, lexicon=lexicon, deep=False)
            if _is_of_another_time(child):
                continue
            if child.dep_ in ("conj", "advcl", "acl") and child.pos_ in ("VERB", "AUX"):
                found += find_tallies(child, lexicon=lexicon, deep=False)
                for second in children(child, "conj") if is_harm(child) else ():
                    # "..., killing two and wounding five"
                    found += find_tallies(second, lexicon=lexicon, deep=False)
    return _distinct(found)


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
    if (verb.lemma_ == "shoot" and "dead" in beside) or (
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


def _bodies(verb: Token, lexicon: Lexicon) -> list[Tally]:
    """'Recovered 17 bodies', 'found the bodies of three men'."""
    if verb.pos_ != "VERB":
        return []
    found = []
    for noun in objects(verb):
        if noun.lemma_.lower() in _REMAINS:
            of = [whose for name, whose in prepositions(noun) if name == "of"]
            for counted in (noun, *of):
                found += [Tally("killed", n) for n in numbers_of(counted, lexicon=lexicon)]
    return found


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
    nouns = [tally.number.noun for tally in parts]
    joined = len(parts) > 1 and all(
        noun.i in {other.i for other in conjuncts(nouns[0])} for noun in nouns
    )
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
        ends = [noun for name, noun in prepositions(word) if name == "between" and noun.like_num]
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
    for noun in nouns:
        yield noun
        if noun.lemma_.lower() in _WHOLE_PEOPLE or noun.like_num or noun.pos_ == "NUM":
            for name, inner in prepositions(noun):
                if name in ("of", "from", "among"):
                    yield inner


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


def numbers_of(noun: Token, *, lexicon: Lexicon) -> list[Number]:
    """Return the number of people that a noun phrase names; [] if it counts something else."""
    people = lexicon.classes["people"] | lexicon.classes["force"] | _WHOLE_PEOPLE
    lemma = noun.lemma_.lower()
    if noun.i and noun.doc[noun.i - 1].lower_ == "no":
        return []
    if _counts_others(noun, people):
        return []
    if noun.like_num or noun.pos_ == "NUM" or _is_vague(noun):
        number = _read(noun, noun)
        return [number] if number else []
    if lemma not in people and noun.ent_type_ not in ("NORP",) and not noun.lower_.endswith("men"):
        if kind_of_word(lemma) is None and not is_aged(noun):
            return []
    for child in noun.children:
        counting = child.dep_ in ("nummod", "amod", "quantmod", "appos")
        if _is_age(child):
            continue
        if (counting and (child.like_num or child.pos_ == "NUM" or _is_vague(child))) or (
            child.dep_ == "compound" and child.lower_ == "dozen"
        ):
            number = _read(child, noun)
            if number:
                return [number]
    for name, inner in prepositions(noun):
        if name == "of" and _is_vague(noun):
            return [n for n in [_read(noun, inner)] if n]
    somebody = lemma in people - _WHOLE_PEOPLE or noun.ent_type_ == "NORP" or is_aged(noun)
    return _counted_by_articles(noun) if somebody or noun.lower_.endswith("man") else []


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
    if not (noun.like_num or noun.pos_ == "NUM" or _is_vague(noun)):
        return False
    whole = whole_of(noun)
    return (
        whole.i != noun.i
        and whole.pos_ == "NOUN"
        and whole.lemma_.lower() not in people
        and not whole.lower_.endswith("men")
        and not whole.ent_type_
        and not (whole.like_num or _is_vague(whole))
    )


def _is_age(number: Token) -> bool:
    """'A girl, 16, died': a number behind one person's comma is how old he or she is."""
    noun = number.head
    behind = number.i > noun.i and number.doc[number.i - 1].text in (",", "(")
    return behind and noun.tag_ in ("NN", "NNP") and number.like_num


def _is_vague(word: Token) -> bool:
    vague = number_words().vague
    return word.lower_ in vague or word.lemma_.lower() in vague


def _counted_by_articles(noun: Token) -> list[Number]:
    """'an Armenian and an Azerbaijani soldier' is two; 'a soldier' is one."""
    nationality = noun.ent_type_ == "NORP" and noun.tag_ == "JJ"
    if noun.tag_ not in ("NN", "NNP") and not nationality:
        return []
    articles = [
        token
        for token in noun.subtree
        if token.lower_ in (("a", "an", "another", "one", "the") if is_aged(noun) else _ONE)
        and token.i < noun.i
        and (noun in (token.head, token.head.head) or token.head.dep_ in ("conj", "amod"))
    ]
    if not articles:
        return []
    ones = len(articles)
    return [Number(ones, ones, ones, articles[0], noun)]


def read_number(token: Token) -> Number | None:
    """Return the number that a word alone tells, None if it is none."""
    return _read(token, token) if token.like_num and token.ent_type_ != "DATE" else None


def _read(token: Token, noun: Token) -> Number | None:
    """Read a number with the words that bend it."""
    words = number_words()
    token = _last_of(token)
    value = value_of(token)
    at = _first_of(token)
    if at and _unit(token) and token.doc[at - 1].lower_ in words.several:
        return Number(2 * _unit(token), None, None, token, noun)  # "several hundred"
    lemma = token.lemma_.lower()
    plain = value is None and lemma in words.vague
    if _halved(token) is None and (plain or token.lower_ in words.vague):
        low, high = words.vague.get(token.lower_) or words.vague[lemma]
        exact = low if low == high else None
        return Number(low or None, exact, high or None, token, noun)
    if value is None:
        return None
    ends = _range(token)
    if ends is not None:
        return Number(ends[0], None, ends[1], token, noun)
    before = " ".join(word.lower_ for word in token.doc[max(0, token.left_edge.i - 5) : at])
    for bound in ("low", "above", "high", "around"):
        if any(before.endswith(" " + words_) or before == words_ for words_ in words.bounds[bound]):
            if bound == "low":
                return Number(value, value, None, token, noun)
            if bound == "above":
                return Number(value, value, None, token, noun)
            if bound == "high":
                return Number(None, value, value, token, noun)
            return Number(None, value, None, token, noun)
    return Number(value, value, value, token, noun)


def _range(token: Token) -> tuple[int, int] | None:
    """Return both ends of "between 20 and 30", "ten to fifteen", "20-30"."""
    doc, at = token.doc, token.i
    first = _first_of(token)
    if _unit(token) and first and doc[first - 1].lower_ == "between":
        # "between two hundred and three hundred"
        last = next((word for word in doc[at + 2 : at + 5] if _unit(word)), None)
        high_end = value_of(last) if last is not None and doc[at + 1].lower_ == "and" else None
        low_end = value_of(token)
        if low_end is not None and high_end is not None and low_end < high_end:
            return low_end, high_end
    for low, joint, high in ((at, at + 1, at + 2), (at - 2, at - 1, at)):
        if low < 0 or high >= len(doc) or doc[joint].lower_ not in ("and", "to", "-", "–"):
            continue
        if doc[joint].lower_ == "and" and (low == 0 or doc[low - 1].lower_ != "between"):
            continue
        ends = _single(doc[low]), _single(doc[high])
        if ends[0] is not None and ends[1] is not None and ends[0] < ends[1]:
            return ends[0], ends[1]
    return None


def _unit(token: Token) -> int:
    """Return what "dozen", "hundred" and "million" count by; 0 for any other word."""
    words, lower = number_words(), token.lower_
    if lower == "dozen":
        return words.vague[lower][0]
    return words.words[lower] if words.words.get(lower, 0) in (100, *_MULTIPLES) else 0


def _last_of(token: Token) -> Token:
    """Return the word that ends "one and a half million", which starts with a token."""
    behind = token.doc[token.i + 1 : token.i + 5]
    if [word.lower_ for word in behind[:3]] == ["and", "a", "half"] and _unit(behind[-1]):
        return behind[-1]
    return token


def _first_of(token: Token) -> int:
    """Return where the words of a number begin that ends with a token: "half a million"."""
    doc, at = token.doc, token.i
    if not _unit(token):
        return at
    while at and doc[at - 1].i >= token.left_edge.i and _single(doc[at - 1]) is not None:
        at -= 1
    if at == token.i and at and doc[at - 1].lower_ in ("a", "half"):
        at -= 2 if at > 1 and doc[at - 2].lower_ == "half" else 1
    return at


def _halved(token: Token) -> int | None:
    """Return the value of "half a million" and "one and a half million"."""
    doc, at, unit = token.doc, token.i, _unit(token)
    before = [word.lower_ for word in doc[max(0, at - 3) : at]]
    if unit and before[-2:] == ["half", "a"]:
        return unit // 2
    if unit and before == ["and", "a", "half"] and at > 3:
        whole = _single(doc[at - 4])
        return whole * unit + unit // 2 if whole is not None else None
    return None


def value_of(token: Token) -> int | None:
    """Return the value of a number in digits or words, with what multiplies it; None if none."""
    halved = _halved(token)
    if halved is not None:
        return halved
    parts = [child for child in token.children if child.dep_ in ("compound", "nummod")]
    values = [_single(part) for part in [*parts, token]]
    if len(parts) == 1 and _DECIMAL.match(parts[0].text) and values[-1] in _MULTIPLES:
        return round(float(parts[0].text) * values[-1])
    if any(value is None for value in values):
        return _single(token)
    total = 0.0
    current = 0.0
    for value in values:
        assert value is not None
        if value in (100, 1000, 1_000_000) and current:
            current *= value
        else:
            total, current = total + current, float(value)
    return int(total + current) + _rest_of(token)


def _rest_of(token: Token) -> int:
    """Return what is left of a number behind its hundreds: "two hundred and fifty"."""
    doc, at, unit = token.doc, token.i + 1, _unit(token)
    if not unit or at + 1 >= len(doc) or doc[at].lower_ != "and":
        return 0
    rest = _single(doc[at + 1]) or 0
    end = at + 2
    if end + 1 < len(doc) and doc[end].text == "-" and rest % 10 == 0:
        rest += _single(doc[end + 1]) or 0  # "and twenty-five"
        end += 2
    following = doc[end] if end < len(doc) else None
    between = any(word.lower_ == "between" for word in doc[max(0, at - 4) : at])
    listed = following is not None and (_unit(following) or following.pos_ in ("VERB", "AUX"))
    return rest if rest < min(unit, 100) and not between and not listed else 0


def _single(token: Token) -> int | None:
    text = token.text.replace("\xa0", " ")
    if _DIGITS.match(text):
        return int(re.sub(r"\D", "", text))
    if _DECIMAL.match(text) and any(
        word.lower_ in ("million", "thousand") for word in (token.head, *token.children)
    ):
        return None
    words = number_words().words
    lower = token.lower_
    if lower in words:
        return words[lower]
    tens, _, unit = lower.partition("-")
    if tens in words and unit in words and words[tens] % 10 == 0:
        return words[tens] + words[unit]
    return None


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
