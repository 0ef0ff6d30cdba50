"""What an analyst types to correct a record, and what is answered."""

from __future__ import annotations

import json
import os

import pytest
from msgspec.structs import replace

import parley.engine
from builders import dump
from parley.engine import MovedLevel, Taught
from parley.merging import Held, Learnt, shipped_weights


@pytest.fixture
def ids(run, news):
    """Ingest three reports; return the ids of the events, the shooting first."""
    assert run("ingest", str(news))[0] == 0
    rows = json.loads(run("timeline", "--json")[1])
    return {row["type"]: row["id"] for row in rows}


def test_an_edit_is_shown_apart_and_exported(run, ids):
    """The event shows the analyst's word and the machine's; the export says whose it is."""
    event = ids["CONSULT"]
    status, out, _ = run(
        "edit", event, "--set", "status=denied", "--by", "Ana", "--why", "both say so"
    )
    assert (status, out) == (0, f"{event}  correction 1: set the status: denied\n")
    shown = run("show", event)[1]
    assert "status set by Ana" in shown
    assert "the machine says: happened" in shown
    lines = [json.loads(line) for line in run("export")[1].splitlines()]
    (line,) = [line for line in lines if line.get("id") == event]
    assert line["status"] == "denied"
    (said,) = line["corrections"]
    assert (said["field"], said["machine"], said["by"]) == ("status", "happened", "Ana")
    assert all(line["corrections"] == [] for line in lines if line.get("id") == ids["ASSAULT"])


def test_corrections_outlive_the_next_run(run, ids, news):
    """New reports of the same do not take the analyst's word away."""
    run("edit", ids["CONSULT"], "--set", "summary=Talks in Castel", "--by", "Ana")
    (news / "d.txt").write_text("Friday\nmet once more in Castel\n")
    assert run("ingest", str(news))[0] == 0
    rows = json.loads(run("timeline", "--json", "--type", "CONSULT")[1])
    assert [(row["summary"], row["reports"]) for row in rows] == [("Talks in Castel", 3)]


def test_merge_split_undo_and_history(run, ids):
    """Each is a line that says what was done, and the history tells all of it."""
    one, two = ids["CONSULT"], ids["ASSAULT"]
    assert run("merge", one, two, "--by", "Ana", "--why", "one day")[0] == 0
    assert "correction 1: merged" in run("history", one)[1]
    assert one in run("show", two)[1]
    assert one in run("show", two[:8])[1], "what a timeline printed before still leads there"
    assert run("split", one, "1", "--by", "Ana")[0] == 0
    assert run("undo", "2", "--by", "Ben")[0] == 0
    assert run("undo", "1", "--by", "Ben")[0] == 0
    assert len(json.loads(run("timeline", "--json")[1])) == 2
    rows = json.loads(run("history", one, "--json")[1])
    said = [(row["correction"], row["stands"]) for row in rows if row["correction"]]
    assert said == [(1, False), (2, False), (3, True), (4, True)]
    assert run("undo", "1")[2].startswith("parley: 1: undone already by Ben")


def test_delete_note_confirm_add(run, ids, news):
    """What is deleted is told so, what is added stands on the report's words."""
    assert run("note", ids["CONSULT"], "see the minutes", "--by", "Ana")[0] == 0
    assert run("confirm", ids["CONSULT"], "--field", "status", "--by", "Ana")[0] == 0
    assert "note by Ana" in run("show", ids["CONSULT"])[1]
    assert run("delete", ids["ASSAULT"], "--by", "Ana")[0] == 0
    status, _, err = run("show", ids["ASSAULT"])
    assert (status, "a person deleted it" in err) == (1, True)
    assert "deleted it" in run("history", ids["ASSAULT"])[1]
    done = run(
        "add", "c.txt", "--words", "nothing", "--type", "reject", "--set", "status=alleged",
        "--by", "Ana", "--json",
    )  # fmt: skip
    assert done[0] == 0
    added = json.loads(done[1])["events"][0]
    assert "alleged" in run("show", added)[1]


def test_the_second_person_is_told(run, ids):
    """Another's word is not overwritten unless that is said."""
    run("edit", ids["CONSULT"], "--set", "status=denied", "--by", "Ana")
    status, _, err = run("edit", ids["CONSULT"], "--set", "status=alleged", "--by", "Ben")
    assert status == 1
    assert "Ana set the status" in err
    assert "--force" in err
    assert run("edit", ids["CONSULT"], "--set", "status=alleged", "--by", "Ben", "--force")[0] == 0


def test_who_says_so(run, ids, monkeypatch):
    """The name is the one given, else PARLEY_ANALYST, else the user's own."""
    monkeypatch.setenv("PARLEY_ANALYST", "Desk")
    run("note", ids["CONSULT"], "one")
    monkeypatch.delenv("PARLEY_ANALYST")
    run("note", ids["CONSULT"], "two")
    rows = json.loads(run("history", ids["CONSULT"], "--json")[1])
    first, second = [row["by"] for row in rows if row["correction"]]
    assert first == "Desk"
    assert second


@pytest.mark.parametrize(
    ("args", "status", "said"),
    [
        (("edit", "EVENT", "--set", "status"), 2, "FIELD=VALUE"),
        (("edit", "EVENT", "--set", "status=over"), 1, "'over' is none; there is happened"),
        (("edit", "EVENT", "--set", "when=2023-05-09/2023-05-01"), 1, "lies before"),
        (("edit", "EVENT", "--set", "when=soon"), 1, "'soon' is no day"),
        (("edit", "EVENT", "--set", "counts=many"), 1, "'many' is no count"),
        (("edit", "EVENT", "--set", "colour=red"), 1, "no field that can be corrected"),
        (("edit", "EVENT", "--set", "where=[{}"), 1, "no JSON"),
        (("edit", "e_none", "--set", "status=denied"), 1, "no such event"),
        (("merge", "EVENT", "EVENT"), 1, "one event, not several"),
        (("split", "EVENT", "9"), 1, "no such mention"),
        (("undo", "7"), 1, "no such correction"),
        (("note", "EVENT", " "), 1, "the note is empty"),
        (("add", "c.txt", "--words", "absent", "--type", "AID"), 2, "not in the report"),
        (("add", "c.txt", "--type", "AID"), 2, "one of both"),
        (("add", "c.txt", "--span", "x", "--type", "AID"), 2, "START-END"),
        (("changes", "--since", "9999"), 2, "is to come"),
        (("changes", "--since", "soon"), 2, "no day"),
        (("history", "e_none"), 1, "no such event"),
        (("backup", "parley.db"), 1, "the record itself"),
        (("backup", "no/where.db"), 1, "folder does not exist"),
    ],
)
def test_what_makes_no_sense(run, ids, args, status, said):
    """One line says what is wrong and the way out; nothing is written."""
    before = dump("parley.db")
    got, out, err = run(*(ids["CONSULT"] if arg == "EVENT" else arg for arg in args))
    assert (got, out) == (status, "")
    assert said in err
    assert err.count("\n") == 1
    assert dump("parley.db") == before


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write everywhere")
def test_a_record_that_is_read_only(run, ids, tmp_path):
    """It is told that nothing can be written there."""
    (tmp_path / "parley.db").chmod(0o444)
    status, _, err = run("note", ids["CONSULT"], "x", "--by", "Ana")
    assert (status, "read-only" in err) == (1, True)


def test_changes_check_and_backup(run, ids):
    """The feed has a line a thing, the check finds nothing, the copy holds the same."""
    run("note", ids["CONSULT"], "x", "--by", "Ana")
    lines = [json.loads(line) for line in run("changes")[1].splitlines()]
    revisions = [line["revision"] for line in lines]
    assert revisions == sorted(set(revisions))
    assert {line["kind"] for line in lines} == {"report", "event", "correction"}
    assert run("changes", "--since", str(revisions[-1]))[1] == ""
    status, out, err = run("check")
    assert (status, out) == (0, "")
    assert "all holds: 3 reports" in err
    assert run("backup", "copy.db")[0] == 0
    assert run("export", "--record", "copy.db")[1] == run("export")[1]
    assert run("backup", "copy.db")[0] == 1
    assert run("backup", "copy.db", "--force")[0] == 0
    assert run("check", "--record", "copy.db")[0] == 0


def test_learn_says_what_is_missing(run, news, tmp_path):
    """A record of which persons said too little, a file that is there, no record: one line each."""
    run("ingest", str(news))
    for args, told in (
        (("learn",), "too little is known to learn from"),
        (("learn", "--dry-run"), "at least 10 of each are needed"),
        (("learn", "--record", "none.db"), "none.db"),
    ):
        status, out, err = run(*args)
        assert (status, out) == (1, "")
        assert told in err
        assert len(err.splitlines()) == 1
    assert not (tmp_path / "weights.toml").exists()
    (tmp_path / "weights.toml").write_text("mine")
    status, _, err = run("learn")
    assert status == 1
    assert "is there already" in err
    assert (tmp_path / "weights.toml").read_text() == "mine"


def test_learnt_weights_are_written_and_taken(run, news, tmp_path, monkeypatch):
    """What `learn` writes `ingest --weights` takes; a dry run writes nothing."""
    run("ingest", str(news))
    shipped = shipped_weights()
    learnt = Learnt(
        **{"method": "by hand", "at": "2024-05-01", "version": "1", "rules": "m", "seed": 1},
        **{"mentions": 3, "pairs": 30, "together": 12, "apart": 14},
        before=Held(loss=0.5, together=0.5, apart=1.0),
        after=Held(loss=0.25, together=0.75, apart=1.0),
    )
    moved = (MovedLevel(level="where.same", before=4.0, now=5.0, seen=7),)
    settings = replace(shipped.settings, prior=-49.0)
    taught = Taught(weights=replace(shipped, learnt=learnt, settings=settings), moved=moved)
    monkeypatch.setattr(parley.engine, "learn_weights", lambda *_, **__: taught)
    status, out, err = run("learn", "--dry-run")
    assert status == 0
    assert "where.same (7 known pairs)" in out
    assert "75.0% of those that are one" in out
    assert "nothing was written" in err
    assert not (tmp_path / "weights.toml").exists()
    assert json.loads(run("learn", "--json")[1])["moved"][0]["level"] == "where.same"
    assert run("learn", "--out", "no/such/folder.toml")[0] == 1
    assert "3 events" in run("ingest", "--weights", "weights.toml")[2]
    event = json.loads(run("timeline", "--json")[1])[0]["id"]
    assert "weights.toml" in json.loads(run("why", event, "--json")[1])["weights"]
    assert run("learn", "--force")[0] == 0
