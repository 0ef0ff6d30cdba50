"""Postponing: talks put off from one day to another are one event, with each step told."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest
from msgspec.structs import replace
from tellings import LUMEN, Page, both, day

from parley.merging import Merged, join, merge
from parley.merging.postponing import find_given_up, find_replaced
from parley.model import Constraints, Event, Mention, Status, digest
from parley.record import Record


def tell(page: Page, told: str, status: Status, words: str = "Talks in Lumen") -> Mention:
    """Tell of talks of Arden and Belmar in Lumen."""
    return page.tell(
        "CONSULT",
        f"{words} between Arden and Belmar, on {told}",
        status=status,
        when=day(told),
        where=(LUMEN,),
        who=both(),
        salient=("talk", "delegation"),
    )


def put_off(page: Page, old: str, new: str) -> tuple[Mention, Mention]:
    """Tell in one breath that talks are put off from one day to another."""
    first = tell(page, old, "called_off", f"Put off to {new}: talks in Lumen")
    second = replace(
        first,
        id=digest("m", first.id, "new"),
        status="scheduled",
        when=day(new),
        trigger=(first.trigger[0] + 4, first.trigger[1] + 4),
    )
    page.mentions.append(second)
    return first, second


def merged(*pages: Page, constraints: Constraints | None = None) -> Merged:
    """Merge all that the pages tell."""
    mentions = [mention for page in pages for mention in page.mentions]
    reports = {page.id: page.report() for page in pages}
    return merge(mentions, reports=reports, constraints=constraints or Constraints())


def story(*, held: bool = True) -> list[Page]:
    """Talks planned for the 10th, put off to the 20th, planned for that, and held."""
    plan, mover, again = (
        Page(name, on)
        for name, on in (("plan", "2031-05-02"), ("mover", "2031-05-08"), ("again", "2031-05-18"))
    )
    tell(plan, "2031-05-10", "scheduled")
    put_off(mover, "2031-05-10", "2031-05-20")
    tell(again, "2031-05-20", "scheduled")
    if not held:
        return [plan, mover, again]
    after = Page("after", "2031-05-21")
    tell(after, "2031-05-20", "happened")
    return [plan, mover, again, after]


def only(outcome: Merged) -> Event:
    """Return the one event of an outcome."""
    (event,) = outcome.events
    return event


def test_what_is_put_off_is_one_with_what_takes_its_place() -> None:
    """The plan, its postponement, the new plan and the meeting are steps of one event."""
    event = only(merged(*story()))
    steps = [(step.status, str(step.published)) for step in event.course]
    assert steps == [
        ("scheduled", "2031-05-02"),
        ("called_off", "2031-05-08"),
        ("scheduled", "2031-05-08"),
        ("happened", "2031-05-21"),
    ]
    assert event.status == "happened"
    assert event.when is not None
    assert str(event.when.start) == "2031-05-20"


def test_until_it_is_held_it_is_planned_for_the_new_day() -> None:
    """What was put off is not called off."""
    event = only(merged(*story(held=False)))
    assert event.status == "scheduled"
    assert event.when is not None
    assert str(event.when.start) == "2031-05-20"


def test_a_day_given_up_is_no_matter_of_dispute() -> None:
    """The reports do not differ on the day, nor on whether they met."""
    event = only(merged(*story()))
    assert not {entry.field for entry in event.disagreements} & {"when", "status"}


def test_called_off_for_the_new_day_is_called_off() -> None:
    """A second calling off stands, as no other day takes its place."""
    last = Page("last", "2031-05-19")
    tell(last, "2031-05-20", "called_off")
    event = only(merged(*story(held=False), last))
    assert event.status == "called_off"
    assert [step.status for step in event.course][-1] == "called_off"


def test_who_tells_the_day_given_up_alone_calls_nothing_off() -> None:
    """They "did not meet on the 10th as planned", printed after it was put off to the 20th."""
    brief = Page("brief", "2031-05-11")
    tell(brief, "2031-05-10", "called_off")
    event = only(merged(*story(held=False)[:2], brief))
    assert event.status == "scheduled"
    assert event.when is not None
    assert str(event.when.start) == "2031-05-20"


def test_the_postponement_recalled_after_the_meeting_changes_nothing() -> None:
    """Once held it stays held, whoever tells of the delay again."""
    late = Page("late", "2031-05-25")
    put_off(late, "2031-05-10", "2031-05-20")
    event = only(merged(*story(), late))
    assert [step.status for step in event.course][-2:] == ["scheduled", "happened"]


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_the_order_of_arrival_makes_no_difference(order: tuple[int, ...]) -> None:
    """Whichever report is read first, the event is the same."""
    pages = story()
    event, other = only(merged(*pages)), only(merged(*(pages[at] for at in order)))
    assert event == other


@pytest.mark.parametrize("order", [(1, 0, 3, 2), (3, 2, 1, 0), (2, 3, 0, 1)])
def test_report_by_report_it_becomes_the_same(order: tuple[int, ...], tmp_path: Path) -> None:
    """Joined one after the other, the plan's event and the new day's become one."""
    pages = story()
    with Record.open(str(tmp_path / "record.db"), create=True) as record:
        for at in order:
            record.add_report(pages[at].report(), pages[at].mentions)
            with record.memory() as (memory, standing):
                joined = join(memory, record.stirred, touched=standing.events)
            record.join_events(joined, standing)
        (event,) = record.events()
    wanted = only(merged(*pages))
    assert (event.status, event.when, event.course) == (wanted.status, wanted.when, wanted.course)
    assert [mention.text for mention in event.mentions] == [m.text for m in wanted.mentions]


def test_two_rounds_are_two_where_nobody_puts_one_off() -> None:
    """Talks of the 10th and of the 20th in one town, both planned, are two."""
    one, two = Page("first", "2031-05-02"), Page("second", "2031-05-12")
    tell(one, "2031-05-10", "scheduled")
    tell(two, "2031-05-20", "scheduled")
    assert len(merged(one, two).events) == 2


def test_called_off_without_another_day_is_another_meeting() -> None:
    """Who called the first round off did not plan the second."""
    one, two = Page("off", "2031-05-09"), Page("second", "2031-05-12")
    tell(one, "2031-05-10", "called_off")
    tell(two, "2031-05-20", "scheduled")
    assert len(merged(one, two).events) == 2


def test_what_a_person_sets_apart_stays_apart() -> None:
    """An analyst's word stands over the text's."""
    page = Page("mover", "2031-05-08")
    first, second = put_off(page, "2031-05-10", "2031-05-20")
    apart = Constraints(apart=(((first.id,), (second.id,)),))
    assert len(merged(page).events) == 1
    assert len(merged(page, constraints=apart).events) == 2


def test_a_day_is_given_up_for_a_later_one_only() -> None:
    """Words for another day that is not told, or is earlier, put nothing off."""
    page = Page("mover", "2031-05-08")
    first, second = put_off(page, "2031-05-10", "2031-05-20")
    assert find_replaced([first, second]) == {0: 1}
    assert find_given_up([first, second]) == {0}
    earlier = replace(second, when=day("2031-05-09"))
    lent = replace(second, when=replace(day("2031-05-20"), basis="context"))
    for other in (earlier, lent, replace(second, when=None)):
        assert find_replaced([first, other]) == {}
        assert find_given_up([first, other]) == frozenset()
