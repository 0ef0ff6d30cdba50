"""Statuses: the steps to an event's status stand in the order in which the press told them."""

from __future__ import annotations

import json
import random
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tellings import LUMEN, Page, both, day

from parley.cli.app import main
from parley.merging import join
from parley.merging.statuses import tell_course
from parley.model import Status
from parley.record import Record

TOLD: list[tuple[Status, str]] = [
    ("proposed", "2023-05-01"),
    ("scheduled", "2023-05-09"),
    ("called_off", "2023-05-16"),
    ("happened", "2023-05-21"),
]
_STATUSES = ("happened", "ongoing", "scheduled", "expected", "called_off", "alleged", "denied")


def _pages(told=TOLD):
    pages = []
    for number, (status, on) in enumerate(told):
        page = Page(f"{status} {on} {number}", on)
        page.tell(
            "CONSULT",
            "Talks between Arden and Belmar in Lumen on Saturday",
            status=status,
            when=day("2023-05-20"),
            where=[LUMEN],
            who=both(),
        )
        pages.append(page)
    return pages


def _course(pages):
    mentions = [mention for page in pages for mention in page.mentions]
    steps = tell_course(mentions, {page.id: page.report() for page in pages})
    return [(step.status, step.published, mentions[step.mention].id) for step in steps]


def test_each_step_has_its_day_and_who_told_it_first() -> None:
    """Proposed, scheduled, called off and held after all are four steps, each with its mention."""
    pages = _pages([*TOLD, ("happened", "2023-05-23")])
    assert _course(pages) == [
        (status, date.fromisoformat(on), page.mentions[0].id)
        for (status, on), page in zip(TOLD, pages, strict=False)
    ]


def test_what_is_known_is_no_more_ahead() -> None:
    """Who still writes of a plan, or only claims it, after others told the outcome is no step."""
    told = [("scheduled", "2023-05-09"), ("happened", "2023-05-21"), ("scheduled", "2023-05-22")]
    assert [step[0] for step in _course(_pages(told))] == ["scheduled", "happened"]
    told = [("alleged", "2023-05-09"), ("happened", "2023-05-21"), ("denied", "2023-05-22")]
    assert [step[0] for step in _course(_pages(told))] == ["alleged", "happened"]


def test_of_one_day_the_plan_comes_first() -> None:
    """Scheduled in the morning's report and called off in the evening's are two steps."""
    told = [("called_off", "2023-05-16"), ("scheduled", "2023-05-16")]
    assert [step[0] for step in _course(_pages(told))] == ["scheduled", "called_off"]


def test_what_was_put_off_and_held_later_happened() -> None:
    """One report tells that Monday's talks were put off and that they met on Friday: they met."""
    page = Page("both", "2023-05-27")
    page.tell("CONSULT", "Talks put off", status="called_off", when=day("2023-05-22"), who=both())
    page.tell("CONSULT", "Talks held", status="happened", when=day("2023-05-26"), who=both())
    assert [step[0] for step in _course([page])][-1] == "happened"
    page = Page("off", "2023-05-27")
    page.tell("CONSULT", "Talks held", status="happened", when=day("2023-05-22"), who=both())
    page.tell("CONSULT", "Talks put off", status="called_off", when=day("2023-05-26"), who=both())
    assert [step[0] for step in _course([page])][-1] == "called_off"


@given(
    st.lists(st.tuples(st.sampled_from(_STATUSES), st.integers(0, 5)), min_size=1, max_size=9),
    st.randoms(),
)
def test_the_order_of_mentions_makes_no_difference(told, draw) -> None:
    """Whatever came first, the steps are the same, in the order of printing, none told twice."""
    days = [(status, str(date(2023, 5, 1) + timedelta(days=on))) for status, on in told]
    pages = _pages(days)
    course = _course(pages)
    draw.shuffle(pages)
    assert [step[:2] for step in _course(pages)] == [step[:2] for step in course]
    assert [step[1] for step in course] == sorted(step[1] for step in course)
    assert all(one[0] != two[0] for one, two in pairwise(course))


@pytest.fixture(scope="module")
def courses(tmp_path_factory):
    """Return the paths of records of the four reports, which came in different orders."""
    paths = []
    for seed in range(3):
        path = tmp_path_factory.mktemp("courses") / "parley.db"
        pages = random.Random(seed).sample(_pages(), 4)
        with Record.open(str(path), create=True) as opened:
            for batch in (pages[:seed], pages[seed:]):
                for page in batch:
                    opened.add_report(page.report(), page.mentions)
                with opened.memory() as (memory, standing):
                    joined = join(memory, opened.stirred)
                opened.join_events(joined, standing)
        paths.append(path)
    return paths


def test_the_history_is_that_of_the_press(courses, capsys) -> None:
    """Ingested at once or one by one, `parley history` tells the four steps in their order."""
    for path in courses:
        with Record.open(str(path), read_only=True) as opened:
            (event,) = opened.events()
        assert [(step.status, str(step.published)) for step in event.course] == TOLD
        assert main(["history", event.id, "--record", str(path), "--json"]) == 0
        rows = json.loads(capsys.readouterr().out)
        told = [row for row in rows if row["what"] == "reported"]
        assert rows[: len(told)] == told
        assert [(row["says"].split()[1].strip(","), row["at"]) for row in told] == TOLD
        assert {row["mention"] for row in told} <= {mention.id for mention in event.mentions}
        assert main(["history", event.id, "--record", str(path)]) == 0
        assert "status: called_off" in capsys.readouterr().out


def test_the_sheet_of_an_event_tells_its_course(courses, capsys) -> None:
    """`parley show` has the steps with the numbers of the tellings."""
    with Record.open(str(courses[0]), read_only=True) as opened:
        (event,) = opened.events()
    assert main(["show", event.id, "--record", str(courses[0])]) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert "proposed on" in told
    assert "called off on" in told
