"""Observance: which deed a text tells as the keeping or the breach of what agreement.

In: a sentence with what it tells.  Out: ties "implements" and "violates".
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from msgspec.structs import replace

from parley.coding.tying import (
    AGREED,
    AGREEMENT_WITHIN,
    AHEAD,
    DEEDS,
    Sentence,
    Tie,
    is_incident,
    load_patterns,
    parties_of,
)
from parley.model import EventType, Mention, Relation, When

_TRUCE = re.compile(r"truces?|cease-?fires?|armistices?|cessation of hostilities", re.IGNORECASE)
_KEEPS = frozenset[EventType]({"RETREAT", "AID", "MOBILIZE", "COOPERATE", "CONCEDE"})
_WORDS = frozenset[EventType]({"ACCUSE", "THREATEN", "REJECT"})
_BREAKS = DEEDS | _WORDS
_AGAIN = re.compile(r"\b(?:it|this|that|these|both)\b")


def observance_in(sentence: Sentence) -> Iterator[Tie]:
    """Yield the deeds that a sentence tells as keeping or breaking an agreement."""
    patterns = load_patterns()
    if patterns.observed.search(sentence.text, sentence.start, sentence.end) is None:
        return
    for pattern in (patterns.keeping, patterns.as_agreed, patterns.agreed_in):
        for match in sentence.find(pattern):
            if pattern is not patterns.agreed_in or _names_known(sentence, match):
                yield from _kept("implements", sentence, match)
    for pattern in (patterns.breaking, patterns.against_agreed):
        for match in sentence.find(pattern):
            yield from _kept("violates", sentence, match)


def _kept(relation: Relation, sentence: Sentence, match: re.Match[str]) -> Iterator[Tie]:
    """Yield the tie of a sentence's deeds to the agreement that a phrase names.

    The agreement is the one told at the phrase, else the last that was told before with a
    party in common.  Of an accusation only what it is of is the breach, where that is told.
    """
    types = _KEEPS if relation == "implements" else _BREAKS
    named = [
        m
        for m in sentence.inside
        if m.type == "AGREE"
        and m.status in AGREED
        and 0 <= m.trigger[0] - match.start() <= 2 * AGREEMENT_WITHIN
    ]
    deeds = [m for m in sentence.inside if m.type in types and m not in named]
    deeds = _breaking(deeds, match) if relation == "violates" else _keeping(deeds)
    if all(deed.type not in types - _WORDS for deed in deeds):
        deeds = _told_again(sentence, match, types - _WORDS) or deeds
    for deed in deeds:
        agreement = named[0] if named else _told_before(deed, sentence, match)
        if agreement is not None:
            yield relation, deed, agreement, sentence.trace(match)


def _told_again(
    sentence: Sentence, match: re.Match[str], types: Collection[EventType]
) -> list[Mention]:
    """Return the last deed told before, where a sentence says "it" or "this" of it.

    "It was the first point of the accord to be carried out", "They called this a breach of it".
    """
    if _AGAIN.search(sentence.text, sentence.start, match.start()) is None:
        return []
    told = [
        m
        for m in sentence.ordered
        if sentence.back <= m.trigger[0] < sentence.start and m.type in types
        if m.status in ("happened", "ongoing")
    ]
    return told[-1:]


def _names_known(sentence: Sentence, match: re.Match[str]) -> bool:
    """Tell whether "agreed in Dvani" names an agreement as made before: nobody agrees there."""
    return any(
        m.type == "AGREE"
        and (m.known or m.background)
        and match.start() <= m.trigger[0] < match.end()
        for m in sentence.inside
    )


def _keeping(deeds: Sequence[Mention]) -> list[Mention]:
    """Return the deeds that are done: what is to be done "under the deal" is what was agreed."""
    return [m for m in deeds if m.status not in AHEAD and m.status != "denied"]


def _breaking(deeds: Sequence[Mention], match: re.Match[str]) -> list[Mention]:
    """Return the deeds that a phrase says to be a breach, else who is accused of one."""
    told = [m for m in deeds if m.status != "denied"]
    done = [m for m in told if m.type in DEEDS and is_incident(m)]
    # "Breaching the truce" is a deed where none is told that does so.
    others = [m for m in done if not match.start() <= m.trigger[0] < match.end()]
    # Of several told before the phrase it is about the nearest.
    before = [m for m in others if m.trigger[0] < match.start()]
    return before[-1:] or others or done or [m for m in told if m.type not in DEEDS]


def recall_agreement(agreement: Mention, deed: Mention) -> Mention:
    """Return an agreement as the one that a deed keeps or breaks: older, and binding its doer.

    The day that the deed lends it is not its own, and where it is told with one party alone
    ("the truce with the government"), the doer is the other.
    """
    when, days = agreement.when, deed.when
    if when is not None and days is not None and (when.basis != "told" or _is_lent(when, days)):
        agreement = replace(agreement, when=None, background=True, known=True)
    bound = parties_of(agreement)
    if len(bound) > 1 or deed.type == "AID":
        return agreement
    doers = tuple(
        party
        for party in deed.participants
        if party.role == "actor" and (party.side or party.name) not in bound
    )
    return replace(agreement, participants=(*agreement.participants, *doers))


def _is_lent(when: When, days: When) -> bool:
    """Tell whether the words that date an agreement are those that date the deed."""
    return when.evidence == days.evidence


def _told_before(deed: Mention, sentence: Sentence, match: re.Match[str]) -> Mention | None:
    """Return the last agreement before, of those who do the deed; a truce where one is named."""
    parties, doers = parties_of(deed), parties_of(deed, "actor")
    noun = match.groupdict().get("agreement")
    truce = noun is not None and _TRUCE.fullmatch(noun) is not None
    before = [
        other
        for other in sentence.ordered
        if other.type == "AGREE" and other.status in AGREED and other.trigger < deed.trigger
    ]
    if len(before) == 1 and not truce and not parties_of(before[0]):
        # The one agreement that the report tells of, named again: "contrary to the protocol".
        return before[0]
    for other in reversed(before):
        theirs = parties_of(other)
        shared = len(parties & theirs) >= min(2, len(parties), len(theirs)) > 0
        # Who is bound by it may break it on whoever it likes.
        bound = bool(doers) and doers <= theirs
        if (shared or bound) and (
            not truce or other.mode == "ceasefire" or _TRUCE.search(other.text)
        ):
            return other
    return None
