"""Coders for other processes that do what their reports tell them."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

from builders import FakeSteps
from parley.engine.steps import CodedReport
from parley.errors import DataError
from parley.model import Report


def load_obedient() -> Callable[[Report], CodedReport]:
    """Return a coder that sleeps, fails or dies as a report's first line says.

    "die": always; "die once FILE": unless the file is there; "sleep SECONDS"; "broken".
    What the lines behind tell is coded as `FakeSteps` do.
    """
    return obey


def obey(report: Report) -> CodedReport:
    """Do as a report says."""
    order, *rest = report.text.splitlines()[0].split(" ")
    if order == "die" and not (rest and Path(rest[1]).exists()):
        if rest:
            Path(rest[1]).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    if order == "sleep":
        time.sleep(float(rest[0]))
    return FakeSteps()._code(report)


def load_damaged() -> Callable[[Report], CodedReport]:
    """Find Parley's data damaged."""
    raise DataError("frames.toml: no such frame")
