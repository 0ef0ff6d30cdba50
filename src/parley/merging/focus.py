"""Focus: which mentions of a report tell the incident that it is about.

In: the traits of one report's mentions.  Out: the ids of those that tell its incident, and the
days that they tell.  A report of a shooting tells it over and over ("the attack", "he was
pronounced dead"), and mostly says neither when nor where a second time; what it tells of
another one it sets off: by another day, place or doer, or in words ("a second shooting").  A
report of a conflict's politics, of a war or of many attacks is about no one incident.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from parley.merging.placing import compare_spots
from parley.merging.spots import Spot
from parley.merging.traits import FAR, Traits
from parley.model import EventType

INCIDENTS: tuple[EventType, ...] = ("ASSAULT", "PROTEST")
_ARREST = "arrest"  # what mostly follows: reports of an arrest are as often of one incident
_DIPLOMACY = frozenset(
    {"AGREE", "CONSULT", "SUPPORT", "COOPERATE", "REQUEST", "ACCUSE", "REJECT", "THREATEN"}
)
_HARDLY = 0.15  # of what a report tells: more makes it one of a conflict's politics
_FEW = 2  # who did it, or those who fought; and the town, and perhaps the next: more are a round-up
_TOWN = frozenset({"city", "point"})
FRESH = 30  # days: what is told within so many is news
_BRIEF = 10  # days: an incident is over within so many
_DAY = 2  # days of a window that tells a day: a night has two
# On so many days at most are the attacks that a report of one incident tells, those lent by what
# follows it among them: a log of many has more.
_DAYS = 3
_ELSEWHERE = frozenset({"near", "other", "other_loose", "other_country"})


def focus_of(told: Sequence[Traits]) -> frozenset[str]:
    """Return the ids of the mentions of one report, in their order, that tell its incident.

    So of its arrest: what sets one off sets off the other.
    """
    if not _is_of_incident(told):
        return frozenset()
    found: set[str] = set()
    for kind in (*INCIDENTS, _ARREST):
        possible = [trait for trait in told if _kind_of(trait) == kind and not _is_other(trait)]
        day = next((trait.first for trait in possible if tells_day(trait)), None)
        places = _places_of(possible)
        actors = next((trait.actors for trait in possible if trait.actors), frozenset())
        found.update(
            trait.id
            for trait in possible
            if _is_of_day(trait, day)
            and not _is_elsewhere(trait, places)
            and not _is_of_others(trait, actors)
            and not _strikes_back(trait, possible[0])
        )
    return frozenset(found)


def recalls(trait: Traits, focus: Collection[str], told_of: Collection[EventType]) -> bool:
    """Tell whether a mention tells another incident than its report is about, and its day.

    `focus` are the ids of those that tell that one, `told_of` their types.
    """
    if trait.id in focus or trait.type not in told_of or trait.type not in INCIDENTS:
        return False
    told = 0 < trait.width <= _BRIEF and not (trait.undated or trait.lent)
    return told and trait.stage == "done" and trait.scale != "whole"


def days_of(told: Iterable[Traits]) -> frozenset[int]:
    """Return the days (ordinals) that mentions tell themselves, and as fresh news."""
    return frozenset(
        day
        for trait in told
        if tells_day(trait) and trait.first is not None and trait.last is not None
        for day in range(trait.first, trait.last + 1)
    )


def _is_of_incident(told: Sequence[Traits]) -> bool:
    """Tell whether a report is about one incident: of no war, hardly of diplomacy, no round-up."""
    spoken = sum(trait.type in _DIPLOMACY and trait.of_states for trait in told)
    if spoken >= _HARDLY * len(told) or any(trait.scale == "whole" for trait in told):
        return False
    attacks = [trait for trait in told if trait.type in INCIDENTS]
    doers = {party for trait in attacks for party in trait.actors}
    towns = {
        spot.name
        for trait in attacks
        for spot in trait.spots
        if spot.precision in _TOWN and spot.lat is not None  # streets have no coordinates
    }
    days = {trait.first for trait in attacks if 0 < trait.width <= _DAY and not trait.undated}
    return len(doers) <= _FEW and len(towns) <= _FEW and len(days) <= _DAYS


def _kind_of(trait: Traits) -> str:
    """Return the type of a mention, but of an arrest that it is one."""
    return _ARREST if trait.type == "COERCE" and trait.mode == _ARREST else trait.type


def _is_other(trait: Traits) -> bool:
    """Tell whether a mention itself says that it tells no incident, or another than the news.

    What is only said to have been, or denied, may be another matter: it is left aside.
    """
    if trait.stage != "done" or trait.scale == "whole":
        return True
    if trait.width > (_DAY if trait.summed else _BRIEF) or trait.last == FAR:
        return True
    return trait.wants_other and not trait.headline


def tells_day(trait: Traits) -> bool:
    """Tell whether a mention tells a day itself, and as fresh news."""
    return 0 < trait.width <= _DAY and not (trait.undated or trait.lent) and _is_fresh(trait)


def _is_fresh(trait: Traits) -> bool:
    if trait.last is None or trait.published is None:
        return True
    return trait.published - trait.last <= FRESH


def _places_of(possible: Iterable[Traits]) -> tuple[Spot, ...]:
    """Return the places that the first mention to tell any has."""
    return next((trait.spots for trait in possible if trait.spots), ())


def _is_of_day(trait: Traits, day: int | None) -> bool:
    """Tell whether a mention may be of a day: it tells none, or this one."""
    if trait.first is None or trait.last is None:
        return True
    if not _is_fresh(trait):
        return False
    if day is None or trait.undated:
        return True
    # What follows an incident (an arrest, a funeral) lends its day to what is told beside it.
    if trait.lent and trait.first > day:
        return True
    return trait.first - 1 <= day <= trait.last + 1


def _is_elsewhere(trait: Traits, places: Sequence[Spot]) -> bool:
    if not trait.spots or not places:
        return False
    return all(compare_spots(here, there) in _ELSEWHERE for here in trait.spots for there in places)


def _is_of_others(trait: Traits, actors: frozenset[str]) -> bool:
    """Tell whether others do it than those who did what the report is about."""
    return bool(trait.actors and actors) and not trait.actors & actors


def _strikes_back(trait: Traits, first: Traits) -> bool:
    """Tell whether those do it who were struck by what the report tells first."""
    struck = (first.targets | first.victims) - first.actors
    return not trait.actors.isdisjoint(struck)
