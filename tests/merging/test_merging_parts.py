"""The parts of merging: rules, names, windows, figures, roles and pairs to compare."""

from __future__ import annotations

import logging
import sys
from types import FrameType
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from loads import Load, b_cubed
from tellings import (
    ARDEN,
    BELMAR,
    LUMEN,
    PORTO,
    Page,
    at_least,
    both,
    day,
    exactly,
    leaders,
    party,
    window,
)

from parley.errors import DataError
from parley.merging import merge, rules, weights
from parley.merging.blocking import HUBS
from parley.merging.counting import join_counts, tell
from parley.merging.fields import choose_type, choose_when, choose_where
from parley.merging.levels import LEVELS
from parley.merging.names import distance, same_person
from parley.merging.rules import load_rules
from parley.merging.statuses import tell_course
from parley.merging.taking_part import join_participants, join_people
from parley.model import Count, LinkCue, Mention, Participant, Person, Status


def test_every_level_has_a_weight_and_a_reason() -> None:
    """The data file and the comparisons name the same levels, each with its reason."""
    levels = load_rules().levels
    assert {name: set(found) for name, found in levels.items()} == {
        name: set(found) for name, found in LEVELS.items()
    }
    assert all(level.reason for found in levels.values() for level in found.values())


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("weights.toml", b"[settings]\nprior = 'much'\n", "settings"),
        ("weights.toml", b"[when\n", "weights.toml"),
        ("types.toml", b"pairs = []\n[types]\n", "missing"),
    ],
)
def test_a_malformed_data_file_is_named(
    name: str,
    content: bytes,
    told: str,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """DataError says which file and which key."""
    folder = tmp_path_factory.mktemp("package")
    data = folder / "data"
    data.mkdir()
    shipped = rules.files("parley.merging") / "data"
    for file in ("types.toml", "weights.toml", "words.toml"):
        (data / file).write_bytes((shipped / file).read_bytes())
    (data / name).write_bytes(content)
    monkeypatch.setattr(rules, "files", lambda _: folder)
    monkeypatch.setattr(weights, "files", lambda _: folder)
    with pytest.raises(DataError, match=told):
        weights.shipped_weights.__wrapped__()
        load_rules.__wrapped__()


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        ("Volodymyr Zelenskyy", "Zelensky", True),
        ("Antony Blinken", "Anthony Blinken", True),
        ("Nikol Pashinyan", "Nikol Pashinian", True),
        ("Olaf Scholz", "Olaf Schultz", True),
        ("Aleksandar Vučić", "Vucic", True),
        ("Xi", "Xi Jinping", True),
        ("Ilham Aliyev", "Heydar Aliyev", False),
        ("Juan Santos", "Juan Petro", False),
        ("Mohammed Hassan", "Mohammed Hamdan", False),
        ("Lee", "Kim", False),
        ("", "Kim", False),
    ],
)
def test_names_of_one_person(one: str, two: str, same: bool) -> None:
    """Spellings of one person are one; kinsmen and namesakes by first name are not."""
    assert same_person(one, two) is same
    assert same_person(two, one) is same


@given(st.text("abc", max_size=6), st.text("abc", max_size=6))
def test_distance_is_symmetric(one: str, two: str) -> None:
    """The edit distance does not depend on the order and is 0 for equals only."""
    assert distance(one, two) == distance(two, one)
    assert (distance(one, two) == 0) == (one == two)


@given(st.text("abc", max_size=9), st.text("abc", max_size=9))
def test_distance_is_told_up_to_three(one: str, two: str) -> None:
    """Letters added, dropped or changed are counted, as far as a caller may ask."""
    assert distance(one, two) == min(_edits(one, two), 4)


def _edits(one: str, two: str) -> int:
    """Return the edit distance, each prefix of one word compared with each of the other."""
    above = list(range(len(two) + 1))
    for row, char in enumerate(one, 1):
        line = [row]
        for column, other in enumerate(two, 1):
            line.append(min(above[column] + 1, line[-1] + 1, above[column - 1] + (char != other)))
        above = line
    return above[-1]


def test_long_words_are_compared_in_steps_as_many_as_letters() -> None:
    """Two words of a thousand letters take ten times as many steps as two of a hundred."""
    steps = [_steps(size) for size in (100, 1000)]
    assert steps[1] < 11 * steps[0]


def _steps(size: int) -> int:
    """Return how many lines it takes to compare two words of so many letters, two of them other."""
    one = "abcdefghij" * (size // 10)
    two = f"x{one[1:-1]}x"
    lines = 0

    def trace(frame: FrameType, event: str, _: object) -> Any:
        nonlocal lines
        lines += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        assert distance.__wrapped__(one, two) == 2
    finally:
        sys.settrace(before)
    return lines


def test_people_join_under_the_fullest_name() -> None:
    """A bare surname finds its owner, even where it is told first."""
    people = [
        Person(name="Tarrish"),
        Person(name="Ona Tarrish", title="Foreign Minister"),
        Person(name="Pavel Mirow"),
    ]
    assert join_people(people) == (
        Person(name="Ona Tarrish", title="Foreign Minister"),
        Person(name="Pavel Mirow"),
    )


@pytest.mark.parametrize(
    ("low", "best", "high", "words"),
    [
        (3, 3, 3, "3"),
        (286, 286, None, "at least 286"),
        (None, 2000, None, "about 2,000"),
        (6501, None, None, "more than 6,500"),
        (6500, None, None, "more than 6,500"),
        (24, None, None, "at least 24"),
        (20, None, 30, "20 to 30"),
        (20, 25, 30, "20 to 30"),
        (None, None, 9, "up to 9"),
        (None, 7000, 7000, "up to 7,000"),
        (None, None, None, "an unknown number"),
    ],
)
def test_figures_in_words(low: int | None, best: int | None, high: int | None, words: str) -> None:
    """A figure is told as exactly as it was claimed, no more."""
    assert tell(Count(what="killed", low=low, best=best, high=high)) == words


def _tell(status: Status = "happened", on: str = "2023-05-20", **fields: object) -> Mention:
    return Page(f"{status} {on} {fields}", on).tell("CONSULT", "Talks", status=status, **fields)  # type: ignore[arg-type]


def test_claims_of_one_figure_are_one_entry() -> None:
    """The same claim in two mentions is one entry at the first; other claimants stay."""
    mentions = [
        _tell(counts=[at_least("killed", 286)]),
        _tell(counts=[at_least("killed", 286), exactly("killed", 300, claimed_by="Arden")]),
    ]
    joined = join_counts(mentions, {})
    assert [(count.best, count.claimed_by, count.mention) for count in joined] == [
        (286, None, 0),
        (300, "Arden", 1),
    ]


@pytest.mark.parametrize(
    ("told", "status"),
    [
        ([("scheduled", "2023-05-01"), ("happened", "2023-05-09")], "happened"),
        ([("scheduled", "2023-05-01"), ("called_off", "2023-05-09")], "called_off"),
        ([("called_off", "2023-05-01"), ("happened", "2023-05-09")], "happened"),
        ([("proposed", "2023-05-01"), ("scheduled", "2023-05-09")], "scheduled"),
        ([("alleged", "2023-05-01"), ("denied", "2023-05-09")], "alleged"),
        ([("denied", "2023-05-01")], "denied"),
        ([("alleged", "2023-05-01"), ("happened", "2023-05-01")], "happened"),
        ([("ongoing", "2023-05-01"), ("happened", "2023-05-09")], "happened"),
    ],
)
def test_status_moves_with_the_evidence(told: list[tuple[Status, str]], status: Status) -> None:
    """The latest report that can know decides; a claim gives way to a fact."""
    pages = [Page(f"{at} {on}", on) for at, on in told]
    mentions = [
        page.tell("CONSULT", "Talks", status=at) for page, (at, _) in zip(pages, told, strict=True)
    ]
    course = tell_course(mentions, {page.id: page.report() for page in pages})
    assert course[-1].status == status


def test_the_finest_window_stands() -> None:
    """A day within the month told stands; a span stands over its first day."""
    month, one_day = window("2023-05-01", "2023-05-31", "month"), day("2023-05-19")
    assert choose_when([_tell(when=month), _tell(when=one_day)]) == one_day
    span = window("2020-09-27", "2020-11-10", "span")
    year = window("2020-01-01", "2020-12-31", "year")
    told = [_tell(when=year), _tell(when=day("2020-09-27")), _tell(when=span)]
    assert choose_when(told) == span
    assert choose_when([_tell()]) is None


def test_the_day_it_was_held_stands_over_the_day_planned() -> None:
    """What is done is dated from those who tell it as done."""
    told = [_tell("scheduled", when=day("2023-05-19")), _tell(when=day("2023-05-20"))]
    assert choose_when(told) == day("2023-05-20")


def test_a_meeting_agreed_on_is_a_meeting() -> None:
    """CONSULT names what desks code as an agreement while it is ahead."""
    page = Page("one")
    told = [
        page.tell("AGREE", "Agreed to meet", status="scheduled"),
        page.tell("AGREE", "Agreed to talk", status="scheduled"),
        page.tell("CONSULT", "Talks", status="scheduled"),
    ]
    assert choose_type(told, load_rules()) == "CONSULT"


def test_a_mediator_is_no_actor_of_the_same_meeting() -> None:
    """The role that says more stays; who attacked whom is kept both ways."""
    told = [
        _tell(who=[*both(), party(("Corvia", "COR"))]),
        _tell(who=[*both(), party(("Corvia", "COR"), "mediator")]),
    ]
    roles = {p.name: p.role for p in join_participants(told, direction="mutual")}
    assert roles == {"Arden": "actor", "Belmar": "actor", "Corvia": "mediator"}
    fought = [_tell(who=[party(ARDEN)]), _tell(who=[party(ARDEN, "recipient"), party(BELMAR)])]
    kept = [(p.name, p.role) for p in join_participants(fought, direction="loose")]
    assert kept == [("Arden", "actor"), ("Belmar", "actor"), ("Arden", "recipient")]


def _named(*who: Participant) -> list[tuple[str, str]]:
    told = [_tell(who=[one]) for one in who]
    return [(p.name, p.role) for p in join_participants(told, direction="loose")]


def test_fighters_without_a_name_are_of_the_one_party_that_another_telling_names() -> None:
    """The rebels are the Front's, the soldiers Arden's; between two armies nobody is chosen."""
    front = msgspec.structs.replace(party(("Free Front", "ARD")), kind="armed_group")
    rebels = msgspec.structs.replace(party(("rebels", None)), kind="armed_group")
    soldiers = msgspec.structs.replace(party(("soldiers", None), "victim"), kind="military")
    struck = party(ARDEN, "recipient")
    assert _named(rebels, front, soldiers, struck) == [
        ("Free Front", "actor"),
        ("Arden", "recipient"),
    ]
    assert ("soldiers", "victim") in _named(soldiers, struck, party(BELMAR, "recipient"))
    assert ("rebels", "actor") in _named(rebels, party(ARDEN))


def test_one_noun_stands_once() -> None:
    """A soldier of one telling is of the soldiers of another."""
    one, several = (
        msgspec.structs.replace(party((name, None), "victim"), kind="military")
        for name in ("soldier", "soldiers")
    )
    assert _named(one, several) == [("soldiers", "victim")]


def test_fighters_of_one_country_are_not_anothers() -> None:
    """Ardenian rebels are none of a front of Belmar."""
    front = msgspec.structs.replace(party(("Free Front", "BEL")), kind="armed_group")
    rebels = msgspec.structs.replace(party(("Ardenian rebels", "ARD")), kind="armed_group")
    assert ("Ardenian rebels", "actor") in _named(rebels, front)


def test_two_towns_stay() -> None:
    """Neither of two towns holds the other."""
    assert [p.name for p in choose_where([_tell(where=[LUMEN]), _tell(where=[PORTO])])] == [
        "Lumen",
        "Porto Alto",
    ]


def test_a_truce_is_known_by_the_war_that_it_ended() -> None:
    """Two truces without a date are one where they ended one war, and take their time from it."""
    pages = [Page("one", "2022-01-10"), Page("two", "2023-04-01")]
    span = window("2020-09-27", "2020-11-10", "span")
    year = window("2020-01-01", "2020-12-31", "year")
    truces = []
    for page, when in zip(pages, (span, year), strict=True):
        war = page.tell("ASSAULT", "The war", trigger="war", when=when, who=both())
        truce = page.tell(
            "AGREE",
            "A truce ended it",
            trigger="truce",
            who=(party(("Corvia", "COR"), "mediator"),),
            links=[LinkCue(relation="ends", mention=war.id)],
        )
        truces.append(truce.id)
    outcome = merge(
        [mention for page in pages for mention in page.mentions],
        reports={page.id: page.report() for page in pages},
    )
    truce_event = next(event for event in outcome.events if event.type == "AGREE")
    assert [mention.id for mention in truce_event.mentions] == truces
    when = truce_event.when
    assert when is not None
    assert (str(when.start), str(when.end), when.basis) == ("2020-11-07", "2020-11-13", "context")
    assert [link.relation for link in outcome.links] == ["ends"]


def test_cost_grows_with_the_record_and_not_with_its_square(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Four times the mentions give about four times the pairs, copies of one text a few each."""

    def pairs(days: int, copies: int) -> int:
        pages = []
        for number in range(days):
            for copy in range(copies):
                page = Page(f"{number} {copy}", "2023-05-01")
                text = f"Shells fell again on the village number {number} at dawn"
                on = window("2023-01-01", "2023-12-31", "year") if number % 4 == 0 else None
                page.tell(
                    "ASSAULT",
                    text,
                    when=on or day(f"2023-{number % 12 + 1:02}-{number % 28 + 1:02}"),
                    who=both(),
                    counts=[exactly("killed", number)],
                )
                pages.append(page)
        caplog.clear()
        with caplog.at_level(logging.INFO, "parley.merging"):
            outcome = merge(
                [page.mentions[0] for page in pages],
                reports={page.id: page.report() for page in pages},
            )
        assert sum(len(event.mentions) for event in outcome.events) == days * copies
        compared = caplog.records[0].args
        assert isinstance(compared, tuple)
        return int(str(compared[1]))

    few, many = pairs(100, 1), pairs(400, 1)
    assert many < 8 * few
    assert pairs(10, 100) < 10 * 100 * 2 * HUBS


def test_leaders_titles_are_learnt_from_other_mentions() -> None:
    """A leader named without a title still is no minister, where another mention tells it."""
    page, other = Page("one", "2023-05-20"), Page("two", "2023-05-21")
    page.tell("CONSULT", "Leaders met", when=day("2023-05-10"), who=leaders())
    week = window("2023-05-15", "2023-05-21", "week")
    one = page.tell(
        "CONSULT", "They met", when=week, who=(party(ARDEN, people=[("Karl Hovik", None)]),)
    )
    two = other.tell("CONSULT", "The foreign ministers met", when=week, who=both(), trigger="met")
    outcome = merge([*page.mentions, two], reports={p.id: p.report() for p in (page, other)})
    told = [{mention.id for mention in event.mentions} for event in outcome.events]
    assert not any({one.id, two.id} <= ids for ids in told)


def test_a_load_of_known_truth_is_merged_well() -> None:
    """Of a thousand invented mentions hardly one joins strangers, and most find their own."""
    load = Load(1000)
    precision, recall = b_cubed(merge(load.mentions, reports=load.reports), load.truth)
    assert precision > 0.98
    assert recall > 0.85


def test_undated_news_of_one_day_is_no_evidence_of_a_day() -> None:
    """Two clashes that only their reports' day dates do not join by that day."""
    pages = [Page("one", "2023-05-20"), Page("two", "2023-05-20")]
    on = msgspec.structs.replace(day("2023-05-20"), basis="report")
    for page in pages:
        page.tell("ASSAULT", "Clashes", when=on, who=both())
    told = [mention for page in pages for mention in page.mentions]
    assert len(merge(told, reports={page.id: page.report() for page in pages}).events) == 2
    dated = [msgspec.structs.replace(mention, when=day("2023-05-19")) for mention in told]
    assert len(merge(dated, reports={page.id: page.report() for page in pages}).events) == 1


def test_a_told_day_stands_over_the_day_of_the_report() -> None:
    """The day of undated news gives way to any time that is told."""
    of_report = msgspec.structs.replace(day("2023-05-20"), basis="report")
    week = window("2023-05-15", "2023-05-21", "week")
    assert choose_when([_tell(when=of_report), _tell(when=week)]) == week
    assert choose_when([_tell(when=of_report)]) == of_report


def test_each_sides_dead_are_no_dispute_about_who_began() -> None:
    """A clash told of both sides and its victims told of one leave nothing in dispute."""
    page = Page("one", "2023-05-20")
    page.tell("ASSAULT", "Clashes", when=day("2023-05-19"), where=[LUMEN], who=both())
    page.tell(
        "ASSAULT", "Killed", when=day("2023-05-19"), where=[LUMEN], who=[party(ARDEN, "victim")]
    )
    outcome = merge(page.mentions, reports={page.id: page.report()})
    assert [entry.field for event in outcome.events for entry in event.disagreements] == []
