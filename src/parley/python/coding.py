"""What one text tells, without a record."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from functools import cache

from msgspec import Struct

from parley.engine import Coded, built_in
from parley.errors import InputError
from parley.learnt import DEFAULT_CODER, CoderName
from parley.model import Mention, Published, Report, digest
from parley.reading.plain import compose

_SURROGATE = re.compile("[\ud800-\udfff]")


class CodedText(Struct, frozen=True):
    """A text as a report, dated as far as it can be, and the mentions that it tells."""

    report: Report
    mentions: tuple[Mention, ...]


def code(
    text: str,
    *,
    date: datetime.date | str | None = None,
    title: str | None = None,
    outlet: str | None = None,
    source: str = "text",
    coder: CoderName = DEFAULT_CODER,
) -> CodedText:
    """Return what a text tells: who did what to whom, when, where, and who says so.

    `date` is the day on which it was published (a date or "2023-05-19"); without it the
    text's own words are asked.  `coder` is "learnt", the rules and what was learnt together, or
    "rules" alone.  Offsets are code points into `text`.  The first call loads
    the parser's model, which takes some seconds.  Raises `InputError` for a date that is
    none and for a text without a word, `DataError` where the models are damaged, `Refused` for
    a coder that there is not.
    """
    if not text.strip():
        raise InputError(source, "has no text", way_out="give the text of a report")
    # A lone surrogate is no character; one mark in its place keeps every offset.
    whole = _SURROGATE.sub("\ufffd", text)
    report = compose(
        whole,
        id=digest("r", whole),
        source=source,
        title=title,
        outlet=outlet,
        language="en",
        published=_published(date, source),
    )
    coded = _coder(coder)(report)
    return CodedText(coded.report, tuple(coded.mentions))


@cache
def _coder(coder: CoderName) -> Callable[[Report], Coded]:
    return built_in(coder=coder).load()


def _published(day: datetime.date | str | None, source: str) -> Published | None:
    if day is None:
        return None
    if isinstance(day, str):
        try:
            day = datetime.date.fromisoformat(day)
        except ValueError as error:
            raise InputError(
                source, f"{day!r} is no date", way_out="write it as 2023-05-19"
            ) from error
    return Published(start=day, end=day, how="given", confidence=1.0)
