"""The links that short reports of some forty conflicts tell, found again."""

from __future__ import annotations

import pytest

links = pytest.importorskip("benchmarks.links", reason="the benchmarks are not shipped")


def test_most_links_are_found_and_hardly_any_is_made_up() -> None:
    """Of the half that rules were written on, precision and recall stay where they are."""
    tallies = links.tally(list(links.read_cases(links.FOLDER / "open.txt")))
    statuses = tallies["status"]
    every = [tally for name, tally in tallies.items() if name not in links.BESIDE]
    assert sum(tally.found for tally in every) >= 0.83 * sum(tally.needed for tally in every)
    assert sum(tally.right for tally in every) >= 0.9 * sum(tally.made for tally in every)
    assert statuses.found == statuses.needed


def test_what_was_agreed_in_running_prose_is_found() -> None:
    """Most points of accords without a list of their own lines are found, hardly any beside."""
    tallies = links.tally(list(links.read_cases(links.FOLDER / "accords_open.txt")))
    points = tallies["provision"]
    assert points.found >= 0.85 * points.needed
    assert points.right >= 0.9 * points.made


def test_every_word_of_a_case_stands_in_its_reports() -> None:
    """Both halves can be read: each link names words that a report of its case has."""
    cases = [case for name in links.SETS for case in links.read_cases(links.FOLDER / f"{name}.txt")]
    assert len({case.name for case in cases}) == len(cases)
    assert sum(link.needed for case in cases for link in case.links) >= 60
    assert sum(not any(link.needed for link in case.links) for case in cases) >= 15
