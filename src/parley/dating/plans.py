"""Times of plans: when something was to be, and to when it was put off.

A plan lies ahead of its making, whatever the tense of the sentence: "talks planned for 20
March were put off until 3 April" is printed before either day, or soon after the first.
"""

from __future__ import annotations

from typing import Literal

from spacy.tokens import Token

from parley.dating.words import words

_VERBS = frozenset({"VERB", "AUX"})
_NOW = frozenset({"is", "are", "has", "have", "be", "will"})
_LONGEST_CLIMB = 12
# "to 3 April" is the new day, "from 20 March" the one given up; "for" may be a lower verb's.
_NEW = frozenset({"to", "until", "till", "for"})
_OWN = frozenset({"for", "from"})
# "The truce agreed on Monday": that is the day of the deed itself.
_DONE = frozenset({"agree", "order", "call", "ask", "decide", "go", "promise", "propose", "urge"})
_UNDONE = frozenset({"dobj", "nsubjpass"})


def putting_off(token: Token) -> tuple[Token, Literal["old", "new"]] | None:
    """Return the verb that puts off what it tells of, and which of its days a time is.

    `token` is a word of a time.  A comma may have the parse hang "until Friday" on the clause
    before it, so any verb above counts.  None where nothing is put off, or the time is when
    that was done ("postponed on Sunday").
    """
    lists = words().lists
    node = token
    for _ in range(_LONGEST_CLIMB):
        if node.pos_ == "ADP" or node.dep_ == "prep":
            break
        if node.pos_ in _VERBS or node.head == node:
            return None
        node = node.head
    joint = node.lower_
    if joint not in _NEW and joint != "from":
        return None
    for above in node.ancestors:
        if above.pos_ in _VERBS:
            if above.i < token.i and _names_of(above) & lists.postponing:
                return above, "new" if joint in _NEW else "old"
            if joint in _OWN:
                return None
    return None


def _is_void(verb: Token) -> bool:
    """Tell whether a verb tells what was to be and was not: "they were to have met on Friday"."""
    forms = {child.lower_ for child in verb.children if child.dep_ == "aux"}
    return {"to", "have"} <= forms and verb.head.tag_ == "VBD"


def _names_of(verb: Token) -> set[str]:
    """Return a verb with and without its particle: "put", "put off"."""
    particles = [child.lower_ for child in verb.children if child.dep_ in ("prt", "advmod")]
    return {verb.lemma_, *(f"{verb.lemma_} {particle}" for particle in particles)}


def is_planned(token: Token) -> bool:
    """Tell whether a time is that of a plan which by now may be over, or given up.

    So is that of "talks planned for Friday", "the vote, due on Friday,"; not that of what is
    still to be: "are planned for Friday", "will meet on Friday".
    """
    if putting_off(token) is not None:
        return True
    lists, node = words().lists, token
    planning, undoing = lists.planning, lists.postponing | lists.calling_off
    for _ in range(_LONGEST_CLIMB):
        if node != token and node.pos_ in (*_VERBS, "ADJ"):
            if _is_void(node):
                return True
            below = node.dep_ == "xcomp" and node.head.pos_ in (*_VERBS, "ADJ")
            if below and node.head.lemma_.lower() in planning:
                # "were due to start on Friday"
                node = node.head
            elif node.tag_ not in ("VBN", "JJ") or node.lemma_ in _DONE | undoing:
                return False
            upper = node.head if node.dep_ == "acomp" else node
            helpers = [c for c in upper.children if c.dep_ in ("aux", "auxpass")]
            told = {upper.lower_, *(helper.lower_ for helper in helpers)}
            return node.lemma_.lower() in planning and not told & _NOW
        if node.head == node:
            return False
        if node.lemma_.lower() in lists.occasions and node.dep_ in _UNDONE:
            # "The talks of 20 March have been cancelled": they were to be.
            return bool(_names_of(node.head) & undoing)
        node = node.head
    return False
