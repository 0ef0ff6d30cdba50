"""What very many tell: one event each, at a cost that grows with how many tell it."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from tellings import HOLLOW, LUMEN, PORTO, Page, both, day, exactly, party

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
    """Sentences that any report may use, and those tied to others, are one node in copies."""
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
    assert len(joined.kept.nodes) == 3
    assert sorted(event.type for event in joined.events) == sorted(e.type for e in alone.events)
    assert all(len(event.mentions) % 300 == 0 for event in joined.events)
