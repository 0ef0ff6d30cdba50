"""Who did what to whom, says who, and did it happen.

In: a `Dated` report and its `Grounding`.  Out: `Mention`s, each with the characters that
say it.  `RuleCoder` is the built-in coder; anything with its `code` can stand in its place.

    data/frames/*.toml   which words tell of which kind of event; data/README.md for editors
    patterns.py          the notation of the frames; lexicon.py, words.py read the data
    syntax.py            subjects, objects, prepositions, whatever the voice
    triggers.py          the words that name a happening; governors.py the verbs over them
    arguments.py         which words fill a trigger's slots
    participants.py      who they are; nested.py whom a phrase names within; unnamed.py those
                         whom no list names
    places.py            where; unlisted.py places that no gazetteer has
    clauses.py           what the clauses on an event noun say of it
    timing.py            when; beginnings.py from when a truce holds; delays.py the day given up
                         and the new one; windows.py the days that times make
    contexts.py          what about; topics.py, of the points of an agreement
    numbers.py           how many a few words say; counts.py, numbers of people
    casualties.py        whose, and who says so; tolls.py which grew, and which are corrected
    outgrown.py          figures that a later toll of the report has taken the place of
    fates.py             what became of people where no word of violence says it
    factuality.py        did it happen: tense, modality, negation, conditions; nearing.py what is
                         only neared
    attribution.py       who is quoted for it
    nesting.py           what an act of speech swallows; plans and threats
    standing.py          what time and speaker leave of a status
    aftermath.py         arrests, funerals, late deaths: what follows and names an incident
    strays.py            what only sounds like a happening: history, mishaps
    figures.py           ... or is a figure of speech
    judging.py           what stands, of what the rules and the learnt components say
    series.py            one word for several, each with its place and its day
    spans.py             which characters tell it
    finding.py           what tells of a happening, in the paragraphs of some reports
    substance.py         whether enough is told of it
    drafts.py            all of this, for one paragraph
    brokers.py           who mediates elsewhere in the report is none of those who meet
    doers.py             who did what a part of a sentence tells by its sufferers alone
    identities.py        who the attackers are said to have been
    aims.py              whom a protest is against
    grounds.py           the names that can but be places, by the noun before them
    homes.py             of which country those are who have no name
    chronology.py        the time of a story; storyday.py which day it lends
    entries.py           the lines of a log, each of the day that it opens with
    cues.py              the ties between happenings that the parse tells: denials, breaches
    ties.py              those that phrases tell; tying.py finds the phrases, answering.py who
                         struck back, endings.py what ended a war, parts.py what a battle is a
                         part of, observance.py what keeps or breaks an agreement,
                         reactions.py who answers a deed with words
    compliance.py        clauses that tell only that something was kept or broken
    known.py             agreements that are named as made before: "under the deal"
    lengths.py           meetings of several days of which one day is told
    venues.py            the place of a story, for the sentences that name none; scenes.py the
                         places of a report, whereabouts.py which of them is likely another's
    points.py            several things agreed, cut where each begins
    undertakings.py      what a verb of agreeing holds; prefaces.py "under the deal", "it said"
    terms.py             the sentences that tell an agreement's terms; moods.py which clauses may
    itemised.py          lists of them within a sentence: "It has three points: A; B; C"
    provisions.py        what was agreed; agreed.py whose that is, and what it calls for
    attendance.py        who attends a meeting, by a clause that does not name it
    discourse.py         the report as a whole
    coder.py             the coder
"""

from parley.coding.coder import Coder, RuleCoder
from parley.coding.lexicon import Frame, Lexicon, load_lexicon

__all__ = ["Coder", "Frame", "Lexicon", "RuleCoder", "load_lexicon"]
