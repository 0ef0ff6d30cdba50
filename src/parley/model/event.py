"""Events and the links between them, in their public form."""

from __future__ import annotations

from datetime import date

from msgspec import Struct, field

from parley.model.correction import Corrected
from parley.model.mention import Attribution, Count, EventType, Provision, Relation, Status
from parley.model.party import Participant
from parley.model.place import Place
from parley.model.time import When


class EventMention(Struct, frozen=True, kw_only=True):
    """Where a report says it.  `said` is the date of the saying, where someone is quoted."""

    id: str
    report: str
    start: int
    end: int
    text: str
    status: Status
    attribution: tuple[Attribution, ...]
    said: date | None
    background: bool


class DisputedValue(Struct, frozen=True, kw_only=True):
    """One of several values that the reports give a field; `mentions` index the event's."""

    value: str
    mentions: tuple[int, ...]


class Disagreement(Struct, frozen=True, kw_only=True):
    """A field that the reports or the parties tell differently."""

    field: str
    values: tuple[DisputedValue, ...]


class StatusStep(Struct, frozen=True, kw_only=True):
    """A status that an event had when a report was printed; `mention` indexes the event's.

    `published` is None for reports of which nothing tells when they were printed.
    """

    status: Status
    published: date | None
    mention: int


class Event(Struct, frozen=True, kw_only=True, tag_field="kind", tag="event"):
    """One real-world happening, however many reports tell it.

    `corrections` are those that stand: a field that one of them names has a person's
    word, all others have the machine's.  `sources` is how many independent sources tell
    it: copies of one text are one, and so are all reports of one outlet.  `confidence` is the
    highest of its mentions' (from 0 to 1): one clear telling is enough, and a vague one beside
    it takes nothing away; nor do several add up, as they are read by the same coder, which errs
    in the same way.  None where none of them has one.  `course` are the statuses that the
    reports gave it one after the other, by when they were printed; the last of them is the
    machine's `status`.
    """

    id: str
    type: EventType
    mode: str | None
    contexts: tuple[str, ...]
    summary: str
    status: Status
    when: When | None
    where: tuple[Place, ...]
    participants: tuple[Participant, ...]
    counts: tuple[Count, ...]
    provisions: tuple[Provision, ...]
    mentions: tuple[EventMention, ...]
    disagreements: tuple[Disagreement, ...]
    corrections: tuple[Corrected, ...] = ()
    sources: int = 1
    confidence: float | None = None
    course: tuple[StatusStep, ...] = ()


class Link(Struct, frozen=True, kw_only=True, tag_field="kind", tag="link"):
    """How one event stands to another, in a report's own words."""

    relation: Relation
    from_: str = field(name="from")
    to: str
    mentions: tuple[EventMention, ...]
