"""What is put off or called off: the day that was given up, and the one that took its place."""

from __future__ import annotations

from datetime import date

import pytest
from coded import Bench

# The day of the report, what it says, and the status and the day of each meeting it tells.
TOLD = [
    (
        "2024-03-18",
        "Talks between Peru and Ecuador planned for 20 March in Geneva have been postponed to "
        "3 April, the ministry said.",
        [("called_off", "2024-03-20"), ("scheduled", "2024-04-03")],
    ),
    (
        "2024-03-18",
        "Talks between Peru and Ecuador planned for 20 March have been called off.",
        [("called_off", "2024-03-20")],
    ),
    (
        "2024-03-18",
        "Peru and Ecuador have put off their talks, which were due on 20 March, until 3 April.",
        [("called_off", "2024-03-20"), ("scheduled", "2024-04-03")],
    ),
    (
        "2024-03-18",
        "Talks between Peru and Ecuador have been postponed from 20 March to 3 April.",
        [("called_off", "2024-03-20"), ("scheduled", "2024-04-03")],
    ),
    (
        "2024-03-18",
        "The meeting between Peru and Ecuador, expected on 20 March, was delayed until 3 April.",
        [("called_off", "2024-03-20"), ("scheduled", "2024-04-03")],
    ),
    (
        "2024-03-18",
        "The talks between Peru and Ecuador, originally due on March 12, were put off until "
        "April 3.",
        [("called_off", "2024-03-12"), ("scheduled", "2024-04-03")],
    ),
    (
        "2024-03-18",
        "The summit between Peru and Ecuador was moved to 3 April.",
        [("scheduled", "2024-04-03")],
    ),
    (
        "2024-03-18",
        "On Sunday Peru postponed talks with Ecuador until 3 April.",
        [("scheduled", "2024-04-03")],
    ),
    (
        "2024-03-18",
        "The meeting between Peru and Ecuador on 20 March was called off.",
        [("called_off", "2024-03-20")],
    ),
    (
        "2024-03-18",
        "Peru called off a meeting with Ecuador planned for 20 March.",
        [("called_off", "2024-03-20")],
    ),
    # Another verb of the same subject puts it off.
    (
        "2024-03-18",
        "The talks of Peru and Ecuador had been due on 20 March and were then put back to 3 April.",
        [("called_off", "2024-03-20"), ("scheduled", "2024-04-03")],
    ),
    (
        "2024-03-18",
        "Talks of Peru and Ecuador were to start on 20 March but were postponed until 3 April.",
        [("called_off", "2024-03-20"), ("scheduled", "2024-04-03")],
    ),
    # The day given up stands in the clause that tells what it was.
    (
        "2024-03-18",
        "A meeting of Peru and Ecuador, which was to have begun on 20 March in Lima, has been put "
        "off until 3 April.",
        [("called_off", "2024-03-20"), ("scheduled", "2024-04-03")],
    ),
    # No word for putting off: "now", "instead".
    (
        "2024-03-18",
        "The talks of Peru and Ecuador, first set for 20 March, will now take place on 3 April.",
        [("called_off", "2024-03-20"), ("scheduled", "2024-04-03")],
    ),
    (
        "2024-03-18",
        "The talks of Peru and Ecuador, planned for months, will now take place on 3 April.",
        [("scheduled", "2024-04-03")],
    ),
    # Over the border of the year.
    (
        "2023-12-28",
        "Talks between Peru and Ecuador planned for 5 January have been called off.",
        [("called_off", "2024-01-05")],
    ),
    (
        "2023-12-28",
        "Talks between Peru and Ecuador, set for 5 January, were moved to 12 January.",
        [("called_off", "2024-01-05"), ("scheduled", "2024-01-12")],
    ),
    # What was planned is over by the day of the report.
    (
        "2024-03-25",
        "Talks between Peru and Ecuador planned for 20 March were held in Geneva.",
        [("happened", "2024-03-20")],
    ),
    (
        "2024-03-25",
        "Talks between Peru and Ecuador that were due on 20 March did not take place.",
        [("called_off", "2024-03-20")],
    ),
    (
        "2024-01-05",
        "Talks between Peru and Ecuador planned for 20 December were called off.",
        [("called_off", "2023-12-20")],
    ),
]


@pytest.mark.parametrize(("day", "text", "told"), TOLD, ids=lambda case: str(case)[:60])
def test_codes_what_is_put_off(
    bench: Bench, day: str, text: str, told: list[tuple[str, str]]
) -> None:
    """The day given up is called off, the new one scheduled, each in the year that is meant."""
    coded = bench.code(text, given=date.fromisoformat(day))
    found = [(m.status, str(m.when.start) if m.when else "") for m in coded.told("CONSULT")]
    assert sorted(found) == sorted(told)
    for mention in coded.mentions:
        assert mention.when is None or mention.when.start == mention.when.end
        assert mention.text == text[mention.start : mention.end]
        assert mention.start <= mention.trigger[0] < mention.trigger[1] <= mention.end


def test_both_days_have_the_same_sides_and_place(bench: Bench) -> None:
    """Who was to meet, and where, is said once of the two."""
    coded = bench.code(TOLD[0][1], given=date(2024, 3, 18))
    old, new = coded.told("CONSULT")
    assert {p.name for p in old.participants} == {"Peru", "Ecuador"}
    assert old.participants == new.participants
    assert old.id != new.id
