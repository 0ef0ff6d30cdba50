"""What was agreed: which sentences tell it, where each point of it begins, and whose it is."""

from __future__ import annotations

from datetime import date

import pytest
from coded import Bench, Coded

# What stands behind the sentence that tells of an agreement, and its points.
TERMS = [
    # The agreement stands in front.
    ("Under the deal, Peru will leave the valley, Ecuador is to free 30 captives, and a joint "
     "commission will watch over both.",
     ["Peru will leave the valley", "Ecuador is to free 30 captives",
      "a joint commission will watch over both"]),
    ("By the accord, which was reached at dawn, the port becomes a free zone; a Swiss will run it.",
     ["the port becomes a free zone", "a Swiss will run it"]),
    ("Peru will, officials said, get the hills. As part of the pact Ecuador must clear its mines.",
     ["Ecuador must clear its mines"]),
    ("The two armies have, under the truce, 40 days to leave the hills.", []),
    ("Its fighters are to be disarmed under the text.", ["Its fighters are to be disarmed"]),
    # The agreement is the subject.
    ("The accord provides for the return of refugees, an amnesty and elections by May.",
     ["the return of refugees", "an amnesty", "elections by May"]),
    ("The pact requires Ecuador to free its captives and to clear the mines.",
     ["Ecuador to free its captives", "to clear the mines"]),
    ("The treaty divides the valley in two, keeps the port open and bars foreign bases.",
     ["divides the valley in two", "keeps the port open", "bars foreign bases"]),
    ("It also stipulates that no shots be fired and that the road be opened.",
     ["no shots be fired", "the road be opened"]),
    # Its text speaks.
    ("\"Both armies shall return to barracks,\" the text says.",
     ["Both armies shall return to barracks"]),
    # It goes on.
    ("Under the deal, Peru will leave the valley. Ecuador is to free 30 captives. The road will "
     "reopen in June, an envoy said.",
     ["Peru will leave the valley", "Ecuador is to free 30 captives",
      "The road will reopen in June"]),
    ("Both sides will pull their guns back.", ["Both sides will pull their guns back"]),
    ("In return, Ecuador gets a share of the oil.", ["Ecuador gets a share of the oil"]),
    # It is told in the present, with a day, behind who says so.
    ("According to the envoy, Ana Lima, the guns fall silent at noon on Wednesday. The government, "
     "for its part, lifts the siege of Loja, lets lorries through and frees 30 captives.",
     ["the guns fall silent at noon on Wednesday",
      "The government, for its part, lifts the siege of Loja", "lets lorries through",
      "frees 30 captives"]),
    # Who is bound, and by what.
    ("They also agreed on a joint patrol, an exchange of captives and the reopening of the port.",
     ["a joint patrol", "an exchange of captives", "the reopening of the port"]),
    ("They promised not to shell the port and to clear the mines.",
     ["not to shell the port", "to clear the mines"]),
    # It stands in a list within a sentence.
    ("Their accord, read out in the square, has three points: herds may drink at the lake; no "
     "guns at the wells; Peru gives back 40 mules.",
     ["herds may drink at the lake", "no guns at the wells", "Peru gives back 40 mules"]),
    ("From now on: patrols go out together every day, roads are not blocked and the port stays "
     "open to both.",
     ["patrols go out together every day", "roads are not blocked", "the port stays open to both"]),
    ("The school may open, if both sides pay; the volunteers hand in their guns to the mayor.",
     ["The school may open, if both sides pay", "the volunteers hand in their guns to the mayor"]),
    ("The plan has two stages. First the guns go into containers. Then each container gets a key.",
     ["First the guns go into containers", "Then each container gets a key"]),
    # Its items have no verbs, or letters and numbers before them.
    ("The accord has three points: a ceasefire, the release of prisoners and the opening of the "
     "Loja road.",
     ["a ceasefire", "the release of prisoners", "the opening of the Loja road"]),
    ("It contains: an end to all attacks; no more than 600 soldiers in the port; and an amnesty.",
     ["an end to all attacks", "no more than 600 soldiers in the port", "an amnesty"]),
    ("It includes (a) a ceasefire; (b) the release of captives; and (c) elections in May.",
     ["a ceasefire", "the release of captives", "elections in May"]),
    ("They agreed on the following: 1) a joint patrol; 2) the reopening of the port.",
     ["a joint patrol", "the reopening of the port"]),
    ("Under the deal, there is to be a ceasefire, an exchange of captives and a joint commission.",
     ["a ceasefire", "an exchange of captives", "a joint commission"]),
    ("The accord sets out a ceasefire, the release of prisoners and a new border.",
     ["a ceasefire", "the release of prisoners", "a new border"]),
    # A timetable of bare nouns, each with its day.
    ("It sets out these steps: ceasefire on 5 July, exchange of prisoners by 10 July and "
     "withdrawal of troops from Loja by 15 July.",
     ["ceasefire on 5 July", "exchange of prisoners by 10 July",
      "withdrawal of troops from Loja by 15 July"]),
    ("Steps: ceasefire on 5 July, exchange of prisoners by 10 July, elections by 15 December.",
     ["ceasefire on 5 July", "exchange of prisoners by 10 July", "elections by 15 December"]),
    ("The document has three signatories: the president, his brother and the army's chief.", []),
    # Nobody says that it is agreed, but it is told as what holds from now on.
    ("Captives are let go without ransom. The valley goes to Peru, refugees come home and the "
     "army stays out of the port.",
     ["Captives are let go without ransom", "The valley goes to Peru", "refugees come home",
      "the army stays out of the port"]),
    ("Peru's army will withdraw from the port. Ecuador, for its part, lets the refugees go.",
     ["Peru's army will withdraw from the port",
      "Ecuador, for its part, lets the refugees go"]),
    ("The army said it would leave the hills.", ["The army said it would leave the hills"]),
    # What was done, or is somebody's wish, is no term.
    ("The deal will be signed again in June. Talks will resume then.", []),
    ("The deal is fragile, the rebels doubt it and farmers fear for their land.", []),
    ("Three points were told: Peru left the valley; Ecuador freed 30 captives.", []),
    ("A new round is not scheduled. If the rebels do not comply, they are shelled.", []),
    ("Under the deal, Peru left the valley and Ecuador freed 30 captives.", []),
    ("The truce holds. It gives new hope to the valley.", []),
    ("The president of Chile will visit Norway. Farmers will protest on Friday.", []),
    ("Will the two sides keep it?", []),
    ("The accord says nothing of the lake and does not provide for a ceasefire.", []),
    ("In a statement, the army said that it would hunt the rebels down.", []),
]  # fmt: skip


def _code(bench: Bench, text: str) -> Coded:
    return bench.code(f"Peru and Ecuador signed a peace agreement in Lima on Monday. {text}")


def _points(coded: Coded) -> list[str]:
    found = [point for mention in coded.told("AGREE") for point in mention.provisions]
    return [point.text for point in sorted(found, key=lambda point: point.evidence[0].start)]


@pytest.mark.parametrize(("text", "points"), TERMS)
def test_terms(bench: Bench, text: str, points: list[str]) -> None:
    """A sentence behind an agreement tells these points of it, each once, and no others."""
    assert _points(_code(bench, text)) == points


def test_all_points_are_of_one_agreement(bench: Bench) -> None:
    """What three sentences tell of a deal is the deal's that the report tells, with its day."""
    coded = _code(
        bench,
        "Under the deal, Peru will leave the valley. Ecuador is to free 30 captives. "
        "It also provides for a joint patrol.",
    )
    (agreed,) = [mention for mention in coded.told("AGREE") if mention.provisions]
    assert len(agreed.provisions) == 3
    assert agreed.when is not None
    assert agreed.when.start == date(2024, 3, 11)


def test_an_agreement_named_by_its_year_has_its_own_terms(bench: Bench) -> None:
    """'Under the 2020 deal' tells points of that deal, not of today's."""
    coded = _code(bench, "Under the 2020 deal, Ecuador was to leave the port and clear its mines.")
    (agreed,) = [mention for mention in coded.told("AGREE") if mention.provisions]
    assert agreed.when is not None
    assert (agreed.when.start.year, agreed.status) == (2020, "happened")


def test_what_a_point_calls_for_did_not_happen(bench: Bench) -> None:
    """A deed of a point is told as ahead, or not at all; one with a day is a plan of its kind."""
    coded = _code(
        bench,
        "The accord stipulates that Peru be demilitarised. "
        "Under the accord, Peru will withdraw from the valley by 30 April.",
    )
    deeds = [mention for mention in coded.mentions if mention.type != "AGREE"]
    assert [(mention.type, mention.status) for mention in deeds] == [("RETREAT", "scheduled")]


def test_no_attack_is_agreed(bench: Bench) -> None:
    """What the sides are to stop is no attack, neither done nor ahead."""
    coded = _code(bench, "Under the deal, both sides are to stop shelling the port.")
    assert not coded.told("ASSAULT")


def test_an_accord_asks_nobody(bench: Bench) -> None:
    """'The accord calls for elections' tells a point of it, and no request."""
    coded = _code(bench, "The accord calls for elections and an amnesty.")
    assert [(m.type, len(m.provisions)) for m in coded.mentions] == [("AGREE", 2)]


def test_terms_are_not_of_the_accord_that_tells_when(bench: Bench) -> None:
    """'..., a week after the accord was signed. It covers A and B': both are of the new one."""
    coded = bench.code(
        "Peru and Ecuador agreed on Tuesday on how weapons are to be watched, a week after the "
        "accord was signed. It covers the storing of arms and the registration of fighters."
    )
    (agreed,) = [mention for mention in coded.told("AGREE") if mention.provisions]
    assert coded.trigger(agreed) == "agreed"
    assert len(agreed.provisions) == 2


def test_what_a_point_recalls_happened(bench: Bench) -> None:
    """A deed in the past that a point only names stays what it is."""
    coded = _code(
        bench, "Under the deal, Peru will free the soldiers whom it captured on 2 February."
    )
    assert ("ASSAULT", "happened") in [(mention.type, mention.status) for mention in coded.mentions]


def test_a_list_behind_the_terms_is_of_the_agreement(bench: Bench) -> None:
    """Items behind 'the points of the accord are' are the accord's, whoever opens the list."""
    coded = bench.code(
        "Peru and Ecuador signed a peace accord on Monday.\n\n"
        "The main points of the accord are:\n- the port stays open;\n- captives go free."
    )
    assert _points(coded) == ["the port stays open", "captives go free"]
    assert coded.told("AGREE")[0].provisions


def test_topics(bench: Bench) -> None:
    """A point says what it is about by its words, in the order of the table."""
    coded = _code(bench, "Under the deal, Peru will release 40 prisoners and reopen the road.")
    (agreed,) = [mention for mention in coded.told("AGREE") if mention.provisions]
    assert [point.topics for point in agreed.provisions] == [("detainees",), ("movement",)]


@pytest.mark.parametrize(
    "text",
    [
        "Press statement\n\n1. It denies that it shelled Lima.\n\n2. Rebels killed two soldiers.",
        "Ceasefire violations:\n\n- On Monday rebels killed two soldiers.\n- Troops shelled Cusco.",
        "Summary of the army\n\n- Troops killed four rebels in Lima.\n- Rebels shelled Cusco.",
    ],
)
def test_a_list_of_news_is_told(bench: Bench, text: str) -> None:
    """Numbered statements and lists of what happened are no terms, whatever opens them."""
    coded = bench.code(text)
    assert [m for m in coded.told("ASSAULT") if m.status == "happened"]
    assert not [m for m in coded.mentions if m.provisions]


def test_a_list_may_go_before_who_signed_it(bench: Bench) -> None:
    """'First: ...', 'Article 2. ...' are points, of the agreement that is told behind them too."""
    coded = bench.code(
        "Points of agreement\n\nFirst: The two sides are to stop all attacks.\n\n"
        "Second: The port is to be reopened.\n\n"
        "The accord was signed in Lima on Monday by Peru and Ecuador."
    )
    assert len(_points(coded)) == 2
    coded = bench.code(
        "Peru and Ecuador signed a peace accord on Monday. Its terms are:\n\n"
        "Article 1. Captives go free.\n\nArticle 2. The port stays open."
    )
    assert _points(coded) == ["Captives go free", "The port stays open"]


def test_what_was_done_under_a_plan_is_no_point_of_it(bench: Bench) -> None:
    """A plan that is named behind a deed does not have the deed for a point."""
    done = bench.code(
        "Fighters locked 230 guns into containers at Loja on Sunday, the first stage of the plan "
        "agreed in May, the United Nations mission said."
    )
    assert [mention.provisions for mention in done.mentions if mention.provisions] == []
