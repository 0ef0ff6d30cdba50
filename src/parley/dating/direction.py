"""Whether a clause speaks of what is behind or ahead, from the verb that governs a word."""

from __future__ import annotations

from spacy.tokens import Token

from parley.dating.meanings import Direction
from parley.dating.words import words
from parley.parsing import kind_of

_VERBS = frozenset({"VERB", "AUX"})
_PAST_BE = frozenset({"was", "were", "been", "had"})
_SPEECH = {
    *("announce", "discuss", "confirm", "say", "welcome"),
    *("boycott", "cancel", "prepare", "mention", "skip"),
}
# "summoned them to a meeting on Monday": the meeting is ahead of the summons.
_SUMMONS = frozenset({"summon", "invite", "call", "convene", "convoke", "ask"})
# "was fixed for June 20": whatever its tense, the day is ahead.
_FIXED = frozenset({"fix", "book", "earmark", "timetable"})
_TIME_PREPS = frozenset({"on", "at", "in", "from", "for", "until", "between"})
_LONGEST_CLIMB = 12
_BEHIND = frozenset({"after", "since", "following"})
_DEFINITE = frozenset({"the", "this", "that", "their", "its"})


def direction_of(token: Token) -> Direction | None:
    """Return where the clause about a time expression puts it; None where that is open.

    `token` is a word of the expression.  Method: climb the dependency tree to the
    governing verb and read its auxiliaries; on the way, an occasion ("a meeting on
    Friday") that is only spoken of has no direction of its own.
    """
    if names_accord(token):
        return "past"
    if _begins_accord(token):
        return "future"
    lists = words().lists
    child = token
    node, spoken_of, behind, owned, done = token, False, False, False, False
    for _ in range(_LONGEST_CLIMB):
        # "after the elections of May 8": they are behind what comes after them.
        behind = behind or (node.lower_ in _BEHIND and node.pos_ in ("ADP", "SCONJ"))
        if node.pos_ in _VERBS and node != token:
            if _tells_by_whom(node) and direction_of(node.head) == "future":
                return "future"
            if behind:
                return None if _of_verb(node, _LONGEST_CLIMB) == "future" else "past"
            if _below(node, token) == "for" and (_is_called(node) or node.lemma_ in _FIXED):
                return "future"
            found = _of_verb(node, _LONGEST_CLIMB)
            if found == "future" and (done or _stands_behind_deed(token, node)):
                return "past" if done else None
            if found == "future" and owned and not _wills(node):
                return None
            if found == "future" and _merely_is(node) and _below(node, token) not in _TIME_PREPS:
                return None
            return None if spoken_of and found == "past" else found
        if node.pos_ == "ADJ" and node.lemma_.lower() in lists.planning and node != token:
            return "future"
        if node.pos_ in ("NOUN", "PROPN") and node != token:
            done = done or (node.dep_ == "pobj" and node.lemma_.lower() in lists.deeds)
            if any(left.lower_ in lists.ahead_adjectives for left in node.lefts):
                return "future"
            if node.lemma_.lower() in lists.occasions and node.dep_ == "pobj":
                if node.head.lower_ in ("before", "of") and _governs(node.head, "ahead"):
                    return "future"
                if node.head.lower_ == "to" and node.head.head.lemma_ in _SUMMONS:
                    return "future"
                spoken_of = True
            elif node.lemma_.lower() in lists.occasions and node.dep_ == "dobj":
                spoken_of = node.head.lemma_ in lists.planning or _speaks(node.head)
            elif node.lemma_.lower() not in lists.occasions and node.pos_ == "NOUN":
                # "reels from Monday's attack", "the attack on Sunday may be revenge".
                owned = owned or child.dep_ == "poss" or node.dep_ == "nsubj"
        if node.head == node:
            break
        child, node = node, node.head
    return None


def names_accord(token: Token) -> bool:
    """Tell whether a time is what an agreement is called by: "as foreseen in the accord of May"."""
    below, noun = token.head, token.head.head
    named = below.lower_ == "of" and below.dep_ == "prep" and noun.dep_ == "pobj"
    definite = any(left.lower_ in _DEFINITE for left in noun.lefts)
    return named and definite and noun.lemma_.lower() in words().lists.accords


def _begins_accord(token: Token) -> bool:
    """Tell whether a time is that from which a truce is to hold: "a ceasefire from Friday".

    One that is the subject of its sentence may have begun: "a truce from Friday held".
    """
    word = token.head if token.head.ent_type_ == "DATE" else token
    opening = word.head
    if opening.lower_ != "from" or opening.dep_ != "prep" or opening.i == 0:
        return False
    noun = opening.doc[opening.i - 1]
    return (
        noun.dep_ not in ("nsubj", "nsubjpass", "ROOT")
        and noun.lemma_.lower() in words().lists.accords
        and not any(left.lower_ in _DEFINITE for left in noun.lefts)
    )


def _stands_behind_deed(token: Token, verb: Token) -> bool:
    """Tell whether a time hung on a verb may be that of a deed named before it."""
    deeds = words().lists.deeds
    between = verb.doc[verb.i + 1 : token.i]
    return any(word.dep_ == "pobj" and word.lemma_.lower() in deeds for word in between)


def is_spoken(token: Token) -> bool:
    """Tell whether the verb that governs a time expression is one of saying."""
    node = token
    for _ in range(_LONGEST_CLIMB):
        if node.pos_ in _VERBS and node != token:
            return node.lemma_.lower() in words().lists.speech
        if node.head == node:
            break
        node = node.head
    return False


def _tells_by_whom(verb: Token) -> bool:
    """Tell whether a participle says who arranges a meeting: "talks brokered by Qatar"."""
    bare = verb.tag_ == "VBN" and verb.dep_ == "acl"
    return bare and verb.lemma_.lower() in words().lists.arranging


def _merely_is(verb: Token) -> bool:
    """Tell whether a verb is "is" alone: "the meeting is on Friday" is ahead by its "on"."""
    return (
        verb.lemma_ == "be"
        and verb.tag_ in ("VBZ", "VBP")
        and verb.pos_ in _VERBS
        and not any(child.dep_ in ("aux", "auxpass", "xcomp") for child in verb.children)
    )


def _wills(verb: Token) -> bool:
    """Tell whether a verb says by "will" or "to" that what its nouns name is ahead."""
    helpers = {child.lower_ for child in verb.children if child.dep_ in ("aux", "auxpass")}
    return bool(helpers & {"will", "'ll", "’ll", "shall", "to"})


def _is_called(verb: Token) -> bool:
    """Tell whether a verb reads "has been called", "is ordered", of what is ahead."""
    helpers = {child.lower_ for child in verb.children if child.dep_ in ("aux", "auxpass")}
    is_now = bool(helpers & {"has", "have", "is", "are"})
    return verb.tag_ == "VBN" and verb.lemma_ in ("call", "order", "agree") and is_now


def _below(verb: Token, token: Token) -> str:
    """Return the word right under a verb on the way down to a token."""
    node = token
    for _ in range(_LONGEST_CLIMB):
        if node.head in (verb, node):
            break
        node = node.head
    return node.lower_


def _governs(token: Token, word: str) -> bool:
    return word in (token.lower_, token.head.lower_)


def _speaks(verb: Token) -> bool:
    """Tell whether a verb names its object without saying that it came about."""
    return verb.lemma_ in _SPEECH


def _of_verb(verb: Token, left: int) -> Direction | None:
    """Return the direction of a verb from its form, auxiliaries and governors."""
    lists = words().lists
    helpers = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
    forms = {helper.lower_ for helper in helpers}
    if forms & lists.ahead:
        return "future"
    if left <= 0:
        return None
    tag = verb.tag_
    if "to" in forms and forms & {"was", "were"}:
        # "was to have met": it did not, or nobody says.
        return "past" if "have" in forms else None
    if "to" in forms or (tag == "VB" and verb.dep_ == "xcomp"):
        return _of_infinitive(verb, left, forms)
    planned = verb.lemma_.lower() in lists.planning
    if tag == "VBN":
        if planned and verb.lemma_ not in ("agree", "order", "call", "ask", "decide", "go"):
            over = forms & _PAST_BE and not forms & {"be", "has", "have"}
            return None if over else "future"
        if forms and not forms & (_PAST_BE | {"has", "have", "having", "'ve", "’ve"}):
            return _of_conjunct(verb, left) if verb.dep_ == "conj" else None
        return "past"
    if tag == "VBD":
        return "past"
    if tag == "VBG":
        if forms & _PAST_BE:
            return "past"
        if forms & {"is", "are", "am", "'s", "'re", "’s", "’re", "be"}:
            return "future"
        return (
            _of_verb(verb.head, left - 1)
            if verb.head != verb and verb.head.pos_ in _VERBS
            else None
        )
    if verb.dep_ == "conj" and not helpers:
        return _of_conjunct(verb, left)
    if tag in ("VBZ", "VBP"):
        if kind_of(verb) == "headline":
            return None
        # Not of the day at the head of an entry: "1 Dec Fighters arrive at the camp".
        entry = verb.doc[0].ent_type_ in ("DATE", "CARDINAL") and kind_of(verb) == "body"
        ahead = (verb.lemma_ in lists.timetable and not entry) or (
            verb.lemma_ == "be"
            and any(child.dep_ == "prep" and child.lower_ in _TIME_PREPS for child in verb.children)
        )
        return "future" if ahead else None
    return None


def _of_conjunct(verb: Token, left: int) -> Direction | None:
    return _of_verb(verb.head, left - 1) if verb.head.pos_ in _VERBS else None


def _of_infinitive(verb: Token, left: int, forms: set[str]) -> Direction | None:
    head = verb.head
    if head == verb or head.pos_ not in _VERBS:
        return "future"
    if head.lemma_.lower() in words().lists.planning or head.lemma_ == "be":
        return "future"
    if verb.dep_ in ("ccomp", "acl", "relcl"):
        return "future"
    if verb.dep_ == "xcomp" and head.tag_ in ("VBZ", "VBP", "VBG"):
        return "future"
    return _of_verb(head, left - 1) if "have" not in forms else "past"
