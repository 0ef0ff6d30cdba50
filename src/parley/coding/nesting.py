"""Which triggers are swallowed by others, and what a plan or a condition makes of a type.

An act of speech or will swallows what it governs: in "demanded that they withdraw" nobody
withdrew.  What it places beside itself in time ("threatened to resign after the vote")
stands on its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Literal

from msgspec import Struct
from spacy.tokens import Token

from parley.coding.clauses import is_named_by_day, outer_noun
from parley.coding.syntax import (
    agents,
    ancestors,
    children,
    clause_verb,
    is_apart,
    is_passive,
    is_verbal,
    lemmas_in,
    prepositions,
    subjects,
)
from parley.coding.triggers import Trigger
from parley.coding.words import compliance_words, provision_words, speech_words
from parley.model import EventType, Status
from parley.parsing.layout import lay_out

_QUOTES = frozenset({'"', "”", "’", "''"})
# Words between a question that is quoted and the verb of asking: its subject.
_NEARBY = 6
_STOPS = frozenset(
    {"after", "following", "since", "before", "during", "amid", "despite", "ahead", "at"}
)
_COOPERATIVE: frozenset[EventType] = frozenset(
    {"AID", "COOPERATE", "SUPPORT", "RETREAT", "CONCEDE"}
)
# What it is a promise to do.  Who will withdraw or set free is told of by what he will do, and so
# is what will be done by whom nobody says.
_PROMISED: frozenset[EventType] = frozenset({"AID", "COOPERATE", "SUPPORT"})
# Who is to send peacekeepers has promised nobody anything: they are on their way.
_PEACEKEEPING = "peacekeeping"
_SENDING = frozenset({"send", "deploy", "dispatch", "contribute", "fly", "rush"})
# Who only speaks of what a noun names.
_COMMENTING: frozenset[EventType] = frozenset({"ACCUSE", "SUPPORT", "REQUEST"})
_AHEAD = frozenset({"will", "wo", "would", "shall", "sha", "'ll", "’ll"})
_HOSTILE: frozenset[EventType] = frozenset(
    {"SANCTION", "COERCE", "ASSAULT", "PROTEST", "MOBILIZE", "REJECT"}
)


def swallowing(trigger: Trigger, by_word: Mapping[int, Trigger]) -> Trigger | None:
    """Return the act of speech or will that a trigger is the content of, if any.

    `by_word` maps the words of the paragraph's triggers to them.
    """
    previous = trigger.predicate if trigger.governor is not None else outer_noun(trigger.head)
    if trigger.pos == "noun" and trigger.frame.type == "AGREE" and is_named_by_day(previous):
        # "Vowed to keep the truce of 3 May": it stands by itself.
        return None
    for above in ancestors(previous):
        if _stands_beside(previous):
            return None
        owner = by_word.get(above.i)
        if owner is not None and previous.dep_ == "conj" and above.i == owner.predicate.i:
            # "accused X and demanded Y": beside the other act, not under it.
            owner = None
        if owner is not None and owner.head != trigger.head:
            subject = previous.dep_ in ("nsubj", "nsubjpass", "csubj", "agent")
            if previous.dep_ == "nsubjpass" and _is_denied(owner.head, trigger):
                subject = False
            if previous.dep_ == "agent" and _is_charged(trigger.predicate, owner.head):
                subject = False
            if owner.frame.absorb and not subject:
                return owner
            if "own" in trigger.flags and not subject:
                return owner
        previous = above
    return None


def commenting(trigger: Trigger, by_head: Mapping[int, Trigger]) -> list[Token]:
    """Return who praises, condemns or asks for what a noun names: he does not do it."""
    verb = clause_verb(trigger.head) if trigger.pos == "noun" else None
    owner = by_head.get(verb.i) if verb is not None else None
    if verb is None or owner is None or owner.head == trigger.head:
        return []
    if owner.frame.type not in _COMMENTING:
        return []
    return agents(verb) if is_passive(verb) else subjects(verb)


def _is_denied(verb: Token, trigger: Trigger) -> bool:
    """Tell whether what a noun says is denied: "reports that they had fired were denied"."""
    words = speech_words()
    denying = is_passive(verb) and verb.lemma_ in words.denies | words.dismissing
    return denying and any(
        noun.lemma_.lower() in words.claim_nouns and noun.is_ancestor(trigger.head)
        for noun in subjects(verb)
    )


def _is_charged(verb: Token, charging: Token) -> bool:
    """Tell whether an "of" hangs on who accuses: "accused by the army of attacking the town"."""
    charge = verb.dep_ == "pcomp" and verb.head.lower_ == "of"
    return charge and charging.lemma_ in speech_words().accusing


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
    trigger: Trigger, status: Status, *, speaker: Token | None, own: bool = False
) -> tuple[EventType, str | None]:
    """Return the type and mode of a trigger given its status.

    PLOVER files what is ahead under what is done now: who says that he will help agrees to,
    who says that he will strike threatens to.  A meeting ahead stays a meeting, a withdrawal a
    withdrawal.
    """
    frame = trigger.frame
    if status == "denied" and refuses(trigger, speaker=speaker, own=own):
        return "REJECT", None
    if status not in ("scheduled", "expected"):
        return frame.type, mode_of(trigger)
    conditional = _conditioned(trigger.predicate)
    own_word = speaker is not None and _same(speaker, subjects(trigger.predicate))
    if conditional and own_word and frame.type != "CONSULT":
        return "THREATEN", None
    if frame.name == _PEACEKEEPING and trigger.predicate.lemma_ in _SENDING:
        return "MOBILIZE", None
    if frame.type in _PROMISED and not is_passive(trigger.predicate):
        return "AGREE", None
    if frame.type in _HOSTILE and own_word:
        return "THREATEN", None
    return frame.type, mode_of(trigger)


def mode_of(trigger: Trigger) -> str | None:
    """Return how a happening is done: "signed a truce" is of the truce's mode."""
    frame, partner = trigger.frame, trigger.partner
    if frame.mode is None and partner is not None and partner.frame.type == frame.type:
        return partner.frame.mode
    return frame.mode


def refuses(trigger: Trigger, *, speaker: Token | None, own: bool) -> bool:
    """Tell whether somebody says that he will not, would never, do what is asked of him.

    `own` tells that the speaker is of the side that would act.  A meeting that somebody
    will not attend is called off, and stays a meeting.
    """
    verb = trigger.predicate
    ahead = {child.lower_ for child in children(verb, "aux")} & _AHEAD
    doers = subjects(verb)
    if not ahead or not doers or trigger.frame.type not in _COOPERATIVE | {"AGREE"}:
        return False
    return own or (speaker is not None and _same(speaker, doers))


def only_says(trigger: Trigger) -> bool:
    """Tell whether a verb of demanding only says something: "X insisted that Y has left".

    Or asks what it quotes: "Where are they?" he asked.
    """
    verb = trigger.head
    if verb.lemma_ == "ask" and _quotes_question(verb):
        return True
    if trigger.frame.type != "REQUEST" or verb.lemma_ not in ("insist", "tell"):
        return False
    return any(
        clause.tag_ in ("VBD", "VBZ")
        or any(child.tag_ in ("VBD", "VBZ", "VBP") for child in children(clause, "aux", "auxpass"))
        for clause in children(verb, "ccomp")
    )


def _quotes_question(verb: Token) -> bool:
    """Tell whether a verb stands right behind a question in quotation marks, and wants nothing."""
    if children(verb, "xcomp") or any(name == "for" for name, _ in prepositions(verb)):
        return False
    before = [token.text for token in verb.doc[max(0, verb.i - _NEARBY) : verb.i]]
    return any(mark == "?" and after in _QUOTES for mark, after in pairwise(before))


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


class Implied(Struct, frozen=True):
    """An act of speech that no word names: its verb of saying, its kind, whom it is about."""

    verb: Token
    kind: Literal["demand", "charge", "disowning", "ending"]
    addressed: tuple[Token, ...] = ()


def implied_acts(root: Token) -> list[Implied]:
    """Return what a sentence says without a word for it.

    "X said Y must leave" is a demand, "X said Y was behind the attack" a charge, "X said
    it had nothing to do with it" a denial, "X said the truce was over" the end of it.
    """
    found = []
    words = speech_words()
    saying = words.telling
    if saying.isdisjoint(lemmas_in(root.doc)):
        return []
    if saying.isdisjoint(lay_out(root.doc).lemmas[root.left_edge.i : root.right_edge.i + 1]):
        return []
    for verb in root.subtree:
        if not is_verbal(verb) or verb.lemma_ not in saying:
            continue
        speakers = subjects(verb)
        for clause in children(verb, "ccomp") if speakers else ():
            about = children(clause, "nsubj", "nsubjpass")
            if not about or is_apart(clause, verb):
                continue
            own = _same(speakers[0], about)
            if _obliges(clause):
                found.append(Implied(verb, "demand", tuple(about)))
            elif _declares_over(clause) and speakers[0].lemma_.lower() not in words.outlets:
                found.append(Implied(verb, "ending"))
            elif _disowns(clause) and own:
                found.append(Implied(verb, "disowning"))
            elif _blames(clause) and not own:
                found.append(Implied(verb, "charge", tuple(about)))
            elif own and (began := _answered(clause)):
                found.append(Implied(verb, "charge", tuple(began)))
    return found


def _obliges(clause: Token) -> bool:
    modals = {child.lower_ for child in children(clause, "aux")}
    has_to = clause.lemma_ in ("have", "need") and bool(children(clause, "xcomp"))
    return bool(modals & {"must", "should", "ought"}) or has_to


def _declares_over(clause: Token) -> bool:
    """Tell whether a clause says that an agreement is no more: "that the truce is at an end"."""
    if clause.lemma_ != "be" or any(child.dep_ in ("neg", "aux") for child in clause.children):
        return False
    named = provision_words().agreements
    if not any(noun.lemma_.lower() in named for noun in children(clause, "nsubj")):
        return False
    said = {word.lower_ for word in clause.rights}
    said |= {inner.lower_ for prep in children(clause, "prep") for inner in prep.children}
    return not said.isdisjoint(compliance_words().over)


# "May be behind it" blames; "would be responsible" does not.
_BLAMING = frozenset({"had", "has", "have", "may", "might", "could"})


def _blames(clause: Token) -> bool:
    """Tell whether a clause says who was behind a thing."""
    helped = {child.lower_ for child in children(clause, "aux")}
    if any(child.dep_ == "neg" for child in clause.children) or helped - _BLAMING:
        return False
    if clause.lemma_ in speech_words().masterminding:
        return not is_passive(clause) and bool(children(clause, "dobj"))
    return clause.lemma_ == "be" and _points_at(clause)


def _answered(clause: Token) -> list[Token]:
    """Return who began it, where a clause says that its subject only answered."""
    if clause.lemma_ not in speech_words().answering:
        return []
    words = [clause, *children(clause, "dobj"), *(noun for _, noun in prepositions(clause))]
    return [doer for word in words for name, doer in prepositions(word) if name in ("by", "from")]


def _points_at(clause: Token) -> bool:
    behind = any(name == "behind" for name, _ in prepositions(clause))
    blamed = children(clause, "acomp")
    return behind or any(word.lower_ in ("responsible", "guilty", "complicit") for word in blamed)


def disowns_part(clause: Token) -> bool:
    """Tell whether what is denied is a part in a thing: "denied that it had a hand in it"."""
    parts = speech_words().part_nouns
    return (
        any(
            noun.lemma_.lower() in parts
            or (noun.lower_ == "anything" and any(word.lower_ == "do" for word in noun.subtree))
            for noun in children(clause, "dobj")
        )
        or (clause.lemma_ == "be" and _points_at(clause))
        or clause.lower_ == "involved"
    )


def _disowns(clause: Token) -> bool:
    """Tell whether a clause says that its subject had no part in a thing."""
    negated = any(child.dep_ == "neg" or child.lower_ == "never" for child in clause.children)
    parts = speech_words().part_nouns
    for noun in children(clause, "dobj"):
        without = any(child.lower_ == "no" for child in noun.lefts)
        if noun.lemma_.lower() in parts and (without or negated):
            return True
        if noun.lower_ == "nothing" and any(word.lower_ == "do" for word in noun.subtree):
            return True
        if clause.lemma_ == "have" and without and noun.lemma_.lower() in speech_words().men:
            return True  # "had no men in the valley"
    if clause.lemma_ == "be" and clause.doc[clause.i + 1 : clause.i + 2].text.lower() == "nowhere":
        return True  # "had been nowhere near"
    involved = any(word.lower_ == "involved" for word in (clause, *children(clause, "acomp")))
    return negated and (involved or (clause.lemma_ == "be" and _points_at(clause)))
