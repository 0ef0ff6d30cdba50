"""Attendance: who is told to take part in a meeting by a clause that does not name it.

In: a report's drafts and paragraphs.  Out: the drafts; "the presidents of X and Y will also
attend" adds both to the talks told of before in the sentence or in the one before it, and
so does "talks between A and B, attended by C".  The verbs are in `data/governors.toml`.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence

from spacy.tokens import Doc, Token

from parley.coding.arguments import Argument
from parley.coding.drafts import Draft, changed
from parley.coding.factuality import is_so
from parley.coding.governors import load_governors
from parley.coding.lexicon import Lexicon, SlotRole
from parley.coding.participants import joined, parties_at
from parley.coding.syntax import agents, children, is_passive, is_verbal, objects, subjects
from parley.coding.triggers import words_of
from parley.grounding import Grounding
from parley.model import Participant
from parley.parsing.layout import lay_out

_MEETING, _SIGNED = frozenset({"CONSULT", "AGREE"}), frozenset({"AGREE"})
# What is guaranteed or witnessed is an accord rather than the talks about it.
_OF_ACCORDS = frozenset({"witness", "guarantee", "guarantor"})
_SIDES = frozenset({"actor", "recipient", "signatory"})
_SERVING = frozenset({"act", "serve"})
_CLAUSES = 4  # verbs above "attend" that may be one with it: "are expected to attend"


def with_attendance(
    drafts: Sequence[Draft], docs: Sequence[Doc], *, grounding: Grounding, lexicon: Lexicon
) -> list[Draft]:
    """Return the drafts, each meeting with those who are told to attend it."""
    done = list(drafts)
    governors = load_governors()
    verbs, offices = governors.attending, governors.offices
    for index in sorted({draft.paragraph for draft in drafts}):
        taken = {
            word.i
            for draft in drafts
            # "Uganda witnessed it" is no accord of Uganda's, whatever the network takes it for.
            if draft.paragraph == index and not _only_sees(draft, verbs)
            for word in words_of(draft.trigger)
        }
        for i, lemma in enumerate(lay_out(docs[index]).lemmas):
            if lemma not in verbs and lemma not in offices:
                continue
            word = docs[index][i]
            holding = _holding(word) if lemma in offices else None
            role = "mediator" if holding is not None else verbs.get(lemma)
            if role is None or i in taken:
                continue
            verb = holding or word
            if not is_verbal(verb) or any(noun.i in taken for noun in _attended(verb)):
                continue
            agreed = _meeting_before(done, index, verb, _SIGNED) if lemma in _OF_ACCORDS else None
            at = _meeting_before(done, index, verb, _MEETING) if agreed is None else agreed
            if at is not None and is_so(verb):
                done[at] = _joined_by(done[at], verb, role, grounding=grounding, lexicon=lexicon)
                done = [each for each in done if each.trigger.head != verb]
    return done


def _only_sees(draft: Draft, verbs: Container[str]) -> bool:
    """Tell whether a draft is of a verb of attending alone, by the network's word for it."""
    trigger = draft.trigger
    return "learnt" in trigger.flags and trigger.head.lemma_ in verbs and trigger.pos == "verb"


def _holding(office: Token) -> Token | None:
    """Return the verb of "is the guarantor", "will act as mediator", None where there is none."""
    verb = office.head
    if office.dep_ == "attr" and verb.lemma_ == "be":
        return verb
    serving = office.dep_ == "pobj" and verb.lower_ == "as" and verb.head.lemma_ in _SERVING
    return verb.head if serving and not is_passive(verb.head) else None


def _attended(verb: Token) -> list[Token]:
    """Return the nouns that say what is attended."""
    below = [noun for name in children(verb, "prep") for noun in children(name, "pobj")]
    return [*([] if is_passive(verb) else objects(verb)), *below]


def _meeting_before(
    drafts: Sequence[Draft], index: int, verb: Token, kinds: Container[str]
) -> int | None:
    """Return the place of the last such meeting told in this sentence or the one before."""
    numbers = {sentence.start: at for at, sentence in enumerate(verb.doc.sents)}
    sentence = numbers[verb.sent.start]
    for at in range(len(drafts) - 1, -1, -1):
        draft = drafts[at]
        near = draft.paragraph == index and sentence - 1 <= draft.sentence <= sentence
        if near and draft.trigger.head.i < verb.i and draft.mention.type in kinds:
            return at
    return None


def _joined_by(
    draft: Draft, verb: Token, role: SlotRole, *, grounding: Grounding, lexicon: Lexicon
) -> Draft:
    mention = draft.mention
    sides = {party.name for party in mention.participants if party.role in _SIDES}
    # Where nobody is told to meet, those who attend do.
    role = role if len(sides) > 1 or role == "mediator" else "actor"
    known = {person.name for party in mention.participants for person in party.people}
    found: list[Participant] = []
    for noun in agents(verb) if is_passive(verb) else _attendants(verb):
        for party in parties_at(Argument("attending", role, noun), grounding, lexicon):
            people = tuple(person for person in party.people if person.name not in known)
            if people or (not party.people and party.name not in sides):
                found.append(party)
    return changed(draft, participants=joined([*mention.participants, *found])) if found else draft


def _attendants(verb: Token) -> list[Token]:
    """Return who attends.

    "... is due in Geneva and X and Y will attend": a parser that hangs X on Geneva leaves the
    verb without a subject; what then stands right before its auxiliaries is it.
    """
    top = verb
    for _ in range(_CLAUSES):
        if top.dep_ != "xcomp" or children(top, "nsubj", "nsubjpass"):
            break
        top = top.head
    if top.dep_ != "conj" or children(top, "nsubj", "nsubjpass"):
        return subjects(verb)
    first = min(children(top, "aux", "auxpass"), default=top, key=lambda token: token.i)
    return list(_names_before(first)) or subjects(verb)


def _names_before(word: Token) -> Iterator[Token]:
    """Yield the nouns joined by "and" that end right before a word, but the first of all."""
    noun = word.nbor(-1) if word.i else word
    while noun.dep_ == "conj" and not is_verbal(noun.head):
        yield noun
        noun = noun.head
