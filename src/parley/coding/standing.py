"""What remains of a status once the time, the speaker and the act of speech above are seen.

`factuality` judges a trigger by its own sentence; here a window that lies ahead, a speaker
who is the other side, and a verb that condemns or denies have their say.
"""

from __future__ import annotations

from collections.abc import Sequence

from parley.coding.timing import Timing
from parley.coding.triggers import Trigger, is_definite
from parley.dating import Dated
from parley.model import Attribution, Participant, Status, When
from parley.parsing import kind_of

# A deed that is denied by its name is told, as denied.
_DENYING = frozenset({"deny", "refute"})
# Who condemns, welcomes or worries about a deed takes it for real.
_FACTIVE = frozenset(
    "condemn welcome praise deplore concerned criticize criticise denounce regret alarmed decry "
    "lament applaud hail outraged angered protest".split()
)


def stands_alone(trigger: Trigger, swallower: Trigger, timing: Timing) -> bool:
    """Tell whether what an act of speech governs is told as real all the same.

    What is condemned or welcomed by its name happened; what is accused of with a time of
    its own is told; a meeting agreed on is scheduled.
    """
    if trigger.pos == "noun" and swallower.head.lemma_ in _FACTIVE and is_definite(trigger):
        return True
    if swallower.head.lemma_ in _DENYING and trigger.frame.type in ("ASSAULT", "COERCE"):
        return True
    if not timing.own:
        return False
    if swallower.frame.type == "ACCUSE":
        return trigger.frame.type in ("ASSAULT", "COERCE", "MOBILIZE")
    return swallower.frame.type == "AGREE" and trigger.frame.type == "CONSULT"


def lies_ahead(when: When | None, dated: Dated) -> bool:
    """Tell whether a window begins after the day of the report."""
    published = dated.report.published
    return when is not None and published is not None and when.start > published.end


def against_time(status: Status, when: When | None, dated: Dated, trigger: Trigger) -> Status:
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
    return status


def under(swallower: Trigger | None, status: Status) -> Status:
    """Return what the act of speech above makes of a happening that is told as real under it."""
    if swallower is None or swallower.head.lemma_ in _FACTIVE:
        return status
    if swallower.head.lemma_ in _DENYING:
        return "denied"
    return "alleged" if swallower.frame.type == "ACCUSE" else "scheduled"
