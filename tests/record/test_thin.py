"""Which events are thin, and that a filter leaves out just these."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import msgspec
import pytest

from builders import event_of, make_mention, make_report
from parley.model import Corrected, Count, Participant, Place
from parley.record import Record
from parley.record.finding import Filters, Paging, find_events
from parley.record.thin import is_thin

REPORT = make_report("They met. They met again. Two died.")
BARE = event_of(make_mention(REPORT, "They met"), confidence=0.2, where=(), participants=())
ARMY = Participant(name="army", kind="military", country=None, role="actor")
SUDAN = Participant(name="Sudan", kind="state", country="SDN", role="actor")
CORRECTED = Corrected(
    number=1, action="edit", field="type", machine="AGREE", by="a", at="now", why=None
)
JUBA = Place(name="Juba", country="SSD", lat=4.85, lon=31.6, precision="city")
KENYA = Place(name="Kenya", country="KEN", lat=0.0, lon=38.0, precision="country")


def bare(**fields):
    """Return the bare event with some fields of its own."""
    return msgspec.structs.replace(BARE, **fields)


def test_what_tells_nothing_is_thin():
    """No name, place nor figure: thin, unless it was clearly understood or twice told."""
    assert is_thin(bare())
    assert is_thin(bare(participants=(ARMY,), where=(KENYA,)))
    assert is_thin(bare(confidence=0.69))
    assert not is_thin(bare(confidence=0.7))
    assert not is_thin(bare(sources=2))


@pytest.mark.parametrize(
    "mark",
    [
        {"participants": (SUDAN,)},
        {"where": (JUBA,)},
        {"counts": (Count(what="killed", low=2, best=2, high=2),)},
    ],
)
def test_one_mark_needs_little_confidence(mark):
    """A name, a place or a figure alone keeps what is more than a guess."""
    assert is_thin(bare(confidence=0.29, **mark))
    assert not is_thin(bare(confidence=0.3, **mark))


def test_two_marks_are_enough():
    """What has a name and a place stays, however doubtful."""
    assert not is_thin(bare(confidence=0.01, participants=(SUDAN,), where=(JUBA,)))


def test_without_confidence_only_what_has_no_mark():
    """Rules alone give no confidence: any mark keeps an event."""
    assert is_thin(bare(confidence=None))
    assert not is_thin(bare(confidence=None, where=(JUBA,)))


def test_what_a_person_corrected_stays():
    """A person's word is never folded away."""
    assert not is_thin(bare(corrections=(CORRECTED,)))


def test_the_filter_and_its_contrary_part_all_events(tmp_path):
    """Thin and not thin are together all events, and each is what it says."""
    first, second, third = (make_mention(REPORT, words) for words in
                            ("They met", "met again", "Two died"))  # fmt: skip
    events = [
        event_of(first, id="e_1", confidence=0.2, where=(), participants=()),
        event_of(second, id="e_2", confidence=0.9, where=(), participants=()),
        event_of(third, id="e_3", confidence=0.2, participants=(SUDAN,), where=(JUBA,)),
    ]
    with Record.open(str(tmp_path / "r.db"), create=True) as record:
        record.add_report(REPORT, [first, second, third])
        record.replace_events(events, [])
        found = {
            thin: {e.id for e in find_events(record, Filters(thin=thin), Paging()).rows}
            for thin in (None, True, False)
        }
        assert found == {None: {"e_1", "e_2", "e_3"}, True: {"e_1"}, False: {"e_2", "e_3"}}


def test_an_older_record_is_filled_as_it_is_brought_up_to_date(tmp_path):
    """The migration finds the same events thin as the record itself does."""
    path = str(tmp_path / "r.db")
    first, second = make_mention(REPORT, "They met"), make_mention(REPORT, "met again")
    with Record.open(path, create=True) as record:
        record.add_report(REPORT, [first, second])
        record.replace_events(
            [
                event_of(first, id="e_1", confidence=0.2, where=(), participants=()),
                event_of(second, id="e_2", confidence=0.2, participants=(SUDAN,), where=(JUBA,)),
            ],
            [],
        )
    with closing(sqlite3.connect(path)) as older, older:  # as the version before left it
        older.execute("DROP TABLE merge_reaches")
        older.execute("DROP INDEX ix_events_thin")
        older.execute("ALTER TABLE events DROP COLUMN thin")
        older.execute("UPDATE alembic_version SET version_num = '0010'")
    with Record.open(path) as record:
        assert [e.id for e in find_events(record, Filters(thin=True), Paging()).rows] == ["e_1"]
