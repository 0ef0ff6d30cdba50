"""How likely two groups are one: by the mean of their pairs, drawn towards the likeliest."""

from __future__ import annotations

import pytest
from tellings import ARDEN, CORVIA, HOLLOW, LUMEN, Page, both, day, party

from parley.merging.describing import traits_of
from parley.merging.frequencies import Frequencies
from parley.merging.linkage import add_up
from parley.merging.traits import Traits

_SCORES = {(0, 1): 6.0, (0, 2): -2.0}


def _traits(*, several: bool) -> list[Traits]:
    """Return an ambush as three reports tell it; of `several`, each also tells of talks."""
    pages = []
    for number in range(3):
        page = Page(f"report {number}", "2031-05-21")
        page.tell(
            "ASSAULT",
            "Gunmen ambushed a patrol near Low Hollow",
            trigger="ambushed",
            when=day("2031-05-20"),
            where=[HOLLOW],
            who=[party(ARDEN), party(CORVIA, "victim")] if several else [],
        )
        if several:
            page.tell("CONSULT", "Talks", when=day("2031-05-12"), where=[LUMEN], who=both())
        pages.append(page)
    mentions = [mention for page in pages for mention in page.mentions]
    reports = {page.id: page.report() for page in pages}
    found = traits_of(mentions, Frequencies(mentions), reports=reports)
    return [trait for trait in found if trait.type == "ASSAULT"]


@pytest.mark.parametrize(("several", "likely"), [(True, 4.0), (False, 2.0)])
def test_of_several_happenings_the_likeliest_pair_draws_the_mean(
    several: bool, likely: float
) -> None:
    """The mean of +6 and -2 is 2; half way to the likeliest 4, where reports tell of several."""
    traits = _traits(several=several)
    assert [trait.several for trait in traits] == [several] * 3
    tally = add_up([0], [1, 2], traits, score=lambda one, two: _SCORES[one, two], floor=-8000)
    assert tally.likely == likely


def test_one_group_after_the_other_is_both_at_once() -> None:
    """Tallies of parts add up to that of the whole, the likeliest pair and the lowest included."""
    traits = _traits(several=True)

    def told(*twos: int):
        return add_up([0], twos, traits, score=lambda one, two: _SCORES[one, two], floor=-8000)

    assert told(1).plus(told(2)) == told(1, 2)
