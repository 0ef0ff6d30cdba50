"""The steps on a cluster: the same events as on one machine, whatever is lost on the way."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import duckdb
import msgspec
import pytest
import spark_archive
from spark_archive import COPIES, STORY
from spark_session import Killer, cluster_of_two

from benchmarks import skew
from parley import engine
from parley.engine import spark as cluster
from parley.engine.spark.coding import CODED, row_of
from parley.engine.spark.components import components, label, pools
from parley.engine.spark.copies import copies
from parley.engine.spark.rows import pack
from parley.engine.spark.session import STAGES, Stages
from parley.engine.spark.tellings import tell
from parley.errors import EngineError, InputError
from parley.grounding.project import adopt, read_project
from parley.merging import shipped_weights, write_weights
from parley.merging.copies import find_copies, print_order
from parley.merging.memory import Fresh
from parley.merging.pools import find_pools
from parley.merging.sketches import sketch_of
from parley.model import Report
from parley.record import Record
from parley.sample import sample_paths

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

# PySpark says so at each call; nothing of ours goes by pandas.
pytestmark = pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas")


@pytest.fixture(scope="module")
def session() -> Iterator[SparkSession]:
    """One cluster for all tests here: two executors, and each task tried again when it is lost."""
    with cluster_of_two() as spark:
        yield spark


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The sample reports, a made-up archive in many files, and a story with many copies."""
    folder = tmp_path_factory.mktemp("archive")
    spark_archive.write(folder)
    return [str(sample_paths()[0].parent), str(folder)]


class Run(NamedTuple):
    """A run on a cluster, and the same by one machine."""

    out: Path
    done: cluster.Scattered
    refused: list[InputError]
    noticed: list[str]
    coding: Killer
    coded: set[int]
    merging: Killer
    halfway: list[str]
    anew: bool
    local: Record
    local_refused: list[InputError]


@pytest.fixture(scope="module")
def run(
    session: SparkSession, inputs: list[str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Run]:
    """A run whose processes are killed while they code, and one by this machine alone."""
    folder = tmp_path_factory.mktemp("run")
    out = folder / "tables"
    refused: list[InputError] = []
    noticed: list[str] = []

    def ingest(paths: list[str], *, stop: str = "") -> cluster.Scattered:
        def phase(name: str) -> None:
            if name == stop:
                raise KeyboardInterrupt

        refused.clear()
        noticed.clear()
        return cluster.ingest(
            paths,
            master="",
            out=str(out),
            refuse=refused.append,
            notice=noticed.append,
            progress=phase,
            limits=cluster.Limits(chunk=5),
            session=session,
        )

    with pytest.MonkeyPatch.context() as patch:
        # Tasks of a few files and a few reports each, so that there are many of them.
        patch.setattr("parley.engine.spark.reading._FILES", 9)
        patch.setattr("parley.engine.spark.coding._REPORTS", 8)
        coding = Killer(session, out / STAGES / "coded", parts=3, workers=True)
        coding.start()
        with pytest.raises(KeyboardInterrupt):
            ingest(inputs, stop="dating")
        coding.join()
        coded = {file.stat().st_ino for file in (out / STAGES / "coded").glob("*.parquet")}
        first = next((out / STAGES / "coded").glob("*.parquet"))
        written = first.stat().st_mtime_ns
        halfway = [_complaint(lambda: ingest(inputs[:1])), _complaint(lambda: _take(out, folder))]
        merging = Killer(session, out / STAGES / "rest_keys", parts=0, workers=False)
        watch = Watch(first)
        watch.start()
        merging.start()
        done = ingest(inputs)
        watch.over = True
        watch.join()
        merging.join()
    with Record.open(str(folder / "local.db"), create=True) as record:
        local_refused: list[InputError] = []
        engine.ingest(record, inputs, refuse=local_refused.append)
        yield Run(
            out=out,
            done=done,
            refused=refused,
            noticed=noticed,
            coding=coding,
            coded=coded,
            merging=merging,
            halfway=halfway,
            anew=watch.last != written,
            local=record,
            local_refused=local_refused,
        )


def _complaint(call: Callable[[], object]) -> str:
    """Return what is said against a call."""
    with pytest.raises(EngineError) as told:
        call()
    return str(told.value)


def _take(out: Path, folder: Path) -> None:
    with Record.open(str(folder / "halfway.db"), create=True) as record:
        cluster.take_in(record, str(out))


class Watch(threading.Thread):
    """Looks when a file was last written, until it goes."""

    def __init__(self, file: Path) -> None:
        super().__init__(daemon=True)
        self.over = False
        self.last = 0
        self._file = file

    def run(self) -> None:
        """Look a few times a second."""
        while not self.over and self._file.exists():
            self.last = self._file.stat().st_mtime_ns
            time.sleep(0.2)


def test_a_lost_process_costs_its_tasks_only(run: Run) -> None:
    """Tasks were lost when their process was killed, and the run came to its end all the same."""
    assert run.coding.lost > 0
    assert run.done.read > 90


def test_a_lost_executor_costs_its_tasks_only(run: Run) -> None:
    """What was coded before an executor was killed stands; the others are done by the next."""
    assert run.coding.killed is not None
    assert len(run.coded) > len(run.coding.standing) >= 3
    # An executor does one task at a time: at most one that it had done was not yet reported.
    assert len(run.coding.standing - run.coded) <= 1
    # One more was killed while keys were dealt out, with all that it had sorted for the others.
    assert run.merging.killed not in {None, run.coding.killed}


def test_the_same_comes_out_as_on_one_machine(run: Run, tmp_path: Path) -> None:
    """Reports, mentions, events and links are the same, ids and all, and the record holds."""
    with Record.open(str(tmp_path / "taken.db"), create=True) as record:
        taken = cluster.take_in(record, str(run.out))
        assert taken.added == taken.reports == run.done.reports
        for kind in ("events", "links", "mentions", "report_lines"):
            wanted, found = (
                {repr(one) for one in getattr(one_of, kind)()} for one_of in (run.local, record)
            )
            assert found == wanted, kind
        assert list(record.faults()) == []
        assert not record.unmerged
        again = cluster.take_in(record, str(run.out))
        assert (again.added, again.events) == (0, taken.events)
    assert run.done.events == run.local.sizes()["events"] > 50
    assert run.done.links == run.local.sizes()["links"] > 0


def test_what_is_refused_and_left_uncoded_is_told(run: Run) -> None:
    """Each thing that cannot be read is named as one machine names it; so are other languages."""
    assert {str(error) for error in run.refused} == {str(error) for error in run.local_refused}
    assert run.done.refused == len(run.refused) == 1
    assert run.done.uncoded == 1
    assert any("another language (de)" in text for text in run.noticed)


def test_a_record_with_reports_takes_the_others_in(run: Run, inputs: list[str]) -> None:
    """Into a record that has some of the reports the tables bring the rest, and all is merged."""
    with Record.open(str(run.out.parent / "some.db"), create=True) as record:
        engine.ingest(record, [str(sample_paths()[0])], refuse=lambda _: None)
        some = record.sizes()["reports"]
        taken = cluster.take_in(record, str(run.out))
        assert taken.added == taken.reports - some
        wanted = {tuple(sorted(m.id for m in e.mentions)) for e in run.local.events()}
        found = {tuple(sorted(m.id for m in e.mentions)) for e in record.events()}
        assert found == wanted


def test_weights_of_ones_own_are_gone_by(run: Run, tmp_path: Path) -> None:
    """Tables are made by Parley's weights; where a project names its own, those merge them."""
    shipped = shipped_weights()
    never = msgspec.structs.replace(shipped.settings, prior=-50.0)
    write_weights(msgspec.structs.replace(shipped, settings=never), tmp_path / "own.toml")
    (tmp_path / "parley.toml").write_text('weights = "own.toml"')
    adopt(read_project(tmp_path / "parley.toml"))
    try:
        with Record.open(str(tmp_path / "own.db"), create=True) as record:
            taken = cluster.take_in(record, str(run.out))
    finally:
        adopt(None)
    assert taken.reports == run.done.reports
    assert taken.events > run.done.events


def test_other_reports_join_what_was_taken_in(run: Run, tmp_path: Path) -> None:
    """What is read into the record later is merged with what the cluster made, which keeps ids."""
    more = tmp_path / "more.txt"
    more.write_text("March 14, 2024\n\n" + STORY.replace("Two soldiers", "At least two soldiers"))
    with Record.open(str(tmp_path / "more.db"), create=True) as record:
        cluster.take_in(record, str(run.out))
        before = {event.id for event in record.events()}
        engine.ingest(record, [str(more)], refuse=lambda _: None)
        joined = [
            e for e in record.events() if any(m.text.startswith("At least") for m in e.mentions)
        ]
        assert joined
        assert {event.id for event in joined} & before
        assert before <= {event.id for event in record.events()}


def test_duckdb_reads_the_tables(run: Run) -> None:
    """The four tables have their columns, typed, and refer to one another."""
    tables = {name: f"'{run.out}/{name}/*.parquet'" for name in ("reports", "mentions", "events")}
    rows = duckdb.sql(
        f"select e.type, count(distinct m.id), min(m.when_start), any_value(e.places) "
        f"from {tables['events']} e join {tables['mentions']} m on m.event = e.id "
        f"join {tables['reports']} r on r.id = m.report "
        f"where substring(r.text, m.start + 1, m.end - m.start) = m.text group by e.type"
    ).fetchall()
    assert sum(row[1] for row in rows) == run.done.mentions
    assert {"CONSULT", "ASSAULT"} <= {row[0] for row in rows}
    links = duckdb.sql(
        f"select count(*) from '{run.out}/links/*.parquet' l "
        f'join {tables["events"]} e on e.id = l."from" join {tables["events"]} f on f.id = l.to'
    ).fetchall()
    assert links == [(run.done.links,)]
    copies_ = duckdb.sql(
        f"select count(copy_of) from {tables['reports']} where source like '%story%'"
    ).fetchall()
    assert copies_ == [(COPIES - 1,)]


def test_a_folder_that_is_taken_is_left_alone(run: Run, session: SparkSession) -> None:
    """Neither a finished run nor anything else in the folder is written over."""
    before = sorted(run.out.rglob("*"))
    with pytest.raises(EngineError, match="is not empty; name another folder"):
        cluster.ingest(["x"], master="", out=str(run.out), refuse=lambda _: None, session=session)
    assert sorted(run.out.rglob("*")) == before


def test_a_run_that_was_stopped_goes_on(run: Run) -> None:
    """What was coded before a stop is not coded again; nothing is made of half a run."""
    assert not run.anew
    assert "what is left of a run over other files" in run.halfway[0]
    assert "no tables of a run that came to its end" in run.halfway[1]
    assert sorted(path.name for path in run.out.iterdir() if path.is_dir()) == [
        *("events", "links", "made_by", "mentions", "reports")
    ]


def test_pools_are_those_of_one_machine(session: SparkSession, tmp_path: Path) -> None:
    """A part of the graph that is too large falls into the same pools, however it is dealt out."""
    draw = random.Random(3)
    near: dict[str, dict[str, float]] = {}

    def tie(a: int, b: int, score: float) -> None:
        one, two = f"n{a:04}", f"n{b:04}"
        near.setdefault(one, {})[two] = score
        near.setdefault(two, {})[one] = score

    for at in range(320):  # one long chain, in which every eighth tie is strong
        tie(at, at + 1, 1.5 if at % 8 == 7 else round(draw.uniform(0.1, 0.9), 2))
    for at in range(400, 440, 2):
        tie(at, at + 1, round(draw.uniform(0.1, 9), 2))
    wanted = {n: (p.id, p.level) for n, p in find_pools(near, near.__getitem__, list).items()}
    stages = Stages(session, str(tmp_path))
    rows = [(a, b, score) for a, others in near.items() for b, score in others.items() if a < b]
    edges = stages.keep(stages.frame(rows, "a string, b string, score double"), "edges")
    found = pools(stages, edges, "pools", at_hand=0)
    assert {row.node: (row.pool, row.level) for row in found.collect()} == wanted
    assert len({pool for pool, _ in wanted.values()}) > 20
    assert max(level for _, level in wanted.values()) == 1


def test_what_hangs_together_is_found_in_turns(session: SparkSession, tmp_path: Path) -> None:
    """Stars in turn find the parts of a graph that one machine finds."""
    draw = random.Random(5)
    rows = [(f"n{draw.randint(0, 90):02}", f"n{draw.randint(0, 90):02}") for _ in range(60)]
    stages = Stages(session, str(tmp_path))
    found = components(stages, stages.frame(rows, "a string, b string"), "parts", at_hand=0)
    wanted = label(row for row in rows if row[0] != row[1])
    assert {row.node: row.label for row in found.collect()} == wanted
    assert 1 < len(set(wanted.values())) < len(wanted)


def test_copies_are_those_of_one_machine(session: SparkSession, tmp_path: Path) -> None:
    """A story with many copies, dealt out in small chunks, is the one group that it is."""
    draw = random.Random(2)
    words = [f"word{number}" for number in range(400)]
    story, other = draw.choices(words, k=120), draw.choices(words, k=120)
    texts = []
    for number in range(150):
        told = list(story if number % 10 else other)
        for _ in range(draw.randint(0, 14)):
            told[draw.randrange(len(told))] = draw.choice(words)
        texts.append(" ".join(told[: draw.choice([120, 120, 100, 60, 40])]))
    reports = {
        f"r{at:03}": Report(id=f"r{at:03}", source=f"{at}.txt", text=text)
        for at, text in enumerate([*texts, *texts[:20]])
    }
    local = find_copies(Fresh((), reports, {}), reports).of
    rows: list[tuple[Any, ...]] = []
    for report in reports.values():
        sketch = sketch_of(report)
        assert sketch is not None
        rows.append((report.id, sketch.id, print_order(report), pack(sketch)))
    stages = Stages(session, str(tmp_path))
    sketches = stages.frame(rows, "report string, node string, sort string, sketch binary")
    found = copies(stages, sketches, chunk=3, at_hand=10_000)
    wanted = {id_: first for id_, first in local.items() if first is not None}
    assert {row.report: row.copy_of for row in found.collect()} == wanted
    assert len(wanted) > 60


def test_a_story_with_many_copies_is_dealt_out(session: SparkSession, tmp_path: Path) -> None:
    """No task compares all copies of one story, and none of them across what tasks compared."""
    stages = Stages(session, str(tmp_path))
    rows = [row_of(one) for one in skew.near_copies(240)]
    coded = stages.keep(stages.frame(rows, CODED), "coded")
    found = copies(stages, tell(stages, coded).sketches, chunk=20)
    assert {row.copy_of for row in found.collect()} == {min(row[0] for row in rows)}
    tables = f"{tmp_path}/{STAGES}"
    (sizes,) = duckdb.sql(
        "select max(alike), max(together) from (select count(*) as together, "
        f"sum(count(*)) over (partition by band) as alike from '{tables}/buckets/*.parquet' "
        "group by band, chunk)"
    ).fetchall()
    assert sizes[0] > 150
    assert sizes[1] < 50
    across = duckdb.sql(f"select count(*) from '{tables}/copies_across/*.parquet'").fetchall()
    assert across == [(0,)]
