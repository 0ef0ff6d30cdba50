"""A record with something for every view."""

from __future__ import annotations

import pytest

from parley.record import Record
from views.worlds import fill


@pytest.fixture
def world(tmp_path):
    """Yield a record of two reports, and its events by short names."""
    with Record.open(str(tmp_path / "world.db"), create=True) as record:
        yield record, fill(record)
