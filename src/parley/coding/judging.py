"""Where the rules and the network meet: which words are triggers, of which type, which status.

In: what the rules say of a paragraph, and what the network makes of it.  Out: what stands.
Each decision has its thresholds, chosen on conflicts that the network was not trained on
(docs/decisions/learning.md); without the network all is as the rules say.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import msgspec
from spacy.tokens import Doc, Token

from parley.coding.arguments import Argument, find_arguments, is_label, is_source
from parley.coding.attribution import Speaker
from parley.coding.clauses import outer_noun
from parley.coding.counts import Tally
from parley.coding.factuality import judge
from parley.coding.lexicon import TEMPLATES, Frame, SlotRole, Template
from parley.coding.nearing import words_before
from parley.coding.nesting import swallowing
from parley.coding.patterns import WordPos
from parley.coding.syntax import children, is_said_of, is_verbal, objects, subjects
from parley.coding.triggers import Trigger, may_name, words_of
from parley.coding.words import everyday_words
from parley.learnt import Hint, Judgement
from parley.model import EventType, Participant, Status

_MUTUAL = frozenset({"CONSULT", "AGREE", "COOPERATE"})
_ABSORBING = frozenset({"REQUEST", "ACCUSE", "REJECT", "THREATEN"})
# Deeds whose words are those of everyday life as well, and who is of a conflict.
_EVERYDAY = frozenset({"ASSAULT", "COERCE", "PROTEST", "RETREAT", "MOBILIZE"})
# Of these a word that the network all but rules out is none.  Attacks, withdrawals, accords,
# meetings and reproaches the press tells in words that the network was not taught.
_DISBELIEVED = frozenset(
    {
        "AID", "COERCE", "CONCEDE", "COOPERATE", "MOBILIZE", "PROTEST", "REJECT", "REQUEST",
        "SANCTION", "SUPPORT", "THREATEN",
    }
)  # fmt: skip
# Of these one is told in the words of another, which know more of who takes part.
_GIVING = frozenset({"AID", "CONCEDE", "COOPERATE", "RETREAT"})
_CONTENDING = frozenset({"state", "armed_group", "igo", "government_body", "military"})
_POS: Mapping[str, WordPos] = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "PROPN": "noun"}


def _frame(kind: EventType) -> Frame:
    template: Template = "mutual" if kind in _MUTUAL else "directed"
    return Frame(
        name="learnt",
        type=kind,
        mode=None,
        template=template,
        roles=TEMPLATES[template],
        absorb=kind in _ABSORBING,
        needs="one",
    )


def hints_of(triggers: Sequence[Trigger]) -> dict[int, Hint]:
    """Return what the rules say of each trigger, by its token's index, as the network reads it."""
    by_word = {word.i: trigger for trigger in triggers for word in words_of(trigger)}
    return {trigger.head.i: _hint(trigger, by_word) for trigger in triggers}


def _hint(trigger: Trigger, by_word: Mapping[int, Trigger]) -> Hint:
    swallower = swallowing(trigger, by_word)
    over = swallower.frame.type if swallower is not None else ""
    return Hint(
        kind=trigger.frame.type,
        ruling=f"{judge(trigger)} {trigger.effect} {over}",
        slots={argument.token.i: argument.role for argument in find_arguments(trigger)},
    )


def weigh(
    doc: Doc, triggers: Sequence[Trigger], judgement: Judgement, thresholds: Mapping[str, float]
) -> list[Trigger]:
    """Return the triggers that stand: the rules', and the network's where the rules see none."""
    kept = [_typed(trigger, judgement, thresholds["type"]) for trigger in triggers]
    if doc.text.isupper():
        return kept  # a line in capitals, of which the parse and the network know nothing
    taken = {word for trigger in triggers for word in _words(trigger)}
    # "The attempt at a summit" names one happening, and the rules know it.
    nouns = [trigger.head for trigger in triggers if trigger.pos == "noun"]
    taken |= {outer_noun(noun).i for noun in nouns}
    # ... and "the sides moved closer to a truce" none at all.
    taken |= {word.i for noun in nouns for word in words_before(noun)}
    # ... and "put the dead at nine" one, by its verb.
    tolls = [trigger.head for trigger in triggers if trigger.frame.name == "toll"]
    taken |= {noun.i for verb in tolls for noun in (*objects(verb), *subjects(verb))}
    for token in judgement.likely_events(thresholds["trigger"]):
        if token.i in taken:
            continue
        pos = _POS.get(token.pos_)
        if pos is None or not may_name(token, pos) or _is_half(token) or _says_little(token):
            continue
        types = judgement.types(token)
        kind = max(types, key=lambda name: types[name])
        kept.append(Trigger(token, token.i, token.i, _frame(kind), pos, frozenset({"learnt"})))
    return sorted(kept, key=lambda trigger: trigger.head.i)


def _says_little(token: Token) -> bool:
    """Tell whether a word is one by which alone no happening is named: "picked up", "called"."""
    everyday = everyday_words()
    return token.lemma_.lower() in (everyday.verbs if is_verbal(token) else everyday.nouns)


def _is_half(token: Token) -> bool:
    """Tell whether a word is what stands behind the hyphen of another: the fire of "cease-fire"."""
    before = token.nbor(-1) if token.i else None
    return before is not None and before.text == "-" and not before.whitespace_


def confidence_of(trigger: Trigger, kind: EventType, judgement: Judgement) -> float:
    """Return how likely, from 0 to 1, the words of a trigger tell an event of a type.

    That is how likely the likeliest of them names any event, times how likely this type is
    then, in hundredths: finer is noise, and differs from one machine to the next.
    """
    doc = trigger.head.doc
    word = max((doc[i] for i in sorted(_words(trigger))), key=judgement.event)
    return round(judgement.event(word) * judgement.types(word)[kind], 2)


def _words(trigger: Trigger) -> set[int]:
    words = {word.i for word in words_of(trigger)} | {trigger.head.i}
    if trigger.governor is not None:
        words.add(trigger.governor.i)
    if trigger.partner is not None:
        words |= _words(trigger.partner)
    return words


def _typed(trigger: Trigger, judgement: Judgement, least: float) -> Trigger:
    types = judgement.types(trigger.head)
    kind = max(types, key=lambda name: types[name])
    if kind == trigger.frame.type or types[kind] < least:
        return trigger
    if judgement.event(trigger.head) < 0.5 or _is_half(trigger.head):
        return trigger
    kindred = {kind, trigger.frame.type} <= _GIVING
    frame = _frame(kind)
    if kindred:
        frame = msgspec.structs.replace(trigger.frame, type=kind, mode=None)
    return msgspec.structs.replace(trigger, frame=frame)


def status_of(
    trigger: Trigger, told: Status, judgement: Judgement, thresholds: Mapping[str, float]
) -> Status:
    """Return the status that stands, given the rules': of the network's own words its own."""
    if "learnt" not in trigger.flags:
        return told
    statuses = judgement.statuses(trigger.head)
    best = max(statuses, key=lambda name: statuses[name])
    return best if statuses[best] >= thresholds["status"] else told


def recalls(trigger: Trigger, judgement: Judgement, thresholds: Mapping[str, float]) -> bool:
    """Tell whether a trigger recalls what is older than the news; the rules add what times show."""
    return judgement.background(trigger.head) >= thresholds["background"]


def is_doubtful(
    trigger: Trigger,
    participants: Sequence[Participant],
    tallies: Sequence[Tally],
    judgement: Judgement,
    thresholds: Mapping[str, float],
) -> bool:
    """Tell whether the network takes a word for none of the deeds that it may name.

    "A fungus attacked the trees", "doctors are fighting an outbreak": where nobody of a conflict
    takes part and nobody is counted, that has a say.  Nouns ("the war") are completed later.  What
    is next to no happening ("pay the bill", "households are displaced") is none, whoever does it.
    """
    if trigger.frame.type in _DISBELIEVED and _is_disbelieved(trigger, judgement, thresholds):
        return True
    if trigger.pos != "verb" or trigger.frame.type not in _EVERYDAY or tallies:
        return False
    if any(p.country is not None or p.kind in _CONTENDING for p in participants):
        return False
    return max(judgement.event(trigger.head.doc[i]) for i in _words(trigger)) < thresholds["doubt"]


def _is_disbelieved(
    trigger: Trigger, judgement: Judgement, thresholds: Mapping[str, float]
) -> bool:
    """Tell whether all words of the rules' trigger are next to no happening for the network."""
    if trigger.flags & {"learnt", "implied"}:
        return False  # what "said" implies is told by the clause under it
    likely = max(judgement.event(trigger.head.doc[i]) for i in _words(trigger))
    return likely < thresholds["disbelieved"]


# Mediators and hosts are too few in the corpus to be learnt.
_ROLES: Mapping[str, SlotRole] = {"by": "actor", "to": "recipient"}


def filled(
    trigger: Trigger,
    arguments: Sequence[Argument],
    judgement: Judgement,
    thresholds: Mapping[str, float],
    *,
    speakers: Collection[int] = (),
) -> list[Argument]:
    """Return the arguments that stand: the rules', and the network's where the rules have none.

    Beside those of the rules it names a side only where it is sure of it.  Of violence a side
    that the network thinks unlikely is none.  Of a trigger that only the network knows, the rules
    know the slots by its type alone.  `speakers` are the words that name who only speaks of it,
    and did not do it.
    """
    learnt = "learnt" in trigger.flags
    slots = judgement.slots(trigger.head)
    read = {word.i: (slot, likely) for word, slot, likely in slots}
    arguments = [_turned(trigger, each, read, thresholds["turned"]) for each in arguments]
    if trigger.frame.type == "ASSAULT":
        arguments = [a for a in arguments if not _is_unlikely(a, trigger, judgement, thresholds)]
    told = {argument.role for argument in arguments}
    taken = {argument.token.i for argument in arguments}
    kept = [] if learnt else list(arguments)
    for word, slot, likely in slots:
        role = _ROLES.get(slot)
        if role is None or likely < thresholds["slot"]:
            continue
        if role == "actor" and (word.i in speakers or is_source(word)):
            continue
        if word.head.i in taken and is_said_of(word):
            continue  # "a U.N. observer, a Danish major": who he is, not somebody else
        if is_label(word, trigger.predicate):
            continue
        if role == "actor" and trigger.frame.roles.get("subject") == "none":
            continue  # who hears shots fires none, and who finds the dead did not kill them
        room = role not in told or (
            likely >= thresholds["beside"] and _is_beside(word, role, trigger)
        )
        if learnt or (room and word.i not in taken):
            kept.append(Argument("learnt", role, word))
    return kept or list(arguments)


def _is_beside(word: Token, role: SlotRole, trigger: Trigger) -> bool:
    """Tell whether a word may be one side more than the rules name.

    An apposition says who one of them is, whom a deed of violence killed is told by the count, and
    what a clause does beside a noun ("before the talks the ministers ...") is another deed.
    """
    harmed = role == "recipient" and trigger.frame.type == "ASSAULT"
    return trigger.pos == "verb" and word.dep_ != "appos" and not harmed


def _turned(
    trigger: Trigger, argument: Argument, read: Mapping[int, tuple[str, float]], least: float
) -> Argument:
    """Return an argument on the other side where the network reads it there: doer, sufferer."""
    slot, likely = read.get(argument.token.i, ("", 0.0))
    role = _ROLES.get(slot)
    sided = argument.role in _ROLES.values() and trigger.frame.type not in _MUTUAL
    if role is None or role == argument.role or not sided or likely < least:
        return argument
    if any(noun.tag_ in ("WDT", "WP") for noun in children(trigger.head, "dobj")):
        return argument  # "the group, which Chad accuses": it does something in the clause above
    if argument.slot == "subject" and trigger.frame.roles.get("subject") == "recipient":
        return argument  # "the army repelled an attack": the frame itself says so
    return Argument(argument.slot, role, argument.token)


def _is_unlikely(
    argument: Argument, trigger: Trigger, judgement: Judgement, thresholds: Mapping[str, float]
) -> bool:
    """Tell whether the network takes a word for no doer or sufferer: "by the army's account".

    Less is asked where it reads somebody else there, who then takes the place.  Where the deed
    was done may be whom it was done to as well: "fired at Israel".
    """
    slot = next((slot for slot, role in _ROLES.items() if role == argument.role), None)
    shared = argument.slot == "subject" and trigger.head.dep_ in ("xcomp", "pcomp")
    # "Its invasion": the network is taught the name that stands beside a pronoun; and of what is
    # told to be between two neither is less likely than the other.
    told_by_form = argument.token.tag_ in ("PRP", "PRP$") or argument.slot in ("between", "by")
    if slot is None or shared or told_by_form:
        return False  # "denied having shelled Gao": the network looks for a subject nearer by
    slots = ("to", "at") if slot == "to" else (slot,)
    told = [judgement.likely(trigger.head, argument.token, each) for each in slots]
    likely = None if told[0] is None else sum(each or 0 for each in told)
    others = any(
        other == slot and how >= thresholds["slot"] and word.i != argument.token.i
        for word, other, how in judgement.slots(trigger.head)
    )
    return likely is not None and likely < thresholds["replaced" if others else "unlikely"]


def heard(
    trigger: Trigger, judgement: Judgement, thresholds: Mapping[str, float]
) -> Speaker | None:
    """Return who is quoted for a trigger, where the network hears one that the rules do not."""
    said = [
        (likely, word.i, word)
        for word, slot, likely in judgement.slots(trigger.head)
        if slot == "says" and likely >= thresholds["speaker"]
    ]
    return Speaker(max(said)[2], None, "asserts") if said else None


def told_where(
    trigger: Trigger, judgement: Judgement, thresholds: Mapping[str, float]
) -> dict[Token, float]:
    """Return the words that say where, as the network reads them, with how likely each does."""
    return {
        word: likely
        for word, slot, likely in judgement.slots(trigger.head)
        if slot == "at" and likely >= thresholds["place"]
    }
