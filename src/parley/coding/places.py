"""Where: the place of a happening, not any place that its sentence names.

In: a trigger and the report's grounding.  Out: the places told of it, finest first.  A
place that belongs to another happening's phrase is left alone; where none is told the
answer is empty, never the capital.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

import msgspec
from spacy.tokens import Token

from parley.coding.arguments import Argument
from parley.coding.clauses import arranging_clauses, outer_noun
from parley.coding.counts import is_harm
from parley.coding.governors import load_governors
from parley.coding.grounds import names_ground
from parley.coding.syntax import (
    ancestors,
    children,
    conjuncts,
    is_passive,
    is_verbal,
    prepositions,
    subjects,
)
from parley.coding.triggers import Trigger
from parley.coding.unlisted import mistaken_place, unlisted_place
from parley.coding.words import provision_words, speech_words
from parley.grounding import Grounding
from parley.model import Place, PlacePrecision, Trace
from parley.parsing import end_of, start_of
from parley.parsing.layout import lay_out

_LOCATIVE = frozenset(
    "in at near on inside outside around along across over within throughout off above between "
    "into from to toward towards through behind opposite".split()
)
_WITHIN = _LOCATIVE - {"to", "from"} | {"of"}
_DIRECTED = frozenset({"from", "to", "into", "toward", "towards", "between"})
# Names that the gazetteer does not have are places behind these alone.
_PLAINLY = frozenset({"in", "at", "near", "outside", "inside", "around"})
_NAMED_PLACES = frozenset({"GPE", "LOC", "FAC"})
_FINENESS: tuple[PlacePrecision, ...] = ("point", "city", "area", "region", "country", "unknown")
# Which frames happen at what they are done to: a shelled town, a visited country.
_AT_OBJECT = frozenset({"ASSAULT", "COERCE", "PROTEST", "RETREAT", "MOBILIZE"})
_TO_OBJECT = frozenset({"visit", "aid_arrives"})
# What is let be, opened or barred is where it is, be it no more than a town: "eased a siege of X".
_OF_OBJECT = frozenset({"CONCEDE", "SANCTION", "COOPERATE"})
# ... and which happen where those are who do it or meet.
_BY_PEOPLE = frozenset({"ASSAULT", "COERCE", "PROTEST", "CONSULT", "AGREE", "SANCTION"})
_STEPS = 4
# Behind these a town is where it was: "reported from Kolahun", "fought for", "driven out of".
_TOLD_FROM = frozenset({("from", "report"), ("for", "fight"), ("for", "battle"), ("of", "drive")})


def find_places(
    trigger: Trigger, arguments: list[Argument], *, grounding: Grounding, busy: frozenset[int]
) -> tuple[Place, ...]:
    """Return the places of a trigger; `busy` are the words of the paragraph's other triggers."""
    struck = []
    if trigger.frame.type in _AT_OBJECT or trigger.frame.name in _TO_OBJECT:
        struck = [
            place
            for argument in arguments
            if argument.role in ("recipient", "victim") or argument.slot == "object"
            for place in _inside(argument.token, grounding)
        ]
    elif trigger.frame.type in _OF_OBJECT:
        struck = [
            place
            for noun in _held(trigger, arguments)
            for place in _inside(noun, grounding)
            if place.precision not in ("country", "region")
        ]
    for word in _words(trigger):
        around = _around(word, grounding, busy, directed=trigger.frame.name in _MOVING)
        found = list(_venues(trigger, around))
        if found:
            # "Raided the village of X near Y": where it is told to be is coarser.
            unlisted = [
                place for place in struck if place.precision == "city" and place.lat is None
            ]
            return in_order([*unlisted, *found])
    if struck:
        return in_order(struck)
    hosts = [
        place
        for argument in arguments
        if argument.role == "host"
        for place in _seat(argument.token, grounding)
    ]
    if hosts:
        return in_order(hosts)
    above = _above(trigger, grounding, busy)
    return in_order(above or list(_beside(trigger, arguments, grounding, busy)))


def _held(trigger: Trigger, arguments: list[Argument]) -> Iterator[Token]:
    """Yield the nouns of what is opened, barred, lifted, handed over, and where people are let."""
    if trigger.pos == "noun":
        yield trigger.head
    elif is_passive(trigger.head):
        yield from subjects(trigger.head)
    if trigger.partner is not None:
        yield trigger.partner.head
    yield from (a.token for a in arguments if a.slot in ("object", "of", "from", "learnt"))


def places_at(
    words: Iterable[Token],
    *,
    grounding: Grounding,
    trigger: Trigger | None = None,
    surely: Collection[Token] = (),
) -> tuple[Place, ...]:
    """Return the places that words name which are known to say where, those of a `trigger`.

    What is among `surely` is a place's name even where it is taken for a person's.
    """
    found: list[Place] = []
    for word in words:
        if _names_accord(word) and (trigger is None or word.head not in _words(trigger)):
            continue
        named = list(_inside(word, grounding, plainly=True))
        if not named and word in surely:
            mistaken = mistaken_place(word, grounding)
            named = [] if mistaken is None else [mistaken]
        found += named
    return in_order(found if trigger is None else list(_venues(trigger, found)))


def _venues(trigger: Trigger, places: Iterable[Place]) -> Iterator[Place]:
    """Yield where it was: what is discussed is of a region, and the talk is in a town."""
    return _towns(places) if trigger.frame.name == "discuss" else iter(places)


_MOVING = frozenset(
    {"withdraw", "deploy", "aid", "military_aid", "peacekeeping", "visit", "access"}
)


def _words(trigger: Trigger) -> Iterator[Token]:
    yield trigger.head
    if trigger.pos == "noun" and outer_noun(trigger.head) != trigger.head:
        yield outer_noun(trigger.head)
    if trigger.pos == "verb" and trigger.head.dep_ == "acl" and is_passive(trigger.head):
        yield trigger.head.head
    if trigger.partner is not None:
        yield from _words(trigger.partner)
    if trigger.governor is not None:
        yield trigger.governor


def _around(
    word: Token, grounding: Grounding, busy: frozenset[int], *, directed: bool
) -> Iterator[Place]:
    for name, noun in prepositions(word):
        away = name == "of" and directed and is_verbal(word)
        if name == "over" and _happens(noun, busy):
            # "A meeting over the violence in X" is not there; "jets over X" are.
            continue
        if away or (name in _LOCATIVE and (directed or name not in _DIRECTED)):
            for place in _inside(noun, grounding, plainly=name in _PLAINLY):
                # "sanctions on Iran", "talks on Sudan" are about a country, not in it.
                if name != "on" or place.precision != "country":
                    yield place
        elif (name, word.lemma_) in _TOLD_FROM:
            yield from _towns(_inside(noun, grounding, plainly=True))
        elif noun.ent_type_ == "DATE":
            # "Set for Friday in X": the parse hangs the town on the day.
            for inner, where in prepositions(noun):
                if inner in _PLAINLY:
                    yield from _towns(_inside(where, grounding, plainly=True))
        elif name in ("into", "to") and is_verbal(word) and grounding.place(noun) is None:
            # "taken into custody in X", "set fire to a mosque in X"
            for inner, where in prepositions(noun):
                if inner in _PLAINLY:
                    yield from _towns(_inside(where, grounding, plainly=True))
    arranging = [c for c in children(word, "acl", "relcl") if c.lemma_ in load_governors().objects]
    for clause in dict.fromkeys([*arranging, *arranging_clauses(word)]):
        for name, noun in _through_agents(clause):
            if name in ("in", "at", "near"):
                yield from _inside(noun, grounding, plainly=True)
    yield from _there(word, grounding)
    if word.pos_ not in ("NOUN", "PROPN"):
        return
    for child in [*_inner(word), *children(word, "amod", "npadvmod")]:
        named = _place(child, grounding) if child.ent_type_ in _NAMED_PLACES else None
        named = named or unlisted_place(child, grounding, plainly=False)
        if named is not None and named.precision != "country":
            yield named


def _there(word: Token, grounding: Grounding) -> Iterator[Place]:
    """'Patrols in X, a day after a clash there': the town that was named last before."""
    for adverb in children(word, "advmod"):
        if adverb.lower_ == "there" and adverb.tag_ == "RB":
            nouns = [noun for noun in adverb.doc[: adverb.i] if noun.dep_ == "pobj"]
            named = [
                place
                for noun in nouns
                for place in [
                    _place(noun, grounding) or unlisted_place(noun, grounding, plainly=True)
                ]
                if place is not None
            ]
            yield from _towns(named[-1:])


def _happens(noun: Token, busy: frozenset[int]) -> bool:
    """Tell whether a noun names another happening: "violence", "a wave of violence"."""
    parts = [part for name, part in prepositions(noun) if name == "of"]
    return any(word.i in busy for word in (noun, *parts))


def _inner(noun: Token) -> list[Token]:
    """Return the nouns in front of a noun, also "Street" of "a Dorr Street car wash"."""
    found = children(noun, "compound", "nmod")
    return [*found, *(inner for word in found for inner in children(word, "compound"))]


def _through_agents(clause: Token) -> Iterator[tuple[str, Token]]:
    """Yield what hangs on a participle, "hosted by X in Geneva" parsed either way.

    So with a day: "planned for 20 August in Geneva".
    """
    for name, noun in prepositions(clause):
        if name == "by" or noun.ent_type_ in ("DATE", "TIME"):
            yield from prepositions(noun)
        yield name, noun


def _inside(
    noun: Token, grounding: Grounding, *, plainly: bool = False, depth: int = 0
) -> Iterator[Place]:
    """The places in a phrase: "a border area in Syunik Province", "Afghan positions near Herat"."""
    if noun.ent_type_ in ("DATE", "TIME") or depth > _STEPS:
        return
    place = _place(noun, grounding) or unlisted_place(noun, grounding, plainly=plainly)
    if place is not None:
        yield place
    for child in [*_inner(noun), *children(noun, "poss", "appos", "conj")]:
        if _names_accord(child):
            continue
        named = _place(child, grounding) if child.ent_type_ in _NAMED_PLACES else None
        named = named or unlisted_place(child, grounding, plainly=False)
        if named is not None:
            yield named
    for name, inner in prepositions(noun):
        if name in _WITHIN or names_ground(inner, grounding):
            yield from _inside(inner, grounding, plainly=name in _PLAINLY, depth=depth + 1)


def _names_accord(word: Token) -> bool:
    """Tell whether an accord has a name ("the Brasilia ceasefire"): it is broken elsewhere."""
    accord = word.head.lemma_.lower() in provision_words().agreements
    return accord and word.dep_ in ("compound", "nmod", "poss")


def _seat(token: Token, grounding: Grounding) -> Iterator[Place]:
    """Where a host is named by its capital ("Doha hosted"), the capital is the place."""
    reference = grounding.reference(token)
    if reference is not None and reference.how == "metonym" and reference.place is not None:
        trace = Trace(report=grounding.parse.report.id, start=reference.start, end=reference.end)
        yield msgspec.structs.replace(reference.place, evidence=(trace,))


def _place(token: Token, grounding: Grounding) -> Place | None:
    place = grounding.place(token)
    if place is None:
        return None
    layout, first, behind = lay_out(token.doc), token.i, token.i + 1
    while layout.inside[first]:
        first -= 1
    while layout.ents[token.i] and behind < len(token.doc) and layout.inside[behind]:
        behind += 1
    name = token.doc[first:behind]
    start, end = start_of(name), end_of(name)
    trace = Trace(report=grounding.parse.report.id, start=start, end=end)
    return msgspec.structs.replace(place, evidence=(trace,))


def _above(trigger: Trigger, grounding: Grounding, busy: frozenset[int]) -> list[Place]:
    """Places of the clause above, as long as no other happening owns it."""
    previous = trigger.predicate
    for step, above in enumerate(ancestors(previous)):
        if step >= _STEPS or above.i in busy:
            return []
        if is_verbal(above):
            if above.lemma_ in speech_words().verbs and trigger.frame.type != "CONSULT":
                return []
            found = list(_around(above, grounding, busy, directed=False))
            if found:
                return found
    return []


def _beside(
    trigger: Trigger, arguments: list[Argument], grounding: Grounding, busy: frozenset[int]
) -> Iterator[Place]:
    """Where those are who take part, when nothing else says it: "police in Antwerp arrested".

    In "talks between the government and rebels in Oslo" the parse hangs the place on the
    rebels; only a town can be meant so, a country or a region tells whose they are.
    """
    if trigger.frame.type not in _BY_PEOPLE:
        return
    for argument in arguments:
        for name, noun in prepositions(argument.token):
            if name not in _PLAINLY or noun.i in busy:
                continue
            yield from _towns(_inside(noun, grounding))
        if trigger.frame.type == "ASSAULT":
            yield from _of_fighters(argument.token, grounding, busy)
    if is_verbal(trigger.head):
        for verb in conjuncts(trigger.head)[1:]:
            if verb.i not in busy and (is_harm(verb) or not children(verb, "nsubj", "nsubjpass")):
                yield from _around(verb, grounding, busy, directed=False)


def _of_fighters(token: Token, grounding: Grounding, busy: frozenset[int]) -> Iterator[Place]:
    """Yield where those fought who are told by a name: "clashed with the FARC in Cauca".

    Whose they are is told by the name, so that the place can but tell where they were.
    """
    named = [noun for name, noun in prepositions(token) if name == "of"]
    for holder in (token, *named):
        reference = grounding.reference(holder)
        known = reference is not None and any(
            member.party.kind == "armed_group" for member in reference.members
        )
        for name, noun in prepositions(holder):
            if known and name in _PLAINLY and noun.i not in busy:
                inside = _inside(noun, grounding, plainly=True)
                yield from (place for place in inside if place.precision != "country")


def _towns(places: Iterable[Place]) -> Iterator[Place]:
    return (place for place in places if place.precision in ("city", "point", "unknown"))


def are_wide(places: Iterable[Place]) -> bool:
    """Tell whether countries and provinces alone are told: a finer place says more."""
    return all(place.precision in ("country", "region") for place in places)


def in_order(places: Iterable[Place]) -> tuple[Place, ...]:
    """Return places once each by their names, finest first."""
    by_name: dict[str, Place] = {}
    for place in places:
        by_name.setdefault(place.name, place)
    return tuple(sorted(by_name.values(), key=lambda place: _FINENESS.index(place.precision)))
