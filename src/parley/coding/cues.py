"""Cues: where the text itself ties one happening to another.

In: the drafts of a report.  Out: for a draft its `LinkCue`s: a denial to what it denies, a
truce to what it ended, a breach to the agreement.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from parley.coding.drafts import Draft
from parley.coding.syntax import ancestors
from parley.coding.triggers import outer_noun
from parley.model import LinkCue, Mention, Relation, Trace

_ACCUSATION_NOUNS = frozenset(
    "accusation allegation claim charge report statement it this suggestion assertion".split()
)
_ENDING = frozenset({"end", "stop", "halt", "conclude", "terminate", "finish"})
_BREAKING = frozenset({"violate", "breach", "break"})


def linked(draft: Draft, drafts: Sequence[Draft]) -> Mention:
    """Tie a denial to its accusation, an end to what it ended, a breach to the agreement."""
    mention = draft.mention
    cues = [
        *_cue("denies", _denied(draft, drafts), mention),
        *_cue("ends", _governed(draft, drafts, _ENDING, "ASSAULT"), mention),
        *_cue("violates", _governed(draft, drafts, _BREAKING, "AGREE"), mention),
    ]
    return msgspec.structs.replace(mention, links=tuple(cues)) if cues else mention


def _cue(relation: Relation, other: Draft | None, mention: Mention) -> list[LinkCue]:
    if other is None:
        return []
    trace = Trace(report=mention.report, start=mention.start, end=mention.end)
    return [LinkCue(relation=relation, mention=other.mention.id, evidence=(trace,))]


def _denied(draft: Draft, drafts: Sequence[Draft]) -> Draft | None:
    verb = draft.trigger.head
    if draft.mention.type != "REJECT" or verb.lemma_ not in ("deny", "reject", "dismiss", "refute"):
        return None
    named = {child.lemma_.lower() for child in verb.children if child.dep_ == "dobj"}
    if named and not named & _ACCUSATION_NOUNS:
        return None
    deniers = {p.name for p in draft.mention.participants if p.role == "actor"}
    at = drafts.index(draft)
    for other in reversed(drafts[:at]):
        if other.mention.type == "ACCUSE" or other.mention.status == "alleged":
            accusers = {p.name for p in other.mention.participants if p.role == "actor"}
            if other.mention.type != "ACCUSE" or not accusers & deniers:
                return other
    return None


def _governed(
    draft: Draft, drafts: Sequence[Draft], verbs: frozenset[str], kind: str
) -> Draft | None:
    """The other happening that is the object of a verb whose subject this one is."""
    noun = outer_noun(draft.trigger.head)
    if draft.trigger.pos != "noun" or noun.dep_ != "nsubj" or noun.head.lemma_ not in verbs:
        return None
    for other in drafts:
        if (
            other is not draft
            and other.paragraph == draft.paragraph
            and other.mention.type == kind
            and any(above.i == noun.head.i for above in ancestors(other.trigger.head))
        ):
            return other
    return None
