"""Finding: what tells of a happening in the paragraphs of some reports.

In: parses with their groundings.  Out: for each paragraph the triggers that stand, by the rules
and by the network where it is asked, and whom acts of speech are about.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct
from spacy.tokens import Doc, Token

from parley.coding.arguments import Argument
from parley.coding.compliance import observed_acts
from parley.coding.judging import hints_of, weigh
from parley.coding.lexicon import Frame, Lexicon
from parley.coding.nesting import implied_acts, only_says
from parley.coding.patterns import Refers
from parley.coding.triggers import Trigger, find_triggers, words_of
from parley.grounding import Grounding
from parley.learnt import Components, Judgement, fill
from parley.model import EventType

_IMPLIED_TYPES: dict[str, EventType] = {
    "demand": "REQUEST",
    "charge": "ACCUSE",
    "disowning": "REJECT",
    "ending": "REJECT",
    "kept": "COOPERATE",
    "broken": "REJECT",
}
_IMPLIED = {
    kind: Frame(
        name=kind,
        type=type_,
        mode=None,
        template="directed",
        roles={"subject": "actor"},
        absorb=kind not in ("kept", "broken", "ending"),
        needs="one",
    )
    for kind, type_ in _IMPLIED_TYPES.items()
}


class Found(Struct, frozen=True):
    """What tells of a happening in one paragraph, before anything is made of it.

    `about` are whom acts of speech are about, by their word; `judgement` what the network
    makes of the paragraph, None where the rules code alone.
    """

    triggers: Sequence[Trigger]
    about: Mapping[int, Sequence[Argument]]
    judgement: Judgement | None = None


def find_in(
    reports: Sequence[tuple[Sequence[Doc], Grounding]],
    *,
    lexicon: Lexicon,
    components: Components | None = None,
) -> list[list[Found]]:
    """Return what each paragraph of some reports tells, by report.

    That is what the rules find, and what the network makes of it; it is asked of all together,
    which is cheaper, and answers of each what it does of it alone.
    """
    by_rules = [
        [(doc, *found_by_rules(doc, grounding=grounding, lexicon=lexicon)) for doc in docs]
        for docs, grounding in reports
    ]
    if components is None:
        return [
            [Found(_with_observed(doc, triggers), about) for doc, triggers, about in told]
            for told in by_rules
        ]
    every = [paragraph for told in by_rules for paragraph in told]
    judgements = components.judge(
        [doc for doc, _, _ in every], [hints_of(triggers) for _, triggers, _ in every]
    )
    thresholds = components.card.thresholds
    found = [
        Found(_with_observed(doc, weigh(doc, triggers, judgement, thresholds)), about, judgement)
        for (doc, triggers, about), judgement in zip(every, judgements, strict=True)
    ]
    fill(
        [
            (judgement, trigger.head.i)
            for each, judgement in zip(found, judgements, strict=True)
            for trigger in each.triggers
        ]
    )
    in_order = iter(found)
    return [[next(in_order) for _ in told] for told in by_rules]


def _with_observed(doc: Doc, triggers: Sequence[Trigger]) -> list[Trigger]:
    """Add what is told as done as agreed, or against it, where no other word tells a deed."""
    deeds = {
        word.i
        for trigger in triggers
        if trigger.frame.type != "AGREE"
        for word in words_of(trigger)
    }
    taken = deeds | {word.i for trigger in triggers for word in words_of(trigger)}
    found = [
        Trigger(verb, verb.i, verb.i, _IMPLIED[kind], "verb", frozenset({"implied"}))
        for verb, kind in observed_acts(doc, deeds)
        if verb.i not in taken
    ]
    return sorted([*triggers, *found], key=lambda trigger: trigger.head.i)


def found_by_rules(
    doc: Doc, *, grounding: Grounding, lexicon: Lexicon
) -> tuple[list[Trigger], dict[int, list[Argument]]]:
    """Return the rules' triggers of a paragraph, and whom acts of speech are about."""
    triggers = find_triggers(doc, lexicon=lexicon, refers=refers_by(grounding))
    triggers = [trigger for trigger in triggers if not only_says(trigger)]
    implied, about = _implied(doc, triggers)
    return sorted([*triggers, *implied], key=lambda trigger: trigger.head.i), about


def refers_by(grounding: Grounding) -> Refers:
    """Return what answers the lexicon's questions about words, from the grounded names."""

    def refers(token: Token, what: str) -> bool:
        if what == "place":
            return grounding.place(token) is not None or _is_unlisted(token, grounding)
        reference = grounding.reference(token)
        if reference is None or not reference.members:
            return False
        members = reference.members
        if what == "state":
            return any(m.party.kind == "state" and m.part == "whole" for m in members)
        if what == "armed":
            return any(m.party.kind == "armed_group" for m in members)
        if what == "person":
            return any(m.person is not None or m.part == "population" for m in members)
        if what == "leader":
            return any(m.part in ("leader", "official", "person") for m in members)
        return True

    return refers


def _is_unlisted(token: Token, grounding: Grounding) -> bool:
    """Tell whether a name is a town's that no gazetteer has: "lost Kolahun to the rebels"."""
    town = token.ent_type_ == "GPE" and token.pos_ == "PROPN"
    return town and grounding.reference(token) is None


def _implied(
    doc: Doc, triggers: Sequence[Trigger]
) -> tuple[list[Trigger], dict[int, list[Argument]]]:
    """Return the acts of speech that no word names, and whom each is about by its word."""
    taken = {word.i for trigger in triggers for word in words_of(trigger)}
    found = []
    about: dict[int, list[Argument]] = {}
    for sentence in doc.sents:
        for act in implied_acts(sentence.root):
            if act.verb.i not in taken:
                verb = act.verb
                frame, flags = _IMPLIED[act.kind], frozenset({"implied"})
                found.append(Trigger(verb, verb.i, verb.i, frame, "verb", flags))
                about[verb.i] = [Argument("about", "recipient", token) for token in act.addressed]
                taken.add(verb.i)
    return found, about
