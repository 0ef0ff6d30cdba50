"""A record of made-up reports that needs no parser."""

from __future__ import annotations

import pytest

import parley
import parley.engine.ingestion
from builders import FakeSteps


@pytest.fixture
def opened(tmp_path, monkeypatch):
    """Yield an open record of three reports with two meetings and a killing."""
    monkeypatch.setattr(parley.engine.ingestion, "built_in", lambda **_: FakeSteps().steps())
    news = tmp_path / "news"
    news.mkdir()
    (news / "a.txt").write_text("Monday\nmet in Castel\nshot at Port Élan\n")
    (news / "b.txt").write_text("Tuesday\nmet again in Castel\n")
    (news / "c.txt").write_text("Wednesday\nbroken\n")
    with parley.open(tmp_path / "parley.db") as record:
        yield record
