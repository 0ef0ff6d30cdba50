"""The day that a story lends to what is told in it without one."""

from __future__ import annotations

from datetime import date

import pytest
from coded import Bench

# A report of a Wednesday, whose lead tells of Tuesday.
_WRITTEN = date(2024, 6, 26)
_TUESDAY = date(2024, 6, 25)
_LEAD = """Gunmen raid border post

Rebels from Chile attacked a post of Peru's army near Tacna on Tuesday, the army said.

The raid was the first on the border this year.

The mayor was informed of it at noon in the town hall.

"""


def _day(bench: Bench, text: str, word: str) -> date | None:
    """Return the first day of what a word tells."""
    coded = bench.code(text, given=_WRITTEN)
    found = [
        mention
        for mention in coded.mentions
        if coded.report.text[mention.trigger[0] : mention.trigger[1]] == word
    ]
    assert len(found) == 1, [m.text for m in coded.mentions]
    return found[0].when.start if found[0].when is not None else None


@pytest.mark.parametrize(
    ("sentence", "word"),
    [
        ("Two soldiers of Peru were killed before help came.", "killed"),
        ("Peru's army said that its men had shot a rebel at the gate.", "shot"),
    ],
)
def test_violence_further_down_is_of_the_lead_s_day(bench: Bench, sentence: str, word: str) -> None:
    """What a fight's report tells of it far below the lead is of the fight's day."""
    assert _day(bench, _LEAD + sentence, word) == _TUESDAY


@pytest.mark.parametrize(
    ("sentence", "word"),
    [
        # Told as news.
        ("Peru's army has shelled villages along the border.", "shelled"),
        ("An attack by rebels from Chile on a ship was reported from Ilo.", "attack"),
        # Of another country.
        ("In Nairobi, police in Kenya shot a student.", "shot"),
        # Another story, under a heading of its own.
        ("The south\n\nSoldiers of Peru shot a farmer at the gate of a mill.", "shot"),
    ],
)
def test_what_is_news_of_its_own_keeps_the_report_s_day(
    bench: Bench, sentence: str, word: str
) -> None:
    """What is told in the present, as unknown, of another country or section is lent nothing."""
    assert _day(bench, _LEAD + sentence, word) in (_WRITTEN, None)


def test_violence_is_of_the_day_told_behind_it(bench: Bench) -> None:
    """'Three were killed and others wounded on Monday': both, whatever day the lead has."""
    text = _LEAD + (
        "Three farmers of Peru were killed and others wounded on Monday by two rebels from Arica."
    )
    assert _day(bench, text, "killed") == date(2024, 6, 24)


def test_what_is_said_of_violence_is_not_said_on_its_day(bench: Bench) -> None:
    """Who condemns the lead's attack of Tuesday does so as Wednesday's report is written."""
    text = """Gunmen raid border post

Rebels from Chile attacked a post of Peru's army near Tacna on Tuesday.

Brazil condemned the attack.
"""
    assert _day(bench, text, "condemned") == _WRITTEN


@pytest.mark.parametrize(
    ("text", "word"),
    [
        # What soldiers do besides fighting.
        (_LEAD + "Peru's army withdrew its guns from the bridge.", "withdrew"),
        # Who denies a deed told before denies it of its day, whoever is said to have done it.
        (_LEAD + "Norway denied that its envoys had shelled a post.", "shelled"),
        # What is told as known.
        (_LEAD + "A spokesman called it a crime after the raid.", "raid"),
        # Talks behind which something stands that has its day.
        ("Peru and Chile signed a truce on Tuesday after long talks with Norway.", "talks"),
    ],
)
def test_what_hangs_on_a_story_is_of_its_day(bench: Bench, text: str, word: str) -> None:
    """Withdrawals, deeds denied, "the raid", and the talks before a signing: of the day told."""
    assert _day(bench, text, word) == _TUESDAY


@pytest.mark.parametrize(
    ("text", "word"),
    [
        # Something else is told of the report's own day.
        (
            _LEAD + "Chile's minister met Norway's on Wednesday.\n\n"
            "Peru's army withdrew its guns from the bridge.",
            "withdrew",
        ),
        # A war is of many days.
        (
            _LEAD + "Thousands of people of Peru fled since the outbreak of the rebellion.",
            "rebellion",
        ),
    ],
)
def test_what_may_be_of_another_day_is_lent_none(bench: Bench, text: str, word: str) -> None:
    """Neither a deed beside news of the report's own day, nor a war."""
    assert _day(bench, text, word) != _TUESDAY


_LOG = """Weekly log of the office, 17 - 23 June

17 June: Two soldiers of Peru killed in an ambush near Tacna.
18 June: Shelling of the forest by the army of Peru.
19 June. Quiet. Two miners arrested at Ilo.
20 June: Peru denies that its army bombed the forest on the border.
"""


@pytest.mark.parametrize(
    ("word", "day"), [("killed", 17), ("Shelling", 18), ("arrested", 19), ("denies", 20)]
)
def test_what_an_entry_of_a_log_tells_is_of_its_day(bench: Bench, word: str, day: int) -> None:
    """Each line's day is that of all that it tells, be it told by a noun alone."""
    assert _day(bench, _LOG, word) == date(2024, 6, day)


_PLACED_LOG = """Monitors' log, 17 - 23 June

17 June - Tacna: exchange of fire between soldiers of Peru and rebels from Chile.
18 June - Tarata: committee of Peru and Chile meets in a school.
20 June, Mollebaya: two soldiers of Peru wounded.
21 June - Tacna: Peru accuses Chile of a breach of the truce.
22 June: bridge over the river reopened to traffic.
"""


@pytest.mark.parametrize(
    ("word", "places"),
    [
        ("exchange", ["Tacna"]),
        ("meets", ["Tarata"]),
        ("wounded", ["Mollebaya"]),  # that no list has, beside towns that lists have
        ("accuses", []),
    ],
)
def test_what_an_entry_of_a_log_tells_is_in_the_town_before_it(
    bench: Bench, word: str, places: list[str]
) -> None:
    """The town in front of a line is the place of what is done there, not of what is said."""
    coded = bench.code(_PLACED_LOG, given=_WRITTEN)
    found = [
        mention
        for mention in coded.mentions
        if coded.report.text[mention.trigger[0] : mention.trigger[1]] == word
    ]
    assert [[place.name for place in mention.where] for mention in found] == [places]


def test_what_an_entry_tells_in_the_present_is_done(bench: Bench) -> None:
    """'Committee meets' behind a day is no plan, though a page says "meets on 18 June" of one."""
    coded = bench.code(_PLACED_LOG, given=_WRITTEN)
    assert [m.status for m in coded.mentions if m.type == "CONSULT"] == ["happened"]


def test_a_road_that_opens_is_worth_a_line_by_the_day_of_its_entry(bench: Bench) -> None:
    """Nobody takes part, and the day stands in front of the line: that is enough."""
    assert _day(bench, _PLACED_LOG, "reopened") == date(2024, 6, 22)


def test_a_log_is_written_when_its_days_are_over(bench: Bench) -> None:
    """The day of an entry near the top is no dateline: the log goes on to its last day."""
    published = bench.code(_PLACED_LOG.replace("23 June", "23 June 2024")).report.published
    assert published is not None
    assert published.start >= date(2024, 6, 22)


def test_what_an_entry_denies_is_not_of_its_day(bench: Bench) -> None:
    """The day in front is that of the denial."""
    assert _day(bench, _LOG, "bombed") != date(2024, 6, 20)


def test_a_single_line_with_a_day_is_no_log(bench: Bench) -> None:
    """A day in front of one paragraph is a dateline, and leaves the others their own."""
    text = "A week in the south\n\n17 June: quiet.\n\nSoldiers of Peru shot a farmer in Ilo."
    assert _day(bench, text, "shot") == _WRITTEN


def test_an_answer_is_not_of_the_day_of_what_it_answers(bench: Bench) -> None:
    """Who calls the shelling an answer to the raid tells two days, and one of them alone."""
    told = "The shelling of the village by Peru was the army's answer to that attack."
    assert _day(bench, _LEAD + told, "shelling") != _TUESDAY


def test_a_toll_that_grew_is_not_of_the_day_on_which_it_was_told(bench: Bench) -> None:
    """A toll of a raid that the report tells nowhere else is of some day before."""
    told = "Border news\n\nThe death toll of the raid on Tacna has been put at 14 by Peru's army."
    assert [mention.when for mention in bench.code(told, given=_WRITTEN).mentions] == [None]


@pytest.mark.parametrize(
    ("text", "word", "day"),
    [
        (
            "Breaking the accord of 4 May by shelling Tacna, Chile's army killed three on Monday.",
            "shelling",
            date(2024, 6, 24),
        ),
        (
            "Breaking the accord of 4 May by shelling Tacna, Chile's army killed three on Monday.",
            "accord",
            date(2024, 5, 4),
        ),
        (
            "On Monday Peru's army, breaking the truce of 4 May by raiding Tarata, burned houses.",
            "raiding",
            date(2024, 6, 24),
        ),
    ],
)
def test_the_day_that_an_accord_is_called_by_is_not_lent(
    bench: Bench, text: str, word: str, day: date
) -> None:
    """A deed that breaks the accord of a day is of the sentence's other day."""
    assert _day(bench, text, word) == day


def test_what_is_done_as_called_for_calls_for_nothing(bench: Bench) -> None:
    """'As called for in the accord' names what is known, and nobody asks for it anew."""
    text = "Chile's army freed 30 soldiers of Peru in Tacna, as called for in the accord of May."
    assert "REQUEST" not in {mention.type for mention in bench.code(text).mentions}


@pytest.mark.parametrize(
    ("text", "word", "day"),
    [
        ("Peru condemned the shelling of Tacna on 4 June.", "shelling", date(2024, 6, 4)),
        ("Peru condemned the shelling of Tacna on 4 June.", "condemned", _WRITTEN),
        # A weekday may be of either, and so may yesterday's date.
        ("Peru condemned the shelling of Tacna on Monday.", "condemned", date(2024, 6, 24)),
        ("Peru condemned the shelling of Tacna on 25 June.", "condemned", _TUESDAY),
    ],
)
def test_a_day_long_past_behind_what_is_condemned_is_of_the_deed(
    bench: Bench, text: str, word: str, day: date
) -> None:
    """Who condemns a deed of some weeks ago does so now."""
    assert _day(bench, text, word) == day


def test_when_the_doers_became_what_they_are_is_not_the_day_of_their_deed(bench: Bench) -> None:
    """'Rebels who left the army in March attacked': that may be any day but in March."""
    coded = bench.code(
        "Rebels who left the army in March attacked a post of Peru near Tacna.", given=_WRITTEN
    )
    attacks = [mention for mention in coded.mentions if mention.type == "ASSAULT"]
    assert attacks
    assert all(m.when is None or m.when.start.month != 3 for m in attacks)


def test_a_protest_that_is_lodged_is_no_march(bench: Bench) -> None:
    """Who lodges a protest accuses, and does no more."""
    coded = bench.code("Peru lodged a protest with Chile on Monday over the raid.", given=_WRITTEN)
    assert {m.type for m in coded.mentions if m.when is not None} == {"ACCUSE"}


def test_a_patrol_that_is_sent_is_not_one_person(bench: Bench) -> None:
    """How many a force has is not told by its 'a'."""
    coded = bench.code("Peru's army sent a patrol into Tacna on Monday. Chile sent 30 soldiers.")
    counts = [c.best for m in coded.mentions for c in m.counts if c.what == "deployed"]
    assert 1 not in counts


_CHARGED = """Peru and Chile signed a truce in Lima on 2 May.

But Chilean police shelled the village of Tarata on Monday in breach of the truce, Peru's army \
charged. One woman was killed and two children were hurt. Chile denied the charge.
"""


def test_a_truce_that_is_said_to_be_broken_is_not_alleged(bench: Bench) -> None:
    """What is charged is the breach: the truce was made, on its own day and nowhere else."""
    truces = [m for m in bench.code(_CHARGED, given=_WRITTEN).mentions if m.type == "AGREE"]
    assert truces
    assert {mention.status for mention in truces} == {"happened"}
    assert {m.when.start for m in truces if m.when is not None} == {date(2024, 5, 2)}


def test_what_follows_a_breach_is_not_as_old_as_the_truce(bench: Bench) -> None:
    """The toll and the denial go on with the shelling, not with the truce that it broke."""
    assert _day(bench, _CHARGED, "killed") == date(2024, 6, 24)
    assert _day(bench, _CHARGED, "denied") != date(2024, 5, 2)
