"""Reactions: who answers a deed with words: blames somebody, condemns it, wants an inquiry.

In: a sentence with what it tells.  Out: ties "responds_to" from the accusation, demand or protest
to the deed.  The deed is told in the sentence ("blamed the army for killing two"), named again
there ("condemned the attack"), or, of a demand for an inquiry that names none, told last before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from parley.coding.tying import DEEDS, Sentence, Tie, load_patterns
from parley.model import EventType, Mention

_REACTS = frozenset[EventType]({"ACCUSE", "REQUEST", "PROTEST", "THREATEN"})
_DONE = frozenset({"happened", "ongoing", "alleged"})
_STEM = 4  # letters of a deed's noun that its verb has as well
_SAYING = frozenset[EventType]({"ACCUSE", "REQUEST"})


def reactions_in(sentence: Sentence) -> Iterator[Tie]:
    """Yield the reactions that a sentence tells, each with the deed that it is about."""
    patterns = load_patterns()
    for one in sentence.inside:
        if one.type not in _REACTS or one.status not in _DONE:
            continue
        end = min(sentence.end, max(one.end, one.trigger[1]))
        for match in patterns.deed_again.finditer(sentence.text, one.start, end):
            deed = _named(sentence, one, match)
            if deed is None or _is_bare(deed):
                deed = _named_again(sentence, one, match) or deed
            if deed is not None:
                yield "responds_to", one, deed, sentence.trace(match)
                break
        else:
            wanted = patterns.inquiries.search(sentence.text, one.start, sentence.end)
            told = _told(sentence, one) if wanted and one.type in _SAYING else []
            if wanted and told:
                yield "responds_to", one, told[0], sentence.trace(wanted)


def _named(sentence: Sentence, one: Mention, match: re.Match[str]) -> Mention | None:
    """Return the deed whose word stands in the phrase that names it again."""
    start, end = match.span()
    inside = (each for each in sentence.inside if start <= each.trigger[0] < end)
    return next((each for each in inside if _may_be(one, each)), None)


def _is_bare(deed: Mention) -> bool:
    """Tell whether a deed is told by no more than whose it is said to be: "blamed the death on"."""
    return deed.status == "alleged" and (deed.when is None or deed.when.basis != "told")


def _named_again(sentence: Sentence, one: Mention, match: re.Match[str]) -> Mention | None:
    """Return the deed told before that a phrase means: one told by its word, else the last."""
    if one.type not in _SAYING:
        return None
    told = _told(sentence, one)
    stem = (match["deed"] or "")[:_STEM]
    same = [each for each in told if stem and stem in sentence.text[each.start : each.end]]
    return next(iter([*same, *told]), None)


def _told(sentence: Sentence, one: Mention) -> list[Mention]:
    """Return the deeds told before a reaction, last first: not what it alleges itself."""
    return [
        each
        for each in sentence.deeds_before(one.trigger[0], far=True)
        if _may_be(one, each) and each.type in ("ASSAULT", "COERCE")
    ]


def _may_be(one: Mention, deed: Mention) -> bool:
    if deed.id == one.id or deed.type not in DEEDS or deed.status not in _DONE:
        return False
    return not _is_own(one, deed)


def _is_own(one: Mention, deed: Mention) -> bool:
    """Tell whether who reacts did the deed himself."""
    doers = {p.side or p.name for p in deed.participants if p.role == "actor"}
    return bool(doers & {p.side or p.name for p in one.participants if p.role == "actor"})
