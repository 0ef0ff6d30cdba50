"""Tolls: figures that grew, that are corrected, and that are a part of another."""

from __future__ import annotations

import pytest
from coded import Bench, Coded


def _killed(done: Coded, *, corrected: bool) -> set[int | None]:
    counts = [count for mention in done.mentions for count in mention.counts]
    return {c.best for c in counts if c.what == "killed" and c.corrected == corrected}


@pytest.mark.parametrize(
    ("text", "stands", "fell"),
    [
        ("The army revised the toll of the raid on Gulu from seven to five.", {5}, {7}),
        ("The ministry lowered the death toll of Friday's attack from 12 to 9.", {9}, {12}),
        ("Four people were killed in Friday's raid on Gulu, not nine, police said.", {4}, {9}),
        ("Rebels killed four soldiers and not seven, the army said.", {4}, {7}),
        ("Twelve people died in the raid on Gulu, raising an earlier toll of nine.", {12}, {9}),
        ("Six people were killed in the attack, down from an initial figure of nine.", {6}, {9}),
        ("Earlier reports of ten dead in the attack were wrong; six people died.", {6}, {10}),
        ("Police had earlier said that ten people were killed in the attack.", set(), {10}),
        ("The number of people killed in the raid rose from 9 to 12.", {12}, {9}),
    ],
)
def test_a_corrected_figure_is_told_as_that(
    bench: Bench, text: str, stands: set[int], fell: set[int]
) -> None:
    """The new figure stands, and the old one is kept, marked as corrected."""
    done = bench.code(text)
    assert _killed(done, corrected=False) == stands
    assert _killed(done, corrected=True) == fell


@pytest.mark.parametrize(
    ("text", "toll"),
    [
        ("After two of the wounded died, the death toll of the attack rose to 14.", 14),
        ("The toll of last month's mine blast near Gao has risen to five, the mayor said.", 5),
        ("The toll rose to 14 after two of the wounded died in hospital.", 14),
        ("A third victim died on Sunday, bringing the death toll from the attack to 14.", 14),
        ("Fourteen marines were killed in the ambush, ten of whom were beheaded.", 14),
        ("A soldier was killed near Gulu, bringing to 60 the number killed this month.", 1),
    ],
)
def test_a_part_is_no_rival_of_the_toll(bench: Bench, text: str, toll: int) -> None:
    """Who died of the wounded is one of the toll; the dead of a month are none of a day's."""
    assert _killed(bench.code(text), corrected=False) == {toll}


@pytest.mark.parametrize(
    "text",
    [
        "Nine people were killed, not counting two attackers.",
        "Nine people were killed in the raid, not 3 miles from Gulu.",
        "A bomb killed nine people, not more than 20 steps from the gate.",
        "Nine people were killed in the first attack of the year.",
        "Rebels killed nine people in an attack on Gulu, police said earlier on Friday.",
    ],
)
def test_other_numbers_correct_nothing(bench: Bench, text: str) -> None:
    """A "not" that speaks of another number, and "earlier" of a day, void no figure."""
    done = bench.code(text)
    assert _killed(done, corrected=False) == {9}
    assert _killed(done, corrected=True) == set()


@pytest.mark.parametrize(
    ("text", "killed", "wounded", "by"),
    [
        ("Army sources put the dead at nine after Tuesday's attack on Gulu.", 9, None,
         "Army sources"),
        ("Rebels attacked Gulu. A doctor put the figure at nine dead.", 9, None, "A doctor"),
        ("Rebels attacked Gulu. The number of dead stood at nine.", 9, None, None),
        ("Rebels attacked Gulu. Deaths rose to nine.", 9, None, None),
        ("Rebels attacked Gulu. The army put its losses at nine dead and 20 wounded.", 9, 20,
         "The army"),
    ],
)  # fmt: skip
def test_a_figure_that_is_put_is_a_toll(
    bench: Bench, text: str, killed: int, wounded: int | None, by: str | None
) -> None:
    """Who puts, gives or raises a figure tells it, of the dead and of whom is counted beside."""
    counts = {c.what: c for mention in bench.code(text).mentions for c in mention.counts}
    assert counts["killed"].best == killed
    assert counts["killed"].claimed_by == by
    assert (counts["wounded"].best if "wounded" in counts else None) == wounded


def test_whom_a_number_counts_is_told(bench: Bench) -> None:
    """'The number of Peruvian soldiers killed' are of Peru."""
    done = bench.code("The number of Peruvian soldiers killed in the raid has risen to 77.")
    (count,) = {count for mention in done.mentions for count in mention.counts}
    assert (count.best, count.side, count.whom) == (77, "Peru", "soldiers")


@pytest.mark.parametrize(
    "text",
    [
        "Rebels attacked Gulu. The number of refugees in the camp rose to 40,000.",
        "Rebels attacked Gulu. The ministry put the number of troops at 600.",
        "The number of people claiming benefits rose to 444,000, the ministry said.",
    ],
)
def test_a_number_of_others_is_no_toll(bench: Bench, text: str) -> None:
    """'The number of troops' counts no dead."""
    assert _killed(bench.code(text), corrected=False) == set()


def test_a_toll_that_has_grown_takes_the_place_of_the_one_before(bench: Bench) -> None:
    """'Ten people were killed ... The death toll stood at 12': the ten are an earlier figure."""
    text = (
        "Ten people were killed in a raid on Gulu on Monday, police said. Three were policemen who "
        "were shot dead. The death toll stood at 12 on Wednesday."
    )
    told = {c.best: c.earlier for mention in bench.code(text).mentions for c in mention.counts}
    assert (told[10], told[12]) == (True, False)
