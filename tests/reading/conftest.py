"""What the tests of reading share."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from parley.errors import InputError
from parley.model import Report
from parley.reading import read

Outcome = tuple[list[Report], list[InputError]]


@pytest.fixture
def outcome() -> Callable[..., Outcome]:
    """Read paths to the end: the reports, and what was refused."""

    def run(*paths: str | Path) -> Outcome:
        refused: list[InputError] = []
        reports = list(read(_texts(paths), refuse=refused.append))
        for error in refused:
            assert len(str(error).splitlines()) == 1
            assert error.way_out
        return reports, refused

    return run


def _texts(paths: Iterable[str | Path]) -> list[str]:
    return [str(path) for path in paths]
