"""The record: where reports, mentions, events and links are kept.

In: `Report`s with their `Mention`s, some a transaction; then the `Event`s and `Link`s
that merging made of all of them, one transaction.  Out: the same, by id or by filter.
Nothing is ever half-written: a run that is killed leaves whole reports and the mark
that they are to be merged yet (`Record.unmerged`).  What persons correct is kept apart
from what the machine says, and laid over it in the events that come out.

    store.py       `Record`: what can be asked of a record and written to it
    making.py      the tables of a new one, as the migrations make them
    opening.py     what a file must be to be opened as a record, and how one is made
    failures.py    what the database complains of, in words, with the way out
    schema.py      the tables as they are now
    migrations/    how they came to be so (Alembic), run when a record is opened
    rows.py        from an event to its rows
    queries.py     from filters to SQL
    searching.py   full-text search, in SQLite and in PostgreSQL
    arriving.py    reports that come in, some at a time
    changes.py     from the events that there are to those that there are to be
    stirring.py    what the next merge must look at
    joining.py     what a merge of some reports makes of the tables
    bulk.py        rows asked for, added and deleted by thousands
    meta.py        what a record says of itself
    memory.py      what merging must know of what stands
    logs.py        the part of `Record` that has the logs of corrections and of changes
    log.py         the log of what changed: the feed, revisions, tombstones
    standing.py    the log of corrections: what of it stands, and where it holds on now
    overlay.py     the machine's events with what persons said of them
    leaving.py     an event without tellings that a person took out
    correcting.py  one correction written, with all that it touches
    checking.py    what of a record does not hold
    snapshots.py   a record as it is at one moment
    copying.py     a copy of a record, while others use it
    remembered.py  what the readers keep from run to run
    thin.py        which events a list may fold away
    tolls.py       the dead and wounded of an incident, added up
    tellers.py     which outlets tell an event, alone or first
    finding/       what views ask: filters, pages and tallies
    texts.py       reports, a page at a time, and the mentions that one tells
    drawing.py     what drawings need: counts by lane and period, place, side and pair
    periods.py     years, months, weeks and days, and which of them suit a window
    names.py       how names and words are compared in filters
"""

from parley.record.arriving import Arrival
from parley.record.joining import Stale, Standing
from parley.record.log import Change, Delta, Step, now
from parley.record.names import folded
from parley.record.searching import Hit, SearchKind
from parley.record.store import Record

__all__ = [
    "Arrival",
    "Change",
    "Delta",
    "Hit",
    "Record",
    "SearchKind",
    "Stale",
    "Standing",
    "Step",
    "folded",
    "now",
]
