"""What is shown: a module for each kind of page, with the same as JSON beside it.

In: a request, its filters read by `asking`.  Out: a page that works without scripts, or
under `/api` the values that it shows.

    showing.py     what every page's handler needs: the record, rendering, who is here
    overview.py    what happened lately, what is ahead, what is disputed
    lists.py       timeline, calendar, fighting, disagreements
    threads.py     talks by track, agreements point by point, claims beside denials
    events.py      one event with all that is said of it
    reports.py     the reports, and one of them with what was coded from it
    who.py         parties, persons, outlets
    drawing.py     the data of the drawings: timeline, map, fighting, meetings
    searching.py   search over events and reports
    reviewing.py   suggestions, one by one, and the corrections made of them
    adding.py      reports added: pasted, as files, from an address
    index.py       the index of the API, the log of corrections
    exporting.py   files for other programs
    entering.py    the password, and the name under which one reviews
"""

from __future__ import annotations

from fastapi import FastAPI

from parley.web.pages import (
    adding,
    drawing,
    entering,
    events,
    exporting,
    index,
    lists,
    overview,
    reports,
    reviewing,
    searching,
    threads,
    who,
)

_MODULES = (
    overview,
    lists,
    threads,
    events,
    exporting,
    reports,
    who,
    drawing,
    searching,
    reviewing,
    adding,
    entering,
    index,
)


def register_pages(app: FastAPI) -> None:
    """Add the routes of every page, and those of the API, to the app."""
    for module in _MODULES:
        module.register(app)
