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
    BURKINA_FASO,
    CHAD,
    COLOMBIA,
    CROATIA,
    ECUADOR,
    ERITREA,
    ETHIOPIA,
    GREECE,
    INDIA,
    IRAN,
    ISRAEL,
    KENYA,
    KOSOVO,
    NIGER,
    NORTH_KOREA,
    PAKISTAN,
    PERU,
    POLAND,
    SERBIA,
    SOUTH_SUDAN,
    SUDAN,
    TURKEY,
    UGANDA,
    UKRAINE,
    VENEZUELA,
    Bookless,
    Swap,
    compare,
)

from parley.model import Report
from parley.sample import sample_paths

FLOOR = 0.99
# In the sample reports, which tell of Armenia and Azerbaijan ...
SWAPS = [
    Swap(((ARMENIA, one), (AZERBAIJAN, other)))
    for one, other in (
        (AZERBAIJAN, ARMENIA),
        (PERU, ECUADOR),
        (KENYA, UGANDA),
        (UKRAINE, POLAND),
        (ISRAEL, IRAN),
        (INDIA, PAKISTAN),
        (ETHIOPIA, ERITREA),
        (SOUTH_SUDAN, NORTH_KOREA),
        (GREECE, BURKINA_FASO),
        (NIGER, CHAD),
    )
]
# ... and in reports on other conflicts, by the beginning of their names.
ELSEWHERE = [
    ("kosovo", Swap(((SERBIA, KOSOVO), (KOSOVO, SERBIA)))),
    ("kosovo", Swap(((SERBIA, GREECE), (KOSOVO, CROATIA)))),
    ("sudan", Swap(((SUDAN, VENEZUELA), (SOUTH_SUDAN, COLOMBIA), (CHAD, PERU)))),
    ("sudan", Swap(((SUDAN, CHAD), (CHAD, SUDAN)))),
    ("colombia", Swap(((COLOMBIA, VENEZUELA), (VENEZUELA, COLOMBIA)))),
    ("colombia", Swap(((COLOMBIA, KENYA), (VENEZUELA, UGANDA)))),
    ("ethiopia", Swap(((ETHIOPIA, ERITREA), (ERITREA, ETHIOPIA)))),
    ("ethiopia", Swap(((ETHIOPIA, SOUTH_SUDAN), (ERITREA, TURKEY)))),
]


@pytest.fixture(scope="session")
def bookless(bench: Bench) -> Bench:
    """Return a bench that knows of parties what a report tells, and no more."""
    return Bench(knowledge=Bookless(), parser=bench.parser)


@pytest.fixture(scope="session")
def told(bookless: Bench, coded: Mapping[str, Coded]) -> Mapping[str, Coded]:
    """Return the reports coded, all dated alike whatever the names."""
    found = {}
    for name, one in coded.items():
        dated = one.report.published and msgspec.structs.replace(
            one.report.published, how="given", evidence=()
        )
        report: Report = msgspec.structs.replace(one.report, published=dated)
        found[name] = bookless.code_report(report)
    return found


@pytest.mark.parametrize("swap", SWAPS, ids=str)
def test_the_record_swaps_with_the_names(
    bookless: Bench, told: Mapping[str, Coded], swap: Swap
) -> None:
    """99 of 100 mentions say the same in the other names, and of the other parties."""
    samples = {path.name: told[path.name] for path in sample_paths()}
    assert _share(bookless, samples, swap, least=100) >= FLOOR


@pytest.mark.parametrize(("about", "swap"), ELSEWHERE, ids=str)
def test_other_records_swap_too(
    bookless: Bench, told: Mapping[str, Coded], about: str, swap: Swap
) -> None:
    """So it is in reports on other conflicts."""
    reports = {name: one for name, one in told.items() if name.startswith(about)}
    assert _share(bookless, reports, swap, least=20) >= FLOOR


def _share(bench: Bench, reports: Mapping[str, Coded], swap: Swap, *, least: int) -> float:
    outcome = compare(bench, reports, swap)
    told = f"{swap}: {outcome.alike} of {outcome.asked} mentions alike, {outcome.share:.3f}"
    sys.stdout.write("\n".join(["", told, *outcome.differing, ""]))
    assert outcome.asked >= least
    return outcome.share
