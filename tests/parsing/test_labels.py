"""The labels that open the lines of a log: a day, an hour, a town."""

from __future__ import annotations

import pytest

from parley.model import Report
from parley.parsing.labels import names_day
from parley.parsing.paragraphs import split_paragraphs


def _paragraphs(text: str) -> list[tuple[str, str]]:
    report = Report(id="r", source="log.txt", text=text)
    return [(p.kind, text[p.start : p.end]) for p in split_paragraphs(report)]


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("1 Aug - Varnitsa: exchange of prisoners.", "1 Aug - Varnitsa:"),
        ("31 MAR, Cotabato: the committee met.", "31 MAR, Cotabato:"),
        ("5 December 1997, Arawa. Two men were wounded.", "5 December 1997, Arawa."),
        ("Kidal, 26 May: shelling.", "Kidal, 26 May:"),
        ("Mon 3 May: quiet.", "Mon 3 May:"),
        ("- 3 May (Beni): fire in the forest.", "3 May (Beni):"),
        ("18:40 Rebel fighters are at the bridge.", "18:40"),
        ("1430 hrs: a convoy left.", "1430 hrs:"),
    ],
)
def test_the_label_of_a_log_s_line_stands_alone(line: str, label: str) -> None:
    """A day, an hour and a town in front of two lines are no part of their sentences."""
    told = [text for kind, text in _paragraphs(f"{line}\n{line}\n") if kind == "label"]
    assert told == [label, label]


@pytest.mark.parametrize(
    "line",
    [
        "May 3 talks were held in Lima.",
        "5 July, Tacna fell to the rebels.",
        "2003 Ceasefire was broken.",
        "12 people died.",
    ],
)
def test_what_goes_on_in_its_sentence_is_no_label(line: str) -> None:
    """A day or a number that its sentence needs is left there, and so is a year."""
    assert all(kind != "label" for kind, _ in _paragraphs(f"{line}\n{line}\n"))


def test_one_line_with_a_day_has_no_label() -> None:
    """A day in front of a single line may be anything: that takes two."""
    text = "News\n\n17 June: the army left.\n\nThe rebels stayed."
    assert all(kind != "label" for kind, _ in _paragraphs(text))


def test_an_hour_is_no_day() -> None:
    """A live blog's lines tell hours, a log's days."""
    assert names_day("1 Aug - Varnitsa:")
    assert not names_day("18:40")
