"""Which words the network may name a happening by, where the frames know none."""

from __future__ import annotations

import pytest

from parley.learnt.card import FOLDER


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Gunmen shot two soldiers as they picked up bread at the gates of a base.", "picked"),
        ("The victims were collecting bread when the gunmen pulled up and opened fire.", "pulled"),
        ("The victims were collecting bread when the gunmen pulled up and opened fire.", "collect"),
        ("Two battalions were sent to augment the brigade that fought the rebels.", "augment"),
    ],
)
def test_what_may_be_done_with_anything_names_no_happening(text: str, word: str) -> None:
    """The shooting is told, and who picks something up beside it withdraws or coerces nobody."""
    from parley import code  # noqa: PLC0415 - slow to load

    if not (FOLDER / "components.npz").exists():
        pytest.skip("the models are not built; `make train` builds them")
    mentions = code(text, date="2023-05-05", coder="learnt").mentions
    assert mentions
    named = [text[start:end] for start, end in (mention.trigger for mention in mentions)]
    assert not [trigger for trigger in named if trigger.startswith(word)]


@pytest.mark.parametrize(
    "text",
    [
        "Azerbaijanis who call themselves environmentalists have been blocking the road to Shusha.",
        "Armenia calls it a blockade of Shusha by Azerbaijan.",
    ],
)
def test_to_give_a_name_is_no_talk(text: str) -> None:
    """Who calls something by a name calls nobody up."""
    from parley import code  # noqa: PLC0415 - slow to load

    mentions = code(text, date="2022-12-15", coder="learnt").mentions
    assert not [mention for mention in mentions if mention.type == "CONSULT"]


@pytest.mark.parametrize("verb", ["moved closer to", "inched towards", "drifted nearer to"])
def test_to_come_nearer_to_an_accord_is_no_deed(verb: str) -> None:
    """Neither the accord that is neared nor the way to it is told as a happening."""
    from parley import code  # noqa: PLC0415 - slow to load

    text = f"The leaders of Armenia and Azerbaijan {verb} a truce on Sunday."
    assert not code(text, date="2023-05-15", coder="learnt").mentions


@pytest.mark.parametrize(
    "text",
    [
        "Every few months the villagers of the Bignona road in Senegal pay the bill.",
        "The United Nations says 3,100 households are displaced in the district of Hodeidah.",
        "Mali's army is free to compensate those who lost their cattle.",
    ],
)
def test_what_the_network_all_but_rules_out_is_no_deed(text: str) -> None:
    """Idioms of paying and standing states are none, though a party or a figure stands there."""
    from parley import code  # noqa: PLC0415 - slow to load

    if not (FOLDER / "components.npz").exists():
        pytest.skip("the models are not built; `make train` builds them")
    assert not code(text, date="2020-05-20", coder="learnt").mentions


def test_a_demand_without_a_word_for_it_stands() -> None:
    """What "said" implies is told by the clause under it, of which the network is not asked."""
    from parley import code  # noqa: PLC0415 - slow to load

    text = "Russia said that Turkey must leave Syria."
    mentions = code(text, date="2020-05-20", coder="learnt").mentions
    assert [mention.type for mention in mentions if mention.status == "happened"] == ["REQUEST"]
