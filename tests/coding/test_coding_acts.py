"""Acts that have no plain verb of their own, and speech in rarer words; by the rules alone."""

from __future__ import annotations

import pytest
from coded import Bench


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Nigeria's MEND called off its ceasefire on Saturday.", "REJECT"),
        ("The Pakistani Taliban ended a truce with Pakistan on Friday.", "REJECT"),
        ("Eritrea suspended its part in the joint commission with Ethiopia.", "REJECT"),
        ("The Taliban poured cold water on an offer by Pakistan.", "REJECT"),
        ("Chad saw no reason for talks with Niger.", "REJECT"),
        ("Sudan rubbished the charge.", "REJECT"),
        ("Uganda washed its hands of the rebels on Monday.", "REJECT"),
        ("The Taliban rejoined the talks with Pakistan on Monday.", "CONSULT"),
        ("Malaysia bowed out as mediator on Friday.", "SANCTION"),
        ("Rebels of the Taliban came out of the forest on Monday.", "RETREAT"),
        ("Chad handed the port of Salif over to Niger.", "RETREAT"),
        ("Three aid workers came out of jail in Chad on Monday.", "RETREAT"),
        ("Displaced families went back home to Kidal on Sunday.", "RETREAT"),
        ("Eritrea threw open the crossing at Zalambessa on Wednesday.", "CONCEDE"),
        ("Chad gave over the bodies of two soldiers to Niger.", "COOPERATE"),
        ("Peacekeepers of the United Nations put themselves between the two armies.", "MOBILIZE"),
        ("Russia handed a note of protest to Georgia.", "ACCUSE"),
        ("India held Pakistan answerable for the raid on Monday.", "ACCUSE"),
        ("India sought an inquiry from Pakistan.", "REQUEST"),
    ],
)
def test_acts_are_told_by_their_wording(bench: Bench, text: str, kind: str) -> None:
    """A truce that is ended is no truce called off, and a jail that is left is no attack."""
    told = [(mention.type, mention.status) for mention in bench.code(text).mentions]
    assert (kind, "happened") in told
    assert "called_off" not in [status for _, status in told]


@pytest.mark.parametrize(
    "verb", ["rubbished", "repudiated", "discounted", "dispelled", "brushed aside"]
)
def test_who_dismisses_a_claim_denies_what_it_says(bench: Bench, verb: str) -> None:
    """The strike is told, as denied, by whatever verb the report of it is dismissed."""
    text = f"Saudi Arabia {verb} the report that its aircraft bombed a market in Yemen."
    told = {mention.type: mention.status for mention in bench.code(text).mentions}
    assert told == {"REJECT": "happened", "ASSAULT": "denied"}


@pytest.mark.parametrize(
    "text",
    [
        "The army of Mali paid the price.",
        "The president of Chad gave a speech in Niger.",
        "Troops of Chad and Niger exchanged greetings.",
        "Soldiers of Pakistan met resistance near Wana.",
        "The rebels of the Taliban offered no resistance.",
    ],
)
def test_idioms_of_giving_paying_and_meeting_are_no_deeds(bench: Bench, text: str) -> None:
    """Who gives a speech aids nobody, and resistance is not conferred with."""
    assert not bench.code(text).mentions
