"""iCalendar, TimelineJS, FollowTheMoney and Markdown, as programs that others wrote read them."""

from __future__ import annotations

import io
import json
from datetime import date, timedelta

import icalendar
import pandas
from followthemoney import model
from followthemoney.proxy import EntityProxy
from hypothesis import given
from hypothesis import strategies as st

from parley.export import FORMATS
from parley.export.ics import _folded
from parley.export.markdown import escaped
from parley.record.finding import Filters


def whole(name, record, **options):
    """Return all of an export."""
    return b"".join(FORMATS[name].write(record, **options))


def calendar(record, **filters):
    """Return the entries of the calendar by their events' ids, as icalendar reads them."""
    read = icalendar.Calendar.from_ical(whole("ics", record, filters=Filters(**filters)))
    assert not read.errors
    return {str(entry["UID"]).partition("@")[0]: entry for entry in read.walk("VEVENT")}


def test_icalendar_reads_the_calendar(war):
    """Talks, agreements and what was announced, each on its days, with what is said of it."""
    entries = calendar(war)
    assert set(entries) == {"e_meeting", "e_deal", "e_off"}
    meeting = entries["e_meeting"]
    assert meeting.decoded("DTSTART") == date(2023, 6, 1)
    assert meeting.decoded("DTEND") == date(2023, 6, 2)
    assert str(meeting["LOCATION"]) == "Castel"
    assert str(meeting["STATUS"]) == "CONFIRMED"
    assert str(entries["e_off"]["STATUS"]) == "CANCELLED"
    assert "“will meet in Castel on June 1”" in str(meeting["DESCRIPTION"])
    assert meeting["GEO"].to_ical() == "59.25;18.5"


def test_a_type_asks_for_other_entries(war):
    """With a type or status the calendar has what is asked for, a month lasting its month."""
    entries = calendar(war, type=("PROTEST", "ASSAULT"))
    assert set(entries) == {"e_march", "e_battle", "e_shelling"}
    march = entries["e_march"]
    assert march.decoded("DTEND") - march.decoded("DTSTART") == timedelta(days=31)
    assert "some day of May 2023" in str(march["SUMMARY"])
    assert "<script>alert(1)</script>" in str(entries["e_battle"]["SUMMARY"])


def test_undated_events_are_counted(war):
    """A calendar has no place for what has no date; the notice says how many there are."""
    said = []
    whole("ics", war, notice=said.append)
    assert said == ["ics: left out 1 event without a date"]


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=300))
def test_lines_are_folded_whole(text):
    """No line is longer than 75 octets, and unfolded all of it is there."""
    raw = _folded(text)
    lines = raw.split(b"\r\n")
    assert lines.pop() == b""
    assert all(len(line) <= 75 for line in lines)
    assert b"".join([lines[0], *(line[1:] for line in lines[1:])]).decode() == text


def test_timelinejs(war):
    """A row a dated event in the template's columns, none finer than the date is known."""
    frame = pandas.read_csv(io.BytesIO(whole("timelinejs", war)), dtype=str, keep_default_na=False)
    assert list(frame.columns)[:4] == ["Year", "Month", "Day", "Time"]
    assert len(frame) == 6
    march = frame[frame["Group"] == "PROTEST"].iloc[0]
    assert set(frame["Type"]) == {""}  # "title" and "era" mean something else there
    assert (march["Year"], march["Month"], march["Day"]) == ("2023", "5", "")
    assert march["Display Date"] == "May 2023"
    assert not frame["Headline"].str.contains("<script>").any()
    assert not frame["Text"].str.contains("<script>").any()


def test_timelinejs_warns_past_its_limit(war, monkeypatch):
    """More rows than TimelineJS shows well are written, with a notice."""
    monkeypatch.setattr("parley.export.timelinejs.MOST_ROWS", 3)
    said = []
    assert len(whole("timelinejs", war, notice=said.append).decode().split("\r\n")) > 6
    assert said[-1].startswith("timelinejs: 6 rows are more than TimelineJS shows well (3)")


def test_followthemoney_reads_the_entities(war):
    """Each line is a valid entity of its model; what an event points to is there."""
    entities: dict[str, EntityProxy] = {}
    for line in whole("ftm", war).splitlines():
        entity = model.get_proxy(json.loads(line), cleaned=False)
        entity.schema.validate(json.loads(line))
        assert entity.id not in entities
        assert entity.caption
        entities[entity.id] = entity
    battle = entities["e-battle"]
    assert battle.schema.name == "Event"
    involved = {entities[id_].caption: entities[id_].schema.name for id_ in battle.get("involved")}
    assert involved == {"Castel Front": "Organization", "Suderian Army": "PublicBody"}
    assert {entities[id_].schema.name for id_ in battle.get("proof")} == {"Article"}
    assert len(battle.get("proof")) == 2
    assert battle.get("startDate") == ["2023-05-09"]
    assert entities["e-march"].get("startDate") == ["2023-05"]
    assert entities[battle.get("addressEntity")[0]].get("latitude") == ["-3.5"]
    assert battle.get("country") == ["se"]
    for entity in entities.values():
        for prop, value in entity.itervalues():
            if prop.type.name == "entity":
                assert value in entities


def test_markdown_shows_text_as_it_stands(war):
    """Nothing of a report is markup, and every telling is quoted with who tells it."""
    text = whole("markdown", war).decode()
    assert "<script>" not in text
    assert "## 9 May 2023\n" in text
    assert "> Rebels killed 10 soldiers — @B" in text
    assert "- agreed: guns fall silent" in text
    assert text.count("\n**") == 8
    assert "No events." in whole("markdown", war, filters=Filters(text="zebra")).decode()


@given(st.text(max_size=60))
def test_escaped_text_is_on_one_line(text):
    """Whatever a report holds, it begins no block of Markdown and no HTML."""
    shown = escaped(text)
    assert len(shown.splitlines()) <= 1
    assert not shown.lstrip().startswith(("#", "-", "+", "*", ">", "<", "|", "="))
