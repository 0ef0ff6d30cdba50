"""Merging: which mentions tell one happening, and what together they say of it.

In: the mentions of a whole record, with their reports.  Out: `Merged`, its events and the
links between them; every mention belongs to exactly one event.

How a pair is judged:

    traits.py         what is compared of a mention; names.py, spellings of persons
    blocking.py       which pairs are looked at
    comparing.py      which level of agreement each comparison of a pair reaches
    scoring.py        what the levels weigh, in bits; another scorer may take its place
    clustering.py     which mentions are one group; settling.py, wars and the truces that end them

How an event is made of its mentions:

    fields.py         type, status, when, where, provisions
    taking_part.py    participants and persons
    counting.py       the figures, one entry a claim
    disagreements.py  where the reports differ in what they tell
    naming.py         where they differ in words: names of places, framing
    estimating.py     one figure of several claims, as UCDP and ACLED choose it
    linking.py        how events stand to each other
    keeping.py        what later reports say of an agreement's provisions
    summary.py        the one line; topics.py, what a claim is over
    events.py         puts them together and names them
    regrouping.py     events of the mentions that a person put together or set apart
    merged.py         `merge`

Where each rule lives: `data/weights.toml` has each level's weight and its reason,
`data/types.toml` which types may tell one happening, `data/words.toml` offices and scale,
`data/framing.toml` the words that take a side, `data/summary.toml` and `data/topics.toml` the
summaries' words; rules.py reads and checks them.
"""

from parley.merging.keeping import told_of_provisions
from parley.merging.merged import Merged, merge
from parley.merging.regrouping import name_event, regroup
from parley.merging.scoring import Weight, explain
from parley.merging.summary import summarise

__all__ = [
    "Merged",
    "Weight",
    "explain",
    "merge",
    "name_event",
    "regroup",
    "summarise",
    "told_of_provisions",
]
