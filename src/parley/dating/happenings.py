"""The happenings that reports tell with a time, and how likely two of them are one.

In: the parse of a report and its time expressions.  Out: `Moment`s, sentences that tell a
day in some way ("on Thursday", "yesterday", "May 11", "11 May 2023") with the words that they
tell it in.  Two moments of two reports that share rare words are with some probability one
happening (`sameness`, a logistic regression; docs/decisions/dating.md has its fit), and then
the days of the two reports must place it on the same day: `days_told` gives for each day of
writing the day that a moment means.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray
from spacy.tokens import Doc, Span, Token

from parley.dating.habits import habits
from parley.dating.makings import Making, making_of, recalled_in, same_making
from parley.dating.meanings import (
    Calendar,
    Deictic,
    Direction,
    Expression,
    Meaning,
    Moved,
    Weekday,
)
from parley.dating.meanings import Span as Stretch
from parley.dating.windows import make_day
from parley.dating.words import words
from parley.parsing import Parse, start_of

Days = NDArray[np.int64]

_KINDS = {"PROPN": 1.0, "NOUN": 3.0, "NUM": 2.0, "VERB": 6.0}
_NAMED = 1.0
_AGAIN = 2.0
_TIMES = frozenset({"DATE", "TIME"})
# A record of few reports says little of how rare a word is: so many more are imagined, of
# which a name stands in one, a noun in three, and so on.
_IMAGINED = 24
_STEM = 7
# "Six weeks ago" is so many days more or less.
_OF_WEEKS = 3
# No day: what is not told, or lies off the days looked at.
NO_DAY = -1
_EPOCH = 719_163  # the ordinal of 1 January 1970


class Moment(Struct, frozen=True):
    """A sentence that tells a day, as far as its words do.

    `terms` are its words, each with how many of the imagined reports have it; `start` and
    `end` are the time expression in the report; `making` is the agreement that was made then.
    Of words that mean one of several days ("six weeks ago") each is a moment, with its share.
    """

    meaning: Meaning
    direction: Direction | None
    terms: Mapping[str, float]
    start: int
    end: int
    making: Making | None = None
    share: float = 1.0


def moments_of(parse: Parse, expressions: Sequence[Expression]) -> tuple[Moment, ...]:
    """Return the moments of a report, in the order of its text."""
    found: list[Moment] = []
    spread: Counter[str] = Counter()
    for e in expressions:
        meaning = e.meaning.first if isinstance(e.meaning, Stretch) else e.meaning
        doc = parse.docs[e.paragraph]
        days = (meaning,) if tells_day(meaning) else _days_back(meaning)
        sentence = _sentence(doc, e.start - start_of(doc)) if days else None
        if sentence is None:
            continue
        token = _token(doc, e.start - start_of(doc), e.end - start_of(doc))
        making = making_of(token) if token is not None else None
        if meaning not in days and making is None:
            continue
        spread = spread or _spread(parse)
        terms = _terms(sentence, spread, token)
        direction = e.direction
        if isinstance(meaning, Weekday) and meaning.shift in (-1, 1, 2):
            direction = "past" if meaning.shift < 0 else "future"
        if terms:
            found += [
                Moment(day, direction, terms, e.start, e.end, making, 1 / len(days)) for day in days
            ]
    return tuple(found)


def _days_back(meaning: Meaning) -> tuple[Deictic, ...]:
    """Return the days that "eight days ago" and "six weeks ago" may be, none of what is wider."""
    if not isinstance(meaning, Moved) or meaning.low != meaning.high or meaning.sign > 0:
        return ()
    back = {"day": 1, "week": 7}.get(meaning.unit, 0) * meaning.low
    slack = _OF_WEEKS if meaning.unit == "week" else 0
    first, last = -back - slack, -back + slack
    return tuple(Deictic(day, day) for day in range(first, last + 1)) if back else ()


def tells_day(meaning: Meaning) -> bool:
    """Tell whether a meaning is that of one day."""
    if isinstance(meaning, Calendar):
        return meaning.month is not None and meaning.day is not None
    if isinstance(meaning, Weekday):
        return meaning.week is None
    return isinstance(meaning, Deictic) and meaning.first == meaning.last


def _sentence(doc: Doc, offset: int) -> Span | None:
    return next((s for s in doc.sents if s.start_char <= offset < s.end_char), None)


def _token(doc: Doc, start: int, end: int) -> Token | None:
    """Return the word that heads an expression."""
    span = doc.char_span(start, end, alignment_mode="expand")
    return span.root if span is not None else None


def _terms(sentence: Span, spread: Counter[str], time: Token | None) -> dict[str, float]:
    """Return the terms of a sentence, each with how many of the imagined reports have it.

    What a report says again and again is its subject and tells its happenings not apart.  An
    agreement that a sentence recalls and what it tells itself are two, each with its own time.
    """
    recalled = recalled_in(sentence)
    inside = time is not None and time.i in recalled
    own = recalled if inside else frozenset(word.i for word in sentence) - recalled
    return {
        term: rarity + _AGAIN * max(0, spread[term] - 1)
        for term, rarity in _words_of(sentence, own)
    }


def _words_of(sentence: Span, own: Collection[int] | None = None) -> Iterator[tuple[str, float]]:
    """Yield names, each as one term, and nouns, verbs and numbers by their stems.

    Of the words with the numbers `own` alone, where these are given.
    """
    common = words().lists.speech
    for ent in sentence.ents:
        if own is not None and ent.root.i not in own:
            continue
        if ent.label_ not in _TIMES and any(token.pos_ == "PROPN" for token in ent):
            name = [t.lower_[:_STEM] for t in ent if t.pos_ == "PROPN"]
            # A person is named in full once and by the last name then.
            yield (name[-1] if ent.label_ == "PERSON" else " ".join(name)), _NAMED
    for token in sentence:
        if own is not None and token.i not in own:
            continue
        inside = token.ent_type_ and token.pos_ == "PROPN"
        rarity = None if inside else _rarity(token)
        if rarity and token.lemma_.lower() not in common:
            yield token.lemma_.lower()[:_STEM], rarity


def _spread(parse: Parse) -> Counter[str]:
    """Return in how many sentences of a report each term stands."""
    spread: Counter[str] = Counter()
    for doc in parse.docs:
        for sentence in doc.sents:
            spread.update({term for term, _ in _words_of(sentence)})
    return spread


def _rarity(token: Token) -> float | None:
    if token.ent_type_ in _TIMES or token.is_stop or not token.text[:1].isalnum():
        return None
    if token.pos_ == "NUM" and not token.text[:1].isdecimal():
        return None
    return _KINDS.get(token.pos_)


class Rarity:
    """How rare words are, by the reports that are looked at."""

    def __init__(self, reports: Iterable[Sequence[Moment]]) -> None:
        self._count: Counter[str] = Counter()
        self._total = 0
        for moments in reports:
            self._total += 1
            self._count.update({term for moment in moments for term in moment.terms})

    def of(self, term: str, imagined: float) -> float:
        """Return the weight of a word, the logarithm of how rare it is."""
        return math.log((self._total + _IMAGINED) / (self._count[term] + imagined))


def likeness(one: Moment, other: Moment, rarity: Rarity) -> tuple[float, float]:
    """Return how much two moments share: the weight of shared words, and the cosine."""
    shared = one.terms.keys() & other.terms.keys()
    if not shared or _apart(one.meaning, other.meaning):
        return 0.0, 0.0
    weight = sum(rarity.of(term, one.terms[term]) for term in shared)
    sizes = [
        math.sqrt(sum(rarity.of(term, n) ** 2 for term, n in moment.terms.items()))
        for moment in (one, other)
    ]
    square = sum(rarity.of(term, one.terms[term]) ** 2 for term in shared)
    return weight, square / (sizes[0] * sizes[1] or 1.0)


def _apart(one: Meaning, other: Meaning) -> bool:
    """Tell whether two meanings can name no day in common."""
    weekdays = {m.weekday for m in (one, other) if isinstance(m, Calendar | Weekday | Deictic)}
    if len(weekdays - {None}) > 1:
        return True
    if isinstance(one, Calendar) and isinstance(other, Calendar):
        if (one.month, one.day) != (other.month, other.day):
            return True
        return one.year != other.year and None not in (one.year, other.year)
    return False


def sameness(weight: float, cosine: float, alike: float) -> float:
    """Return how likely two moments tell one happening.

    They share words of so much weight, at such a cosine; `alike` is the likeness of the
    reports that they stand in.
    """
    rates = habits()
    x = rates.same_base + rates.same_weight * weight + rates.same_cosine * cosine
    x += rates.same_reports * min(alike, 0.3)
    return 1 / (1 + math.exp(-x)) if weight else 0.0


def same_agreement(one: Moment, other: Moment) -> float:
    """Return how likely two moments tell the making of one agreement, 0 where nothing says so."""
    if _apart(one.meaning, other.meaning):
        return 0.0
    return one.share * other.share * same_making(one.making, other.making)


def days_told(moment: Moment, days: Days) -> Days:
    """Return for each day of writing (ordinals) the day that a moment means, or NO_DAY."""
    meaning = moment.meaning
    if isinstance(meaning, Deictic):
        return days + meaning.first
    if isinstance(meaning, Weekday):
        return _of_weekday(meaning, moment.direction, days)
    if isinstance(meaning, Calendar):
        return _of_date(meaning, moment.direction, days)
    return np.full(len(days), NO_DAY, dtype=np.int64)


def _of_weekday(meaning: Weekday, direction: Direction | None, days: Days) -> Days:
    ahead = (meaning.weekday - (days + 6)) % 7
    back = (ahead - 7) % -7
    if meaning.shift is not None and meaning.shift < 0:
        return np.asarray(days + np.where(back == 0, -7, back), dtype=np.int64)
    if meaning.shift == 1:
        return np.asarray(days - (days + 6) % 7 + 7 + meaning.weekday, dtype=np.int64)
    return np.asarray(days + (ahead if direction == "future" else back), dtype=np.int64)


def _of_date(meaning: Calendar, direction: Direction | None, days: Days) -> Days:
    month, day = meaning.month or 1, meaning.day or 1
    if meaning.year is not None:
        told = make_day(meaning.year, month, day)
        return np.full(len(days), told.toordinal() if told else NO_DAY, dtype=np.int64)
    if meaning.of is not None:
        return _of_year_beside(month, day, meaning.of, days)
    first, last = _years_of(days)
    occurs = np.array(
        [d.toordinal() for year in range(first, last) if (d := make_day(year, month, day))]
    )
    at = np.searchsorted(occurs, days, side="right")
    before = occurs[np.clip(at - 1, 0, len(occurs) - 1)]
    after = occurs[np.clip(np.searchsorted(occurs, days), 0, len(occurs) - 1)]
    if direction == "past":
        return before
    if direction == "future":
        return after
    return np.asarray(np.where(days - before <= 1.5 * (after - days), before, after))


def _of_year_beside(month: int, day: int, shift: int, days: Days) -> Days:
    """Return the day of "July 23 last year" for each day of writing."""
    written = (days - _EPOCH).astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64)
    years, place = np.unique(written + 1970 + shift, return_inverse=True)
    told = [make_day(int(year), month, day) for year in years]
    return np.array([d.toordinal() if d else NO_DAY for d in told], dtype=np.int64)[place]


def _years_of(days: Days) -> tuple[int, int]:
    first, last = int(days[0]) // 365.2425, int(days[-1]) // 365.2425
    return max(1, int(first) - 8), min(9999, int(last) + 10)
