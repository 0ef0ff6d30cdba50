"""What was learnt from a corpus: which words name an event, of which type, status and slots.

In: a parsed paragraph.  Out: a `Judgement` that is asked of its words.  It knows names by
their kind only, so that no side is judged otherwise than another.  How it was trained, and how
good it is where, is told in docs/model-card.md.

    features.py     what the network sees of a parse
    ways.py         what it sees of a trigger and a word that may fill a slot of it
    network.py      the network, as it is trained
    inference.py    the network, as it is asked; sums.py, what it need not work out again
    decisions.py    the decisions and their answers
    judgement.py    `Judgement`: what it makes of a paragraph
    card.py         what is pinned of the file of weights; which coder codes where none is named
    components.py   the file of weights

All but the card is loaded when it is first used: whoever only asks which models there are
must not wait for spaCy.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from parley.learnt.card import DEFAULT_CODER, Card, CoderName, read_card

if TYPE_CHECKING:
    from parley.learnt.components import Components, load
    from parley.learnt.features import Hint
    from parley.learnt.judgement import Judgement, fill

__all__ = [
    "DEFAULT_CODER",
    "Card",
    "CoderName",
    "Components",
    "Hint",
    "Judgement",
    "fill",
    "load",
    "read_card",
]

_WHERE = {
    "Components": "components",
    "Hint": "features",
    "Judgement": "judgement",
    "fill": "judgement",
    "load": "components",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever the name stands for
    if name in _WHERE:
        return getattr(import_module(f"parley.learnt.{_WHERE[name]}"), name)
    raise AttributeError(f"module 'parley.learnt' has no attribute {name!r}")
