"""Provisions: what was agreed, each thing once, however many reports tell it.

In: the mentions of one event, sorted.  Out: its provisions, each in the words that tell most of
it, with every mention that tells it.  Two texts tell one point where one has the other's words,
or, in two reports, where they share their topic and most of their words, and neither the number nor
who is to act, nor a "not", sets them apart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from parley.merging.fields import join_evidence
from parley.merging.names import fold
from parley.model import Mention, Provision

_STEM = 5  # letters of a word that tell it: "withdraw", "withdrawal"
_LETTERS = 4  # shorter words are particles
_SHARED = 0.75  # of the words of the shorter text
_NUMBERED = 0.6  # ... where both tell a number, the same
_PARTICLES = frozenset("will shall would must from with within into upon that this their".split())
_LEAST = 2
_LONGEST_DOER = 8  # words before the verb
_VERBS = frozenset(
    "will shall would must should may can is are was were be has have had to agreed".split()
)
_NOT = frozenset({"not", "no", "neither", "never", "nor", "none"})


class _Point(Struct, frozen=True):
    """A provision in the words of its first telling, with what tells it from others."""

    provision: Provision
    report: str
    words: str
    stems: frozenset[str]
    doer: frozenset[str]
    numbers: frozenset[str]
    negated: bool


def join_provisions(mentions: Sequence[Mention]) -> tuple[Provision, ...]:
    """Return what was agreed, each thing once, in the order in which it was first told."""
    tellings: dict[str, list[Provision]] = {}
    points: dict[str, _Point] = {}
    for index, mention in enumerate(mentions):
        for told in mention.provisions:
            provision = replace(told, mention=index)
            words = fold(told.text)
            tellings.setdefault(words, []).append(provision)
            if words not in points:
                points[words] = _point(provision, words, mention.report)
    groups: list[list[_Point]] = []
    for point in points.values():
        same = [group for group in groups if any(_is_same(point, other) for other in group)]
        if not same:
            groups.append([point])
            continue
        # One text may have the words of two that stood apart: then all are one.
        for group in same[1:]:
            same[0].extend(group)
            groups.remove(group)
        same[0].append(point)
    return tuple(
        _joined(group, [each for point in group for each in tellings[point.words]])
        for group in groups
    )


def _joined(group: Sequence[_Point], told: Sequence[Provision]) -> Provision:
    """Return the one provision that several texts tell, in the longest one's words."""
    best = max(group, key=lambda point: len(point.words)).provision
    return replace(
        best,
        mentions=tuple(sorted({each.mention for each in told})),
        evidence=join_evidence(each.evidence for each in told),
    )


def _point(provision: Provision, words: str, report: str) -> _Point:
    each = re.findall(r"[^\W_]+", words)
    verb = next((at for at, word in enumerate(each[:_LONGEST_DOER]) if word in _VERBS), 0)
    return _Point(
        provision=provision,
        report=report,
        words=words,
        stems=_stems(each),
        doer=_stems(each[:verb]),
        numbers=frozenset(word for word in each if word.isdigit()),
        negated=not _NOT.isdisjoint(each),
    )


def _stems(words: Sequence[str]) -> frozenset[str]:
    return frozenset(
        word[:_STEM] for word in words if len(word) >= _LETTERS and word not in _PARTICLES
    )


def _is_same(one: _Point, two: _Point) -> bool:
    if one.negated != two.negated:
        return False
    if one.words in two.words or two.words in one.words:
        return True
    if one.report == two.report:
        # Of one report's list each point is its own.
        return False
    if one.numbers and two.numbers and one.numbers.isdisjoint(two.numbers):
        return False
    if one.doer and two.doer and one.doer.isdisjoint(two.doer):
        return False
    topics = set(one.provision.topics), set(two.provision.topics)
    if all(topics) and topics[0].isdisjoint(topics[1]):
        return False
    shared = len(one.stems & two.stems)
    least = _NUMBERED if one.numbers & two.numbers else _SHARED
    return shared >= _LEAST and shared >= least * min(len(one.stems), len(two.stems))
