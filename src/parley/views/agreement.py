"""Two analysts who coded apart: how far they agree, and what is to be talked over.

In: two records of the same reports.  Out: `Agreement`.  Events are one where their
tellings stand on the same characters of the same text, most of them first.  How far the
two agree is Krippendorff's alpha, a field at a time, of the events that both have (and,
as "found", of whether both have an event at all): K. Krippendorff, Content Analysis, 4th
ed., 2018, ch. 12; computed by the package `krippendorff`.  1 is full agreement, 0 what
chance would give.
"""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Literal

from msgspec import Struct

from parley.errors import ParleyError
from parley.model import Event
from parley.record import Record
from parley.views.phrases import phrase_when

Level = Literal["nominal", "interval", "ratio"]


class FieldAgreement(Struct, frozen=True, kw_only=True):
    """How far two agree on a field.

    `alpha` is None where it is not defined (nothing to compare, or one value throughout);
    `same` of `compared` events have the very same value.
    """

    field: str
    level: Level
    alpha: float | None
    same: int
    compared: int


class Difference(Struct, frozen=True, kw_only=True):
    """A field on which the two differ; `one` or `other` is None where that one has no event.

    `event` and `counterpart` are the ids in the first and in the second record.
    """

    event: str | None
    counterpart: str | None
    summary: str
    field: str
    one: str | None
    other: str | None


class Agreement(Struct, frozen=True, kw_only=True):
    """How far two records agree, and where they do not."""

    both: int
    only_one: int
    only_other: int
    fields: tuple[FieldAgreement, ...]
    differences: tuple[Difference, ...]


def compare_records(one: Record, other: Record) -> Agreement:
    """Return how far two records of the same reports agree.

    Raises `ParleyError` where they have no report in common, or the package is missing.
    """
    import_alpha()
    texts = [
        {line.id: line.text_sha256 for line in record.report_lines()} for record in (one, other)
    ]
    shared = set(texts[0].values()) & set(texts[1].values())
    if not shared:
        raise ParleyError(
            f"{one.where} and {other.where}: they have no report in common; compare two records of "
            f"the same reports"
        )
    events = [
        [
            event
            for event in record.events()
            if any(texts[n][mention.report] in shared for mention in event.mentions)
        ]
        for n, record in enumerate((one, other))
    ]
    pairs = _align(events[0], events[1], texts)
    matched = {id(event) for pair in pairs for event in pair}
    alone = [[event for event in side if id(event) not in matched] for side in events]
    fields = [_agree(field, level, read, pairs) for field, (level, read) in _FIELDS.items()]
    found = [(1, 1)] * len(pairs) + [(1, 0)] * len(alone[0]) + [(0, 1)] * len(alone[1])
    fields.insert(
        0,
        FieldAgreement(
            field="found",
            level="nominal",
            alpha=alpha(found, "nominal"),
            same=len(pairs),
            compared=len(found),
        ),
    )
    return Agreement(
        both=len(pairs),
        only_one=len(alone[0]),
        only_other=len(alone[1]),
        fields=tuple(fields),
        differences=tuple(_differences(pairs, alone)),
    )


def alpha(values: Sequence[tuple[Any, Any]], level: Level) -> float | None:
    """Return Krippendorff's alpha of two coders' values, None where it is not defined.

    A pair a unit; None is a value that is missing.  For `nominal` any values will do, for
    the others numbers.
    """
    krippendorff = import_alpha()
    told = [pair for pair in values if None not in pair]
    if len(told) < 2 or len({value for pair in told for value in pair}) < 2:
        return None
    if level == "nominal":
        domain = {value: at for at, value in enumerate(sorted({str(v) for p in told for v in p}))}
        data = [[float(domain[str(pair[at])]) for pair in told] for at in (0, 1)]
    else:
        data = [[float(pair[at]) for pair in told] for at in (0, 1)]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = float(krippendorff.alpha(reliability_data=data, level_of_measurement=level))
    return round(found, 4)


def import_alpha() -> Any:  # noqa: ANN401 - a module without types
    """Return the package that computes alpha; raise `ParleyError` where it is missing."""
    try:
        import krippendorff  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise ParleyError(
            "the package that measures agreement is not installed; pip install "
            "'parley-record[agreement]'"
        ) from error
    return krippendorff


def _align(
    ones: Sequence[Event], others: Sequence[Event], texts: Sequence[Mapping[str, str]]
) -> list[tuple[Event, Event]]:
    """Return the events of two records that stand on the same characters, each once."""
    standing: dict[str, list[tuple[int, int, int]]] = {}
    for at, event in enumerate(others):
        for mention in event.mentions:
            standing.setdefault(texts[1][mention.report], []).append(
                (mention.start, mention.end, at)
            )
    shared: Counter[tuple[int, int]] = Counter()
    for at, event in enumerate(ones):
        for mention in event.mentions:
            for start, end, other in standing.get(texts[0][mention.report], ()):
                overlap = min(mention.end, end) - max(mention.start, start)
                if overlap > 0:
                    # An event of the same type is the likelier counterpart.
                    same = 2 if event.type == others[other].type else 1
                    shared[at, other] += overlap * same
    taken: set[int] = set()
    given: set[int] = set()
    pairs = []
    for (at, other), _ in sorted(
        shared.items(), key=lambda item: (-item[1], ones[item[0][0]].id, others[item[0][1]].id)
    ):
        if at not in taken and other not in given:
            taken.add(at)
            given.add(other)
            pairs.append((at, other))
    return [(ones[at], others[other]) for at, other in sorted(pairs)]


def _agree(
    field: str,
    level: Level,
    read: Callable[[Event], Any],
    pairs: Sequence[tuple[Event, Event]],
) -> FieldAgreement:
    values = [(read(one), read(other)) for one, other in pairs]
    told = [pair for pair in values if None not in pair]
    return FieldAgreement(
        field=field,
        level=level,
        alpha=alpha(values, level),
        same=sum(one == other for one, other in told),
        compared=len(told),
    )


def _differences(
    pairs: Sequence[tuple[Event, Event]], alone: Sequence[Sequence[Event]]
) -> list[Difference]:
    found = []
    for one, other in pairs:
        for field, show in _SHOWN.items():
            told, otherwise = show(one), show(other)
            if told != otherwise:
                found.append(
                    Difference(
                        event=one.id,
                        counterpart=other.id,
                        summary=one.summary,
                        field=field,
                        one=told,
                        other=otherwise,
                    )
                )
    for at, events in enumerate(alone):
        for event in events:
            found.append(
                Difference(
                    event=event.id if at == 0 else None,
                    counterpart=None if at == 0 else event.id,
                    summary=event.summary,
                    field="found",
                    one="yes" if at == 0 else None,
                    other=None if at == 0 else "yes",
                )
            )
    return found


def _start(event: Event) -> int | None:
    return (event.when.start - date(1970, 1, 1)).days if event.when else None


def _killed(event: Event) -> int | None:
    told = [n for c in event.counts if c.what == "killed" and (n := c.best or c.low) is not None]
    return max(told, default=None)


def _places(event: Event) -> str:
    return "; ".join(sorted(place.name for place in event.where)) or "none"


def _participants(event: Event) -> str:
    return "; ".join(sorted({f"{p.role} {p.name}" for p in event.participants})) or "none"


def _counts(event: Event) -> str:
    told = {f"{c.what} {c.low}-{c.high}" for c in event.counts}
    return "; ".join(sorted(told)) or "none"


_FIELDS: dict[str, tuple[Level, Callable[[Event], Any]]] = {
    "type": ("nominal", lambda event: event.type),
    "mode": ("nominal", lambda event: event.mode or "none"),
    "status": ("nominal", lambda event: event.status),
    "when": ("interval", _start),
    "where": ("nominal", _places),
    "participants": ("nominal", _participants),
    "killed": ("ratio", _killed),
}
_SHOWN: dict[str, Callable[[Event], str]] = {
    "type": lambda event: event.type,
    "mode": lambda event: event.mode or "none",
    "status": lambda event: event.status,
    "when": lambda event: phrase_when(event.when),
    "where": _places,
    "participants": _participants,
    "counts": _counts,
}
