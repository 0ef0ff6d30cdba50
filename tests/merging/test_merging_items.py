"""Bulletins: each item is told by itself."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from tellings import RIDGE, Page, day

from parley.merging.describing import traits_of
from parley.merging.frequencies import Frequencies
from parley.merging.items import item_at, items_of
from parley.merging.traits import Traits
from parley.model import Report

NEWS = [
    ("BUTEMBO - ", "Gunmen who killed five soldiers on Tuesday took their weapons", "Butembo"),
    ("BUKAVU - ", "A grenade thrown into a bar wounded nine students", "Bukavu"),
    ("UVIRA - ", "Militiamen shot two fishermen at a landing place", "Uvira"),
]


def _told(lines: list[tuple[str, str, str]], *, head: str = "") -> tuple[Report, list[Traits]]:
    page = Page("news", "2022-05-12", headline=head)
    for opening, text, where in lines:
        page.text += f"\n\n{opening}"
        page.tell("ASSAULT", text, when=day("2022-05-10"), where=[replace(RIDGE, name=where)])
    report = page.report()
    frequencies = Frequencies(page.mentions)
    return report, traits_of(page.mentions, frequencies, reports={page.id: report})


@pytest.mark.parametrize("openings", [None, ("- ",) * 3, ("1. ", "2. ", "3. ")])
def test_a_bulletin_has_items(openings: tuple[str, ...] | None) -> None:
    """Datelines, bullets and numbers begin items; each mention knows its own."""
    lines = [
        (openings[at] if openings else opening, text, where)
        for at, (opening, text, where) in enumerate(NEWS)
    ]
    report, traits = _told(lines, head="News in brief")
    starts = items_of(report, traits)
    wanted = [NEWS[at][1] if openings else "".join(NEWS[at][:2]) for at in range(3)]
    begun = [report.text[start:][: len(text)] for start, text in zip(starts, wanted, strict=True)]
    assert begun == wanted
    assert [trait.item for trait in traits] == list(starts)
    assert item_at(starts, 0) == 0


def test_two_datelines_are_two_items() -> None:
    """Under datelines two items are enough; two bullets are not."""
    report, traits = _told(NEWS[:2])
    assert len(items_of(report, traits)) == 2
    report, traits = _told([("- ", text, where) for _, text, where in NEWS[:2]])
    assert items_of(report, traits) == ()


def test_points_of_one_story_are_no_items() -> None:
    """A list of what is known of one attack, in one town, is one story."""
    lines = [
        ("- ", "Gunmen attacked the post at the Butembo bridge", "Butembo"),
        ("- ", "The gunmen killed five soldiers at the Butembo bridge", "Butembo"),
        ("- ", "They burned the post at the bridge", "Butembo"),
    ]
    report, traits = _told(lines, head="What is known of the attack")
    assert items_of(report, traits) == ()
    assert {trait.item for trait in traits} == {0}


def test_paragraphs_without_marks_are_no_items() -> None:
    """A report of attacks in three towns, told on, is one story."""
    report, traits = _told([("", text, where) for _, text, where in NEWS])
    assert items_of(report, traits) == ()
