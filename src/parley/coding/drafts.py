"""Drafts: the mentions of one paragraph, before the report as a whole is looked at.

Each step of coding has its module (triggers, arguments, participants, places, timing,
factuality, attribution, counts, provisions); here they are put in order.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from msgspec import Struct
from spacy.tokens import Doc, Token

from parley.coding.arguments import Argument, find_arguments
from parley.coding.attribution import (
    Speaker,
    attribute,
    find_paragraph_speakers,
    find_speaker,
    in_quotes,
)
from parley.coding.contexts import find_contexts
from parley.coding.counts import Tally, find_tallies
from parley.coding.factuality import judge
from parley.coding.lexicon import Frame, Lexicon
from parley.coding.nesting import accident, cast, obligations, swallowing
from parley.coding.participants import find_participants, joined, nationality_of
from parley.coding.patterns import Refers
from parley.coding.places import find_places
from parley.coding.provisions import find_provisions
from parley.coding.syntax import children, clause_verb, is_passive, is_verbal
from parley.coding.timing import Timing, attach_times, window
from parley.coding.triggers import Trigger, find_triggers, load_governors, outer_noun
from parley.dating import Dated
from parley.grounding import Grounding
from parley.model import (
    Attribution,
    Count,
    Mention,
    Participant,
    Status,
    Time,
    Trace,
    When,
    digest,
)
from parley.parsing import end_of, kind_of, start_of

LONGEST_MENTION = 500
# "a possible war" is no war; a possible meeting is worth a line in the calendar.
_UNREAL: frozenset[Status] = frozenset({"expected", "proposed"})
_AHEAD = frozenset({"CONSULT", "AGREE"})
# Happenings that are worth a line by their date alone: "fighting broke out on Monday".
# Who condemns, welcomes or worries about a deed takes it for real.
_FACTIVE = frozenset(
    "condemn welcome praise deplore concerned criticize criticise denounce regret alarmed decry "
    "lament applaud hail outraged angered protest".split()
)
# "a region recognised as Kenyan": by nobody in particular, at no time.
_SPOKEN = frozenset({"SUPPORT", "ACCUSE", "REQUEST", "REJECT", "THREATEN", "AGREE"})
_DATED = frozenset({"CONSULT", "AGREE", "ASSAULT", "PROTEST"})
_SALIENT = frozenset({"NOUN", "VERB", "ADJ", "PROPN", "NUM"})


class Draft(Struct, frozen=True):
    """A mention in the making, with what the report's level needs to know of its sentence."""

    mention: Mention
    trigger: Trigger
    paragraph: int
    sentence: int
    timing: Timing
    speaker: Speaker | None
    definite: bool
    pluperfect: bool
    relative: tuple[Time, ...] = ()


def draft_paragraph(
    index: int, *, dated: Dated, grounding: Grounding, lexicon: Lexicon
) -> list[Draft]:
    """Return the drafts of one paragraph in the order of the text."""
    doc = dated.parse.docs[index]
    triggers = find_triggers(doc, lexicon=lexicon, refers=_refers(grounding))
    triggers += _implied(doc, triggers)
    triggers.sort(key=lambda trigger: trigger.head.i)
    if not triggers:
        return []
    by_word = {word.i: trigger for trigger in triggers for word in _words(trigger)}
    timings = attach_times(doc, triggers, dated.times)
    speakers = find_paragraph_speakers(doc)
    numbers = {sentence.start: at for at, sentence in enumerate(doc.sents)}
    drafts = []
    for trigger in triggers:
        at = numbers[trigger.head.sent.start]
        draft = _draft(
            trigger,
            index=index,
            sentence=at,
            timing=timings[trigger.head.i],
            by_word=by_word,
            spoken_before=speakers[at],
            dated=dated,
            grounding=grounding,
            lexicon=lexicon,
        )
        if draft is not None:
            drafts.append(draft)
    return drafts


def _words(trigger: Trigger) -> Iterator[Token]:
    yield trigger.head
    if trigger.partner is not None:
        yield trigger.partner.head
    if trigger.governor is not None:
        yield trigger.governor


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


_OBLIGE = Frame(
    name="oblige",
    type="REQUEST",
    mode=None,
    template="directed",
    roles={"subject": "actor"},
    absorb=True,
    needs="one",
)


def _implied(doc: Doc, triggers: Sequence[Trigger]) -> list[Trigger]:
    """'X said Y must leave' is a demand, though no word of it says so."""
    taken = {word.i for trigger in triggers for word in _words(trigger)}
    found = []
    for sentence in doc.sents:
        for verb, _, _ in obligations(sentence.root):
            if verb.i not in taken:
                found.append(Trigger(verb, verb.i, verb.i, _OBLIGE, "verb"))
                taken.add(verb.i)
    return found


def _draft(
    trigger: Trigger,
    *,
    index: int,
    sentence: int,
    timing: Timing,
    by_word: dict[int, Trigger],
    spoken_before: Speaker | None,
    dated: Dated,
    grounding: Grounding,
    lexicon: Lexicon,
) -> Draft | None:
    report = dated.report
    swallower = swallowing(trigger, by_word)
    arguments = find_arguments(trigger)
    if swallower is not None and not _stands_alone(trigger, swallower, timing):
        return None
    status = judge(trigger)
    if status in ("happened", "ongoing") and trigger.frame.status is not None:
        status = trigger.frame.status
    if status is None or (trigger.frame.type == "ASSAULT" and accident(trigger.head)):
        return None
    if trigger.pos == "noun" and status in _UNREAL and trigger.frame.type not in _AHEAD:
        return None
    speaker = find_speaker(trigger)
    if speaker is None and in_quotes(trigger.head):
        speaker = spoken_before
    if swallower is not None and swallower.head.lemma_ not in _FACTIVE:
        status = "alleged" if swallower.frame.type == "ACCUSE" else "scheduled"
    when = window(timing.own, report=report.id) or window(timing.lent, report=report.id)
    status = _against_time(status, when, dated, trigger)
    tallies = _tallies(trigger, lexicon)
    participants = find_participants(trigger, arguments, grounding=grounding, lexicon=lexicon)
    if not _substantial(trigger, arguments, participants, tallies, timing):
        return None
    participants = joined([*participants, *_victims(tallies, grounding, report.id)])
    attribution = attribute(speaker, grounding=grounding)
    status = _against_speaker(status, trigger, participants, attribution)
    kind, mode = cast(trigger, status, speaker=speaker.token if speaker else None)
    start, end = _span(trigger)
    busy = frozenset(by_word) - {word.i for word in _words(trigger)}
    text = report.text[start:end]
    lemmas = [token.lemma_.lower() for token in _clause(trigger) if token.pos_ in _SALIENT]
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
            where=find_places(trigger, arguments, grounding=grounding, busy=busy),
            participants=participants,
            counts=_counts(tallies, attribution, grounding, report.id),
            provisions=find_provisions(
                trigger,
                paragraph=index,
                docs=dated.parse.docs,
                report=report.id,
                text=report.text,
            )
            if kind == "AGREE"
            else (),
            attribution=attribution,
            said=_said(timing),
            salient=tuple(dict.fromkeys(w for w in lemmas if len(w) > 2))[:16],
        ),
        trigger=trigger,
        paragraph=index,
        sentence=sentence,
        timing=timing,
        speaker=speaker,
        definite=_definite(trigger),
        pluperfect=_pluperfect(trigger),
        relative=tuple(t for t in timing.own if t.relation in ("after", "before")),
    )


def _stands_alone(trigger: Trigger, swallower: Trigger, timing: Timing) -> bool:
    """Tell whether what an act of speech governs is told as real all the same.

    What is condemned or welcomed by its name happened; what is accused of with a time of
    its own is told; a meeting agreed on is scheduled.
    """
    if trigger.pos == "noun" and swallower.head.lemma_ in _FACTIVE and _definite(trigger):
        return True
    if not timing.own:
        return False
    if swallower.frame.type == "ACCUSE":
        return trigger.frame.type in ("ASSAULT", "COERCE", "MOBILIZE")
    return swallower.frame.type == "AGREE" and trigger.frame.type == "CONSULT"


def _against_time(status: Status, when: When | None, dated: Dated, trigger: Trigger) -> Status:
    """A window that lies ahead of the report is no past; one behind it is no plan."""
    published = dated.report.published
    if published is None or when is None:
        return status
    start, end = when.start, when.end
    present = trigger.predicate.tag_ in ("VBZ", "VBP") and kind_of(trigger.head) == "body"
    if present and start >= published.end and trigger.frame.type == "CONSULT":
        return "scheduled" if status == "happened" else status
    if start > published.end and status in ("happened", "ongoing"):
        return "scheduled"
    if status == "ongoing" and end is not None and end < published.start:
        return "happened"
    return status


def _against_speaker(
    status: Status,
    trigger: Trigger,
    participants: Sequence[Participant],
    attribution: Sequence[Attribution],
) -> Status:
    """What only the other side says of a deed is alleged; one's own deeds and dead are told."""
    if status not in ("happened", "ongoing") or not attribution:
        return status
    if any(source.stance == "denies" for source in attribution):
        return "denied"
    if any(source.stance == "accuses" for source in attribution):
        return "alleged"
    speaking = {source.country for source in attribution if source.country}
    doers = {p.country for p in participants if p.role == "actor" and p.country}
    hostile = trigger.frame.type in ("ASSAULT", "COERCE", "MOBILIZE", "ACCUSE", "THREATEN")
    if hostile and trigger.frame.template == "directed" and doers and speaking:
        if not doers & speaking and trigger.frame.type not in ("ACCUSE", "THREATEN"):
            return "alleged"
    return status


def _tallies(trigger: Trigger, lexicon: Lexicon) -> list[Tally]:
    words = [trigger.head]
    if trigger.governor is not None:
        words.append(trigger.governor)
    if trigger.partner is not None:
        words.append(trigger.partner.head)
    found: list[Tally] = []
    for word in words:
        found += find_tallies(word, lexicon=lexicon)
    wanted = {"MOBILIZE": {"deployed"}, "AID": {"deployed", "displaced"}}.get(trigger.frame.type)
    seen = set()
    kept = []
    for tally in found:
        key = (tally.what, tally.number.token.i, tally.number.whole)
        if key in seen or (wanted is not None and tally.what not in wanted):
            continue
        if wanted is None and tally.what == "deployed":
            continue
        seen.add(key)
        kept.append(tally)
    return kept


def _victims(tallies: Sequence[Tally], grounding: Grounding, report: str) -> list[Participant]:
    """Whose people are counted takes part as the victim."""
    found = []
    for tally in tallies:
        if tally.what == "deployed":
            continue
        reference = grounding.reference(tally.number.noun)
        for member in reference.members if reference is not None else ():
            assert reference is not None
            found.append(
                Participant(
                    name=member.party.name,
                    kind=member.party.kind,
                    country=member.party.country,
                    role="victim",
                    evidence=(Trace(report=report, start=reference.start, end=reference.end),),
                )
            )
    return found


def _counts(
    tallies: Sequence[Tally],
    attribution: Sequence[Attribution],
    grounding: Grounding,
    report: str,
) -> tuple[Count, ...]:
    claimant = attribution[0].name if attribution else None
    counts = []
    for tally in tallies:
        sides = () if tally.number.whole else nationality_of(tally.number.noun, grounding=grounding)
        token = tally.number.token
        counts.append(
            Count(
                what=tally.what,
                low=tally.number.low,
                best=tally.number.best,
                high=tally.number.high,
                side=sides[0] if len(sides) == 1 else None,
                claimed_by=claimant,
                evidence=(Trace(report=report, start=start_of(token), end=end_of(token)),),
            )
        )
    return tuple(counts)


def _substantial(
    trigger: Trigger,
    arguments: Sequence[Argument],
    participants: Sequence[Participant],
    tallies: Sequence[Tally],
    timing: Timing,
) -> bool:
    """Tell whether enough is told for an event: someone takes part, or someone is counted."""
    named = {p.name for p in participants if p.country is not None or p.kind != "population"}
    if trigger.frame.type in _SPOKEN and trigger.head.dep_ in ("acl", "amod"):
        if not any(p.role == "actor" for p in participants):
            return False
    if trigger.frame.needs == "two":
        return len(named) >= 2
    if "counted" in trigger.flags and not tallies:
        return False
    if "dated" in trigger.flags and not timing.own:
        return False
    if tallies:
        return True
    if trigger.pos == "noun" and trigger.governor is None:
        return bool(named) or any(t.value_start for t in timing.own)
    if trigger.pos == "noun":
        return bool(named) or bool(timing.own)
    if timing.own and trigger.frame.type in _DATED:
        return True
    return bool(participants) or any(argument.token.pos_ == "PRON" for argument in arguments)


def _said(timing: Timing) -> date | None:
    for time in timing.said:
        if time.precision == "day" and time.value_start is not None:
            return time.value_start
    return None


def _definite(trigger: Trigger) -> bool:
    noun = outer_noun(trigger.head)
    return trigger.pos == "noun" and any(
        child.lower_ in ("the", "this", "these", "that", "those", "its", "their")
        for word in (trigger.head, noun)
        for child in children(word, "det", "poss")
    )


def _pluperfect(trigger: Trigger) -> bool:
    verb = trigger.predicate if is_verbal(trigger.predicate) else clause_verb(trigger.head)
    return verb is not None and any(
        child.lower_ in ("had", "'d") for child in children(verb, "aux")
    )


def _clause(trigger: Trigger) -> list[Token]:
    """The words that tell the happening: its verb's clause, or its noun's phrase."""
    if trigger.pos == "noun" and trigger.governor is None:
        return list(outer_noun(trigger.head).subtree)
    top = trigger.predicate
    if trigger.pos == "adjective" and is_verbal(top.head):
        top = top.head
    return list(top.subtree)


def _core(trigger: Trigger) -> list[Token]:
    """The clause without what only trails behind it: purposes, and relative clauses of nouns."""
    tokens = _clause(trigger)
    kept_words = {trigger.head.i, trigger.predicate.i}
    left_out: set[int] = set()
    for token in tokens:
        if token.i <= trigger.head.i or token.i in left_out or token.i in kept_words:
            continue
        if _trails(token) and not any(token.is_ancestor(word) for word in _words(trigger)):
            left_out |= {below.i for below in token.subtree}
    core = [token for token in tokens if token.i not in left_out]
    while core and (core[-1].is_punct or core[-1].is_space) and core[-1].i > trigger.head.i:
        core.pop()
    return core or tokens


def _trails(token: Token) -> bool:
    if token.dep_ == "relcl":
        return token.lemma_ not in load_governors().mediating and not is_passive(token)
    infinitive = any(child.lower_ == "to" for child in children(token, "aux"))
    return infinitive and token.dep_ in ("advcl", "acl")


def _span(trigger: Trigger) -> tuple[int, int]:
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
    start, end = start_of(near[0]), end_of(near[-1])
    return start, min(end, start + LONGEST_MENTION)
