"""What the tests of the coder share."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from coded import Bench, Coded

from parley.errors import InputError
from parley.model import Report
from parley.reading import read
from parley.sample import sample_paths

DEV = Path(__file__).parents[2] / "evals" / "reports" / "dev"


@pytest.fixture(scope="session")
def bench() -> Bench:
    """One bench for the whole run: its parser takes longer to load than most tests."""
    return Bench()


@pytest.fixture(scope="session")
def reports() -> Mapping[str, Report]:
    """Return the sample reports and those that rules are written on, as they are read."""
    refused: list[InputError] = []
    paths = [*sample_paths(), *sorted(DEV.glob("*.txt"))]
    found = {Path(r.source).name: r for r in read([str(p) for p in paths], refuse=refused.append)}
    assert not refused
    assert len(found) == len(paths)
    return found


@pytest.fixture(scope="session")
def coded(bench: Bench, reports: Mapping[str, Report]) -> Mapping[str, Coded]:
    """Return those reports coded."""
    return {name: bench.code_report(report) for name, report in reports.items()}
