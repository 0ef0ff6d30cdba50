"""Who says so: the one who is quoted for a happening, and what he or she makes of it."""

from __future__ import annotations

from datetime import date

import pytest
from coded import Bench

SAYS = [
    ("Ethiopia attacked Sudanese positions, Sudan's army said.", "Sudanese army asserts SDN"),
    ("Sudan said that Ethiopia had attacked its positions.", "Sudan asserts SDN"),
    (
        "The foreign ministry of Sudan said that Ethiopia had attacked its positions.",
        "Sudanese Ministry of Foreign Affairs asserts SDN",
    ),
    (
        '"Ethiopia attacked our positions on Monday," the Sudanese foreign minister said.',
        "Sudanese foreign minister asserts SDN",
    ),
    (
        'The Indian army chief said on Tuesday: "Pakistan attacked our posts."',
        "Indian army chief asserts IND",
    ),
    ("According to the United Nations, Sudan attacked the camp.", "United Nations asserts"),
    ("Sudan attacked the camp, according to the United Nations.", "United Nations asserts"),
    ("Ethiopia, the Sudanese army said, attacked a post on Monday.", "Sudanese army asserts SDN"),
    ("Sudan confirmed that it had attacked Ethiopia.", "Sudan confirms SDN"),
    ("Israel admitted that it had attacked the convoy.", "Israel confirms ISR"),
    ("Ethiopia claimed that Sudan had attacked it.", "Ethiopia asserts ETH"),
    ("Reuters reported that Sudan had attacked Ethiopia.", "Reuters asserts"),
    ("In a statement, the Peruvian army said Ecuador attacked it.", "Peruvian army asserts PER"),
    ("Officials said that Sudan had attacked Ethiopia.", "Officials asserts"),
    ("Witnesses said Sudan had attacked the town of Gallabat.", "Witnesses asserts"),
    ("A resident said Sudanese troops had attacked the town.", "A resident asserts"),
    ("Citing local officials, the agency said Sudan attacked a camp.", "local officials asserts"),
    ("Kenya said on Wednesday that Uganda attacked the island.", "Kenya asserts KEN"),
    ("Sudan attacked the camp on Monday.", ""),
    ("Sudan attacked the camp, and the government fell.", ""),
    ("The minister spoke in Khartoum. Sudan attacked the camp on Monday.", ""),
]


@pytest.mark.parametrize(("text", "expected"), SAYS, ids=[row[0][:50] for row in SAYS])
def test_who_says_it(bench: Bench, text: str, expected: str) -> None:
    """An attack is told by this one, or by the outlet itself."""
    done = bench.code(text)
    (mention,) = [m for m in done.mentions if done.trigger(m) == "attacked"]
    found = [
        " ".join(part for part in (source.name, source.stance, source.country) if part)
        for source in mention.attribution
    ]
    assert "; ".join(found) == expected


def test_a_quotation_goes_on(bench: Bench) -> None:
    """What stands in quotation marks behind a speech is the same speaker's."""
    done = bench.code('Uganda said Kenyan troops came. "They killed three people," it said.')
    killed = next(m for m in done.mentions if done.trigger(m) == "killed")
    assert [source.name for source in killed.attribution] == ["Uganda"]


def test_the_sentence_behind_the_quotation_is_the_outlets(bench: Bench) -> None:
    """Outside the quotation marks nobody is quoted any more."""
    done = bench.code('"We are safe," Uganda said. Kenyan troops attacked the island.')
    (attacked,) = [m for m in done.mentions if done.trigger(m) == "attacked"]
    assert attacked.attribution == ()


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Uganda said that Kenyan troops attacked the island.", "alleged"),
        ("The United Nations said that Kenyan troops attacked the island.", "happened"),
        ("Kenya said that its troops attacked the island.", "happened"),
        ("Kenya confirmed that its troops attacked the island.", "happened"),
        ("Witnesses said that Kenyan troops attacked the island.", "happened"),
        ("Uganda accused Kenya. Kenyan troops attacked the island.", "happened"),
    ],
)
def test_the_other_sides_word_is_an_allegation(bench: Bench, text: str, status: str) -> None:
    """A deed that only the other party tells is alleged; one's own deeds are told."""
    done = bench.code(text)
    (mention,) = [m for m in done.mentions if done.trigger(m) == "attacked"]
    assert mention.status == status


@pytest.mark.parametrize(
    ("text", "type_", "actor", "recipient"),
    [
        ("Uganda accused Kenya of attacking the island.", "ACCUSE", "Uganda", "Kenya"),
        ("Uganda blamed Kenya for the attack.", "ACCUSE", "Uganda", "Kenya"),
        ("Kenya was accused by Uganda of attacking the island.", "ACCUSE", "Uganda", "Kenya"),
        ("Kenya denied that it had attacked Uganda.", "REJECT", "Kenya", "Uganda"),
        ("Kenya rejected Uganda's demand.", "REJECT", "Kenya", "Uganda"),
        ("Kenya urged Uganda to withdraw its troops.", "REQUEST", "Kenya", "Uganda"),
        ("Kenya demanded that Uganda withdraw its troops.", "REQUEST", "Kenya", "Uganda"),
        ("Kenya warned that it would attack Uganda.", "THREATEN", "Kenya", "Uganda"),
        ("Kenya threatened to attack Uganda.", "THREATEN", "Kenya", "Uganda"),
    ],
)
def test_acts_of_speech(bench: Bench, text: str, type_: str, actor: str, recipient: str) -> None:
    """Accusations, denials, demands and threats are happenings with a doer and an addressee."""
    (mention,) = bench.code(text).told(type_)
    assert [p.name for p in mention.participants if p.role == "actor"] == [actor]
    assert [p.name for p in mention.participants if p.role == "recipient"] == [recipient]


def test_the_day_of_the_saying(bench: Bench) -> None:
    """The day on which it was said is not the day on which it happened."""
    done = bench.code("Kenya said on Wednesday that Ugandan troops attacked the island on Monday.")
    (mention,) = done.mentions
    assert mention.said == date(2024, 3, 13)
    assert mention.when is not None
    assert mention.when.start == date(2024, 3, 11)


def test_a_person_speaks_for_a_party(bench: Bench) -> None:
    """A named speaker is a person, with the country that he or she speaks for."""
    done = bench.code(
        "Colonel Adan Warsame, a spokesman for the Somali army, said troops had killed 20 rebels."
    )
    (source,) = done.mentions[0].attribution
    assert (source.name, source.kind, source.country) == ("Adan Warsame", "person", "SOM")


def test_a_quotation_names_its_speaker_at_the_end(bench: Bench) -> None:
    """Who speaks behind the last sentence of a quotation spoke the sentences before it, too."""
    done = bench.code(
        '"Ethiopia attacked our village on Monday. Its soldiers killed three farmers," '
        "the Sudanese foreign minister said."
    )
    first = done.mentions[0]
    assert [source.country for source in first.attribution] == ["SDN"]
    assert first.status == "alleged"


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The MILF said the Philippine army shelled the town of Talayan on Friday.", "alleged"),
        ("The Philippine army said the MILF shelled the town of Talayan on Friday.", "alleged"),
        ("The MILF said it shelled the town of Talayan on Friday.", "happened"),
        ("The Philippine army said it shelled the town of Talayan on Friday.", "happened"),
        ("The Philippine army shelled the town of Talayan on Friday.", "happened"),
    ],
)
def test_what_one_of_two_who_fight_says_of_the_other_is_alleged(
    bench: Bench, text: str, status: str
) -> None:
    """Rebels and their state alike: a deed of the other's is its teller's word alone."""
    (shelling,) = bench.code(text).told("ASSAULT")
    assert shelling.status == status
