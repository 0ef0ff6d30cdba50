"""Disagreements: where the mentions of one event differ, each value with who tells it.

In: the mentions of one event, sorted, and the reports.  Out: an entry for each thing disputed;
its values stand in the order in which they are first told, so that none is put forward.
Nothing is averaged or decided here.  The fields: `counts`, `when`, `where`, `participants`,
`mediators`, `status`, `actor` (who is told to have attacked), `place names` and `framing`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import combinations

from parley.merging.counted import kind_of
from parley.merging.counting import by_subject, number_of, tell, with_corrections
from parley.merging.names import fold, same_person
from parley.merging.naming import find_framing, find_place_names
from parley.merging.postponing import find_given_up
from parley.merging.rules import Rules
from parley.merging.taking_part import join_people
from parley.merging.traits import BROKERS, is_undated
from parley.model import (
    Count,
    Disagreement,
    DisputedValue,
    Mention,
    Person,
    Place,
    Report,
    When,
)

Values = dict[str, list[int]]

_TWO = 2
_TOGETHER = frozenset({"CONSULT", "AGREE", "COOPERATE"})
_TAKE_PART = frozenset({"actor", "recipient", "signatory", "observer"})
_NOBODY = frozenset({"population", "unknown", "person"})
_APART_DEGREES = 0.5  # about 50 km: nearer places may be two names of one


def find_disagreements(
    mentions: Sequence[Mention], *, reports: Mapping[str, Report], rules: Rules
) -> tuple[Disagreement, ...]:
    """Return the fields that the mentions tell differently."""
    # One mention may give a figure by two claimants, or a place two names; no more.
    between = _BETWEEN if len(mentions) >= _TWO else ()
    found = [
        *_counts(mentions),
        *(compare(mentions) for compare in between),
        *(_entry("place names", names) for names in find_place_names(mentions, reports)),
        *(_entry("framing", words) for words in find_framing(mentions)),
    ]
    return tuple(entry for entry in found if entry is not None)


def _entry(field: str, values: Values) -> Disagreement | None:
    if len(values) < 2:
        return None
    ordered = sorted(values.items(), key=lambda item: min(item[1]))
    return Disagreement(
        field=field,
        values=tuple(
            DisputedValue(value=value, mentions=tuple(sorted(set(at)))) for value, at in ordered
        ),
    )


def _counts(mentions: Sequence[Mention]) -> list[Disagreement | None]:
    """Compare the figures given for one thing of one side, and whom they count."""
    claims: dict[tuple[str, str | None], list[tuple[int, Count]]] = {}
    for index, mention in enumerate(mentions):
        for key, counts in by_subject(mention.counts).items():
            claims.setdefault(key, []).extend((index, count) for count in counts)
    found = []
    for (what, side), given in claims.items():
        marked = with_corrections([count for _, count in given])
        told = [(index, count) for (index, _), count in zip(given, marked, strict=True)]
        values: Values = {}
        kinds: dict[int | None, set[str]] = {}
        nouns: dict[tuple[int, str], str] = {}
        for index, count in told:
            kind, number = kind_of(count), _plain(number_of(count))
            kinds.setdefault(number, set()).update([kind] if kind else [])
            if kind and count.whom and number is not None:
                nouns[index, tell(count)] = count.whom
        clear = {number: len(names) > 1 for number, names in kinds.items()}
        # "12 fighters" and "8 soldiers" are no two figures of one thing.
        whole = len(set[str]().union(*kinds.values())) > 1
        # "Two women and a child were killed": figures of one telling add up, they do not differ.
        tellers = {(index, count.claimed_by) for index, count in told}
        differ = len(tellers) > 1 and _differ([count for _, count in told])
        if not differ and not any(clear.values()):
            continue
        for index, count in told:
            noun_told = nouns.get((index, tell(count)))
            with_noun = f" {noun_told}" if noun_told and whole else ""
            of_side = f" ({side})" if side else ""
            since = ", since corrected" if count.corrected else ""
            told_as = f"{tell(count)}{with_noun} {what}{of_side}{since}"
            values.setdefault(told_as, []).append(index)
        found.append(_entry("counts", values))
    return found


def _plain(number: int | None) -> int | None:
    return number - 1 if number and number > 100 and number % 10 == 1 else number


def _differ(counts: Sequence[Count]) -> bool:
    numbers = {_plain(number_of(count)) for count in counts}
    return len(numbers - {None}) > 1


def _when(mentions: Sequence[Mention]) -> Disagreement | None:
    """Compare the windows: only such as have no day in common contradict each other.

    A day that was given up contradicts none.
    """
    given_up = find_given_up(mentions)
    told = [
        (index, mention.when)
        for index, mention in enumerate(mentions)
        if mention.when is not None and not is_undated(mention) and index not in given_up
    ]
    if not told:
        return None
    latest = max(when.start for _, when in told)
    earliest = min(when.end or date.max for _, when in told)
    if latest <= earliest:  # then all have a day in common, and each two
        return None
    against = {
        index for index, when in told if when.start > earliest or (when.end or date.max) < latest
    }
    values: Values = {}
    for index, when in told:
        if index in against:
            values.setdefault(_days(when), []).append(index)
    return _entry("when", values)


def _days(when: When) -> str:
    if when.end is None:
        return f"since {when.start}"
    return f"{when.start}" if when.start == when.end else f"{when.start} to {when.end}"


def _where(mentions: Sequence[Mention]) -> Disagreement | None:
    """Compare towns: mentions that share none contradict each other."""
    towns = {
        index: [place for place in mention.where if place.precision in ("point", "city")]
        for index, mention in enumerate(mentions)
    }
    told = {index: places for index, places in towns.items() if places}
    # Thousands of mentions name few towns: those are compared, not the mentions.
    different = {tuple(map(_spot, places)): places for places in told.values()}
    if not any(_all_apart(one, two) for one, two in combinations(different.values(), 2)):
        return None
    values: Values = {}
    for index, places in told.items():
        values.setdefault(", ".join(place.name for place in places), []).append(index)
    return _entry("where", values)


def _spot(place: Place) -> tuple[str, float | None, float | None]:
    """Return all of a place that `_apart` looks at."""
    return fold(place.name), place.lat, place.lon


def _all_apart(ones: Sequence[Place], twos: Sequence[Place]) -> bool:
    return all(_apart(one, two) for one in ones for two in twos)


def _apart(one: Place, two: Place) -> bool:
    if fold(one.name) == fold(two.name):
        return False
    if one.lat is None or one.lon is None or two.lat is None or two.lon is None:
        return True
    return abs(one.lat - two.lat) > _APART_DEGREES or abs(one.lon - two.lon) > _APART_DEGREES


def _taking_part(mentions: Sequence[Mention]) -> Disagreement | None:
    """Compare who takes part: by the persons named, else by the parties to talks and deals."""
    return _persons(mentions) or _parties(mentions)


def _parties(mentions: Sequence[Mention]) -> Disagreement | None:
    """Compare the lists of parties of two reports or more: one leaves out whom another has.

    For what parties do together only; what one does to another has its own field.
    """
    if any(mention.type not in _TOGETHER for mention in mentions):
        return None
    brokers = {name for listed in _lists(mentions, BROKERS).values() for name in listed}
    lists = {
        # Who mediates for one report and merely attends for another is left out by neither.
        report: {name: at for name, at in listed.items() if name not in brokers}
        for report, listed in _lists(mentions, _TAKE_PART).items()
    }
    full = {report: listed for report, listed in lists.items() if len(listed) > 1}
    return _listing(full, mentions)


def _brokers(mentions: Sequence[Mention]) -> Disagreement | None:
    """Compare who mediates: reports that have no mediator in common."""
    lists = _lists(mentions, frozenset({"mediator"}))
    named = {frozenset(listed) for listed in lists.values()}
    apart = any(one.isdisjoint(two) for one, two in combinations(named, 2))
    entry = _listing(lists, mentions) if apart else None
    return entry and Disagreement(field="mediators", values=entry.values)


def _lists(mentions: Sequence[Mention], roles: frozenset[str]) -> dict[str, dict[str, list[int]]]:
    """Return report -> party -> the mentions that have it in one of the roles."""
    lists: dict[str, dict[str, list[int]]] = {}
    for index, mention in enumerate(mentions):
        for party in mention.participants:
            named = party.kind not in _NOBODY and not party.name.islower()
            if party.role in roles and named:
                name = party.side or party.name
                lists.setdefault(mention.report, {}).setdefault(name, []).append(index)
    return lists


def _listing(
    lists: Mapping[str, Mapping[str, list[int]]], mentions: Sequence[Mention]
) -> Disagreement | None:
    """Return an entry of whole lists, the names of each in the order of the first telling."""
    order = {
        name: place
        for place, name in enumerate(
            dict.fromkeys(
                party.side or party.name for mention in mentions for party in mention.participants
            )
        )
    }
    values: Values = {}
    for parties in lists.values():
        names = sorted(parties, key=order.__getitem__)
        values.setdefault(", ".join(names), []).extend(at for own in parties.values() for at in own)
    return _entry("participants", values)


def _persons(mentions: Sequence[Mention]) -> Disagreement | None:
    """Compare who is named: someone whom one of two reports leaves out, though it lists others.

    A report that names one person only may mean no list, so it leaves nobody out.
    """
    named: dict[str, list[Person]] = {}
    at: dict[str, list[int]] = {}
    for index, mention in enumerate(mentions):
        people = [
            person
            for party in mention.participants
            if party.role != "spokesperson"
            for person in (
                (*party.people, Person(name=party.name)) if party.kind == "person" else party.people
            )
        ]
        if people:
            named.setdefault(mention.report, []).extend(people)
            at.setdefault(mention.report, []).append(index)
    joined = {report: join_people(those) for report, those in named.items()}
    lists = {report: people for report, people in joined.items() if len(people) > 1}
    everyone = join_people([person for people in named.values() for person in people])
    values: Values = {}
    for report, listing in lists.items():
        listed = [
            person.name
            for person in everyone
            if any(same_person(person.name, other.name) for other in listing)
        ]
        values.setdefault(", ".join(listed), []).extend(at[report])
    return _entry("participants", values)


def _status(mentions: Sequence[Mention]) -> Disagreement | None:
    """Compare what some tell as a fact, some as a claim, and some deny.

    What was put off and held then is no matter of dispute.
    """
    given_up = find_given_up(mentions)
    values: Values = {}
    for index, mention in enumerate(mentions):
        if index in given_up:
            continue
        status = "happened" if mention.status == "ongoing" else mention.status
        if status in ("happened", "alleged", "denied", "called_off"):
            values.setdefault(status, []).append(index)
    return _entry("status", values)


def _who_began(mentions: Sequence[Mention]) -> Disagreement | None:
    """Compare who is told to have attacked: one, the other, both, or nobody."""
    if any(mention.type != "ASSAULT" for mention in mentions):
        return None
    values: Values = {}
    one_sided = False
    # A common noun names nobody: "rebels" of one report are no other side than a group by name.
    acting = [
        {
            fold(p.name): p.name
            for p in mention.participants
            if p.role == "actor" and not p.name.islower()
        }
        for mention in mentions
    ]
    naming = {mention.report for mention, actors in zip(mentions, acting, strict=True) if actors}
    for index, (mention, actors) in enumerate(zip(mentions, acting, strict=True)):
        others = any(p.role in ("recipient", "victim") for p in mention.participants)
        one_sided = one_sided or len(actors) == 1
        if actors:
            values.setdefault(_known(actors, values), []).append(index)
        elif others and mention.report not in naming:
            values.setdefault("not said", []).append(index)
    # "Clashes between A and B" beside "three of A's soldiers died" leaves nothing in dispute.
    return _entry("actor", values) if one_sided else None


def _known(actors: Mapping[str, str], values: Values) -> str:
    """Return the names in the order in which an earlier mention has them."""
    names = set(actors.values())
    same = (value for value in values if set(value.split(" and ")) == names)
    return next(same, " and ".join(actors.values()))


# What differs between two mentions, in the order in which it is shown.
_BETWEEN = (_when, _where, _taking_part, _brokers, _status, _who_began)
