"""Reports, when each was written, and why we think so."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from parley.model import Published
from parley.record import Record
from parley.views.phrases import phrase_published

_LONGEST_QUOTE = 60


class ReportRow(Struct, frozen=True, kw_only=True):
    """A report in a line.

    `date` is `published` in words and `reasoning` the line of proof; `mentions` and
    `events` are how many it tells.  `coded` is False where no coder reads its language.
    """

    id: str
    source: str
    title: str | None
    outlet: str | None
    language: str | None
    url: str | None
    date: str
    published: Published | None
    reasoning: str
    coded: bool
    mentions: int
    events: int


def list_reports(record: Record) -> Iterator[ReportRow]:
    """Yield every report, by source."""
    coded = record.coded()
    tallies = record.tallies()
    for line in record.report_lines():
        mentions, events = tallies.get(line.id, (0, 0))
        yield ReportRow(
            id=line.id,
            source=line.source,
            title=line.title,
            outlet=line.outlet,
            language=line.language,
            url=line.url,
            date=phrase_published(line.published),
            published=line.published,
            reasoning=phrase_reasoning(line.published),
            coded=coded.get(line.id, True),
            mentions=mentions,
            events=events,
        )


def phrase_reasoning(published: Published | None) -> str:
    """Return in one line what proves when a report was written.

    "given" and "metadata" dates need no proof in the text, but may have one.
    """
    if published is None:
        return "nothing in the text proves a date"
    proofs = [f"“{_clip(piece.text)}”: {piece.says}" for piece in published.evidence]
    if proofs:
        return "; ".join(proofs)
    return {
        "given": "the date was given with the report",
        "metadata": "the page's metadata has the date",
        "inferred": "the text bounds the date",
    }[published.how]


def _clip(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_QUOTE else line[: _LONGEST_QUOTE - 1].rstrip() + "…"
