"""Participants: the parties and persons in the slots of a trigger, in their roles.

In: a trigger's arguments and the report's grounded references.  Out: `Participant`s,
each with the characters that name it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec
from spacy.tokens import Token

from parley.coding.aims import find_aims
from parley.coding.arguments import Argument, complement_arguments
from parley.coding.governors import load_governors
from parley.coding.grounds import TAKEN, grounds_in
from parley.coding.lexicon import Lexicon
from parley.coding.nested import NESTED, led_by, nested_in
from parley.coding.patterns import lemma_of
from parley.coding.syntax import (
    children,
    conjuncts,
    has_child,
    prepositions,
    whole_of,
)
from parley.coding.triggers import Trigger
from parley.coding.unlisted import names_scene, names_venue
from parley.coding.unnamed import party_of_place, spoken_for, unnamed_party
from parley.coding.words import speech_words
from parley.grounding import Grounding, Member, Reference
from parley.model import Participant, Role, Trace
from parley.parsing import start_of

# Where a party is looked for inside the phrase of a deed, when only who did it is sought.
_DOING = frozenset({"by", "from"})
# Whose happenings have a mediator, a host or an observer: nobody hosts a clash.
_CONVENING = frozenset({"mediator", "host", "observer"})
_CONVENED = frozenset({"CONSULT", "AGREE", "COOPERATE", "RETREAT", "CONCEDE", "AID", "SUPPORT"})
# Who is beside a place is not of it: "soldiers near Gao".
_BESIDE = frozenset({"near", "outside", "around", "towards", "toward", "off"})
# What is called by the town where it was made or held.
_MADE = frozenset({"AGREE", "CONSULT"})
_ACTING = frozenset({"actor", "signatory"})
# Where a town beside who is let go, expelled or handed something is but where that was.
_GROUND = frozenset({"CONCEDE", "SANCTION", "RETREAT"})
# Two have something between them; who else is named may be a third that brings them together.
_TWO = 2
_THIRD = frozenset({"state", "igo"})
# Where what is struck stands.
_STRUCK_SLOTS = frozenset({"object", "on", "at", "against", "of", "learnt"})
_REFLEXIVE = ("himself", "herself", "itself", "themselves")
# Which pronouns a group says of itself, and whether in the plural.
_SELVES = {"it": False, "they": True}
# Where something is to be done, by a town: "asked for a withdrawal from Gao".
_WHERE = frozenset({"in", "from", "into", "at"})
_PARTY_WIDE = frozenset({"actor", "signatory", "mediator", "host"})


def find_participants(
    trigger: Trigger, arguments: Iterable[Argument], *, grounding: Grounding, lexicon: Lexicon
) -> tuple[Participant, ...]:
    """Return who takes part; the arguments of coordinated and nested phrases included."""
    found: list[Participant] = []
    between: set[str] = set()
    for argument in arguments:
        if argument.role in _CONVENING and trigger.frame.type not in _CONVENED:
            continue
        if trigger.frame.type == "ASSAULT" and _is_struck_site(argument, lexicon):
            continue
        if trigger.frame.type in _MADE and _is_venue(argument, grounding):
            continue
        told = parties_at(_meant(argument, lexicon), grounding, lexicon)
        if trigger.frame.type == "REQUEST":
            told = (p for p in told if not _is_town(p, argument))
        if trigger.frame.type == "ASSAULT":
            scenes = _scenes(argument, grounding, lexicon)
            told = (p for p in told if not any(_stands_at(p, scene) for scene in scenes))
        ground = [start_of(name) for name in grounds_in(argument.token, grounding)]
        if ground:
            # The people of a town that is struck suffer; who is but called like it is nobody.
            told = (p for p in told if p.kind not in TAKEN or not _stands_on(p, ground))
        sending = argument.slot == "object" and trigger.frame.template != "mutual"
        if sending and argument.role == "actor" and found:
            # "Chile sent 300 soldiers": who sends them is told, and they are its own.
            told = (p for p in told if p.name[:1].isupper() and _is_named(p, grounding))
        sides = list(told)
        if argument.slot == "between":
            between |= {party.name for party in sides}
        found += sides
    if trigger.frame.type in _CONVENED and trigger.frame.type != "SUPPORT":
        found = _brought_together(found, between, trigger)
    if trigger.frame.name == "host" and trigger.partner is None:
        found = _received(found)
    if trigger.frame.name == "recall_envoy":
        found = [_as_state(one, grounding) for one in found]
    if trigger.frame.mode == "visit":
        found = _without_towns([_as_state(one, grounding) for one in found])
    if trigger.frame.absorb and not any(p.role == "recipient" for p in found):
        # Of a claim about others nobody in it is: "denied that rebels had shelled Gao".
        of_others = trigger.frame.type == "REJECT" and _is_of_others(trigger.predicate)
        arguments = () if of_others else complement_arguments(trigger)
        found += _aimed_at(arguments, found, grounding, lexicon)
    if trigger.frame.type == "AGREE" and trigger.governor is not None:
        found = _bound(found) if trigger.governor.lemma_ == "call" else found
    if trigger.frame.type in _GROUND:
        found = _without_ground(found)
    if trigger.frame.type == "PROTEST":
        found = [_as_people(one, grounding) for one in found]
        if all(one.role != "recipient" or _is_towns(one) for one in found):
            aimed = _aimed_at(find_aims(trigger), found, grounding, lexicon)
            found = [one for one in found if not aimed or one.role != "recipient"] + aimed
    return joined(found)


def _is_towns(party: Participant) -> bool:
    """Tell whether a party is the people of a town: "blocked a bridge at Mitrovica"."""
    return party.kind == "population" and not party.name.islower()


def _as_people(one: Participant, grounding: Grounding) -> Participant:
    """Return who takes to the streets: "Egyptian demonstrators" are no act of their state."""
    if (one.role, one.kind) != ("actor", "state") or one.people:
        return one
    for trace in one.evidence:
        for told in grounding.references:
            if (told.start, told.end) == (trace.start, trace.end):
                for member in told.members:
                    if member.party.name == one.name and member.part == "population":
                        return msgspec.structs.replace(one, name=member.name, kind="population")
    return one


def _as_state(one: Participant, grounding: Grounding) -> Participant:
    """Return the state of a capital that is visited: "visited Juba"."""
    town = (one.role, one.kind) == ("recipient", "population") and one.name[:1].isupper()
    state = grounding.seated(one.name) if town else None
    if state is None or state.country != one.country:
        return one
    return msgspec.structs.replace(one, name=state.name, kind=state.kind)


def _without_towns(found: list[Participant]) -> list[Participant]:
    """Return who meets on a visit: two that do are told, and where they meet is no third."""
    if len({one.name for one in found if one.role in _ACTING}) < _TWO:
        return found
    towns = [o for o in found if (o.role, o.kind) == ("recipient", "population")]
    return [one for one in found if one not in towns or one.name.islower()]


def _without_ground(found: list[Participant]) -> list[Participant]:
    """Return who is let go or expelled, without the town where: "handed Uige to the army"."""
    sides = [one for one in found if one.role in ("recipient", "victim")]
    towns = [one for one in sides if _is_towns(one)]
    return found if len(towns) == len(sides) else [one for one in found if one not in towns]


def _is_named(party: Participant, grounding: Grounding) -> bool:
    """Tell whether a party's own words have a name: "Malian soldiers", not "3,000 soldiers"."""
    text = grounding.parse.report.text
    return any(not text[trace.start : trace.end].islower() for trace in party.evidence)


def _brought_together(
    found: list[Participant], between: set[str], trigger: Trigger
) -> list[Participant]:
    """Return the parties of what is between two: who else tells of it or secures it is none.

    "Norway announced a truce between A and B", "the UN envoy secured a truce": they mediate.
    """
    verb = trigger.governor if trigger.governor is not None else trigger.predicate
    alone = len({one.name for one in found if one.role in _ACTING}) == 1
    named = trigger.frame.type == "AGREE" and verb.lemma_ in load_governors().securing
    secured = alone and named
    return [
        msgspec.structs.replace(one, role="mediator")
        if one.role in _ACTING
        and (
            (len(between) >= _TWO and one.name not in between and one.kind in _THIRD)
            or (secured and one.kind == "igo")
        )
        else one
        for one in found
    ]


def _received(found: list[Participant]) -> list[Participant]:
    """Return who receives one guest as the other party: of two guests he is the host."""
    if len({one.name for one in found if one.role in _ACTING}) != 1:
        return found
    return [msgspec.structs.replace(o, role="actor") if o.role == "host" else o for o in found]


def _bound(found: list[Participant]) -> list[Participant]:
    """Return the parties of an accord: who "calls a truce" beside nobody else is bound by it."""
    if any(one.role != "host" for one in found):
        return found
    return [msgspec.structs.replace(one, role="actor") for one in found]


def _meant(argument: Argument, lexicon: Lexicon) -> Argument:
    """Return an argument with who says something of itself in place of the pronoun."""
    speaker = speaker_meant(argument.token, lexicon)
    return argument if speaker is None else Argument(argument.slot, argument.role, speaker)


def speaker_meant(pronoun: Token, lexicon: Lexicon) -> Token | None:
    """Return who says of itself what a clause tells: "the army said it", "rebels deny they".

    One person speaks for others ("the governor said they"), and is never "it".
    """
    plural = _SELVES.get(pronoun.lower_)
    verb = pronoun.head
    if plural is None or pronoun.dep_ not in ("nsubj", "nsubjpass") or verb.dep_ != "ccomp":
        return None
    above = verb.head
    named = children(above, "nsubj") if above.lemma_ in speech_words().verbs else []
    if len(named) != 1 or named[0].pos_ not in ("NOUN", "PROPN"):
        return None
    noun = named[0]
    several = noun.tag_ in ("NNS", "NNPS") or len(conjuncts(noun)) > 1
    if several or plural:
        return noun if several and plural else None
    lemma, classes = lemma_of(noun), lexicon.classes
    person = noun.ent_type_ == "PERSON" or any(lemma in classes[of] for of in ("people", "leader"))
    serving = lemma in classes["body"] or lemma in classes["force"]
    return None if person and not serving else noun


def _is_struck_site(argument: Argument, lexicon: Lexicon) -> bool:
    """Tell whether a building or a village is read as who strikes: "a village that it killed"."""
    if argument.slot != "subject" or argument.role != "actor":
        return False
    lemma, classes = lemma_of(argument.token), lexicon.classes
    strikes = any(lemma in classes[name] for name in ("force", "people", "body", "materiel"))
    return lemma in classes["site"] and not strikes


def _is_venue(argument: Argument, grounding: Grounding) -> bool:
    """Tell whether talks or an accord are called by the town where they were: "Geneva talks"."""
    return argument.slot == "modifier" and names_venue(argument.token, grounding)


def _scenes(argument: Argument, grounding: Grounding, lexicon: Lexicon) -> list[int]:
    """Return where the names begin by which violence is called: "the Bamako raid killed six"."""
    noun, names = argument.token, [argument.token]
    if argument.slot == "subject":
        deed = lexicon.names_deed(lemma_of(noun))
        names = children(noun, "compound", "nmod", "amod") if deed else []
    elif argument.slot != "modifier":
        return []
    return [start_of(name) for name in names if names_scene(name, grounding, lexicon)]


def _stands_on(participant: Participant, ground: Sequence[int]) -> bool:
    return any(_stands_at(participant, name) for name in ground)


def _stands_at(participant: Participant, at: int) -> bool:
    return any(trace.start <= at < trace.end for trace in participant.evidence)


def parties_at(argument: Argument, grounding: Grounding, lexicon: Lexicon) -> Iterator[Participant]:
    """Yield the parties that a word in a slot names, in the slot's role."""
    role = argument.role
    if role == "none":
        return
    if argument.token.lower_.endswith(_REFLEXIVE) and role != "actor":
        return  # "gave themselves up", "killed himself": nobody else has a part in it
    if argument.token.like_num:  # "three of the soldiers"
        argument = Argument(argument.slot, role, whole_of(argument.token))
    if argument.slot == "subject" and _locative(argument.token):
        return
    reference = grounding.reference(argument.token)
    if reference is not None and reference.members:
        spoken = spoken_for(argument.token, reference, role, grounding, lexicon)
        yield from [spoken] if spoken is not None else _participants(reference, role, grounding)
        yield from _further_owners(argument.token, reference, role, grounding)
        for leader in led_by(argument.token, grounding):
            yield from _participants(leader, role, grounding)
        return
    # "The shelling of Kidal killed five": whom a deed was done to did not do it.
    deed = role == "actor" and lexicon.names_deed(lemma_of(argument.token))
    through = _DOING if deed else NESTED
    nested = [*nested_in(argument.token, grounding, through), *led_by(argument.token, grounding)]
    nested = nested or _owners_beside(argument.token, grounding)
    if nested and _are_people_of(argument.token, grounding, lexicon):
        theirs = unnamed_party(argument.token, role, grounding, lexicon)
        if theirs is not None:
            yield theirs
            return
    if nested:
        if _is_beside(argument.token, nested, grounding):
            # "Soldiers and MFDC fighters": the second does not say whose the first are.
            first = unnamed_party(argument.token, role, grounding, lexicon)
            yield from [first] if first is not None else []
        for inner in nested:
            yield from _participants(inner, role, grounding)
        yield from _unnamed_between(argument.token, role, grounding, lexicon)
        return
    unnamed = unnamed_party(
        argument.token, role, grounding, lexicon, named=_is_doer(argument)
    ) or _keeper(argument, grounding, lexicon)
    if unnamed is not None and unnamed.country is not None and unnamed.kind != "organisation":
        yield unnamed  # "soldiers in Gao" are not the people of Gao
        return
    if role in ("recipient", "victim") or argument.slot == "between":
        talks = lemma_of(argument.token) in lexicon.classes["talks"]  # "broke off talks in Geneva"
        placed = None if talks else _placed(argument.token, role, grounding)
        if placed is not None:
            yield placed
            return
    if unnamed is not None:
        yield unnamed


def _are_people_of(noun: Token, grounding: Grounding, lexicon: Lexicon) -> bool:
    """Tell whether people are told by one whom they follow: "supporters of President X"."""
    lemma, classes = lemma_of(noun), lexicon.classes
    leading = any(lemma in classes[of] for of in ("leader", "force", "body"))
    if lemma not in classes["people"] or leading or has_child(noun, "appos"):
        return False
    followed = [grounding.reference(each) for name, each in prepositions(noun) if name == "of"]
    return bool(followed) and all(
        each is not None and all(member.person is not None for member in each.members)
        for each in followed
    )


def _owners_beside(token: Token, grounding: Grounding) -> list[Reference]:
    """Return whose the last of several are: "Chadian troops and elements of the MDJT"."""
    if token.dep_ != "conj" or children(token, "prep"):
        return []
    behind = [noun for name, noun in prepositions(token.head) if name == "of" and noun.i > token.i]
    found = [grounding.reference(noun) for noun in behind[:1]]
    return [reference for reference in found if reference is not None and reference.members]


def _unnamed_between(
    token: Token, role: Role, grounding: Grounding, lexicon: Lexicon
) -> Iterator[Participant]:
    """Yield those without a name between whom something is: "talks between rebels and Chad"."""
    for name, noun in prepositions(token):
        reference = grounding.reference(noun) if name == "between" else None
        if name == "between" and (reference is None or not reference.members):
            found = unnamed_party(noun, role, grounding, lexicon)
            if found is not None and not list(nested_in(noun, grounding, _DOING)):
                yield found


def _is_beside(token: Token, nested: list[Reference], grounding: Grounding) -> bool:
    """Tell whether all that the phrase of a noun names is joined to it by "and"."""
    told = {grounding.reference(word) for noun in children(token, "conj") for word in noun.subtree}
    return bool(children(token, "conj")) and all(reference in told for reference in nested)


def _is_doer(argument: Argument) -> bool:
    """Tell whether a name stands where only somebody does: "was shot by the KKB"."""
    noun = argument.token
    return argument.role == "actor" and noun.dep_ == "pobj" and noun.head.lower_ == "by"


def _keeper(argument: Argument, grounding: Grounding, lexicon: Lexicon) -> Participant | None:
    """Return who keeps a place or a thing that is struck: "rebel positions", "a police bus"."""
    noun, classes = argument.token, lexicon.classes
    if argument.role != "recipient" or argument.slot not in _STRUCK_SLOTS:
        return None
    lemma = lemma_of(noun)
    if noun.pos_ != "NOUN" or any(lemma in classes[name] for name in ("people", "force", "body")):
        return None
    keepers = children(noun, "compound", "amod", "poss")
    keepers += [inner for name, inner in prepositions(noun) if name == "of"]
    for keeper in keepers:
        lemma = lemma_of(keeper)
        if lemma in classes["armed"] or (lemma in classes["force"] and keeper.pos_ == "NOUN"):
            found = unnamed_party(keeper, argument.role, grounding, lexicon)
        else:
            found = _police(keeper, argument.role, grounding, lexicon)
        if found is not None:
            return found
    return None


def _police(noun: Token, role: Role, grounding: Grounding, lexicon: Lexicon) -> Participant | None:
    """Return the body or the people that a noun in small letters before another names."""
    lemma = lemma_of(noun)
    plain = noun.pos_ == "NOUN" and noun.text.islower()
    if not plain or lemma not in lexicon.classes["people"] or lemma in lexicon.classes["materiel"]:
        return None
    return unnamed_party(noun, role, grounding, lexicon)


def _further_owners(
    token: Token, reference: Reference, role: Role, grounding: Grounding
) -> Iterator[Participant]:
    """Yield the second owner of several: "delegations of the government and the rebels".

    Of one body the second is no owner but another body: "the army of Mali and rebels of the north".
    """
    several = token.tag_ in ("NNS", "NNPS")
    known = {member.party.name for member in reference.members}
    for name, noun in prepositions(token):
        second = noun.dep_ == "conj" or noun.head.dep_ == "conj" or _is_added(noun.head)
        if name not in ("of", "from") or not second or not (several or noun.pos_ == "NOUN"):
            continue
        other = grounding.reference(noun)
        theirs = list(_participants(other, role, grounding)) if other is not None else []
        if not theirs and noun.dep_ == "pobj":
            region = party_of_place(noun, role, grounding)
            theirs = [region] if region is not None else []
        for participant in theirs:
            if participant.name not in known:
                yield participant


def _is_added(preposition: Token) -> bool:
    """Tell whether a phrase is joined to one like it: "of X's government and of the front"."""
    doc, i = preposition.doc, preposition.i
    first = next((w for w in children(preposition.head, "prep") if w.i < i), None)
    joined_to = i > 0 and doc[i - 1].lower_ == "and"
    return first is not None and first.lower_ == preposition.lower_ and joined_to


def _placed(token: Token, role: Role, grounding: Grounding) -> Participant | None:
    """Return whom the place in a phrase stands for: "settlements in Gaza", "air links with X"."""
    found = party_of_place(token, role, grounding)
    if found is not None:
        return found
    for name, noun in prepositions(token):
        found = party_of_place(noun, role, grounding) if name not in _BESIDE else None
        if found is not None:
            return found
    return None


def _locative(token: Token) -> bool:
    return token.ent_type_ in ("DATE", "TIME")


def _participants(reference: Reference, role: Role, grounding: Grounding) -> Iterator[Participant]:
    trace = Trace(report=grounding.parse.report.id, start=reference.start, end=reference.end)
    for member in reference.members:
        yield _participant(member, role, trace)


def _participant(member: Member, role: Role, trace: Trace) -> Participant:
    party = member.party
    return Participant(
        name=party.name,
        kind=party.kind,
        country=party.country,
        role=role,
        side=None,
        people=(member.person,) if member.person is not None else (),
        evidence=(trace,),
    )


def _aimed_at(
    arguments: Iterable[Argument],
    found: Sequence[Participant],
    grounding: Grounding,
    lexicon: Lexicon,
) -> list[Participant]:
    """Return whom something is aimed at, by the first of some words that name a party for it."""
    actors = {p.name for p in found if p.role in _PARTY_WIDE}
    for argument in arguments:
        aimed = [
            msgspec.structs.replace(p, role="recipient")
            for p in parties_at(argument, grounding, lexicon)
            if p.country is not None
            and (p.name not in actors or (_named_apart(p, found) and not _own(argument.token)))
            and not _is_town(p, argument)
        ]
        if aimed:
            return aimed
    return []


def _is_town(party: Participant, argument: Argument) -> bool:
    """Tell whether a party is only a town in which, or out of which, something is to be done."""
    return argument.slot in _WHERE and party.kind == "population" and not party.name.islower()


def _is_of_others(verb: Token) -> bool:
    """Tell whether what a verb of refusal governs is a claim about others than who refuses."""
    claims = [clause for clause in children(verb, "ccomp") if clause.i > verb.i]
    subjects = [noun for clause in claims for noun in children(clause, "nsubj", "nsubjpass")]
    return bool(subjects) and not any(noun.tag_ == "PRP" for noun in subjects)


def _own(noun: Token) -> bool:
    """Tell whether a pronoun says whose something is: "its troops" are the speaker's."""
    return any(child.pos_ == "PRON" for child in children(noun, "poss"))


def joined(found: Iterable[Participant]) -> tuple[Participant, ...]:
    """Join what stands twice: one entry a party and role, its persons and traces together."""
    by_key: dict[tuple[str, str], Participant] = {}
    for one in found:
        key = (one.name, one.role)
        if key not in by_key:
            by_key[key] = one
            continue
        before = by_key[key]
        people = {person.name: person for person in (*before.people, *one.people)}
        by_key[key] = msgspec.structs.replace(
            before,
            people=tuple(people.values()),
            evidence=tuple(dict.fromkeys((*before.evidence, *one.evidence))),
        )
    return _settled(list(by_key.values()))


def _settled(found: list[Participant]) -> tuple[Participant, ...]:
    """A mediator named as an actor too is the mediator; a victim is no recipient as well."""
    special = {p.name for p in found if p.role in ("mediator", "host")}
    victims = {p.name for p in found if p.role == "victim"}
    struck = {(p.name, p.evidence) for p in found if p.role == "victim"}
    actors = {p.name for p in found if p.role in _ACTING}
    kept = []
    for one in found:
        if one.role in _ACTING and one.name in special and len(actors - special) >= 2:
            continue
        if one.role == "recipient" and one.name in victims:
            continue
        if one.role == "actor" and (one.name, one.evidence) in struck:
            continue  # who is counted among the dead by the same words did not kill them
        if one.role == "recipient" and one.name in actors and not _named_apart(one, found):
            continue
        kept.append(one)
    return tuple(kept)


def _named_apart(one: Participant, found: Sequence[Participant]) -> bool:
    """Tell whether a party stands on both sides by words of its own: a domestic affair."""
    spans = {trace for other in found if other.role in _PARTY_WIDE for trace in other.evidence}
    return not any(trace in spans or trace.end - trace.start <= 4 for trace in one.evidence)


def parties_in(token: Token, *, grounding: Grounding) -> tuple[str, ...]:
    """Return the names of the parties that a noun phrase is about: itself, or nested in it."""
    reference = grounding.reference(token)
    references = [reference] if reference is not None and reference.members else []
    references = references or list(nested_in(token, grounding))
    return tuple(dict.fromkeys(m.party.name for r in references for m in r.members))


def nationality_of(noun: Token, *, grounding: Grounding) -> tuple[str, ...]:
    """Return whose people a counted noun names: "three of its troops", "Turkish soldiers"."""
    names = parties_in(noun, grounding=grounding)
    if names or not children(noun, "prep"):
        return names
    return tuple(
        name
        for preposition, inner in prepositions(noun)
        if preposition in ("of", "from", "on")
        for name in parties_in(inner, grounding=grounding)
    )
