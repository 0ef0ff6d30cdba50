"""Passages: a mention is known again in copies of its report, and nowhere else."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from tellings import Page

from parley.merging.passages import Passages
from parley.model import Mention

DISPATCH = (
    "Gunmen ambushed a grain convoy beside the quarry. The escort withdrew towards the orchard.",
    "Villagers sheltered in a chapel overnight. Harvesting resumed after the ambush.",
    "The provincial prefect visited the orphanage. He deplored the looting.",
)


def _told(*paragraphs: str, words: str = "the ambush") -> tuple[Mention, str]:
    """Return a mention at the last of some words of a report, and its name."""
    page = Page("\n".join(paragraphs), "2023-05-21")
    page.text = "\n\n".join(paragraphs)
    start = page.text.rindex(words)
    mention = Mention(
        id=f"m {page.id}",
        report=page.id,
        start=start,
        end=start + len(words),
        text=words,
        trigger=(start, start + len(words)),
        type="ASSAULT",
        mode=None,
        status="happened",
    )
    return mention, Passages(page.text).name(mention)


@given(st.text("abc !", max_size=40), st.text("xyz .", max_size=40))
def test_what_stands_at_the_ends_makes_hardly_a_difference(head: str, last: str) -> None:
    """Whatever a copy has before and after the dispatch, a mention has one name.

    In its middle it has one of two: on which side it is known by others changes there once.
    """
    told = (f"{head}.", *DISPATCH, f"{last}.")
    for words in ("ambushed", "looting"):
        assert _told(*told, words=words)[1] == _told(*DISPATCH, words=words)[1]
    above, below = _told(*DISPATCH, "On. " * 9)[1], _told("On. " * 9, *DISPATCH)[1]
    assert _told(*told)[1] in (above, below)


def test_capitals_make_no_difference() -> None:
    """A text in capitals is the same text."""
    loud = [paragraph.upper() for paragraph in DISPATCH]
    assert _told(*loud, words="THE AMBUSH")[1] == _told(*DISPATCH)[1]


def test_other_sentences_around_the_same_words_make_another_name() -> None:
    """Of words that any report may use those around them decide."""
    other = "Fishermen hid in a mill. Milling resumed after the ambush."
    assert _told(DISPATCH[0], other, DISPATCH[2])[1] != _told(*DISPATCH)[1]


def test_two_mentions_of_one_passage_have_two_names() -> None:
    """The same words, told twice in one passage, are told apart by where they stand."""
    twice = "The ambush ended. The quarry, the orchard, the chapel and the orphanage burnt. "
    first, name = _told(f"{twice}The ambush was over.", words="The ambush was")
    text = f"{twice}The ambush was over."
    start = text.index("The ambush")
    other = Mention(
        id="m other",
        report=first.report,
        start=start,
        end=start + 10,
        text=text[start : start + 10],
        trigger=(start, start + 10),
        type="ASSAULT",
        mode=None,
        status="happened",
    )
    assert Passages(text).name(other) != name


def test_a_report_of_few_words_is_known_by_none() -> None:
    """The same three words in two reports are no sign that one copied the other."""
    mention, name = _told("Fighting went on.", words="Fighting")
    assert name == mention.id
