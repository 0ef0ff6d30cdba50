"""What remains of a status once the time, the speaker and the act of speech above are seen.

`factuality` judges a trigger by its own sentence; here a window that lies ahead, a speaker
who is the other side, and a verb that condemns or denies have their say.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from parley.coding.aftermath import aftermath_over, takes_for_real
from parley.coding.clauses import outer_noun
from parley.coding.syntax import ancestors, children, is_verbal
from parley.coding.timing import Timing
from parley.coding.triggers import Trigger, is_definite, words_of
from parley.coding.words import speech_words
from parley.dating import Dated
from parley.model import Attribution, Participant, Status, When
from parley.parsing import kind_of

# A deed that is denied by its name is told, as denied.
_DENYING = frozenset({"deny", "refute"})
_DENIALS = frozenset({"denial", "refutation"})
_DEEDS = frozenset({"ASSAULT", "COERCE", "MOBILIZE", "CONSULT", "AGREE", "RETREAT"})
_HOSTILE_DEEDS = frozenset({"ASSAULT", "COERCE", "MOBILIZE"})
# Who is summoned to a meeting of a day will go.
_CONVENING = frozenset({"summon", "convoke", "recall"})
# What is worth a line in a calendar before it happens.
_PLANNABLE = frozenset({"CONSULT", "RETREAT", "CONCEDE", "AID"})
# Who condemns, welcomes or worries about a deed takes it for real.
_FACTIVE = frozenset(
    "condemn welcome praise deplore concerned criticize criticise denounce regret alarmed decry "
    "lament applaud hail outraged angered protest condemnation denunciation criticism".split()
)


Content = Status | Literal["own"]
"""What an act of speech makes of its content; `own` where that has the status of its clause."""


def content_of(trigger: Trigger, swallower: Trigger, timing: Timing) -> Content | None:
    """Return the status of what an act of speech governs, None where it tells no happening.

    What is condemned or welcomed by its name happened.  A deed that somebody is accused of is
    alleged, one that is denied is denied.  What is agreed on or promised is scheduled, what
    is demanded proposed, if it can stand in a calendar.
    """
    lemma, frame = swallower.head.lemma_, swallower.frame
    kind = trigger.frame.type
    if kind == "AGREE" and trigger.effect == "ended":
        # "Accused them of violating the truce": there is one.
        return "own"
    if trigger.pos == "noun" and lemma in _FACTIVE and is_definite(trigger):
        return "own"
    if _is_of_words(trigger, swallower):
        return "happened"
    over = aftermath_over(trigger) if trigger.pos == "noun" else None
    if over is not None and lemma not in speech_words().accusing and takes_for_real(trigger):
        # "are investigating a shooting", "took part in a vigil for the dead of the attack"
        return "own"
    if lemma in _DENYING | _DENIALS or (
        lemma in speech_words().dismissing and _is_claimed(trigger, swallower)
    ):
        if _only_part_in(trigger, swallower):
            return "happened" if is_definite(trigger) else None
        return "denied" if kind in _DEEDS else None
    if frame.type == "ACCUSE":
        if outer_noun(swallower.head).head.lemma_ in _DENYING | speech_words().dismissing:
            # "Rejected the accusation that its soldiers had crossed the border".
            return "denied" if kind in _DEEDS else None
        accused = "implied" in swallower.flags or any(
            word.lemma_.lower() in speech_words().accusing for word in words_of(swallower)
        )
        return "alleged" if accused and kind in _HOSTILE_DEEDS else None
    if frame.status == "proposed":
        return "proposed" if kind == "CONSULT" else None
    if frame.type == "AGREE" and kind in _PLANNABLE and (kind == "CONSULT" or timing.own):
        return "scheduled"
    if lemma in _CONVENING and kind == "CONSULT" and timing.own:
        return "scheduled"
    if frame.type == "REQUEST" and kind in _PLANNABLE and (kind == "CONSULT" or timing.own):
        return "proposed"
    return None


def _is_of_words(trigger: Trigger, swallower: Trigger) -> bool:
    """Tell whether a deed that is known stands in words on who did it.

    "Pointed the finger at X for Monday's raid", "denied any role in the raid".
    """
    if trigger.pos != "noun" or trigger.frame.type not in _HOSTILE_DEEDS:
        return False
    if not takes_for_real(trigger) or trigger.effect != "held":
        return False
    lemma, frame = swallower.head.lemma_, swallower.frame
    if lemma in _DENYING:
        return _only_part_in(trigger, swallower)
    if frame.type == "ACCUSE":
        return not any(w.lemma_.lower() in speech_words().accusing for w in words_of(swallower))
    return frame.name == "disowning"


def is_denied_by_name(trigger: Trigger) -> bool:
    """Tell whether a deed's noun is what somebody denies: "denied the attack on Tine"."""
    verb = trigger.governor
    denied = verb is not None and verb.lemma_ in _DENYING and trigger.effect == "averted"
    return denied and trigger.pos == "noun" and trigger.frame.type in _HOSTILE_DEEDS


def _is_claimed(trigger: Trigger, swallower: Trigger) -> bool:
    """Tell whether a happening is what a claim says: "dismissed reports that ..."."""
    between = [word for word in ancestors(trigger.head) if swallower.head.is_ancestor(word)]
    return any(word.lemma_.lower() in speech_words().claim_nouns for word in between)


def _only_part_in(trigger: Trigger, swallower: Trigger) -> bool:
    """Tell whether a part in the deed is denied, not the deed: "denied any role in the attack"."""
    between = [word for word in ancestors(trigger.head) if swallower.head.is_ancestor(word)]
    between += [noun for verb in between if is_verbal(verb) for noun in children(verb, "dobj")]
    return any(word.lemma_.lower() in speech_words().part_nouns for word in between)


def lies_ahead(when: When | None, dated: Dated) -> bool:
    """Tell whether a window begins after the day of the report."""
    published = dated.written
    return when is not None and published is not None and when.start > published.end


def against_time(status: Status, when: When | None, dated: Dated, trigger: Trigger) -> Status:
    """A window that lies ahead of the report is no past; one behind it is no plan."""
    published = dated.written
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


def speaks_for(attribution: Sequence[Attribution], participants: Sequence[Participant]) -> bool:
    """Tell whether who is quoted is of the side that acts, or an official of no named side."""
    doers = {p.country for p in participants if p.role == "actor" and p.country}
    return any(
        source.country in doers or (source.country is None and source.kind == "unknown")
        for source in attribution
    )


def against_speaker(
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
        if trigger.frame.type in _HOSTILE_DEEDS and _fight_each_other(participants, attribution):
            return "alleged"
    return status


def _fight_each_other(
    participants: Sequence[Participant], attribution: Sequence[Attribution]
) -> bool:
    """Tell whether rebels tell of a deed of their state, or the state of one of theirs."""
    doers = {p.kind == "armed_group" for p in participants if p.role == "actor"}
    sources = {source.kind == "armed_group" for source in attribution}
    return len(doers) == 1 and len(sources) == 1 and doers != sources
