"""What is only neared: "edged towards a treaty", "closer to a truce", "on the verge of a deal".

In: an event noun.  Out: the words by which those who are told of have not come to it yet.
"""

from __future__ import annotations

from spacy.tokens import Token

from parley.coding.clauses import outer_noun
from parley.coding.syntax import ancestors, is_verbal
from parley.coding.words import factuality_words

_TOWARDS = frozenset({"toward", "towards"})


def words_before(noun: Token) -> list[Token]:
    """Return the words that say an event is only neared, nearest first; mostly there are none.

    A verb of coming nearer is the first of them where it governs the noun itself ("nearing a
    deal"), and stands behind the small words where it does not ("inched towards a deal").
    """
    words, noun = factuality_words(), outer_noun(noun)
    above = noun.head
    if noun.dep_ == "dobj":
        return [above] if above.lemma_ in words.nearing_verbs else []
    if noun.dep_ != "pobj":
        return []
    if above.lower_ in _TOWARDS:
        return [above, *_moving(above)]
    if above.lower_ == "to":
        close = above.head if above.head.lower_ in words.near_words else None
        if close is None and above.i and above.nbor(-1).lower_ in words.near_words:
            close = above.nbor(-1)
        return [] if close is None else [above, close, *_moving(close)]
    return []


def _moving(word: Token) -> list[Token]:
    """Return the verb that a small word hangs on, where it tells of a way and not of a deed."""
    words = factuality_words()
    for above in ancestors(word):
        if above.lemma_ in words.way_verbs:
            return [above]  # in headlines the parse may call it a noun
        if is_verbal(above):
            break
    return []
