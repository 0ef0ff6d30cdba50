"""Beginnings: the day from which what was agreed is to hold, which is not that of agreeing.

In: a time, and the verb of agreeing that it hangs below.  Out: whether the truce, or what else was
agreed, is told to begin, run or end then: "agreed on Monday to a truce from Friday", "signed a
ceasefire that takes effect on Friday".
"""

from __future__ import annotations

from spacy.tokens import Token

from parley.coding.clauses import outer_noun
from parley.coding.syntax import ancestors, is_verbal
from parley.coding.triggers import Trigger
from parley.coding.words import provision_words
from parley.model import Published, Time


def is_of_beginning(
    time: Time, root: Token, trigger: Trigger, *, written: Published | None
) -> bool:
    """Tell whether a time, which a word heads, is when that begins which a verb agrees on.

    What began at a date before the report was `written` was agreed by then, and nothing nearer
    may be told; a day that is told by its name alone is taken for one to come.
    """
    if trigger.frame.type != "AGREE" or trigger.pos != "verb":
        return False
    dated = any(character.isdigit() for character in time.text)
    behind = written is None or time.value_start is None or time.value_start < written.start
    if dated and behind:
        return False
    words = provision_words()
    opened = False
    for above in ancestors(root):
        if above == trigger.head:
            # "Agreed on a truce starting Friday": the parse may hang "starting" on either.
            return opened and _agrees_on_truce(trigger)
        if above.lower_ in words.starting or _starts(above):
            opened = True
        elif above.lemma_.lower() in words.agreements:
            return opened
        elif is_verbal(above):
            return False
    return False


def _starts(verb: Token) -> bool:
    """Tell whether a verb says that something is to begin or be in force: "that takes effect".

    What began has been agreed by then: "agreed on a truce that began on Friday".
    """
    words = provision_words()
    if not is_verbal(verb) or verb.tag_ == "VBD":
        return False
    if verb.lemma_ in words.beginning:
        return True
    return any(word.lemma_ in words.force for word in verb.subtree)


def _agrees_on_truce(trigger: Trigger) -> bool:
    nouns = {word.lemma_.lower() for word in trigger.head.subtree if word.i > trigger.head.i}
    if trigger.partner is not None:
        nouns.add(outer_noun(trigger.partner.head).lemma_.lower())
    return not nouns.isdisjoint(provision_words().agreements)
