"""What was learnt from a corpus: which words name an event, of which type, status and slots.

In: a parsed paragraph.  Out: a `Judgement` that is asked of its words.  It knows names by
their kind only, so that no side is judged otherwise than another.  How it was trained, and how
good it is where, is told in docs/model-card.md.

    features.py     what the network sees of a parse
    network.py      the network
    decisions.py    the decisions and their answers
    card.py         what is pinned of the file of weights; which coder codes where none is named
    components.py   the file of weights, and `Judgement`

All but the card is loaded when it is first used: whoever only asks which models there are
must not wait for spaCy.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from parley.learnt.card import DEFAULT_CODER, Card, CoderName, read_card

if TYPE_CHECKING:
    from parley.learnt.components import Components, Judgement, load
    from parley.learnt.features import Hint

__all__ = [
    "DEFAULT_CODER",
    "Card",
    "CoderName",
    "Components",
    "Hint",
    "Judgement",
    "load",
    "read_card",
]

_WHERE = {
    "Components": "components",
    "Hint": "features",
    "Judgement": "components",
    "load": "components",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever the name stands for
    if name in _WHERE:
        return getattr(import_module(f"parley.learnt.{_WHERE[name]}"), name)
    raise AttributeError(f"module 'parley.learnt' has no attribute {name!r}")
