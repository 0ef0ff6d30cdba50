"""Who takes part in what a sentence tells: by its own words, before the rest of a report."""

from __future__ import annotations

import pytest
from coded import Bench

from parley.model import Mention

_FACING = "Mali and Chad fought at the border on Monday. Mali accused Chad of lies.\n"


def _sides(mention: Mention) -> set[str]:
    return {party.name for party in mention.participants}


@pytest.mark.parametrize(
    ("text", "type_", "own"),
    [
        ("A meeting of the Joint Border Commission will be held next week.", "CONSULT", "Border"),
        ("A spokesman of the Aid Forum, Omar Bello, welcomed the ceasefire.", "SUPPORT", "Omar"),
    ],
)
def test_who_is_named_beside_a_deed_has_no_sides_lent(
    bench: Bench, text: str, type_: str, own: str
) -> None:
    """A body that no list has, or a person of no known party, takes part alone."""
    (told,) = bench.code(_FACING + text).told(type_)
    assert not {"Mali", "Chad"} & _sides(told)
    assert any(own in name for name in _sides(told))


def test_a_fight_that_names_nobody_is_between_those_who_fight(bench: Bench) -> None:
    """The fighting is that of the two who are told to have fought."""
    done = bench.code(_FACING + "Omar Bello spoke on radio. The fighting went on for six hours.")
    assert {"Mali", "Chad"} <= _sides(done.told("ASSAULT")[-1])


def test_who_quarrels_in_words_is_not_lent_to_a_fight(bench: Bench) -> None:
    """Two who accuse each other, of whom no deed of force is told, did not do the fighting."""
    done = bench.code(
        "Germany and Britain told their citizens to leave Mali. Germany accused Britain of lies. "
        "The fighting in the city left two dead on Monday."
    )
    assert all(not {"Germany", "United Kingdom"} & _sides(m) for m in done.told("ASSAULT"))


def test_an_accord_takes_sides_from_elsewhere_only_beside_one_of_them(bench: Bench) -> None:
    """One of which the sentence names nobody may be others'; beside one of the two it is theirs."""
    done = bench.code(_FACING + "A truce was signed on Tuesday.")
    assert all(not {"Mali", "Chad"} & _sides(told) for told in done.told("AGREE"))
    done = bench.code(_FACING + "A truce was signed on Tuesday, Malian radio said.")
    assert {"Mali", "Chad"} <= _sides(done.told("AGREE")[-1])
