"""Numbers of a bulletin: each day the same words, and another incident."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

from parley.engine import ingest
from parley.record import Record

FIRST = date(2023, 3, 1)
TOWNS = ("Kidal", "Gao", "Kidal", "Menaka", "Kidal", "Gao")
TEXT = """Situation update on the war in the north

Over the past day the situation remained tense. There is damage to homes and other civilian
infrastructure, and aid workers cannot reach all of those who need help.

The threat of attacks across the north remains high, and travellers are asked to keep away from
the roads at night. In the west the situation remains without significant changes.

Rebels shelled {town} on {day:%A}, killing {killed} civilians. The army said that it would answer
each such attack, and that the posts around the town had been reinforced."""


def test_each_number_of_a_bulletin_tells_its_own_incident(tmp_path: Path) -> None:
    """Six numbers of six days are six incidents, with the days and tolls that they tell."""
    numbers = [
        {
            "id": str(at),
            "text": TEXT.format(town=town, day=FIRST + timedelta(at), killed=at % 3 + 2),
            "outlet": "Daily Bulletin",
            "date": str(FIRST + timedelta(at)),
        }
        for at, town in enumerate(TOWNS)
    ]
    file = tmp_path / "bulletin.jsonl"
    file.write_text("".join(json.dumps(number) + "\n" for number in numbers), encoding="utf-8")
    refused: list[Exception] = []
    with Record.open(str(tmp_path / "parley.db"), create=True) as record:
        ingest(record, [str(file)], refuse=refused.append)
        told = sorted(
            (str(event.when.start), event.counts[0].best, event.where[0].name)
            for event in record.events()
            if event.type == "ASSAULT" and event.when is not None and event.counts
        )
    assert not refused
    assert told == [(str(FIRST + timedelta(at)), at % 3 + 2, town) for at, town in enumerate(TOWNS)]
