"""The run on a cluster: files in, four tables of Parquet out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from parley.engine.spark.coding import code
from parley.engine.spark.components import AT_HAND
from parley.engine.spark.copies import CHUNK, copies
from parley.engine.spark.events import make
from parley.engine.spark.groups import group
from parley.engine.spark.reading import mark, read, refusal_of, refusals
from parley.engine.spark.session import STAGES, Stages, opened, unworried
from parley.engine.spark.settling import MOST_OPEN, settle
from parley.engine.spark.tables import write
from parley.engine.spark.tellings import tell
from parley.engine.steps import identify
from parley.errors import EngineError, InputError
from parley.learnt import DEFAULT_CODER, CoderName
from parley.version import __version__

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

    from parley.grounding.project import Project

Phase = Literal["reading", "coding", "dating", "merging", "writing"]
FORM = 1  # of the tables


class Limits(Struct, frozen=True, kw_only=True):
    """How much is done in one place; the outcome is the same but for `most_open`.

    `most_open`: so many reports without a date are dated by others, else none; `at_hand`:
    graphs with so many edges are finished by one machine; `chunk`: so many look-alikes are
    compared by one task.
    """

    most_open: int = MOST_OPEN
    at_hand: int = AT_HAND
    chunk: int = CHUNK


class Scattered(Struct, frozen=True, kw_only=True):
    """What a run on a cluster did.

    `read` reports were read, `reports` of them are different ones and were kept, `uncoded` of
    these are in a language that no coder reads; `refused` is what could not be read or coded.
    """

    read: int
    reports: int
    uncoded: int
    refused: int
    mentions: int
    events: int
    links: int


def ingest(
    paths: Sequence[str],
    *,
    master: str,
    out: str,
    refuse: Callable[[InputError], None],
    notice: Callable[[str], None] | None = None,
    progress: Callable[[Phase], None] | None = None,
    limits: Limits | None = None,
    session: SparkSession | None = None,
    coder: CoderName = DEFAULT_CODER,
) -> Scattered:
    """Read the reports under `paths` on the cluster at `master`, and write what they tell to `out`.

    `paths` are files and folders that every machine of the cluster sees under the same name,
    `out` a folder that all may write to, or an address that Hadoop knows; it must be empty, or
    have what is left of the same run.  `refuse` is handed what cannot be read or coded,
    `notice` what should be known, `progress` each phase as it begins.  With `session` that one
    is used, and stays open.  `coder` is which of Parley's own codes.

    Raises `EngineError` where the cluster cannot be used or `out` is taken, `MissingExtra`
    without pyspark.
    """
    from parley import reading  # noqa: PLC0415 - slow to load
    from parley.grounding.project import adopted  # noqa: PLC0415 - slow to load

    project, by = adopted(), identify(coder)
    _check_folder(out)
    refused = 0

    def count(error: InputError) -> None:
        nonlocal refused
        refused += 1
        refuse(error)

    files = list(reading.list_files(_local(paths, count), refuse=count))
    if not files:
        return Scattered(
            read=0, reports=0, uncoded=0, refused=refused, mentions=0, events=0, links=0
        )
    with (
        unworried(),
        _given(session) if session else opened(master) as spark,
        _told(out),
    ):
        stages = Stages(spark, out)
        _take_folder(stages, _fingerprint(files, project, by))
        run = _Run(stages, count, notice or (lambda _: None), progress or (lambda _: None))
        done = run.run(files, project, coder, limits or Limits(), lambda: refused)
        _sign(stages, project, by)
        return done


class _Run:
    """One run, stage by stage."""

    def __init__(
        self,
        stages: Stages,
        refuse: Callable[[InputError], None],
        notice: Callable[[str], None],
        progress: Callable[[Phase], None],
    ) -> None:
        self.stages = stages
        self.refuse = refuse
        self.notice = notice
        self.progress = progress

    def run(
        self,
        files: Sequence[str],
        project: Project | None,
        coder: CoderName,
        limits: Limits,
        refused: Callable[[], int],
    ) -> Scattered:
        """Take all steps, and write what comes of them."""
        stages = self.stages
        self.progress("reading")
        leave_out = str(Path(project.path).resolve()) if project else None
        read_ = read(stages, files, leave_out=leave_out)
        for error in refusals(read_):
            self.refuse(error)
        reports = mark(stages, read_)
        self.progress("coding")
        coded = self._coded(code(stages, reports, project=project, coder=coder))
        self.progress("dating")
        coded = settle(stages, coded, notice=self.notice, coder=coder, most=limits.most_open)
        self.progress("merging")
        tellings = tell(stages, coded)
        groups = group(stages, tellings, at_hand=limits.at_hand)
        copied = copies(stages, tellings.sketches, chunk=limits.chunk, at_hand=limits.at_hand)
        made = make(stages, coded, tellings, groups, copied)
        self.progress("writing")
        rows = write(stages, coded, tellings, copied, made)
        return Scattered(
            read=read_.where("length(report) > 0").count(),
            reports=rows["reports"],
            uncoded=coded.where("not coded").count(),
            refused=refused(),
            mentions=rows["mentions"],
            events=rows["events"],
            links=rows["links"],
        )

    def _coded(self, coded: DataFrame) -> DataFrame:
        """Return what was coded, telling what could not be."""
        for row in coded.where("length(refusal) > 0").select("refusal").collect():
            self.refuse(refusal_of(bytes(row.refusal)))
        uncoded = coded.where("length(refusal) = 0 and not coded")
        for row in uncoded.groupBy("language").count().orderBy("language").collect():
            self.notice(
                f"{row['count']:,} reports are in another language ({row.language}) than the "
                f"coder reads; kept, not coded"
            )
        return coded.where("length(refusal) = 0")


@contextmanager
def _given(session: SparkSession) -> Iterator[SparkSession]:
    yield session


@contextmanager
def _told(out: str) -> Iterator[None]:
    """Say in a line what Spark says of a run that failed."""
    from py4j.protocol import Py4JError, Py4JNetworkError  # noqa: PLC0415 - an extra
    from pyspark.errors import PySparkException  # noqa: PLC0415 - an extra

    try:
        yield
    except (Py4JError, Py4JNetworkError, PySparkException) as error:
        lines = [line.strip() for line in str(error).splitlines() if line.strip()]
        said = [line for line in lines if not line.startswith(("at ", "File ", "Traceback"))]
        last = next((line for line in reversed(said) if "Error" in line or "xception" in line), "")
        raise EngineError(
            f"the run on the cluster failed ({(last or (said or ['no reason given'])[0])[:300]}); "
            f"the same command goes on with what stands in {out}"
        ) from error


def _local(paths: Sequence[str], refuse: Callable[[InputError], None]) -> Iterator[str]:
    """Yield the paths that tasks can read: no addresses, and not standard input."""
    for path in paths:
        if "://" in path or path == "-":
            what = "standard input" if path == "-" else "an address on the web"
            refuse(
                InputError(
                    path,
                    f"is {what}, which the tasks of a cluster do not read",
                    way_out="save it to a file that all machines see",
                )
            )
        else:
            yield path


def _check_folder(out: str) -> None:
    """Raise `EngineError` for a folder of this machine that cannot be written to."""
    if "://" in out:
        return
    path = Path(out)
    if path.exists() and not path.is_dir():
        raise EngineError(f"{out}: is a file; name a folder with --out")
    if path.is_dir() and (left := {file.name for file in path.iterdir()}) and STAGES not in left:
        raise EngineError(f"{out}: is not empty; name another folder with --out")


def _fingerprint(files: Sequence[str], project: Project | None, by: str) -> str:
    """Return what tells one run from another: files, their sizes, what they are coded by."""
    from parley import merging  # noqa: PLC0415 - slow to load

    sizes = [(file, Path(file).stat().st_size if Path(file).is_file() else 0) for file in files]
    known = project.fingerprint if project else ""
    said = [FORM, __version__, merging.fingerprint(), known, by, sizes]
    return hashlib.sha256(json.dumps(said).encode("utf-8", "replace")).hexdigest()


def _take_folder(stages: Stages, fingerprint: str) -> None:
    """Mark the folder as this run's; raise `EngineError` where another one's results are in it."""
    names = stages.names()
    if names and STAGES not in names:
        raise EngineError(f"{stages.out}: is not empty; name another folder with --out")
    (row,) = stages.keep(stages.frame([(fingerprint,)], "mark string"), "mark").collect()
    if row.mark != fingerprint:
        raise EngineError(
            f"{stages.out}: has what is left of a run over other files or by another Parley; "
            f"remove it, or name another folder with --out"
        )


def _sign(stages: Stages, project: Project | None, by: str) -> None:
    """Write what the tables were made by, and remove what stood between."""
    made_by = (FORM, __version__, project.fingerprint if project else "", by)
    columns = "form long, parley string, project string, coder string"
    stages.keep(stages.frame([made_by], columns), "made_by", last=True)
    stages.clear()
