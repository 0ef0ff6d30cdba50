"""Numbers: how many a few words say, in digits or in words, with what bends them.

In: a word of a number.  Out: its bounds ("at least two dozen", "between 30 and 40", "a dozen or
so", "tens of thousands", "half a million").  Read from word to word: the parse hangs the parts
of a number now on one another and now on what they count.  The words are in `data/counts.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from msgspec import Struct
from spacy.tokens import Doc, Token

from parley.coding.words import number_words

_DIGITS = re.compile(r"^\d{1,3}(?:[,.\s]\d{3})+$|^\d+$")
_DECIMAL = re.compile(r"^\d+\.\d+$")
_HUNDRED, _THOUSAND = 100, 1000
_RANGES = frozenset({"to", "or", "-", "–"})
_JOINTS = frozenset({"a", "an", "and", "of", *_RANGES})
# So many words a number may have, and so many before it bend it.
_LONGEST, _BENDING = 9, 5


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


class _Told(Struct, frozen=True):
    """A number without what bends it: its bounds, and its words from `start` to before `end`."""

    low: int | None
    best: int | None
    high: int | None
    start: int
    end: int


def read(token: Token, noun: Token) -> Number | None:
    """Return the number that a word is a part of, as it counts a noun; None if it is none."""
    told = next(
        (told for told in _all_told(token) if told.start <= token.i < told.end),
        None,
    )
    if told is None:
        return None
    low, high = told.low, told.high
    if told.best is not None and low == high:
        bound = _bound(token.doc, told)
        low = told.best if bound in ("low", "above", None) else None
        high = told.best if bound in ("high", None) else None
    return Number(low, told.best, high, token, noun)


def read_number(token: Token) -> Number | None:
    """Return the number that a word alone tells, None if it is none."""
    return read(token, token) if token.like_num and token.ent_type_ != "DATE" else None


def value_of(token: Token) -> int | None:
    """Return the value of a number in digits or words, with what multiplies it; None if none.

    Of "from 9 to 12" it is that of the one end.
    """
    told = (told for told in _all_told(token, _one_at) if told.start <= token.i < told.end)
    return next((one.best for one in told), None)


def is_number(word: Token) -> bool:
    """Tell whether a word counts, in digits ("12") or not ("twelve", "dozens", "several")."""
    words = number_words()
    vague = any(word.lower_ in kind for kind in (words.vague, words.units, words.fractions))
    return vague or word.like_num or word.pos_ == "NUM" or word.lemma_.lower() in words.vague


_Reader = Callable[[Doc, int], _Told | None]


def _all_told(token: Token, tell: _Reader | None = None) -> Iterator[_Told]:
    """Yield the numbers, from left to right, among the words around one that are of numbers."""
    doc, at = token.doc, token.i
    while at and token.i - at < _LONGEST and _is_of_number(doc[at - 1]):
        at -= 1
    while at <= token.i:
        told = (tell or _span_at)(doc, at)
        if told is not None:
            yield told
        at = told.end if told is not None else at + 1


def _is_of_number(word: Token) -> bool:
    words, lower = number_words(), word.lower_
    return (
        _single(word) is not None
        or lower in _JOINTS
        or lower in words.vague
        or lower in words.several
        or lower in words.fractions
        or bool(_DECIMAL.match(lower))
    )


def _span_at(doc: Doc, at: int) -> _Told | None:
    """Return the number that begins at a word, both ends of it where it has two.

    "between 20 and 30", "ten to fifteen", "20-30", "two or three", "two to three million".
    """
    first = _one_at(doc, at)
    if first is None or first.best is None or first.end + 1 >= len(doc):
        return first
    joint = doc[first.end].lower_
    between = at > 0 and doc[at - 1].lower_ == "between" and joint == "and"
    last = _one_at(doc, first.end + 1) if joint in _RANGES or between else None
    if last is None or last.best is None:
        return first
    unit = _unit(doc[last.end - 1])
    low = first.best
    if unit and not _unit(doc[first.end - 1]) and low * unit < last.best:
        low *= unit
    if low >= last.best:
        return first
    return _Told(low, None, last.best, at, last.end)


def _one_at(doc: Doc, at: int) -> _Told | None:
    """Return the one number that begins at a word."""
    for tell in (_fraction, _several, _vague, _cardinal):
        told = tell(doc, at)
        if told is not None:
            return told
    return None


def _fraction(doc: Doc, at: int) -> _Told | None:
    """Read "half a million", "a quarter of a million", "three quarters of a million"."""
    of, start = number_words().fractions, at
    times = _single(doc[at]) or (1 if doc[at].lower_ == "a" else 0)
    at += bool(times)
    if at >= len(doc) or doc[at].lower_ not in of:
        return None
    part = of[doc[at].lower_]
    at += 1
    while at < len(doc) and doc[at].lower_ in ("of", "a", "-"):
        at += 1
    unit = _unit(doc[at]) if at < len(doc) else 0
    return _exactly((times or 1) * unit // part, start, at + 1) if unit else None


def _several(doc: Doc, at: int) -> _Told | None:
    """Read "several hundred", "a few dozen": twice that or more."""
    start = at
    at += doc[at].lower_ == "a"
    if at + 1 >= len(doc) or doc[at].lower_ not in number_words().several:
        return None
    unit = _unit(doc[at + 1])
    return _Told(2 * unit, None, None, start, at + 2) if unit else None


def _vague(doc: Doc, at: int) -> _Told | None:
    """Read "dozens", "tens of thousands", "a couple"."""
    vague, start = number_words().vague, at
    at += doc[at].lower_ == "a"
    if at >= len(doc) or doc[at].lower_ not in vague or _unit(doc[at]):
        return None
    low, high = vague[doc[at].lower_]
    end = at + 1
    if end + 1 < len(doc) and doc[end].lower_ == "of" and doc[end + 1].lower_ in vague:
        # "tens of thousands": twice ten thousand, or more
        return _Told(low * vague[doc[end + 1].lower_][0] // 2, None, None, start, end + 2)
    return _Told(low or None, low if low == high else None, high or None, start, end)


def _cardinal(doc: Doc, at: int) -> _Told | None:
    """Read "6,500", "2.5 million", "two hundred and twenty-five", "a dozen"."""
    start = at
    if doc[at].lower_ in ("a", "an") and at + 1 < len(doc) and _unit(doc[at + 1]):
        return _large(doc, start, at + 1, 1)
    if _DECIMAL.match(doc[at].text):
        unit = _unit(doc[at + 1]) if at + 1 < len(doc) else 0
        return _exactly(round(float(doc[at].text) * unit), start, at + 2) if unit else None
    value = _single(doc[at])
    if value is None:
        return None
    if _unit(doc[at]):
        return _large(doc, start, at, 1)
    at += 1
    if not _DIGITS.match(doc[start].text):
        at, value = _with_unit(doc, at, value)
        if _are(doc, at, "and", "a", "half") and at + 3 < len(doc) and _unit(doc[at + 3]):
            unit = _unit(doc[at + 3])
            return _exactly(value * unit + unit // 2, start, at + 4)
    return _large(doc, start, at, value)


def _with_unit(doc: Doc, at: int, tens: int) -> tuple[int, int]:
    """Return where "twenty-five" ends and its value, given what follows the twenty."""
    behind = at + (at < len(doc) and doc[at].text == "-")
    unit = _single(doc[behind]) if behind < len(doc) else None
    if tens >= 20 and tens % 10 == 0 and unit is not None and 0 < unit < 10:
        if not _DIGITS.match(doc[behind].text):
            return behind + 1, tens + unit
    return at, tens


def _large(doc: Doc, start: int, at: int, value: int) -> _Told:
    """Read on from a value: its hundreds and thousands, and what is less than those."""
    total, least = 0, 0
    while at < len(doc):
        at += doc[at].text == "-" and at + 1 < len(doc) and bool(_unit(doc[at + 1]))
        unit = _unit(doc[at])
        if unit:
            value, least, at = value * unit, unit, at + 1
            if unit >= _THOUSAND:
                total, value = total + value, 0
            continue
        rest = _rest(doc, at, least)
        if rest is None:
            break
        at, less = rest
        value, least = value + less, 0
    return _exactly(total + value, start, at)


def _rest(doc: Doc, at: int, least: int) -> tuple[int, int] | None:
    """Return where what is left of a number ends, and what it adds: "two hundred and fifty".

    `least` is what was last counted by, which the rest is less than: a hundred, a thousand.
    """
    joined = doc[at].lower_ == "and"
    behind = at + joined
    value = _single(doc[behind]) if behind < len(doc) else None
    if value is None or least < _HUNDRED or value >= least or _unit(doc[behind]):
        return None
    if _DIGITS.match(doc[behind].text):
        return None
    end, value = _with_unit(doc, behind + 1, value)
    following = doc[end] if end < len(doc) else None
    between = any(word.lower_ == "between" for word in doc[max(0, at - 4) : at])
    listed = following is not None and following.pos_ in ("VERB", "AUX")
    if joined and (value >= _HUNDRED or between or listed or _counts(following)):
        return None
    return end, value


def _counts(word: Token | None) -> bool:
    """Tell whether a word counts: after "two hundred and three" it begins anew."""
    return word is not None and bool(_unit(word))


def _exactly(value: int, start: int, end: int) -> _Told:
    return _Told(value, value, value, start, end)


def _bound(doc: Doc, told: _Told) -> str | None:
    """Return how the words before and behind a number bend it, None for not at all."""
    words = number_words()
    behind = " ".join(word.lower_ for word in doc[told.end : told.end + 3]) + " "
    for bound, endings in words.behind.items():
        if any(behind.startswith(ending + " ") for ending in endings):
            return bound
    before = " " + " ".join(word.lower_ for word in doc[max(0, told.start - _BENDING) : told.start])
    found = _bound_at_end(before)
    if found is not None and found[0] == "around":
        # "at least some 40"
        return (_bound_at_end(before.removesuffix(found[1]).rstrip()) or found)[0]
    return found[0] if found is not None else None


def _bound_at_end(before: str) -> tuple[str, str] | None:
    for bound in ("low", "above", "high", "around"):
        for bending in number_words().bounds[bound]:
            if before.endswith(" " + bending):
                return bound, bending
    return None


def _are(doc: Doc, at: int, *lower: str) -> bool:
    return [word.lower_ for word in doc[at : at + len(lower)]] == list(lower)


def _unit(token: Token) -> int:
    """Return what "dozen", "hundred" and "million" count by; 0 for any other word."""
    words, lower = number_words(), token.lower_
    return words.words[lower] if lower in words.units else 0


def _single(token: Token) -> int | None:
    """Return the value of one word, None if it has none."""
    text = token.text.replace("\xa0", " ")
    if _DIGITS.match(text):
        return int(re.sub(r"\D", "", text))
    words = number_words().words
    lower = token.lower_
    if lower in words:
        return words[lower]
    tens, _, unit = lower.partition("-")
    if tens in words and unit in words and words[tens] % 10 == 0:
        return words[tens] + words[unit]
    return None
