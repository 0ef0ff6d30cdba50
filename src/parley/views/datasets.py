"""A record beside a data set of armed conflict that the user has: ACLED's or UCDP's.

In: a record and their CSV.  Out: `Lineup`: which incidents both have, with where the
figures differ, and which only one of them has.  Two are one where `matching.match` says so,
by day, place and parties.  Columns as ACLED's codebook (2023) and the UCDP Georeferenced
Event Dataset's (v. 23.1) name them; fatalities of ACLED are one figure, UCDP has low, best
and high.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Literal

from msgspec import Struct

from parley.errors import InputError
from parley.record import Record
from parley.views.given import read_rows, read_text
from parley.views.matching import Outline, match, outline

Dataset = Literal["acled", "ucdp"]
_COLUMNS: dict[Dataset, frozenset[str]] = {
    "acled": frozenset({"event_date", "actor1", "country", "fatalities"}),
    "ucdp": frozenset({"date_start", "side_a", "country", "best"}),
}
_DAYS = (
    "%Y-%m-%d",
    "%d %B %Y",
    "%d-%B-%Y",
    "%d/%m/%Y",
    "%Y-%m-%d %H:%M:%S.%f",
    "%Y-%m-%d %H:%M:%S",
)
# What is armed violence that was told as having been: what such data sets hold.
_TYPES = ("ASSAULT",)
_STATUSES = ("happened", "ongoing", "alleged")
# ACLED's types of the same; UCDP has no other and no such column.
_VIOLENT = ("", "Battles", "Explosions/Remote violence", "Violence against civilians")


class Matched(Struct, frozen=True, kw_only=True):
    """An incident that both have.

    `dead` is the data set's best figure, `low` and `high` what the reports of the record
    claim; `difference` is how far the data set's lies outside of that: 0 inside it, None
    where one of them gives none.
    """

    event: str
    theirs: str
    summary: str
    day: date | None
    likeness: float
    low: int | None
    high: int | None
    dead: int | None
    difference: int | None


class Lone(Struct, frozen=True, kw_only=True):
    """An incident that only one of them has."""

    id: str
    summary: str
    day: date | None
    low: int | None
    high: int | None


class Lineup(Struct, frozen=True, kw_only=True):
    """A record beside a data set.

    `passed_over` are the rows of the data set that are no armed violence.
    """

    dataset: Dataset
    passed_over: int
    both: tuple[Matched, ...]
    only_here: tuple[Lone, ...]
    only_there: tuple[Lone, ...]


def line_up(
    record: Record,
    path: str,
    *,
    days: int = 3,
    since: date | None = None,
    until: date | None = None,
) -> Lineup:
    """Return which incidents of a record and of a data set are one.

    `since` and `until` bound both; where they are not given, the first and the last day
    that the data set has.  Raises `InputError` for a file that is neither ACLED's nor
    UCDP's, naming the row that cannot be read.
    """
    dataset, theirs, passed_over = read_dataset(path)
    first = since or min((o.start for o in theirs if o.start), default=None)
    last = until or max((o.end for o in theirs if o.end), default=None)
    if first and last and last < first:
        raise InputError(path, f"{last} lies before {first}", way_out="give the earlier day first")
    theirs = [o for o in theirs if _within(o, first, last)]
    events = record.events(type=_TYPES, status=_STATUSES, since=first, until=last)
    ours = [outline(event) for event in events]
    pairs = match(ours, theirs, days=days)
    matched, met = {p.one for p in pairs}, {p.other for p in pairs}
    return Lineup(
        dataset=dataset,
        passed_over=passed_over,
        both=tuple(_matched(ours[p.one], theirs[p.other], p.likeness) for p in pairs),
        only_here=tuple(_lone(o) for at, o in enumerate(ours) if at not in matched),
        only_there=tuple(_lone(o) for at, o in enumerate(theirs) if at not in met),
    )


def read_dataset(path: str) -> tuple[Dataset, list[Outline], int]:
    """Return which data set a CSV is of, its incidents, and how many rows are no violence."""
    names, rows = read_rows(path, read_text(path))
    dataset = next((name for name, columns in _COLUMNS.items() if columns <= set(names)), None)
    if dataset is None:
        raise InputError(
            path,
            "neither ACLED's nor UCDP's columns",
            way_out="give the CSV as it is downloaded, with event_date, actor1, country, "
            "fatalities (ACLED) or date_start, side_a, country, best (UCDP GED)",
        )
    found: list[Outline] = []
    passed_over = 0
    for number, row in rows:
        if row.get("event_type", "").strip() not in _VIOLENT:
            passed_over += 1
            continue
        try:
            found.append(_acled(row, number) if dataset == "acled" else _ucdp(row, number))
        except ValueError as error:
            raise InputError(
                f"{path}#{number}", str(error), way_out="give the CSV as it is downloaded"
            ) from error
    return dataset, found, passed_over


def _acled(row: Mapping[str, str], number: int) -> Outline:
    day = _day(row["event_date"])
    dead = _number(row["fatalities"])
    kind = row.get("sub_event_type") or row.get("event_type") or "event"
    return Outline(
        id=row.get("event_id_cnty") or row.get("data_id") or f"row {number}",
        summary=f"{kind}: {row['actor1']}, {row.get('actor2') or 'nobody named'}, "
        f"{row.get('location') or row['country']}",
        start=day,
        end=day,
        places=_names(row, "location", "admin1", "admin2"),
        countries=_country(row["country"]),
        points=_points(row, precision="geo_precision", coarse=3),
        parties=_names(row, "actor1", "actor2", "assoc_actor_1", "assoc_actor_2"),
        low=dead,
        best=dead,
        high=dead,
    )


def _ucdp(row: Mapping[str, str], number: int) -> Outline:
    start, end = _day(row["date_start"]), _day(row.get("date_end") or row["date_start"])
    if end < start:
        raise ValueError(f"it ends on {end}, before it begins on {start}")
    return Outline(
        id=row.get("id") or row.get("relid") or f"row {number}",
        summary=f"{row['side_a']}, {row.get('side_b') or 'nobody named'}, "
        f"{row.get('where_coordinates') or row['country']}",
        start=start,
        end=end,
        places=_names(row, "where_coordinates", "where_description", "adm_1", "adm_2"),
        countries=_country(row["country"]),
        points=_points(row, precision="where_prec", coarse=6),
        parties=_names(row, "side_a", "side_b"),
        low=_number(row.get("low") or row["best"]),
        best=_number(row["best"]),
        high=_number(row.get("high") or row["best"]),
    )


def _day(text: str) -> date:
    for form in _DAYS:
        try:
            return datetime.strptime(text.strip(), form).date()
        except ValueError:
            continue
    raise ValueError(f"{text!r} is no day")


def _number(text: str) -> int | None:
    """Return a figure, None for an empty cell; raise `ValueError` for what is none."""
    if not text.strip():
        return None
    told = float(text)
    if not math.isfinite(told) or told < 0:
        raise ValueError(f"{text.strip()!r} is no number of dead")
    return int(told)


def _names(row: Mapping[str, str], *columns: str) -> tuple[str, ...]:
    found = (part.strip() for column in columns for part in (row.get(column) or "").split(";"))
    return tuple(dict.fromkeys(name for name in found if name))


def _points(
    row: Mapping[str, str], *, precision: str, coarse: int
) -> tuple[tuple[float, float], ...]:
    """Return where it was, unless the data set says that only the country is known."""
    if not row.get("latitude") or not row.get("longitude"):
        return ()
    if row.get(precision, "").strip().isdecimal() and int(row[precision]) >= coarse:
        return ()
    lat, lon = float(row["latitude"]), float(row["longitude"])
    if not (abs(lat) <= 90 and abs(lon) <= 180):
        raise ValueError(f"{lat}, {lon} is no point of the globe")
    return ((lat, lon),)


@lru_cache(maxsize=1024)
def _country(name: str) -> tuple[str, ...]:
    """Return the code of a country, none where its name is not known: none is then no veto."""
    from parley.grounding.knowledge import Knowledge  # noqa: PLC0415 - slow to load

    plain = name.partition("(")[0].strip()
    party = Knowledge.load().party(plain)
    return (party.country,) if party and party.country else ()


def _within(one: Outline, first: date | None, last: date | None) -> bool:
    return not (
        (first and one.end and one.end < first) or (last and one.start and one.start > last)
    )


def _matched(ours: Outline, theirs: Outline, likeness: float) -> Matched:
    low, high, dead = ours.low, ours.high, theirs.best
    difference = None
    if dead is not None and (low is not None or high is not None):
        difference = 0
        if low is not None and dead < low:
            difference = dead - low
        elif high is not None and dead > high:
            difference = dead - high
    return Matched(
        event=ours.id,
        theirs=theirs.id,
        summary=ours.summary,
        day=theirs.start,
        likeness=likeness,
        low=low,
        high=high,
        dead=dead,
        difference=difference,
    )


def _lone(one: Outline) -> Lone:
    return Lone(id=one.id, summary=one.summary, day=one.start, low=one.low, high=one.high)
