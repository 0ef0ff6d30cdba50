"""Filters from keyword arguments, as a person writes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TypedDict

from parley.errors import WrongFilter
from parley.record.finding import Filters, Near

_SEVERAL = ("type", "mode", "status", "party")
_DAYS = ("since", "until")


class Asked(TypedDict, total=False):
    """Which events are meant; what is left out asks for nothing.

    Each is that of `parley.record.finding.Filters`; one value may stand for a tuple of
    one, a day may be "2023-05-19", and `near` a tuple (latitude, longitude, kilometres).
    """

    type: str | Sequence[str]
    mode: str | Sequence[str]
    status: str | Sequence[str]
    party: str | Sequence[str]
    place: str | None
    country: str | None
    near: Near | tuple[float, float] | tuple[float, float, float] | None
    since: date | str | None
    until: date | str | None
    source: str | None
    outlet: str | None
    text: str | None
    min_sources: int | None
    min_confidence: float | None
    corrected: bool
    disputed: bool
    thin: bool | None


def filters_of(asked: Mapping[str, object]) -> Filters:
    """Return the filters that keyword arguments make.

    Raises `WrongFilter` for what makes no sense, `TypeError` for a keyword that is none.
    """
    known = Filters.__struct_fields__
    for name in asked:
        if name not in known:
            raise TypeError(f"no filter {name!r}; there is {', '.join(known)}")
    given = {name: value for name, value in asked.items() if value is not None}
    fields = {name: _value(name, value) for name, value in given.items()}
    filters = Filters(**fields)  # type: ignore[arg-type]
    filters.check()
    return filters


def _value(name: str, value: object) -> object:
    if name in _SEVERAL:
        return (value,) if isinstance(value, str) else tuple(value)  # type: ignore[arg-type]
    if name in _DAYS and isinstance(value, str):
        return as_day(name, value)
    if name == "near" and isinstance(value, tuple):
        if len(value) not in (2, 3):
            raise WrongFilter(f"near {value!r} is no point; give (latitude, longitude, kilometres)")
        lat, lon, *km = value
        return Near(lat=lat, lon=lon, km=km[0]) if km else Near(lat=lat, lon=lon)
    return value


def as_day(name: str, value: date | str) -> date:
    """Return a day that was given as one or as "2023-05-19"; raise `WrongFilter` for another."""
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise WrongFilter(f"{name} {value!r} is no day; write YYYY-MM-DD, as 2023-05-19") from error
