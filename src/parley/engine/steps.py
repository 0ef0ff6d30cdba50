"""The steps that a run takes, and Parley's own.

Nothing of the parser, its model or the gazetteer is loaded before the first report is
to be coded: a run that finds nothing new costs nothing.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, get_args

from parley.engine.settling import Settling
from parley.errors import InputError, Refused
from parley.learnt import DEFAULT_CODER, CoderName, read_card
from parley.model import Constraints, Mention, Report

if TYPE_CHECKING:
    from parley.dating import Undated
    from parley.engine.tasks import Ask
    from parley.merging import Joined, Memory, Spread, Weights
    from parley.reading import Fetching, HabitMemory


class Coded(Protocol):
    """A report, dated as far as it can be, and what it tells."""

    @property
    def report(self) -> Report:
        """The report, with when it was published."""

    @property
    def mentions(self) -> Sequence[Mention]:
        """What it tells."""


class Code(Protocol):
    """Codes a report.

    What has an `expect` as well is told of reports that it is to code next, one by one, where
    it works faster when it knows them; what has a `make_room` is told when a run begins.
    """

    def __call__(self, report: Report, /) -> Coded:
        """Return what a report tells."""


class Read(Protocol):
    """Yields the reports under some paths; what cannot be read goes to `refuse`."""

    def __call__(
        self,
        paths: Sequence[str],
        *,
        refuse: Callable[[InputError], None],
        fetching: Fetching | None = None,
        habits: HabitMemory | None = None,
    ) -> Iterator[Report]:
        """Read."""


class Settle(Protocol):
    """Dates reports by what others tell, and yields, coded again, those that get another date.

    A report alone where what it tells stays the same.
    `reports` are those to look at whose date is open, `others` all of the record, `fresh` the ids
    of those that are new since the last time: what is neither new nor like something new stays
    as it is.  None has all of `reports` dated anew.  `ask` asks a coder.
    """

    def __call__(
        self,
        reports: Sequence[Report],
        others: Mapping[str, Report],
        fresh: Collection[str] | None,
        ask: Ask,
    ) -> Iterable[Coded | Report]:
        """Settle."""


class Merge(Protocol):
    """Merges some reports into what a record's memory has; `by` names the rules that it goes by.

    `touched` are events that lost mentions otherwise, `constraints` what persons said;
    `spread` divides among processes what takes long.
    """

    @property
    def by(self) -> str:
        """What changes when the rules do: all is merged anew then."""

    def __call__(
        self,
        memory: Memory,
        reports: Collection[str],
        *,
        touched: Collection[str],
        constraints: Constraints,
        spread: Spread,
    ) -> Joined:
        """Merge."""


@dataclass(frozen=True, kw_only=True)
class Steps:
    """The steps of a run.

    `load` returns what codes a report; it is called once, before the first report that
    is to be coded.  `apart` does the same in another process, where there can be several:
    a function of a module.  `languages` (ISO 639-1) are those that it reads.
    `settle` dates what one report leaves open; a report dated at least as surely as `sure`
    is not open; `remember` is handed what was coded, for it.  `coder` is by what the coder is
    told from others, None where it has no name: the record notes it, to say when it was another.
    `weights` are those that `merge` goes by, for the record to keep, None for Parley's own.
    """

    read: Read
    load: Callable[[], Code]
    merge: Merge
    languages: frozenset[str] = frozenset({"en"})
    settle: Settle | None = None
    apart: Callable[[], Code] | None = None
    remember: Callable[[Coded], None] | None = None
    sure: float = 0.8
    coder: str | None = None
    weights: Weights | None = None


@dataclass(frozen=True)
class CodedReport:
    """A report and its mentions; `undated` is what it says of its day, where that is open."""

    report: Report
    mentions: tuple[Mention, ...]
    undated: Undated | None = None


def built_in(
    *, coder: CoderName = DEFAULT_CODER, cache: bool = False, weights: Weights | None = None
) -> Steps:
    """Return Parley's own steps: its readers, its coder, its merging.

    With `cache`, what the model says of a paragraph is kept in the user's cache folder.
    Merging goes by `weights`, None for those that Parley ships.
    Raises `Refused` for a coder that there is not, `DataError` where it is the learnt one and
    the card of its models cannot be read.
    """
    settling = Settling()
    load = functools.partial(load_built_in, coder=coder, cache=cache)
    return Steps(
        read=_read,
        load=functools.cache(load),
        apart=load,
        remember=settling.remember,
        merge=_Merge(weights),
        settle=settling.settle,
        coder=identify(coder),
        weights=weights,
    )


def expect(code: Code, reports: Sequence[Report]) -> None:
    """Tell a coder which reports it is to code next, where it wants to know."""
    told = getattr(code, "expect", None)
    if told is not None and len(reports) > 1:
        told(reports)


def make_room(code: Code) -> None:
    """Tell a coder that a run begins, where it wants to know: it may have served others before."""
    told = getattr(code, "make_room", None)
    if told is not None:
        told()


def identify(coder: CoderName) -> str:
    """Return by what a coder of Parley's own is told from others: "rules", "learnt 6f566329036f".

    Raises `Refused` and `DataError` as `built_in` does.
    """
    if coder not in get_args(CoderName):
        raise Refused(f"no coder {coder!r}; there is {', '.join(get_args(CoderName))}")
    return coder if coder == "rules" else read_card().name


def load_built_in(*, coder: CoderName = DEFAULT_CODER, cache: bool = False) -> Code:
    """Load Parley's own coder, in whatever process this is."""
    from parley.engine.coder import BuiltIn  # noqa: PLC0415

    return BuiltIn(coder=coder, cache=cache)


def _read(
    paths: Sequence[str],
    *,
    refuse: Callable[[InputError], None],
    fetching: Fetching | None = None,
    habits: HabitMemory | None = None,
) -> Iterator[Report]:
    from parley import reading  # noqa: PLC0415

    return reading.read(paths, refuse=refuse, fetching=fetching, habits=habits)


@dataclass(frozen=True)
class _Merge:
    """Parley's own merging, by weights of one's own where some are given."""

    weights: Weights | None = None

    @property
    def by(self) -> str:
        from parley import merging  # noqa: PLC0415

        return merging.fingerprint(self.weights)

    def __call__(
        self,
        memory: Memory,
        reports: Collection[str],
        *,
        touched: Collection[str],
        constraints: Constraints,
        spread: Spread,
    ) -> Joined:
        from parley import merging  # noqa: PLC0415

        return merging.join(
            memory,
            reports,
            touched=touched,
            constraints=constraints,
            spread=spread,
            rules=merging.rules_by(self.weights),
        )
