"""Records, and the app over them, for the tests of the web."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from filled import fill
from served import client_of, served

from parley.web.settings import Settings


@pytest.fixture
def record_path(tmp_path: Path) -> Path:
    """The path of a small record."""
    path = tmp_path / "parley.db"
    fill(path)
    return path


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the app over a small record that no test changes."""
    path = tmp_path_factory.mktemp("served") / "parley.db"
    fill(path)
    with served(Settings(record=str(path))) as address:
        yield address


@pytest.fixture
def client(address: str) -> Iterator[httpx.Client]:
    """A client of that app, which says what a browser says of requests of our pages."""
    with httpx.Client(base_url=address, headers={"origin": address}, timeout=30) as client:
        yield client


@pytest.fixture
def client_of_copy(record_path: Path) -> Iterator[httpx.Client]:
    """A client of an app over a small record of its own, that a test may change."""
    with client_of(Settings(record=str(record_path))) as client:
        yield client
