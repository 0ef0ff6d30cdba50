"""What stands before the first sentence and is no part of it."""

from __future__ import annotations

import pytest

from parley.model import Report
from parley.parsing import split_paragraphs

_HEADLINE = "Fresh violence in the north"


def _kinds(*lines: str) -> list[tuple[str, str]]:
    text = "\n".join([_HEADLINE, *lines])
    report = Report(id="r", source="t", title=_HEADLINE, text=text)
    return [(p.kind, text[p.start : p.end]) for p in split_paragraphs(report)][1:]


@pytest.mark.parametrize(
    "line",
    [
        "Lusaka — ",
        "Dhaka : ",
        "PESHAWAR: ",
        "ILIGAN CITY: ",
        "New Delhi: ",
        "Sittwe, Myanmar: ",
        "May 3, 2019 (BOR) — ",
        "3 May 2019 (BOR) - ",
        "Osh, Kyrgyzstan, (Wire / City News - 3rd May, 2019) : ",
        "GOMA, Congo (AP) _ ",
        "PORT SUDAN—",
        "Split, 1 April - ",
    ],
)
def test_a_dateline_is_a_paragraph_of_its_own(line: str) -> None:
    """The sentence behind it begins anew, whatever stands between the two."""
    sentence = "Armed men attacked a village."
    assert _kinds(line + sentence) == [("dateline", line.strip()), ("body", sentence)]


@pytest.mark.parametrize(
    "line",
    [
        "Unity - Northern ally of the junta - has fallen.",
        "Peace talks: What comes next?",
        "The army said: We held our fire.",
        "NATO—and others—said no.",
        "A second bomb - The larger one - failed to go off.",
    ],
)
def test_what_opens_a_sentence_is_no_dateline(line: str) -> None:
    """An aside between dashes, or words before a colon that are no name, stay in their sentence."""
    assert _kinds(line) == [("body", line)]


def test_only_the_first_paragraph_has_a_dateline_without_an_agency() -> None:
    """Further down a name before a dash is whom the sentence is about."""
    told = _kinds("Rebels took the bridge on Monday.", "Lusaka — Its people fled.")
    assert told[1] == ("body", "Lusaka — Its people fled.")


def test_who_speaks_in_an_interview_is_no_place() -> None:
    """Where line after line opens with a name and a colon, speakers are named, not towns."""
    lines = ["Mara Okello: We want talks.", "Host: When?", "Mara Okello: Now."]
    assert _kinds(*lines) == [("body", line) for line in lines]
