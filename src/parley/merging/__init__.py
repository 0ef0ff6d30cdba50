"""Merging: which mentions tell one happening, and what together they say of it.

In: mentions, with their reports.  Out: events and the links between them; every mention
belongs to exactly one event.  `merge` takes all mentions of a record at once, `join` the
reports that are new to a memory of those that are there: what comes out is the same.

How a pair is judged:

    traits.py         what is compared of a mention: by its words, wordings.py
    frequencies.py    who is who in its report, and how rare; names.py, spellings of persons
    spots.py          one place, and the towns that a report tells most of
    describing.py     the traits of all mentions of some reports
    accords.py        whether one names an agreement by its town
    sums.py           whether one tells of several happenings at once
    focus.py          which of them tell the incident that their report is about
    items.py          the parts of a bulletin, each as a report of its own
    incidents.py      those as one, with what any of them tells of its day and place
    chaining.py       which mentions of a report tell one happening; deeds.py, how it names it
    stories.py        what a whole report tells; proper.py, its names
    passages.py       by which words copies know a mention again
    days.py           the days that it tells; hours.py, the times of day
    kinds.py          of which kinds of incidents and places it tells
    likeness.py       whether two whole reports tell one story, in bits
    wholes.py         what that says of two of their mentions
    commonness.py     how rare a word is in English
    blocking.py       which pairs are looked at
    comparing.py      which level of agreement each comparison of a pair reaches
    placing.py        the same for places; timing.py, for times
    undated.py        where one does not say when
    levels.py         the names of the levels; weights.py, what each weighs, from a file
    scoring.py        the levels of a pair, added up in bits

How weights are learnt of a record:

    pairing.py        pairs of its mentions, with what persons said of them
    learning.py       the weights that tell these best

How mentions are grouped, as new ones come:

    memory.py         what a merge asks of the record that it adds to
    holders.py        who has which key
    graph.py          which nodes (mentions, or copies of one) may tell the same
    pools.py          the parts of the graph that are grouped as a whole
    clustering.py     which nodes of a pool are one group
    linkage.py        how likely two groups are one
    sketches.py       how a report is known again in its copies; copies.py, groups of copies
    settling.py       wars and the truces that end them
    spreading.py      work that others may take a part of
    explanation.py    why mentions are one event, or two events are not
    joining.py        all that, for what new reports touch; relinking.py, its links

How an event is made of its mentions:

    fields.py         type, when, where; provisions.py what was agreed
    postponing.py     the day that was given up for a later one
    statuses.py       status, and the steps to it as the press told them
    taking_part.py    participants and persons
    counting.py       the figures, one entry a claim; counted.py, whom they count
    rising.py         which of them a later one has taken the place of
    disagreements.py  where the reports differ in what they tell
    naming.py         where they differ in words: names of places, framing
    estimating.py     one figure of several claims, as UCDP and ACLED choose it
    linking.py        how events stand to each other; observing.py, which keep what was agreed
    bearing.py        what the words of a deed and those of a point have in common
    keeping.py        what later reports say of an agreement's provisions
    summary.py        the one line; topics.py, what a claim is over
    quoting.py        a report's words in that line, and names as it shows them
    events.py         puts them together and names them
    regrouping.py     events of the mentions that a person put together or set apart
    merged.py         `merge` and `join`

On a cluster:

    scattered.py      the same steps, each over what one task of many has at hand

Where each rule lives: `data/weights.toml` has each level's weight and its reason,
`data/among.toml` what it weighs within a report of several happenings, `data/likeness.toml` the
weights of what two whole reports share, `data/proper.toml`, `data/kinds.toml` and
`data/scenes.toml` the words by which names, kinds of incidents and kinds of places are known,
`data/types.toml` which types may tell one happening, `data/words.toml` offices and scale,
`data/points.toml` which deeds keep which points,
`data/framing.toml` the words that take a side, `data/summary.toml` and `data/topics.toml` the
summaries' words; rules.py reads and checks them.  A record can have weights of its own.
"""

from parley.merging.copies import Copies, count_sources
from parley.merging.explanation import Decided, Judge, Parting, Reason, explain
from parley.merging.keeping import told_of_provisions
from parley.merging.linkage import Speaking
from parley.merging.linking import WAR_DAYS
from parley.merging.memory import CopyNode, Cue, Member, Memory, Pool, Printed
from parley.merging.merged import Joined, Kept, Merged, join, merge
from parley.merging.observing import BREAKS, KEEPS, WITHIN
from parley.merging.regrouping import name_event, regroup
from parley.merging.rules import fingerprint, rules_by
from parley.merging.scoring import Weight
from parley.merging.sketches import Sketch
from parley.merging.spreading import Spread, unspread
from parley.merging.stories import Story, story_of
from parley.merging.summary import summarise
from parley.merging.timing import Reach, reach_of
from parley.merging.traits import Traits
from parley.merging.weights import (
    Held,
    Learnt,
    Weights,
    pack_weights,
    read_weights,
    shipped_weights,
    unpack_weights,
    write_weights,
)

__all__ = [
    "BREAKS",
    "KEEPS",
    "WAR_DAYS",
    "WITHIN",
    "Copies",
    "CopyNode",
    "Cue",
    "Decided",
    "Held",
    "Joined",
    "Judge",
    "Kept",
    "Learnt",
    "Member",
    "Memory",
    "Merged",
    "Parting",
    "Pool",
    "Printed",
    "Reach",
    "Reason",
    "Sketch",
    "Speaking",
    "Spread",
    "Story",
    "Traits",
    "Weight",
    "Weights",
    "count_sources",
    "explain",
    "fingerprint",
    "join",
    "merge",
    "name_event",
    "pack_weights",
    "reach_of",
    "read_weights",
    "regroup",
    "rules_by",
    "shipped_weights",
    "story_of",
    "summarise",
    "told_of_provisions",
    "unpack_weights",
    "unspread",
    "write_weights",
]
