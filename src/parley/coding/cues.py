"""Cues: where the text itself ties one happening to another.

In: the drafts of a report.  Out: for a draft its `LinkCue`s: a denial to what it denies, a
truce to what it ended, a breach to the agreement.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from spacy.tokens import Token

from parley.coding.clauses import outer_noun
from parley.coding.drafts import Draft
from parley.coding.nesting import disowns_part
from parley.coding.syntax import ancestors, children
from parley.coding.triggers import ENDING
from parley.coding.words import speech_words
from parley.model import EventType, LinkCue, Mention, Relation, Trace

_DENYING = frozenset(
    {"deny", "reject", "dismiss", "refute", "rebut", "dispute", "disown", "disclaim", "repudiate"}
)
# Who denies a deed by its name: "disowned the attack", "denied the killing".
_DISOWNING = frozenset({"deny", "disown", "disclaim", "repudiate"})
# "Called the report an invention": a denial where what was said is what is called so.
_CALLING = frozenset({"call", "describe", "brand", "label"})
_SAID_BEFORE = frozenset({"statement", "it", "this", "that", "version"})
# The paragraphs behind a deed in which "denied any role" is about it.
_DEED_WITHIN = 4
# The sentences in which a denial in bare words repeats what was told.
_BARE_WITHIN = 2
_ENDS = frozenset({".", "!", "?", ";"})
_BREAKING = frozenset({"violate", "breach", "break", "shatter", "wreck", "scuttle", "torpedo"})
# Who shells a town does not end a truce by it, but breaks it.
_FORCE: frozenset[EventType] = frozenset({"ASSAULT", "COERCE", "MOBILIZE"})


def linked(draft: Draft, drafts: Sequence[Draft]) -> Mention:
    """Tie a denial to its accusation, an end to what it ended, a breach to the agreement."""
    mention = draft.mention
    denied = _denied(draft, drafts)
    charges = [_charged(each, drafts) for each in denied]
    breaking = _BREAKING | ENDING if mention.type in _FORCE else _BREAKING
    cues = [
        *(cue for each in (*denied, *charges) for cue in _cue("denies", each, mention)),
        *_cue("ends", _governed(draft, drafts, ENDING, "ASSAULT"), mention),
        *_cue("violates", _governed(draft, drafts, breaking, "AGREE"), mention),
    ]
    return msgspec.structs.replace(mention, links=tuple(cues)) if cues else mention


def _cue(relation: Relation, other: Draft | None, mention: Mention) -> list[LinkCue]:
    if other is None:
        return []
    trace = Trace(report=mention.report, start=mention.start, end=mention.end)
    traces = [trace]
    if relation == "denies":
        # A denial says little itself: what it is over stands where the charge does.
        told = other.mention
        traces.append(Trace(report=told.report, start=told.start, end=told.end))
    return [LinkCue(relation=relation, mention=other.mention.id, evidence=tuple(traces))]


def _denied(draft: Draft, drafts: Sequence[Draft]) -> list[Draft]:
    """Return what a denial is of: what it says was not so, and the deed or the charge before."""
    verb = draft.trigger.head
    disowning = draft.trigger.frame.name == "disowning"
    named = {child.lemma_.lower() for child in verb.children if child.dep_ in ("dobj", "nsubj")}
    said = bool(named & (_SAID_BEFORE | speech_words().claim_nouns))
    denies = verb.lemma_ in _DENYING or (verb.lemma_ in _CALLING and said)
    if draft.mention.type != "REJECT" or not (disowning or denies):
        return []
    clauses = children(verb, "ccomp", "xcomp")
    clauses += [inner for noun in children(verb, "dobj") for inner in children(noun, "acl")]
    content = _content(draft, clauses, drafts)
    if content is not None:
        return [content, *_same_before(content, draft, drafts)]
    if disowning or named & speech_words().part_nouns or any(map(disowns_part, clauses)):
        return _only(_deed(draft, drafts))
    by_name = _named(verb, drafts) if verb.lemma_ in _DISOWNING else None
    if by_name is not None:
        return [by_name]
    objects = {child.lemma_.lower() for child in verb.children if child.dep_ == "dobj"}
    if objects and not said:
        return []
    if verb.lemma_ not in _CALLING and any(
        clause.dep_ in ("ccomp", "xcomp") and clause.lemma_ != "do" for clause in clauses
    ):
        # What it says was not so is told nowhere else.
        return []
    return _only(_charge(draft, drafts))


def _only(found: Draft | None) -> list[Draft]:
    return [] if found is None else [found]


def _charge(draft: Draft, drafts: Sequence[Draft]) -> Draft | None:
    """Return the charge told last before a denial, or the deed that others say was done."""
    deniers = _doers(draft)
    for other in reversed(drafts[: drafts.index(draft)]):
        if other.content:
            continue
        if other.mention.type == "ACCUSE" or other.mention.status == "alleged":
            if other.mention.type != "ACCUSE" or not _doers(other) & deniers:
                return other
        elif _is_said_by_others(other, deniers) and (
            draft.paragraph - other.paragraph <= _DEED_WITHIN
        ):
            return other
    return None


def _doers(draft: Draft) -> set[str]:
    return {p.name for p in draft.mention.participants if p.role == "actor"}


def _is_said_by_others(other: Draft, deniers: set[str]) -> bool:
    """Tell whether a deed is told as somebody else's word, who did not confirm it alone."""
    mention = other.mention
    tellers = {each.name for each in mention.attribution}
    return (
        mention.type in ("ASSAULT", "COERCE")
        and mention.status in ("happened", "ongoing")
        and not mention.background
        and bool(tellers)
        and not tellers & deniers
    )


def _named(verb: Token, drafts: Sequence[Draft]) -> Draft | None:
    """Return the deed that is the object of a denial: "disowned the attack on the market"."""
    objects = {child.i for child in children(verb, "dobj")}
    for other in drafts:
        word = other.trigger.head
        if word.doc is verb.doc and outer_noun(word).i in objects:
            if other.mention.type in ("ASSAULT", "COERCE"):
                return other
    return None


def _same_before(content: Draft, denial: Draft, drafts: Sequence[Draft]) -> list[Draft]:
    """Return the deed told right before a denial that repeats it in bare words.

    "A conscript was shot dead on Friday, they said.  The army denies that its men fired."
    """
    mention = content.mention
    if content.timing.own or mention.where or mention.type not in ("ASSAULT", "COERCE"):
        return []
    if any(party.role == "victim" for party in mention.participants):
        return []
    deniers = _doers(denial)
    for other in reversed(drafts[: drafts.index(denial)]):
        if other.paragraph != denial.paragraph or other.sentence < denial.sentence - _BARE_WITHIN:
            return []
        if _is_said_by_others(other, deniers) or (
            other.mention.type == mention.type and other.mention.status == "alleged"
        ):
            return [other]
    return []


def _content(draft: Draft, clauses: Sequence[Token], drafts: Sequence[Draft]) -> Draft | None:
    """Return what a denial says was not so: "denied that its troops had shelled the town"."""
    for other in drafts:
        word = other.trigger.predicate
        if other.mention.status == "denied" and other.paragraph == draft.paragraph:
            if any(clause == word or clause.is_ancestor(word) for clause in clauses):
                return other
    return None


def _charged(accusation: Draft, drafts: Sequence[Draft]) -> Draft | None:
    """Return the deed that an accusation is of, where it is told as one."""
    if accusation.mention.type != "ACCUSE":
        return None
    for other in drafts:
        within = (accusation.paragraph, accusation.sentence) == (other.paragraph, other.sentence)
        if within and other.content and other.mention.status == "alleged":
            return other
    return None


def _deed(draft: Draft, drafts: Sequence[Draft]) -> Draft | None:
    """Return the deed in which somebody denies a part: named beside, else the last told before."""
    at = drafts.index(draft)
    deniers = {p.name for p in draft.mention.participants if p.role == "actor"}
    beside = [other for other in drafts[at + 1 :] if _is_beside(other, draft)]
    for other in [*beside, *reversed(drafts[:at])]:
        victims = {p.name for p in other.mention.participants if p.role == "victim"}
        charged = other.mention.type == "MOBILIZE" and other.mention.status == "alleged"
        if (
            (other.mention.type in ("ASSAULT", "COERCE") or charged)
            and abs(draft.paragraph - other.paragraph) <= _DEED_WITHIN
            and not other.mention.background
            and not deniers & victims
        ):
            return other
    return None


def _is_beside(other: Draft, draft: Draft) -> bool:
    """Tell whether one is told behind another in its sentence, however the parse cuts that."""
    if other.paragraph != draft.paragraph:
        return False
    between = draft.trigger.head.doc[draft.trigger.head.i : other.trigger.head.i]
    return not any(token.text in _ENDS for token in between)


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
