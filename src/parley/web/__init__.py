"""The web app: the record in a browser, to be looked at, checked and corrected.

In: a record (`Settings.record`) and the requests of browsers and programs.  Out: pages
that work without scripts, and the same as JSON.  The texts shown are hostile by
assumption: every value is escaped, and the browser is told to run nothing but our own
scripts.

    settings.py     which record, to whom, and what may be done
    serving.py      `serve`: listening, until it is stopped
    app.py          `create_app`: the app put together (imported from there: FastAPI loads slowly)
    guard.py        what every request must pass, and what every answer tells the browser
    failures.py     what goes wrong, in one shape
    answers.py      how that is shown: as JSON or as a page
    static.py       stylesheet, scripts, drawings
    templating.py   templates, and how names, dates and numbers are shown in them
    asking.py       the filters in an address, read and written
    describing.py   the description of the JSON API (OpenAPI)
    marking.py      spans of a text, overlapping ones too, cut into pieces to be marked
    explaining.py   why mentions are one event
    queue.py        the events that nobody has judged yet
    wording.py      an event's fields in the short words in which they can be corrected
    telling.py      the words that prove each field of an event
    remembering.py  answers that stay the same as long as the record does
    jobs.py         reports being added, by a process of its own
    ingesting.py    that process
    pages/          what is shown, a module for each kind of page
"""

from parley.web.serving import serve
from parley.web.settings import Settings, is_local, make_token

__all__ = ["Settings", "is_local", "make_token", "serve"]
