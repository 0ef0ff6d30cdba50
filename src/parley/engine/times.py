"""The time expressions of a text, without a record."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date

import msgspec
from msgspec import Struct

from parley.engine.terms import bounds_of
from parley.errors import InputError
from parley.model import Report, Time


class TimesFound(Struct, frozen=True, kw_only=True):
    """A report, dated, and the time expressions of its text in their order."""

    report: Report
    times: tuple[Time, ...]


def find_times(
    paths: Sequence[str],
    *,
    refuse: Callable[[InputError], None],
    given: date | None = None,
) -> Iterator[TimesFound]:
    """Yield the reports under `paths`, each with its time expressions.

    They are resolved against `given`, the day of publication, else against the date
    that the report has or that its text proves.  All of the text is searched: the line
    with the page's date, which coding leaves out, names a day like any other.
    """
    from parley import dating, grounding, parsing, reading  # noqa: PLC0415 - slow to load

    parser: parsing.Parser | None = None
    for report in reading.read(paths, refuse=refuse):
        if parser is None:
            knowledge = grounding.Knowledge.load()
            parser = parsing.Parser(names=knowledge.patterns())
        parse = parser.parse(report)
        dated = dating.date_report(parse, given=given, bounds=bounds_of(parse, knowledge))
        times = dated.times
        if report.boilerplate:
            whole = parser.parse(msgspec.structs.replace(report, boilerplate=()))
            times = dating.find_times(whole, published=dated.report.published)
        yield TimesFound(
            report=dated.report, times=tuple(sorted(times, key=lambda t: (t.start, t.end)))
        )
