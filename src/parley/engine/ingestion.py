"""The run: read, code and keep each report, then merge what all of them tell."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple, cast

from msgspec import Struct
from msgspec.structs import astuple, replace

from parley.engine.crew import A_PROCESS, GROUP_LENGTH, Crew, Load, size_of
from parley.engine.extent import Extent
from parley.engine.fetches import Fetches
from parley.engine.forks import Forks
from parley.engine.garbage import loading, release, search_seldom, unsearched
from parley.engine.keeping import Keeping, Known
from parley.engine.shelf import Shelf, find_open
from parley.engine.steps import Code, Coded, Steps, built_in, expect, make_room
from parley.engine.tasks import Answer, Task, answer, ask_here
from parley.engine.weighing import choose_weights
from parley.errors import DataError, InputError, RecordError
from parley.learnt import DEFAULT_CODER, CoderName
from parley.model import Mention, Report
from parley.record import Record, Stale

if TYPE_CHECKING:
    from parley.merging import Weights
    from parley.reading import Fetching

_log = logging.getLogger("parley.engine")

_TRIES = 20
_AT_ONCE = 2000  # reports that are merged at once
# Other processes are called in for more reports than these, if they are read within so
# many seconds: to load the model takes as long as to code some dozens.  Files of so many bytes
# have more than that, so that nobody waits to see.
_FEW = 40
_WAIT = 5.0
_LARGE = 1_000_000
_NAMED = 5  # reports without an event that are named


Outcome = Literal["new", "known", "uncoded", "refused"]


class Progress(Struct, frozen=True, kw_only=True):
    """How far a run has come.

    `reports` were read so far, `added` of them new.  `share` is the part of the input
    that is done, 0 to 1, None where nobody knows.  `source` is the report in hand, `outcome`
    what became of it, None while it is worked on.
    """

    phase: Literal["reading", "merging"]
    reports: int
    added: int
    share: float | None
    source: str | None
    outcome: Outcome | None


class Ingested(Struct, frozen=True, kw_only=True):
    """What a run did.

    `read` reports were read: `added` are new, `known` were in the record already,
    `uncoded` of the new ones are in a language that no coder reads, `refused` is what
    could not be read or coded.  `mentions` were added; `events` and `links` are how many
    the record has now; `changed` whether the run changed anything in it.  `silent` of the
    new reports that were coded tell no event; `silent_reports` are the sources of the first.
    """

    read: int
    added: int
    known: int
    uncoded: int
    refused: int
    mentions: int
    events: int
    links: int
    changed: bool
    silent: int = 0
    silent_reports: tuple[str, ...] = ()


def ingest(
    record: Record,
    paths: Sequence[str],
    *,
    refuse: Callable[[InputError], None],
    notice: Callable[[str], None] | None = None,
    progress: Callable[[Progress], None] | None = None,
    steps: Steps | None = None,
    fetching: Fetching | None = None,
    workers: int | None = 1,
    memory: int | None = None,
    cache: bool = False,
    coder: CoderName = DEFAULT_CODER,
    weights: Weights | None = None,
) -> Ingested:
    """Read the reports under `paths` into the record and merge what they tell.

    `refuse` is handed each path, file or report that cannot be read or coded; the
    others are still read.  `notice` is told of what is kept but not coded.  A report
    that the record has is not coded again.  Reports are kept some at a time as they are coded:
    a run that is stopped keeps all of them, one that is killed loses those of about a second;
    the next run merges what it left.
    Reports whose own text leaves their date open are dated, and coded again, by what
    others tell.
    `fetching` has the rules for URLs among the paths; its memory is the record's own, so
    that what has not changed since the last run is not sent again.

    `workers` processes code side by side, None for one a core, as far as `memory` (bytes
    for all of them; None for what the machine has free) allows.  A few reports are
    coded in this process whatever `workers` is; what comes out is the same.  A program
    that asks for more than one has to be importable (`if __name__ == "__main__"`).  With
    `cache`, what the model says of a paragraph is kept in the user's cache folder.

    `coder` is which of Parley's own codes, where no `steps` are given: "learnt", the rules
    and what was learnt together, or "rules" alone.  `weights` are those that merging goes by
    from now on; None for those that the record was merged by before, else Parley's own.  Where
    they are others than before, all is merged anew, once.

    Raises `RecordError` when the record cannot be written, `DataError` when Parley's own
    data are damaged.
    """
    chosen = choose_weights(record, weights, notice=notice)
    steps = steps or built_in(coder=coder, cache=cache, weights=chosen)
    run = _Run(
        record, steps, refuse, notice, progress, size=size_of(workers, memory=memory), memory=memory
    )
    if notice and memory is not None and memory < A_PROCESS:
        notice(
            f"{memory // 1_000_000} MB are too little: one process codes, and takes some "
            f"{A_PROCESS // 1_000_000} MB"
        )
    search_seldom()
    try:
        run.take_project()
        run.read_all(paths, fetching)
        run.settle()
        run.dismiss()
        otherwise = steps.weights != record.weights or record.has_outdated_weights
        changed = run.merge() if record.unmerged or otherwise else False
    finally:
        run.dismiss()
        release()
    sizes = record.sizes()
    return Ingested(
        read=run.read,
        added=run.added,
        known=run.read - run.added - run.failed,
        uncoded=run.uncoded,
        refused=run.refused,
        mentions=run.mentions,
        events=sizes["events"],
        links=sizes["links"],
        changed=bool(run.added) or changed,
        silent=run.silent,
        silent_reports=tuple(run.silent_reports),
    )


class _Met(NamedTuple):
    """A report that was read, and the part of the input that is behind with it."""

    report: Report
    share: float | None


class _Run:
    """One run over some paths, and its tally."""

    def __init__(
        self,
        record: Record,
        steps: Steps,
        refuse: Callable[[InputError], None],
        notice: Callable[[str], None] | None,
        progress: Callable[[Progress], None] | None,
        *,
        size: int,
        memory: int | None,
    ) -> None:
        self._record = record
        self._size = size
        self._share_of_memory = memory // size if memory else None
        self._own = None if "://" in record.where else Path(record.where).resolve()
        self._project: Path | None = None
        self._steps = steps
        self._spread = Forks(size)
        self._refuse = refuse
        self._notice = notice
        self._progress = progress
        self._code: Code | None = None
        self._crew: Crew[_Met | None] | None = None
        # Where the last run was cut off, nobody knows which reports are new to the others.
        self._fresh: set[str] | None = None if record.unsettled else set()
        self._share: float | None = None
        self._known = Known(record)
        self._keeping = Keeping(record, self._known)
        self.read = self.added = self.uncoded = self.refused = self.failed = self.mentions = 0
        self.silent = 0
        self.silent_reports: list[str] = []

    def take_project(self) -> None:
        """Check the project file in force; tell where the record knows another one, or coder."""
        from parley.grounding.project import adopted  # noqa: PLC0415 - slow to load

        project = adopted()
        if project is not None:
            from parley import coding, grounding  # noqa: PLC0415 - slow to load

            grounding.Knowledge.load()
            coding.load_lexicon()
            self._project = Path(project.path).resolve()
        other_project, other_coder = self._record.code_by(
            project=project.fingerprint if project else "", coder=self._steps.coder
        )
        stay = (
            "reports that are in the record stay as they were coded "
            "(ingest them into a new record to code them anew)"
        )
        if other_project and self._notice:
            what = (
                f"{project.path}: the names and verbs in it are new"
                if project
                else "a project file was in force before, and is not now"
            )
            self._notice(f"{what}; {stay}")
        if other_coder and self._notice:
            self._notice(f"the coder is another than before (now: {self._steps.coder}); {stay}")

    def read_all(self, paths: Sequence[str], fetching: Fetching | None) -> None:
        """Take each report under the paths, telling how far the run has come."""
        from parley.reading import Fetching  # noqa: PLC0415 - slow to load

        fetches = Fetches(self._record, lambda: self.refused)
        reports = self._met(paths, replace(fetching or Fetching(), memory=fetches))
        if "-" in paths:
            self._keeping = Keeping(self._record, self._known, most=1)
        try:
            self._take_all(reports, paths)
        finally:
            self._keep()
        fetches.flush(all_kept=not self.failed)

    def _take_all(self, reports: Iterator[_Met], paths: Sequence[str]) -> None:
        """Take the reports under some paths, in other processes where that pays."""
        first: list[_Met] = []
        apart = bool(self._steps.apart) and self._size > 1
        if apart and Extent(paths).total > _LARGE:
            self._take_in_crew(reports)
            return
        if apart:
            # A few reports, or such as come slowly, are coded before a process is ready.
            deadline = time.monotonic() + _WAIT
            for met in reports:
                first.append(met)
                if len(first) > _FEW or time.monotonic() > deadline:
                    break
        if len(first) > _FEW:
            self._take_in_crew(chain(first, reports))
        else:
            # Who writes into a pipe may pause: nothing is read ahead there.
            for group in _in_groups(chain(first, reports), alone="-" in paths):
                self._expect(group)
                for met in group:
                    self._take(met)

    def _take_in_crew(self, reports: Iterable[_Met]) -> None:
        """Take reports that other processes code."""
        crew = self._crew = Crew(
            cast(Load, self._steps.apart),
            size=self._size,
            project=self._project,
            share=self._share_of_memory,
        )
        for met, found in crew.run((met, self._task(met.report)) for met in reports):
            self._take(cast(_Met, met), found)

    def _task(self, report: Report) -> Task | None:
        wanted = self._wanted(report)
        return Task(wanted) if wanted else None

    def dismiss(self) -> None:
        """Let the other processes go, where there are any."""
        if self._crew:
            self._crew.dismiss()
            self._crew = None

    def _ask(self, tasks: Iterable[Task]) -> Iterator[Answer]:
        """Ask a coder, here or in the other processes."""
        if self._crew is None:
            yield from ask_here(self._coder(), tasks)
        else:
            for _, found in self._crew.run((None, task) for task in tasks):
                yield found

    def _expect(self, group: Sequence[_Met]) -> None:
        """Tell the coder which reports come next."""
        wanted = [report for met in group if (report := self._wanted(met.report)) is not None]
        if wanted:
            expect(self._coder(), wanted)

    def _wanted(self, report: Report) -> Report | None:
        """Return a report if it is to be coded."""
        if not self._is_read(report) or self._keeping.has(report.id):
            return None
        return report

    def _is_read(self, report: Report) -> bool:
        return report.language is None or report.language in self._steps.languages

    def _met(self, paths: Sequence[str], fetching: Fetching) -> Iterator[_Met]:
        """Yield the reports under some paths, each with the part of the input that is behind."""
        extent = Extent(paths) if self._progress else None
        for report in self._steps.read(
            paths, refuse=self._count_refusal, fetching=fetching, habits=self._known
        ):
            if not self._is_project(report.source):
                yield _Met(report, extent.share(report) if extent else None)

    def _take(self, met: _Met, found: Answer | None = None) -> None:
        source = met.report.source
        self._tell("reading", share=self._share, source=source)
        self.read += 1
        outcome = self.take(met.report, found)
        self._share = met.share
        self._tell("reading", share=met.share, source=source, outcome=outcome)

    def _is_project(self, source: str) -> bool:
        """Tell whether a source is the project file: `parley ingest .` meets it."""
        own = self._project
        return own is not None and source.endswith(own.name) and Path(source).resolve() == own

    def take(self, report: Report, found: Answer | None = None) -> Outcome:
        """Code a report and keep it, unless it is known; return what became of it.

        `found` is the answer of another process, where one was asked.
        """
        if self._keeping.has(report.id):
            return "known"
        if not self._is_read(report):
            self._add(report, (), coded=False)
            return "uncoded"
        coded = self._coded(report, found)
        if coded is None:
            self.failed += 1
            return "refused"
        self._add(coded.report, coded.mentions, coded=True)
        return "new"

    def _add(self, report: Report, mentions: Sequence[Mention], *, coded: bool) -> None:
        self._keeping.add(report, mentions, coded=coded)
        if self._keeping.is_due:
            self._keep()

    def _keep(self) -> None:
        """Keep what waits, and count what was new."""
        for report, mentions, coded in map(astuple, self._keeping.keep()):
            self.added += 1
            self.mentions += len(mentions)
            if coded and not mentions:
                self.silent += 1
                if len(self.silent_reports) < _NAMED:
                    self.silent_reports.append(report.source)
            if self._fresh is not None and coded:
                self._fresh.add(report.id)
            if not coded:
                self.uncoded += 1
                if self._notice:
                    self._notice(
                        f"{report.source}: in another language ({report.language}) than the coder "
                        f"reads; kept, not coded"
                    )

    def settle(self) -> None:
        """Date what is open by what other reports tell, once all are there.

        Each report that gets another date is kept, as it is coded by it, at once; what
        a run that is cut off leaves, the next one does.
        """
        settle = self._steps.settle
        if settle is None or not self._record.unsettled:
            return
        reports, fresh = find_open(self._record, self._fresh, sure=self._steps.sure)
        if reports:
            try:
                shelf = Shelf(self._record, reports)
                for again in settle(reports, shelf, fresh, self._ask):
                    if isinstance(again, Report):
                        self._record.redate(again)
                    else:
                        self._record.recode(again.report, again.mentions)
            except (RecordError, DataError):
                raise
            except Exception:
                # Their own dates stand; that must not cost the record its events.
                _log.warning("open dates could not be compared", exc_info=True)
        self._record.settle()

    def merge(self) -> bool:
        """Merge what the record has not merged yet; return whether its events changed.

        What other programs add meanwhile is merged too, a few times over; after that it is
        left to them, or to the next run.
        """
        record, changed, rounds, failures = self._record, False, 0, 0
        record.merge_by(self._steps.merge.by, weights=self._steps.weights)
        while True:
            waiting = record.stirred
            if rounds and (not waiting or rounds > _TRIES):
                return changed
            self._tell("merging", share=0.0 if rounds == 0 else None)
            try:
                changed = self._merge_some(waiting[:_AT_ONCE]) or changed
            except Stale:
                failures += 1
                if failures >= _TRIES:
                    raise RecordError(
                        f"{record.where}: other programs keep changing it; run the same command "
                        f"again when they are done"
                    ) from None
                continue
            rounds += len(waiting) <= _AT_ONCE

    def _merge_some(self, reports: Sequence[str]) -> bool:
        """Merge some reports; return whether that changed the events."""
        with unsearched():
            with self._record.memory() as (memory, standing):
                joined = self._steps.merge(
                    memory,
                    reports,
                    touched=standing.events,
                    constraints=self._record.constraints(),
                    spread=self._spread,
                )
            return self._record.join_events(joined, standing)

    def _coder(self) -> Code:
        """Return what codes a report in this process, loaded when first asked for."""
        if self._code is None:
            with loading():
                self._code = self._steps.load()
                make_room(self._code)
        return self._code

    def _coded(self, report: Report, found: Answer | None) -> Coded | None:
        if found is None:
            found = answer(self._coder(), Task(report))
        if found.coded and self._steps.remember:
            self._steps.remember(found.coded)
        if found.coded is None:
            self._count_refusal(
                InputError(
                    report.source,
                    f"could not be coded ({found.failed})",
                    way_out="left out, the others are kept; please report this with the file",
                )
            )
        return found.coded

    def _count_refusal(self, error: InputError) -> None:
        # `parley ingest .` finds the record that it fills; that is no failure.
        if self._own in {
            Path(error.source.removesuffix(end)).resolve() for end in ("", "-wal", "-shm")
        }:
            return
        self.refused += 1
        self._refuse(error)

    def _tell(
        self,
        phase: Literal["reading", "merging"],
        *,
        share: float | None = None,
        source: str | None = None,
        outcome: Outcome | None = None,
    ) -> None:
        if self._progress:
            self._progress(
                Progress(
                    phase=phase,
                    reports=self.read,
                    added=self.added + len(self._keeping),
                    share=share,
                    source=source,
                    outcome=outcome,
                )
            )


def _in_groups(mets: Iterable[_Met], *, alone: bool) -> Iterator[Sequence[_Met]]:
    """Yield what was read in groups, each as long as is parsed together, or one by one."""
    group: list[_Met] = []
    length = 0
    for met in mets:
        group.append(met)
        length += len(met.report.text)
        if alone or length >= GROUP_LENGTH:
            yield group
            group, length = [], 0
    if group:
        yield group
