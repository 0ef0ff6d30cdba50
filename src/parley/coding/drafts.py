"""Drafts: the mentions of one paragraph, before the report as a whole is looked at.

In: what was found in it (`finding.py`).  Out: a draft of each happening that is told for real
and of which enough is told (`substance.py`).  Each field has its module; here they are put in
order.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import msgspec
from msgspec import Struct
from msgspec.structs import replace
from spacy.tokens import Token

from parley.coding.aftermath import aftermath_over, is_late
from parley.coding.arguments import Argument, find_arguments
from parley.coding.attribution import (
    Speaker,
    Voices,
    attribute,
    find_speaker,
    hear,
    in_quotes,
)
from parley.coding.casualties import (
    are_of_war,
    counts_of,
    tallies_of,
    unnamed_victims_of,
    victims_of,
)
from parley.coding.clauses import is_aside
from parley.coding.contexts import find_contexts
from parley.coding.counts import Tally
from parley.coding.factuality import is_arranged, judge
from parley.coding.figures import is_figure
from parley.coding.finding import Found, refers_by
from parley.coding.governors import load_governors
from parley.coding.judging import (
    confidence_of,
    filled,
    heard,
    is_doubtful,
    recalls,
    status_of,
    told_where,
)
from parley.coding.lexicon import Lexicon
from parley.coding.nesting import cast, commenting, mode_of, swallowing
from parley.coding.participants import find_participants, joined
from parley.coding.places import are_wide, find_places, in_order, places_at
from parley.coding.provisions import find_provisions
from parley.coding.series import tell_series
from parley.coding.spans import clause_of, span_of
from parley.coding.standing import (
    Content,
    against_speaker,
    against_time,
    content_of,
    is_denied_by_name,
    lies_ahead,
    speaks_for,
)
from parley.coding.strays import is_fiction, is_harmless, is_history, is_verdict
from parley.coding.substance import is_substantial, is_told_by_day, is_told_by_place
from parley.coding.syntax import children, clause_verb, is_verbal
from parley.coding.timing import Timing, attach_times
from parley.coding.triggers import Trigger, is_campaign, is_definite, words_of
from parley.coding.windows import window, windows_of, without_hours, without_times_before
from parley.dating import Dated
from parley.grounding import Grounding
from parley.learnt import Judgement
from parley.model import (
    Mention,
    Participant,
    Place,
    Published,
    Report,
    Status,
    Time,
    When,
    digest,
)
from parley.parsing import end_of, kind_of, start_of
from parley.parsing.labels import names_day
from parley.parsing.layout import lay_out

# "a possible war" is no war; a possible meeting is worth a line in the calendar.
_UNREAL: frozenset[Status] = frozenset({"scheduled", "expected", "proposed"})
_AHEAD = frozenset({"CONSULT", "AGREE"})
_SALIENT = frozenset({"NOUN", "VERB", "ADJ", "PROPN", "NUM"})

_STRUCK = frozenset({"recipient", "victim"})


class Draft(Struct, frozen=True):
    """A mention in the making, with what the report's level needs to know of its sentence.

    `over` is the word of the aftermath that names it, `late` that it is a death or a toll told
    later than its incident (`aftermath.py`), `of_war` that it names a war, which is of many days.
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
    of_war: bool = False


class _Paragraph(Struct, frozen=True):
    """One paragraph, with all that each of its drafts is made by.

    `by_word` has the triggers by each of their words' numbers.
    """

    index: int
    found: Found
    by_word: Mapping[int, Trigger]
    voices: Voices
    dated: Dated
    grounding: Grounding
    lexicon: Lexicon
    thresholds: Mapping[str, float]

    @property
    def labelled(self) -> bool:
        """Whether it stands behind the day that opens an entry of a log."""
        before = self.dated.parse.docs[self.index - 1] if self.index else None
        return before is not None and kind_of(before) == "label" and names_day(before.text)

    @property
    def report(self) -> Report:
        """The report that it stands in."""
        return self.dated.report

    @property
    def judgement(self) -> Judgement | None:
        """What the network makes of it."""
        return self.found.judgement


class _Telling(Struct, frozen=True):
    """How a happening is told: its status, its window, whether only as part of a war."""

    status: Status
    when: When | None
    of_war: bool


class _Scene(Struct, frozen=True):
    """Who took part in a happening, how many were hurt, and where.

    `substantial` is false of what is kept only because the network is sure of it.
    """

    participants: tuple[Participant, ...]
    tallies: Sequence[Tally]
    where: tuple[Place, ...]
    substantial: bool


def changed(draft: Draft, **fields: object) -> Draft:
    """Return a draft whose mention has other values in the named fields."""
    return msgspec.structs.replace(draft, mention=msgspec.structs.replace(draft.mention, **fields))


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
    doc, refers = dated.parse.docs[index], refers_by(grounding)
    triggers = [t for t in found.triggers if not is_figure(t, lexicon=lexicon, refers=refers)]
    if not triggers:
        return []
    by_word = {word.i: trigger for trigger in triggers for word in words_of(trigger)}
    timings = attach_times(doc, triggers, dated.told_times(), written=dated.written)
    voices = hear(index, dated.parse.docs)
    paragraph = _Paragraph(index, found, by_word, voices, dated, grounding, lexicon, thresholds)
    layout = lay_out(doc)
    numbers, begins = {start: at for at, (start, _) in enumerate(layout.sentences)}, layout.begins
    drafts = []
    for trigger in triggers:
        at = numbers[begins[trigger.head.i]]
        draft = _draft(trigger, at, timings[trigger.head.i], paragraph)
        if draft is not None:
            drafts += [*_of_series(draft, paragraph), *_put_off(draft, dated.report.text)]
    return drafts


def _of_series(draft: Draft, paragraph: _Paragraph) -> list[Draft]:
    """Return a draft for each happening that one word tells, with its own place and day."""
    if draft.timing.moved or draft.mention.when is None:
        return [draft]
    told = tell_series(
        draft.mention,
        draft.trigger,
        times=paragraph.dated.told_times(),
        busy=paragraph.by_word.keys() - {word.i for word in words_of(draft.trigger)},
        grounding=paragraph.grounding,
        text=paragraph.report.text,
    )
    return [replace(draft, mention=mention) for mention in told]


def _draft(trigger: Trigger, sentence: int, timing: Timing, paragraph: _Paragraph) -> Draft | None:
    """Return the draft of one happening, None of what is not told for real or hardly told."""
    swallower = swallowing(trigger, paragraph.by_word)
    content = content_of(trigger, swallower, timing) if swallower is not None else "own"
    content = "denied" if is_denied_by_name(trigger) else content
    arguments = _arguments_of(trigger, paragraph)
    status = _status_of(trigger, content, paragraph)
    if status is None or _is_stray(trigger, content, status):
        return None
    timing = _of_deed(timing, trigger, paragraph.dated.written, denied=content == "denied")
    told = _told(trigger, status, timing, paragraph)
    scene = _scene_of(trigger, arguments, timing, paragraph)
    if scene is None:
        return None
    speaker = _speaker_of(trigger, sentence, paragraph)
    mention = _mention(
        trigger, told, scene=scene, speaker=speaker, content=content, paragraph=paragraph
    )
    return Draft(
        mention=replace(mention, said=_said(timing)),
        trigger=trigger,
        paragraph=paragraph.index,
        sentence=sentence,
        timing=timing,
        speaker=speaker,
        # What is told for being sure alone says too little to be taken for another's.
        definite=scene.substantial and _is_known(trigger),
        pluperfect=_pluperfect(trigger),
        content=content != "own",
        relative=tuple(t for t in timing.own if t.relation in ("after", "before")),
        over=aftermath_over(trigger),
        late=mention.type == "ASSAULT" and is_late(trigger),
        of_war=trigger.head.lemma_.lower() in paragraph.lexicon.classes["war"],
    )


def _arguments_of(trigger: Trigger, paragraph: _Paragraph) -> list[Argument]:
    """Return what fills a trigger's slots: by the parse, by an act of speech, by the network."""
    found = [*find_arguments(trigger), *paragraph.found.about.get(trigger.head.i, ())]
    if paragraph.judgement is None:
        return found
    by_head = {other.head.i: other for other in paragraph.found.triggers}
    return filled(
        trigger,
        found,
        paragraph.judgement,
        paragraph.thresholds,
        speakers={word.i for word in commenting(trigger, by_head)},
    )


def _status_of(trigger: Trigger, content: Content | None, paragraph: _Paragraph) -> Status | None:
    """Return the status by the words alone, None of what is not told for real.

    `content` is that of what another happening's words say of it, "own" where none swallows it.
    """
    status = judge(trigger) if content == "own" else content
    if paragraph.judgement is not None and status is not None and content == "own":
        status = status_of(trigger, status, paragraph.judgement, paragraph.thresholds)
    if status in ("happened", "ongoing") and trigger.frame.status is not None:
        return trigger.frame.status
    return status


def _is_stray(trigger: Trigger, content: Content | None, status: Status) -> bool:
    """Tell whether what sounds like a happening is none: history, a mishap, a thing only named."""
    if is_harmless(trigger.frame.type, trigger.head):
        return True
    if trigger.frame.type != "AGREE" and is_verbal(trigger.head) and is_aside(trigger.head):
        # "Freed 30 men, as called for in the accord": nobody calls.
        return True
    if is_history(trigger.head) or is_fiction(trigger.head) or is_verdict(trigger.head):
        return True
    named = content == "own" and trigger.pos == "noun" and status in _UNREAL
    return named and trigger.frame.type not in _AHEAD and not is_arranged(trigger)


def _speaker_of(trigger: Trigger, sentence: int, paragraph: _Paragraph) -> Speaker | None:
    """Return who says so: by the parse, by the quotation that goes on, by the network."""
    speaker = find_speaker(trigger)
    if speaker is None and in_quotes(trigger.head):
        speaker = paragraph.voices.of_sentence(sentence)
    if speaker is None and paragraph.judgement is not None:
        speaker = heard(trigger, paragraph.judgement, paragraph.thresholds)
    return paragraph.voices.named(speaker, grounding=paragraph.grounding)


def _told(trigger: Trigger, status: Status, timing: Timing, paragraph: _Paragraph) -> _Telling:
    """Return what the times that are told make of a happening."""
    report, dated = paragraph.report, paragraph.dated
    own, lent = windows_of(trigger, timing, report=report.id)
    of_war = own is None and are_of_war(trigger, paragraph.lexicon)
    status, when = _unless_put_off(status, own, None if of_war else lent, timing, report.id)
    if trigger.frame.type == "ASSAULT" and status == "happened" and lies_ahead(when, dated):
        # A deed that is told as done is not ahead: its date was read the wrong way.
        when = None
    return _Telling(against_time(status, when, dated, trigger), when, of_war)


def _scene_of(
    trigger: Trigger, arguments: list[Argument], timing: Timing, paragraph: _Paragraph
) -> _Scene | None:
    """Return who took part, how many were hurt, and where; None where too little is told."""
    grounding, lexicon = paragraph.grounding, paragraph.lexicon
    judgement, thresholds = paragraph.judgement, paragraph.thresholds
    tallies = tallies_of(trigger, lexicon)
    participants = find_participants(trigger, arguments, grounding=grounding, lexicon=lexicon)
    busy = frozenset(paragraph.by_word) - {word.i for word in words_of(trigger)}
    where = find_places(trigger, arguments, grounding=grounding, busy=busy)
    if judgement is not None:
        words = told_where(trigger, judgement, thresholds)
        surely = [word for word, likely in words.items() if likely >= thresholds["unlisted"]]
        if not where:
            where = places_at(words, grounding=grounding, trigger=trigger, surely=surely)
        elif are_wide(where):
            told = places_at(surely, grounding=grounding, trigger=trigger, surely=surely)
            where = in_order([*where, *told])
    placed = bool(where) and is_told_by_place(trigger)
    labelled = paragraph.labelled
    substantial = placed or is_substantial(
        trigger, arguments, participants, tallies, timing, labelled=labelled
    )
    sure = judgement is not None and judgement.event(trigger.head) >= thresholds["bare"]
    participants = joined([*participants, *victims_of(tallies, grounding, paragraph.report.id)])
    places = {place.name for place in where}
    if not any(p.role in _STRUCK and p.name not in places for p in participants):
        unnamed = unnamed_victims_of(tallies, grounding, lexicon)
        participants = joined([*participants, *unnamed])
    doubted = judgement is not None and is_doubtful(
        trigger, participants, tallies, judgement, thresholds
    )
    dated = labelled or bool(timing.own)
    if (doubted and not is_told_by_day(trigger, dated=dated)) or not (substantial or sure):
        return None
    return _Scene(participants, tallies, where, substantial)


def _mention(
    trigger: Trigger,
    told: _Telling,
    *,
    scene: _Scene,
    speaker: Speaker | None,
    content: Content | None,
    paragraph: _Paragraph,
) -> Mention:
    """Return the mention itself: what kind of event it tells of, with its characters."""
    report, grounding, judgement = paragraph.report, paragraph.grounding, paragraph.judgement
    attribution = attribute(speaker, grounding=grounding)
    status = against_speaker(told.status, trigger, scene.participants, attribution)
    kind, mode = trigger.frame.type, mode_of(trigger)
    if content == "own" and not is_arranged(trigger):
        token, own = speaker.token if speaker else None, speaks_for(attribution, scene.participants)
        kind, mode = cast(trigger, status, speaker=token, own=own)
    if kind == "REJECT" and trigger.frame.type != "REJECT":
        # What is refused did not happen; the refusal did.
        status = "happened"
    start, end = span_of(trigger, told=status not in _UNREAL)
    lemmas = [token.lemma_.lower() for token in clause_of(trigger) if token.pos_ in _SALIENT]
    docs, agreed = paragraph.dated.parse.docs, kind == "AGREE" and status != "denied"
    return Mention(
        id=digest("m", report.id, str(start_of(trigger.head)), kind),
        report=report.id,
        start=start,
        end=end,
        text=report.text[start:end],
        trigger=(start_of(trigger.head), end_of(trigger.head)),
        type=kind,
        mode=mode,
        contexts=find_contexts(lemmas),
        status=status,
        when=told.when,
        where=scene.where,
        participants=scene.participants,
        counts=counts_of(scene.tallies, attribution, grounding, report.id),
        provisions=find_provisions(trigger, paragraph=paragraph.index, docs=docs, report=report)
        if agreed
        else (),
        attribution=attribution,
        background=told.of_war
        or (judgement is not None and recalls(trigger, judgement, paragraph.thresholds)),
        salient=tuple(dict.fromkeys(w for w in lemmas if len(w) > 2))[:16],
        confidence=confidence_of(trigger, kind, judgement) if judgement is not None else None,
    )


def _unless_put_off(
    status: Status, own: When | None, lent: When | None, timing: Timing, report: str
) -> tuple[Status, When | None]:
    """Return the status and the window of a happening, which may be put off to another day.

    Without the day that was given up, the new one is all that is told.
    """
    if not timing.moved or status not in ("called_off", "happened", "scheduled"):
        return status, own or lent
    if own is not None:
        return ("happened" if status == "happened" and _is_paused(timing) else "called_off"), own
    return "scheduled", window(timing.moved, report=report)


def _is_paused(timing: Timing) -> bool:
    """Tell whether what goes on another day was held: "the talks were adjourned until Friday"."""
    return timing.mover is not None and timing.mover.lemma_ in load_governors().pausing


def _put_off(draft: Draft, text: str) -> list[Draft]:
    """Return what takes the place of what is put off: the same, scheduled for another day.

    Its trigger is the verb that puts it off, for the noun names what will not be.
    """
    mention, mover = draft.mention, draft.timing.mover
    paused = mention.status == "happened" and _is_paused(draft.timing)
    if mover is None or not (mention.status == "called_off" or paused):
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
