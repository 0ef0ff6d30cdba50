"""How many: what the words around a number make of it, and which numbers count nobody."""

from __future__ import annotations

import pytest
from coded import Bench

from parley.coding.numbers import value_of

# A sentence and its counts: what, low, best, high (- for none), whose people.
COUNTS = [
    ("Twelve soldiers were killed in the raid on Monday.", "killed 12 12 12"),
    ("Twenty-three rebels were killed by Malian troops.", "killed 23 23 23"),
    ("Two hundred people were killed in the massacre.", "killed 200 200 200"),
    ("Three thousand five hundred people were killed in the war.", "killed 3500 3500 3500"),
    ("A soldier was killed in an ambush in Mali.", "killed 1 1 1"),
    ("A dozen soldiers were killed in the ambush.", "killed 12 12 12"),
    # Who is told of by a title is one, who was told of before is counted there.
    ("The three-hour battle killed the commander of the 5th brigade.", "killed 1 1 1"),
    ("The soldier was killed in an ambush in Mali.", ""),
    # In telegram style, and in sentences of their own.
    ("Ambush on Malian troops near Gao, three dead.", "killed 3 3 3"),
    ("Mine under bus near Gao, two killed, nine hurt.", "killed 2 2 2; wounded 9 9 9"),
    ("Shooting at the barracks in Gao. 14 guardsmen dead.", "killed 14 14 14"),
    ("Shelling of Gao port. Four dead. Eleven wounded.", "killed 4 4 4; wounded 11 11 11"),
    ("Half a dozen soldiers were killed in the ambush.", "killed 6 6 6"),
    ("About half a million people were displaced by the war.", "displaced - 500000 -"),
    ("More than half a million people were killed in the war.", "killed 500000 500000 -"),
    (
        "One and a half million people were displaced by the war.",
        "displaced 1500000 1500000 1500000",
    ),
    ("Several hundred people were killed in the massacre.", "killed 200 - -"),
    ("A few dozen rebels were killed in the raid.", "killed 24 - -"),
    ("Over a hundred soldiers were killed in the raid.", "killed 100 100 -"),
    ("At least three hundred people were killed in the massacre.", "killed 300 300 -"),
    ("More than two hundred and fifty people were killed.", "killed 250 250 -"),
    ("Two hundred and twenty-five soldiers were killed in the raid.", "killed 225 225 225"),
    ("Between two hundred and three hundred people were killed.", "killed 200 - 300"),
    ("At least thirty people are reported dead in the violence.", "killed 30 30 -"),
    ("The army attacked the camp, with over a hundred people injured.", "wounded 100 100 -"),
    (
        "Chad suffered 134 casualties, including 13 fatalities, in clashes with Niger.",
        "killed 13 13 13",
    ),
    ("The army suffered 40 casualties in clashes with rebels.", "killed 40 40 40"),
    ("A bomb went off, sending a massive column of smoke into the air.", ""),
    ("Chad sent 40 soldiers to the border.", "deployed 40 40 40 Chad"),
    ("A couple of policemen were wounded in the blast.", "wounded 2 2 2"),
    ("At least 12 soldiers were killed in the attack on Monday.", "killed 12 12 -"),
    ("No fewer than 15 villagers were killed by gunmen.", "killed 15 15 -"),
    ("More than 6,500 Ethiopian troops were killed.", "killed 6500 6500 - Ethiopia"),
    ("Over 1,000 people were displaced by fighting in Goma.", "displaced 1000 1000 -"),
    ("About 2,000 people were killed in clashes in Darfur.", "killed - 2000 -"),
    ("The conflict killed some 30,000 people.", "killed - 30000 -"),
    ("Up to 300 people were killed in the raid.", "killed - 300 300"),
    ("As many as 50 rebels were killed in the raid.", "killed - 50 50"),
    ("Fewer than 20 people were killed in the attack.", "killed - 20 20"),
    ("Almost 100 people were wounded in the clashes.", "wounded - 100 100"),
    ("Clashes killed between 20 and 30 people.", "killed 20 - 30"),
    ("Chad shelled a market, killing between 10 and 15 civilians.", "killed 10 - 15"),
    (
        "The number of people killed in the attack on Gao has risen to at least 134.",
        "killed 134 134 -",
    ),
    ("Rescuers recovered 12 bodies after the raid on Sunday.", "killed 12 12 12"),
    ("Police found the bodies of three men on Monday.", "killed 3 3 3"),
    ("Ten to fifteen people were killed in the clashes.", "killed 10 - 15"),
    ("Rebels killed 20-30 people.", "killed 20 - 30"),
    ("Dozens of people were killed in an attack on the village.", "killed 24 - -"),
    ("Scores of villagers were killed by gunmen.", "killed 40 - -"),
    ("Hundreds of civilians were killed in Sudan.", "killed 200 - -"),
    ("Thousands of people were killed in the war.", "killed 2000 - -"),
    ("Several people were killed in the shelling of the town.", "killed 3 - -"),
    ("1.5 million people were displaced by the war.", "displaced 1500000 1500000 1500000"),
    ("The attack left 14 dead and 30 wounded.", "killed 14 14 14; wounded 30 30 30"),
    ("The bombing left four people dead.", "killed 4 4 4"),
    (
        "Shelling killed a woman and two children in Taiz.",
        "killed 1 1 1; killed 2 2 2; killed 3 3 3",
    ),
    ("Forty people lost their lives in the attack.", "killed 40 40 40"),
    ("The war has claimed the lives of 150,000 people.", "killed 150000 150000 150000"),
    ("The casualties rose to at least 286.", "killed 286 286 -"),
    ("The death toll from the bombing rose to 62.", "killed 62 62 62"),
    ("Eight people died when a bomb exploded in Quetta.", "killed 8 8 8"),
    ("Three of its soldiers were killed in clashes, India said.", "killed 3 3 3 India"),
    (
        "Israel said that 14 of its troops had been killed in the fighting.",
        "killed 14 14 14 Israel",
    ),
    ("Fighting drove out the rebels and killed 40 Chadian soldiers.", "killed 40 40 40 Chad"),
    ("Some 20 people, including six children, were killed in the strike.", "killed - 20 -"),
    ("Russia deployed 2,000 peacekeepers to the region.", "deployed 2000 2000 2000"),
    ("Chad sent 500 troops to the border.", "deployed 500 500 500 Chad"),
    ("Rebels captured 30 soldiers in the raid.", "captured 30 30 30"),
    ("Gunmen kidnapped more than 200 schoolgirls on Monday.", "captured 200 200 -"),
    ("Police arrested 45 protesters in Minsk.", "captured 45 45 45"),
    # What a number of several words says, wherever the parse hangs its parts.
    ("At least two dozen miners were killed by gunmen.", "killed 24 24 -"),
    ("Tens of thousands of people were displaced by the war.", "displaced 20000 - -"),
    ("Two to three million people were displaced.", "displaced 2000000 - 3000000"),
    ("A quarter of a million people were displaced.", "displaced 250000 250000 250000"),
    ("A dozen or so rebels were captured in the raid.", "captured - 12 -"),
    ("Two or three soldiers were wounded in the raid.", "wounded 2 - 3"),
    ("At least some 40 people were killed in the raid.", "killed 40 40 -"),
    ("More than 300 families were displaced by the war.", "displaced 300 - -"),
    ("Four died and 17 others were hospitalised.", "killed 4 4 4; wounded 17 17 17"),
    ("A rocket killed a man, his wife and a nurse.", "killed 3 3 3; killed 1 1 1"),
    # What became of people, told by the clause over the happening.
    ("Some 3,000 people fled the fighting in Marawi.", "displaced - 3000 -"),
    ("Two hundred fled after the army shelled the town.", "displaced 200 200 200"),
    ("Dozens of soldiers are missing after an ambush near Gao.", "missing 24 - -"),
    ("Three people are dead after a bombing in Basra.", "killed 3 3 3"),
    ("Six people were in hospital after the shooting.", "wounded 6 6 6"),
    ("The rebels fled after 12 hours of fighting.", ""),
    # Who is counted already: one of those that stand before.
    (
        "Jets hit a base in Mali on Friday, killing twelve rebels, among them a chief known as Ba.",
        "killed 12 12 12",
    ),
    ("Troops killed nine rebels in Gao, including a commander who led them.", "killed 9 9 9"),
    # Numbers of other things, and none.
    ("Rebels fired 30 rockets at Aden on Monday.", ""),
    ("In 2019 the army killed the rebel leader.", ""),
    ("Peru attacked 15 positions on Friday.", ""),
    ("Two drones were shot down by Ukraine on Friday.", ""),
    ("Syria seized 40 tonnes of weapons.", ""),
    ("The soldiers were killed 60 kilometres from the border.", ""),
    ("Troops advanced 20 kilometres and killed the commander.", ""),
    ("Nobody was killed in the attack.", ""),
    ("Kenya and Uganda held the second round of talks in 12 days.", ""),
]


@pytest.mark.parametrize(("text", "expected"), COUNTS, ids=[text[:40] for text, _ in COUNTS])
def test_counts(bench: Bench, text: str, expected: str) -> None:
    """A sentence gives these numbers of people and no other."""
    found = {
        " ".join([*map(_written, (count.what, count.low, count.best, count.high, count.side))])
        for mention in bench.code(text).mentions
        for count in mention.counts
    }
    assert {one.removesuffix(" -") if one.count(" ") == 4 else one for one in found} == {
        part for part in expected.split("; ") if part
    }


@pytest.mark.parametrize(
    ("headline", "expected"),
    [
        ("5 killed, 12 hurt in Cotabato blast", "killed 5 5 5; wounded 12 12 12"),
        ("12 dead, 30 injured in Baghdad car bombing", "killed 12 12 12; wounded 30 30 30"),
        ("Blast in Jolo kills 3, injures at least 10", "killed 3 3 3; wounded 10 10 -"),
        ("Dozens feared dead after raid on Darfur camp", "killed 24 - -"),
        ("Army shells 12 villages in Idlib, 4 rebels killed", "killed 4 4 4"),
        ("Attack on 3 killed officers' homes", ""),
    ],
)
def test_headlines_count(bench: Bench, headline: str, expected: str) -> None:
    """What stands in a headline beside "dead" or "hurt" is counted, whatever a parse says."""
    text = f"{headline}\n\nIt rained in the capital all day, and the shops were shut at noon."
    found = {
        " ".join([*map(_written, (count.what, count.low, count.best, count.high))])
        for mention in bench.code(text).mentions
        for count in mention.counts
    }
    assert found == {part for part in expected.split("; ") if part}


def _written(value: object) -> str:
    return "-" if value is None else str(value)


def test_the_dead_of_another_day_are_not_counted_again(bench: Bench) -> None:
    """Whom a clause of after, before or since counts were killed in another happening."""
    done = bench.code(
        "Armed men killed six people in Lumbe on Thursday, the army said, five days after 19 "
        "people were killed in Orsa."
    )
    counted = [{count.best for count in mention.counts} for mention in done.mentions]
    assert {6} in counted
    assert {6, 19} not in counted


def test_counts_say_which_words_count(bench: Bench) -> None:
    """The evidence of a count is its number."""
    done = bench.code("At least 1,250 soldiers were killed in Mali.")
    (count,) = done.mentions[0].counts
    (trace,) = count.evidence
    assert done.report.text[trace.start : trace.end] == "1,250"


def test_counts_say_who_claims_them(bench: Bench) -> None:
    """A figure that somebody gives is that one's; the outlet's own is nobody's."""
    claimed = bench.code("Chad's army said that it had killed 40 rebels.").mentions[-1]
    assert [count.claimed_by for count in claimed.counts] == ["Chadian army"]
    own = bench.code("The army killed 40 rebels in Chad.").mentions[-1]
    assert [count.claimed_by for count in own.counts] == [None]


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("6,500", 6500),
        ("12", 12),
        ("forty-two", 42),
        ("two hundred", 200),
        ("2 million", 2_000_000),
        ("2.5 million", 2_500_000),
        ("seven thousand", 7000),
        ("eleven", 11),
    ],
)
def test_numbers_in_digits_and_words(bench: Bench, words: str, value: int) -> None:
    """A number is worth what its digits or words say."""
    (doc,) = bench.code(f"They saw {words} people there.").dated.parse.docs
    (people,) = [token for token in doc if token.lower_ == "people"]
    (number,) = [child for child in people.children if child.dep_ == "nummod"]
    assert value_of(number) == value


@pytest.mark.parametrize(
    ("text", "whom"),
    [
        ("Eight soldiers were killed in a raid on Gao.", "soldiers"),
        ("Hundreds of villagers were killed by gunmen.", "villagers"),
        ("Five died as gunmen attacked a village.", None),
        ("The bombing left nine dead.", None),
    ],
)
def test_counts_say_whom_they_count(bench: Bench, text: str, whom: str | None) -> None:
    """A count has the noun that is counted; who attacks is not counted."""
    told = [count for mention in bench.code(text).mentions for count in mention.counts]
    assert {count.whom for count in told} == {whom}
