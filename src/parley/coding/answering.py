"""Answering: which deed a text tells as the answer to another.

In: a sentence with what it tells.  Out: ties "responds_to".  What is answered is named behind
the phrase ("in response to an attack on a convoy"), named again there ("to avenge the raid"),
or not named at all ("the army hit back"): then it is the last deed told before of which
another was the doer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import get_args

from parley.coding.tying import DEEDS, Sentence, Tie, load_patterns, parties_of
from parley.model import EventType, Mention

_ANY = frozenset[EventType](get_args(EventType))
# What a deed makes others do.
_PROVOKED = DEEDS | {"PROTEST", "REJECT", "THREATEN"}
# Who accuses or calls for something speaks of the answer, and gives none.
_SAYING = frozenset[EventType]({"ACCUSE", "REQUEST"})
_NAMES = frozenset({"retaliation", "reprisal", "reprisals"})
_OPENING = 30  # characters before a phrase that opens its sentence
_LIGHT_VERB = 20  # characters of "carried out" before "retaliatory strikes"
_FORCE = frozenset[EventType]({"ASSAULT", "COERCE"})
_MOVES = _FORCE | {"MOBILIZE"}
_CHARGES = frozenset[EventType]({"ACCUSE", "THREATEN", "REQUEST"})
_RETORTS = frozenset[EventType]({"ACCUSE", "THREATEN", "REJECT", "REQUEST"})


def answers_in(sentence: Sentence) -> Iterator[Tie]:
    """Yield the answers that a sentence tells, each with what it answers."""
    patterns = load_patterns()
    for match in sentence.find(patterns.answers):
        found = _named(sentence, match) or _hit_before(sentence, match)
        if found:
            yield ("responds_to", *found, sentence.trace(match))
    for match in sentence.find(patterns.striking_back, DEEDS):
        found = _striking_back(sentence, match)
        if found:
            yield ("responds_to", *found, sentence.trace(match))
    for match in sentence.find(patterns.retorting, _RETORTS):
        found = _retorting(sentence, match)
        if found:
            yield ("responds_to", *found, sentence.trace(match))
    for match in sentence.find(patterns.provoking, DEEDS):
        before = [m for m in sentence.inside if m.trigger[0] < match.start() and m.type in DEEDS]
        answer = sentence.named_behind(match.end(), _PROVOKED)
        if before and answer is not None:
            yield "responds_to", answer, before[-1], sentence.trace(match)


def _named(sentence: Sentence, match: re.Match[str]) -> tuple[Mention, Mention] | None:
    """Return what answers, and what is answered: named behind the phrase, or named again."""
    answered = sentence.named_behind(match.end(), _ANY)
    # A talk may be called "in response to" a deed; what is "a response to" one is a deed.
    types = _ANY - _SAYING if match[0].startswith("in ") else DEEDS | {"PROTEST"}
    inside = [m for m in sentence.inside if m.type in types]
    before = [m for m in inside if m.trigger[0] < match.start()]
    told = sentence.deeds_before(match.start())
    before = [m for m in before if m.id not in _told_as_earlier(sentence)] or before
    answer = before[-1] if before else None
    there = _at_place(sentence, match.end())
    if there is not None:
        # "In revenge for Sela they fired": it is the deed at Sela, not what follows.
        answer = answer or _behind(sentence, match.end())
        told_there = answer is not None and _may_answer(answer, there)
        return (answer, there) if answer is not None and told_there else None
    if answer is None and match.start() - sentence.start <= _OPENING:
        # "In response to the attack, they fired": what follows the answered one answers it.
        answer = _behind(sentence, answered.trigger[1] if answered is not None else match.end())
    answer = answer or _named_ahead(sentence, match, told)
    if answered is None and answer is not None:
        again = load_patterns().named_again.match(sentence.text, match.end(), sentence.end)
        answered = sentence.meant(again, [deed for deed in told if _may_answer(answer, deed)])
    if answer is None or answered is None or answer.id == answered.id:
        return None
    return answer, answered


def _at_place(sentence: Sentence, at: int) -> Mention | None:
    """Return the last deed told before at the place that a phrase names: "in revenge for Sela"."""
    for deed in reversed(sentence.ordered):
        if deed.trigger[0] < at and deed.type in _FORCE and deed not in sentence.inside:
            if any(sentence.text.startswith(place.name.lower(), at + 1) for place in deed.where):
                return deed
    return None


def _told_as_earlier(sentence: Sentence) -> set[str]:
    """Return the deeds that a sentence tells behind "after": the answers are its others."""
    found = (
        sentence.named_behind(match.end(), DEEDS) for match in sentence.find(load_patterns().after)
    )
    return {deed.id for deed in found if deed is not None}


def _named_ahead(
    sentence: Sentence, match: re.Match[str], told: Sequence[Mention]
) -> Mention | None:
    """Return the deed told before that is named again ahead of a phrase: "the raid was"."""
    again = load_patterns().named_again.search(sentence.text, sentence.start, match.start())
    return sentence.meant(again, told)


def _behind(sentence: Sentence, at: int) -> Mention | None:
    return next((m for m in sentence.inside if m.trigger[0] >= at), None)


def _hit_before(sentence: Sentence, match: re.Match[str]) -> tuple[Mention, Mention] | None:
    """Return a deed and the last one told before in which its doer was hit: "the raid"."""
    before = [m for m in sentence.inside if m.type in DEEDS and m.trigger[0] < match.start()]
    for deed in before[-1:]:
        doers = parties_of(deed, "actor")
        for other in reversed(sentence.ordered):
            if other.trigger >= deed.trigger or other.type not in DEEDS:
                continue
            if doers & parties_of(other, "recipient", "victim") and not doers & parties_of(
                other, "actor"
            ):
                return deed, other
    return None


def _striking_back(sentence: Sentence, match: re.Match[str]) -> tuple[Mention, Mention] | None:
    """Return a deed that strikes back and the last one before it, of another doer."""
    answer = _nearest(sentence, match)
    if answer is None:
        return None
    before = [d for d in sentence.deeds_before(answer.trigger[0]) if d.trigger[0] < match.start()]
    for deed in before:
        if deed.type in _MOVES and _may_answer(answer, deed):
            return answer, deed
    # "Carried out retaliatory strikes after a rocket attack": told behind it.
    for after in sentence.find(load_patterns().after):
        told = sentence.named_behind(after.end(), _FORCE) if after.start() > match.end() else None
        if told is not None and told != answer and _may_answer(answer, told):
            return answer, told
    return None


def _retorting(sentence: Sentence, match: re.Match[str]) -> tuple[Mention, Mention] | None:
    """Return who answers in words, and the last charge or demand before it, of another side."""
    words = [m for m in sentence.inside if m.type in _RETORTS and m.status == "happened"]
    if not words or any(m.type in DEEDS for m in sentence.inside):
        return None
    one = min(words, key=lambda m: abs(m.trigger[0] - match.start()))
    for other in reversed(sentence.ordered):
        if other.trigger >= one.trigger or other.trigger[0] < sentence.far:
            continue
        if other.type in _CHARGES and other.trigger[0] < match.start() and _may_answer(one, other):
            return one, other
    return None


def _nearest(sentence: Sentence, match: re.Match[str]) -> Mention | None:
    """Return the deed that a phrase of striking back is about: the one nearest to it.

    Who "retaliated" is told to have done so by what comes behind that, or by the word itself;
    what is done "in reprisal" is told before.
    """
    adverbial = match[0].startswith("in ") or match[0] in _NAMES
    first = sentence.start if adverbial else match.start() - _LIGHT_VERB
    deeds = [m for m in sentence.inside if m.type in DEEDS and m.trigger[0] >= first]
    return min(
        deeds,
        key=lambda m: max(m.trigger[0] - match.end(), match.start() - m.trigger[1], 0),
        default=None,
    )


def _may_answer(answer: Mention | None, deed: Mention) -> bool:
    """Tell whether a deed may be what another answers: nobody answers himself."""
    if answer is None or deed.id == answer.id:
        return False
    return bool(parties_of(deed)) and not parties_of(answer, "actor") & parties_of(deed, "actor")
