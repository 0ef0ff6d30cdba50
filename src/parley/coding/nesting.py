"""Which triggers are swallowed by others, and what a plan or a condition makes of a type.

An act of speech or will swallows what it governs: in "demanded that they withdraw" nobody
withdrew.  What it places beside itself in time ("threatened to resign after the vote")
stands on its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from spacy.tokens import Token

from parley.coding.syntax import ancestors, children, is_apart, is_verbal, near, subjects
from parley.coding.triggers import Trigger, outer_noun
from parley.coding.words import factuality_words, speech_words
from parley.model import EventType, Status

_STOPS = frozenset({"after", "following", "since", "before", "during", "amid", "despite", "ahead"})
_COOPERATIVE: frozenset[EventType] = frozenset(
    {"AID", "COOPERATE", "SUPPORT", "RETREAT", "CONCEDE"}
)
_HOSTILE: frozenset[EventType] = frozenset(
    {"SANCTION", "COERCE", "ASSAULT", "PROTEST", "MOBILIZE", "REJECT"}
)


def swallowing(trigger: Trigger, by_word: Mapping[int, Trigger]) -> Trigger | None:
    """Return the act of speech or will that a trigger is the content of, if any.

    `by_word` maps the words of the paragraph's triggers to them.
    """
    previous = trigger.predicate if trigger.governor is not None else outer_noun(trigger.head)
    for above in ancestors(previous):
        if _stands_beside(previous):
            return None
        owner = by_word.get(above.i)
        if owner is not None and previous.dep_ == "conj" and above.i == owner.predicate.i:
            # "accused X and demanded Y": beside the other act, not under it.
            owner = None
        if owner is not None and owner.head != trigger.head:
            subject = previous.dep_ in ("nsubj", "nsubjpass", "csubj", "agent")
            if owner.frame.absorb and not subject:
                return owner
            if "own" in trigger.flags and not subject:
                return owner
        previous = above
    return None


def _stands_beside(word: Token) -> bool:
    """Tell whether a word opens a part of the sentence that its governor does not reach into."""
    if word.dep_ == "prep" and word.lower_ in _STOPS:
        return True
    if word.dep_ == "relcl" or (word.dep_ == "ccomp" and is_apart(word, word.head)):
        return True
    if word.dep_ == "advcl":
        to = any(child.lower_ == "to" for child in children(word, "aux"))
        marks = {child.lower_ for child in children(word, "mark", "advmod")}
        return not to or bool(marks & _STOPS)
    if word.dep_ == "conj" and is_verbal(word) and is_verbal(word.head):
        # A coordinated finite verb is a statement of its own: "demanded ... and attacked ...".
        return word.tag_ in ("VBD", "VBZ", "VBP") and word.head.tag_ in ("VBD", "VBZ", "VBP")
    return False


def cast(
    trigger: Trigger, status: Status, *, speaker: Token | None
) -> tuple[EventType, str | None]:
    """Return the type and mode of a trigger given its status.

    PLOVER files what is ahead under what is done now: who says that he will help agrees to,
    who says that he will strike threatens to.  A meeting ahead stays a meeting.
    """
    frame = trigger.frame
    if status not in ("scheduled", "expected"):
        return frame.type, frame.mode
    conditional = _conditioned(trigger.predicate)
    own_word = speaker is not None and _same(speaker, subjects(trigger.predicate))
    if conditional and own_word and frame.type != "CONSULT":
        return "THREATEN", None
    if frame.type in _COOPERATIVE:
        return "AGREE", None
    if frame.type in _HOSTILE and own_word:
        return "THREATEN", None
    return frame.type, frame.mode


def _conditioned(verb: Token) -> bool:
    """Tell whether a plan hangs on a condition that somebody else must meet."""
    for clause in children(verb, "advcl"):
        marks = {child.lower_ for child in children(clause, "mark")}
        if marks & {"unless", "if"}:
            return True
    return False


def _same(speaker: Token, doers: Sequence[Token]) -> bool:
    """Tell whether the one who speaks is the one who will act."""
    if not doers:
        return False
    doer = doers[0]
    return doer.i == speaker.i or doer.lower_ in ("it", "they", "he", "she", "we", "i")


def obligations(sentence_root: Token) -> list[tuple[Token, Token, Token]]:
    """Return (verb of saying, speaker, obliged) where someone says that another must act."""
    found = []
    words = speech_words()
    for verb in sentence_root.subtree:
        if not is_verbal(verb) or verb.lemma_ not in words.asserts:
            continue
        speakers = subjects(verb)
        for clause in children(verb, "ccomp"):
            modals = {child.lower_ for child in children(clause, "aux")}
            has_to = clause.lemma_ in ("have", "need") and bool(children(clause, "xcomp"))
            obliged = children(clause, "nsubj", "nsubjpass")
            if speakers and obliged and (modals & {"must", "should", "ought"} or has_to):
                found.append((verb, speakers[0], obliged[0]))
    return found


def accident(token: Token) -> bool:
    """Tell whether a sentence speaks of nature or accident, which assault nobody."""
    words = factuality_words().accident_words
    return any(other.lemma_.lower() in words for other in near(token))
