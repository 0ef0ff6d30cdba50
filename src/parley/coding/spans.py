"""Which characters of the report tell a happening: its clause, without what trails behind it.

In: a trigger.  Out: the words of its clause, and the offsets of the mention.
"""

from __future__ import annotations

from spacy.tokens import Token

from parley.coding.clauses import outer_noun
from parley.coding.factuality import is_arranged
from parley.coding.governors import load_governors
from parley.coding.syntax import children, is_passive, is_verbal, objects
from parley.coding.triggers import Trigger, once, words_of
from parley.coding.words import factuality_words
from parley.parsing import end_of, start_of

LONGEST_MENTION = 500
# What a clause that may be left out hangs as.
_CLAUSES = frozenset({"relcl", "advcl", "acl", "xcomp", "ccomp"})


@once
def clause_of(trigger: Trigger) -> list[Token]:
    """The words that tell the happening: its verb's clause, or its noun's phrase."""
    noun = outer_noun(trigger.head)
    if trigger.pos == "noun" and is_arranged(trigger) and noun.dep_ == "dobj":
        return list(noun.subtree)
    if trigger.pos == "noun" and (trigger.governor is None or noun.is_ancestor(trigger.governor)):
        return list(noun.subtree)
    top = trigger.predicate
    if trigger.pos == "adjective" and is_verbal(top.head):
        top = top.head
    while top not in (top.head, trigger.head) and not top.is_ancestor(trigger.head):
        # "The truce was to last a week": the verb's own clause leaves its subject out.
        top = top.head
    return list(top.subtree)


def _core(trigger: Trigger, *, told: bool) -> list[Token]:
    """The clause without what only trails behind it: purposes, and relative clauses of nouns."""
    tokens = clause_of(trigger)
    kept_words = {trigger.head.i, trigger.predicate.i}
    left_out: set[int] = set()
    for token in tokens:
        if token.i <= trigger.head.i or token.dep_ not in _CLAUSES:
            continue
        if token.i in left_out or token.i in kept_words:
            continue
        trailing = _trails(token) or (told and _is_content(token, trigger))
        if trailing and not any(token.is_ancestor(word) for word in words_of(trigger)):
            left_out |= {below.i for below in token.subtree}
    # What the parse hangs on the verb from behind such a clause is part of the clause.
    first = min(left_out, default=trigger.head.doc[-1].i)
    behind = [token for token in tokens if token.i > first]
    for token in behind:
        loose = token.dep_ in ("advcl", "acl") and token.tag_ in ("VBN", "VBD", "VBG")
        if loose and not any(token.is_ancestor(word) for word in words_of(trigger)):
            left_out |= {below.i for below in token.subtree}
    core = [token for token in tokens if token.i not in left_out]
    while core and _is_loose_end(core[-1]) and core[-1].i > trigger.last:
        core.pop()
    return core or tokens


def _is_loose_end(token: Token) -> bool:
    return token.is_punct or token.is_space or token.dep_ in ("cc", "mark")


def _is_content(token: Token, trigger: Trigger) -> bool:
    """Tell whether a clause is what an act of speech demands, promises or denies.

    It is not what happened: "X demanded" did, "that Y withdraw" did not.
    """
    if not trigger.frame.absorb or token.dep_ not in ("xcomp", "ccomp"):
        return False
    if token.head not in (trigger.head, trigger.predicate):
        return False
    opening = {child.lower_ for child in children(token, "aux", "mark")}
    return bool(opening & {"to", "that"}) or token.dep_ == "ccomp"


def _trails(token: Token) -> bool:
    if token.dep_ == "relcl":
        return token.lemma_ not in load_governors().mediating and not is_passive(token)
    if token.dep_ not in ("advcl", "acl", "xcomp"):
        return False
    infinitive = any(child.lower_ == "to" for child in children(token, "aux"))
    # "had nothing to do with it": what is left would say the opposite.
    if not infinitive or token.head.pos_ == "PRON":
        return False
    # "signed a contract to supply"; but "forced them to leave", where they left.
    words, above = factuality_words(), token.head
    true = above.lemma_ in words.implicative or above.lemma_ in words.aspect
    return token.dep_ in ("advcl", "acl") or (
        token.dep_ == "xcomp" and not true and bool(objects(above))
    )


def span_of(trigger: Trigger, *, told: bool) -> tuple[int, int]:
    """The offsets of the clause, cut to the words around the trigger where it is very long.

    `told` is whether the happening is told as real, or denied: then what it only demands or
    promises is left out, which is neither.  What is itself ahead keeps it.
    """
    tokens = [token for token in _core(trigger, told=told) if not token.is_space]
    doc = trigger.head.doc
    first, last = tokens[0].i, tokens[-1].i
    while first < trigger.first and doc[first].is_punct:
        first += 1
    start, end = start_of(doc[first]), end_of(doc[last])
    if end - start <= LONGEST_MENTION:
        return start, end
    near = [token for token in tokens if abs(token.i - trigger.head.i) <= 30]
    start = max(start_of(near[0]), end_of(trigger.head) - LONGEST_MENTION // 2)
    return start, min(end_of(near[-1]), start + LONGEST_MENTION)
