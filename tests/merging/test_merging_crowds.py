"""What very many tell: one event each, at a cost that grows with how many tell it."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

import pytest
from tellings import ARDEN, HOLLOW, LUMEN, PORTO, Page, both, day, exactly, party

from parley.merging import blocking, merge
from parley.merging.memory import Fresh
from parley.merging.merged import join
from parley.model import LinkCue, Place

ENEMY = ("Corvian Front", "COR")
WORDS = "bridge clinic harvest ledger marble orchard quarry saddle timber velvet willow".split()


def _meetings(place: Place, on: str, many: int, seed: int) -> Iterator[Page]:
    """Yield reports of one meeting, each in words of its own."""
    draw = random.Random(seed)
    for number in range(many):
        said = draw.sample(WORDS, 4)
        page = Page(f"{place.name} {number}", on)
        page.tell(
            "CONSULT",
            f"Arden and Belmar met in {place.name} over {' and '.join(said)} {number}",
            trigger="met",
            salient=said,
            when=day(on),
            where=[place],
            who=both(),
        )
        yield page


@pytest.mark.parametrize("many", [20, 150])
def test_what_many_report_is_one_event(many: int) -> None:
    """Two meetings of one day that very many tell, each in other words, are two events."""
    pages = [
        *_meetings(LUMEN, "2023-05-20", many, 1),
        *_meetings(PORTO, "2023-05-20", many, 2),
    ]
    outcome = merge(
        [mention for page in pages for mention in page.mentions],
        reports={page.id: page.report() for page in pages},
    )
    assert sorted(len(event.mentions) for event in outcome.events) == [many, many]


def test_copies_with_heads_of_their_own_tell_what_one_tells() -> None:
    """Of 250 near copies, which share all but a headline, one sentence is one event."""
    pages = []
    for number in range(250):
        page = Page(f"copy {number}", "2023-05-21", headline=f"Edition {number} of the dispatch")
        page.tell(
            "ASSAULT",
            "Corvian Front attacked a post near Low Hollow, killing nine",
            trigger="attacked",
            when=day("2023-05-20"),
            where=[HOLLOW],
            who=[party(ENEMY)],
            counts=[exactly("killed", 9)],
        )
        pages.append(page)
    outcome = merge(
        [mention for page in pages for mention in page.mentions],
        reports={page.id: page.report() for page in pages},
    )
    assert [len(event.mentions) for event in outcome.events] == [250]


def test_a_crowd_costs_what_its_hubs_cost() -> None:
    """Of a key that many have all meet a few: pairs grow as they do, not as their square."""
    pages = list(_meetings(LUMEN, "2023-05-20", 400, 3))
    mentions = [mention for page in pages for mention in page.mentions]
    reports = {page.id: page.report() for page in pages}
    joined = join(Fresh(mentions, reports, {}), reports)
    assert len(joined.kept.edges) <= 400 * 5 * blocking.HUBS
    assert len(joined.events) == 1


def test_copies_of_one_text_are_told_once() -> None:
    """A chain, and sentences that are tied to others, are one node in all copies."""
    pages = []
    for number in range(300):
        page = Page(f"copy {number}", "2023-05-21")
        first = page.tell(
            "ASSAULT",
            "Corvian Front attacked a clinic near Low Hollow with mortars at dawn",
            trigger="attacked",
            when=day("2023-05-20"),
            where=[HOLLOW],
            who=[party(ENEMY)],
        )
        page.tell("ASSAULT", "Nine were killed", counts=[exactly("killed", 9)])
        page.tell(
            "REJECT",
            "Corvian Front denied it",
            trigger="denied",
            who=[party(ENEMY)],
            links=[LinkCue(relation="denies", mention=first.id)],
        )
        pages.append(page)
    reports = {page.id: page.report() for page in pages}
    mentions = [mention for page in pages for mention in page.mentions]
    alone = merge(pages[0].mentions, reports={pages[0].id: reports[pages[0].id]})
    joined = join(Fresh(mentions, reports, {}), reports)
    assert len(joined.kept.nodes) == 2  # the attack with its nine dead, and the denial
    assert sorted(event.type for event in joined.events) == sorted(e.type for e in alone.events)
    assert all(len(event.mentions) % 300 == 0 for event in joined.events)


def _dispatch(name: str, *, head: str = "", last: str = "", said: str = "") -> Page:
    """Return a report of an attack, who is blamed for it, and talks; nothing else has a day.

    `said` is a word of its own that each sentence is told with.
    """
    page = Page(name, "2023-05-21", headline=head)
    own = f" beyond the {said}" if said else ""
    page.tell(
        "ASSAULT",
        f"Nine villagers were killed in the attack on Low Hollow on Saturday{own}",
        trigger="attack",
        salient=["villagers", said],
        when=day("2023-05-20"),
        where=[HOLLOW],
        counts=[exactly("killed", 9)],
    )
    blamed = page.tell(
        "ACCUSE",
        f"The prefect blamed the insurgents for it{own}",
        trigger="blamed",
        salient=["prefect", "insurgents", said],
        who=[party(ARDEN), party(ENEMY, "recipient")],
    )
    page.tell(
        "ASSAULT",
        "That was the attack",
        trigger="attack",
        status="alleged",
        who=[party(ENEMY)],
        links=[LinkCue(relation="announces", mention=blamed.id)],
    )
    page.tell(
        "CONSULT",
        f"They had met over grazing and orchards{own}",
        trigger="met",
        salient=["grazing", "orchards", said],
        who=both(),
    )
    page.tell(
        "AGREE",
        f"The viaduct is to be reopened to hauliers{own}",
        trigger="reopened",
        status="scheduled",
        salient=["viaduct", "hauliers", said],
        who=both(),
    )
    page.text += last
    return page


def _events_of(pages: Sequence[Page]) -> tuple[int, int]:
    """Return how many events some reports tell, and how many nodes were compared for it."""
    reports = {page.id: page.report() for page in pages}
    mentions = [mention for page in pages for mention in page.mentions]
    joined = join(Fresh(mentions, reports, {}), reports)
    return len(joined.events), len(joined.kept.nodes)


@pytest.mark.parametrize("many", [5, 24, 25, 60, 300, 1000])
def test_near_copies_tell_what_one_tells(many: int) -> None:
    """Copies that differ in a headline or a last line make the events and nodes of one report.

    So does what they tell without a day, and what their words tie together.
    """
    alone = _events_of([_dispatch("one")])
    lasts = [_dispatch(f"{n}", last=f"Read more on page {n} of edition {n}") for n in range(many)]
    heads = [_dispatch(f"{n}", head=f"Edition {n} of the {WORDS[n % 9]}") for n in range(many)]
    assert _events_of(lasts) == alone
    assert _events_of(heads) == alone


@pytest.mark.parametrize("many", [5, 24, 25, 60, 150])
def test_as_many_as_tell_it_in_other_words_it_is_one(many: int) -> None:
    """What has no day is one event in few rewordings and in many: no number of them is a wall."""
    draw = random.Random(many)
    pages = [_dispatch(f"{n}", said=" ".join(draw.sample(WORDS, 2))) for n in range(many)]
    assert _events_of(pages)[0] == 4
