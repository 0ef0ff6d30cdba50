"""The time of a story: what one sentence leaves to the others.

"A week after" counts from the happening it names; a headline has its lead's date; what
follows a dated recollection is as old; news without a date is of the day on which the
story stands, else of the report's own.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import msgspec

from parley.coding.aftermath import refers_back
from parley.coding.clauses import outer_noun
from parley.coding.drafts import Draft, changed
from parley.coding.known import is_told_as_known
from parley.coding.storyday import (
    LEAD,
    PAST,
    day_of_denied,
    day_of_known,
    day_of_meeting,
    day_of_story,
    find_headings,
    in_present,
    is_answer,
    is_told_as_earlier,
    only_day,
)
from parley.coding.syntax import ancestors
from parley.coding.triggers import is_definite
from parley.coding.windows import is_over, of_report, shifted
from parley.dating import Dated
from parley.model import Published, Time, Trace, When
from parley.parsing import kind_of
from parley.parsing.layout import lay_out

# What lies further back than this is recalled, not reported.
RECALLED_AFTER = timedelta(days=14)
# How long after it one may die of an incident, and still be counted with it.
LINGERING = timedelta(days=60)
# "he said after talks with X": the talks are of the day of the saying.
# What is said in the present tense is said as the report is written.
_SAID = frozenset({"REJECT", "ACCUSE", "REQUEST", "THREATEN", "SUPPORT"})
_NOW = frozenset({"VBZ", "VBP"})
_JUST_BEFORE = frozenset({"after", "following", "at", "during"})
_KEPT = frozenset({"anniversary", "commemoration", "remembrance", "jubilee"})
_EARLIER = ("earlier", "previously", "early this", "early in")


def dated_by_anchor(draft: Draft, drafts: Sequence[Draft], dated: Dated) -> Draft:
    """'a week after a summit': the summit is dated from what came a week after it."""
    mention = draft.mention
    if mention.when is not None:
        return draft
    at = mention.trigger[0]
    for other in drafts:
        for time in other.relative:
            if time.anchor is None or not time.anchor[0] <= at < time.anchor[1]:
                continue
            told = other.mention.when or _told_beside(draft, drafts, time)
            base = (
                told
                or _sibling_when(other, drafts)
                or (of_report(dated.written) if other.over is None else None)
            )
            if base is not None:
                return changed(draft, when=shifted(base, time, report=mention.report))
    return draft


def _told_beside(draft: Draft, drafts: Sequence[Draft], time: Time) -> When | None:
    """The day of what the sentence tells before "two days after", which may hang on its anchor."""
    before = [
        other.mention.when
        for other in drafts
        if (other.paragraph, other.sentence) == (draft.paragraph, draft.sentence)
        and other.mention.trigger[1] <= time.start
        and other.mention.when is not None
    ]
    return before[-1] if before else None


def _sibling_when(draft: Draft, drafts: Sequence[Draft]) -> When | None:
    """The date that the same paragraph or the next gives to the same kind of happening.

    Of "the talks" the lead's as well, where it tells of such a happening as the report's news.
    """
    dated = [
        other
        for other in drafts
        if other is not draft
        and other.mention.type == draft.mention.type
        and other.mention.when is not None
        and not other.relative
        and other.mention.when.precision == "day"
    ]
    near = [other for other in dated if abs(other.paragraph - draft.paragraph) <= 1]
    if not near and is_definite(draft.trigger):
        near = [other for other in dated if other.paragraph <= min(LEAD, draft.paragraph)]
    return near[0].mention.when if near else None


def bounded_by_meeting(draft: Draft, drafts: Sequence[Draft], dated: Dated) -> Draft:
    """What is expected "before the talks" lies between the report and the talks."""
    mention = draft.mention
    published = dated.written
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
            return changed(draft, when=when)
    return draft


def headlined(drafts: Sequence[Draft]) -> list[Draft]:
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
                    and other.paragraph <= draft.paragraph + LEAD
                    and other.mention.type == mention.type
                    and parties <= {p.name for p in other.mention.participants}
                    and other.mention.when is not None
                ),
                None,
            )
            if lead is not None:
                done.append(
                    changed(
                        draft,
                        when=lead.when,
                        status=lead.status,
                        where=mention.where or lead.where,
                    )
                )
                continue
        done.append(draft)
    return done


def continued(drafts: Sequence[Draft], dated: Dated) -> list[Draft]:
    """Go on with a story of old: what follows a dated recollection in its paragraph is as old.

    "Under the deal, ..." counts as such a continuation of the agreement told before it.
    """
    published = dated.written
    if published is None:
        return list(drafts)
    done: list[Draft] = []
    for draft in drafts:
        earlier = _under_deal(draft, done) or next(
            (
                other
                for other in reversed(done)
                if other.paragraph == draft.paragraph
                and other.mention.when is not None
                # "Asked for help under the treaty of 1997": nothing of 1997 is told.
                and not other.mention.known
                and not is_told_as_known(other)
                and not _says_who(other)
            ),
            None,
        )
        when = earlier.mention.when if earlier is not None else None
        if (
            draft.mention.when is None
            and draft.mention.status in PAST
            and when is not None
            and not in_present(draft)
            and (when.end or when.start) < published.start - RECALLED_AFTER
            and when.basis != "report"
        ):
            done.append(changed(draft, when=msgspec.structs.replace(when, basis="context")))
        else:
            done.append(draft)
    return done


def _says_who(draft: Draft) -> bool:
    """'Rebels who left the army in March attacked a post': who they are, and no story to go on."""
    clause = draft.trigger.predicate
    if clause.dep_ != "relcl" or clause.head.dep_ not in ("nsubj", "nsubjpass"):
        return False
    return clause.head.pos_ in ("NOUN", "PROPN")


def _under_deal(draft: Draft, earlier: Sequence[Draft]) -> Draft | None:
    head = draft.trigger.head
    first = head.doc[lay_out(head.doc).begins[head.i]]
    if first.lower_ != "under" or first.dep_ != "prep":
        return None
    return next((other for other in reversed(earlier) if other.mention.type == "AGREE"), None)


def recalled(draft: Draft, drafts: Sequence[Draft], dated: Dated) -> Draft:
    """Mark what the report recalls from before."""
    mention = draft.mention
    published = dated.written
    when = mention.when
    if _commemorated(draft):
        # "Monday was the anniversary of the attack": Monday is the anniversary's.
        recent = when is not None and published is not None and _is_recent(when, published)
        return changed(draft, background=True, when=None if recent else when)
    if when is not None and published is not None:
        ended = when.end is not None and when.end < published.start - RECALLED_AFTER
        began = when.end is None and when.start < published.start - RECALLED_AFTER
        earlier = when.start < published.start - RECALLED_AFTER and _is_earlier(draft, when)
        return changed(draft, background=mention.background or ended or began or earlier)
    if when is not None:
        return draft
    if draft.pluperfect and draft.speaker is None:
        return changed(draft, background=True)
    governed = {
        other.trigger.head.i
        for other in drafts
        if other.paragraph == draft.paragraph and other.trigger.governor == draft.trigger.head
    }
    beside = [
        other.mention
        for other in drafts
        if other is not draft
        and other.paragraph == draft.paragraph
        and other.sentence == draft.sentence
        # "Condemned the killings of 4 May": what is condemned is old, not the condemning.
        and other.trigger.head.i not in governed
        and not _says_who(other)
        and other.mention.when is not None
        and not _commemorated(other)
    ]
    old = [
        m
        for m in beside
        if published is not None
        and m.when is not None
        and (m.when.end or m.when.start) < published.start - RECALLED_AFTER
    ]
    return changed(draft, background=mention.background or (bool(old) and len(old) == len(beside)))


def _is_recent(when: When, published: Published) -> bool:
    return (when.end or when.start) >= published.start - RECALLED_AFTER


def _commemorated(draft: Draft) -> bool:
    """Tell whether a happening is one whose anniversary is kept."""
    noun = draft.trigger.predicate if draft.trigger.pos != "noun" else draft.trigger.head
    return any(
        above.lemma_.lower() in _KEPT and above.i < noun.i for above in ancestors(noun)
    ) and draft.mention.status in ("happened", "ongoing")


def _is_earlier(draft: Draft, when: When) -> bool:
    """Tell whether a window that reaches up to the report is told as past: "earlier this year"."""
    mention = draft.mention
    told = [
        mention.text[max(0, piece.start - mention.start) : piece.end - mention.start].lower()
        for piece in when.evidence
        if mention.start <= piece.start < mention.end
    ]
    return when.precision in ("month", "season", "year", "span") and any(
        words.startswith(_EARLIER) for words in told
    )


def dated_by_context(draft: Draft, drafts: Sequence[Draft], dated: Dated) -> Draft:
    """Date news that is told without a date: by the story so far, else by the report itself."""
    mention = draft.mention
    if mention.when is not None or mention.background or mention.status not in PAST:
        return draft
    if draft.content and mention.status == "denied":
        # The day of the denial is not that of the deed.
        told = day_of_denied(draft, drafts)
        return changed(draft, when=told or of_report(dated.written))
    said = next((t for t in draft.timing.said if t.value_start and t.precision), None)
    just_before = outer_noun(draft.trigger.head).head.lower_ in _JUST_BEFORE
    if said is not None and (mention.type not in ("CONSULT", "ASSAULT") or just_before):
        assert said.value_start is not None and said.precision is not None
        trace = Trace(report=mention.report, start=said.start, end=said.end)
        when = When(
            start=said.value_start,
            end=said.value_end,
            precision=said.precision,
            basis="context",
            evidence=(trace,),
        )
        return changed(draft, when=when)
    if mention.type in _SAID and draft.trigger.predicate.tag_ in _NOW:
        # "The ministry denies it": as the report is written, whatever the day of the deed.
        return changed(draft, when=of_report(dated.written))
    noun = draft.trigger.pos == "noun" and draft.trigger.governor is None
    if is_over(draft.trigger):
        return draft
    if noun:
        # "Arrested over the killing": maybe of another one than that told before.
        same = is_definite(draft.trigger) and draft.over is None
        known = day_of_known(draft, drafts) if same else None
        known = known or day_of_meeting(draft, drafts)
        if known is not None:
            return changed(draft, when=known)
    if noun and not refers_back((draft.trigger.head,)):
        return draft
    published = dated.written
    before = is_told_as_earlier(draft, drafts)
    headings = find_headings(dated.parse.docs)
    apart = noun or before or is_answer(draft)
    told = None if apart else day_of_story(draft, drafts, published, headings=headings)
    if told is not None:
        return changed(draft, when=msgspec.structs.replace(told, basis="context"))
    only = only_day(draft, drafts, published)
    if only is not None:
        return changed(draft, when=msgspec.structs.replace(only, basis="context"))
    if draft.over is not None or noun or before or draft.late:
        # "The man who shot her was charged": it is older than that, and nobody says how much.
        return draft
    return changed(draft, when=of_report(published))


def dated_by_incident(draft: Draft, drafts: Sequence[Draft], dated: Dated) -> Draft:
    """Give a death in hospital, or a toll that grew, the day of the incident it belongs to.

    That is one told of in its sentence, else before it in its paragraph, else in the lead, of an
    earlier day; where there is none it keeps its own.
    """
    mention = draft.mention
    published = dated.written
    if published is None or mention.type != "ASSAULT" or not draft.late:
        return draft
    earliest = published.start - LINGERING
    incidents = [
        other
        for other in drafts
        if other is not draft
        and other.mention.type == "ASSAULT"
        and other.mention.status in PAST - {"denied"}
        and not other.late
        and _is_behind(other.mention.when, mention.when, earliest)
    ]
    for near in (
        [o for o in incidents if (o.paragraph, o.sentence) == (draft.paragraph, draft.sentence)],
        [o for o in incidents if o.paragraph == draft.paragraph][:1],
        [o for o in incidents if o.paragraph <= LEAD],
    ):
        for other in near:
            assert other.mention.when is not None
            when = msgspec.structs.replace(other.mention.when, basis="context")
            return changed(draft, when=when, where=mention.where or other.mention.where)
    return draft


def _is_behind(when: When | None, later: When | None, earliest: date) -> bool:
    """Tell whether an incident is dated by the report, before what may have followed it."""
    if when is None or when.end is None or when.basis == "report" or when.start < earliest:
        return False
    return later is None or later.basis == "report" or when.start < later.start


def _conveners(draft: Draft) -> set[str]:
    return {p.name for p in draft.mention.participants if p.role in ("mediator", "host")}
