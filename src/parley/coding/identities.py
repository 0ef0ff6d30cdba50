"""Identities: who the attackers were, by a later sentence that says it of them.

In: the drafts of a report and its paragraphs.  Out: the drafts; "Six soldiers were killed in an
ambush.  The army said the assailants were rebels of the front": the ambush has the rebels as who
did it, as it would have had them told beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from parley.coding.arguments import Argument
from parley.coding.drafts import Draft, changed
from parley.coding.lexicon import Lexicon
from parley.coding.participants import joined, parties_at
from parley.coding.syntax import children, is_verbal
from parley.coding.words import speech_words
from parley.grounding import Grounding

# Which deeds have such doers, and how near the sentence that says who they were must be.
_NEAR = 2
# What makes it no more than a guess, or none.
_UNSURE = frozenset({"neg", "aux"})
_KNOWN = frozenset({"the", "these", "those", "its", "their", "both"})


def with_identities(
    drafts: Sequence[Draft], docs: Sequence[Doc], *, grounding: Grounding, lexicon: Lexicon
) -> list[Draft]:
    """Return the drafts, a deed without doers with those whom its attackers are said to be."""
    found = list(drafts)
    for paragraph, sentence, noun in _identified(docs):
        at = _last_before(found, paragraph, sentence)
        if at is None:
            continue
        named = Argument("by", "actor", noun)
        doers = [p for p in parties_at(named, grounding, lexicon) if p.name[:1].isupper()]
        if doers:
            draft = found[at]
            parties = [p for p in draft.mention.participants if p.role != "actor"]
            found[at] = changed(draft, participants=joined([*parties, *doers]))
    return found


def _identified(docs: Sequence[Doc]) -> Iterator[tuple[int, int, Token]]:
    """Yield where it is said who the attackers were, and the noun that says it."""
    attackers = speech_words().attackers
    for paragraph, doc in enumerate(docs):
        for number, sentence in enumerate(doc.sents):
            for word in sentence:
                if word.lemma_.lower() not in attackers or word.dep_ != "nsubj":
                    continue
                verb = word.head
                if verb.lemma_ != "be" or not is_verbal(verb) or children(verb, *_UNSURE):
                    continue
                if not any(child.lower_ in _KNOWN for child in children(word, "det", "poss")):
                    continue
                for noun in children(verb, "attr"):
                    yield paragraph, number, noun


def _last_before(drafts: Sequence[Draft], paragraph: int, sentence: int) -> int | None:
    """Return the deed told last before a sentence whose doers are nobody by name."""
    before = [
        (draft.paragraph, draft.sentence, at)
        for at, draft in enumerate(drafts)
        if draft.mention.type in ("ASSAULT", "COERCE")
        and draft.mention.status in ("happened", "ongoing", "alleged")
        and (
            (draft.paragraph == paragraph and draft.sentence < sentence)
            or paragraph - _NEAR < draft.paragraph < paragraph
        )
    ]
    if not before:
        return None
    at = max(before)[2]
    doers = [party for party in drafts[at].mention.participants if party.role == "actor"]
    return None if any(party.name[:1].isupper() for party in doers) else at
