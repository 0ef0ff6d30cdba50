"""The steps that a run takes, and Parley's own.

Nothing of the parser, its model or the gazetteer is loaded before the first report is
to be coded: a run that finds nothing new costs nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from parley.errors import InputError
from parley.model import Event, Link, Mention, Report

if TYPE_CHECKING:
    from parley.reading import Fetching


class Coded(Protocol):
    """A report, dated as far as it can be, and what it tells."""

    @property
    def report(self) -> Report:
        """The report, with when it was published."""

    @property
    def mentions(self) -> Sequence[Mention]:
        """What it tells."""


class Merged(Protocol):
    """Events and the links between them."""

    @property
    def events(self) -> Sequence[Event]:
        """The events."""

    @property
    def links(self) -> Sequence[Link]:
        """The links."""


class Read(Protocol):
    """Yields the reports under some paths; what cannot be read goes to `refuse`."""

    def __call__(
        self,
        paths: Sequence[str],
        *,
        refuse: Callable[[InputError], None],
        fetching: Fetching | None = None,
    ) -> Iterator[Report]:
        """Read."""


class Merge(Protocol):
    """Makes events of mentions.  `known` has the event of each mention that had one."""

    def __call__(
        self,
        mentions: Sequence[Mention],
        *,
        reports: Mapping[str, Report],
        known: Mapping[str, str],
    ) -> Merged:
        """Merge."""


@dataclass(frozen=True, kw_only=True)
class Steps:
    """The steps of a run.

    `load` returns what codes a report; it is called once, before the first report that
    is to be coded.  `languages` (ISO 639-1) are those that it reads.
    """

    read: Read
    load: Callable[[], Callable[[Report], Coded]]
    merge: Merge
    languages: frozenset[str] = frozenset({"en"})


@dataclass(frozen=True)
class CodedReport:
    """A report and its mentions."""

    report: Report
    mentions: tuple[Mention, ...]


def built_in() -> Steps:
    """Return Parley's own steps: its readers, its coder of rules, its merging."""
    return Steps(read=_read, load=_load, merge=_merge)


def _read(
    paths: Sequence[str],
    *,
    refuse: Callable[[InputError], None],
    fetching: Fetching | None = None,
) -> Iterator[Report]:
    from parley import reading  # noqa: PLC0415

    return reading.read(paths, refuse=refuse, fetching=fetching)


def _load() -> Callable[[Report], CodedReport]:
    from parley import coding, dating, grounding, parsing  # noqa: PLC0415

    knowledge = grounding.Knowledge.load()
    parser = parsing.Parser(names=knowledge.patterns())
    coder = coding.RuleCoder()

    def code(report: Report) -> CodedReport:
        dated = dating.date_report(parser.parse(report))
        grounded = grounding.ground(dated.parse, knowledge=knowledge)
        return CodedReport(dated.report, coder.code(dated, grounded))

    return code


def _merge(
    mentions: Sequence[Mention], *, reports: Mapping[str, Report], known: Mapping[str, str]
) -> Merged:
    from parley import merging  # noqa: PLC0415

    return merging.merge(mentions, reports=reports, known=known)
