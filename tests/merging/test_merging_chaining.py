"""Which mentions of a report tell one happening, and what their chain tells other reports."""

from __future__ import annotations

from collections.abc import Collection

import pytest
from tellings import ARDEN, BELMAR, Page, both, day, exactly, party

from parley.merging import Judge, merge, rules_by
from parley.merging.chaining import tellings_of
from parley.merging.clustering import node_of
from parley.merging.comparing import AMONG
from parley.merging.deeds import name_deed
from parley.merging.frequencies import Frequencies
from parley.merging.memory import Fresh
from parley.merging.pairing import Pairing
from parley.merging.scoring import Scorer
from parley.merging.traits import Traits
from parley.model import Constraints, Place

MONDAY = "2019-09-09"
SEPTEMBER = "2019-09-02"
HILLTOP = Place(name="Hilltop", country="ARD", lat=38.0, lon=41.3, precision="city")
ARMY = party(ARDEN, "victim")
REBELS = party(BELMAR)


def ambush(name: str = "ambush", *, published: str = "2019-09-10", several: bool = True) -> Page:
    """Return a report of an ambush in headline and first sentence; of `several`, also of talks."""
    page = Page(name, published)
    page.tell("ASSAULT", "Soldiers killed in ambush", trigger="ambush", end="\n\n", who=[ARMY])
    page.tell(
        "ASSAULT",
        "Gunmen ambushed a patrol near Hilltop on Monday",
        trigger="ambushed",
        when=day(MONDAY),
        where=[HILLTOP],
        who=[REBELS, ARMY],
    )
    page.tell("ASSAULT", "The attack took place at dawn", trigger="attack")
    if several:
        page.tell(
            "CONSULT", "Ministers of both met on 2 September", when=day(SEPTEMBER), who=both()
        )
    return page


def told(*pages: Page) -> list[Traits]:
    """Return the traits of some reports' mentions, chained."""
    mentions = [mention for page in pages for mention in page.mentions]
    frequencies = Frequencies(mentions)
    reports = {page.id: page.report() for page in pages}
    return tellings_of(mentions, frequencies, Scorer(frequencies), reports=reports)


def test_a_headline_its_sentence_and_the_attack_are_one_chain() -> None:
    """What a report tells once more without day or place is of what it told at once."""
    chained = told(ambush())[:3]
    assert len({node_of(trait) for trait in chained}) == 1
    assert all(trait.chain for trait in chained)


def test_a_report_of_one_incident_has_no_chains() -> None:
    """What such a report is about is one already, by rules of its own."""
    alone = told(ambush(several=False))
    assert all(trait.incident and not trait.chain and not trait.several for trait in alone)


def test_what_was_held_and_what_was_called_off_are_no_chain() -> None:
    """What a report itself sets apart stays so, however much the two have in common."""
    page = ambush()
    when = day("2019-09-03")
    page.tell("CONSULT", "Ministers of both met in Hilltop", when=when, who=both())
    page.tell(
        "CONSULT", "The talks of both were called off", when=when, who=both(), status="called_off"
    )
    held, off = told(page)[-2:]
    assert node_of(held) != node_of(off)


def test_the_first_of_a_chain_has_what_all_tell() -> None:
    """A headline has the day, the place and both parties of the sentence below it."""
    page = ambush()
    page.tell("ASSAULT", "The ambush killed four", trigger="ambush", counts=[exactly("killed", 4)])
    first = told(page)[0]
    assert first.first == day(MONDAY).start.toordinal()
    assert [spot.name for spot in first.spots] == ["hilltop"]
    assert first.actors == {"BEL"}
    assert first.victims == {"ARD"}
    assert [figure.number for figure in first.figures] == [4]


def test_what_is_told_of_another_day_is_no_link_of_the_chain() -> None:
    """An attack of a week before stays by itself, however near it stands."""
    page = ambush()
    page.tell(
        "ASSAULT",
        "An attack on 2 September killed nobody",
        trigger="attack",
        when=day("2019-09-02"),
        who=[REBELS],
    )
    nodes = [node_of(trait) for trait in told(page)]
    assert nodes[-1] not in nodes[:-1]


def test_copies_of_a_report_have_the_same_chain() -> None:
    """A dispatch that two sites print is compared once, and so is its chain."""
    chained = told(ambush("first"), ambush("second"))
    assert node_of(chained[0]) == node_of(chained[4])


def test_a_chain_is_found_by_what_another_of_its_mentions_tells() -> None:
    """Another report's attack of that day and town is the one that a headline names barely."""
    other = Page("other", "2019-09-10")
    other.tell(
        "ASSAULT",
        "Four soldiers died in an attack at Hilltop on Monday",
        trigger="attack",
        when=day(MONDAY),
        where=[HILLTOP],
        who=[REBELS, ARMY],
    )
    pages = [ambush(), other]
    events = merge(
        [mention for page in pages for mention in page.mentions],
        reports={page.id: page.report() for page in pages},
    ).events
    assert sorted(event.type for event in events) == ["ASSAULT", "CONSULT"]


def test_why_shows_the_evidence_within_a_report_and_between_two() -> None:
    """Of two of one chain their own words are weighed, of two reports what their chains tell."""
    page, other = ambush(), ambush("other", published="2019-09-11")
    mentions = [*page.mentions, *other.mentions]
    judge = Judge(mentions, reports={p.id: p.report() for p in (page, other)})
    here = {w.level for w in judge.weigh(page.mentions[1].id, page.mentions[2].id)}
    assert "known" in here
    weighed = judge.weigh(page.mentions[2].id, other.mentions[1].id)
    assert rules_by(None).settings.threshold < sum(weight.weight for weight in weighed)


def test_a_deed_is_named_as_known_or_as_new() -> None:
    """The attack was told before, an attack was not; of a verb those who do it are."""
    page = Page("naming", "2019-09-10")
    words = frozenset({"attack"})

    def named(text: str, trigger: str) -> tuple[str, bool, str]:
        mention = page.tell("ASSAULT", text, trigger=trigger)
        deed = name_deed(mention, page.report(), words)
        return deed.stem, deed.noun, deed.article

    assert named("The second attack failed", "attack") == ("attack", True, "known")
    assert named("An attack failed", "attack") == ("attack", True, "new")
    assert named("In an hour, attack followed attack", "attack") == ("attack", True, "")
    assert named("These gunmen attacked a post", "attacked") == ("attack", False, "known")
    assert named("Several gunmen attacked a post", "attacked") == ("attack", False, "new")
    assert named("The shelling went on", "shelling") == ("shell", True, "known")


def test_within_a_report_of_several_evidence_weighs_otherwise() -> None:
    """A report has few days of its own: to share one says less than between two reports."""
    page, other = ambush(), ambush("other", published="2019-09-11")
    (head, mine, *_), theirs = told(page), told(other)[1]
    scorer = Scorer(Frequencies(()))

    def weights(one: Traits, two: Traits) -> dict[str, float]:
        return {weight.name: weight.weight for weight in scorer.weigh(one, two)}

    assert 0 < weights(mine, head)["when"] < weights(mine, theirs)["when"]
    assert "order" in weights(mine, head)
    assert weights(mine, theirs).keys().isdisjoint(AMONG)
    assert sum(weights(mine, head).values()) == pytest.approx(scorer.score(mine, head), abs=0.01)


class Nodes(Fresh):
    """A memory of nodes that all share one key with all others."""

    def __init__(self, traits: list[Traits]) -> None:
        super().__init__((), {}, {})
        self.traits = {trait.id: trait for trait in traits}

    def nodes(self, ids: Collection[str]) -> dict[str, Traits]:
        """Return those of them that are asked for."""
        return {id_: self.traits[id_] for id_ in ids}

    def holders(self, keys: Collection[int]) -> dict[int, list[str]]:
        """Return all of them for each key."""
        return {key: list(self.traits) for key in keys}


def test_pairs_of_a_report_of_several_teach_nothing() -> None:
    """They are weighed by weights of their own, so that those of others are not learnt of them."""
    page, other = ambush(), ambush("other", published="2019-09-11", several=False)
    traits = told(page, other)
    pairing = Pairing(rules_by(None))
    found = pairing.draw(Nodes(traits), [t.id for t in traits], Constraints(), most=99, seed=1)
    reports = {mention.id: mention.report for mention in [*page.mentions, *other.mentions]}
    assert {(reports[pair.one], reports[pair.two]) for pair in found} == {
        *((one, two) for one in (page.id, other.id) for two in (page.id, other.id)),
    } - {(page.id, page.id)} - {(other.id, page.id)}
