"""The filters in an address: read from it, and written into links.

A page's address holds all that makes it what it is, so that it can be sent to a
colleague.  A field that a form sends empty asks for nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

from fastapi import Query
from pydantic import BaseModel, ConfigDict, Field, model_validator

from parley.model import EventType, Status
from parley.record.finding import Filters, Near, Paging
from parley.web.failures import Failure

_WORDS = 200
ROWS = 50
_NO_FILTERS = {"limit", "offset", "thin"}


class Asked(BaseModel):
    """What an address asks for: filters, and which page of what passes them."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    type: list[EventType] = Field(default=[], description="One of these types (PLOVER).")
    status: list[Status] = Field(default=[], description="One of these.")
    mode: list[str] = Field(default=[], max_length=20, description="One of these modes (PLOVER).")
    party: list[Annotated[str, Field(max_length=_WORDS)]] = Field(
        default=[], max_length=10, description="Each of these takes part: a party or a person."
    )
    place: str | None = Field(default=None, max_length=_WORDS, description="At this place.")
    country: str | None = Field(
        default=None, max_length=_WORDS, description="In this country: a name or a code."
    )
    near: str | None = Field(
        default=None,
        max_length=60,
        description="Around a point: latitude,longitude,kilometres.",
    )
    since: date | None = Field(default=None, description="On this day or later.")
    until: date | None = Field(default=None, description="On this day or earlier.")
    source: str | None = Field(
        default=None, max_length=_WORDS, description="Told by a report whose address has this."
    )
    outlet: str | None = Field(default=None, max_length=_WORDS, description="Told by this outlet.")
    text: str | None = Field(default=None, max_length=_WORDS, description="Told in these words.")
    min_sources: int | None = Field(
        default=None, ge=1, le=10_000, description="Told by at least so many independent sources."
    )
    min_confidence: float | None = Field(
        default=None,
        ge=0,
        le=1,
        description="At least so likely (0 to 1); not what was coded by rules alone.",
    )
    corrected: bool = Field(default=False, description="Only what a person has corrected.")
    disputed: bool = Field(default=False, description="Only where the tellings differ.")
    thin: Literal["folded", "shown"] | None = Field(
        default=None,
        description="Events of which hardly anything is known: without them, or with them. "
        "Pages leave them out unless told, data has them.",
    )
    limit: int = Field(default=ROWS, ge=1, le=500, description="How many rows.")
    offset: int = Field(default=0, ge=0, le=2**31, description="After how many rows.")

    @model_validator(mode="before")
    @classmethod
    def drop_empty(cls, given: Any) -> Any:  # noqa: ANN401 - pydantic's own signature
        """Take fields that were sent empty for fields that were not sent."""
        if not isinstance(given, dict):
            return given
        kept = {}
        for key, value in given.items():
            if isinstance(value, list):
                value = [each for each in value if not _is_blank(each)]  # noqa: PLW2901
            if value != [] and not _is_blank(value):
                kept[key] = value
        return kept

    def pairs(self, **changed: Any) -> list[tuple[str, str]]:  # noqa: ANN401 - any field's value
        """Return the query of the address that asks for this, with some fields changed."""
        plain = self.model_dump(mode="json", exclude_defaults=True)
        plain.update(changed)
        return [
            (key, "1" if value is True else str(value))
            for key, values in plain.items()
            for value in (values if isinstance(values, list) else [values])
            if value not in (None, False, "")
        ]

    def query(self, **changed: Any) -> str:  # noqa: ANN401 - any field's value
        """Return that query as it stands in an address, with "?" before it unless empty."""
        pairs = self.pairs(**changed)
        return "?" + urlencode(pairs) if pairs else ""

    def filters_query(self, **changed: Any) -> str:  # noqa: ANN401 - any field's value
        """Return the query of the filters alone, from the first row on."""
        return self.query(limit=None, offset=None, **changed)

    def chips(self) -> Iterator[tuple[str, str, str]]:
        """Yield each filter that is set, its value in words, and the query without it."""
        plain = self.model_dump(mode="json", exclude_defaults=True, exclude=_NO_FILTERS)
        for key, values in plain.items():
            if not isinstance(values, list):
                shown = "" if values is True else str(values)
                yield key, shown, self.filters_query(**{key: None})
                continue
            for value in values:
                rest = [each for each in values if each != value]
                yield key, str(value), self.filters_query(**{key: rest or None})

    @property
    def filtered(self) -> bool:
        """Whether any filter is set."""
        return bool(self.model_dump(exclude_defaults=True, exclude=_NO_FILTERS))

    @property
    def on_page(self) -> Asked:
        """What a page asks that folds thin events away unless told to show them."""
        return self if self.thin else self.model_copy(update={"thin": "folded"})


def _is_blank(value: object) -> bool:
    return isinstance(value, str) and not value.strip()


AskedQuery = Annotated[Asked, Query()]


def filters_of(asked: Asked) -> Filters:
    """Return what an address asks for as the record's filters; raise `Failure` where it cannot."""
    return Filters(
        type=tuple(asked.type),
        mode=tuple(asked.mode),
        status=tuple(asked.status),
        party=tuple(asked.party),
        place=asked.place,
        country=asked.country,
        near=_near(asked.near) if asked.near else None,
        since=asked.since,
        until=asked.until,
        source=asked.source,
        outlet=asked.outlet,
        text=asked.text,
        min_sources=asked.min_sources,
        min_confidence=asked.min_confidence,
        corrected=asked.corrected,
        disputed=asked.disputed,
        thin=False if asked.thin == "folded" else None,
    )


def paging_of(asked: Asked) -> Paging:
    """Return which rows an address asks for."""
    return Paging(limit=asked.limit, offset=asked.offset)


def _near(text: str) -> Near:
    try:
        lat, lon, *rest = (float(part) for part in text.split(","))
        (km,) = rest or [50.0]
    except ValueError as error:
        raise Failure(
            422, "wrong_request", f"near: {text!r} is no point; write 39.82,46.75 or 39.82,46.75,30"
        ) from error
    return Near(lat=lat, lon=lon, km=km)
