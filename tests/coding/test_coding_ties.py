"""Ties that a report's own phrases make between happenings, and such as make none."""

from __future__ import annotations

import pytest
from coded import Bench, Coded

from parley.coding import tying
from parley.errors import DataError
from parley.model import Mention


def made(done: Coded) -> set[tuple[str, str, str]]:
    """Return each tie as (type, relation, type)."""
    by_id = {mention.id: mention for mention in done.mentions}
    return {
        (mention.type, link.relation, by_id[link.mention].type)
        for mention in done.mentions
        for link in mention.links
    }


def _word(mention: Mention) -> str:
    start, end = (at - mention.start for at in mention.trigger)
    return mention.text[start:end]


@pytest.mark.parametrize(
    ("text", "tie"),
    [
        (
            "Libya attacked a Chadian post on Monday. Chad shelled a Libyan village on Tuesday "
            "in response to the raid.",
            ("ASSAULT", "responds_to", "ASSAULT"),
        ),
        (
            "Peru withdrew its troops from the valley under the agreement signed with Ecuador.",
            ("RETREAT", "implements", "AGREE"),
        ),
        (
            "Peru and Ecuador signed a ceasefire on March 1. On Sunday Peru withdrew its troops "
            "from the valley in line with the ceasefire.",
            ("RETREAT", "implements", "AGREE"),
        ),
        (
            "Peru and Ecuador signed a truce on March 1. On Sunday Peru shelled an Ecuadorian "
            "post in violation of the truce.",
            ("ASSAULT", "violates", "AGREE"),
        ),
        (
            "Peru and Ecuador signed a truce on March 1. The truce collapsed on Sunday.",
            ("REJECT", "ends", "AGREE"),
        ),
        # The deed was told in the sentence before, and so is the agreement by its date.
        (
            "Peru and Ecuador signed an accord on March 1. Peru freed 16 Ecuadorian soldiers on "
            "Sunday. It was the first point of the accord to be carried out.",
            ("RETREAT", "implements", "AGREE"),
        ),
        # What is answered is named by its place.
        (
            "Ecuador bombed the village of Loja on Monday, killing four Peruvians. On Friday Peru "
            "shelled a barracks in revenge for Loja.",
            ("ASSAULT", "responds_to", "ASSAULT"),
        ),
        (
            "Ecuador bombed the village of Loja on Monday, killing four Peruvians. In revenge for "
            "Loja Peru shelled a barracks on Friday.",
            ("ASSAULT", "responds_to", "ASSAULT"),
        ),
        # Who was not there, or had nobody there, denies it.
        (
            "Rebels of Peru killed four soldiers of Ecuador on Monday, the army said. The rebels' "
            "leader said that he had been nowhere near.",
            ("REJECT", "denies", "ASSAULT"),
        ),
        (
            "Chile accused Peru of moving a company into the Loja valley. Peru said that it had no "
            "troops in the valley.",
            ("REJECT", "denies", "MOBILIZE"),
        ),
        (
            "Rebels of Peru moved a company into the Loja valley on Monday. In reply, the army of "
            "Ecuador closed the road to Loja.",
            ("COERCE", "responds_to", "MOBILIZE"),
        ),
        # Words answer words.
        (
            "Chile accused Peru on Monday of arming rebels. Peru hit back, accusing Chile of "
            "lying.",
            ("ACCUSE", "responds_to", "ACCUSE"),
        ),
        # Who speaks of a deed that was told answers it.
        (
            "A bomb killed nine soldiers of Peru in Lima on Monday. Chile condemned the attack.",
            ("ACCUSE", "responds_to", "ASSAULT"),
        ),
        (
            "A car bomb killed five soldiers in Lima on Monday. Peru's president called the "
            "explosion an act of terror.",
            ("ACCUSE", "responds_to", "ASSAULT"),
        ),
        (
            "Soldiers of Peru shot 14 men in Puno on Monday. They were buried on Tuesday. Chile "
            "called on the government to investigate.",
            ("REQUEST", "responds_to", "ASSAULT"),
        ),
        # A release ends the taking that is told of those let go, a withdrawal that of a village.
        (
            "Four aid workers who were abducted near Puno on May 5 were freed on Friday.",
            ("RETREAT", "ends", "ASSAULT"),
        ),
        (
            "Rebels who had seized the town of Puno on Friday withdrew from it on Sunday.",
            ("RETREAT", "ends", "ASSAULT"),
        ),
        # A denial is of the deed that the others tell, be it by "this" or in bare words.
        (
            "Peru's police shot down an Ecuadorian drone near Puno on Monday, Peru's government "
            "said. Ecuador's army denied it.",
            ("REJECT", "denies", "ASSAULT"),
        ),
        (
            "A bomb killed nine people in Lima on Monday. Chile denied that its army had anything "
            "to do with the explosion.",
            ("REJECT", "denies", "ASSAULT"),
        ),
        # Who leaves talks is a part of them.
        (
            "Peru and Ecuador held talks in Lima on Monday. Delegates of Ecuador walked out after "
            "an hour.",
            ("REJECT", "part_of", "CONSULT"),
        ),
        # What no verb of a deed tells is told by the phrase.
        (
            "Peru and Ecuador signed a truce in Lima on March 1. Farmers came home to the valley "
            "on Tuesday under the truce.",
            ("COOPERATE", "implements", "AGREE"),
        ),
        (
            "Peru and Ecuador signed a truce in Lima on March 1. Ecuador's guns still stood in the "
            "valley on Tuesday, in crude violation of the truce.",
            ("REJECT", "violates", "AGREE"),
        ),
        (
            "The rebels of Peru declared on Wednesday that the truce of 29 January was at an end.",
            ("REJECT", "ends", "AGREE"),
        ),
        (
            "A bombing in Lima on Saturday ended a nine-month cease-fire.",
            ("ASSAULT", "violates", "AGREE"),
        ),
        (
            "The shelling of Quito on Monday shattered a truce between Peru and Ecuador.",
            ("ASSAULT", "violates", "AGREE"),
        ),
        (
            "The 1995 war between Peru and Ecuador, in which 500 people died, was ended by an "
            "American-brokered truce.",
            ("AGREE", "ends", "ASSAULT"),
        ),
        (
            "Peru and Ecuador signed a peace agreement in Lima on Tuesday. The agreement ended the "
            "war between Peru and Ecuador.",
            ("AGREE", "ends", "ASSAULT"),
        ),
        (
            "Angola's government and UNITA signed an accord in Luena on Thursday, which ended 27 "
            "years of war between the government and UNITA.",
            ("AGREE", "ends", "ASSAULT"),
        ),
        (
            "Kenya shelled a base on Monday in retaliation for an al-Shabaab raid on a camp.",
            ("ASSAULT", "responds_to", "ASSAULT"),
        ),
        (
            "Chad's army and the rebels of FACT agreed on a three-day ceasefire on Friday. FACT "
            "bombed a hospital in Faya on Saturday in violation of the ceasefire.",
            ("ASSAULT", "violates", "AGREE"),
        ),
        (
            "Peru said that Ecuadorian soldiers had killed four civilians. Ecuador denied that its "
            "troops had killed civilians.",
            ("REJECT", "denies", "ASSAULT"),
        ),
        (
            "Nine villagers were shot in Mwaro on Friday. The shooting was the latest in a series "
            "of attacks on villages in the province since May.",
            ("ASSAULT", "part_of", "ASSAULT"),
        ),
        (
            "Peru and Ecuador fought for five days on the border last week. As part of the "
            "fighting, Ecuadorian jets bombed a base near Tumbes on Tuesday.",
            ("ASSAULT", "part_of", "ASSAULT"),
        ),
        (
            "Chadian troops captured the town of Faya on Monday during an offensive that they "
            "had launched in the desert in March.",
            ("ASSAULT", "part_of", "ASSAULT"),
        ),
        (
            "Rebels of FACT ambushed a Chadian convoy on Sunday. Chad's army struck back on "
            "Monday, bombing a camp near Faya.",
            ("ASSAULT", "responds_to", "ASSAULT"),
        ),
        (
            "Kenyan police shot three herders on Friday. A day later herders attacked a police "
            "post in revenge.",
            ("ASSAULT", "responds_to", "ASSAULT"),
        ),
        (
            "Peru closed its border with Ecuador on Friday. Ecuador said that the step was in "
            "retaliation for the arrest of three Peruvian soldiers.",
            ("COERCE", "responds_to", "COERCE"),
        ),
        (
            "Villagers burnt a mosque in Kaduna on Friday to avenge the murder of a pastor.",
            ("ASSAULT", "responds_to", "ASSAULT"),
        ),
        (
            "Libya shelled Faya on Monday after Chad had bombed a wedding in Kufra. Libya said the "
            "shelling was in response to the bombing.",
            ("ASSAULT", "responds_to", "ASSAULT"),
        ),
        (
            "UNITA rebels withdrew from Cuito on Thursday, ending a siege of nine months.",
            ("RETREAT", "ends", "COERCE"),
        ),
        (
            "Peru and Ecuador signed a ceasefire on Friday, which brought three weeks of fighting "
            "on the border to an end.",
            ("AGREE", "ends", "ASSAULT"),
        ),
        (
            "A deal signed in Doha on Sunday ended the fighting between Chad's army and FACT.",
            ("AGREE", "ends", "ASSAULT"),
        ),
        (
            "Peru rejected the accusation that its soldiers had raided a village in Ecuador.",
            ("REJECT", "denies", "ASSAULT"),
        ),
    ],
)
def test_a_phrase_ties(bench: Bench, text: str, tie: tuple[str, str, str]) -> None:
    """What answers, keeps, breaks and ends is said by a phrase, and both happenings are told."""
    assert tie in made(bench.code(text))


@pytest.mark.parametrize(
    "text",
    [
        "Chad shelled a Libyan village. Libya raided a post on Monday.",
        "Peru withdrew its troops from the valley under heavy fire by Ecuador.",
        "Peru and Ecuador signed a trade deal. Kenya shelled a Ugandan post in violation of "
        "the law.",
        "Peru broke its silence on the raid by Ecuador.",
        "Iran will fire missiles in response to any attack by Israel.",
        "In response to questions, the army said that rebels had shot two guards in Lima.",
        "Two of those shot in Lima on Monday were part of a delegation from Quito.",
        "Chad shelled a village on Monday. Libya's president ended his visit to Niger.",
        "A bomb killed two people in Lima on Monday. A court denied bail to a man on Tuesday.",
        "Peru shelled a village on Monday, and on Tuesday it bombed a port.",
    ],
)
def test_without_the_phrase_or_the_agreement_nothing_is_tied(bench: Bench, text: str) -> None:
    """Two happenings side by side, others' agreements and like words make no tie."""
    assert not made(bench.code(text))


def test_nobody_breaks_the_agreement_of_others(bench: Bench) -> None:
    """A truce that is broken is not the deal of others that was told before."""
    text = (
        "Peru and Ecuador signed a trade deal. Kenya shelled a Ugandan post in violation of "
        "the truce."
    )
    mentions = {mention.id: mention for mention in bench.code(text).mentions}
    broken = [mentions[cue.mention] for m in mentions.values() for cue in m.links]
    assert [(m.type, m.known) for m in broken] == [("AGREE", True)]


def test_every_tie_is_of_the_report_and_traced(coded: dict[str, Coded]) -> None:
    """A tie leads to a mention of the same report, never to itself, and has its words."""
    for done in coded.values():
        ids = {mention.id for mention in done.mentions}
        for mention in done.mentions:
            for link in mention.links:
                assert link.mention in ids - {mention.id}
                assert all(
                    trace.report == done.report.id and trace.start < trace.end
                    for trace in link.evidence
                )
            assert len({link.mention for link in mention.links}) == len(mention.links)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ('answers = ["("]\n', "ties.toml"),
        ('answers = "in response to"\n', "ties.toml"),
    ],
)
def test_malformed_phrases_are_named(
    content: str,
    told: str,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """DataError says which file is malformed."""
    folder = tmp_path_factory.mktemp("ties")
    (folder / "data").mkdir()
    rest = "".join(f"{key} = []\n" for key in tying.Phrases.__struct_fields__ if key != "answers")
    (folder / "data" / "ties.toml").write_text(content + rest, encoding="utf-8")
    monkeypatch.setattr(tying, "files", lambda _: folder)
    with pytest.raises(DataError, match=told):
        tying.load_patterns.__wrapped__()


def test_the_day_on_which_a_truce_ended_is_not_its_own(bench: Bench) -> None:
    """A truce that is named by its end is of no day that its report tells so."""
    done = bench.code("A bombing in Lima on Saturday ended a nine-month cease-fire.")
    (truce,) = done.told("AGREE")
    assert truce.mode == "ceasefire"
    assert truce.when is None
    (bombing,) = done.told("ASSAULT")
    assert bombing.when is not None


def test_the_day_of_a_denial_is_not_that_of_the_deed(bench: Bench) -> None:
    """What somebody denies is denied; its day is that of what is told beside it."""
    done = bench.code(
        "Chad's army denied on Thursday that its soldiers had attacked the village of Ngouri, "
        "where 12 people were killed on 18 May."
    )
    attack, killed = done.told("ASSAULT")
    assert (attack.status, killed.status) == ("denied", "happened")
    assert attack.when is not None
    assert killed.when is not None
    assert attack.when.start == killed.when.start
    assert (killed.when.start.month, killed.when.start.day) == (5, 18)
    assert not killed.attribution


def test_a_denied_deed_takes_no_day_from_the_denial(bench: Bench) -> None:
    """Where nothing tells the day of what is denied, it is undated news, not of that Thursday."""
    done = bench.code("Chad's army denied on Thursday that its soldiers had attacked Ngouri.")
    (attack,) = done.told("ASSAULT")
    assert attack.status == "denied"
    assert attack.when is None or attack.when.basis == "report"


@pytest.mark.parametrize(
    "told",
    ["were false", "are baseless", "do not reflect the truth", "were fabricated"],
)
def test_reports_that_are_called_false_are_denied(bench: Bench, told: str) -> None:
    """Who calls a report of a deed false denies the deed."""
    done = bench.code(f"Reports that Peru's army had shelled Quito {told}, the ministry said.")
    assert [mention.status for mention in done.told("ASSAULT")] == ["denied"]


def test_a_truce_that_is_broken_is_older_than_the_breach(bench: Bench) -> None:
    """The day of a breach is not the truce's, and who breaks it is bound by it."""
    done = bench.code(
        "ELN rebels bombed a pipeline in Arauca on Friday in violation of the truce with "
        "Colombia's government."
    )
    (truce,) = done.told("AGREE")
    assert truce.when is None
    assert truce.background
    assert {party.name for party in truce.participants} == {"Colombia", "ELN"}


def test_what_came_after_another_deed_is_the_answer(bench: Bench) -> None:
    """Of two deeds of one sentence the one behind "after" is not the one that answers."""
    done = bench.code(
        "Kenyan jets bombed a camp in Gedo on Sunday, days after al-Shabaab gunmen had killed 148 "
        "students in Garissa, in what the army called a first response to the massacre."
    )
    ties = [(_word(mention), link.relation) for mention in done.mentions for link in mention.links]
    assert ties == [("bombed", "responds_to")]
