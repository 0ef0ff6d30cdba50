"""Ties that a report's own phrases make between happenings, and such as make none."""

from __future__ import annotations

import pytest
from coded import Bench, Coded

from parley.coding import tying
from parley.errors import DataError


def made(done: Coded) -> set[tuple[str, str, str]]:
    """Return each tie as (type, relation, type)."""
    by_id = {mention.id: mention for mention in done.mentions}
    return {
        (mention.type, link.relation, by_id[link.mention].type)
        for mention in done.mentions
        for link in mention.links
    }


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
        "the truce.",
        "Peru broke its silence on the raid by Ecuador.",
        "Iran will fire missiles in response to any attack by Israel.",
    ],
)
def test_without_the_phrase_or_the_agreement_nothing_is_tied(bench: Bench, text: str) -> None:
    """Two happenings side by side, others' agreements and like words make no tie."""
    assert not made(bench.code(text))


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
