"""How likely an event is: kept with it, the highest of its mentions', and filtered by."""

from __future__ import annotations

import msgspec
import pytest
from msgspec.structs import replace

import parley.engine.ingestion
from builders import FakeSteps, event_of, make_report, meeting
from parley.engine import ingest
from parley.learnt.card import DEFAULT_CODER
from parley.merging.fields import highest_confidence
from parley.model import Event
from parley.record import Record
from parley.record.finding import Filters, Paging, find_events


@pytest.fixture
def record(tmp_path):
    """Yield a record with three meetings: sure, unsure, and one that nobody judged."""
    with Record.open(str(tmp_path / "sure.db"), create=True) as record:
        events = []
        for number, confidence in enumerate((0.9, 0.4, None)):
            report = make_report(f"They met in Castel on May 3. {number}", source=f"{number}.txt")
            mention = replace(meeting(report), confidence=confidence)
            record.add_report(report, [mention])
            events.append(event_of(mention, confidence=confidence))
        record.replace_events(events, [])
        yield record


@pytest.mark.parametrize(("least", "found"), [(None, 3), (0, 2), (0.4, 2), (0.41, 1), (1, 0)])
def test_events_are_found_by_how_likely_they_are(record, least, found):
    """What nobody judged passes only without the filter."""
    assert find_events(record, Filters(min_confidence=least), Paging()).total == found


def test_it_is_kept_and_written(record):
    """Mentions and events come out of the record with it, and it is a key of the export."""
    assert {mention.confidence for mention in record.mentions()} == {0.9, 0.4, None}
    assert {event.confidence for event in record.events()} == {0.9, 0.4, None}
    for event in record.events():
        assert msgspec.to_builtins(event)["confidence"] == event.confidence


def test_one_clear_telling_is_enough():
    """The highest counts; what nobody judged counts for nothing."""
    told = meeting(make_report("They met in Castel on May 3."))
    some = [replace(told, confidence=each) for each in (0.2, None, 0.7)]
    assert highest_confidence(some) == 0.7
    assert highest_confidence([told]) is None


def test_an_event_of_before_has_none(record):
    """What an older Parley wrote has no such key."""
    raw = msgspec.to_builtins(next(iter(record.events())))
    del raw["confidence"]
    assert msgspec.convert(raw, Event).confidence is None


def test_another_coder_is_told_once(tmp_path, monkeypatch):
    """Whoever codes on with another coder is told that what is there stays as it is."""
    told: list[str] = []

    def run(coder: str | None) -> list[str]:
        told.clear()
        steps = replace_coder(FakeSteps().steps(), coder)
        with Record.open(str(tmp_path / "coders.db"), create=True) as record:
            ingest(record, [str(news)], refuse=print, notice=told.append, steps=steps)
        return list(told)

    news = tmp_path / "a.txt"
    news.write_text("Monday\nmet in Castel\n")
    assert run("rules") == []
    assert run("rules") == []
    (said,) = run("learnt 0123")
    assert "coder is another than before (now: learnt 0123)" in said
    assert run("learnt 0123") == []
    assert run(None) == []


def test_the_coder_is_passed_on(tmp_path, monkeypatch):
    """`coder` reaches the steps, and there is one where none is named."""
    asked = []

    def steps(*, coder, cache, weights):
        asked.append(coder)
        return FakeSteps().steps()

    monkeypatch.setattr(parley.engine.ingestion, "built_in", steps)
    with Record.open(str(tmp_path / "coders.db"), create=True) as record:
        ingest(record, [], refuse=print)
        ingest(record, [], refuse=print, coder="rules")
    assert asked == [DEFAULT_CODER, "rules"]


def replace_coder(steps, coder):
    """Return steps that say by which coder they code."""
    import dataclasses  # noqa: PLC0415 - only here

    return dataclasses.replace(steps, coder=coder)
