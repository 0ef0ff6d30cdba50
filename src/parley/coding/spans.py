"""Which characters of the report tell a happening: its clause, without what trails behind it.

In: a trigger.  Out: the words of its clause, and the offsets of the mention.
"""

from __future__ import annotations

from spacy.tokens import Token

from parley.coding.syntax import children, is_passive, is_verbal
from parley.coding.triggers import Trigger, load_governors, outer_noun, words_of
from parley.parsing import end_of, start_of

LONGEST_MENTION = 500


def clause_of(trigger: Trigger) -> list[Token]:
    """The words that tell the happening: its verb's clause, or its noun's phrase."""
    noun = outer_noun(trigger.head)
    if trigger.pos == "noun" and (trigger.governor is None or noun.is_ancestor(trigger.governor)):
        return list(noun.subtree)
    top = trigger.predicate
    if trigger.pos == "adjective" and is_verbal(top.head):
        top = top.head
    while top not in (top.head, trigger.head) and not top.is_ancestor(trigger.head):
        # "The truce was to last a week": the verb's own clause leaves its subject out.
        top = top.head
    return list(top.subtree)


def _core(trigger: Trigger) -> list[Token]:
    """The clause without what only trails behind it: purposes, and relative clauses of nouns."""
    tokens = clause_of(trigger)
    kept_words = {trigger.head.i, trigger.predicate.i}
    left_out: set[int] = set()
    for token in tokens:
        if token.i <= trigger.head.i or token.i in left_out or token.i in kept_words:
            continue
        if _trails(token) and not any(token.is_ancestor(word) for word in words_of(trigger)):
            left_out |= {below.i for below in token.subtree}
    core = [token for token in tokens if token.i not in left_out]
    while core and (core[-1].is_punct or core[-1].is_space) and core[-1].i > trigger.head.i:
        core.pop()
    return core or tokens


def _trails(token: Token) -> bool:
    if token.dep_ == "relcl":
        return token.lemma_ not in load_governors().mediating and not is_passive(token)
    infinitive = any(child.lower_ == "to" for child in children(token, "aux"))
    # "had nothing to do with it": what is left would say the opposite.
    return infinitive and token.dep_ in ("advcl", "acl") and token.head.pos_ != "PRON"


def span_of(trigger: Trigger) -> tuple[int, int]:
    """The offsets of the clause, cut to the words around the trigger where it is very long."""
    tokens = [token for token in _core(trigger) if not token.is_space]
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
