"""When a report was written, and every time that it tells.

In: a `Parse`.  Out: `Dated`, the parse with its report's `published` filled in (a window
of days, with a confidence and the words that prove it, or None) and its time expressions
as `Time`s, windows of days in the order of the text.  What one report leaves open, many
may settle: `pin` dates those that tell the same as others.

    data/words.toml      the words of time; read and checked by words.py
    data/habits.toml     how news puts times, as ratios; read and checked by habits.py
    data/landmarks.tsv   dated happenings of the world; data/gatherings.tsv, what comes every
                         year; data/resolutions.toml, numbers of the Security Council; all
                         read, checked and found in a text by landmarks.py
    lexing.py            a paragraph as words, numbers and signs
    grammar.py           dates, years, seasons, clock times, spans: what the words mean
    phrases.py           what is told from the day of writing or from an event
    meanings.py          what an expression means before the day of writing is known
    direction.py         whether a clause is behind or ahead, from the parse
    plans.py             when something was to be, and to when it was put off
    expressions.py       the expressions of a parse, ambiguous words settled by the parse
    windows.py           the arithmetic of the calendar
    resolution.py        meanings to windows, given the day of writing
    feasts.py            feasts that move with the moon
    clues.py             what a text says about the day of its writing
    pages.py             what the page about it says
    years.py             the days of a range of years, and those of a date
    publication.py       candidate days weighed by those clues
    surroundings.py      the weights of landmarks, gatherings and of what goes on
    says.py              the evidence, in words
    dated.py             one report: its date and its times
    happenings.py        what reports tell with a day, and how likely two tell one thing
    makings.py           agreements that were made, told or recalled with their day
    telling.py           how far two reports tell the same
    pinning.py           undated reports pinned by what others tell
"""

from parley.dating.dated import Dated, date_report, find_moments, find_times, infer_published
from parley.dating.happenings import Moment
from parley.dating.pinning import SURE, Undated, is_open, pin
from parley.dating.plans import putting_off
from parley.dating.publication import Bound
from parley.dating.telling import Counted, Near, Nearest, Telling, telling

__all__ = [
    "SURE",
    "Bound",
    "Counted",
    "Dated",
    "Moment",
    "Near",
    "Nearest",
    "Telling",
    "Undated",
    "date_report",
    "find_moments",
    "find_times",
    "infer_published",
    "is_open",
    "pin",
    "putting_off",
    "telling",
]
