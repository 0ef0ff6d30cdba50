"""Did it happen: the status of one word of one sentence, and where it tells no event."""

from __future__ import annotations

import pytest
from coded import Bench

# A sentence, the type that is asked for, and its status (None: no such event is told).
STATUS = [
    ("Sudan attacked Ethiopia.", "ASSAULT", "happened"),
    ("Sudan has attacked Ethiopia twice.", "ASSAULT", "happened"),
    ("Sudan had attacked Ethiopia before the talks.", "ASSAULT", "happened"),
    ("Sudan began to attack Ethiopia.", "ASSAULT", "happened"),
    ("Sudan was forced to withdraw its troops from Ethiopia.", "RETREAT", "happened"),
    ("Soldiers killed by Pakistan in the raid were buried.", "ASSAULT", "happened"),
    ("India, which attacked Pakistan on Monday, called up reservists.", "ASSAULT", "happened"),
    ("Chad withdrew its troops from Niger.", "RETREAT", "happened"),
    ("Chad imposed sanctions on Niger.", "SANCTION", "happened"),
    ("Peru and Ecuador held talks in Lima on Tuesday.", "CONSULT", "happened"),
    ("Talks between Peru and Ecuador took place in Lima.", "CONSULT", "happened"),
    ("After talks with Ecuador, Peru withdrew its troops.", "CONSULT", "happened"),
    ("Peru and Ecuador signed a ceasefire agreement on Monday.", "AGREE", "happened"),
    ("Peru denied the claim.", "REJECT", "happened"),
    ("Peru threatened to attack Ecuador.", "THREATEN", "happened"),
    ("Peru demanded that Ecuador withdraw its troops.", "REQUEST", "happened"),
    # It goes on.
    ("Sudanese troops are attacking Ethiopia.", "ASSAULT", "ongoing"),
    ("Peru and Ecuador are holding talks in Lima.", "CONSULT", "ongoing"),
    ("Rebels are shelling the town of Goma.", "ASSAULT", "ongoing"),
    ("Chad is withdrawing its troops from Niger.", "RETREAT", "ongoing"),
    # It is fixed for a day to come.
    ("Peru and Ecuador will hold talks in Lima on Tuesday.", "CONSULT", "scheduled"),
    ("Peru and Ecuador are to hold talks in Lima next week.", "CONSULT", "scheduled"),
    ("Peru and Ecuador are scheduled to meet in Lima on Friday.", "CONSULT", "scheduled"),
    ("Peru and Ecuador are due to meet in Lima on Tuesday.", "CONSULT", "scheduled"),
    ("Peru and Ecuador plan to meet on Tuesday.", "CONSULT", "scheduled"),
    ("Peru and Ecuador agreed to meet on March 28.", "CONSULT", "scheduled"),
    ("The upcoming talks between Peru and Ecuador drew interest.", "CONSULT", "scheduled"),
    ("The talks between Peru and Ecuador will be held on March 20.", "CONSULT", "scheduled"),
    ("Peru's president will visit Ecuador on March 20.", "CONSULT", "scheduled"),
    # It is thought to come.
    ("Peru and Ecuador are expected to hold talks in Lima.", "CONSULT", "expected"),
    ("Peru and Ecuador are likely to meet in Lima.", "CONSULT", "expected"),
    ("Peru and Ecuador hope to hold talks in April.", "CONSULT", "expected"),
    ("Peru said that it would sign the agreement with Ecuador.", "AGREE", "expected"),
    # Somebody wants it.
    ("Peru proposed talks with Ecuador.", "CONSULT", "proposed"),
    ("Peru suggested a meeting with Ecuador.", "CONSULT", "proposed"),
    ("Peru offered talks to Ecuador.", "CONSULT", "proposed"),
    ("A proposed meeting between Peru and Ecuador drew interest.", "CONSULT", "proposed"),
    # It was to be, and will not.
    ("The talks between Peru and Ecuador were called off.", "CONSULT", "called_off"),
    ("Peru called off the talks with Ecuador.", "CONSULT", "called_off"),
    ("Peru postponed a meeting with Ecuador.", "CONSULT", "called_off"),
    ("Peru cancelled the summit with Ecuador.", "CONSULT", "called_off"),
    ("The meeting between Peru and Ecuador did not take place.", "CONSULT", "called_off"),
    ("The planned meeting between Peru and Ecuador was cancelled.", "CONSULT", "called_off"),
    ("The talks between Peru and Ecuador were suspended.", "CONSULT", "called_off"),
    # Somebody says so, and it is left at that.
    ("Sudan reportedly attacked Ethiopia.", "ASSAULT", "alleged"),
    ("Sudan allegedly attacked Ethiopia on Monday.", "ASSAULT", "alleged"),
    ("The alleged attack by Sudan on Ethiopia drew criticism.", "ASSAULT", "alleged"),
    ("Ethiopia claimed that Sudan had attacked it.", "ASSAULT", "alleged"),
    ("Ethiopia said that Sudan had attacked its posts.", "ASSAULT", "alleged"),
    ("Sudan may have attacked Ethiopia.", "ASSAULT", "alleged"),
    # It did not happen.
    ("Sudan did not attack Ethiopia.", "ASSAULT", "denied"),
    ("Sudan never attacked Ethiopia.", "ASSAULT", "denied"),
    ("Sudan failed to attack Ethiopia.", "ASSAULT", "denied"),
    ("No talks between Peru and Ecuador took place.", "CONSULT", "denied"),
    ("Peru and Ecuador have not signed a peace agreement.", "AGREE", "denied"),
    ("Nobody was killed in the raid.", "ASSAULT", "denied"),
    # No event: conditions, purposes, wishes, duties, fears, what is demanded or threatened.
    ("If Sudan attacks Ethiopia, the region will burn.", "ASSAULT", None),
    ("Whether Peru attacked Ecuador is unclear.", "ASSAULT", None),
    ("Sudan may attack Ethiopia.", "ASSAULT", None),
    ("Sudan could attack Ethiopia.", "ASSAULT", None),
    ("Peru and Ecuador should sign the agreement.", "AGREE", None),
    ("Peru and Ecuador must sign a peace agreement.", "AGREE", None),
    ("Peru and Ecuador would have signed the agreement.", "AGREE", None),
    ("The risk of war between Peru and Ecuador is growing.", "ASSAULT", None),
    ("Fears of an attack by Peru on Ecuador grew.", "ASSAULT", None),
    # What is neared has not come.
    ("Peru and Ecuador edge towards treaty in Lima", "AGREE", None),
    ("Peru and Ecuador moved closer to an agreement on Sunday.", "AGREE", None),
    ("Peru and Ecuador are close to a ceasefire.", "AGREE", None),
    ("Peru and Ecuador were nearing a deal on prisoners.", "AGREE", None),
    ("Peru and Ecuador are on the verge of a truce.", "AGREE", None),
    ("Peru and Ecuador signed a truce close to the border.", "AGREE", "happened"),
    ("Peru prevented an attack by Ecuador.", "ASSAULT", None),
    ("An attack by Peru on Ecuador was averted.", "ASSAULT", None),
    ("Without talks between Peru and Ecuador, nothing will change.", "CONSULT", None),
    ("Peru threatened to attack Ecuador.", "ASSAULT", None),
    ("Peru demanded that Ecuador withdraw its troops.", "RETREAT", None),
    ("Peru promised to withdraw its troops from Ecuador.", "RETREAT", None),
    ("Peru refused to attack Ecuador.", "ASSAULT", None),
    ("Peru considered imposing sanctions on Ecuador.", "SANCTION", None),
    ("An earthquake in Turkey killed 200 people.", "ASSAULT", None),
]


@pytest.mark.parametrize(("text", "type_", "status"), STATUS, ids=[row[0][:50] for row in STATUS])
def test_status(bench: Bench, text: str, type_: str, status: str | None) -> None:
    """The sentence makes this of a happening of that type."""
    found = {mention.status for mention in bench.code(text).told(type_)}
    assert found == ({status} if status else set())


def test_every_status_is_held() -> None:
    """The table has every status of the record, and none at all."""
    told = {row[2] for row in STATUS}
    assert told == {
        "happened",
        "ongoing",
        "scheduled",
        "expected",
        "proposed",
        "called_off",
        "alleged",
        "denied",
        None,
    }


def test_what_is_ahead_of_the_report_has_not_happened(bench: Bench) -> None:
    """The tense of a headline is the present, whatever it tells."""
    done = bench.code("Peru's president visits Ecuador on March 22.")
    assert [m.status for m in done.mentions] == ["scheduled"]


def test_an_act_of_will_is_cast_by_what_it_is(bench: Bench) -> None:
    """Who says that he will send aid agrees to; who says that he will strike threatens to."""
    (aid,) = bench.code("Chad said that it will send food to Niger.").mentions
    assert (aid.type, aid.status) == ("AGREE", "scheduled")
    (strike,) = bench.code("Chad said that it will attack Niger.").mentions
    assert strike.type == "THREATEN"


def test_what_will_be_yielded_keeps_its_type(bench: Bench) -> None:
    """A withdrawal or a release ahead is one, whoever tells it; so is aid that nobody promises."""
    for told, kind in [
        ("Chad said that it will withdraw its troops from Niger.", "RETREAT"),
        ("The curfew in Bangui will be lifted by the army of Chad on Friday.", "CONCEDE"),
        ("Food will be delivered to Niger on Friday.", "AID"),
    ]:
        (ahead,) = bench.code(told).mentions
        assert (ahead.type, ahead.status) == (kind, "scheduled")
