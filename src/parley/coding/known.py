"""Known: agreements that a report names as made before, and tells no making of.

"Released under the agreement", "in breach of the truce", "the accord of 18 October", "as agreed
last week".  In: the drafts of a report.  Out: of such a one no more than its own words say: who
is named in them is a party to it, not who keeps it or breaks it beside; a day in them is its own,
not the deed's.  The rest it has from the agreement that its report tells as made, or, in merging,
from the one that another tells.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace
from spacy.tokens import Token

from parley.coding.clauses import is_aside, making_clauses, outer_noun
from parley.coding.drafts import Draft, changed
from parley.coding.governors import load_governors
from parley.coding.syntax import children
from parley.coding.triggers import Trigger, is_definite, lapses
from parley.coding.tying import is_observed, load_patterns
from parley.model import Mention, Participant, Place, Status, Trace, When
from parley.parsing import end_of, start_of

# "The truce of 3 May", "the deal signed in Doha last week": between the noun and its own day.
_OF = re.compile(r"[\s,]*(?:of|from|dated|(?:\w+(?:ed|uck))\b.{0,40})\s*(?:the\s*)?", re.DOTALL)
# Who keeps or breaks an agreement as a party to it; aid agencies and observers need be none.
_BOUND = frozenset({"state", "government_body", "military", "armed_group"})
_MADE: frozenset[Status] = frozenset({"happened", "ongoing"})
_SORTS = 3  # words between the town and the noun: "the Pretoria peace agreement"
_OBLIQUE = frozenset({"pobj", "dobj", "poss", "compound"})


def is_known(trigger: Trigger) -> bool:
    """Tell whether a word names an agreement that was made before, and not its making.

    It stands behind a word of keeping or breaking, or is told as known ("the", "its") of
    something else than itself.  What a clause's subject does is told of it: it may be news.
    """
    if trigger.frame.type != "AGREE":
        return False
    if trigger.pos == "verb" and is_aside(trigger.head):
        return True
    if trigger.pos == "verb" or trigger.frame.template != "mutual":
        return False
    if trigger.pos != "noun" or trigger.partner is not None:
        return False
    noun = outer_noun(trigger.head)
    if noun.dep_ == "nsubj" and (is_observed(trigger) or _is_of_before(noun) or lapses(noun.head)):
        return True
    above = trigger.governor
    made = above is not None and above.dep_ in ("acl", "relcl") and above.head == noun
    if made and noun.dep_ == "pobj" and is_definite(trigger) and is_observed(trigger):
        # "As foreseen in the truce signed six weeks ago"
        return True
    if above is not None and load_patterns().observing.fullmatch(above.lemma_) is None:
        return False
    if noun.dep_ not in _OBLIQUE:
        return False
    return is_observed(trigger) or (is_definite(trigger) and above is None)


def _is_of_before(noun: Token) -> bool:
    """'The road that the Djibo accord had opened': what an agreement had done, it did before."""
    helped = {child.lower_ for child in children(noun.head, "aux")}
    determined = any(child.lower_ in ("the", "that", "this") for child in noun.lefts)
    return determined and noun.head.dep_ == "relcl" and "had" in helped


def is_told_as_known(draft: Draft) -> bool:
    """Tell whether a draft is of an agreement that was made before, and stands."""
    return draft.mention.status in _MADE and is_known(draft.trigger)


def as_known(draft: Draft) -> Draft:
    """Return an agreement that is named as known with what its own words tell of it only."""
    mention = draft.mention
    if mention.status == "alleged" and is_known(draft.trigger) and is_observed(draft.trigger):
        # "Fired in breach of the truce, the ministry charged": the truce is not what is charged.
        draft = changed(draft, status="happened", attribution=())
    if not is_told_as_known(draft):
        return _in_its_town(draft)
    noun = outer_noun(draft.trigger.head)
    first, last = start_of(noun.doc[noun.left_edge.i]), _end_of_phrase(noun)

    def is_own(trace: Trace) -> bool:
        return first <= trace.start < last

    own = tuple(p for p in mention.participants if any(map(is_own, p.evidence)))
    where = tuple(place for place in mention.where if any(map(is_own, place.evidence)))
    town = None if where else _town_of(noun, mention)
    if town is not None:
        where = (town,)
        own = tuple(party for party in own if party.name != town.name)
    when = mention.when
    if when is not None and not any(
        is_own(trace) and is_of(noun, trace.start) for trace in when.evidence
    ):
        when = None
    return replace(changed(draft, participants=own, where=where, when=when), definite=True)


def _in_its_town(draft: Draft) -> Draft:
    """Return "the Burnham truce signed six weeks ago" with the town that it is called by."""
    clause, mention = draft.trigger.head, draft.mention
    if mention.type != "AGREE" or mention.where or clause.dep_ != "acl" or clause.tag_ != "VBN":
        return draft
    town = _town_of(clause.head, mention)
    return draft if town is None else changed(draft, where=(town,))


def _end_of_phrase(noun: Token) -> int:
    """Return where the words on a noun end, be it before a deed that the parse hangs on it.

    "In line with the truce the army freed five men": nobody freed the truce.
    """
    for clause in children(noun, "relcl"):
        opens = clause.left_edge
        making = clause in making_clauses(noun) or clause.lemma_ in load_governors().objects
        if opens.tag_ not in ("WDT", "WP", "WRB", "IN", "WP$") and not making:
            return end_of(noun.doc[max(noun.i, opens.i - 1)])
    return end_of(noun.doc[noun.right_edge.i])


def _town_of(noun: Token, mention: Mention) -> Place | None:
    """Return the town of "the Anefis pact", where no gazetteer has it and no party is called so.

    A name alone is that of a place far oftener than that of a party nobody has heard of.
    """
    names = [word for word in children(noun, "compound", "amod") if _is_name(word)]
    if len(names) != 1 or names[0].i + _SORTS < noun.i or names[0].text.isupper():
        return None
    name = names[0]
    parties = [party for party in mention.participants if party.name == name.text]
    if any(party.kind in _BOUND for party in parties):
        return None
    trace = Trace(report=mention.report, start=start_of(name), end=end_of(name))
    return Place(
        name=name.text, country=None, lat=None, lon=None, precision="unknown", evidence=(trace,)
    )


def _is_name(word: Token) -> bool:
    """Tell whether a word is a name, be it taken for an adjective: not "Georgian", "December"."""
    if word.pos_ not in ("PROPN", "ADJ") or not word.text[:1].isupper():
        return False
    return word.ent_type_ not in ("NORP", "DATE", "ORDINAL") and not word.is_sent_start


def made_before(draft: Draft, drafts: Sequence[Draft]) -> Draft | None:
    """Return the agreement that a known one is, of those that its report tells as made.

    That is the last told before it, else the first told behind it: a headline comes first.
    """
    mention = draft.mention
    named = {party.name for party in mention.participants}
    made = [
        other
        for other in drafts
        if other.mention.type == "AGREE"
        and other.trigger.frame.template == "mutual"
        and other.mention.status in _MADE
        and not is_known(other.trigger)
        and len(sides := {p.name for p in other.mention.participants}) > 1
        and named <= sides
        and not _is_others(draft, other, drafts)
        and _may_be_one(mention.when, other.mention.when)
    ]
    before = [other for other in made if other.mention.trigger < mention.trigger]
    return before[-1] if before else next(iter(made), None)


def _is_others(draft: Draft, made: Draft, drafts: Sequence[Draft]) -> bool:
    """Tell whether those who keep or break an agreement are none of those who made another."""
    doers = [
        _names(party)
        for other in drafts
        if (other.paragraph, other.sentence) == (draft.paragraph, draft.sentence)
        and other.mention.type != "AGREE"
        for party in other.mention.participants
        if party.role == "actor" and party.kind in _BOUND
    ]
    bound = [_names(party) for party in made.mention.participants]
    return bool(doers) and not any(one & two for one in doers for two in bound)


def _names(party: Participant) -> set[str]:
    return {name for name in (party.name, party.side, party.country) if name}


def _may_be_one(one: When | None, other: When | None) -> bool:
    if one is None or other is None:
        return True
    return one.start <= (other.end or other.start) and other.start <= (one.end or one.start)


def is_of(noun: Token, start: int) -> bool:
    """Tell whether a time that starts at a place is an agreement's own: "the truce of May"."""
    if start < start_of(noun) or noun.pos_ == "VERB":
        return True
    behind = noun.idx + len(noun)
    between = noun.doc.text[behind : behind + start - end_of(noun)]
    making = any(
        start_of(verb.left_edge) <= start < end_of(verb.right_edge) for verb in making_clauses(noun)
    )
    return making or _OF.fullmatch(between) is not None
