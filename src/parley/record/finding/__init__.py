"""Finding: what views ask of a record, by one language of filters, a page at a time.

In: a `Record`, `Filters` and a `Paging`.  Out: a `Page` of events, or tallies of all
that pass.  Nothing is loaded but what is on the page.

    filters.py      `Filters`, `Paging` and `Page`
    naming.py       the parties and countries that a typed name means
    conditions.py   from filters to SQL
    pages.py        events of a kind, a page of them, and what belongs to them
    streams.py      all events that pass, their reports and the links between them
    tallies.py      parties, persons, tracks of talks, tolls and outlets, counted
"""

from parley.record.finding.filters import Filters, Near, Page, Paging
from parley.record.finding.pages import (
    Kind,
    Order,
    events_by_id,
    find_events,
    last_day,
    links_of,
    report_lines_by_id,
    short_length,
)
from parley.record.finding.streams import stream_events, stream_links, stream_report_lines
from parley.record.finding.tallies import (
    Claim,
    Outlet,
    Presence,
    Toll,
    Track,
    count_met,
    count_outlets,
    count_parties,
    count_people,
    count_statuses,
    find_tolls,
    find_tracks,
)

__all__ = [
    "Claim",
    "Filters",
    "Kind",
    "Near",
    "Order",
    "Outlet",
    "Page",
    "Paging",
    "Presence",
    "Toll",
    "Track",
    "count_met",
    "count_outlets",
    "count_parties",
    "count_people",
    "count_statuses",
    "events_by_id",
    "find_events",
    "find_tolls",
    "find_tracks",
    "last_day",
    "links_of",
    "report_lines_by_id",
    "short_length",
    "stream_events",
    "stream_links",
    "stream_report_lines",
]
