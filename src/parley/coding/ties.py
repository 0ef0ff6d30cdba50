"""Ties: where a report's own phrases tell how one happening stands to another.

In: the finished mentions of a report and its text.  Out: the mentions, with a `LinkCue` for
each tie: an answer to what it answers, a deed to the agreement that it keeps or breaks, an
end to what it ended, an announcement to what it announces.  A tie needs its phrase and both
happenings: one in the phrase's sentence, the other there too or, an agreement or an attack,
told of before.  The phrases are `data/ties.toml`; denials and endings by a verb are cues.py's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files

import msgspec
from msgspec import Struct

from parley.coding.lexicon import read_toml
from parley.errors import DataError
from parley.model import EventType, LinkCue, Mention, Relation, Trace

_AGREEMENT_WITHIN = 60  # characters between "under" and the agreement's noun
_SENTENCE_END = re.compile(r"[.!?][\"'”’)]*\s+(?=[\"'“‘(]?[A-Z])|\n")
_TRUCE = re.compile(r"truces?|cease-?fires?|armistices?|cessation of hostilities", re.IGNORECASE)
_KEEPS = frozenset[EventType]({"RETREAT", "AID", "MOBILIZE", "COOPERATE", "CONCEDE"})
_BREAKS = frozenset[EventType](
    {"ASSAULT", "COERCE", "MOBILIZE", "SANCTION", "ACCUSE", "THREATEN", "REJECT"}
)
_DEEDS = frozenset[EventType]({"ASSAULT", "COERCE", "MOBILIZE", "SANCTION"})
_MAKES_KNOWN = frozenset[EventType]({"AGREE", "CONSULT", "SUPPORT"})
_AHEAD = frozenset({"scheduled", "expected", "proposed"})
_AGREED = frozenset({"happened", "ongoing", "called_off"})


class Phrases(Struct, frozen=True, forbid_unknown_fields=True):
    """`data/ties.toml`: phrases that tie, as regular expressions."""

    answers: tuple[str, ...]
    keeping: tuple[str, ...]
    breaking: tuple[str, ...]
    agreements: tuple[str, ...]
    ended_by: tuple[str, ...]
    ending: tuple[str, ...]
    announces: tuple[str, ...]


class _Patterns(Struct, frozen=True):
    answers: re.Pattern[str]
    keeping: re.Pattern[str]
    breaking: re.Pattern[str]
    ended_by: re.Pattern[str]
    ending: re.Pattern[str]
    announces: re.Pattern[str]


Tie = tuple[Relation, Mention, Mention, Trace]


@cache
def load_patterns() -> _Patterns:
    """Return what finds each kind of phrase.  Raises DataError, naming file and key."""
    path = files("parley.coding") / "data" / "ties.toml"
    try:
        phrases = msgspec.convert(read_toml(path), Phrases)
        agreement = "|".join(phrases.agreements)
        near = rf"(?=[^.;\n]{{0,{_AGREEMENT_WITHIN}}}?\b(?P<agreement>{agreement})\b)"
        return _Patterns(
            answers=_any(phrases.answers),
            keeping=_any(phrases.keeping, near),
            breaking=_any(phrases.breaking, near),
            ended_by=_any(phrases.ended_by),
            ending=_any([*phrases.ending, rf"(?:{agreement}) (?:ended|stopped|halted)"]),
            announces=_any(phrases.announces),
        )
    except (msgspec.ValidationError, re.error) as error:
        raise DataError(
            f"ties.toml: {error}; mend the file, the class Phrases tells the form"
        ) from error


def _any(phrases: Sequence[str], then: str = "") -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(phrases)})\b{then}", re.IGNORECASE)


def tied(mentions: Sequence[Mention], text: str) -> tuple[Mention, ...]:
    """Return the mentions of one report, in their order, each with its ties added.

    `text` is the report's.  A pair that is tied already keeps its tie and gets no other.
    """
    known = {(mention.id, cue.mention) for mention in mentions for cue in mention.links}
    added: dict[str, list[LinkCue]] = {}
    for relation, one, two, trace in _ties(mentions, text):
        if one.id == two.id or (one.id, two.id) in known or (two.id, one.id) in known:
            continue
        known.add((one.id, two.id))
        cue = LinkCue(relation=relation, mention=two.id, evidence=(trace,))
        added.setdefault(one.id, []).append(cue)
    return tuple(
        msgspec.structs.replace(mention, links=(*mention.links, *added[mention.id]))
        if mention.id in added
        else mention
        for mention in mentions
    )


def _ties(mentions: Sequence[Mention], text: str) -> Iterator[Tie]:
    ordered = sorted(mentions, key=lambda mention: (mention.trigger, mention.id))
    spans = dict.fromkeys(_sentence(text, mention.trigger[0]) for mention in ordered)
    for start, end in spans:
        inside = [m for m in ordered if start <= m.trigger[0] < end]
        yield from _in_sentence(inside, ordered, text, start, end)


def _sentence(text: str, at: int) -> tuple[int, int]:
    """Return where the sentence around a place begins and ends, roughly."""
    start = max((match.end() for match in _SENTENCE_END.finditer(text, 0, at)), default=0)
    after = _SENTENCE_END.search(text, at)
    return start, after.start() if after else len(text)


def _in_sentence(
    inside: Sequence[Mention], ordered: Sequence[Mention], text: str, start: int, end: int
) -> Iterator[Tie]:
    patterns = load_patterns()
    report = inside[0].report
    for match in patterns.answers.finditer(text, start, end):
        found = _answering(inside, match.start(), match.end()) or _answered_before(
            inside, ordered, match.start()
        )
        if found:
            yield ("responds_to", *found, _trace(report, match))
    for match in patterns.ended_by.finditer(text, start, end):
        fights = [m for m in inside if m.type == "ASSAULT" and m.trigger[0] < match.start()]
        after = [m for m in inside if m.trigger[0] >= match.start()]
        truces = [m for m in after if m.type == "AGREE"] or [
            m for m in after if m.type == "RETREAT"
        ]
        if fights and truces:
            yield "ends", truces[0], fights[-1], _trace(report, match)
    for match in patterns.ending.finditer(text, start, end):
        yield from _ended(inside, ordered, match)
    for match in patterns.announces.finditer(text, start, end):
        told = [m for m in inside if m.type in _MAKES_KNOWN and m.trigger[0] <= match.end()]
        told = [m for m in told if m.status == "happened"]
        ahead = [m for m in inside if m.status in _AHEAD and m.trigger[0] >= match.end()]
        if told and ahead:
            yield "announces", told[-1], ahead[0], _trace(report, match)
    for match in patterns.keeping.finditer(text, start, end):
        yield from _kept("implements", inside, ordered, match)
    for match in patterns.breaking.finditer(text, start, end):
        yield from _kept("violates", inside, ordered, match)


def _ended(
    inside: Sequence[Mention], ordered: Sequence[Mention], match: re.Match[str]
) -> Iterator[Tie]:
    """Yield the tie of an agreement to the fighting it ended: "The accord ended the war"."""
    fights = [m for m in inside if m.type == "ASSAULT" and m.trigger[0] >= match.end()]
    near = [m for m in fights if m.trigger[0] - match.end() <= _AGREEMENT_WITHIN][:1]
    for fight in near:
        made = [
            m
            for m in ordered
            if m.type == "AGREE"
            and m.status in _AGREED
            and m.trigger[0] < match.end()
            and (m in inside or _parties(m) & _parties(fight))
        ]
        if made:
            yield "ends", made[-1], fight, _trace(fight.report, match)


def _answering(inside: Sequence[Mention], start: int, end: int) -> tuple[Mention, Mention] | None:
    """Return what answers and what is answered: "fired in response to an attack"."""
    after = [m for m in inside if m.trigger[0] >= end]
    before = [m for m in inside if m.trigger[0] < start]
    if not after:
        return None
    if before:
        return before[-1], after[0]
    # "In response to the attack, they fired": what follows the answered one answers it.
    return (after[1], after[0]) if len(after) > 1 else None


def _answered_before(
    inside: Sequence[Mention], ordered: Sequence[Mention], start: int
) -> tuple[Mention, Mention] | None:
    """Return a deed and the last one told before in which its doer was hit: "the raid"."""
    for deed in [m for m in inside if m.type in _DEEDS and m.trigger[0] < start][-1:]:
        doers = _parties(deed, "actor")
        for other in reversed(ordered):
            if other.trigger >= deed.trigger or other.type not in _DEEDS:
                continue
            if doers & _parties(other, "recipient", "victim") and not doers & _parties(
                other, "actor"
            ):
                return deed, other
    return None


def _kept(
    relation: Relation,
    inside: Sequence[Mention],
    ordered: Sequence[Mention],
    match: re.Match[str],
) -> Iterator[Tie]:
    """Yield the tie of a sentence's deeds to the agreement that a phrase names.

    The agreement is the one told at the phrase, else the last that was told before with a
    party in common.  Of an accusation only what it is of is the breach, where that is told.
    """
    types = _KEEPS if relation == "implements" else _BREAKS
    named = [
        m
        for m in inside
        if m.type == "AGREE"
        and m.status in _AGREED
        and 0 <= m.trigger[0] - match.start() <= 2 * _AGREEMENT_WITHIN
    ]
    deeds = [m for m in inside if m.type in types and m not in named and m.status != "denied"]
    if relation == "violates" and any(m.type in _DEEDS for m in deeds):
        deeds = [m for m in deeds if m.type in _DEEDS]
    for deed in deeds:
        agreement = named[0] if named else _told_before(deed, ordered, match["agreement"])
        if agreement is not None:
            yield relation, deed, agreement, _trace(deed.report, match)


def _told_before(deed: Mention, ordered: Sequence[Mention], noun: str) -> Mention | None:
    """Return the last agreement before, of those who do the deed; a truce where one is named."""
    parties, doers = _parties(deed), _parties(deed, "actor")
    truce = _TRUCE.fullmatch(noun) is not None
    for other in reversed(ordered):
        if other.type != "AGREE" or other.status not in _AGREED or other.trigger >= deed.trigger:
            continue
        theirs = _parties(other)
        shared = len(parties & theirs) >= min(2, len(parties), len(theirs)) > 0
        # Who is bound by it may break it on whoever it likes.
        bound = bool(doers) and doers <= theirs
        if (shared or bound) and (
            not truce or other.mode == "ceasefire" or _TRUCE.search(other.text)
        ):
            return other
    return None


def _parties(mention: Mention, *roles: str) -> frozenset[str]:
    """Return the parties of a mention, those in some of the roles where any are named."""
    return frozenset(
        party.side or party.name
        for party in mention.participants
        if not roles or party.role in roles
    )


def _trace(report: str, match: re.Match[str]) -> Trace:
    return Trace(report=report, start=match.start(), end=match.end())
