"""Filters: which events are asked for, and which page of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Generic, TypeVar, get_args

from msgspec import Struct

from parley.errors import WrongFilter
from parley.model import EventType, Status
from parley.record.names import folded

Row = TypeVar("Row")
MOST_ROWS = 10_000
_FARTHEST = 20_038  # km, half-way around the Earth


class Near(Struct, frozen=True, kw_only=True):
    """Within `km` kilometres of a point, in degrees (WGS 84)."""

    lat: float
    lon: float
    km: float = 50.0


class Filters(Struct, frozen=True, kw_only=True):
    """What an event must be to be found; what is empty asks for nothing.

    `type`, `mode`, `status`: one of these.  `party`: each of these takes part, a party by
    any of its names (abbreviation, adjective, code of the country) or a person by words
    of the name.  `place`: whole words of a place's name, or a country; `country`: any
    name or code of a state that the place lies in; `near`: around a point.  `since` and
    `until`: it may have gone on at some day between them, both included.  `source`: words
    of the path or address of a report that tells it; `outlet`: words of the outlet's name.
    `text`: words of its summary or of what the reports say, or how they begin.
    `min_sources`: told by at least so many independent sources (an outlet is one, however
    many reports it has; so are all copies of one text).
    `min_confidence`: at least so likely, from 0 to 1, by the learnt coder; what has no
    confidence (coded by rules, or by a person) does not pass.  `corrected`, `disputed`: only what a
    person has corrected, only where tellings differ.  `thin`: False leaves out those of which
    hardly anything is known (`record/thin.py`), True keeps only these.
    """

    type: tuple[str, ...] = ()
    mode: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    party: tuple[str, ...] = ()
    place: str | None = None
    country: str | None = None
    near: Near | None = None
    since: date | None = None
    until: date | None = None
    source: str | None = None
    outlet: str | None = None
    text: str | None = None
    min_sources: int | None = None
    min_confidence: float | None = None
    corrected: bool = False
    disputed: bool = False
    thin: bool | None = None

    def check(self) -> None:
        """Raise `WrongFilter` for what no event could pass, or what says nothing."""
        _check_names("type", self.type, get_args(EventType))
        _check_names("status", self.status, get_args(Status))
        if self.since and self.until and self.until < self.since:
            raise WrongFilter(
                f"until {self.until} lies before since {self.since}; give the earlier day to since"
            )
        named = {"place": self.place, "country": self.country, "source": self.source,
                 "outlet": self.outlet, "text": self.text}  # fmt: skip
        for name, value in (*named.items(), *(("party", each) for each in self.party)):
            if value is not None and not folded(value):
                raise WrongFilter(f"{name} {value!r} has no letter or digit; write a word of it")
        if self.min_sources is not None and self.min_sources < 1:
            raise WrongFilter(f"min_sources is {self.min_sources}; 1 or more makes sense")
        if self.min_confidence is not None and not 0 <= self.min_confidence <= 1:
            raise WrongFilter(
                f"min_confidence is {self.min_confidence}; give a number from 0 to 1, as 0.8"
            )
        if self.near is not None:
            _check_near(self.near)


class Narrowed(Filters, frozen=True, kw_only=True):
    """Filters that were asked of the record already: what passes has one of these numbers.

    For a view that asks several times; what else is set of it is not asked again.
    """

    numbers: tuple[int, ...]


class Paging(Struct, frozen=True, kw_only=True):
    """Which rows of those found: `limit` of them after the first `offset`."""

    limit: int = 50
    offset: int = 0

    def check(self) -> None:
        """Raise `WrongFilter` where there is no such page."""
        if not 1 <= self.limit <= MOST_ROWS:
            raise WrongFilter(f"limit is {self.limit}; give a number from 1 to {MOST_ROWS:,}")
        if not 0 <= self.offset < 2**62:
            raise WrongFilter(f"offset is {self.offset}; give 0 or more")


class Page(Struct, Generic[Row], frozen=True, kw_only=True):
    """Some of the rows found, `total` being how many there are in all."""

    rows: Sequence[Row]
    total: int
    limit: int
    offset: int

    @property
    def next_offset(self) -> int | None:
        """Where the next page begins, None after the last."""
        end = self.offset + len(self.rows)
        return end if self.rows and end < self.total else None


def _check_names(field: str, values: tuple[str, ...], known: tuple[str, ...]) -> None:
    if isinstance(values, str):
        raise WrongFilter(f"{field} is one text; give a tuple, as ({values!r},)")
    for value in values:
        if value not in known:
            raise WrongFilter(f"{field} {value!r} is none; there is {', '.join(known)}")


def _check_near(near: Near) -> None:
    # Written so that no number that is none (nan) passes.
    if not (-90 <= near.lat <= 90 and -180 <= near.lon <= 180):
        raise WrongFilter(
            f"near {near.lat:g},{near.lon:g} is no point of the Earth; give latitude (-90 to 90) "
            f"and longitude (-180 to 180), as 39.82,46.75"
        )
    if not 0 < near.km <= _FARTHEST:
        raise WrongFilter(f"near: {near.km:g} km makes no sense; give some from 1 to {_FARTHEST:,}")
