"""What an analyst says of the record, and what becomes of it."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builders import FakeSteps, killing, make_report, meeting
from parley import engine
from parley.engine import (
    add_event,
    confirm_event,
    delete_event,
    edit_event,
    merge_events,
    note_event,
    split_event,
    undo_correction,
)
from parley.errors import Conflict, NotFound, Refused
from parley.merging import merge, regroup
from parley.record import Record

FIRST = "On Monday\nmet in Castel on May 3, the envoy said.\n"
SECOND = "On Tuesday\nmet in Castel on May 3, said a spokesman.\n"
THIRD = "Later\nshot at Port Élan, where two people were killed.\n"


@pytest.fixture
def record(tmp_path):
    """Yield a record of three reports and three events."""
    with Record.open(str(tmp_path / "parley.db"), create=True) as record:
        fill(record)
        yield record


def fill(record: Record) -> None:
    """Put three reports in, each with an event of its own."""
    reports = [make_report(text, source=f"{n}.txt") for n, text in enumerate((FIRST, SECOND), 1)]
    told = [meeting(report, "met in Castel on May 3") for report in reports]
    last = make_report(THIRD, source="3.txt")
    reports.append(last)
    told.append(killing(last, "shot at Port Élan, where two people were killed"))
    for report, mention in zip(reports, told, strict=True):
        record.add_report(report, [mention])
    shelf = {report.id: report for report in reports}
    groups = {f"e_{name}": [mention] for name, mention in zip("abc", told, strict=True)}
    record.replace_events(regroup(groups, reports=shelf), [])


def merged_again(record: Record, *, honouring: bool = True) -> None:
    """Merge all anew from the mentions, as after a change of the rules."""
    reports = {report.id: report for report in record.reports()}
    options = {"constraints": record.constraints()} if honouring else {}
    made = merge(list(record.mentions()), reports=reports, known=record.known(), **options)
    record.replace_events(made.events, made.links)


def test_an_edit_shows_and_the_machines_word_is_kept(record):
    """A field has the analyst's word; the machine's stands beside it, and who, when and why."""
    machine = record.event("e_a")
    (entry,) = edit_event(
        record, "e_a", {"status": "denied"}, by="Ana", why="both say so"
    ).corrections
    event = record.event("e_a")
    assert event.status == "denied"
    assert event.summary != machine.summary
    assert record.suggestion("e_a") == machine
    (shown,) = event.corrections
    assert (shown.number, shown.field, shown.machine) == (entry.number, "status", "happened")
    assert (shown.by, shown.why) == ("Ana", "both say so")
    assert [found.id for found in record.events(status="denied")] == ["e_a"]


def test_an_edit_to_the_same_changes_nothing(record):
    """A value that stands already is no correction."""
    assert edit_event(record, "e_a", {"status": "happened"}, by="Ana").corrections == ()
    assert record.corrections() == []


@pytest.mark.parametrize("honouring", [True, False])
def test_corrections_outlive_another_merging(record, honouring):
    """Merged anew, edits, notes and deletions stand where they were."""
    edit_event(record, "e_a", {"type": "AGREE", "summary": "Norland and Suderia agree"}, by="Ana")
    note_event(record, "e_b", "see the archive", by="Ben")
    delete_event(record, "e_c", by="Ana", why="a drill")
    merged_again(record, honouring=honouring)
    (event,) = record.events()
    assert (event.type, event.summary) == ("AGREE", "Norland and Suderia agree")
    assert [shown.action for shown in event.corrections] == ["edit", "edit", "note"]
    assert record.suggestion("e_c").type == "ASSAULT"


def test_a_correction_finds_its_telling_after_another_coding(record):
    """Where the coder gives the telling another id and span, the words it stands on find it."""
    edit_event(record, "e_c", {"status": "happened"}, by="Ana")
    report = record.report("3.txt")
    again = killing(report, "two people were killed")
    assert again.id not in {mention.id for mention in record.mentions()}
    record.recode(report, [again])
    merged_again(record)
    (event,) = record.events(type="ASSAULT")
    assert event.status == "happened"
    assert event.mentions[0].id == again.id


def test_merged_events_stay_one(record):
    """Two events that an analyst made one are one after another merging, whatever it thinks."""
    done = merge_events(record, ["e_a", "e_c"], by="Ana", why="the same day")
    assert done.events == ("e_a",)
    assert {event.id for event in record.events()} == {"e_a", "e_b"}
    assert len(record.event("e_a").mentions) == 2
    assert record.forward("e_c") == "e_a"
    assert record.event("e_c").id == "e_a"
    merged_again(record)
    held = {record.known()[mention.id] for mention in record.event("e_a").mentions}
    assert held == {"e_a"}
    assert {m.report for m in record.event("e_a").mentions} >= {
        record.report("1.txt").id,
        record.report("3.txt").id,
    }


def test_split_events_stay_two(record):
    """What an analyst set apart never tells one event again."""
    merged_again(record)
    (both,) = record.events(type="CONSULT")
    assert len(both.mentions) == 2
    done = split_event(record, both.id, ["2"], by="Ana")
    assert [len(record.event(id_).mentions) for id_ in done.events] == [1, 1]
    merged_again(record)
    assert [len(event.mentions) for event in record.events(type="CONSULT")] == [1, 1]
    assert {event.id for event in record.events(type="CONSULT")} == set(done.events)


def test_together_with_both_and_apart_from_one_another(record):
    """One with either, but those two apart: the later word stands, merging after merging."""
    merge_events(record, ["e_a", "e_c"], by="Ana")
    merge_events(record, ["e_a", "e_b"], by="Ana")
    merged_again(record)
    (whole,) = record.events()
    third = record.report("3.txt").id
    at = [mention.report for mention in whole.mentions].index(third)
    split_event(record, whole.id, [str(at + 1)], by="Ana", why="not the same")
    for _ in range(2):
        merged_again(record)
        held = [{mention.report for mention in event.mentions} for event in record.events()]
        assert sorted(map(len, held)) == [1, 2]
        assert {third} in held


def test_an_undone_merge_gives_the_events_back(record):
    """Both events are there again, under the ids that they had."""
    before = {event.id: event for event in record.events()}
    (entry,) = merge_events(record, ["e_a", "e_b", "e_c"], by="Ana").corrections
    (undone,) = undo_correction(record, entry.number, by="Ben").corrections
    assert {event.id: event for event in record.events()} == before
    assert record.forward("e_b") is None
    assert not record.constraints()
    undo_correction(record, undone.number, by="Ana")
    assert [event.id for event in record.events()] == ["e_a"]
    with pytest.raises(Refused, match="undone already by Ana"):
        undo_correction(record, undone.number, by="Ana")


def test_an_undone_split_joins_again(record):
    """The parts are one again; undoing the undoing parts them again."""
    merge_events(record, ["e_a", "e_b"], by="Ana")
    done = split_event(record, "e_a", [record.event("e_a").mentions[1].id], by="Ana")
    number = done.corrections[0].number
    (undone,) = undo_correction(record, number, by="Ana").corrections
    assert len(record.event("e_a").mentions) == 2
    undo_correction(record, undone.number, by="Ana")
    assert len(record.event("e_a").mentions) == 1
    assert {event.id for event in record.events()} == {*done.events, "e_c"}


def test_what_is_added_is_an_event_with_its_words(record):
    """A telling that the coder missed is coded by hand, traced to its characters."""
    report = record.report("3.txt")
    start = report.text.index("two people")
    done = add_event(
        record,
        "3.txt",
        start=start,
        end=len(report.text) - 2,
        values={"type": "ACCUSE", "status": "alleged", "summary": "Two are said to be dead"},
        by="Ana",
    )
    (id_,) = done.events
    event = record.event(id_)
    assert (event.type, event.status, event.summary) == (
        "ACCUSE",
        "alleged",
        "Two are said to be dead",
    )
    assert event.mentions[0].text == "two people were killed"
    with pytest.raises(Refused, match="was added before"):
        add_event(record, "3.txt", start=start, end=start + 22, values={"type": "ACCUSE"}, by="Ana")
    record.recode(report, [])
    merged_again(record)
    assert record.event(id_).mentions[0].text == "two people were killed"
    undo_correction(record, done.corrections[0].number, by="Ana")
    with pytest.raises(NotFound):
        record.event(id_)


def test_a_deleted_event_tells_who_deleted_it(record):
    """It is out of what the record shows, and an edit of it says how it comes back."""
    (entry,) = delete_event(record, "e_b", by="Ana", why="a double").corrections
    assert {event.id for event in record.events()} == {"e_a", "e_c"}
    with pytest.raises(Refused, match=r"deleted by Ana .*parley undo 1"):
        edit_event(record, "e_b", {"status": "denied"}, by="Ben")
    undo_correction(record, entry.number, by="Ben")
    assert record.event("e_b").corrections == ()


def test_a_confirmed_field_stays(record):
    """What an analyst found right stays so, even when the machine changes its mind."""
    confirm_event(record, "e_a", fields=["status"], by="Ana")
    merge_events(record, ["e_a", "e_c"], by="Ben")
    assert record.event("e_a").status == "happened"
    confirm_event(record, "e_b", by="Ana")
    assert [shown.action for shown in record.event("e_b").corrections] == ["confirm"]


def test_two_people_differ(record):
    """The second is told; with force the later word is shown, and both stay in the log."""
    edit_event(record, "e_a", {"status": "denied"}, by="Ana", why="sure of it")
    with pytest.raises(Conflict, match=r'Ana set the status as "denied".*sure of it.*--force'):
        edit_event(record, "e_a", {"status": "alleged"}, by="Ben")
    assert record.event("e_a").status == "denied"
    edit_event(record, "e_a", {"status": "denied", "mode": "talks"}, by="Ben")
    edit_event(record, "e_a", {"status": "alleged"}, by="Ben", force=True)
    assert record.event("e_a").status == "alleged"
    assert len(record.corrections()) == 3
    undo_correction(record, 3, by="Ana")
    assert record.event("e_a").status == "denied"


def test_what_was_seen_is_no_conflict(record):
    """Who has looked at another's word and still says otherwise needs no force."""
    (entry,) = edit_event(record, "e_a", {"status": "denied"}, by="Ana").corrections
    with pytest.raises(Conflict):
        edit_event(record, "e_a", {"status": "alleged"}, by="Ben", seen=entry.number - 1)
    edit_event(record, "e_a", {"status": "alleged"}, by="Ben", seen=entry.number)
    assert record.event("e_a").status == "alleged"


def test_people_who_merge_and_split_are_told(record):
    """A split of what another merged, and a delete of what another edited, need force."""
    merge_events(record, ["e_a", "e_b"], by="Ana")
    with pytest.raises(Conflict, match="Ana merged it"):
        split_event(record, "e_a", ["1"], by="Ben")
    edit_event(record, "e_c", {"status": "denied"}, by="Ana")
    with pytest.raises(Conflict, match="Ana set the status"):
        delete_event(record, "e_c", by="Ben")
    done = split_event(record, "e_a", ["1"], by="Ben", force=True)
    with pytest.raises(Conflict, match="Ben split it"):
        merge_events(record, list(done.events), by="Ana")


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"status": "over"}, "status: Invalid enum value 'over'"),
        ({"colour": "red"}, "colour: no field that can be corrected"),
        (
            {"when": {"start": "2023-05-09", "end": "2023-05-01", "precision": "span"}},
            "lies before",
        ),
        ({"summary": " "}, "one line that says something"),
        ({"where": [{"name": "X", "lat": 99.0, "lon": 0.0}]}, "nowhere on Earth"),
        ({"counts": [{"what": "killed", "low": 9, "best": 2, "high": 9}]}, "lower number first"),
        (
            {"counts": [{"what": "killed", "low": 1, "best": 1, "high": 1, "mention": 7}]},
            "there is no mention 7",
        ),
    ],
)
def test_values_that_make_no_sense(record, values, said):
    """They are refused with the way out, and nothing is written."""
    with pytest.raises(Refused, match=said):
        edit_event(record, "e_a", values, by="Ana")
    assert record.corrections() == []


def test_what_cannot_be_done(record):
    """An event that is not there, one event merged with itself, all mentions split, no name."""
    with pytest.raises(NotFound, match="no such event"):
        edit_event(record, "e_zz", {"status": "denied"}, by="Ana")
    with pytest.raises(Refused, match="one event, not several"):
        merge_events(record, ["e_a", "e_a"], by="Ana")
    with pytest.raises(Refused, match="not all of them"):
        split_event(record, "e_a", ["1"], by="Ana")
    with pytest.raises(NotFound, match="no such mention"):
        split_event(record, "e_a", ["7"], by="Ana")
    with pytest.raises(Refused, match="nobody says so"):
        note_event(record, "e_a", "x", by=" ")
    with pytest.raises(Refused, match="the note is empty"):
        note_event(record, "e_a", " ", by="Ana")
    with pytest.raises(NotFound, match="no such correction"):
        undo_correction(record, 9, by="Ana")
    with pytest.raises(Refused, match="no characters of it"):
        add_event(record, "3.txt", start=5, end=5, values={"type": "AGREE"}, by="Ana")


def test_figures_keep_their_tellings(record):
    """A figure that an analyst gave stays with the mention that says it, as others come first."""
    edit_event(
        record,
        "e_c",
        {"counts": [{"what": "killed", "low": 3, "best": 3, "high": 3, "mention": 0}]},
        by="Ana",
    )
    said = record.event("e_c").mentions[0].id
    merge_events(record, ["e_a", "e_c"], by="Ana")
    event = record.event("e_a")
    assert [count.best for count in event.counts] == [3]
    assert event.mentions[event.counts[0].mention].id == said


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["edit", "merge", "split", "delete", "note", "undo", "remerge"]),
        st.integers(0, 5),
        st.integers(0, 5),
    ),
    max_size=8,
)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(STEPS)
def test_whatever_is_said_can_be_taken_back(tmp_path_factory, steps):
    """All undone, the last first, the record shows what it would have without a word."""
    folder = tmp_path_factory.mktemp("undo")
    with Record.open(str(folder / "parley.db"), create=True) as record:
        fill(record)
        merged_again(record)
        machine = shape(record)
        for action, one, two in steps:
            say(record, action, one, two)
        for entry in reversed(record.corrections(standing_only=True)):
            undo_correction(record, entry.number, by="Ana")
        merged_again(record)
        assert record.constraints() == record.constraints().__class__()
        assert all(not event.corrections for event in record.events())
        assert shape(record) == machine


def shape(record: Record) -> set[object]:
    """Return what the record shows, but for the ids."""
    return {
        (event.type, event.status, frozenset(mention.id for mention in event.mentions))
        for event in record.events()
    }


def say(record: Record, action: str, one: int, two: int) -> None:
    """Say something of the record that it may refuse."""
    events = list(record.events())
    if not events:
        return
    first, second = events[one % len(events)], events[two % len(events)]
    try:
        if action == "edit":
            edit_event(record, first.id, {"status": "denied"}, by="Ana")
        elif action == "merge":
            merge_events(record, [first.id, second.id], by="Ana")
        elif action == "split":
            split_event(record, first.id, [str(two + 1)], by="Ana")
        elif action == "delete":
            delete_event(record, first.id, by="Ana")
        elif action == "note":
            note_event(record, first.id, "?", by="Ana")
        elif action == "undo":
            undo_correction(record, one, by="Ana")
        else:
            merged_again(record)
    except (Refused, NotFound):
        pass


def test_tellings_of_a_deleted_event_do_not_come_back_in_another(record):
    """Where merging puts them to another event, that one is shown without them, and holds."""
    before = {event.id: event for event in record.events()}
    (entry,) = delete_event(record, "e_c", by="Ana", why="a drill").corrections
    shelf = {report.id: report for report in record.reports()}
    by_source = {m.report: m for m in record.mentions()}
    told = [by_source[record.report(f"{n}.txt").id] for n in (1, 2, 3)]
    merged = regroup({"e_a": told}, reports=shelf)
    assert len(merged[0].mentions) == 3
    assert merged[0].counts
    record.replace_events(merged, [])
    shown = record.event("e_a")
    assert {m.id for m in shown.mentions} == {told[0].id, told[1].id}
    assert not shown.counts, "what only the deleted event's telling says is not said"
    assert list(record.faults()) == []
    assert set(record.known()) == {mention.id for mention in told}
    assert len(record.suggestion("e_a").mentions) == 3
    undo_correction(record, entry.number, by="Ben")
    assert len(record.event("e_a").mentions) == 3
    assert record.event("e_a").counts
    merged_again(record)
    assert {frozenset(m.id for m in event.mentions) for event in record.events()} >= {
        frozenset(m.id for m in before["e_c"].mentions)
    }
    assert list(record.faults()) == []


def test_an_event_of_deleted_tellings_alone_stays_out(record):
    """Two deleted events that merging makes one of are not shown, half of it being of each."""
    delete_event(record, "e_a", by="Ana")
    delete_event(record, "e_c", by="Ana")
    shelf = {report.id: report for report in record.reports()}
    by_report = {m.report: m for m in record.mentions()}
    a, b, c = (by_report[record.report(f"{n}.txt").id] for n in (1, 2, 3))
    record.replace_events(regroup({"e_new": [a, c], "e_b": [b]}, reports=shelf), [])
    assert [event.id for event in record.events()] == ["e_b"]
    assert list(record.faults()) == []


def test_what_was_added_is_no_event_that_its_report_tells_already(record):
    """It stays apart from these, whatever merging makes of it, until it is taken back."""
    report = record.report("1.txt")
    start = report.text.index("On Monday")
    like = record.event("e_a")
    values = {
        name: msgspec.to_builtins(getattr(like, name)) for name in ("when", "where", "participants")
    }
    done = add_event(
        record, report.id, start=start, end=start + 9, values={"type": "CONSULT", **values},
        by="Ana",
    )  # fmt: skip
    (entry,) = done.corrections
    assert [group.event for group in entry.groups] == ["e_a"]
    merged_again(record, honouring=False)
    held = {record.known()[a.mention] for a in (entry.anchors[0], entry.groups[0].anchors[0])}
    assert len(held) == 1, "left to itself merging takes the two for one"
    merged_again(record)
    known = record.known()
    assert known[entry.anchors[0].mention] != known[entry.groups[0].anchors[0].mention]
    undo_correction(record, entry.number, by="Ana")
    assert not record.constraints()
    assert list(record.faults()) == []


def test_a_run_honours_what_was_said(tmp_path, record):
    """New reports come in; what was merged stays merged, and no deletion takes others with it."""
    merge_events(record, ["e_a", "e_c"], by="Ana")
    delete_event(record, "e_b", by="Ana")
    (tmp_path / "new.txt").write_text("Thursday\nmet again in Castel\n")
    steps = engine.built_in()
    fake = FakeSteps().steps()
    steps = engine.Steps(read=fake.read, load=fake.load, merge=steps.merge)
    engine.ingest(record, [str(tmp_path / "new.txt")], refuse=pytest.fail, steps=steps)
    joined = record.event("e_a")
    assert {"1.txt", "3.txt"} <= {record.report(m.report).source for m in joined.mentions}
    told: set[str] = {m.id for event in record.events() for m in event.mentions}
    assert told, "what joins a deleted event's tellings to others is no deletion of the others"
