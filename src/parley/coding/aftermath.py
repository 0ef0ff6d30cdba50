"""The aftermath: arrests, charges, hearings, funerals and late deaths that name an incident.

In: the words that name violence.  Out: the verb or noun of the aftermath that they stand under
("arrested on Tuesday over the killing of two brothers"): its day is not theirs, and what it names
took place.  And whether a death or a toll is told that grew after the incident, who only claims
one, and what speaks of it as told before.  The words are in `data/aftermath.toml`.
"""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

from parley.coding.clauses import TRANSPARENT, outer_noun
from parley.coding.syntax import SUBJECTS, ancestors, children, is_verbal, near, prepositions
from parley.coding.triggers import Trigger
from parley.coding.words import aftermath_words

# Clauses on a noun: "the man who shot her", "the house in which they died".
_ON_NOUN = frozenset({"relcl", "acl", "pcomp"})
_TARGETS = frozenset({"dobj", "nsubjpass"})
_KNOWN = frozenset({"the", "this", "that", "these", "those"})
# "Murder in the death of a clerk": what somebody is charged with, and over what.
_OVER = frozenset({"in", "for", "over"})
# How many words from "died" it may be told where, or of what.
_REACH = 15
_DURING = frozenset({"in", "at"})
_BLAME = frozenset({"responsibility", "credit"})
# What a war claims, who claims no deed.
_LIVES = frozenset({"life", "victim", "casualty"})


def is_aftermath(word: Token) -> bool:
    """Tell whether a verb, by itself or by what it is told of, says what follows an incident.

    Not of arrests and marches: they may be part of it, unless they name it (`aftermath_over`).
    """
    words = aftermath_words()
    lemma = word.lemma_.lower()
    if lemma in words.verbs or lemma in words.legal:
        return True
    told = [word]
    if is_verbal(word):
        told = [*children(word, *SUBJECTS, "dobj"), *(noun for _, noun in prepositions(word))]
    return any(noun.lemma_.lower() in words.nouns for noun in told)


def is_by_law(trigger: Trigger) -> bool:
    """Tell whether somebody is arrested, charged or held over what a trigger tells."""
    above = aftermath_over(trigger)
    words = aftermath_words()
    if above is None or not takes_for_real(trigger):
        return False
    return above.lemma_.lower() in words.legal | words.seizing | words.nouns


def aftermath_over(trigger: Trigger) -> Token | None:
    """Return the verb or noun of the aftermath that names a trigger's violence, if any does.

    None for what is told beside it: "arrested and shot", "arrested in a raid", "after an attack".
    """
    if trigger.frame.type != "ASSAULT":
        return None
    words = aftermath_words()
    below = trigger.predicate if is_verbal(trigger.predicate) else outer_noun(trigger.head)
    in_clause = linked = False
    for above in ancestors(below):
        in_clause = in_clause or below.dep_ in _ON_NOUN
        lemma = above.lemma_.lower()
        if is_verbal(above):
            if is_aftermath(above) or lemma in words.seizing or lemma in words.voicing:
                return above if in_clause or linked or _is_named(below, trigger) else None
            if below.dep_ in ("advcl", "conj"):
                return None
        elif above.pos_ in ("NOUN", "PROPN") and not in_clause:
            if lemma in words.nouns and _is_named(below, trigger):
                return above
            linked = linked or (lemma in words.links and below.lower_ in _OVER)
            if not linked and lemma not in TRANSPARENT | words.struck:
                return None
        below = above
    return None


def takes_for_real(trigger: Trigger) -> bool:
    """Tell whether a noun names one incident: by "the", its day, or whom or what it struck."""
    noun = outer_noun(trigger.head)
    if trigger.pos != "noun":
        return False
    known = any(
        child.lower_ in _KNOWN or child.dep_ == "poss" for child in children(noun, "det", "poss")
    )
    told = any(name in ("of", "in", "on", "at", "by") for name, _ in prepositions(trigger.head))
    return known or told


def _is_named(below: Token, trigger: Trigger) -> bool:
    """Tell whether a word right under the aftermath names what it follows."""
    if below.dep_ in _TARGETS:
        return True
    if below.dep_ != "prep" or below.lower_ not in aftermath_words().naming:
        return False
    running = trigger.frame.template == "mutual" and trigger.head.lemma_ != "shooting"
    running = running or trigger.head.lemma_.lower() in aftermath_words().running
    return below.lower_ not in _DURING or not running


def is_late(trigger: Trigger) -> bool:
    """Tell whether a death or a toll is told that belongs to an incident of an earlier day.

    "Died in hospital on Wednesday", "succumbed to his wounds two days later", "the toll rose".
    """
    words, head = aftermath_words(), trigger.head
    if head.lemma_ in words.dying:
        telling = words.wounds | words.wards | words.after
        around = near(head)
        span = head.doc[max(around.start, head.i - _REACH) : min(around.end, head.i + _REACH)]
        return any(word.lemma_.lower() in telling and head.is_ancestor(word) for word in span)
    if any(_is_rising(above) for above in ancestors(head)):
        return True
    if trigger.frame.name == "toll":
        return True
    told = [head, *children(head, "nsubj", "nsubjpass", "dobj")]
    return any(noun.pos_ == "NOUN" and noun.lemma_.lower() in words.tolls for noun in told)


def _is_rising(noun: Token) -> bool:
    """'The number of people killed in a strike has risen to 40': it grew after the strike."""
    return (
        noun.lemma_ == "number"
        and noun.dep_ in SUBJECTS
        and noun.head.lemma_ in aftermath_words().rising
    )


def is_claim(trigger: Trigger) -> bool:
    """Tell whether an attack is told by who claims it: "claimed responsibility for the bombing"."""
    verb = trigger.head
    takes = not any(noun.lemma_ in _LIVES for noun in children(verb, "dobj"))
    return trigger.frame.type == "ASSAULT" and verb.lemma_ == "claim" and takes


def is_of_what_is_claimed(word: Token, verb: Token) -> bool:
    """'Claimed on Monday the attack of Friday', and responsibility for it: not of the claiming."""
    objects = children(verb, "dobj")
    claimed = [noun for noun in objects if noun.lemma_ not in _BLAME]
    for over in (verb, *objects):
        claimed += [noun for name, noun in prepositions(over) if name == "for"]
    return any(noun == word or noun.is_ancestor(word) for noun in claimed)


def refers_back(words: Iterable[Token]) -> bool:
    """Tell whether words speak of an incident as told before: "the ambush", "the attackers"."""
    known = aftermath_words()
    names = known.incidents | known.involved
    return any(
        word.lemma_.lower() in names
        and any(child.lower_ in _KNOWN for child in children(word, "det"))
        for word in words
    )
