"""Parts: which incident a text tells as a part of a war, an offensive, a series of attacks.

In: a sentence with what it tells.  Out: ties "part_of".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from parley.coding.tying import Sentence, Tie, is_incident, load_patterns, parties_of
from parley.model import EventType, Mention

_FIGHTS = frozenset[EventType]({"ASSAULT"})
_LEAVES = frozenset[EventType]({"REJECT"})
_FOUGHT = frozenset({"happened", "ongoing", "alleged"})


def parts_in(sentence: Sentence) -> Iterator[Tie]:
    """Yield the incidents that a sentence tells as parts, each with its whole."""
    patterns = load_patterns()
    for match in sentence.find(patterns.part_of, _FIGHTS):
        whole = _whole(sentence, match)
        part = _part(sentence, match, whole) if whole is not None else None
        if part is not None and whole is not None and part.id != whole.id:
            yield "part_of", part, whole, sentence.trace(match)
    yield from _left(sentence)
    for match in sentence.find(patterns.during, _FIGHTS):
        whole = sentence.named_behind(match.end(), _FIGHTS)
        if whole is None or not _is_campaign(sentence, whole):
            continue
        for part in _incidents(sentence, match, whole):
            yield "part_of", part, whole, sentence.trace(match)
    for match in sentence.find(patterns.one_of, _FIGHTS):
        fights = [m for m in sentence.ordered if sentence.back <= m.trigger[0] < sentence.start]
        fights = [m for m in fights if m.type == "ASSAULT"]
        part = next((m for m in sentence.inside if m.type == "ASSAULT"), None)
        if fights and part is not None and sentence.names_again(match.end() - 4):
            yield "part_of", part, fights[-1], sentence.trace(match)


def _left(sentence: Sentence) -> Iterator[Tie]:
    """Yield the talks that were left: "delegates walked out", of those told right before."""
    for match in sentence.find(load_patterns().leaving, _LEAVES):
        left = [m for m in sentence.inside if m.type == "REJECT" and m.status == "happened"]
        left = [m for m in left if m.start <= match.start() < m.end]
        talks = [
            m
            for m in sentence.ordered
            if sentence.far <= m.trigger[0] < match.start()
            and m.type == "CONSULT"
            and m.status in ("happened", "ongoing")
        ]
        if left and talks:
            shared = [m for m in talks if parties_of(m) & parties_of(left[0])]
            yield "part_of", left[0], (shared or talks)[-1], sentence.trace(match)


def _whole(sentence: Sentence, match: re.Match[str]) -> Mention | None:
    """Return what a phrase says that something is a part of: named behind it, or named again."""
    named = sentence.named_behind(match.end(), _FIGHTS)
    if named is not None:
        return named if named.status in _FOUGHT else None
    if not sentence.names_again(match.end()):
        return None
    told = [deed for deed in sentence.deeds_before(sentence.start) if deed.type == "ASSAULT"]
    return told[0] if told else None


def _part(sentence: Sentence, match: re.Match[str], whole: Mention) -> Mention | None:
    """Return what is a part: the fight told last before the phrase, else the next behind it."""
    inside = [m for m in sentence.inside if m.type == "ASSAULT" and m.status in _FOUGHT]
    before = [m for m in inside if m.trigger[0] < match.start()]
    if before:
        return before[-1]
    again = load_patterns().named_again.search(sentence.text, sentence.start, match.start())
    if again:
        told = [deed for deed in sentence.deeds_before(sentence.start) if deed.type == "ASSAULT"]
        return told[0] if told else None
    # "As part of the fighting, soldiers shelled the town".
    behind = [m for m in inside if m.trigger[0] > match.end() and m.id != whole.id]
    return behind[0] if behind else None


def _is_campaign(sentence: Sentence, whole: Mention) -> bool:
    start, end = whole.trigger
    named = load_patterns().campaigns.fullmatch(sentence.text, start, end)
    return named is not None and whole.status in _FOUGHT


def _incidents(sentence: Sentence, match: re.Match[str], whole: Mention) -> Iterator[Mention]:
    """Yield the incident of a sentence that "during the offensive" says to be a part of it.

    That is one with a day of its own: who was killed in the war, on no day, is of the war.
    """
    before = [m for m in sentence.inside if m.type == "ASSAULT" and m.trigger[0] < match.start()]
    for part in before[-1:]:
        told = part.when is not None and part.when.basis == "told" and part.when != whole.when
        if told and is_incident(part) and part.status in _FOUGHT:
            yield part
