"""Headline, outlet and language."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from parley.reading.headline import find_headline, find_outlet
from parley.reading.language import detect_language
from parley.reading.masthead import is_masthead

from .conftest import Outcome
from .samples import BODY, HEADLINE, PARAGRAPHS

Run = Callable[..., Outcome]


def test_report_that_begins_with_its_dateline_has_no_headline() -> None:
    """A first paragraph is none, however it begins."""
    assert find_headline(f"PORT LOUIS, May 3. /Island Wire/. {BODY}") is None


def test_markdown_headline_is_given_without_its_marks(outcome: Run, tmp_path: Path) -> None:
    """The title is the words; the text stays as it is."""
    path = tmp_path / "a.md"
    path.write_text(f"# {HEADLINE}\n\n{BODY}")
    (report,), _ = outcome(path)
    assert report.title == HEADLINE
    assert report.text.startswith("# ")
    assert not report.boilerplate


@pytest.mark.parametrize(
    ("text", "outlet"),
    [
        (f"The Island Post\n\n{HEADLINE}\n\n{BODY}", "The Island Post"),
        (f"{HEADLINE}\n\nIsland Post | Sea desk\n\n{BODY}", "Island Post"),
        (f"PORT LOUIS, May 3 (Island Wire) — {BODY}", "Island Wire"),
        (f"PORT LOUIS, May 3. /IW/. {BODY}", "IW"),
        (f"{HEADLINE}\n\n{BODY}", None),
        (f"{PARAGRAPHS[0]} (about 40 km) - {BODY}", None),
        (f"The Northern Fishing Council (NFC) - a body of owners - said no. {BODY}", None),
    ],
)
def test_outlet_is_taken_from_a_line_that_names_it(text: str, outlet: str | None) -> None:
    """A masthead or the agency of a dateline; None where neither is plain."""
    assert find_outlet(text) == outlet


def test_mastheads_are_names_only() -> None:
    """Capitalised words with a word that outlets are called by."""
    assert all(map(is_masthead, ["Ararat Valley Tribune", "NILE OBSERVER", "post.example"]))
    assert not any(map(is_masthead, ["Envoys meet the press", "Ceasefire Holds", "News"]))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (PARAGRAPHS[0], "en"),
        (
            "Les deux gouvernements ont annoncé que les délégations se réuniront pour la paix.",
            "fr",
        ),
        (
            "Die Regierungen teilten mit, dass sich die Delegationen in der Stadt treffen.",
            "de",
        ),
        ("Обе стороны сообщили, что встреча не состоится из-за обстрелов на границе.", "ru"),
        ("Երկու կառավարությունները հայտարարեցին, որ պատվիրակությունները կհանդիպեն:", "hy"),
        ("Les combats ont repris hier soir.", "fr"),
        ("Les négociations reprendront mardi à Genève.", "fr"),
        ("Bisedimet rifillojnë të martën në Gjenevë.", "sq"),
        ("A tárgyalások kedden folytatódnak Genfben.", "hu"),
        ("Mazungumzo yataanza tena Jumanne mjini Geneva.", "sw"),
        ("Tromsø Kyoto Quito", None),
        ("1991 2020 2023", None),
        ("", None),
    ],
)
def test_language_is_told_or_left_open(text: str, language: str | None) -> None:
    """A sentence is enough; names and numbers are not."""
    assert detect_language(text) == language


@pytest.mark.parametrize(
    "text",
    [
        "Talks resume Tuesday in Geneva.",
        "Rebel leader Ndugu Mbarara left Kinshasa.",
        "President Horvat meets Prime Minister Szabó in Novi Sad.",
        "Jan. 1 | 20 | Total 30 | 40",
    ],
)
def test_short_english_is_no_other_language(text: str) -> None:
    """Foreign names in a line or two do not make it foreign: left open, it is still coded."""
    assert detect_language(text) in {None, "en"}
