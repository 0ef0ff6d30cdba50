"""Who did what to whom, says who, and did it happen.

In: a `Dated` report and its `Grounding`.  Out: `Mention`s, each with the characters that
say it.  `RuleCoder` is the built-in coder; anything with its `code` can stand in its place.

    data/frames/*.toml   which words tell of which kind of event; the notation: patterns.py
    lexicon.py           reads and checks them; triggers.py finds them in a parse
    syntax.py            subjects, objects, prepositions, whatever the voice
    arguments.py         which words fill a trigger's slots; participants.py who they are
    places.py, timing.py, counts.py, provisions.py, contexts.py   the other fields
    factuality.py        did it happen: tense, modality, negation, conditions
    attribution.py       who is quoted for it
    nesting.py           what an act of speech swallows; plans and threats
    drafts.py            one paragraph; discourse.py the report as a whole
    coder.py             the coder
"""

from parley.coding.coder import Coder, RuleCoder
from parley.coding.lexicon import Frame, Lexicon, load_lexicon

__all__ = ["Coder", "Frame", "Lexicon", "RuleCoder", "load_lexicon"]
