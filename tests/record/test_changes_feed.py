"""The feed of changes, followed into a copy."""

from __future__ import annotations

import json
from datetime import date, timedelta

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import event_of, killing, link_of, make_report, meeting
from parley.engine import delete_event, edit_event, merge_events, split_event, undo_correction
from parley.errors import NotFound, Refused
from parley.export import FORMATS
from parley.record import Record

STEPS = st.lists(
    st.tuples(
        st.sampled_from(["add", "replace", "edit", "merge", "split", "delete", "undo", "follow"]),
        st.integers(0, 4),
        st.integers(0, 4),
    ),
    max_size=12,
)


def take(record: Record, action: str, one: int, two: int) -> None:
    """Change the record in one of many ways."""
    events = list(record.events())
    try:
        if action == "add":
            report = make_report(f"They met in Castel on May {one}, again {two}.")
            record.add_report(report, [meeting(report, "met in Castel")])
        elif action == "replace":
            told: dict[str, list] = {}
            for number, mention in enumerate(record.mentions()):
                told.setdefault(f"e_{number % (one + 1)}", []).append(mention)
            made = [event_of(*mentions, id=id_) for id_, mentions in told.items()]
            links = [link_of("ends", made[0], made[-1])] if len(made) > 1 else []
            record.replace_events(made, links)
        elif action == "edit" and events:
            edit_event(record, events[one % len(events)].id, {"status": "denied"}, by="Ana")
        elif action == "merge" and events:
            names = [events[at % len(events)].id for at in (one, two)]
            merge_events(record, names, by="Ana")
        elif action == "split" and events:
            split_event(record, events[one % len(events)].id, [str(two + 1)], by="Ana")
        elif action == "delete" and events:
            delete_event(record, events[one % len(events)].id, by="Ana")
        elif action == "undo":
            undo_correction(record, one, by="Ana")
    except (NotFound, Refused):
        pass


class Copy:
    """A copy elsewhere, which knows nothing but the feed."""

    def __init__(self) -> None:
        self.at = 0
        self.things: dict[tuple[str, str], object] = {}
        self.heirs: dict[str, str | None] = {}

    def follow(self, record: Record) -> None:
        """Apply what changed since the last time."""
        for change in record.changes(since=self.at):
            assert change.revision > self.at
            self.at = change.revision
            line = json.loads(msgspec.json.encode(change))
            if line["action"] == "gone":
                self.things.pop((line["kind"], line["id"]), None)
                self.heirs[line["id"]] = line.get("successor")
            else:
                self.things[line["kind"], line["id"]] = line["value"]


@settings(max_examples=25, deadline=None)
@given(STEPS)
def test_a_copy_that_follows_is_the_record(tmp_path_factory, steps):
    """Whatever happens, and whenever it is asked, the feed makes of the copy the record."""
    path = tmp_path_factory.mktemp("feed") / "parley.db"
    with Record.open(str(path), create=True) as record:
        copy = Copy()
        for action, one, two in [("add", 1, 1), ("add", 2, 2), ("replace", 2, 0), *steps]:
            take(record, action, one, two)
            if action == "follow":
                copy.follow(record)
        copy.follow(record)
        assert copy.at == record.latest
        lines = b"".join(FORMATS["jsonl"].write(record)).splitlines()
        wanted = sorted(json.dumps(json.loads(line), sort_keys=True) for line in lines)
        kept = [value for (kind, _), value in copy.things.items() if kind != "correction"]
        assert sorted(json.dumps(value, sort_keys=True) for value in kept) == wanted
        said = [value for (kind, _), value in copy.things.items() if kind == "correction"]
        assert len(said) == len(record.corrections())
        there = {event.id for event in record.events()}
        for gone, heir in copy.heirs.items():
            if ("event", gone) not in copy.things and heir is not None:
                assert record.forward(gone) in there | {None}


def test_what_merges_leaves_a_tombstone(tmp_path):
    """An event that went into another is told as gone, with the other's id."""
    with Record.open(str(tmp_path / "parley.db"), create=True) as record:
        report = make_report()
        record.add_report(report, [meeting(report), killing(report)])
        record.replace_events(
            [event_of(meeting(report), id="e_one"), event_of(killing(report), id="e_two")], []
        )
        before = record.latest
        merge_events(record, ["e_one", "e_two"], by="Ana")
        gone = [change for change in record.changes(since=before) if change.action == "gone"]
        assert [(change.id, change.successor) for change in gone] == [("e_two", "e_one")]
        today = date.fromisoformat(gone[0].at[:10])
        assert len(list(record.changes(since=today))) == len(list(record.changes()))
        assert not list(record.changes(since=today + timedelta(days=1)))


def test_a_second_writing_of_the_same_is_no_change(tmp_path):
    """What does not differ has no new revision."""
    with Record.open(str(tmp_path / "parley.db"), create=True) as record:
        report = make_report()
        record.add_report(report, [meeting(report)])
        record.replace_events([event_of(meeting(report))], [])
        before = record.latest
        record.replace_events([event_of(meeting(report))], [])
        record.add_report(report, [meeting(report)])
        assert record.latest == before
