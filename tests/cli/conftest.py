"""A command line whose coder is a simple one, so that the tests need no parser."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
from pathlib import Path

import pytest

import parley.engine.ingestion
from builders import FakeSteps
from parley.cli import main

TESTS = Path(__file__).parents[1]
START = f"""
import sys
sys.path.insert(0, {str(TESTS)!r})
import parley.engine.ingestion
from builders import FakeSteps
parley.engine.ingestion.built_in = lambda **_: FakeSteps().steps()
from parley.cli import main
sys.exit(main())
"""


@pytest.fixture
def run(tmp_path, monkeypatch, capfd):
    """Return a function that runs a command here: status, standard output and error."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PARLEY_RECORD", raising=False)
    monkeypatch.setattr(
        parley.engine.ingestion,
        "built_in",
        lambda **options: FakeSteps(options.get("weights")).steps(),
    )

    def run_command(*args: str) -> tuple[int, str, str]:
        capfd.readouterr()
        status = main(list(args))
        out, err = capfd.readouterr()
        return status, out, err

    return run_command


@pytest.fixture
def news(tmp_path):
    """Make a folder of three reports."""
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "a.txt").write_text("Monday\nmet in Castel\nshot at Port Élan [bold]\x1b[31m\n")
    (folder / "b.txt").write_text("Tuesday\nmet again in Castel\n")
    (folder / "c.txt").write_text("Wednesday\nnothing\n")
    return folder


@pytest.fixture
def start(tmp_path):
    """Return a function that starts a command as a program of its own."""

    def start_command(*args: str, **options) -> subprocess.Popen:
        environment = {k: v for k, v in os.environ.items() if k != "PARLEY_RECORD"}
        environment.update(options.pop("env", {}))
        return subprocess.Popen(
            [sys.executable, "-c", START, *args], cwd=tmp_path, env=environment, **options
        )

    return start_command


@pytest.fixture
def in_terminal(start):
    """Return a function that runs a command in a terminal of a width: status and what it shows."""

    def run_command(*args: str, width: int = 80, **env: str) -> tuple[int, str]:
        mine, its = pty.openpty()
        environment = {"COLUMNS": str(width), "TERM": "xterm", **env}
        process = start(*args, stdin=its, stdout=its, stderr=its, env=environment)
        os.close(its)
        shown = b""
        while select.select([mine], [], [], 30)[0]:
            try:
                part = os.read(mine, 65536)
            except OSError:
                break
            if not part:
                break
            shown += part
        os.close(mine)
        return process.wait(30), shown.decode()

    return run_command
