"""Reports: one text by one outlet."""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec import Struct

PublishedHow = Literal["given", "metadata", "inferred"]


class Evidence(Struct, frozen=True, kw_only=True):
    """A piece of the report's text and, in a phrase, what it proves."""

    start: int
    end: int
    text: str
    says: str


class Published(Struct, frozen=True, kw_only=True):
    """When a report was written: some day from `start` to `end`, both included.

    `how` tells where the date comes from; `confidence` is a probability in 0..1.
    """

    start: date
    end: date
    how: PublishedHow
    confidence: float
    evidence: tuple[Evidence, ...] = ()


class Boilerplate(Struct, frozen=True, kw_only=True, order=True):
    """A part of the page that is not the report, and in a phrase why."""

    start: int
    end: int
    why: str


class Report(Struct, frozen=True, kw_only=True):
    """One report as it was read.

    `id` follows from the bytes alone.  `source` is the path or URL as it was given
    (for a row: the path, `#`, and the row's id or number).  `author` is who signed it, as
    the page has the name.  `text` is the decoded
    text, never cleaned: every offset of the record points into it.  `published` is
    None while nothing is known.  `language` is an ISO 639-1 code.  `copy_of` is the first
    report (id) of those that have most of the text in common, None for that one itself and
    for one that has no copies.
    """

    id: str
    source: str
    text: str
    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    language: str | None = None
    url: str | None = None
    published: Published | None = None
    boilerplate: tuple[Boilerplate, ...] = ()
    copy_of: str | None = None


class ReportLine(Struct, frozen=True, kw_only=True, tag_field="kind", tag="report"):
    """A report in its public form: all but the text, which its hash stands for."""

    id: str
    source: str
    title: str | None
    outlet: str | None
    language: str | None
    url: str | None
    text_sha256: str
    published: Published | None
    boilerplate: tuple[Boilerplate, ...]
    author: str | None = None
    copy_of: str | None = None
