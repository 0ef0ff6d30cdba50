"""`parley.toml` through the real command: its names and verbs reach the record."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

START = "import sys; from parley.cli import main; sys.exit(main())"
PROJECT = Path(__file__).parents[1].parent / "docs" / "project-file.md"
REPORT = """BAMAKO, 4 March 2024 - Fighters of the Ombra Vanguard killed five soldiers in Tin Zula.

Vanguardists bulldozed 12 homes near Tin Zoulla on Sunday. Temba rejected talks on Monday.
"""


@pytest.fixture
def here(tmp_path):
    """Make a folder with a report and the project file that the page shows."""
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "a.txt").write_text(REPORT)
    page = PROJECT.read_text(encoding="utf-8")
    (tmp_path / "parley.toml").write_text(page.split("```toml\n")[1].split("```")[0])
    return tmp_path


def parley(folder: Path, *args: str, **env: str) -> tuple[int, str, str]:
    """Run a command in a folder; return its status and what it says."""
    own = {k: v for k, v in os.environ.items() if not k.startswith("PARLEY_")}
    own |= {k: v for k, v in os.environ.items() if k == "PARLEY_CACHE"} | env
    command = [sys.executable, "-c", START, *args]
    done = subprocess.run(command, cwd=folder, env=own, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


def events(folder: Path) -> list[dict]:
    """Return the events of the record in a folder."""
    lines = parley(folder, "export", "--format", "jsonl")[1].splitlines()
    return [line for line in map(json.loads, lines) if line["kind"] == "event"]


def test_ingest_tells_the_party_the_place_the_person_and_the_verb(here):
    """What the page's example adds is told: who, where, by whom, and the new happening."""
    status, _, err = parley(here, "ingest", ".")
    assert (status, "parley.toml" in err) == (0, False)
    told = {event["type"]: event for event in events(here)}
    seizure, killing, refusal = told["COERCE"], told["ASSAULT"], told["REJECT"]
    for event in (seizure, killing, refusal):
        actors = [p for p in event["participants"] if p["role"] == "actor"]
        assert [(p["name"], p["kind"]) for p in actors] == [("Ombra Vanguard", "armed_group")]
    assert refusal["participants"][0]["people"][0]["name"] == "Temba"
    for event in (seizure, killing):
        places = [(w["name"], w["country"], w["lat"], w["lon"]) for w in event["where"]]
        assert places == [("Tin Zoulla", "MLI", 17.91, -2.33)]


def test_without_the_file_nobody_knows_them(here):
    """The verb and the place are the project's: without it no rule tells them."""
    (here / "parley.toml").unlink()
    parley(here, "ingest", "reports", "--coder", "rules")
    assert "COERCE" not in {event["type"] for event in events(here)}
    assert "Tin Zoulla" not in {w["name"] for event in events(here) for w in event["where"]}


def test_a_change_is_told_once_and_codes_nothing_anew(here):
    """Another file, or none, leaves the record as it is and says so, once."""
    assert "stay as they were coded" not in parley(here, "ingest", "reports")[2]
    before = events(here)
    (here / "parley.toml").rename(here / "other.toml")
    assert "stay as they were coded" in parley(here, "ingest", "reports")[2]
    assert "stay as they were coded" not in parley(here, "ingest", "reports")[2]
    ways = (
        (("ingest", "reports", "--project", "other.toml"), {}),
        (("--project", "other.toml", "ingest", "reports"), {}),
        (("ingest", "reports"), {"PARLEY_PROJECT": "other.toml"}),
    )
    for args, env in ways:
        assert "other.toml: the names and verbs" in parley(here, *args, **env)[2]
        assert "not now" in parley(here, "ingest", "reports")[2]
    assert events(here) == before


def test_a_malformed_file_stops_the_command_in_a_line(here):
    """Status 1, one line, no record; help is still given."""
    (here / "parley.toml").write_text('[[party]]\nname = "X"\nkind = "army"\n')
    status, out, err = parley(here, "ingest", "reports")
    assert (status, out, err.count("\n")) == (1, "", 1)
    assert "parley.toml: [[party]] number 1 (X), key 'kind'" in err
    assert not (here / "parley.db").exists()
    assert parley(here, "ingest", "--help")[0] == 0
    status, _, err = parley(here, "ingest", "reports", "--project", "none.toml")
    assert (status, err.count("\n")) == (1, 1)
    assert "none.toml: there is no such file" in err
