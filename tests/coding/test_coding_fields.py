"""Who takes part, where, when, what was agreed, and what one sentence leaves to the others."""

from __future__ import annotations

from datetime import date

import pytest
from coded import Bench

# A sentence, the type that is asked for, and who takes part.
PARTICIPANTS = [
    # Voices, relatives, control, coordination.
    ("Chad attacked Niger.", "ASSAULT", "actor Chad; recipient Niger"),
    ("Niger was attacked by Chad.", "ASSAULT", "actor Chad; recipient Niger"),
    ("India, which attacked Pakistan, called it a success.", "ASSAULT",
     "actor India; recipient Pakistan"),
    ("Soldiers killed by Pakistan in the raid were buried.", "ASSAULT",
     "actor Pakistan; victim soldiers"),
    ("Sudan began to attack Ethiopia.", "ASSAULT", "actor Sudan; recipient Ethiopia"),
    ("Kenya urged Uganda to withdraw.", "REQUEST", "actor Kenya; recipient Uganda"),
    ("Congolese and Rwandan troops shelled Uganda.", "ASSAULT",
     "actor Democratic Republic of the Congo; actor Rwanda; recipient Uganda"),
    ("Kenya and Uganda are likely to meet.", "CONSULT", "actor Kenya; actor Uganda"),
    # Light verbs and the nouns that they govern.
    ("Peru held talks with Ecuador.", "CONSULT", "actor Ecuador; actor Peru"),
    ("Talks between Peru and Ecuador took place.", "CONSULT", "actor Ecuador; actor Peru"),
    ("A round of talks between Peru and Ecuador ended.", "CONSULT", "actor Ecuador; actor Peru"),
    ("Peru called off the talks with Ecuador.", "CONSULT", "actor Ecuador; actor Peru"),
    ("Qatar hosted talks between Kenya and Uganda.", "CONSULT",
     "actor Kenya; actor Uganda; host Qatar"),
    ("The Turkish-brokered talks between Russia and Ukraine took place in Istanbul.", "CONSULT",
     "actor Russia; actor Ukraine; mediator Turkey"),
    ("Kenya took part in talks with Uganda under the auspices of the African Union.", "CONSULT",
     "actor Kenya; actor Uganda; mediator African Union"),
    ("Delegations of the Chadian government and the FARC rebels met in Oslo.", "CONSULT",
     "actor Chad; actor FARC"),
    # Who is told to attend in a clause of its own.
    ("The leaders of Peru and Ecuador met in Lima on Monday in the presence of Chile's president.",
     "CONSULT", "actor Ecuador; actor Peru; observer Chile"),
    ("Talks between Kenya and Uganda are expected to take place on Friday in the presence of the "
     "president of Ghana and the foreign minister of Chad.", "CONSULT",
     "actor Kenya; actor Uganda; observer Chad; observer Ghana"),
    ("Kenya and Uganda will meet in Kigali on Friday. The president of Ghana will also attend.",
     "CONSULT", "actor Kenya; actor Uganda; observer Ghana"),
    ("Talks between Kenya and Uganda are scheduled for June 1 in Kigali and Ghanaian President "
     "John Mahama and Chad's foreign minister are expected to participate.", "CONSULT",
     "actor Chad; actor Ghana; actor Kenya; actor Uganda"),
    ("Kenya and Uganda will meet in Kigali on Friday. The president of Ghana will not attend.",
     "CONSULT", "actor Kenya; actor Uganda"),
    ("Indian and Pakistani officials held talks in Dubai, attended by the Saudi foreign minister.",
     "CONSULT", "actor India; actor Pakistan; observer Saudi Arabia"),
    # Who stands between them, or saw it, by a clause of its own.
    ("Kenya and Uganda signed an accord in Kigali on Friday. Ghana will act as guarantor.",
     "AGREE", "actor Kenya; actor Uganda; mediator Ghana; signatory Kenya; signatory Uganda"),
    ("The accord, signed in Kigali on Friday by Kenya and Uganda, was witnessed by Ghana.",
     "AGREE", "actor Kenya; actor Uganda; observer Ghana; signatory Kenya; signatory Uganda"),
    # Whom no list names.
    ("Gunmen killed 12 villagers on Thursday.", "ASSAULT", "actor gunmen; victim villagers"),
    ("Protesters clashed with police in Tbilisi.", "PROTEST", "actor protesters; recipient police"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "type_", "expected"), PARTICIPANTS)
def test_participants(bench: Bench, text: str, type_: str, expected: str) -> None:
    """The slots of the sentence, whatever its voice, are these parties in these roles."""
    (mention,) = bench.code(text).told(type_)
    found = sorted(f"{who.role} {who.name}" for who in mention.participants)
    assert "; ".join(found) == expected


@pytest.mark.parametrize(
    "text",
    [
        "25 Nov Army kills 20 rebels near Gao.",
        "26 Nov Rebels shell Kidal.",
        "Feb 3 Army shells Gao.",
    ],
)
def test_a_month_is_no_part_of_a_name(bench: Bench, text: str) -> None:
    """In a log the day stands right before who did it."""
    names = {who.name for mention in bench.code(text).mentions for who in mention.participants}
    assert names
    assert not any("Nov" in name or "Feb" in name for name in names)


def test_who_witnessed_an_accord_made_none(bench: Bench) -> None:
    """'Ghana witnessed it' adds Ghana to the accord told before, as an observer, not to talks."""
    (agreed,) = bench.code(
        "Kenya and Uganda signed an accord in Kigali on Friday after talks that Togo had brokered. "
        "Ghana and Chad witnessed it."
    ).told("AGREE")
    seen = {who.name for who in agreed.participants if who.role == "observer"}
    assert seen == {"Ghana", "Chad"}


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Peru and Ecuador held talks in Lima.", ["Lima"]),
        ("Sudan shelled the town of Gallabat.", ["Gallabat"]),
        ("Protesters clashed with police in Tbilisi on Monday.", ["Tbilisi"]),
        ("The presidents of Peru and Ecuador met in Brasilia on Thursday.", ["Brasilia"]),
        ("Doha hosted talks between the Taliban and the United States.", ["Doha"]),
        ("Peru and Ecuador held talks.", []),
        ("Qatar hosted talks between the Taliban and the United States.", []),
        ("The foreign ministers of Greece and Turkey met.", []),
        ("Peru and Ecuador held talks, an official in Madrid said.", []),
        ("Rebels violated the Lusaka ceasefire when they attacked Kisangani.", ["Kisangani"]),
        ("Guns shelled Avdiivka in breach of the Minsk truce.", ["Avdiivka"]),
        ("Peru and Ecuador signed the Brasilia agreement.", ["Brasilia"]),
    ],
)
def test_places(bench: Bench, text: str, places: list[str]) -> None:
    """A happening is where it is told to be, and nowhere else; no capital is guessed."""
    (mention, *_) = bench.code(text).mentions
    assert [place.name for place in mention.where] == places


@pytest.mark.parametrize(
    ("text", "start", "end", "basis"),
    [
        ("Chad attacked Niger on Monday.", date(2024, 3, 11), date(2024, 3, 11), "told"),
        ("Chad attacked Niger in May 2021.", date(2021, 5, 1), date(2021, 5, 31), "told"),
        ("Chad attacked Niger.", date(2024, 3, 15), date(2024, 3, 15), "report"),
        ("Since May 2022 Russia has blockaded the port of Odesa.", date(2022, 5, 1), None, "told"),
        (
            "Chad and Niger will hold talks on March 20.",
            date(2024, 3, 20),
            date(2024, 3, 20),
            "told",
        ),
        ("On Monday Chad said Niger attacked it.", date(2024, 3, 15), date(2024, 3, 15), "report"),
        # How old a thing is tells of no happening.
        (
            "Chad shelled a landmark 11th century temple in Niger.",
            date(2024, 3, 15),
            date(2024, 3, 15),
            "report",
        ),
    ],
)
def test_times(bench: Bench, text: str, start: date, end: date | None, basis: str) -> None:
    """A happening has the time that its own clause tells, else that of the report."""
    (mention,) = bench.code(text).mentions
    assert mention.when is not None
    assert (mention.when.start, mention.when.end, mention.when.basis) == (start, end, basis)


def test_a_time_goes_on_in_its_paragraph(bench: Bench) -> None:
    """What follows in the paragraph of a dated deed is of its day, and says that it is inferred."""
    first, second = bench.code(
        "Kenya withdrew its troops on Tuesday. It also released 12 prisoners."
    ).mentions
    assert first.when is not None
    assert second.when is not None
    assert second.when.start == first.when.start == date(2024, 3, 12)
    assert (first.when.basis, second.when.basis) == ("told", "context")


def test_what_is_recalled_is_background(bench: Bench) -> None:
    """A story of old is marked as such, with what follows it in its paragraph."""
    done = bench.code("In May 2021 Kenyan troops attacked the island. They killed 30 fishermen.")
    assert [mention.background for mention in done.mentions] == [True, True]
    assert not any(m.background for m in bench.code("Chad attacked Niger on Monday.").mentions)


def test_the_meeting_is_the_one_told_of_before(bench: Bench) -> None:
    """A definite noun takes parties, place and day from what it points back to."""
    done = bench.code(
        "The presidents of Peru and Ecuador met in Brasilia on Thursday. "
        "The meeting lasted four hours."
    )
    met, meeting = done.told("CONSULT")
    assert {p.name for p in meeting.participants} == {"Peru", "Ecuador"}
    assert [place.name for place in meeting.where] == ["Brasilia"]
    assert met.when is not None
    assert meeting.when is not None
    assert meeting.when.start == met.when.start


def test_a_denial_is_tied_to_its_accusation(bench: Bench) -> None:
    """Who denies an accusation denies the one told before it, and the deed that it is of."""
    done = bench.code("Uganda accused Kenya of attacking the island. Kenya denied the accusation.")
    (accused,) = done.told("ACCUSE")
    (deed,) = done.told("ASSAULT")
    (denied,) = done.told("REJECT")
    assert [(link.relation, link.mention) for link in denied.links] == [
        ("denies", accused.id),
        ("denies", deed.id),
    ]
    assert deed.status == "alleged"


def test_provisions_of_a_sentence(bench: Bench) -> None:
    """What the verb of agreeing governs was agreed, point by point."""
    done = bench.code("Peru and Ecuador agreed to exchange prisoners and to reopen the border.")
    (agreed,) = [m for m in done.told("AGREE") if m.provisions]
    assert [point.text for point in agreed.provisions] == [
        "to exchange prisoners",
        "to reopen the border",
    ]


def test_provisions_of_a_list(bench: Bench) -> None:
    """The points of the list behind an agreement are its own; what follows the list is not."""
    done = bench.code(
        "Peru and Ecuador agreed on Monday:\n- to exchange all prisoners;\n"
        "- to reopen the border;\n- to withdraw their troops.\nNothing was said of the lake."
    )
    agreed = done.told("AGREE")[0]
    assert [point.text.rstrip(";.") for point in agreed.provisions] == [
        "to exchange all prisoners",
        "to reopen the border",
        "to withdraw their troops",
    ]


def test_provisions_under_the_deal(bench: Bench) -> None:
    """'Under the deal, ...' tells a point of the agreement told before it."""
    done = bench.code(
        "Peru and Ecuador signed a ceasefire agreement on Monday.\n"
        "Under the deal, Peru will withdraw its troops from the valley."
    )
    points = [point.text for mention in done.told("AGREE") for point in mention.provisions]
    assert points == ["Peru will withdraw its troops from the valley"]
    assert done.mentions[0].provisions


def test_who_mediated_the_talks_mediated_those_told_of_before(bench: Bench) -> None:
    """'Norway mediated the talks' is of the talks before, in their place, between their sides."""
    done = bench.code("Peru and Ecuador met in Oslo on Monday. Norway mediated the talks.")
    met, mediated = done.told("CONSULT")
    assert [place.name for place in mediated.where] == ["Oslo"]
    assert mediated.when is not None and met.when is not None
    assert mediated.when.start == met.when.start
    roles = {who.name: who.role for who in mediated.participants}
    assert roles == {"Norway": "mediator", "Peru": "actor", "Ecuador": "actor"}
