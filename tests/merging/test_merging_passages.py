"""Passages: a mention is known again in copies of its report, and nowhere else."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tellings import Page

from parley.merging import passages
from parley.merging.names import fold
from parley.merging.passages import Passages, are_telling
from parley.model import Mention, digest

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


@given(
    st.lists(
        st.text(
            st.characters(exclude_categories=["Cs"]) | st.sampled_from("\u0301 \n'’.!”"),
            max_size=30,
        )
        | st.sampled_from(DISPATCH),
        min_size=1,
        max_size=6,
    ),
    st.integers(0, 10**6),
)
@example(["The quarry. \u0301An orchard, a chapel", "the orphanage’s prefect deplored"], 60)
def test_a_name_is_of_the_words_as_they_fold_together(parts: list[str], at: int) -> None:
    """Folded by themselves, sentences make the name that they make folded in one piece."""
    text = " the ambush ".join([*parts, "."])
    starts = [found.start() for found in re.finditer("the ambush", text)]
    start = starts[at % len(starts)]
    mention = _mention(text, start, 10)
    assert Passages(text).name(mention) == _in_one_piece(text, mention)


def _mention(text: str, start: int, length: int) -> Mention:
    return Mention(
        id=f"m {start}",
        report="r",
        start=start,
        end=start + length,
        text=text[start : start + length],
        trigger=(start + length // 2, start + length),
        type="ASSAULT",
        mode=None,
        status="happened",
    )


def _in_one_piece(text: str, mention: Mention) -> str:
    """Return the name, the sentences from the first to the last folded anew at each step."""
    breaks = re.finditer(r"(?<=[.!?])[\"'”’)\]]*\s+|\n+", text)
    starts = [0, *(found.end() for found in breaks), len(text)]
    count = len(starts) - 1
    first = max(at for at in range(count) if starts[at] <= mention.start)
    last = max(at for at in range(count) if starts[at] <= mention.end - 1)
    while not are_telling((words := fold(text[starts[first] : starts[last + 1]])).split()):
        if last - first + 1 == count:
            return mention.id
        last, first = (last + 1, first) if first + last < count - 1 else (last, first - 1)
    before = fold(text[starts[first] : mention.trigger[0]])
    return digest("p", mention.type, str(len(before.split())), words)


@pytest.mark.parametrize("ending", ["", f" {' '.join(DISPATCH)}"], ids=["unknown", "known"])
def test_a_text_is_folded_once_however_many_mentions_it_has(
    monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    """Of two hundred mentions in lines of one long word each line is folded twice at most."""
    line = f"met again in {'x' * 900}\n"
    text = line * 200 + ending
    folded: list[int] = []
    monkeypatch.setattr(passages, "fold", lambda part: folded.append(len(part)) or fold(part))
    known = Passages(text)
    names = {known.name(_mention(text, at * len(line), 9)) for at in range(200)}
    assert len(names) == 200
    assert sum(folded) <= 2 * len(text)
