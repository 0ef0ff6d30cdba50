"""Doers: who did a deed that one part of a sentence tells by those it was done to alone.

In: the drafts of a report.  Out: the drafts; "nine soldiers died when rebels stormed the base"
and "six were killed and two wounded in attacks by rebels" have the rebels as who killed.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from parley.coding.clauses import outer_noun
from parley.coding.drafts import Draft, changed
from parley.coding.participants import joined
from parley.coding.syntax import children, is_passive, is_verbal

# What opens the clause of the deed in which somebody was hurt, and what its noun stands behind.
_OPENING = frozenset({"when", "as", "after"})
_WITHIN = frozenset({"in", "during"})
# Verbs that tell a death by whom it befell.
_BEFALLING = frozenset({"die", "perish", "fall", "lose", "suffer"})
_LINKS = 4  # verbs that are joined: "were killed and wounded"


def with_doers(drafts: Sequence[Draft]) -> list[Draft]:
    """Return the drafts, each deed of which only the sufferers are told with its doers."""
    return [_with_doers(draft, drafts) for draft in drafts]


def _with_doers(draft: Draft, drafts: Sequence[Draft]) -> Draft:
    mention, verb = draft.mention, draft.trigger.head
    if mention.type != "ASSAULT" or not is_verbal(verb) or _has_doer(draft):
        return draft
    if not (is_passive(verb) or verb.lemma_ in _BEFALLING):
        return draft
    for other in drafts:
        place = (other.paragraph, other.sentence) == (draft.paragraph, draft.sentence)
        if not place or other is draft or other.mention.type != "ASSAULT":
            continue
        if other.mention.status == "denied" or not _holds(other, verb):
            continue
        doers = [party for party in other.mention.participants if party.role == "actor"]
        if doers:
            return changed(draft, participants=joined([*mention.participants, *doers]))
    return draft


def _has_doer(draft: Draft) -> bool:
    """Tell whether a draft has who did it."""
    return any(party.role == "actor" for party in draft.mention.participants)


def _holds(other: Draft, verb: Token) -> bool:
    """Tell whether a deed is the one in which what a verb tells befell somebody."""
    joined_verbs = _joined(verb)
    word = other.trigger.head
    if is_verbal(word):
        clause = _joined(word)[-1]
        marks = {child.lower_ for child in children(clause, "mark", "advmod", "prep")}
        return clause.dep_ == "advcl" and clause.head in joined_verbs and bool(marks & _OPENING)
    noun = outer_noun(word)
    if noun.dep_ != "pobj" or noun.head.lower_ not in _WITHIN:
        return False
    return noun.head.head in joined_verbs or noun.head.head.head in joined_verbs


def _joined(verb: Token) -> list[Token]:
    """Return a verb and those before it that it is joined to by "and"."""
    found = [verb]
    while found[-1].dep_ == "conj" and is_verbal(found[-1].head) and len(found) < _LINKS:
        found.append(found[-1].head)
    behind = [other for other in children(found[-1], "conj") if is_verbal(other)]
    return [*dict.fromkeys([*behind, *found])]
