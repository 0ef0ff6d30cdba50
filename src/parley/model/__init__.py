"""The nouns: what a report, a mention and an event are, and nothing else.

Every class is an immutable `msgspec.Struct`; the public ones are written out as
`parley export --format jsonl` promises.  Offsets are code points into the report's
text exactly as it was decoded, start inclusive, end exclusive.  This package
imports nothing else of Parley.
"""

from parley.model.correction import (
    Action,
    Anchor,
    Constraints,
    Corrected,
    CorrectedField,
    Correction,
    Group,
)
from parley.model.event import (
    Disagreement,
    DisputedValue,
    Event,
    EventMention,
    Link,
    StatusStep,
)
from parley.model.identity import digest
from parley.model.mention import (
    Attribution,
    Count,
    CountKind,
    EventType,
    LinkCue,
    Mention,
    Provision,
    Relation,
    Stance,
    Status,
)
from parley.model.party import Participant, Party, PartyKind, Person, Role
from parley.model.place import Place, PlacePrecision
from parley.model.report import (
    Boilerplate,
    Evidence,
    Published,
    PublishedHow,
    Report,
    ReportLine,
)
from parley.model.time import Basis, Precision, Time, When
from parley.model.trace import Trace

__all__ = [
    "Action",
    "Anchor",
    "Attribution",
    "Basis",
    "Boilerplate",
    "Constraints",
    "Corrected",
    "CorrectedField",
    "Correction",
    "Count",
    "CountKind",
    "Disagreement",
    "DisputedValue",
    "Event",
    "EventMention",
    "EventType",
    "Evidence",
    "Group",
    "Link",
    "LinkCue",
    "Mention",
    "Participant",
    "Party",
    "PartyKind",
    "Person",
    "Place",
    "PlacePrecision",
    "Precision",
    "Provision",
    "Published",
    "PublishedHow",
    "Relation",
    "Report",
    "ReportLine",
    "Role",
    "Stance",
    "Status",
    "StatusStep",
    "Time",
    "Trace",
    "When",
    "digest",
]
