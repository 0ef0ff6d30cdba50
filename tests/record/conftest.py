"""A PostgreSQL server for the tests that need one."""

from __future__ import annotations

import os

import pytest

from postgresql_server import Server, find_programs


@pytest.fixture(scope="session")
def server():
    """Start a server; skip, and say so, where there is none to start (fail on CI)."""
    programs = find_programs()
    if programs is None:
        missing = "PostgreSQL's server is not installed; on Debian: apt install postgresql"
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)
    running = Server(programs)
    yield running
    running.remove()


@pytest.fixture
def address(server):
    """Return the URL of an empty database."""
    return server.new_database()
