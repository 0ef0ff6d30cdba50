"""With the learnt components too, what is coded does not depend on who acts."""

from __future__ import annotations

import pytest

from parley.learnt.card import FOLDER

TEXT = (
    "Envoys of {one} and {other} signed a ceasefire in Geneva on 3 May 2023. Troops of {one} "
    "shelled a village on Monday, officials of {other} said. {other} denied that its army had "
    "attacked."
)
PAIRS = [("Peru", "Ecuador"), ("Kenya", "Uganda"), ("India", "Pakistan"), ("Serbia", "Kosovo")]


def _told(one, other):
    """Return what is coded of the text, with the parties' names taken out."""
    from parley import code  # noqa: PLC0415 - slow to load

    masks = {one: "ONE", other: "OTHER"}
    return [
        (
            mention.type,
            mention.status,
            pytest.approx(mention.confidence, abs=0.1),
            sorted((masks.get(p.name, p.name), p.role) for p in mention.participants),
        )
        for mention in code(
            TEXT.format(one=one, other=other), date="2023-05-05", coder="learnt"
        ).mentions
    ]


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_the_parties_swap_with_their_names(one, other):
    """Types, statuses, roles stay where the names change places, confidence nearly.

    The parser under it sees the names; what it says of them moves a probability a little.
    """
    if not (FOLDER / "components.npz").exists():
        pytest.skip("the models are not built; `make train` builds them")
    told = _told(one, other)
    assert told
    assert _told(other, one) == told
