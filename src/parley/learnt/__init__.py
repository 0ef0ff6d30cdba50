"""What was learnt from a corpus: which words name an event, of which type, status and slots.

In: a parsed paragraph.  Out: a `Judgement` that is asked of its words.  It knows names by
their kind only, so that no side is judged otherwise than another.  How it was trained, and how
good it is where, is told in docs/model-card.md.

    features.py     what the network sees of a parse
    network.py      the network
    decisions.py    the decisions and their answers
    components.py   the file of weights, its card, and `Judgement`
"""

from parley.learnt.components import Components, Judgement, load
from parley.learnt.features import Hint

__all__ = ["Components", "Hint", "Judgement", "load"]
