"""Endings: which agreement, withdrawal or capture a text tells as the end of what fighting.

In: a sentence with what it tells.  Out: ties "ends".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from parley.coding.tying import AGREED, Sentence, Tie, load_patterns, parties_of
from parley.model import EventType, Mention

_FOUGHT = frozenset[EventType]({"ASSAULT", "COERCE"})
_FIGHT, _AGREEMENT = frozenset[EventType]({"ASSAULT"}), frozenset[EventType]({"AGREE"})
_TRUCE = frozenset[EventType]({"AGREE", "RETREAT"})
_REFUSAL = frozenset[EventType]({"REJECT"})
_LETS_GO = frozenset[EventType]({"RETREAT", "CONCEDE", "COOPERATE"})
_TAKEN = frozenset({"happened", "ongoing", "alleged"})
_PHRASE = 12  # characters of "taken hostage"
_ENDING: tuple[EventType, ...] = ("AGREE", "RETREAT", "CONCEDE", "ASSAULT")  # likeliest first


def endings_in(sentence: Sentence) -> Iterator[Tie]:
    """Yield what a sentence tells to have ended, each with what ended it."""
    patterns = load_patterns()
    yield from _let_go(sentence)
    yield from _declared_over(sentence)
    yield from _lapsed(sentence)
    for match in sentence.find(patterns.ended_by, _FIGHT, _TRUCE):
        fights = [m for m in sentence.inside if m.type == "ASSAULT"]
        fights = [m for m in fights if m.trigger[0] < match.start()]
        after = [m for m in sentence.inside if m.trigger[0] >= match.start()]
        truces = [m for m in after if m.type == "AGREE"] or [
            m for m in after if m.type == "RETREAT"
        ]
        if fights and truces:
            yield "ends", truces[0], fights[-1], sentence.trace(match)
    for pattern, kinds in ((patterns.ending, _ENDING), (patterns.ended, _ENDING[:1])):
        for match in sentence.find(pattern, _FOUGHT):
            fought = sentence.named_behind(match.end(), _FOUGHT)
            made = _made(sentence, match, fought, kinds) if fought is not None else None
            if made is not None and fought is not None:
                yield "ends", made, fought, sentence.trace(match)


def _declared_over(sentence: Sentence) -> Iterator[Tie]:
    """Yield the agreement that somebody says to be no more: "said the truce was at an end"."""
    for match in sentence.find(load_patterns().over, _AGREEMENT, _REFUSAL):
        before = [m for m in sentence.inside if m.trigger[0] < match.start()]
        ended = [m for m in before if m.type == "AGREE" and m.status in AGREED]
        said = [m for m in before if m.type == "REJECT" and m.status == "happened"]
        if ended and said:
            yield "ends", said[-1], ended[-1], sentence.trace(match)


def _lapsed(sentence: Sentence) -> Iterator[Tie]:
    """Yield the agreement that is told to be no more: "the truce of May collapsed on Friday"."""
    for match in sentence.find(load_patterns().lapsing, _AGREEMENT, _REFUSAL):
        told = next((m for m in sentence.inside if m.trigger[0] == match.start()), None)
        if told is None or told.type != "REJECT" or told.status != "happened":
            continue
        named = [m for m in sentence.inside if m.type == "AGREE" and m.status in AGREED]
        if named:
            last = min(named, key=lambda m: abs(m.trigger[0] - match.start()))
            yield "ends", told, last, sentence.trace(match)


def _let_go(sentence: Sentence) -> Iterator[Tie]:
    """Yield the taking that a release ends: "four workers who were abducted in May were freed".

    So does the leaving of a village by those "who had taken it over".
    """
    patterns = load_patterns()
    for one in sentence.inside:
        if one.type not in _LETS_GO or one.status not in AGREED:
            continue
        for taken in sentence.inside:
            start, end = taken.trigger
            if taken.type not in _FOUGHT or taken.status not in _TAKEN:
                continue
            word = patterns.taking.search(sentence.text, start, max(end, start + _PHRASE))
            if word is None or word.start() > end:
                continue
            before = patterns.freed_who.search(sentence.text, sentence.start, start)
            if before is not None and not before.start() <= one.trigger[0] < start:
                yield "ends", one, taken, sentence.trace(word)


def _made(
    sentence: Sentence, match: re.Match[str], fought: Mention, kinds: Sequence[EventType]
) -> Mention | None:
    """Return what ended a fight: told in the sentence, else the last agreement of its parties."""
    told = [m for m in sentence.inside if m.trigger[0] < match.start() and m.status in AGREED]
    for kind in kinds:
        of_kind = [m for m in told if m.type == kind]
        if of_kind:
            return of_kind[-1]
    for other in reversed(sentence.ordered):
        if (
            other.type == "AGREE"
            and other.status in AGREED
            and other.trigger[0] < match.start()
            and parties_of(other) & parties_of(fought)
        ):
            return other
    return None
