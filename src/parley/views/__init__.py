"""Questions asked of a record, answered in plain structs that any face can show.

In: a `Record`.  Out: structs; nothing is printed here, and nothing is written to the
record.

    timeline.py   events in the order in which they happened
    detail.py     one event with everything that is said of it, and by whom
    history.py    the story of an event: tellings, fields that moved, what persons said
    reports.py    reports, when each was written, and why we think so
    why.py        the evidence by which mentions are one event
    phrases.py    dates and numbers in words, no finer than they are known
"""

from parley.views.detail import EventDetail, EventLink, Telling, show_event
from parley.views.history import HistoryRow, list_history, phrase_correction, phrase_field
from parley.views.phrases import phrase_count, phrase_published, phrase_when
from parley.views.reports import ReportRow, list_reports
from parley.views.timeline import TimelineDate, TimelineRow, list_timeline
from parley.views.why import Told, Why, explain_event

__all__ = [
    "EventDetail",
    "EventLink",
    "HistoryRow",
    "ReportRow",
    "Telling",
    "TimelineDate",
    "TimelineRow",
    "Told",
    "Why",
    "explain_event",
    "list_history",
    "list_reports",
    "list_timeline",
    "phrase_correction",
    "phrase_count",
    "phrase_field",
    "phrase_published",
    "phrase_when",
    "show_event",
]
