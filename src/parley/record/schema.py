"""The tables of a record, as they are now.

They are laid out to be read with any SQLite tool: a column for whatever one would
filter or sort by, and `data`, the whole of it as JSON (`parley.model` in its public
form).  Nothing in them depends on the clock or on the machine, but for the two logs that
say when something was written (`changes` and `corrections`): the same reports give the
same tables.

The full-text indexes are no tables of this module, since each database has its own kind:
`searching.py` knows them.  `number` is what SQLite's refers to; it means nothing else.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    false,
    func,
    literal_column,
)

# "PRLY", in the header of the file: how a record is told from another SQLite database.
APPLICATION_ID = 0x50524C59

# The newest migration; opening a record at this one needs no Alembic, which is slow to load.
HEAD = "0012"

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _part_of_event() -> tuple[Column[str], Column[int]]:
    """Return the columns that every table of an event's parts begins with."""
    event = Column(
        "event", Text, ForeignKey("events.id", ondelete="CASCADE"), primary_key=True, nullable=False
    )
    return event, Column("position", Integer, primary_key=True, autoincrement=False)


meta = Table(
    "meta",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

reports = Table(
    "reports",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("source", Text, nullable=False, index=True),
    Column("title", Text),
    Column("outlet", Text),
    Column("language", Text),
    Column("url", Text),
    Column("published_start", Date, index=True),
    Column("published_end", Date),
    Column("published_how", Text),
    Column("published_confidence", Float),
    Column("coded", Boolean, nullable=False),
    Column("text_sha256", Text, nullable=False),
    Column("data", Text, nullable=False),
    Column("text", Text, nullable=False),
    Index("ix_reports_outlet", "outlet", "id"),
    Index("ix_reports_confidence", "published_how", "published_confidence"),
)

mentions = Table(
    "mentions",
    metadata,
    Column("id", Text, primary_key=True),
    Column("report", Text, ForeignKey("reports.id", ondelete="CASCADE"), nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("mode", Text),
    Column("status", Text, nullable=False),
    Column("when_start", Date),
    Column("when_end", Date),
    Column("when_precision", Text),
    Column("said", Date),
    Column("background", Boolean, nullable=False),
    Column("confidence", Float),
    Column("data", Text, nullable=False),
    Index(None, "report", "start"),
    Index("ix_mentions_id", "id", "report"),
)

events = Table(
    "events",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("type", Text, nullable=False, index=True),
    Column("mode", Text),
    Column("summary", Text, nullable=False),
    Column("status", Text, nullable=False, index=True),
    Column("when_start", Date, index=True),
    Column("when_end", Date),
    Column("when_precision", Text),
    Column("mentions", Integer, nullable=False),
    Column("reports", Integer, nullable=False),
    Column("sources", Integer, nullable=False, server_default="1"),
    Column("disagreements", Integer, nullable=False),
    Column("confidence", Float),
    Column("thin", Boolean, nullable=False, server_default=false()),
    Column("words", Text, nullable=False),
    Column("data", Text, nullable=False),
    Index(
        "ix_events_brief",
        "id",
        "type",
        "status",
        "when_start",
        "when_end",
        "disagreements",
        "reports",
    ),
    Index("ix_events_disagreements", "disagreements"),
    Index("ix_events_sources", "sources"),
    Index("ix_events_confidence", "confidence"),
    Index("ix_events_thin", "thin", "type", "when_start"),
)

# Written out, as a bound value would not use the index of what is in order of time.
NEVER: ColumnElement[date] = literal_column("'9999-12-31'", Date)
Index(
    "ix_events_in_order",
    func.coalesce(events.c.when_start, NEVER),
    func.coalesce(events.c.when_end, NEVER),
    events.c.type,
    events.c.id,
)

event_mentions = Table(
    "event_mentions",
    metadata,
    *_part_of_event(),
    Column(
        "mention",
        Text,
        ForeignKey("mentions.id", ondelete="CASCADE"),
        nullable=False,
        unique=True,
    ),
    # That of the mention: what a report tells is found without a look at its mentions.
    Column("report", Text),
    Index("ix_event_mentions_report", "report", "event"),
)

participants = Table(
    "participants",
    metadata,
    *_part_of_event(),
    Column("name", Text, nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("country", Text, index=True),
    Column("role", Text, nullable=False),
    Column("side", Text),
    Column("people", Text),
    Column("words", Text, nullable=False),
    Column("type", Text),
    Column("status", Text),
    Column("day", Date),
    # Whether the party stands in an earlier row of the event as well, in another role.
    Column("again", Boolean),
    Index("ix_participants_told", "name", "type", "again", "kind", "country", "day", "event"),
    Index("ix_participants_people", "people", "name", "country", "day"),
    Index("ix_participants_role", "role", "type", "name", "day", "status", "event"),
)

places = Table(
    "places",
    metadata,
    *_part_of_event(),
    Column("name", Text, nullable=False, index=True),
    Column("country", Text, index=True),
    Column("lat", Float),
    Column("lon", Float),
    Column("precision", Text, nullable=False),
    Column("words", Text, nullable=False),
)

counts = Table(
    "counts",
    metadata,
    *_part_of_event(),
    Column("what", Text, nullable=False),
    Column("low", Integer),
    Column("best", Integer),
    Column("high", Integer),
    Column("side", Text),
    Column("claimed_by", Text),
    Column("mention", Text),
    Column("type", Text),
    Column("status", Text),
    Column("day", Date),
    Index(
        "ix_counts_told",
        "type",
        "event",
        "what",
        "side",
        "mention",
        "claimed_by",
        "low",
        "best",
        "high",
        "day",
        "status",
    ),
)

# Of incidents of fighting, what is told of the dead and wounded, added up: see `tolls.py`.
tolls = Table(
    "tolls",
    metadata,
    *_part_of_event(),
    Column("single", Boolean, nullable=False),
    Column("claimed_by", Text),
    Column("what", Text, nullable=False),
    Column("side", Text),
    Column("low", Integer, nullable=False),
    Column("best", Integer, nullable=False),
    Column("high", Integer, nullable=False),
    Column("status", Text, nullable=False),
    Column("day", Date),
    Column("place", Text),
    Column("dead", Boolean, nullable=False),
)

provisions = Table(
    "provisions",
    metadata,
    *_part_of_event(),
    Column("text", Text, nullable=False),
    Column("mention", Text),
)

# Which outlets tell an event ("" for reports without one), from which day on; `alone` where
# no other does, `earliest` where others do and none on an earlier day.
tellers = Table(
    "tellers",
    metadata,
    Column("event", Text, ForeignKey("events.id", ondelete="CASCADE"), primary_key=True),
    Column("outlet", Text, primary_key=True),
    Column("day", Date),
    Column("alone", Boolean, nullable=False),
    Column("earliest", Boolean, nullable=False),
    Index("ix_tellers_outlet", "outlet", "alone", "earliest", "event"),
)

links = Table(
    "links",
    metadata,
    Column("relation", Text, primary_key=True),
    Column("from", Text, ForeignKey("events.id", ondelete="CASCADE"), primary_key=True),
    Column("to", Text, ForeignKey("events.id", ondelete="CASCADE"), primary_key=True),
    Column("data", Text, nullable=False),
    Index(None, "to"),
)

fetched = Table(
    "fetched",
    metadata,
    Column("address", Text, primary_key=True),
    Column("url", Text, nullable=False),
    Column("etag", Text),
    Column("modified", Text),
)

# What the reports of an outlet repeat: `counts` as JSON, by the key of a line.
habits = Table(
    "habits",
    metadata,
    Column("outlet", Text, primary_key=True),
    Column("stories", Integer, nullable=False),
    Column("counts", Text, nullable=False),
)

# The log of what persons said.  Rows are added, never changed.
corrections = Table(
    "corrections",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("event", Text, nullable=False, index=True),
    Column("field", Text),
    Column("why", Text),
    Column("undoes", Integer, ForeignKey("corrections.number")),
    Column("data", Text, nullable=False),
)

# What the machine alone says of an event on which a person had a word; `shown` is false
# where the person deleted it.
suggestions = Table(
    "suggestions",
    metadata,
    Column("event", Text, primary_key=True),
    Column("shown", Boolean, nullable=False),
    Column("data", Text, nullable=False),
)

# The log of what changed in the record.  Rows are added, never changed.
changes = Table(
    "changes",
    metadata,
    Column("revision", Integer, primary_key=True, autoincrement=False),
    Column("at", Text, nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("successor", Text),
    Column("delta", Text),
    Index(None, "kind", "id"),
)

# Events that are no more; `successor` is the one that has most of what they had.
tombstones = Table(
    "tombstones",
    metadata,
    Column("id", Text, primary_key=True),
    Column("successor", Text, index=True),
)

# What merging must know of what stands.  A node is a mention, or all that are the same word
# for word; `pool` names those that are grouped together, `traits` is JSON of what is compared.
merge_nodes = Table(
    "merge_nodes",
    metadata,
    Column("id", Text, primary_key=True),
    Column("report", Text, nullable=False),
    Column("pool", Text, nullable=False, index=True),
    Column("level", Integer, nullable=False),
    Column("traits", Text, nullable=False),
)

# How far a node reaches in time, of those that exclude others: the last day on which its report
# may have been printed, and the first on which one of the same may have been (ordinals).
merge_reaches = Table(
    "merge_reaches",
    metadata,
    Column("node", Text, primary_key=True),
    Column("printed", Integer),
    Column("since", Integer),
    sqlite_with_rowid=False,
)

merge_members = Table(
    "merge_members",
    metadata,
    Column("mention", Text, primary_key=True),
    Column("node", Text, nullable=False, index=True),
    Column("report", Text, nullable=False, index=True),
    Column("order", Text, nullable=False),
)

# The keys by which nodes find each other; of those that very many have, how many.
merge_keys = Table(
    "merge_keys",
    metadata,
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("node", Text, primary_key=True),
    sqlite_with_rowid=False,
)

merge_crowds = Table(
    "merge_crowds",
    metadata,
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("holders", Integer, nullable=False),
)

# The pairs of nodes that may tell one event, each both ways.
merge_edges = Table(
    "merge_edges",
    metadata,
    Column("node", Text, primary_key=True),
    Column("other", Text, primary_key=True),
    Column("score", Float, nullable=False),
    sqlite_with_rowid=False,
)

# The ties in the words of a report from one mention to another.
merge_cues = Table(
    "merge_cues",
    metadata,
    Column("mention", Text, primary_key=True),
    Column("relation", Text, primary_key=True),
    Column("target", Text, primary_key=True),
    Column("report", Text, nullable=False, index=True),
)

# The telling words of a report.
stories = Table(
    "stories",
    metadata,
    Column("report", Text, primary_key=True),
    Column("data", Text, nullable=False),
)

# Which reports are copies of one another.  A node is all reports with the same words; it is
# found by its keys.  `copy_of` is the first report of the group, null for that one itself.
copies = Table(
    "copies",
    metadata,
    Column("report", Text, primary_key=True),
    Column("node", Text, nullable=False, index=True),
    Column("order", Text, nullable=False),
    Column("copy_of", Text, index=True),
)

copy_nodes = Table(
    "copy_nodes",
    metadata,
    Column("id", Text, primary_key=True),
    Column("group", Text, nullable=False, index=True),
    Column("sketch", Text, nullable=False),
)

copy_keys = Table(
    "copy_keys",
    metadata,
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("node", Text, primary_key=True),
    sqlite_with_rowid=False,
)

# The reports, and the events, that the next merge must look at.
stirred = Table(
    "stirred",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("id", Text, primary_key=True),
)

MERGING = (
    merge_nodes,
    merge_reaches,
    merge_members,
    merge_keys,
    merge_crowds,
    merge_edges,
    merge_cues,
    stories,
    copies,
    copy_nodes,
    copy_keys,
)

# The tables of an event's parts, each with (event, position) as its key.
PARTS = (event_mentions, participants, places, counts, tolls, provisions)
