"""Drafts: the mentions of one paragraph, before the report as a whole is looked at.

Each step of coding has its module (triggers, arguments, participants, places, timing,
factuality, attribution, counts, provisions); here they are put in order.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import msgspec
from msgspec import Struct
from msgspec.structs import replace
from spacy.tokens import Doc, Token

from parley.coding.aftermath import aftermath_over, is_by_law, is_late, takes_for_real
from parley.coding.arguments import Argument, find_arguments
from parley.coding.attribution import (
    Speaker,
    Voices,
    attribute,
    find_speaker,
    hear,
    in_quotes,
)
from parley.coding.casualties import are_of_war, counts_of, tallies_of, victims_of
from parley.coding.contexts import find_contexts
from parley.coding.counts import Tally
from parley.coding.factuality import is_arranged, judge
from parley.coding.figures import is_figure
from parley.coding.governors import load_governors
from parley.coding.judging import (
    confidence_of,
    filled,
    heard,
    hints_of,
    is_doubtful,
    recalls,
    status_of,
    told_where,
    weigh,
)
from parley.coding.lexicon import Frame, Lexicon
from parley.coding.nesting import cast, implied_acts, only_says, swallowing
from parley.coding.participants import find_participants, joined
from parley.coding.patterns import Refers
from parley.coding.places import find_places, places_at
from parley.coding.provisions import find_provisions
from parley.coding.spans import clause_of, span_of
from parley.coding.standing import (
    against_speaker,
    against_time,
    content_of,
    lies_ahead,
    speaks_for,
)
from parley.coding.strays import is_fiction, is_harmless, is_history
from parley.coding.syntax import children, clause_verb, is_verbal, prepositions
from parley.coding.timing import (
    Timing,
    attach_times,
    window,
    windows_of,
    without_hours,
    without_times_before,
)
from parley.coding.triggers import (
    Trigger,
    ends_fight,
    find_triggers,
    is_campaign,
    is_definite,
    words_of,
)
from parley.coding.tying import is_tied, lasts
from parley.coding.words import aftermath_words
from parley.dating import Dated
from parley.grounding import Grounding
from parley.learnt import Components, Judgement, fill
from parley.model import (
    EventType,
    Mention,
    Participant,
    Published,
    Status,
    Time,
    When,
    digest,
)
from parley.parsing import end_of, start_of
from parley.parsing.layout import lay_out

# "a possible war" is no war; a possible meeting is worth a line in the calendar.
_UNREAL: frozenset[Status] = frozenset({"scheduled", "expected", "proposed"})
_AHEAD = frozenset({"CONSULT", "AGREE"})
# Happenings that are worth a line by their date alone: "fighting broke out on Monday".
# "a region recognised as Kenyan": by nobody in particular, at no time.
_SPOKEN = frozenset({"SUPPORT", "ACCUSE", "REQUEST", "REJECT", "THREATEN", "AGREE"})
_DATED = frozenset({"CONSULT", "AGREE", "ASSAULT", "PROTEST"})
_STRUCK = frozenset({"victim", "recipient"})
_STRIKING = frozenset({"of", "on", "against"})
_SALIENT = frozenset({"NOUN", "VERB", "ADJ", "PROPN", "NUM"})


class Draft(Struct, frozen=True):
    """A mention in the making, with what the report's level needs to know of its sentence.

    `over` is the word of the aftermath that names it, `late` that it is a death or a toll told
    later than its incident (`aftermath.py`).
    """

    mention: Mention
    trigger: Trigger
    paragraph: int
    sentence: int
    timing: Timing
    speaker: Speaker | None
    definite: bool
    pluperfect: bool
    content: bool = False
    relative: tuple[Time, ...] = ()
    over: Token | None = None
    late: bool = False


def changed(draft: Draft, **fields: object) -> Draft:
    """Return a draft whose mention has other values in the named fields."""
    return msgspec.structs.replace(draft, mention=msgspec.structs.replace(draft.mention, **fields))


class Found(Struct, frozen=True):
    """What tells of a happening in one paragraph, before anything is made of it.

    `about` are whom acts of speech are about, by their word; `judgement` what the network
    makes of the paragraph, None where the rules code alone.
    """

    triggers: Sequence[Trigger]
    about: Mapping[int, Sequence[Argument]]
    judgement: Judgement | None = None


def find_in(
    reports: Sequence[tuple[Sequence[Doc], Grounding]],
    *,
    lexicon: Lexicon,
    components: Components | None = None,
) -> list[list[Found]]:
    """Return what each paragraph of some reports tells, by report.

    That is what the rules find, and what the network makes of it; it is asked of all together,
    which is cheaper, and answers of each what it does of it alone.
    """
    by_rules = [
        [(doc, *found_by_rules(doc, grounding=grounding, lexicon=lexicon)) for doc in docs]
        for docs, grounding in reports
    ]
    if components is None:
        return [[Found(triggers, about) for _, triggers, about in told] for told in by_rules]
    every = [paragraph for told in by_rules for paragraph in told]
    judgements = components.judge(
        [doc for doc, _, _ in every], [hints_of(triggers) for _, triggers, _ in every]
    )
    thresholds = components.card.thresholds
    found = [
        Found(weigh(doc, triggers, judgement, thresholds), about, judgement)
        for (doc, triggers, about), judgement in zip(every, judgements, strict=True)
    ]
    fill(
        [
            (judgement, trigger.head.i)
            for each, judgement in zip(found, judgements, strict=True)
            for trigger in each.triggers
        ]
    )
    in_order = iter(found)
    return [[next(in_order) for _ in told] for told in by_rules]


def draft_paragraph(
    index: int,
    found: Found,
    *,
    dated: Dated,
    grounding: Grounding,
    lexicon: Lexicon,
    thresholds: Mapping[str, float],
) -> list[Draft]:
    """Return the drafts of what was found in one paragraph, in the order of the text."""
    doc, refers = dated.parse.docs[index], _refers(grounding)
    triggers = [t for t in found.triggers if not is_figure(t, lexicon=lexicon, refers=refers)]
    if not triggers:
        return []
    by_word = {word.i: trigger for trigger in triggers for word in words_of(trigger)}
    timings = attach_times(doc, triggers, dated.times)
    voices = hear(index, dated.parse.docs)
    layout = lay_out(doc)
    numbers, begins = {start: at for at, (start, _) in enumerate(layout.sentences)}, layout.begins
    drafts = []
    for trigger in triggers:
        at = numbers[begins[trigger.head.i]]
        draft = _draft(
            trigger,
            index=index,
            sentence=at,
            timing=timings[trigger.head.i],
            by_word=by_word,
            about=found.about.get(trigger.head.i, ()),
            spoken_before=voices.of_sentence(at),
            voices=voices,
            dated=dated,
            grounding=grounding,
            lexicon=lexicon,
            judgement=found.judgement,
            thresholds=thresholds,
        )
        if draft is not None:
            drafts += [draft, *_put_off(draft, dated.report.text)]
    return drafts


def _unless_put_off(
    status: Status, own: When | None, lent: When | None, timing: Timing, report: str
) -> tuple[Status, When | None]:
    """Return the status and the window of a happening, which may be put off to another day.

    Without the day that was given up, the new one is all that is told.
    """
    if not timing.moved or status not in ("called_off", "happened", "scheduled"):
        return status, own or lent
    if own is not None:
        return "called_off", own
    return "scheduled", window(timing.moved, report=report)


def _put_off(draft: Draft, text: str) -> list[Draft]:
    """Return what takes the place of what is put off: the same, scheduled for another day.

    Its trigger is the verb that puts it off, for the noun names what will not be.
    """
    mention, mover = draft.mention, draft.timing.mover
    if mover is None or mention.status != "called_off":
        return []
    at = start_of(mover), end_of(mover)
    start, end = min(at[0], mention.start), max(at[1], mention.end)
    new = changed(
        draft,
        id=digest("m", mention.report, str(at[0]), mention.type),
        start=start,
        end=end,
        text=text[start:end],
        trigger=at,
        status="scheduled",
        when=window(draft.timing.moved, report=mention.report),
    )
    return [new]


def found_by_rules(
    doc: Doc, *, grounding: Grounding, lexicon: Lexicon
) -> tuple[list[Trigger], dict[int, list[Argument]]]:
    """Return the rules' triggers of a paragraph, and whom acts of speech are about."""
    triggers = find_triggers(doc, lexicon=lexicon, refers=_refers(grounding))
    triggers = [trigger for trigger in triggers if not only_says(trigger)]
    implied, about = _implied(doc, triggers)
    return sorted([*triggers, *implied], key=lambda trigger: trigger.head.i), about


def _refers(grounding: Grounding) -> Refers:
    """Answer the lexicon's questions about words from the grounded names."""

    def refers(token: Token, what: str) -> bool:
        if what == "place":
            return grounding.place(token) is not None
        reference = grounding.reference(token)
        if reference is None or not reference.members:
            return False
        members = reference.members
        if what == "state":
            return any(m.party.kind == "state" and m.part == "whole" for m in members)
        if what == "person":
            return any(m.person is not None or m.part == "population" for m in members)
        if what == "leader":
            return any(m.part in ("leader", "official", "person") for m in members)
        return True

    return refers


_IMPLIED_TYPES: dict[str, EventType] = {
    "demand": "REQUEST",
    "charge": "ACCUSE",
    "disowning": "REJECT",
}
_IMPLIED = {
    kind: Frame(
        name=kind,
        type=type_,
        mode=None,
        template="directed",
        roles={"subject": "actor"},
        absorb=True,
        needs="one",
    )
    for kind, type_ in _IMPLIED_TYPES.items()
}


def _implied(
    doc: Doc, triggers: Sequence[Trigger]
) -> tuple[list[Trigger], dict[int, list[Argument]]]:
    """Return the acts of speech that no word names, and whom each is about by its word."""
    taken = {word.i for trigger in triggers for word in words_of(trigger)}
    found = []
    about: dict[int, list[Argument]] = {}
    for sentence in doc.sents:
        for act in implied_acts(sentence.root):
            if act.verb.i not in taken:
                verb = act.verb
                found.append(Trigger(verb, verb.i, verb.i, _IMPLIED[act.kind], "verb"))
                about[verb.i] = [Argument("about", "recipient", token) for token in act.addressed]
                taken.add(verb.i)
    return found, about


def _draft(
    trigger: Trigger,
    *,
    index: int,
    sentence: int,
    timing: Timing,
    by_word: dict[int, Trigger],
    about: Sequence[Argument],
    spoken_before: Speaker | None,
    voices: Voices,
    dated: Dated,
    grounding: Grounding,
    lexicon: Lexicon,
    judgement: Judgement | None,
    thresholds: Mapping[str, float],
) -> Draft | None:
    report = dated.report
    swallower = swallowing(trigger, by_word)
    arguments = [*find_arguments(trigger), *about]
    if judgement is not None:
        arguments = filled(trigger, arguments, judgement, thresholds)
    content = content_of(trigger, swallower, timing) if swallower is not None else "own"
    status = judge(trigger) if content == "own" else content
    if judgement is not None and status is not None and content == "own":
        status = status_of(trigger, status, judgement, thresholds)
    if status in ("happened", "ongoing") and trigger.frame.status is not None:
        status = trigger.frame.status
    if status is None or is_harmless(trigger.frame.type, trigger.head):
        return None
    if (
        content == "own"
        and trigger.pos == "noun"
        and status in _UNREAL
        and trigger.frame.type not in _AHEAD
        and not is_arranged(trigger)
    ):
        return None
    speaker = find_speaker(trigger)
    if speaker is None and in_quotes(trigger.head):
        speaker = spoken_before
    if speaker is None and judgement is not None:
        speaker = heard(trigger, judgement, thresholds)
    speaker = voices.named(speaker, grounding=grounding)
    timing = _of_deed(timing, trigger, report.published, denied=content == "denied")
    own, lent = windows_of(trigger, timing, report=report.id)
    of_war = own is None and are_of_war(trigger, lexicon)
    status, when = _unless_put_off(status, own, None if of_war else lent, timing, report.id)
    if is_history(trigger.head) or is_fiction(trigger.head):
        return None
    if trigger.frame.type == "ASSAULT" and status == "happened" and lies_ahead(when, dated):
        # A deed that is told as done is not ahead: its date was read the wrong way.
        when = None
    status = against_time(status, when, dated, trigger)
    tallies = tallies_of(trigger, lexicon)
    participants = find_participants(trigger, arguments, grounding=grounding, lexicon=lexicon)
    busy = frozenset(by_word) - {word.i for word in words_of(trigger)}
    where = find_places(trigger, arguments, grounding=grounding, busy=busy)
    if not where and judgement is not None:
        where = places_at(told_where(trigger, judgement, thresholds), grounding=grounding)
    placed = bool(where) and _told_by_place(trigger)
    substantial = placed or _substantial(trigger, arguments, participants, tallies, timing)
    sure = judgement is not None and judgement.event(trigger.head) >= thresholds["bare"]
    participants = joined([*participants, *victims_of(tallies, grounding, report.id)])
    doubted = judgement is not None and is_doubtful(
        trigger, participants, tallies, judgement, thresholds
    )
    if doubted or not (substantial or sure):
        return None
    attribution = attribute(speaker, grounding=grounding)
    status = against_speaker(status, trigger, participants, attribution)
    kind, mode = trigger.frame.type, trigger.frame.mode
    if content == "own" and not is_arranged(trigger):
        token = speaker.token if speaker else None
        kind, mode = cast(trigger, status, speaker=token, own=speaks_for(attribution, participants))
    if kind == "REJECT" and trigger.frame.type != "REJECT":
        # What is refused did not happen; the refusal did.
        status = "happened"
    start, end = span_of(trigger, told=status not in _UNREAL)
    text = report.text[start:end]
    lemmas = [token.lemma_.lower() for token in clause_of(trigger) if token.pos_ in _SALIENT]
    return Draft(
        mention=Mention(
            id=digest("m", report.id, str(start_of(trigger.head)), kind),
            report=report.id,
            start=start,
            end=end,
            text=text,
            trigger=(start_of(trigger.head), end_of(trigger.head)),
            type=kind,
            mode=mode,
            contexts=find_contexts(lemmas),
            status=status,
            when=when,
            where=where,
            participants=participants,
            counts=counts_of(tallies, attribution, grounding, report.id),
            provisions=find_provisions(
                trigger,
                paragraph=index,
                docs=dated.parse.docs,
                report=report,
            )
            if kind == "AGREE" and status != "denied"
            else (),
            attribution=attribution,
            said=_said(timing),
            background=of_war
            or (judgement is not None and recalls(trigger, judgement, thresholds)),
            salient=tuple(dict.fromkeys(w for w in lemmas if len(w) > 2))[:16],
            confidence=confidence_of(trigger, kind, judgement) if judgement is not None else None,
        ),
        trigger=trigger,
        paragraph=index,
        sentence=sentence,
        timing=timing,
        speaker=speaker,
        # What is told for being sure alone says too little to be taken for another's.
        definite=substantial and _is_known(trigger),
        pluperfect=_pluperfect(trigger),
        content=content != "own",
        relative=tuple(t for t in timing.own if t.relation in ("after", "before")),
        over=aftermath_over(trigger),
        late=kind == "ASSAULT" and is_late(trigger),
    )


def _of_deed(
    timing: Timing, trigger: Trigger, published: Published | None, *, denied: bool
) -> Timing:
    """Return the times that may be a deed's: neither an hour alone nor the day of its denial.

    Nor is that of one deed the day of the offensive that it was a part of.
    """
    if trigger.frame.type == "ASSAULT":
        timing = without_hours(timing, published)
    if denied:
        return without_times_before(timing, start_of(trigger.head))
    return replace(timing, lent=()) if is_campaign(trigger) else timing


def _is_known(trigger: Trigger) -> bool:
    """Tell whether it is told as known: "the talks", and who "mediated the talks"."""
    partner = trigger.partner
    met = trigger.frame.type == "CONSULT" and partner is not None and is_definite(partner)
    return is_definite(trigger) or met


def _told_by_place(trigger: Trigger) -> bool:
    """Tell whether a place alone makes it worth a line: unrest, an arrest, a meeting held there."""
    if trigger.frame.type in ("PROTEST", "ASSAULT"):
        return True
    if trigger.frame.type == "AID":
        return trigger.frame.mode == "humanitarian" and trigger.pos == "verb"
    if trigger.frame.type == "COERCE":
        return (trigger.frame.mode == "arrest" and trigger.pos == "verb") or is_tied(trigger)
    return (
        trigger.frame.type == "CONSULT"
        and trigger.pos == "noun"
        and trigger.governor is not None
        and trigger.effect in ("called_off", "scheduled")
    )


def _substantial(
    trigger: Trigger,
    arguments: Sequence[Argument],
    participants: Sequence[Participant],
    tallies: Sequence[Tally],
    timing: Timing,
) -> bool:
    """Tell whether enough is told for an event: someone takes part, or someone is counted."""
    named = {p.name for p in participants if p.country is not None or p.kind != "population"}
    if ends_fight(trigger):
        return True
    if trigger.frame.type in _SPOKEN and trigger.head.dep_ in ("acl", "amod"):
        if not timing.own and not any(p.role == "actor" for p in participants):
            return False
    if trigger.frame.needs == "two":
        return len(named) >= 2
    if "counted" in trigger.flags and not tallies:
        return is_by_law(trigger)
    if "dated" in trigger.flags and not timing.own:
        return False
    if tallies or _names_incident(trigger, participants):
        return True
    known = participants or is_definite(trigger) or lasts(trigger)
    if is_campaign(trigger) or (is_tied(trigger) and known):
        return True
    if is_definite(trigger) and trigger.frame.type in _AHEAD and not trigger.flags:
        # "the talks": what was told of before completes it, or it goes.
        return True
    if trigger.pos == "noun" and trigger.governor is None:
        return bool(named) or any(t.value_start for t in timing.own)
    if trigger.pos == "noun":
        return bool(named) or bool(timing.own)
    if timing.own and trigger.frame.type in _DATED:
        return True
    if trigger.frame.type == "CONSULT" and not any(name[:1].isupper() for name in named):
        # A committee that meets, a minister who visits a hospital: nobody of whom we keep record.
        plural = bool(participants) and any(a.token.tag_ == "NNS" for a in arguments)
        return plural or any(argument.token.pos_ == "PRON" for argument in arguments)
    return bool(participants) or any(argument.token.pos_ == "PRON" for argument in arguments)


def _names_incident(trigger: Trigger, participants: Sequence[Participant]) -> bool:
    """Tell whether a noun of violence is enough: by whom it struck, what broke out, what followed.

    "The killing of a vendor", "clashes broke out again", "arrested over the shooting".
    """
    if trigger.frame.type != "ASSAULT":
        return False
    outbreak = load_governors().outbreak
    if trigger.pos == "verb":
        partner = trigger.partner
        return partner is not None and partner.pos == "noun" and trigger.head.lemma_ in outbreak
    if trigger.pos != "noun":
        return False
    if trigger.head.lemma_.lower() in aftermath_words().deaths:
        # A poet's death is mourned as well; one that somebody is charged with is a killing.
        return is_by_law(trigger)
    struck = trigger.frame.template == "directed" and any(
        name in _STRIKING for name, _ in prepositions(trigger.head)
    )
    if struck and any(p.role in _STRUCK for p in participants):
        return True
    if trigger.governor is not None and trigger.governor.lemma_ in outbreak:
        return True
    return takes_for_real(trigger) and aftermath_over(trigger) is not None


def _said(timing: Timing) -> date | None:
    for time in timing.said:
        if time.precision == "day" and time.value_start is not None:
            return time.value_start
    return None


def _pluperfect(trigger: Trigger) -> bool:
    verb = trigger.predicate if is_verbal(trigger.predicate) else clause_verb(trigger.head)
    return verb is not None and any(
        child.lower_ in ("had", "'d") for child in children(verb, "aux")
    )
