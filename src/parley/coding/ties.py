"""Ties: where a report's own phrases tell how one happening stands to another.

In: the finished mentions of a report and its text.  Out: the mentions, with a `LinkCue` for
each tie: an answer to what it answers, a deed to the agreement that it keeps or breaks, an
end to what it ended, an incident to what it is a part of, an announcement to what it announces.
A tie needs its phrase and both happenings: one in the phrase's sentence, the other there too
or told of before.  Denials, and endings by a verb, are cues.py's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from parley.coding.answering import answers_in
from parley.coding.endings import endings_in
from parley.coding.observance import observance_in, recall_agreement
from parley.coding.parts import parts_in
from parley.coding.reactions import reactions_in
from parley.coding.tying import AHEAD, Sentence, Tie, load_patterns, sentences_of
from parley.model import EventType, LinkCue, Mention

_MAKES_KNOWN = frozenset[EventType]({"AGREE", "CONSULT", "SUPPORT"})


def tied(mentions: Sequence[Mention], text: str) -> tuple[Mention, ...]:
    """Return the mentions of one report, in their order, each with its ties added.

    `text` is the report's.  A pair that is tied already keeps its tie and gets no other.
    """
    known = {(mention.id, cue.mention) for mention in mentions for cue in mention.links}
    added: dict[str, list[LinkCue]] = {}
    recalled: dict[str, Mention] = {}
    for sentence in sentences_of(mentions, text):
        for relation, one, two, trace in _ties(sentence):
            if one.id == two.id or (one.id, two.id) in known or (two.id, one.id) in known:
                continue
            known.add((one.id, two.id))
            cue = LinkCue(relation=relation, mention=two.id, evidence=(trace,))
            added.setdefault(one.id, []).append(cue)
            if relation in ("implements", "violates") and two.trigger[0] >= trace.start:
                recalled[two.id] = recall_agreement(recalled.get(two.id, two), one)
    return tuple(
        msgspec.structs.replace(mention, links=(*mention.links, *added[mention.id]))
        if mention.id in added
        else mention
        for mention in (recalled.get(mention.id, mention) for mention in mentions)
    )


def _ties(sentence: Sentence) -> Iterator[Tie]:
    yield from answers_in(sentence)
    yield from endings_in(sentence)
    yield from _announced(sentence)
    yield from observance_in(sentence)
    yield from parts_in(sentence)
    yield from reactions_in(sentence)


def _announced(sentence: Sentence) -> Iterator[Tie]:
    """Yield what is made known of what is ahead: "agreed to meet on Friday"."""
    for match in sentence.find(load_patterns().announces, _MAKES_KNOWN):
        told = [m for m in sentence.inside if m.type in _MAKES_KNOWN]
        told = [m for m in told if m.trigger[0] <= match.end() and m.status == "happened"]
        ahead = [m for m in sentence.inside if m.status in AHEAD]
        ahead = [m for m in ahead if m.trigger[0] >= match.end()]
        if told and ahead:
            yield "announces", told[-1], ahead[0], sentence.trace(match)
