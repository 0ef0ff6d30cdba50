"""What a record keeps, finds and changes."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import dump, event_of, killing, link_of, make_report, meeting
from parley.errors import NotFound, RecordError
from parley.model import Mention, Report, When
from parley.record import Record, Stale


@pytest.fixture
def path(tmp_path):
    """Return a path where no record is yet."""
    return tmp_path / "parley.db"


@pytest.fixture
def record(path):
    """Yield an empty record."""
    with Record.open(str(path), create=True) as record:
        yield record


def fill(record: Record) -> tuple[Report, Mention, Mention]:
    """Put one report with two events and a link into a record."""
    report = make_report()
    met, shot = meeting(report), killing(report)
    record.add_report(report, [met, shot])
    first, second = event_of(met, id="e_aa11"), event_of(shot, id="e_aa22")
    record.replace_events([first, second], [link_of("responds_to", second, first, shot)])
    return report, met, shot


def test_what_goes_in_comes_out(record):
    """Reports, mentions, events and links come back equal to what was kept."""
    report, met, shot = fill(record)
    assert list(record.reports()) == [report]
    assert list(record.mentions()) == [met, shot]
    assert [event.id for event in record.events()] == ["e_aa22", "e_aa11"]
    assert record.event("e_aa11") == event_of(met, id="e_aa11")
    (link,) = record.links()
    assert (link.relation, link.from_, link.to) == ("responds_to", "e_aa22", "e_aa11")
    assert record.known() == {met.id: "e_aa11", shot.id: "e_aa22"}
    assert dict(record.sizes()) == {"reports": 1, "mentions": 2, "events": 2, "links": 1}


def test_it_outlives_the_program(path):
    """What was kept is there when the record is opened again, read-only too."""
    with Record.open(str(path), create=True) as record:
        report, met, _ = fill(record)
    with Record.open(str(path), read_only=True) as record:
        assert record.has_report(report.id)
        assert record.event("e_aa11").mentions[0].text == met.text
        with pytest.raises(RecordError, match="read-only"):
            record.add_report(make_report("Other."), [])
    assert [p.name for p in path.parent.iterdir()] == ["parley.db"]


def test_a_report_is_kept_once(record, path):
    """The same report again, under another name too, changes nothing."""
    report, met, shot = fill(record)
    before = dump(path)
    assert not record.add_report(report, [met, shot])
    assert not record.add_report(make_report(source="copy/two.txt"), [met, shot])
    assert dump(path) == before


def test_unmerged_until_the_events_are_replaced(record):
    """A report that was added and not merged is told, so that the next run can finish."""
    assert not record.unmerged
    report = make_report()
    record.add_report(report, [meeting(report)])
    assert record.unmerged
    record.replace_events([event_of(meeting(report))], [])
    assert not record.unmerged


def test_events_of_an_older_reading_are_refused(record):
    """Events merged before another program added a report do not overwrite its events."""
    fill(record)
    revision = record.revision
    record.add_report(make_report("Nothing happened in Castel."), [])
    with pytest.raises(Stale):
        record.replace_events([], [], revision=revision)
    assert len(list(record.events())) == 2
    assert record.unmerged


def test_replacing_writes_only_what_changed(record, path):
    """Events and links that stay the same are not written again."""
    _, met, shot = fill(record)
    events = list(record.events())
    links = list(record.links())
    before = dump(path)
    assert not record.replace_events(events, links)
    assert dump(path) == before
    moved = event_of(met, shot, id="e_aa11")
    assert record.replace_events([moved], [])
    assert [event.id for event in record.events()] == ["e_aa11"]
    assert list(record.links()) == []
    assert set(record.known().values()) == {"e_aa11"}


def test_a_mention_moves_between_events(record):
    """Two events may swap their mentions in one go, though a mention stands in one only."""
    _, met, shot = fill(record)
    record.replace_events([event_of(shot, id="e_aa11"), event_of(met, id="e_aa22")], [])
    assert record.known() == {met.id: "e_aa22", shot.id: "e_aa11"}


def test_a_failure_leaves_nothing_half_written(record, path):
    """An event with a mention that is not in the record is refused, and all with it."""
    fill(record)
    before = dump(path)
    stranger = make_report("They met in Castel on May 3 again.")
    with pytest.raises(RecordError, match="nothing was written"):
        record.replace_events([event_of(meeting(stranger))], [])
    assert dump(path) == before
    twice = meeting(stranger)
    with pytest.raises(RecordError):
        record.add_report(stranger, [twice, twice])
    assert dump(path) == before


def test_a_text_that_utf8_cannot_hold_is_refused(record):
    """Half a surrogate pair is named with its report and its place."""
    with pytest.raises(RecordError, match=r"news/one.txt: character 2 is half a surrogate"):
        record.add_report(make_report("ab\ud800"), [])


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({}, ["e_aa22", "e_aa11"]),
        ({"type": "CONSULT"}, ["e_aa11"]),
        ({"type": ("CONSULT", "ASSAULT")}, ["e_aa22", "e_aa11"]),
        ({"status": "alleged"}, ["e_aa22"]),
        ({"party": "suderia"}, ["e_aa11"]),
        ({"party": "nor"}, ["e_aa11"]),
        ({"party": "Nor"}, ["e_aa11"]),
        ({"party": "land"}, []),
        ({"party": "aino soby"}, []),
        ({"party": "Aino Søby"}, ["e_aa11"]),
        ({"place": "port elan"}, ["e_aa22"]),
        ({"place": "CHE"}, ["e_aa11"]),
        ({"text": "peop kill"}, ["e_aa22"]),
        ({"text": "%"}, ["e_aa22", "e_aa11"]),
        ({"text": "eople"}, []),
        ({"since": date(2023, 5, 4)}, ["e_aa22"]),
        ({"until": date(2023, 5, 2)}, ["e_aa22"]),
        ({"since": date(2023, 6, 1)}, []),
        ({"since": date(2023, 5, 3), "until": date(2023, 5, 3)}, ["e_aa22", "e_aa11"]),
    ],
)
def test_filters(record, filters, found):
    """Each filter finds by whole words, whatever the case and the accents."""
    fill(record)
    assert [event.id for event in record.events(**filters)] == found


def test_what_lasts_has_no_end(record):
    """An event that still goes on passes any later `since`; one without a date passes none."""
    report = make_report()
    lasting = meeting(report, when=When(start=date(1992, 1, 1), end=None, precision="year"))
    undated = killing(report, when=None)
    record.add_report(report, [lasting, undated])
    record.replace_events([event_of(lasting, id="e_1"), event_of(undated, id="e_2")], [])
    assert [event.id for event in record.events()] == ["e_1", "e_2"]
    assert [event.id for event in record.events(since=date(2024, 1, 1))] == ["e_1"]
    assert [event.id for event in record.events(until=date(1991, 1, 1))] == []


def test_an_event_is_found_by_the_beginning_of_its_id(record):
    """A prefix is enough where one event has it; else the error names what is near."""
    fill(record)
    assert record.event("e_aa1").id == "e_aa11"
    with pytest.raises(NotFound, match=r"several events begin so \(e_aa11, e_aa22\)"):
        record.event("e_aa")
    with pytest.raises(
        NotFound, match=r"no such event; near it are .*e_aa11.* see parley timeline"
    ):
        record.event("e_ab11")
    with pytest.raises(NotFound, match=r"^zzz: no such event; see parley timeline"):
        record.event("zzz")


def test_a_report_is_found_by_id_source_or_file_name(record):
    """Any of the names that a user has seen leads to the report."""
    report, _, _ = fill(record)
    other = make_report("Another day.", source="news/two.txt")
    record.add_report(other, [])
    for name in (report.id, report.id[:8], "news/one.txt", "one.txt"):
        assert record.report(name) == report
    with pytest.raises(NotFound, match=r"near it are .*news/one.txt"):
        record.report("news/onne.txt")
    with pytest.raises(NotFound, match="several reports begin so"):
        record.report("r_")


def test_an_empty_record_has_nothing(record):
    """No filter and no name finds anything, and the error says where to look."""
    assert list(record.events()) == []
    with pytest.raises(NotFound, match="e_1: no such event; see parley timeline"):
        record.event("e_1")


@settings(max_examples=15, deadline=None)
@given(order=st.permutations(range(4)))
def test_order_of_arrival_makes_no_difference(order, tmp_path_factory):
    """The mentions and reports of a record come in one order, whichever came first."""
    reports = [
        make_report(f"Day {n}. They met in Castel on May 3.", source=f"{n}") for n in range(4)
    ]
    path = tmp_path_factory.mktemp("order") / "parley.db"
    with Record.open(str(path), create=True) as record:
        for n in order:
            record.add_report(reports[n], [meeting(reports[n])])
        assert list(record.reports()) == reports
        told = list(record.mentions())
        assert told == sorted(told, key=lambda m: (m.report, m.start, m.end, m.id))
