"""Where it happened: names that no list has, and what the rest of a report says of the place."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from coded import Bench

from parley.coding.whereabouts import load_weights, placed_by_scene
from parley.learnt.card import FOLDER
from parley.model import Mention


def _places(mention: Mention) -> list[str]:
    return [place.name for place in mention.where]


def _learnt(text: str) -> Sequence[Mention]:
    from parley import code  # noqa: PLC0415 - slow to load

    if not (FOLDER / "components.npz").exists():
        pytest.skip("the models are not built; `make train` builds them")
    return code(text, date="2024-03-15", coder="learnt").mentions


@pytest.mark.parametrize(
    ("text", "type_", "name"),
    [
        ("A convoy of aid reached Daggar on Monday, an official said.", "AID", "Daggar"),
        ("Gunmen kidnapped two men on the Chanomi creek on Monday.", "ASSAULT", "Chanomi creek"),
        ("Rebels withdrew from Kotkai on Monday, a general said.", "RETREAT", "Kotkai"),
    ],
)
def test_a_name_that_no_list_has_is_where_the_network_surely_reads_it(
    text: str, type_: str, name: str
) -> None:
    """A village taken for a person or a body, or named by the noun behind it, is the place."""
    told = [mention for mention in _learnt(text) if mention.type == type_]
    assert any(name in _places(mention) for mention in told)


def test_a_party_is_no_place_however_it_stands() -> None:
    """Who is attacked is not where: a party that is known stays one."""
    told = [m for m in _learnt("Rebels attacked the Taliban on Monday.") if m.type == "ASSAULT"]
    assert told
    assert all(not mention.where for mention in told)


_REPORT = (
    "Bomb kills nine in market\n"
    "A bomb exploded at a market in Gao on Monday, killing nine people, police said.\n"
    "Mali's president condemned the deed.\n"
    "Twelve were wounded, a doctor said.\n"
    "A rebel spokesman denied that his men carried out the bombing.\n"
)


def test_what_names_no_place_was_at_the_scene_of_its_report(bench: Bench) -> None:
    """The headline, the later toll and what is denied were where the only attack was."""
    done = bench.code(_REPORT)
    assert {told.status for told in done.told("ASSAULT")} == {"happened", "denied"}
    for told in done.told("ASSAULT"):
        assert _places(told) == ["Gao"]
        assert all(_REPORT[t.start : t.end] == "Gao" for p in told.where for t in p.evidence)


def test_what_others_say_of_it_was_not_there(bench: Bench) -> None:
    """A condemnation is said anywhere: it takes no place from the deed."""
    done = bench.code(_REPORT)
    assert all(not told.where for told in done.told("ACCUSE"))


def test_a_war_is_not_where_its_talks_are_held(bench: Bench) -> None:
    """Neither a war nor its dead are put in the town in which the parties met."""
    done = bench.code(
        "GENEVA - Mali and Chad held talks in Geneva on Monday.\n"
        "The war broke out two years ago. Thousands of people were killed.\n"
    )
    assert all("Geneva" not in _places(told) for told in done.told("ASSAULT"))


def test_planned_talks_take_no_place(bench: Bench) -> None:
    """The next round may be held anywhere: it is not put where the last was."""
    done = bench.code(
        "Mali and Chad held talks in Geneva on Monday.\nThe two sides will meet again in June.\n"
    )
    ahead = [told for told in done.told("CONSULT") if told.status in ("scheduled", "expected")]
    assert ahead
    assert all(not told.where for told in ahead)


def test_the_weights_are_read_and_all_are_asked_for(bench: Bench) -> None:
    """A report without a scene leaves what it tells without a place, and weights are in range."""
    assert 0.5 < load_weights().likely < 1
    assert load_weights().speaks
    assert placed_by_scene([], bench.code("Nothing happened.").grounding) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The attack on Ain el-Moriba killed two soldiers on Monday.", "Ain el-Moriba"),
        ("Rebels took Bir al-Moriba on Monday.", "Bir al-Moriba"),
        ("Two soldiers were killed in Ain el-Moriba on Monday.", "Ain el-Moriba"),
    ],
)
def test_a_hyphen_does_not_end_a_name(bench: Bench, text: str, name: str) -> None:
    """A town that no list has is named whole, as the parser marks it."""
    assert [_places(mention) for mention in bench.code(text).told("ASSAULT")] == [[name]]


def test_what_a_truce_is_kept_by_is_not_where_it_was_made() -> None:
    """'In line with the truce the army freed five': the parse hangs the deed on the truce."""
    text = (
        "In line with the truce the BRA freed five captured soldiers at Panguna on Friday. The "
        "army, for its part, lifted the roadblock at Morgan."
    )
    truces = [mention for mention in _learnt(text) if mention.type == "AGREE"]
    assert truces
    assert not any(_places(mention) for mention in truces)


def test_a_truce_is_of_the_town_that_it_is_called_by_and_not_of_who_sends_monitors() -> None:
    """Who sends monitors as it foresees need be no party to it."""
    text = (
        "Monitors of Fiji and New Zealand arrived in Buka on Saturday, as foreseen in the Burnham "
        "truce signed six weeks ago."
    )
    truces = [mention for mention in _learnt(text) if mention.type == "AGREE"]
    assert [_places(mention) for mention in truces] == [["Burnham"]]
    assert not any(mention.participants for mention in truces)
