"""Figures of speech: words of force that tell no deed, and the deeds told in the same words."""

from __future__ import annotations

import pytest
from coded import Bench

_DEEDS = {"ASSAULT", "COERCE", "MOBILIZE", "PROTEST", "RETREAT"}


@pytest.mark.parametrize(
    "text",
    [
        "A man of 34 is fighting for his life in Kampala.",
        "The senator attacked the proposal on Monday.",
        "The senator launched an attack on the policy on Monday.",
        "Uganda said on Monday that France had taken Kenya's side.",
        "The minister was bombarded with questions in Nairobi on Monday.",
        "The owner fought back tears in Nairobi on Monday.",
        "The makers fired 40 workers on Tuesday.",
        "The pianist Yuki Arai captured first prize in Leeds on Saturday.",
        "He suffered a heart attack in Nairobi on Monday.",
    ],
)
def test_a_figure_of_speech_tells_no_deed(bench: Bench, text: str) -> None:
    """Its company makes a figure of a word of force."""
    done = bench.code(text)
    assert not [(m.type, m.text) for m in done.mentions if m.type in _DEEDS]


@pytest.mark.parametrize(
    "text",
    [
        "Rebels are fighting for control of the airport in Kampala.",
        "Gunmen attacked the convoy on Monday.",
        "Soldiers launched an attack on the village on Monday.",
        "Rebels took the town of Gulu on Monday.",
        "The village was bombarded with mortars on Monday.",
        "Rebels fought back the army near Gulu on Monday.",
        "Soldiers fired at 40 workers on Tuesday.",
        "A rocket hit a market in Gulu on Saturday.",
        "He died of gunshot wounds in Nairobi on Monday.",
        "A teacher was fired upon in his car near Gulu on Monday.",
        "Troops fought their way into Gulu on Saturday.",
    ],
)
def test_a_deed_in_the_same_words_is_told(bench: Bench, text: str) -> None:
    """The words of a figure with another company name a deed still."""
    assert bench.code(text).told("ASSAULT")


@pytest.mark.parametrize(
    "text",
    [
        "The president of Kenya spoke at a joint press conference with his guest in Nairobi.",
        "The minister of Kenya held a news conference in Nairobi on Monday.",
        "The minister of Kenya told a media briefing in Nairobi that roads were open.",
    ],
)
def test_who_speaks_to_the_press_holds_no_talks(bench: Bench, text: str) -> None:
    """A press conference is no meeting of those who give it."""
    assert not bench.code(text).told("CONSULT")


@pytest.mark.parametrize(
    "text",
    [
        "The leaders of Kenya and Uganda attended a peace conference in Nairobi on Monday.",
        "Kenya and Uganda held a conference on the border in Nairobi on Monday.",
        "At a news conference after meeting the president of Uganda on Monday, the president of "
        "Kenya spoke of trade.",
    ],
)
def test_other_conferences_are_talks(bench: Bench, text: str) -> None:
    """A conference of the parties is a meeting, and so is one that the press is told of."""
    assert bench.code(text).told("CONSULT")


def test_a_war_elsewhere_is_not_between_the_rivals_here(bench: Bench) -> None:
    """Those who face each other in a report do not fight in a third country's war."""
    done = bench.code(
        "Kenya and Uganda accused each other of shelling villages on Monday. Kenya and Uganda held "
        "talks. Russia has been busy with the conflict in Ukraine since 2022."
    )
    wars = [m for m in done.told("ASSAULT") if "Ukraine" in [place.name for place in m.where]]
    assert not [p for m in wars for p in m.participants if p.name in ("Kenya", "Uganda")]
