"""Swap the names of the parties, and the record swaps with them."""

from __future__ import annotations

import sys
from collections.abc import Mapping

import msgspec
import pytest
from coded import Bench, Coded
from swapping import (
    ARMENIA,
    AZERBAIJAN,
    ECUADOR,
    KENYA,
    PERU,
    UGANDA,
    Swap,
    compare,
    unknown_people,
)

from parley.model import Report
from parley.sample import sample_paths

# What is aimed at is 0.99.  What is lost is lost by the parse, which a name's vector sways:
# a clause hung elsewhere, a speaker or a number not found.  The floors are what is measured,
# less three mentions for changes that have nothing to do with names.
SWAPS = [
    (Swap(((ARMENIA, AZERBAIJAN), (AZERBAIJAN, ARMENIA))), 0.86),
    (Swap(((ARMENIA, PERU), (AZERBAIJAN, ECUADOR))), 0.89),
    (Swap(((ARMENIA, KENYA), (AZERBAIJAN, UGANDA))), 0.86),
]


@pytest.fixture(scope="session")
def samples(bench: Bench, coded: Mapping[str, Coded]) -> Mapping[str, Coded]:
    """Return the sample reports, their office holders unknown, all dated alike."""
    found = {}
    for name in (path.name for path in sample_paths()):
        dated = coded[name].report
        published = dated.published and msgspec.structs.replace(
            dated.published, how="given", evidence=()
        )
        report: Report = msgspec.structs.replace(unknown_people(dated), published=published)
        found[name] = bench.code_report(report)
    return found


@pytest.mark.parametrize(("swap", "floor"), SWAPS, ids=str)
def test_the_record_swaps_with_the_names(
    bench: Bench, samples: Mapping[str, Coded], swap: Swap, floor: float
) -> None:
    """Nearly all mentions say the same in the other names, and of the other parties."""
    outcome = compare(bench, samples, swap)
    told = f"{swap}: {outcome.alike} of {outcome.asked} mentions alike, {outcome.share:.3f}"
    sys.stdout.write("\n".join(["", told, *outcome.differing, ""]))
    assert outcome.asked > 100
    assert outcome.share >= floor
