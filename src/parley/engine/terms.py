"""What the office holders whom a report names say of the day of its writing.

A report that names a president was hardly written before the term began, and less likely
after it ended: then he is recalled, or called a former one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    import numpy as np

    from parley.dating import Bound
    from parley.grounding import Holder, Knowledge
    from parley.parsing import Parse

# How likely a report names somebody before the first term and after the last, against
# in office.
_BEFORE = 0.05
_AFTER = 0.35
# A term that is open in the table was so when the table was made; on, one in so many
# years ends.
_MADE = date(2026, 1, 1)
_YEARS_IN_OFFICE = 6.0
_PAST = frozenset({"former", "ex", "late", "then", "predecessor"})
_WORDS_BEFORE = 4
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_MOST = 12


def bounds_of(parse: Parse, knowledge: Knowledge) -> tuple[Bound, ...]:
    """Return what the terms of the persons whom a report names say of its day."""
    found: dict[tuple[Holder, ...], bool] = {}
    for name, former in _persons(parse):
        if len(name.split()) < 2:
            continue
        terms = knowledge.holders(name)
        if terms and len({term.name for term in terms}) == 1:
            found[terms] = found.get(terms, True) and former
    return tuple(_bound(terms, former=former) for terms, former in list(found.items())[:_MOST])


def _persons(parse: Parse) -> Iterator[tuple[str, bool]]:
    """Yield the persons named, and whether each is called a former holder."""
    from parley.parsing import start_of  # noqa: PLC0415 - slow to load
    from parley.parsing.layout import lay_out  # noqa: PLC0415 - slow to load

    years = [found.start() for found in _YEAR.finditer(parse.report.text)]
    for doc in parse.docs:
        layout, start = lay_out(doc), start_of(doc)
        for ent in doc.ents:
            if ent.label_ != "PERSON":
                continue
            # Who stands beside a year is recalled: "in 2019 President Tam broke off the talks".
            bounds = layout.begins[ent.start], layout.ends[ent.start] - 1
            first, last = (start + layout.offsets[i] for i in bounds)
            if any(first <= year <= last for year in years):
                continue
            before = layout.lowers[max(0, ent.start - _WORDS_BEFORE) : ent.start]
            yield ent.text, not _PAST.isdisjoint(before)


def _bound(terms: tuple[Holder, ...], *, former: bool) -> Bound:
    spans = tuple(
        (
            term.start.toordinal() if term.start else date.min.toordinal(),
            term.end.toordinal() if term.end else None,
        )
        for term in terms
    )
    first = min(start for start, _ in spans)
    # An end is often known by its year alone: the holder may be a former one all that year.
    ends = [term.end for term in terms if term.end]
    over = min((date(end.year, 1, 1).toordinal() for end in ends), default=first)
    return _Terms(spans, first, over, former)


class _Terms(Struct, frozen=True):
    """The terms of a holder, as they weigh the days (a `Bound`; it can be sent to a process)."""

    spans: tuple[tuple[int, int | None], ...]
    first: int
    over: int
    former: bool

    def __call__(self, days: np.typing.NDArray[np.int64]) -> np.typing.NDArray[np.float64]:
        """Return the logarithm of how likely each day (ordinals) is."""
        import numpy as np  # noqa: PLC0415 - slow to load

        if self.former:
            return np.asarray(np.log(np.where(days < self.over, _BEFORE, 1.0)), dtype=np.float64)
        share = np.where(days < self.first, _BEFORE, _AFTER)
        for start, end in self.spans:
            last = _MADE.toordinal() if end is None else end
            share = np.where((days >= start) & (days <= last), 1.0, share)
            if end is None:
                ended = 1 - np.exp(-np.maximum(days - last, 0) / (365 * _YEARS_IN_OFFICE))
                share = np.where(days > last, 1 - (1 - _AFTER) * ended, share)
        return np.asarray(np.log(share), dtype=np.float64)
