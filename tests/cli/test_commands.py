"""What each command prints, where, and with which exit status."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

import parley.engine
from builders import dump, make_report
from parley.export.selection import Selection
from parley.merging import shipped_weights
from parley.merging.weights import weights_text
from parley.model import Time
from parley.record import Record


def test_ingest_and_timeline(run, news):
    """Reports in, events out: data on standard output, the tally on standard error."""
    status, out, err = run("ingest", str(news))
    assert (status, out) == (0, "")
    assert err == "3 reports read, 3 new; no event in c.txt; parley.db has 2 events and 0 links\n"
    status, out, err = run("timeline")
    assert (status, err) == (0, "")
    head, *rows = out.splitlines()
    assert head.split() == ["when", "status", "type", "what", "reports", "id"]
    assert [row.split("  ")[0] for row in rows] == ["May 2023", "3 May 2023"]
    assert all(not row.endswith(" ") for row in rows)


def test_the_second_ingest_changes_nothing(run, news, tmp_path):
    """The same command again reads all, adds nothing and leaves the tables as they are."""
    run("ingest", str(news))
    before = dump(tmp_path / "parley.db")
    status, _, err = run("ingest", str(news))
    assert status == 0
    assert "3 reports read, 0 new" in err
    assert dump(tmp_path / "parley.db") == before


def test_json(run, news):
    """--json prints one JSON document and nothing else."""
    status, out, err = run("ingest", str(news), "--json")
    assert (status, err) == (0, "")
    assert json.loads(out)["added"] == 3
    rows = json.loads(run("timeline", "--json")[1])
    assert [row["type"] for row in rows] == ["ASSAULT", "CONSULT"]
    assert json.loads(run("show", rows[0]["id"], "--json")[1])["event"]["id"] == rows[0]["id"]
    assert len(json.loads(run("reports", "--json")[1])) == 3
    assert json.loads(run("timeline", "--json", "--party", "nobody")[1]) == []


def test_quiet_and_verbose(run, news):
    """--quiet says only what went wrong, -v names each report and what became of it."""
    (news / "c.txt").write_text("Le mercredi\n")
    (news / "d.txt").write_bytes(b"\xff\xff")
    status, out, err = run("ingest", str(news), "--quiet")
    assert (status, out) == (1, "")
    assert re.fullmatch(r"parley: .*d\.txt: cannot be read; .*\n", err)
    _, _, err = run("ingest", str(news), "-v", "--record", "other.db")
    assert f"{news / 'a.txt'}: new" in err
    assert f"{news / 'c.txt'}: uncoded" in err
    assert "c.txt: in another language (fr)" in err


def test_the_record_is_named_by_option_or_environment(run, news, monkeypatch, tmp_path):
    """--record beats PARLEY_RECORD, which beats parley.db."""
    monkeypatch.setenv("PARLEY_RECORD", "by-environment.db")
    run("ingest", str(news))
    run("ingest", str(news), "--record", "by-option.db")
    found = sorted(path.name for path in tmp_path.glob("*.db"))
    assert found == ["by-environment.db", "by-option.db"]


def test_show(run, news):
    """The event comes with its fields, and every mention with its report and its words."""
    run("ingest", str(news))
    rows = json.loads(run("timeline", "--json", "--type", "consult")[1])
    status, out, err = run("show", rows[0]["short_id"])
    assert (status, err) == (0, "")
    for words in (
        "3 May 2023",
        "Castel (CHE)",
        "Norland (state, NOR): Aino Søby, foreign minister",
        "● happened",
        "Told in 2 passages of 2 reports",
        "“met again in Castel”",
        "in the outlet's own voice",
        "4–5 May 2023",
    ):
        assert words in out
    shot = json.loads(run("timeline", "--json", "--type", "ASSAULT")[1])[0]["id"]
    out = run("show", shot)[1]
    assert "denied by Suderia (SWE)" in out
    assert re.search(r"killed +2 \[1\]", out)


def test_reports(run, news):
    """Each report comes with its date, how it was found, how sure that is, and the proof."""
    run("ingest", str(news))
    _, out, _ = run("reports")
    assert "4–5 May 2023 (inferred, 90% sure)" in out
    assert "“Monda”: the talks were on May 3" in out
    assert out.count("report ") >= 3


def test_export(run, news, tmp_path):
    """The lines go to standard output, or to a file that is whole or as it was before."""
    run("ingest", str(news))
    status, out, err = run("export", "--format", "jsonl")
    assert (status, err) == (0, "")
    assert [json.loads(line)["kind"] for line in out.splitlines()] == ["report"] * 3 + ["event"] * 2
    target = tmp_path / "record.jsonl"
    target.write_text("old")
    assert run("export", "-o", str(target)) == (0, "", "")
    assert target.read_text() == out
    status, out, _ = run("export", "--schema")
    assert status == 0
    assert "Event" in json.loads(out)["$defs"]


def test_an_export_that_fails_leaves_what_was_there(run, news, tmp_path, monkeypatch):
    """If the record fails on the way, the old file stays and no half of a new one."""
    run("ingest", str(news))
    target = tmp_path / "record.jsonl"
    target.write_text("old")

    def fail(self):
        raise KeyboardInterrupt

    monkeypatch.setattr(Selection, "links", fail)
    assert run("export", "-o", str(target))[0] == 130
    assert target.read_text() == "old"
    assert {path.name for path in tmp_path.iterdir()} == {"news", "parley.db", "record.jsonl"}


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["timeline"], "no record at parley.db; parley ingest PATH makes one"),
        (["export"], "no record at parley.db; parley ingest PATH makes one"),
        (["reports"], "no record at parley.db; parley ingest PATH makes one"),
        (["show", "e1"], "no record at parley.db; parley ingest PATH makes one"),
        (["timeline", "--record", "."], ".: a folder; name a file in it, such as parley.db"),
        (["timeline", "--record", "news/a.txt"], "news/a.txt: it is no record of Parley"),
        (["ingest", "news", "--record", "news/a.txt"], "news/a.txt: it is no record of Parley"),
        (["ingest", "news", "--record", "no/where.db"], "no/where.db: its folder does not exist"),
        (["ingest", "nowhere"], "nowhere: cannot be read"),
    ],
)
def test_what_fails_is_said_in_a_line(run, news, args, said):
    """A failure is one line on standard error, with the way out, and exit status 1."""
    status, out, err = run(*args)
    assert (status, out) == (1, "")
    assert err.startswith(f"parley: {said}")
    assert "Traceback" not in err
    assert len(err.splitlines()) == 1 + ("nowhere" in args)


@pytest.mark.parametrize(
    "args",
    [
        [],
        ["nonsense"],
        ["show"],
        ["ingest"],
        ["timeline", "--nonsense"],
        ["timeline", "--since", "2023-02-31"],
        ["timeline", "--type", "WAR"],
        ["export", "--format", "xls"],
    ],
)
def test_wrong_usage(run, news, args):
    """Wrong usage is told on standard error, and the exit status is 2."""
    run("ingest", str(news))
    status, out, err = run(*args)
    assert (status, out) == (2, "")
    assert err
    assert "Traceback" not in err


@pytest.mark.parametrize("args", [["-h"], ["--help"], ["ingest", "-h"], ["--version"]])
def test_help_and_version(run, args):
    """Help and version are data: standard output, exit status 0."""
    status, out, err = run(*args)
    assert (status, err) == (0, "")
    assert out


def test_an_unknown_event(run, news):
    """An id that no event has is told, without others that are not near."""
    run("ingest", str(news))
    status, _, err = run("show", "zzz")
    assert status == 1
    assert re.match(r"parley: zzz: no such event; see parley timeline", err)


def test_the_record_is_not_overwritten(run, news, tmp_path):
    """`export -o` refuses the record itself."""
    run("ingest", str(news))
    before = dump(tmp_path / "parley.db")
    status, _, err = run("export", "-o", "./parley.db")
    assert status == 1
    assert "this is the record itself" in err
    assert dump(tmp_path / "parley.db") == before


def test_a_full_device(start, run, news):
    """Where standard output or -o is full, one line says so."""
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    run("ingest", str(news))
    with Path("/dev/full").open("wb") as full:
        for command in ("export", "timeline", "reports"):
            process = start(command, stdout=full, stderr=subprocess.PIPE, text=True)
            _, err = process.communicate(timeout=30)
            assert process.returncode == 1
            assert err == "parley: standard output: No space left on device\n"
    status, _, err = run("export", "-o", "/dev/full")
    assert status == 1
    assert "No space left on device" in err


def test_a_reader_that_leaves(start, run, tmp_path):
    """`parley timeline | head -1` is calm: no message, no failure."""
    folder = tmp_path / "many"
    folder.mkdir()
    lines = "".join(f"met {n} in Castel {'x' * 900}\n" for n in range(300))
    (folder / "a.txt").write_text(lines)
    run("ingest", str(folder))
    for command in (["reports", "--json"], ["timeline"], ["export"]):
        process = start(*command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        process.stdout.read(1)
        process.stdout.close()
        assert process.stderr.read() == b""
        process.stderr.close()
        assert process.wait(30) == 0


SLOW = """
import time
import builders
from parley.cli import main
import parley.engine.ingestion
fake = builders.FakeSteps()
def code(report):
    print("coding", flush=True)
    if report.source.endswith("c.txt"):
        time.sleep(60)
    return builders.FakeSteps._code(fake, report)
fake._code = code
parley.engine.ingestion.built_in = lambda **_: fake.steps()
import signal, sys
# A shell may have told its children to ignore it.
signal.signal(signal.SIGINT, signal.default_int_handler)
sys.exit(main(["ingest", "news"]))
"""


def test_ctrl_c(run, news, tmp_path):
    """Ctrl-C ends it calmly with status 130; what was done is kept and gone on from."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    process = subprocess.Popen(
        [sys.executable, "-c", SLOW],
        cwd=tmp_path,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    for _ in range(3):
        process.stdout.readline()
    time.sleep(0.1)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert err == (
        "parley: stopped; what was done so far is kept, and the same command goes on from there\n"
    )
    status, _, err = run("timeline")
    assert status == 0
    assert "the last ingest was cut off" in err
    told = run("ingest", "news")[2]
    assert "3 reports read, 1 new; no event in c.txt; parley.db has 2 events" in told


def test_a_bug_is_told_in_a_line(run, news, monkeypatch):
    """What Parley did not foresee is one line too, and says how to see more."""
    run("ingest", str(news))

    def fail(self, *_):
        raise ZeroDivisionError("oh")

    monkeypatch.setattr(Record, "rows", fail)
    status, _, err = run("timeline")
    assert status == 1
    assert err.startswith("parley: unexpected ZeroDivisionError: oh (test_commands.py:")
    assert len(err.splitlines()) == 1
    monkeypatch.setenv("PARLEY_DEBUG", "1")
    assert "Traceback" in run("timeline")[2]


def test_demo(run, tmp_path):
    """The demo ingests the sample reports beside its record and says what to try next."""
    status, out, err = run("demo")
    assert status == 0
    assert "reports read" in err
    assert "The record lies in demo/parley.db, the reports in demo/sample-reports." in out
    assert (tmp_path / "demo" / "parley.db").exists()
    assert list((tmp_path / "demo" / "sample-reports").glob("*.txt"))
    assert "parley reports --record demo/parley.db" in out
    assert run("demo")[0] == 0


def test_dates(run, news, monkeypatch):
    """A line a time expression, with the keys that are promised."""
    text = "They met on Friday."
    times = (
        Time(
            start=12,
            end=18,
            text="Friday",
            value_start=date(2023, 5, 19),
            value_end=date(2023, 5, 19),
            precision="day",
        ),
    )
    asked = []

    def find(paths, *, given, refuse):
        asked.append((paths, given))
        yield parley.engine.TimesFound(report=make_report(text), times=times)

    monkeypatch.setattr(parley.engine, "find_times", find)
    status, out, _ = run("dates", "x.txt", "--given", "2023-05-18", "--format", "jsonl")
    assert status == 0
    assert asked == [(["x.txt"], date(2023, 5, 18))]
    line = json.loads(out)
    assert {
        "start": 12,
        "end": 18,
        "text": "Friday",
        "value_start": "2023-05-19",
        "value_end": "2023-05-19",
        "precision": "day",
    }.items() <= line.items()
    _, out, err = run("dates", "x.txt")
    assert out.splitlines()[1].split() == ["12", "Friday", "2023-05-19", "2023-05-19", "day"]
    assert "written 4–5 May 2023" in err


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("timeline", "--since", "2024-05-01", "--until", "2024-01-01"), "lies before"),
        (("show", " "), "no id is given"),
    ],
)
def test_what_makes_no_sense_is_wrong_usage(run, args, says):
    """Days the wrong way round, and an event without a name, are told and end with 2."""
    status, out, err = run(*args)
    assert (status, out) == (2, "")
    assert says in err


def test_a_run_that_reads_nothing_leaves_no_record(run, tmp_path):
    """Where no report was read the record that the run made is taken away again."""
    status, _, err = run("ingest", "nowhere")
    assert status == 1
    assert "no record was made" in err
    assert not (tmp_path / "parley.db").exists()


def test_why_shows_a_pair_once(run, news):
    """Two mentions that hang on each other most are shown once, not once each way."""
    run("ingest", "news")
    for event in json.loads(run("timeline", "--json")[1]):
        blocks = run("why", event["id"])[1].split("\n\n")[1:]
        pairs = [frozenset(block.splitlines()[:2]) for block in blocks]
        assert len(pairs) == len(set(pairs))


def test_weights_of_ones_own(run, news, tmp_path):
    """`ingest --weights` merges anew by a file, or by Parley's own; a bad file is one line."""
    run("ingest", "news")
    text = weights_text(shipped_weights())
    own = tmp_path / "own.toml"
    own.write_text(text.replace("prior = -5.0", "prior = -49.0"))
    status, _, err = run("ingest", "--weights", "own.toml")
    assert status == 0
    assert "3 events" in err
    event = json.loads(run("timeline", "--json")[1])[0]["id"]
    assert run("why", event)[0] == 0
    status, _, err = run("ingest", "--weights", "shipped", "news")
    assert "2 events" in err
    event = json.loads(run("timeline", "--json", "--type", "CONSULT")[1])[0]["id"]
    assert "Judged by Parley's weights" in run("why", event)[1]
    own.write_text(text.replace("[when.same_day]", "[when.dya]"))
    status, _, err = run("ingest", "--weights", "own.toml")
    assert status == 1
    assert "own.toml: when" in err
    assert len(err.splitlines()) == 1
    assert run("ingest")[0] == 2
    assert run("ingest", "news", "--weights", "own.toml", "--engine", "spark")[0] == 2


def test_ingest_names_reports_that_gave_no_event(run, news):
    """Its closing line says in which of the new reports nothing was found."""
    err = run("ingest", str(news))[2]
    assert "no event in c.txt" in err
    assert "no event in" not in run("ingest", str(news))[2]
    assert "no event in" not in run("ingest", str(news / "a.txt"), "--record", "other.db")[2]
