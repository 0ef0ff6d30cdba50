"""Mentions: one place in one report that tells of one happening."""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec import Struct

from parley.model.party import Participant, PartyKind
from parley.model.place import Place
from parley.model.time import When
from parley.model.trace import Trace

EventType = Literal[
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "CONCEDE",
    "COOPERATE",
    "AID",
    "RETREAT",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
]
Status = Literal[
    "happened", "ongoing", "scheduled", "expected", "proposed", "called_off", "alleged", "denied"
]
Stance = Literal["asserts", "denies", "accuses", "confirms"]
CountKind = Literal["killed", "wounded", "captured", "missing", "displaced", "deployed"]
Relation = Literal[
    "denies", "responds_to", "ends", "implements", "violates", "announces", "part_of"
]


class Attribution(Struct, frozen=True, kw_only=True):
    """Who is quoted for it.  A person or body with the country that it speaks for."""

    name: str
    kind: PartyKind
    country: str | None
    stance: Stance
    evidence: tuple[Trace, ...] = ()


class Count(Struct, frozen=True, kw_only=True):
    """One claim of one number.

    "at least 286" has low 286, best 286, high None; "about 2,000" low and high None,
    best 2000; "dozens" low 24, best None, high None.  `side` is the party whose people
    they are, `claimed_by` who gives the figure (None: the outlet itself).  `mention` is
    an index into the event's mentions, 0 in a mention of its own.  `corrected` is true of a
    figure that is told to hold no longer ("not nine", "revised from seven"), by `claimed_by`;
    `earlier` of one whose place a greater one has taken, which is told later.  `whom` is the
    noun that is counted, in small letters ("soldiers", "people"), None where none is.
    """

    what: CountKind
    low: int | None
    best: int | None
    high: int | None
    side: str | None = None
    claimed_by: str | None = None
    mention: int = 0
    corrected: bool = False
    earlier: bool = False
    whom: str | None = None
    evidence: tuple[Trace, ...] = ()


class Provision(Struct, frozen=True, kw_only=True):
    """One thing agreed, in the report's words.

    `topics` is what it is about; `mentions` index all of the event's that tell it, of which
    `mention` is the one whose words stand.
    """

    text: str
    mention: int = 0
    topics: tuple[str, ...] = ()
    mentions: tuple[int, ...] = ()
    evidence: tuple[Trace, ...] = ()


class LinkCue(Struct, frozen=True, kw_only=True):
    """The text itself ties this mention to another one of the same report, by its id."""

    relation: Relation
    mention: str
    evidence: tuple[Trace, ...] = ()


class Mention(Struct, frozen=True, kw_only=True):
    """One telling of one happening, as coded from one report.

    `start`, `end`, `text`: the sentence or clause that tells it; `trigger` the
    characters of the word or phrase that names it.  `id` follows from the report, the
    trigger and the type.  `background` is true where the report recalls an older event.
    `known` is true of an agreement that the report only names as made before ("under the
    deal"): who keeps or breaks it beside need be no party to it.
    `salient` are lower-case content words of the clause, for telling events apart.
    `confidence` is how likely it is, from 0 to 1, that the words tell such an event, by what
    was learnt from the training corpus; None where the rules alone coded it, or a person.
    """

    id: str
    report: str
    start: int
    end: int
    text: str
    trigger: tuple[int, int]
    type: EventType
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    status: Status
    when: When | None = None
    where: tuple[Place, ...] = ()
    participants: tuple[Participant, ...] = ()
    counts: tuple[Count, ...] = ()
    provisions: tuple[Provision, ...] = ()
    attribution: tuple[Attribution, ...] = ()
    said: date | None = None
    background: bool = False
    known: bool = False
    links: tuple[LinkCue, ...] = ()
    salient: tuple[str, ...] = ()
    confidence: float | None = None
