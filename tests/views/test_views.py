"""What the views find in a record."""

from __future__ import annotations

from datetime import date

import pytest

from builders import event_of, killing, link_of, make_report, meeting
from parley.errors import NotFound
from parley.model import Published
from parley.record import Record
from parley.views import list_reports, list_timeline, show_event


@pytest.fixture
def record(tmp_path):
    """Yield a record of two reports, three events and a link."""
    first = make_report("They met in Castel on May 3. In all two people were killed.\n" * 2)
    second = make_report("Envoys met in Castel on May 3.", source="news/two.txt", published=None)
    met, shot, again = meeting(first), killing(first), meeting(second)
    other = meeting(first, "They met in Castel on May 3. In")
    one, two = event_of(met, again, id="e_abc1"), event_of(shot, id="e_abd2")
    three = event_of(other, id="e_zzz3", summary="Another meeting", when=None)
    with Record.open(str(tmp_path / "parley.db"), create=True) as record:
        record.add_report(first, [met, shot, other])
        record.add_report(second, [again])
        record.replace_events([one, two, three], [link_of("responds_to", two, one, shot)])
        yield record


def test_timeline(record):
    """Events come by date, those without one last, each with how many tell it."""
    dates = list(list_timeline(record))
    assert [group.date for group in dates] == ["May 2023", "3 May 2023", "undated"]
    (row,) = dates[1].rows
    assert (row.id, row.reports, row.mentions) == ("e_abc1", 2, 2)
    assert row.parties == ("Norland", "Suderia")
    assert row.places == ("Castel",)


def test_timeline_filters(record):
    """The filters are those of the record."""
    (group,) = list_timeline(record, type="ASSAULT")
    assert group.rows[0].id == "e_abd2"
    assert list(list_timeline(record, since=date(2024, 1, 1))) == []


def test_short_ids_tell_events_apart(record):
    """A short id is as long as it must be, and leads to its event."""
    rows = [row for group in list_timeline(record) for row in group.rows]
    assert len({row.short_id for row in rows}) == len(rows)
    for row in rows:
        assert record.event(row.short_id).id == row.id


def test_an_event_in_detail(record):
    """Each mention comes with its report, each link with the event at its other end."""
    detail = show_event(record, "e_abc")
    assert detail.date == "3 May 2023"
    assert [telling.source for telling in detail.tellings] == ["news/one.txt", "news/two.txt"]
    assert [telling.date for telling in detail.tellings] == ["4–5 May 2023", "unknown"]
    (link,) = detail.links
    assert (link.relation, link.direction, link.id) == ("responds_to", "from", "e_abd2")
    assert link.tellings[0].mention.text == "two people were killed"
    assert show_event(record, "e_abd2").links[0].direction == "to"
    with pytest.raises(NotFound):
        show_event(record, "e_q")


def test_reports_and_their_reasoning(record):
    """Each report tells when it was written, why we think so, and what it tells."""
    first, second = list_reports(record)
    assert first.date == "4–5 May 2023"
    assert first.reasoning == "“They”: the talks were on May 3"
    assert (first.mentions, first.events) == (3, 3)
    assert second.reasoning == "nothing in the text proves a date"
    assert (second.mentions, second.events) == (1, 1)


def test_a_date_without_proof(tmp_path):
    """A date that came with the report says where it came from."""
    given = Published(start=date(2023, 5, 4), end=date(2023, 5, 4), how="given", confidence=1)
    with Record.open(str(tmp_path / "parley.db"), create=True) as record:
        record.add_report(make_report(published=given), [], coded=False)
        (row,) = list_reports(record)
    assert row.reasoning == "the date was given with the report"
    assert not row.coded
