"""Endings: which agreement, withdrawal or capture a text tells as the end of what fighting.

In: a sentence with what it tells.  Out: ties "ends".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from parley.coding.tying import AGREED, Sentence, Tie, load_patterns, parties_of
from parley.model import EventType, Mention

_FOUGHT = frozenset[EventType]({"ASSAULT", "COERCE"})
_ENDING: tuple[EventType, ...] = ("AGREE", "RETREAT", "CONCEDE", "ASSAULT")  # likeliest first


def endings_in(sentence: Sentence) -> Iterator[Tie]:
    """Yield what a sentence tells to have ended, each with what ended it."""
    patterns = load_patterns()
    for match in sentence.find(patterns.ended_by):
        fights = [m for m in sentence.inside if m.type == "ASSAULT"]
        fights = [m for m in fights if m.trigger[0] < match.start()]
        after = [m for m in sentence.inside if m.trigger[0] >= match.start()]
        truces = [m for m in after if m.type == "AGREE"] or [
            m for m in after if m.type == "RETREAT"
        ]
        if fights and truces:
            yield "ends", truces[0], fights[-1], sentence.trace(match)
    for pattern, kinds in ((patterns.ending, _ENDING), (patterns.ended, _ENDING[:1])):
        for match in sentence.find(pattern):
            fought = sentence.named_behind(match.end(), _FOUGHT)
            made = _made(sentence, match, fought, kinds) if fought is not None else None
            if made is not None and fought is not None:
                yield "ends", made, fought, sentence.trace(match)


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
