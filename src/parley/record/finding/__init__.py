"""Finding: what views ask of a record, by one language of filters, a page at a time.

In: a `Record`, `Filters` and a `Paging`.  Out: a `Page` of events, or tallies of all
that pass.  Nothing is loaded but what is on the page.

    filters.py      `Filters`, `Paging` and `Page`
    naming.py       the parties and countries that a typed name means
    conditions.py   from filters to SQL
    pages.py        events of a kind, a page of them, and what belongs to them
    streams.py      all events that pass, their reports and the links between them
    narrowing.py    filters asked once, for a view that asks several times
    tallies.py      parties, persons, tracks of talks and outlets, counted
    tolls.py        what is told of the dead and wounded, added up
"""

from parley.record.finding.filters import MOST_ROWS, Filters, Near, Page, Paging
from parley.record.finding.narrowing import narrow
from parley.record.finding.pages import (
    Kind,
    Order,
    events_by_id,
    find_alike,
    find_events,
    last_day,
    links_of,
    report_lines_by_id,
    short_length,
)
from parley.record.finding.streams import stream_events, stream_links, stream_report_lines
from parley.record.finding.tallies import (
    Outlet,
    Presence,
    Track,
    count_met,
    count_outlets,
    count_parties,
    count_people,
    count_statuses,
    find_tracks,
)
from parley.record.finding.tolls import DeadSum, Toll, TollSum, find_tolls, sum_dead, sum_tolls

__all__ = [
    "MOST_ROWS",
    "DeadSum",
    "Filters",
    "Kind",
    "Near",
    "Order",
    "Outlet",
    "Page",
    "Paging",
    "Presence",
    "Toll",
    "TollSum",
    "Track",
    "count_met",
    "count_outlets",
    "count_parties",
    "count_people",
    "count_statuses",
    "events_by_id",
    "find_alike",
    "find_events",
    "find_tolls",
    "find_tracks",
    "last_day",
    "links_of",
    "narrow",
    "report_lines_by_id",
    "short_length",
    "stream_events",
    "stream_links",
    "stream_report_lines",
    "sum_dead",
    "sum_tolls",
]
