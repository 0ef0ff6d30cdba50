"""The day on which a story stands: what a sentence without a day leaves to the others.

In: a draft without a day, and those of its report.  Out: the day that a sentence before it, the
lead, or all of the report's fresh violence gives it; None where it is the report's own, or open.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import msgspec
from spacy.tokens import Doc, Token

from parley.coding.aftermath import is_aftermath, refers_back
from parley.coding.clauses import outer_noun
from parley.coding.drafts import Draft
from parley.coding.spans import clause_of
from parley.coding.syntax import ancestors, children, near
from parley.coding.triggers import is_definite
from parley.coding.tying import load_patterns
from parley.model import EventType, Published, Status, When

# How far behind the report the day of its news may lie.
NEWS_OF_THE_DAY = timedelta(days=3)
# The paragraphs (headline included) in which a report says when its news happened.
LEAD = 3
# So many words, without a full stop, a line has that heads a part of a report.
_LONGEST_HEADING = 9
PAST: frozenset[Status] = frozenset({"happened", "alleged", "denied", "called_off"})
# What stands behind these came before: "after an ambush", "because of the raid".
_EARLIER_BEHIND = frozenset({"after", "following", "since", "because", "over", "due"})
# What is said of violence is mostly said on a later day.
_SAID = frozenset[EventType]({"REJECT", "ACCUSE", "REQUEST", "THREATEN", "SUPPORT"})
# What armed men do besides fighting, and what is done for those they hold.
_ON_THE_GROUND = frozenset[EventType]({"MOBILIZE", "RETREAT", "COERCE", "CONCEDE", "AID"})
# "They signed after talks with X": the talks are of the day of the signing.
_JUST_BEFORE = frozenset({"after", "following", "at", "during"})
# What people say and do about violence, mostly on a later day.
_ANSWERED = frozenset[EventType](
    {"CONSULT", "AGREE", "SUPPORT", "REQUEST", "REJECT", "ACCUSE", "THREATEN", "SANCTION", "AID"}
)


def day_of_denied(draft: Draft, drafts: Sequence[Draft]) -> When | None:
    """Return the day of a deed that somebody denies: told beside it, or by others before.

    "Denied attacking the village, where 12 people were killed on Monday": of Monday.
    """
    at, kind = draft.trigger.predicate, draft.mention.type
    for other in drafts:
        told, word = other.mention, other.trigger.predicate
        if (
            (told.type, told.status, other.paragraph) == (kind, "happened", draft.paragraph)
            and at.is_ancestor(word)
            and told.when is not None
            and told.when.basis == "told"
        ):
            return msgspec.structs.replace(told.when, basis="context")
    doers = {p.name for p in draft.mention.participants if p.role == "actor"}
    places = {place.name for place in draft.mention.where}
    for other in reversed(drafts[: drafts.index(draft)]):
        told = other.mention
        theirs = {p.name for p in told.participants if p.role == "actor"}
        there = {place.name for place in told.where}
        if (
            told.type == draft.mention.type
            and told.when is not None
            and told.status != "denied"
            and doers & theirs
            and (not places or not there or places & there)
        ):
            return msgspec.structs.replace(told.when, basis="context")
    return day_of_known(draft, drafts)


def day_of_known(draft: Draft, drafts: Sequence[Draft]) -> When | None:
    """Return the day of what is told as known, "the raid": the one that its type has before it."""
    if draft.of_war or is_answer(draft):
        return None
    known = [
        other
        for other in drafts[: drafts.index(draft)]
        if other.mention.type == draft.mention.type
        and other.mention.status not in ("denied", "called_off")
        and other.mention.when is not None
        and other.mention.when.basis == "told"
        and other.mention.when.precision == "day"
        and not _is_abroad(draft, other)
    ]
    if len(_days(known)) != 1 or known[-1].mention.when is None:
        return None
    return msgspec.structs.replace(known[-1].mention.when, basis="context")


def is_answer(draft: Draft) -> bool:
    """Tell whether a sentence calls a deed the answer to another: "the shelling was its answer"."""
    head = draft.trigger.head
    line = near(head)
    match = load_patterns().answers.search(line.text.lower())
    return match is not None and head.idx - line.start_char < match.start()


def day_of_meeting(draft: Draft, drafts: Sequence[Draft]) -> When | None:
    """Return the day of a meeting behind which something stands that is told with its day.

    "They signed on Tuesday after five hours of talks": the talks were on Tuesday.
    """
    noun = outer_noun(draft.trigger.head)
    over = [noun, *ancestors(noun)]
    behind = next((word for word in over if word.dep_ == "prep"), None)
    if draft.mention.type != "CONSULT" or behind is None or behind.lower_ not in _JUST_BEFORE:
        return None
    for other in drafts:
        when = other.mention.when
        if (
            (other.paragraph, other.sentence) == (draft.paragraph, draft.sentence)
            and other.trigger.predicate.i == behind.head.i
            and other.mention.status in PAST
            and when is not None
            and when.basis == "told"
            and when.precision == "day"
        ):
            return msgspec.structs.replace(when, basis="context")
    return None


def find_headings(docs: Sequence[Doc]) -> list[int]:
    """Return the numbers of the paragraphs below the lead that head what follows them."""
    return [
        at
        for at, doc in enumerate(docs[:-1])
        if at > LEAD and len(doc) <= _LONGEST_HEADING and not doc[-1].is_punct
    ]


def day_of_story(
    draft: Draft, drafts: Sequence[Draft], published: Published | None, *, headings: Sequence[int]
) -> When | None:
    """Return the day on which the story stands: told last in the paragraph, or in the lead.

    `headings` are the numbers of those paragraphs: below another heading is another story.
    """
    if published is None:
        return None
    news = [other for other in _lenders(draft, drafts) if _is_news(other, published)]
    beside = [
        other
        for other in news
        if (other.paragraph, other.sentence) == (draft.paragraph, draft.sentence)
        and other.mention.type == draft.mention.type == "ASSAULT"
    ]
    if len(_days(beside)) == 1:
        return beside[0].mention.when
    told = [other for other in news if other.mention.start < draft.mention.start]
    before = [other for other in told if other.paragraph == draft.paragraph]
    if before:
        hosts = {p.name for p in draft.mention.participants if p.role in ("mediator", "host")}
        sharing = [
            other
            for other in before
            if hosts
            & {p.name for p in other.mention.participants if p.role in ("mediator", "host")}
        ]
        return (sharing or before)[-1].mention.when
    if draft.paragraph > LEAD:
        return _day_below(draft, news, published, headings)
    lead = [other for other in news if other.paragraph <= LEAD]
    if draft.mention.type in _SAID:
        lead = [other for other in lead if other.mention.type != "ASSAULT"]
    return lead[0].mention.when if lead else None


def _is_news(other: Draft, published: Published) -> bool:
    """Tell whether a happening is told with its day, which is of the report's last days."""
    when = other.mention.when
    return (
        when is not None
        and when.precision in ("day", "week")
        and when.basis == "told"
        and other.mention.status in PAST
        and not other.content
        and published.start - NEWS_OF_THE_DAY <= when.start <= published.end
    )


def _day_below(
    draft: Draft, news: Sequence[Draft], published: Published, headings: Sequence[int]
) -> When | None:
    """Return the day of a deed that is told below the lead: the lead's, or that of all violence.

    What is told in the present, as not known yet, or of another country is news of its own; so is
    what is no violence where something is told of the report's own day.
    """
    if draft.of_war or in_present(draft) or _is_new(draft):
        return None
    if draft.mention.type != "ASSAULT" and (
        draft.mention.type not in _ON_THE_GROUND or published.end in _days(news)
    ):
        return None
    told = [
        other
        for other in news
        if other.mention.start < draft.mention.start
        and not _is_abroad(draft, other)
        and not any(other.paragraph < at <= draft.paragraph for at in headings)
    ]
    violence = [other for other in told if other.mention.type == "ASSAULT"]
    lead = [other for other in told if other.paragraph <= LEAD]
    lenders = violence if len(_days(violence)) == 1 else lead or violence[-1:]
    return lenders[0].mention.when if lenders else None


def _days(drafts: Sequence[Draft]) -> set[date]:
    return {draft.mention.when.start for draft in drafts if draft.mention.when is not None}


def _is_new(draft: Draft) -> bool:
    """Tell whether a happening is told of as not known yet: "an attack on two ships"."""
    return draft.trigger.pos == "noun" and not is_definite(draft.trigger)


def _is_abroad(draft: Draft, other: Draft) -> bool:
    """Tell whether two happenings are told of different countries."""
    here, there = (
        {place.country for place in of.mention.where if place.country} for of in (draft, other)
    )
    return bool(here and there) and not here & there


def in_present(draft: Draft) -> bool:
    """Tell whether a clause is in the present or its perfect: news again, not the old story."""
    predicate = draft.trigger.predicate
    return predicate.tag_ in ("VBZ", "VBP") or any(
        child.lower_ in ("has", "have", "is", "are", "'s", "’s")
        for child in children(predicate, "aux", "auxpass")
    )


def is_told_as_earlier(draft: Draft, drafts: Sequence[Draft]) -> bool:
    """Tell whether violence is told as what something else came after, which is none itself.

    "Talks were put off on Tuesday after an ambush that killed nine": of some day before.  "Two
    died on Tuesday after gunmen opened fire" is one happening.
    """
    if draft.mention.type != "ASSAULT" or not _stands_behind(draft.trigger.predicate):
        return False
    before = {
        other.mention.type
        for other in drafts
        if (other.paragraph, other.sentence) == (draft.paragraph, draft.sentence)
        and other.mention.trigger[0] < draft.mention.trigger[0]
        and not _stands_behind(other.trigger.predicate)
    }
    return "ASSAULT" not in before and not before.isdisjoint(_ANSWERED)


def _stands_behind(word: Token) -> bool:
    """Tell whether a word stands in what something came after: "after an ambush that killed"."""
    return any(
        mark.lower_ in _EARLIER_BEHIND
        for at in (word, *ancestors(word))
        for mark in (at, *children(at, "mark", "advmod", "prep"))
        if mark.i < word.i and mark.dep_ in ("prep", "mark", "advmod")
    )


def only_day(draft: Draft, drafts: Sequence[Draft], published: Published | None) -> When | None:
    """Return the one day to which a report dates all of its fresh violence, None if it has more.

    A follow-up tells the day of an incident once, and says much more of what happened on it.
    What names a party or another place may be of another day: a survey of a war tells many.
    What speaks of "the ambush" or "the attackers" is of the day told, whomever it names.
    """
    if draft.mention.type != "ASSAULT" or published is None or draft.pluperfect:
        return None
    if is_answer(draft):
        return None
    told = [
        other.mention
        for other in drafts
        if other.mention.type == "ASSAULT"
        and other.mention.status in PAST
        and not other.mention.background
        and other.mention.when is not None
        and other.mention.when.basis == "told"
    ]
    windows = [mention.when for mention in told if mention.when is not None]
    days = [when for when in windows if when.precision == "day" and when.start == when.end]
    if not days or any(not w.start <= days[0].start <= (w.end or w.start) for w in windows):
        return None
    named = any(p.country is not None for m in (draft.mention, *told) for p in m.participants)
    places = {place.name for mention in told for place in mention.where}
    elsewhere = bool(places) and not places >= {place.name for place in draft.mention.where}
    if elsewhere or (named and not refers_back(clause_of(draft.trigger))):
        return None
    return days[0]


def _lenders(draft: Draft, drafts: Sequence[Draft]) -> list[Draft]:
    """Return those that may lend a draft their day.

    An arrest lends none to the shooting that it follows, nor the shooting to the arrest; who
    denies an attack, or blames others for it, does so later.
    """
    if draft.mention.type != "ASSAULT":
        return [other for other in drafts if other.over is None]
    drafts = [other for other in drafts if other.mention.type not in ("REJECT", "ACCUSE")]
    named = {
        (other.paragraph, verb.i)
        for other in drafts
        if (above := other.over) is not None
        for verb in ((above, above.head) if above.dep_ == "conj" else (above,))
    }
    return [
        other
        for other in drafts
        if other.mention.type == "ASSAULT"
        or not (
            is_aftermath(other.trigger.predicate)
            or (other.paragraph, other.trigger.predicate.i) in named
        )
    ]
