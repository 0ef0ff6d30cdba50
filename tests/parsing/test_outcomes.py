"""What a deed came to hangs on the deed, not on who accuses somebody of it."""

from __future__ import annotations

import pytest

from parley.model import Report
from parley.parsing import Parser


@pytest.mark.parametrize(
    ("text", "outcome", "above"),
    [
        ("Mali accused the rebels of shelling Kidal, killing five.", "killing", "shelling"),
        ("Kyiv accused Moscow of bombing a school, wounding 12 children.", "wounding", "bombing"),
        ("Kenya condemned rebels for burning Lamu, calling it a crime.", "calling", "condemned"),
    ],
)
def test_who_accuses_did_not_kill(parser: Parser, text: str, outcome: str, above: str) -> None:
    """A participle of harm hangs on the deed before it; what the accuser says, on the accuser."""
    doc = parser.parse(Report(id="r", source="t", text=text)).docs[0]
    word = next(word for word in doc if word.text == outcome)
    assert word.head.text == above
