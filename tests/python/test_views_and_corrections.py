"""The Python interface: the views and the corrections, as methods of an open record."""

from __future__ import annotations

import csv
from datetime import date

import pandas
import pytest

import parley
from parley.errors import Conflict, NotFound, ParleyError, Refused, WrongFilter
from parley.model import Place
from parley.python.viewed import _AT_A_TIME, Viewed
from parley.record.finding import Page
from parley.views import as_markdown


@pytest.fixture
def told(opened):
    """Return the record with the reports in it: two meetings and a killing."""
    opened.ingest(f"{opened.where.rpartition('/')[0]}/news", refuse=lambda error: None)
    return opened


def test_the_views_answer(told):
    """Each view is a method that takes filters and gives what the view of that name gives."""
    for method in (told.talks, told.agreements, told.claims, told.disagreements, told.incidents,
                   told.parties, told.persons, told.sources):  # fmt: skip
        assert method(since="2023-01-01").list() == method(since=date(2023, 1, 1)).list()
        assert method(text="nobodysaysthis").first() is None
        assert isinstance(method().to_frame(), pandas.DataFrame)
        with pytest.raises(WrongFilter):
            method(type="MEETING")
    assert told.incidents().count() == told.fighting().incidents.total == 1
    assert told.fighting(limit=1, party="Norland").incidents.limit == 1
    assert told.calendar(on="2023-01-01").on == date(2023, 1, 1)
    assert {party.name for party in told.parties()} >= {"Norland"}
    assert told.party("Norland").events >= 1
    assert [row.outlet for row in told.sources()] == ["The Castel Courier"]
    with pytest.raises(NotFound):
        told.person("Nobody Known")
    with pytest.raises(WrongFilter, match="no day"):
        told.calendar(on="soon")


def test_a_brief_is_of_some_days(told):
    """It is made of the days from since to until, and refused without both."""
    brief = told.brief(since="2023-05-01", until="2023-05-31")
    assert as_markdown(brief).startswith("# Brief: 1 May 2023 to 31 May 2023")
    with pytest.raises(WrongFilter, match="both"):
        told.brief(since="2023-05-01")
    with pytest.raises(WrongFilter, match="lies before"):
        told.brief(since="2023-05-31", until="2023-05-01")


def test_rows_are_read_page_by_page(told):
    """All rows come out, in order and once each, with no more than a page in memory."""
    asked = []

    def show(record, filters, paging):
        asked.append(paging.offset)
        rows = range(2 * _AT_A_TIME + 7)[paging.offset :][: paging.limit]
        return Page(rows=rows, total=2 * _AT_A_TIME + 7, limit=paging.limit, offset=paging.offset)

    rows = Viewed._paged(told, None, told._of(show))
    assert rows.first() == 0
    assert asked == [0]
    assert rows.list() == [*range(2 * _AT_A_TIME + 7)]


def test_corrections_from_python(told):
    """What a person says holds at once, stands in the history, and can be taken back."""
    event = told.events(type="CONSULT").first()
    done = told.edit(
        event.id[:8], status="ongoing", where=[Place(name="Ruma", precision="city")], by="Ana"
    )
    assert [entry.field for entry in done.corrections] == ["status", "where"]
    assert told.event(event.id).status == "ongoing"
    assert told.event(event.id).where[0].name == "Ruma"
    assert (
        told.edit(event.id, when="2023-05", by="Ana").corrections[0].value["precision"] == "month"
    )
    with pytest.raises(Conflict, match="Ana set the status"):
        told.edit(event.id, status="denied", by="Ben")
    seen = told.corrections()[-1].number
    told.edit(event.id, status="denied", by="Ben", seen=seen)
    told.edit(event.id, status="alleged", by="Ana", force=True, why="read it again")
    said = [row.says for row in told.history(event.id) if row.by]
    assert len(said) == 5
    assert told.confirm(event.id, "status", by="Ana").corrections[0].field == "status"
    note = told.note(event.id, "see the minutes", by="Ana").corrections[0]
    assert told.undo(note.number, by="Ben").corrections[0].undoes == note.number
    assert note.number not in {entry.number for entry in told.corrections(standing_only=True)}
    assert told.count(corrected=True) == 1
    assert told.check() == []


def test_events_joined_parted_added_and_deleted(told):
    """Merging, splitting, adding and deleting follow the words of the reports."""
    one, two = told.events().list()
    assert told.merge(one.id, two.id, by="Ana").events == (one.id,)
    assert told.event(two.id).id == one.id
    back, apart = told.split(one.id, 1, by="Ana").events
    assert {back, apart} == {event.id for event in told.events()}
    added = told.add("a.txt", "Monday", type="AID", status="proposed", by="Ana").events[0]
    assert told.event(added).mentions[0].text == "Monday"
    same = told.add("a.txt", (0, 3), type="AID", by="Ana").events[0]
    told.delete(same, by="Ana")
    with pytest.raises(NotFound):
        told.event(same)
    assert {change.action for change in told.changes(since=0)} == {"put", "gone"}
    assert (
        told.changes(since=date.today().isoformat()).to_frame()["revision"].is_monotonic_increasing
    )


@pytest.mark.parametrize(
    ("call", "error"),
    [
        (lambda told, id_: told.edit("e_none", status="denied", by="Ana"), NotFound),
        (lambda told, id_: told.edit(id_, colour="red", by="Ana"), Refused),
        (lambda told, id_: told.edit(id_, where=[object()], by="Ana"), Refused),
        (lambda told, id_: told.edit(id_, status="denied", by=" "), Refused),
        (lambda told, id_: told.merge(id_, by="Ana"), Refused),
        (lambda told, id_: told.split(id_, 9, by="Ana"), NotFound),
        (lambda told, id_: told.add("a.txt", "absent", type="AID", by="Ana"), Refused),
        (lambda told, id_: told.undo(99, by="Ana"), NotFound),
        (lambda told, id_: told.changes(since="soon"), WrongFilter),
        (lambda told, id_: told.compare("none.db"), ParleyError),
        (lambda told, id_: told.score("none.csv"), ParleyError),
        (lambda told, id_: told.diff("none.csv"), ParleyError),
    ],
)
def test_corrections_that_make_no_sense(told, call, error):
    """A clear error, and nothing is written."""
    with pytest.raises(error):
        call(told, told.events().first().id)
    assert told.corrections() == []


def test_records_compared(told, tmp_path):
    """A copy agrees throughout; the record is its own gold; a data set is lined up with it."""
    told.backup(tmp_path / "copy.db")
    with pytest.raises(ParleyError, match="there is something already"):
        told.backup(tmp_path / "copy.db")
    assert told.compare(tmp_path / "copy.db").differences == ()
    with parley.open(tmp_path / "copy.db") as copy:
        copy.edit(copy.events().first().id, status="denied", by="Ben")
        assert {d.field for d in told.compare(copy).differences} == {"status"}
    told.export(tmp_path / "gold.jsonl")
    assert told.score(tmp_path / "gold.jsonl").f1 == 1.0
    with (tmp_path / "ucdp.csv").open("w", newline="") as file:
        csv.writer(file).writerows(
            [["date_start", "side_a", "country", "best"], ["2023-05-09", "Norland", "Norland", 4]]
        )
    assert told.diff(tmp_path / "ucdp.csv", since="2023-01-01").dataset == "ucdp"
