"""Who speaks in a quotation: whom "we" and "our" mean there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from parley.grounding.lines import Line
from parley.grounding.references import Member, Reference

SPEAKERS = frozenset({"we", "us", "our", "ours", "ourselves"})
_OPENING = frozenset({"\u201c", "``", "\u00ab"})
_CLOSING = frozenset({"\u201d", "''", "\u00bb"})
_SAYING = frozenset(
    {"say", "tell", "add", "warn", "declare", "write", "state", "insist", "stress", "announce"}
    | {"claim", "note", "vow", "pledge", "reply", "respond", "argue", "explain", "continue", "ask"}
)


class Resolves(Protocol):
    """What resolves other phrases on the way."""

    def resolve(self, line: Line, token: int) -> Reference | None:
        """Return what the phrase headed by a token means."""


def speakers(line: Line, token: int, resolver: Resolves) -> tuple[Member, ...]:
    """Return the party of whoever speaks where a "we" stands in quotation marks.

    Empty outside of quotations, and where nobody is said to speak in or around the
    sentence.
    """
    inside = _quoted(line)
    if not inside[token]:
        return ()
    for subject in _subjects(line, line.sentence[token], inside):
        found = resolver.resolve(line, subject)
        if found is None or not found.members:
            continue
        parties = dict.fromkeys(m.party for m in found.members if m.party.kind != "person")
        return tuple(Member(party, None, "whole", party.name) for party in parties)
    return ()


def _subjects(line: Line, sentence: int, inside: list[bool]) -> Iterator[int]:
    """Yield the subjects of verbs of saying outside quotations, the own sentence's first."""
    near = sorted(
        (i for i in range(len(line)) if line.lemma[i] in _SAYING and not inside[i]),
        key=lambda i: (abs(line.sentence[i] - sentence), line.sentence[i]),
    )
    for verb in near:
        if abs(line.sentence[verb] - sentence) > 2:
            return
        for subject in line.below(verb, "nsubj"):
            if not inside[subject]:
                yield subject


def _quoted(line: Line) -> list[bool]:
    """Return, for each token, whether it stands in quotation marks."""
    inside, opened = [], False
    for word in line.text:
        if word in _OPENING:
            opened = True
        elif word in _CLOSING:
            opened = False
        elif word == '"':
            opened = not opened
        inside.append(opened)
    return inside
