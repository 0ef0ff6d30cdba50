"""The report as a whole: what one sentence leaves to the others.

"The meeting" is the one told of before; "a week after" counts from it; what has no date is
news of the week, unless the report recalls it; a denial belongs to its accusation.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import msgspec

from parley.coding.drafts import Draft
from parley.coding.syntax import ancestors, children
from parley.coding.timing import of_report, shifted
from parley.coding.triggers import outer_noun
from parley.dating import Dated
from parley.model import LinkCue, Mention, Published, Relation, Status, Trace, When
from parley.parsing import kind_of

# What lies further back than this is recalled, not reported.
RECALLED_AFTER = timedelta(days=14)
# How far behind the report the day of its news may lie.
NEWS_OF_THE_DAY = timedelta(days=3)
# The paragraphs (headline included) in which a report says when its news happened.
_LEAD = 3
_PAST: frozenset[Status] = frozenset({"happened", "alleged", "denied", "called_off"})
_ACCUSATION_NOUNS = frozenset(
    "accusation allegation claim charge report statement it this suggestion assertion".split()
)
_ENDING = frozenset({"end", "stop", "halt", "conclude", "terminate", "finish"})
_BREAKING = frozenset({"violate", "breach", "break"})


def settle(drafts: Sequence[Draft], *, dated: Dated) -> tuple[Mention, ...]:
    """Return the mentions of a report, each completed from the others."""
    drafts = [_dated_by_anchor(draft, drafts, dated) for draft in drafts]
    drafts = _with_antecedents(drafts)
    drafts = [_bounded_by_meeting(draft, drafts, dated) for draft in drafts]
    drafts = _headlined(drafts)
    drafts = _continued(drafts, dated)
    told = [_recalled(draft, drafts, dated) for draft in drafts]
    told = [_by_context(draft, told, dated) for draft in told]
    return tuple(_linked(draft, told) for draft in told)


def _changed(draft: Draft, **fields: object) -> Draft:
    return msgspec.structs.replace(draft, mention=msgspec.structs.replace(draft.mention, **fields))


def _dated_by_anchor(draft: Draft, drafts: Sequence[Draft], dated: Dated) -> Draft:
    """'a week after a summit': the summit is dated from what came a week after it."""
    mention = draft.mention
    if mention.when is not None:
        return draft
    at = mention.trigger[0]
    for other in drafts:
        for time in other.relative:
            if time.anchor is None or not time.anchor[0] <= at < time.anchor[1]:
                continue
            base = (
                other.mention.when
                or _sibling_when(other, drafts)
                or of_report(dated.report.published)
            )
            if base is not None:
                return _changed(draft, when=shifted(base, time, report=mention.report))
    return draft


def _sibling_when(draft: Draft, drafts: Sequence[Draft]) -> When | None:
    """The date that the same paragraph or the next gives to the same kind of happening."""
    for other in drafts:
        if (
            other is not draft
            and other.mention.type == draft.mention.type
            and abs(other.paragraph - draft.paragraph) <= 1
            and other.mention.when is not None
            and not other.relative
            and other.mention.when.precision == "day"
        ):
            return other.mention.when
    return None


def _with_antecedents(drafts: Sequence[Draft]) -> list[Draft]:
    """Complete "the talks" from the talks told of before."""
    done: list[Draft] = []
    for draft in drafts:
        mention = draft.mention
        named = {p.name for p in mention.participants if p.country is not None}
        if draft.definite and (len(named) < 2 or mention.when is None):
            earlier = _antecedent(draft, done)
            if earlier is not None:
                done.append(_completed(draft, earlier.mention, bare=not named))
                continue
        done.append(draft)
    return done


def _antecedent(draft: Draft, earlier: Sequence[Draft]) -> Draft | None:
    mention = draft.mention
    named = {p.name for p in mention.participants if p.country is not None}
    places = {place.name for place in mention.where}
    for other in reversed(earlier):
        theirs = {p.name for p in other.mention.participants if p.country is not None}
        if (
            other.mention.type == mention.type
            and (other.trigger.pos == "noun" or other.mention.type == "CONSULT")
            and theirs
            and named <= theirs
            and (
                not places
                or not other.mention.where
                or places & {place.name for place in other.mention.where}
            )
            and other.mention.status != "denied"
            and draft.paragraph - other.paragraph <= 4
        ):
            return other
    return None


def _completed(draft: Draft, earlier: Mention, *, bare: bool) -> Draft:
    mention = draft.mention
    fields: dict[str, object] = {}
    if bare:
        fields["participants"] = (
            *mention.participants,
            *(
                p
                for p in earlier.participants
                if p.name not in {q.name for q in mention.participants}
            ),
        )
    if mention.when is None and earlier.when is not None:
        fields["when"] = earlier.when
        if mention.status in ("happened", "expected") and earlier.status in (
            "scheduled",
            "expected",
            "called_off",
        ):
            fields["status"] = earlier.status
    if not mention.where and earlier.where:
        fields["where"] = earlier.where
    return _changed(draft, **fields) if fields else draft


def _bounded_by_meeting(draft: Draft, drafts: Sequence[Draft], dated: Dated) -> Draft:
    """What is expected "before the talks" lies between the report and the talks."""
    mention = draft.mention
    published = dated.report.published
    if (
        mention.when is not None
        or published is None
        or mention.status
        not in (
            "scheduled",
            "expected",
        )
    ):
        return draft
    for other in drafts:
        end = other.mention.when.start if other.mention.when is not None else None
        if other is draft or other.paragraph != draft.paragraph or end is None:
            continue
        noun = outer_noun(other.trigger.head)
        if noun.dep_ != "pobj" or noun.head.lower_ not in ("before", "of"):
            continue
        if noun.head.lower_ == "of" and noun.head.head.lower_ != "ahead":
            continue
        near = any(above.i == draft.trigger.predicate.i for above in ancestors(noun))
        same_sentence = other.sentence == draft.sentence
        if (near or same_sentence) and end >= published.start:
            trace = Trace(
                report=mention.report, start=other.mention.trigger[0], end=other.mention.trigger[1]
            )
            when = When(start=published.start, end=end, precision="week", evidence=(trace,))
            return _changed(draft, when=when)
    return draft


def _headlined(drafts: Sequence[Draft]) -> list[Draft]:
    """Give a headline the time, place and status that the report's first sentences give it."""
    done = []
    for draft in drafts:
        mention = draft.mention
        if kind_of(draft.trigger.head) == "headline" and mention.when is None:
            parties = {p.name for p in mention.participants if p.country is not None}
            lead = next(
                (
                    other.mention
                    for other in drafts
                    if other.paragraph > draft.paragraph
                    and other.paragraph <= draft.paragraph + _LEAD
                    and other.mention.type == mention.type
                    and parties <= {p.name for p in other.mention.participants}
                    and other.mention.when is not None
                ),
                None,
            )
            if lead is not None:
                done.append(
                    _changed(
                        draft,
                        when=lead.when,
                        status=lead.status,
                        where=mention.where or lead.where,
                    )
                )
                continue
        done.append(draft)
    return done


def _continued(drafts: Sequence[Draft], dated: Dated) -> list[Draft]:
    """Go on with a story of old: what follows a dated recollection in its paragraph is as old.

    "Under the deal, ..." counts as such a continuation of the agreement told before it.
    """
    published = dated.report.published
    if published is None:
        return list(drafts)
    done: list[Draft] = []
    for draft in drafts:
        earlier = _under_deal(draft, done) or next(
            (
                other
                for other in reversed(done)
                if other.paragraph == draft.paragraph and other.mention.when is not None
            ),
            None,
        )
        when = earlier.mention.when if earlier is not None else None
        if (
            draft.mention.when is None
            and draft.mention.status in _PAST
            and when is not None
            and not _perfect(draft)
            and (when.end or when.start) < published.start - RECALLED_AFTER
            and when.basis != "report"
        ):
            done.append(_changed(draft, when=msgspec.structs.replace(when, basis="context")))
        else:
            done.append(draft)
    return done


def _under_deal(draft: Draft, earlier: Sequence[Draft]) -> Draft | None:
    first = draft.trigger.head.sent[0]
    if first.lower_ != "under" or first.dep_ != "prep":
        return None
    return next((other for other in reversed(earlier) if other.mention.type == "AGREE"), None)


def _perfect(draft: Draft) -> bool:
    """Tell whether a clause is in the present or its perfect: news again, not the old story."""
    predicate = draft.trigger.predicate
    return predicate.tag_ in ("VBZ", "VBP") or any(
        child.lower_ in ("has", "have", "is", "are", "'s", "’s")
        for child in children(predicate, "aux", "auxpass")
    )


def _recalled(draft: Draft, drafts: Sequence[Draft], dated: Dated) -> Draft:
    """Mark what the report recalls from before."""
    mention = draft.mention
    published = dated.report.published
    when = mention.when
    if when is not None and published is not None:
        ended = when.end is not None and when.end < published.start - RECALLED_AFTER
        began = when.end is None and when.start < published.start - RECALLED_AFTER
        return _changed(draft, background=ended or began)
    if when is not None:
        return draft
    if draft.pluperfect and draft.speaker is None:
        return _changed(draft, background=True)
    beside = [
        other.mention
        for other in drafts
        if other is not draft
        and other.paragraph == draft.paragraph
        and other.sentence == draft.sentence
        and other.mention.when is not None
    ]
    old = [
        m
        for m in beside
        if published is not None
        and m.when is not None
        and (m.when.end or m.when.start) < published.start - RECALLED_AFTER
    ]
    return _changed(draft, background=bool(old) and len(old) == len(beside))


def _by_context(draft: Draft, drafts: Sequence[Draft], dated: Dated) -> Draft:
    """Date news that is told without a date: by the story so far, else by the report itself."""
    mention = draft.mention
    if mention.when is not None or mention.background or mention.status not in _PAST:
        return draft
    said = next((t for t in draft.timing.said if t.value_start and t.precision), None)
    if said is not None and mention.type not in ("CONSULT", "ASSAULT"):
        assert said.value_start is not None and said.precision is not None
        trace = Trace(report=mention.report, start=said.start, end=said.end)
        when = When(
            start=said.value_start,
            end=said.value_end,
            precision=said.precision,
            basis="context",
            evidence=(trace,),
        )
        return _changed(draft, when=when)
    if draft.trigger.pos == "noun" and draft.trigger.governor is None:
        return draft
    published = dated.report.published
    told = _story_day(draft, drafts, published)
    if told is not None:
        return _changed(draft, when=msgspec.structs.replace(told, basis="context"))
    return _changed(draft, when=of_report(published))


def _story_day(draft: Draft, drafts: Sequence[Draft], published: Published | None) -> When | None:
    """Return the day on which the story stands: told last in the paragraph, or in the lead."""
    if published is None:
        return None

    def is_news(other: Draft) -> bool:
        when = other.mention.when
        return (
            when is not None
            and when.precision in ("day", "week")
            and when.basis == "told"
            and other.mention.status in _PAST
            and published.start - NEWS_OF_THE_DAY <= when.start <= published.end
        )

    before = [
        other
        for other in drafts
        if other.paragraph == draft.paragraph
        and other.mention.start < draft.mention.start
        and is_news(other)
    ]
    if before:
        hosts = {p.name for p in draft.mention.participants if p.role in ("mediator", "host")}
        sharing = [
            other
            for other in before
            if hosts
            & {p.name for p in other.mention.participants if p.role in ("mediator", "host")}
        ]
        return (sharing or before)[-1].mention.when
    lead = [other for other in drafts if other.paragraph <= _LEAD and is_news(other)]
    if draft.paragraph <= _LEAD and lead:
        return lead[0].mention.when
    return None


def _conveners(draft: Draft) -> set[str]:
    return {p.name for p in draft.mention.participants if p.role in ("mediator", "host")}


def _linked(draft: Draft, drafts: Sequence[Draft]) -> Mention:
    """Tie a denial to its accusation, an end to what it ended, a breach to the agreement."""
    mention = draft.mention
    cues = [
        *_cue("denies", _denied(draft, drafts), mention),
        *_cue("ends", _governed(draft, drafts, _ENDING, "ASSAULT"), mention),
        *_cue("violates", _governed(draft, drafts, _BREAKING, "AGREE"), mention),
    ]
    return msgspec.structs.replace(mention, links=tuple(cues)) if cues else mention


def _cue(relation: Relation, other: Draft | None, mention: Mention) -> list[LinkCue]:
    if other is None:
        return []
    trace = Trace(report=mention.report, start=mention.start, end=mention.end)
    return [LinkCue(relation=relation, mention=other.mention.id, evidence=(trace,))]


def _denied(draft: Draft, drafts: Sequence[Draft]) -> Draft | None:
    verb = draft.trigger.head
    if draft.mention.type != "REJECT" or verb.lemma_ not in ("deny", "reject", "dismiss", "refute"):
        return None
    named = {child.lemma_.lower() for child in verb.children if child.dep_ == "dobj"}
    if named and not named & _ACCUSATION_NOUNS:
        return None
    deniers = {p.name for p in draft.mention.participants if p.role == "actor"}
    at = drafts.index(draft)
    for other in reversed(drafts[:at]):
        if other.mention.type == "ACCUSE" or other.mention.status == "alleged":
            accusers = {p.name for p in other.mention.participants if p.role == "actor"}
            if other.mention.type != "ACCUSE" or not accusers & deniers:
                return other
    return None


def _governed(
    draft: Draft, drafts: Sequence[Draft], verbs: frozenset[str], kind: str
) -> Draft | None:
    """The other happening that is the object of a verb whose subject this one is."""
    noun = outer_noun(draft.trigger.head)
    if draft.trigger.pos != "noun" or noun.dep_ != "nsubj" or noun.head.lemma_ not in verbs:
        return None
    for other in drafts:
        if (
            other is not draft
            and other.paragraph == draft.paragraph
            and other.mention.type == kind
            and any(above.i == noun.head.i for above in ancestors(other.trigger.head))
        ):
            return other
    return None
