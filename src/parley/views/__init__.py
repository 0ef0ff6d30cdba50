"""Questions asked of a record, answered in plain structs that any face can show.

In: a `Record`, `Filters` and a `Paging` (`parley.record.finding`).  Out: structs, a
`Page` of them where there may be many; nothing is printed here, and nothing is written
to the record.

    timeline.py       events in the order in which they happened
    talks.py          talks by who mediated them, and what came of them
    calendar.py       what is ahead, and what was announced and never heard of again
    agreements.py     what was agreed, and what is told of keeping or breach
    fighting.py       incidents, and the dead and wounded by side and claimant
    claims.py         who accuses whom, who denies it, who confirms it
    disagreements.py  what each source says of what they tell differently
    people.py         parties and persons: who met whom, who held which office
    sources.py        what each outlet tells, alone or first, and in which words
    brief.py          a week or a month on a page, every sentence with its references
    prose.py          the sentences of a brief, made of coded fields
    pages.py          a brief as Markdown and as HTML
    detail.py         one event with everything that is said of it, and by whom
    history.py        the story of an event: tellings, fields that moved, what persons said
    why.py            the evidence by which mentions are one event
    reports.py        reports, when each was written, and why we think so
    matching.py       which events of two lists are one happening
    agreement.py      two analysts who coded apart: how far they agree
    scoring.py        a record measured against events that a person coded
    datasets.py       a record beside ACLED's or UCDP's data
    given.py          tables that a user gives
    quotes.py         the reports' own words behind what a view says
    frames.py         rows as a data frame
    phrases.py        dates and numbers in words, no finer than they are known
"""

from parley.views.agreement import Agreement, Difference, FieldAgreement, compare_records
from parley.views.agreements import AgreementRow, Following, ProvisionRow, show_agreements
from parley.views.brief import Brief, show_brief
from parley.views.calendar import Calendar, CalendarRow, show_calendar
from parley.views.claims import Answer, ClaimRow, Voice, show_claims
from parley.views.datasets import Lineup, Lone, Matched, line_up
from parley.views.detail import EventDetail, EventLink, Telling, show_event
from parley.views.disagreements import Cell, Matrix, SourceLine, show_disagreements
from parley.views.fighting import (
    ClaimedToll,
    Fighting,
    Incident,
    PeriodRow,
    TollRow,
    show_fighting,
    show_incidents,
)
from parley.views.frames import frame
from parley.views.history import HistoryRow, list_history, phrase_correction, phrase_field
from parley.views.pages import as_html, as_markdown
from parley.views.people import (
    Office,
    PersonRow,
    Profile,
    show_parties,
    show_party,
    show_person,
    show_persons,
)
from parley.views.phrases import (
    phrase_chosen,
    phrase_count,
    phrase_day,
    phrase_published,
    phrase_when,
)
from parley.views.quotes import Quote
from parley.views.reports import ReportRow, list_reports
from parley.views.scoring import Part, Score, read_gold, score_record
from parley.views.sources import SourceRow, Wording, show_sources, show_told
from parley.views.talks import Outcome, Round, TalksTrack, show_talks
from parley.views.timeline import (
    TimelineDate,
    TimelineRow,
    by_date,
    list_timeline,
    show_timeline,
)
from parley.views.why import Told, Why, explain_event

__all__ = [
    "Agreement",
    "AgreementRow",
    "Answer",
    "Brief",
    "Calendar",
    "CalendarRow",
    "Cell",
    "ClaimRow",
    "ClaimedToll",
    "Difference",
    "EventDetail",
    "EventLink",
    "FieldAgreement",
    "Fighting",
    "Following",
    "HistoryRow",
    "Incident",
    "Lineup",
    "Lone",
    "Matched",
    "Matrix",
    "Office",
    "Outcome",
    "Part",
    "PeriodRow",
    "PersonRow",
    "Profile",
    "ProvisionRow",
    "Quote",
    "ReportRow",
    "Round",
    "Score",
    "SourceLine",
    "SourceRow",
    "TalksTrack",
    "Telling",
    "TimelineDate",
    "TimelineRow",
    "Told",
    "TollRow",
    "Voice",
    "Why",
    "Wording",
    "as_html",
    "as_markdown",
    "by_date",
    "compare_records",
    "explain_event",
    "frame",
    "line_up",
    "list_history",
    "list_reports",
    "list_timeline",
    "phrase_chosen",
    "phrase_correction",
    "phrase_count",
    "phrase_day",
    "phrase_field",
    "phrase_published",
    "phrase_when",
    "read_gold",
    "score_record",
    "show_agreements",
    "show_brief",
    "show_calendar",
    "show_claims",
    "show_disagreements",
    "show_event",
    "show_fighting",
    "show_incidents",
    "show_parties",
    "show_party",
    "show_person",
    "show_persons",
    "show_sources",
    "show_talks",
    "show_timeline",
    "show_told",
]
