"""A gold file: what a careful reader takes from the reports of a set.

A JSON object a line, of kind `report` (when it was written), `event` (a happening that
must be found, with the fields asked of it), `minor` (a happening that may be found and is
not asked for) or `trap` (what must not be found).  A report is named by its file, a place
in it by a quotation.  Fields that only a reader needs (`why`, `said`, ...) are not taken.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

import msgspec
from msgspec import Struct

from parley.errors import DataError

# Always one body, full name and initials; a gold file may have others beside it.
INITIALS = {"European Union": ["EU"], "United Nations": ["UN"], "African Union": ["AU"]}


class ReportAnswer(Struct, frozen=True, tag_field="kind", tag="report"):
    """When a report was written: some day of the window, both ends included."""

    report: str
    published: tuple[date, date]


class EventAnswer(Struct, frozen=True, kw_only=True, tag_field="kind", tag="event"):
    """A happening that must be found, and what must be known of it.

    `start` and `end` are its window (`end` None: it lasts), `precision_ok` precisions
    coarser than a day that do as well; `types` and `status` any of which is right;
    `killed` and `injured` the least and the most that is right.  `reports` tell it,
    `also_in` do too but need not be found to; `evidence` has the words in each.
    """

    id: str
    types: tuple[str, ...]
    start: date
    end: date | None
    status: tuple[str, ...]
    reports: tuple[str, ...]
    also_in: tuple[str, ...] = ()
    quote: str | None = None
    evidence: dict[str, str] = {}
    precision_ok: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    mediators: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    place: str | None = None
    killed: tuple[int, int] | None = None
    injured: tuple[int, int] | None = None
    attributed_to: tuple[str, ...] = ()
    provisions: int = 0
    disagreement: str | bool = False


class MinorAnswer(Struct, frozen=True, kw_only=True, tag_field="kind", tag="minor"):
    """A happening that may be found."""

    id: str
    quote: str
    report: str | None = None
    reports: tuple[str, ...] = ()


class TrapAnswer(Struct, frozen=True, kw_only=True, tag_field="kind", tag="trap"):
    """What a hasty reader would take from a report and must not be in the record.

    A trap without a `forbid` or `once` is for a reader's eye.
    """

    id: str
    report: str
    rule: str
    forbid_date: date | None = None
    forbid_date_types: tuple[str, ...] = ()
    forbid_quote: str | None = None
    allow_status: tuple[str, ...] = ()
    allow_types: tuple[str, ...] = ()
    forbid_count: int | None = None
    once_killed: int | None = None

    @property
    def checkable(self) -> bool:
        """Whether a program can tell that it was sprung."""
        return any((self.forbid_date, self.forbid_quote, self.once_killed)) or (
            self.forbid_count is not None
        )


Answer = ReportAnswer | EventAnswer | MinorAnswer | TrapAnswer


@dataclass(frozen=True)
class Gold:
    """The answers of a set, the texts of its reports by file name, and initials of names."""

    answers: Sequence[Answer]
    texts: Mapping[str, str]
    initials: Mapping[str, Sequence[str]]

    @cached_property
    def events(self) -> tuple[EventAnswer, ...]:
        """The happenings that must be found."""
        return tuple(a for a in self.answers if isinstance(a, EventAnswer))

    def told_at(self, answer: EventAnswer | MinorAnswer) -> Iterator[tuple[str, int, int]]:
        """Yield where the reports tell it: file name, start and end, by its first occurrence."""
        if isinstance(answer, MinorAnswer):
            names = answer.reports or ((answer.report,) if answer.report else ())
            yield from self.find(answer.quote, *names)
            return
        if answer.quote:
            yield from self.find(answer.quote, *answer.reports, *answer.also_in)
        for name, quote in answer.evidence.items():
            yield from self.find(quote, name)

    def find(self, quote: str, *names: str) -> Iterator[tuple[str, int, int]]:
        """Yield where the first of a quotation stands in each of the reports that have it."""
        for name in names:
            at = self.texts.get(name, "").find(quote)
            if at >= 0:
                yield name, at, at + len(quote)


def read_gold(path: Path, *, reports: Path) -> Gold:
    """Read a gold file and the reports (`*.txt`) that it is about.

    Names and initials that are one come from `aliases.json` beside it, if there is one.
    Raises `DataError` naming the line that is malformed.
    """
    decoder = msgspec.json.Decoder(Answer)
    answers = []
    for number, line in enumerate(path.read_bytes().splitlines(), 1):
        try:
            answers.append(decoder.decode(line))
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise DataError(f"{path.name}, line {number}: {error}; mend the line") from error
    beside = path.with_name("aliases.json")
    initials = dict(INITIALS)
    if beside.exists():
        initials |= msgspec.json.decode(beside.read_bytes(), type=dict[str, list[str]])
    texts = {file.name: file.read_bytes().decode() for file in sorted(reports.glob("*.txt"))}
    return Gold(answers, texts, initials)


def fold(text: str | None) -> str:
    """Return a name for comparing: words of small Latin letters and figures, no accents."""
    letters = unicodedata.normalize("NFKD", text or "").lower()
    plain = "".join(c for c in letters if not unicodedata.combining(c))
    return " ".join(re.findall("[a-z0-9]+", plain))
