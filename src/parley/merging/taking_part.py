"""Taking part: an event's participants and their persons, joined from its mentions.

In: the mentions of one event, sorted.  Out: one participant a party and role, the persons
under it once each under their fullest common name.  Where mentions put one party in roles
that exclude each other (mediator and actor of one meeting) the telling role stays; who did
it to whom is never settled here: both tellings are kept, and disagreements show them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import msgspec

from parley.merging.fields import commonest, join_evidence
from parley.merging.names import fold, same_person
from parley.merging.rules import Direction
from parley.model import Mention, Participant, PartyKind, Person, Role

_TWO = 2
_ORDER: tuple[Role, ...] = (
    "actor",
    "signatory",
    "recipient",
    "victim",
    "mediator",
    "host",
    "observer",
    "spokesperson",
)
_STRUCK: frozenset[Role] = frozenset({"recipient", "victim"})
# Whose fighters a noun for them may be of.
_FIGHTING: Mapping[PartyKind, frozenset[PartyKind]] = {
    "armed_group": frozenset({"armed_group"}),
    "military": frozenset({"state", "government_body", "military"}),
}
# For talks and agreements: a role on the left makes the ones on its right superfluous.
_MUTUAL_OVER: tuple[tuple[Role, Role], ...] = (
    ("mediator", "signatory"),
    ("mediator", "actor"),
    ("mediator", "recipient"),
    ("mediator", "observer"),
    ("signatory", "actor"),
    ("signatory", "recipient"),
    ("actor", "recipient"),
)


def join_participants(
    mentions: Sequence[Mention], *, direction: Direction
) -> tuple[Participant, ...]:
    """Return the participants, actors first, in the order in which they are first told."""
    told: dict[tuple[str, Role], list[Participant]] = {}
    for mention in mentions:
        for party in mention.participants:
            told.setdefault((fold(party.name), party.role), []).append(party)
    if direction == "mutual":
        _settle_roles(told)
        _leave_visited(told, mentions)
    _house_persons(told)
    _name_fighters(told)
    _count_once(told)
    joined = [_join(same, role) for (_, role), same in told.items()]
    return tuple(sorted(joined, key=lambda party: _ORDER.index(party.role)))


def _name_fighters(told: dict[tuple[str, Role], list[Participant]]) -> None:
    """Leave no "gunmen" or "soldiers" beside the one party on their side that they are of.

    One report has the noun alone, another says whose they are.  Where two parties may be meant,
    or none, the noun stands.
    """
    for key in [key for key, same in told.items() if _is_noun(same[0])]:
        noun, role = told[key][0], key[1]
        sides = _STRUCK if role in _STRUCK else frozenset({role})
        owners = [
            other
            for other, same in told.items()
            if other[1] in sides and not _is_noun(same[0]) and _may_be_of(noun, same[0])
        ]
        if len({name for name, _ in owners}) == 1:
            owner = next((other for other in owners if other[1] == role), owners[0])
            same = told.pop(key)
            told[owner].append(
                msgspec.structs.replace(
                    told[owner][0],
                    people=tuple(person for party in same for person in party.people),
                    evidence=join_evidence(party.evidence for party in same),
                )
            )


def _count_once(told: dict[tuple[str, Role], list[Participant]]) -> None:
    """Leave no "soldier" beside "soldiers"."""
    for name, role in list(told):
        several = (f"{name}s", role)
        if several in told and told[name, role][0].name.islower():
            told[several] += told.pop((name, role))


def _is_noun(party: Participant) -> bool:
    """Tell whether fighters are told by a noun that names no party: "Nigerian militants"."""
    return party.kind in _FIGHTING and party.name.split()[-1].islower()


def _may_be_of(noun: Participant, party: Participant) -> bool:
    if party.kind not in _FIGHTING[noun.kind]:
        return False
    return noun.country is None or noun.country == party.country


def _settle_roles(told: dict[tuple[str, Role], list[Participant]]) -> None:
    """Leave each party of a mutual happening the role that says most."""
    for name in dict.fromkeys(name for name, _ in told):
        for over, under in _MUTUAL_OVER:
            if (name, over) in told and (name, under) in told:
                told[name, over] += told.pop((name, under))


def _leave_visited(
    told: dict[tuple[str, Role], list[Participant]], mentions: Sequence[Mention]
) -> None:
    """Leave out the country to which one telling has somebody travel, where two others meet."""
    if sum(role in ("actor", "signatory") for _, role in told) < _TWO:
        return
    visits = [mention for mention in mentions if mention.mode == "visit"]
    told_otherwise = {
        fold(party.name)
        for mention in mentions
        if mention.mode != "visit"
        for party in mention.participants
    }
    for visit in visits:
        for party in visit.participants:
            name = fold(party.name)
            if (
                party.role == "recipient"
                and party.kind == "state"
                and name not in told_otherwise
                and _is_there(party, mentions)
            ):
                told.pop((name, "recipient"), None)


def _is_there(state: Participant, mentions: Sequence[Mention]) -> bool:
    """Tell whether what mentions tell was in a town of a state."""
    places = [place for mention in mentions for place in mention.where]
    return any(place.country == state.country and place.name != state.name for place in places)


def _house_persons(told: dict[tuple[str, Role], list[Participant]]) -> None:
    """Put a person who stands alone in one mention under the party that another gives."""
    alone = [key for key, same in told.items() if same[0].kind == "person"]
    for key in alone:
        name, evidence = told[key][0].name, [party.evidence for party in told[key]]
        homes = [
            home
            for home, same in told.items()
            if home != key
            and same[0].kind != "person"
            and any(same_person(name, person.name) for party in same for person in party.people)
        ]
        if homes:
            home = next((home for home in homes if home[1] == key[1]), homes[0])
            people = tuple(
                person for party in told.pop(key) for person in (Person(name=name), *party.people)
            )
            told[home].append(
                msgspec.structs.replace(
                    told[home][0], people=people, evidence=join_evidence(evidence)
                )
            )


def _join(same: Sequence[Participant], role: Role) -> Participant:
    sides = [party.side for party in same if party.side is not None]
    return Participant(
        name=commonest([party.name for party in same]) or same[0].name,
        kind=commonest([party.kind for party in same]) or same[0].kind,
        country=commonest([party.country for party in same if party.country is not None]),
        role=role,
        side=commonest(sides),
        people=join_people([person for party in same for person in party.people]),
        evidence=join_evidence(party.evidence for party in same),
    )


def join_people(people: Sequence[Person]) -> tuple[Person, ...]:
    """Return each person once, under the fullest and then the most frequent of the names."""
    if len(people) < _TWO:
        return tuple(_one_person([person]) for person in people)
    # Full names gather first: a bare surname then finds its owner, whoever was told first.
    groups: list[list[Person]] = []
    ranked = sorted(
        enumerate(people), key=lambda item: (-min(len(fold(item[1].name).split()), 2), item[0])
    )
    firsts: list[int] = []
    for index, person in ranked:
        for place, group in enumerate(groups):
            if any(same_person(person.name, other.name) for other in group):
                group.append(person)
                firsts[place] = min(firsts[place], index)
                break
        else:
            groups.append([person])
            firsts.append(index)
    ordered = sorted(zip(firsts, groups, strict=True), key=lambda item: item[0])
    return tuple(_one_person(group) for _, group in ordered)


def _one_person(group: Sequence[Person]) -> Person:
    counted = Counter(person.name for person in group)
    name = max(
        (person.name for person in group),
        key=lambda name: (min(len(fold(name).split()), 2), counted[name], len(name.split())),
    )
    return Person(
        name=name, title=commonest([person.title for person in group if person.title is not None])
    )
