"""Servers to fetch from, and a way to read what they give."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from parley.errors import InputError
from parley.model import Report
from parley.reading import Fetching, Remembered
from parley.reading.fetching.exchange import Wire
from parley.reading.fetching.pages import Pages
from parley.reading.folders import read_path
from parley.reading.form import Reading
from parley.reading.registry import read_source

from .servers import Serve, Server


class Notes:
    """A memory that lies in memory."""

    def __init__(self) -> None:
        self.notes: dict[str, Remembered] = {}

    def recall(self, url: str) -> Remembered | None:
        """Return what was kept."""
        return self.notes.get(url)

    def keep(self, url: str, remembered: Remembered) -> None:
        """Keep it."""
        self.notes[url] = remembered


@pytest.fixture
def serve() -> Iterator[Callable[..., Server]]:
    """Start servers, and stop them when the test is done."""
    servers: list[Server] = []

    def start(pages: dict[str, bytes | Serve], *, tls: bool = False) -> Server:
        servers.append(Server(pages, tls=tls))
        return servers[-1]

    yield start
    for server in servers:
        server.close()


@pytest.fixture
def fetch() -> Callable[..., tuple[list[Report], list[InputError]]]:
    """Read URLs in one run: the reports, and what was refused; this machine is allowed."""

    def run(
        *urls: str, wire: Wire | None = None, **rules: Any
    ) -> tuple[list[Report], list[InputError]]:
        rules = {"allow_private": True, "timeout": 5.0, "pause": 0.0, **rules}
        refused: list[InputError] = []
        reading = Reading(refused.append, read_source)
        pages = Pages(Fetching(**rules), wire=wire)
        reports = [report for url in urls for report in read_path(url, reading, pages)]
        for error in refused:
            assert len(str(error).splitlines()) == 1
            assert error.way_out
        return reports, refused

    return run
