"""Series: one word that tells of several happenings, each with its own place and day.

In: the draft of a happening, the paragraph's places and the report's times.  Out: a mention for
each.  "Talks were held in Oslo in October and in Havana in November" are two rounds, and "killed
four in Kapoeta on Sunday and six in Torit on Monday" two attacks.  They are told apart where the
words behind the trigger come in pairs, a place beside a time, that "and" or a comma joins, with
no other happening between them.  A day of two towns, and two days of one town, are left as told.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace
from spacy.tokens import Token

from parley.coding.numbers import read_number
from parley.coding.places import places_at
from parley.coding.syntax import SUBJECTS
from parley.coding.triggers import Trigger, words_of
from parley.coding.windows import window
from parley.grounding import Grounding
from parley.model import Count, Mention, Place, Time, When, digest
from parley.parsing import end_of, start_of

# "Chile met in Oslo last October", "Kapoeta and on Monday": the time is no place's beside it.
_PARTING = frozenset({"VERB", "AUX", "CCONJ", "PROPN"})
_FINE = frozenset({"day", "week", "month"})
_NEAR = 24  # characters between a place and its time: "the town of Palma on 24 February"
_LINK = re.compile(r"[\s,;]*(?:and|then|,|;)\s")
_FEW = 4  # words between two pairs: "and another six in"
_BEFORE = 14  # characters before a place, which tell whether it is where it happened
_FLEEING = re.compile(r"\b(?:to|from|between|towards?)\s+(?:the\s+)?$", re.IGNORECASE)


class Stop(Struct, frozen=True):
    """A place and a time told side by side: where they stand, and the first word of the place."""

    place: Place
    when: When
    start: int
    end: int
    token: Token


def tell_series(
    mention: Mention,
    trigger: Trigger,
    *,
    times: Sequence[Time],
    busy: Collection[int],
    grounding: Grounding,
    text: str,
) -> list[Mention]:
    """Return the mentions of what one trigger tells: the mention itself where it is but one.

    `times` are all of the report; `busy` the indexes of the paragraph's other triggers' words.
    """
    stops = _stops(mention, trigger, times=times, grounding=grounding)
    if len(stops) < 2 or not _are_series(stops, trigger, busy, text):
        return [mention]
    numbers = [_number_before(stop, last) for last, stop in pairwise(stops)]
    if mention.counts and (len(mention.counts) > 1 or None in numbers):
        return [mention]  # a sum of all of them, or of whom is not clear
    told = [replace(mention, when=stops[0].when, where=(stops[0].place,))]
    for stop, number in zip(stops[1:], numbers, strict=True):
        told.append(_further(mention, stop, number, text))
    return told


def _further(mention: Mention, stop: Stop, number: int | None, text: str) -> Mention:
    """Return the mention of a further happening; its place stands for the word that tells it."""
    at = start_of(stop.token), end_of(stop.token)
    end = max(mention.end, stop.end)
    counts: tuple[Count, ...] = ()
    if mention.counts and number is not None:
        counts = (replace(mention.counts[0], low=number, best=number, high=number),)
    return replace(
        mention,
        id=digest("m", mention.report, str(at[0]), mention.type),
        end=end,
        text=text[mention.start : end],
        trigger=at,
        when=stop.when,
        where=(stop.place,),
        counts=counts,
        links=(),
        provisions=(),
    )


def _stops(
    mention: Mention, trigger: Trigger, *, times: Sequence[Time], grounding: Grounding
) -> list[Stop]:
    """Return the places of a trigger's sentence that have a time beside them, in their order."""
    sentence = trigger.head.sent
    first, last = start_of(sentence[0]), end_of(sentence[-1])
    told = [
        time
        for time in times
        if first <= time.start < last
        and time.precision in _FINE
        and time.relation is None
        and time.value_start is not None
        and not time.recurring
    ]
    if len(told) < 2:
        return []
    found: list[Stop] = []
    for token in sentence:
        if grounding.place(token) is None or (token.i and _is_one_name(token, grounding)):
            continue
        last_of_name = _last_of_name(token, grounding)
        time = _beside(token, last_of_name, told)
        when = window([time], report=mention.report) if time is not None else None
        places = places_at([token], grounding=grounding)
        if time is not None and when is not None and len(places) == 1:
            start = min(start_of(token), time.start)
            end = max(end_of(last_of_name), time.end)
            found.append(Stop(places[0], when, start, end, token))
    return found


def _is_one_name(token: Token, grounding: Grounding) -> bool:
    """Tell whether a word goes on the name of the word before it: "Addis Ababa"."""
    before = token.nbor(-1)
    return before.ent_type_ == token.ent_type_ != "" and grounding.place(before) is not None


def _last_of_name(token: Token, grounding: Grounding) -> Token:
    """Return the last word of the name that a word begins."""
    while token.i + 1 < len(token.doc) and _is_one_name(token.nbor(), grounding):
        token = token.nbor()
    return token


def _beside(first: Token, last: Token, told: Sequence[Time]) -> Time | None:
    """Return the time that stands straight behind a place, or before it, with nothing between."""
    for time in told:
        after, before = time.start - end_of(last), start_of(first) - time.end
        low, high = (end_of(last), time.start) if after >= 0 else (time.end, start_of(first))
        if 0 <= max(after, before) <= _NEAR:
            between = (t for t in first.sent if low <= start_of(t) < high)
            if not any(t.pos_ in _PARTING or t.is_punct for t in between):
                return time
    return None


def _are_series(stops: Sequence[Stop], trigger: Trigger, busy: Collection[int], text: str) -> bool:
    """Tell whether pairs of place and time follow each other, each with its own of both."""
    own = {word.i for word in words_of(trigger)}
    sentence = trigger.head.sent
    for one, two in pairwise(stops):
        between = text[one.end : two.start]
        if not _LINK.match(between) or len(between.split()) > _FEW:
            return False
        if one.place == two.place or two.when.start <= (one.when.end or two.when.start):
            return False
        inner = (t for t in sentence if one.end <= start_of(t) < two.start and t.i not in own)
        if any(t.pos_ in ("VERB", "AUX") or t.dep_ in SUBJECTS for t in inner):
            return False
    befores = (text[: start_of(stop.token)][-_BEFORE:] for stop in stops)
    if any(map(_FLEEING.search, befores)):
        return False
    among = (t for t in sentence if stops[0].start <= start_of(t) < stops[-1].end)
    return not any(t.i in busy for t in among)


def _number_before(stop: Stop, last: Stop) -> int | None:
    """Return the number between two pairs: "and six in Torit"."""
    for token in stop.token.sent:
        if last.end <= start_of(token) < stop.start and token.like_num:
            number = read_number(token)
            return number.best if number is not None else None
    return None
