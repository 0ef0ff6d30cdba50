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


IN_BRIEF = """News in brief

BUTEMBO - Gunmen who killed five soldiers on Tuesday took their weapons with them, the army said.

BUKAVU - A third person died on Wednesday of wounds from the grenade attack on a bar on Tuesday.

UVIRA - Two fishermen were killed on Wednesday when militiamen opened fire at a landing place.

BUNIA - Young men burned tyres on Wednesday after soldiers shot dead a trader at a roadblock.
"""
ALONE = (
    (
        "2022-05-11",
        "Soldiers killed in Butembo ambush\n\nFive soldiers were killed on Tuesday when gunmen "
        "ambushed their truck on the road to Butembo, an army spokesman said. The attackers fled "
        "into the forest with the soldiers' weapons.",
    ),
    (
        "2022-05-11",
        "Grenade thrown at bar in Bukavu\n\nTwo people died and nine were wounded on Tuesday night "
        "when a grenade was thrown into a bar in Bukavu. Police sealed off the street.",
    ),
    (
        "2022-05-13",
        "Fishermen buried in Uvira\n\nHundreds of people on Thursday buried two fishermen who were "
        "shot dead by militiamen on the lake near Uvira on Wednesday. Boats stayed ashore.",
    ),
)


def test_each_item_of_news_in_brief_joins_its_own_story(tmp_path: Path) -> None:
    """Four items are four incidents, three of them those that other reports tell at length."""
    rows = [
        {"id": str(at), "text": text, "date": printed, "outlet": f"Paper {at}"}
        for at, (printed, text) in enumerate([*ALONE, ("2022-05-12", IN_BRIEF)])
    ]
    file = tmp_path / "news.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    refused: list[Exception] = []
    with Record.open(str(tmp_path / "parley.db"), create=True) as record:
        ingest(record, [str(file)], refuse=refused.append)
        number = {report.id: report.source.rpartition("#")[2] for report in record.reports()}
        told = {
            frozenset(number[mention.report] for mention in event.mentions)
            for event in record.events()
            if event.type == "ASSAULT"
        }
    assert not refused
    assert told == {frozenset(ids) for ids in ("03", "13", "23", "3")}
