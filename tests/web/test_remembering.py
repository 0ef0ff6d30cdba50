"""What is counted once for each state of the record, and when it is counted anew."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from builders import event_of, make_report, meeting
from parley.record import Record
from parley.web import remembering
from parley.web.remembering import remembered


@pytest.fixture
def record(record_path):
    """A small record."""
    with Record.open(str(record_path)) as opened:
        yield opened


def counter():
    """Return a question that counts how often it was asked, and a list with an entry a time."""
    asked = []

    def ask(record, *_):
        asked.append(record)
        return len(asked)

    ask.__qualname__ = f"ask-{id(asked)}"
    return ask, asked


def tell_more(record):
    """Add a report that is not merged yet."""
    report = make_report("Envoys met in Castel on May 3, again.", source="news/three.txt")
    assert record.add_report(report, [meeting(report)])


def change_events(record):
    """Give the record an event that it had not, as merging does."""
    report = make_report("Envoys met in Castel on May 3, once more.", source="news/four.txt")
    mention = meeting(report)
    record.add_report(report, [mention])
    record.replace_events([*record.events(), event_of(mention, id="e_new1")], list(record.links()))


def test_a_report_that_is_not_merged_changes_only_what_reports_make(record):
    """While an ingest adds reports, what is said of events is not counted again."""
    (of_events, asked), (of_reports, asked_too) = counter(), counter()
    for _ in range(2):
        remembered(record, of_events)
        remembered(record, of_reports, reports=True)
    assert (len(asked), len(asked_too)) == (1, 1)
    tell_more(record)
    remembered(record, of_events)
    remembered(record, of_reports, reports=True)
    assert (len(asked), len(asked_too)) == (1, 2)
    change_events(record)
    remembered(record, of_events)
    assert len(asked) == 2


def test_what_many_ask_at_once_is_counted_once(record):
    """Who asks while another counts waits for that answer."""
    asked, entered = [], threading.Event()

    def ask(record):
        asked.append(1)
        entered.set()
        time.sleep(0.2)
        return "answer"

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: remembered(record, ask), range(8)))
    assert answers == ["answer"] * 8
    assert len(asked) == 1


def test_a_failure_is_told_to_all_who_wait_and_not_kept(record):
    """What could not be counted is asked anew."""
    asked = []

    def ask(record):
        asked.append(1)
        raise ValueError(str(len(asked)))

    for number in ("1", "2"):
        with pytest.raises(ValueError, match=number):
            remembered(record, ask)


def test_a_dear_answer_is_given_as_it_was_while_it_is_counted_anew(record, monkeypatch):
    """After merging nobody waits for it; some seconds later at most it is the new one."""
    monkeypatch.setattr(remembering, "DEAR", 0.0)
    ask, _ = counter()
    assert remembered(record, ask) == 1
    change_events(record)
    assert remembered(record, ask) == 1
    until = time.monotonic() + 20
    while remembered(record, ask) == 1 and time.monotonic() < until:
        time.sleep(0.01)
    assert remembered(record, ask) == 2


def test_it_is_not_given_for_ever(record, monkeypatch):
    """Past the bound who asks waits for the new one."""
    monkeypatch.setattr(remembering, "DEAR", 0.0)
    monkeypatch.setattr(remembering, "LAG", -1.0)
    ask, _ = counter()
    remembered(record, ask)
    change_events(record)
    assert remembered(record, ask) == 2


def test_who_corrects_sees_it_at_once(client_of_copy, monkeypatch):
    """After a person's word no answer is given as it was, however dear."""
    monkeypatch.setattr(remembering, "DEAR", 0.0)
    assert client_of_copy.get("/api/timeline?corrected=1").json()["total"] == 0
    done = client_of_copy.post(
        "/api/events/e_abc1/judgements", json={"action": "accept", "by": "Aino", "seen": 0}
    )
    assert done.status_code == 200, done.text
    assert client_of_copy.get("/api/timeline?corrected=1").json()["total"] == 1
