"""Whose affairs a report tells of: the state meant by "the army" and "the government".

Each state is weighed by what the report tells of it: its own bodies, people and groups,
its known persons, and a dateline in its capital; its towns where no state is named.  One
is at home where it outweighs every other clearly, or where the dateline lies in the
first; else nothing is guessed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence

from parley.grounding.knowledge import Knowledge
from parley.grounding.lexicon import Lexicon
from parley.grounding.lines import Line, Name
from parley.grounding.persons import Persons
from parley.grounding.phrases import Phrase
from parley.grounding.settings import is_dateline, is_place, tells_where
from parley.model import Party

# What each telling of a state weighs, what the first must have, and how many times the second.
OWN_BODY, NAMED, PERSON, GROUP, TOWN, VISITED, DATELINE = 2.0, 1.0, 1.0, 1.0, 0.5, 0.2, 1.5
ENOUGH = 3.0
CLEARLY = 2.0
# Who is weighed against a state that faces others in the report must outweigh it by more.
FACING = 3.0
# What people do in a capital that is not theirs.
_MEETING = frozenset(
    {"meet", "negotiate", "mediate", "host", "sign", "agree", "travel", "visit", "fly"}
    | {"negotiation", "mediation", "dialogue", "consultation", "delegation", "discussion"}
)
# A dateline opens one of the first paragraphs.
DATELINE_REACH = 6
# Who fights or speaks in a state tells of it; a region that others claim does not.
_GROUPS = frozenset({"armed_group", "organisation"})


def find_home(
    lines: list[Line],
    phrases: dict[int, list[Phrase]],
    *,
    persons: Persons,
    knowledge: Knowledge,
    lexicon: Lexicon,
    facing: Sequence[Party] = (),
    aside: Collection[Party] = (),
) -> Party | None:
    """Return the state whose own affairs a report tells of; None where none is clear.

    `facing` are parties that face each other in it, `aside` those that mediate or host.
    """
    told: set[Party] = set()
    guests: set[Party] = set()
    unlisted: dict[str, Party] = {}
    for line in lines:
        abroad = _of_envoys(phrases[line.index], lexicon)
        for name in line.names:
            party = name.sense.party
            if party is not None and party.kind == "state" and id(name) not in abroad:
                (guests if _is_guest(line, name, lexicon) else told).add(party)
                unlisted |= {party.name: party} if party.country is None else {}
    weights: Counter[str] = Counter()
    # Between states that a report names the map is no judge: its words are, which would be
    # the same of others.
    mapped = not told
    towns: set[str] = set()
    for line in lines:
        for code, weight in _tellings(line, phrases[line.index], lexicon, towns, mapped):
            weights[code] += weight  # type: ignore[assignment]
    for figure in persons.holders:
        if (figure.is_told or mapped) and figure.party.country is not None:
            weights[figure.party.country] += PERSON  # type: ignore[assignment]
    if len(told) == 1:
        (state,) = told
        talking = _talking(lines, lexicon)
        if talking and state.country not in talking and _only_visited(state, lines, lexicon):
            # "AMMAN - The government and the Houthis agreed ...": they meet abroad.
            return knowledge.state(talking.pop()) if len(talking) == 1 else None
        here = guests <= told or state.country in _datelines(lines, lexicon, mapped=False)
        others = [weight for code, weight in weights.items() if code != _code(state)]
        least = max(ENOUGH, weights[_code(state)])
        # Groups and persons of another country may outweigh one neighbour that is named.
        if here and max(others, default=0.0) < least:
            return None if _is_opposed(state, lines, phrases) else state
    hosts = {party.country for party in aside} - {party.country for party in facing}
    for host in hosts & weights.keys():
        del weights[host]
    ranked = weights.most_common(1)
    if not ranked or (ranked[0][1] < ENOUGH and not _is_of_group(lines, weights)):
        return None
    codes = {_code(party) for party in facing if party.kind == "state"}
    # "NAIROBI - Sudan and the SPLA signed ...": who is none of those that face each other may be
    # their host.
    third = bool(codes) and ranked[0][0] not in codes
    if ranked[0][0] in _datelines(lines, lexicon, mapped) and not third:
        return _named(ranked[0][0], unlisted, knowledge)
    for other, weight in weights.items():
        factor = FACING if other in codes else CLEARLY
        if other != ranked[0][0] and ranked[0][1] < factor * weight:
            return None
    return _named(ranked[0][0], unlisted, knowledge)


def _is_of_group(lines: list[Line], weights: Collection[str]) -> bool:
    """Tell whether a group names the only country that a report tells of: "UNITA", and no state."""
    parties = (name.sense.party for line in lines for name in line.names)
    groups = {party.country for party in parties if party is not None and party.kind in _GROUPS}
    return len(weights) == 1 and groups == set(weights)


def _code(state: Party) -> str:
    """Return by what a state is weighed: its code, its name where it has none."""
    return state.country or state.name


def _named(code: str, unlisted: Mapping[str, Party], knowledge: Knowledge) -> Party | None:
    return unlisted.get(code) or knowledge.state(code)


def _of_envoys(phrases: list[Phrase], lexicon: Lexicon) -> set[int]:
    """Return the names, by identity, that tell whose envoy somebody is: he is abroad."""
    return {
        id(name)
        for phrase in phrases
        if phrase.line.lower[phrase.head] in lexicon.offices.abroad
        for name in phrase.names
    }


def _talking(lines: list[Line], lexicon: Lexicon) -> set[str]:
    """Return the countries of the armed groups that a report has meet or agree, by code."""
    return {
        party.country
        for line in lines
        for name in line.names
        if (party := name.sense.party) and party.kind == "armed_group" and party.country
        if _is_of_meeting(line, line.sentence[name.first], lexicon)
    }


def _is_of_meeting(line: Line, sentence: int, lexicon: Lexicon) -> bool:
    """Tell whether a sentence is one of people who meet or agree."""
    return any(
        line.sentence[i] == sentence
        and (line.lower[i] in lexicon.places.venues or line.lemma[i] in _MEETING)
        for i in range(len(line))
    )


def _only_visited(state: Party, lines: list[Line], lexicon: Lexicon) -> bool:
    """Tell whether a state is named by its capital alone, as the place of a meeting."""
    return all(
        name.sense.via == "capital" and (_opens(line, name) or is_place(line, name, lexicon))
        for line in lines
        for name in line.names
        if name.sense.party == state
    )


def _is_guest(line: Line, name: Name, lexicon: Lexicon) -> bool:
    """Tell whether a capital only tells where people meet or speak: "talks in Luanda"."""
    place = name.sense.place
    if name.sense.via != "capital" or place is None:
        return False
    if line.kind == "dateline" or _opens(line, name):
        return place.name.lower() in lexicon.places.seats
    if not is_place(line, name, lexicon):
        return False
    return _is_of_meeting(line, line.sentence[name.first], lexicon)


def _is_opposed(state: Party, lines: list[Line], phrases: dict[int, list[Phrase]]) -> bool:
    """Tell whether an army without a name is another's than the only state's.

    So it is in "the army said that Cambodian troops had opened fire on its positions".
    """
    for line in lines:
        bare: set[int] = set()
        for phrase in phrases[line.index]:
            if phrase.form.kind != "military":
                continue
            of_state = any(name.sense.party == state for name in phrase.names)
            sentence = line.sentence[phrase.head]
            if of_state and sentence in bare and line.dep[phrase.head] in ("nsubj", "agent"):
                return True
            if of_state:
                return False
            unnamed = not phrase.names and phrase.owner is None and phrase.object is None
            if unnamed and phrase.determiner == "the" and line.dep[phrase.head] == "nsubj":
                bare.add(sentence)
    return False


def _tellings(
    line: Line,
    phrases: list[Phrase],
    lexicon: Lexicon,
    towns: set[str],
    mapped: bool,
) -> Iterator[tuple[str, float]]:
    """Yield the countries that a line tells of, by code, and what each telling weighs."""
    owners = _of_envoys(phrases, lexicon)
    for phrase in phrases:
        for name in phrase.names:
            if id(name) in owners:
                continue
            owners.add(id(name))
            party = name.sense.party
            if party is not None and party.kind == "state":
                yield _code(party), OWN_BODY
            elif party is not None and party.country is not None:
                if mapped or party.kind in _GROUPS:
                    yield party.country, GROUP
    for name in line.names:
        if id(name) in owners:
            continue
        party, place = name.sense.party, name.sense.place
        if _opens(line, name):
            if place is not None and place.country is not None:
                known = party is not None or mapped
                if known and place.name.lower() not in lexicon.places.seats:
                    yield place.country, DATELINE
        elif party is not None and party.kind == "state":
            where = is_place(line, name, lexicon) or tells_where(line, name, lexicon)
            yield _code(party), VISITED if where else NAMED
        elif party is not None and party.country is not None:
            if name.sense.via == "member":
                yield party.country, OWN_BODY
            elif mapped or party.kind in _GROUPS:
                yield party.country, GROUP
        elif place is not None and place.country is not None and place.name not in towns:
            towns.add(place.name)
            if mapped:
                yield place.country, TOWN


def _datelines(lines: list[Line], lexicon: Lexicon, mapped: bool) -> set[str]:
    """Return the countries of the report's datelines, but of seats of many states' bodies."""
    senses = [name.sense for line in lines for name in line.names if _opens(line, name)]
    return {
        place.country
        for party, place in ((sense.party, sense.place) for sense in senses)
        if place is not None
        and place.country is not None
        and (party is not None or mapped)
        and place.name.lower() not in lexicon.places.seats
    }


def _opens(line: Line, name: Name) -> bool:
    """Tell whether a name is the place of a dateline: "KYIV, March 3 (Agency) -"."""
    return line.index < DATELINE_REACH and is_dateline(line, name)
