"""From bytes to reports.

In: paths of files and folders, "-" for standard input, or `http` and `https` URLs.
Out: a `Report` for each text, one at a time: decoded, never cleaned, with its title, its
language and the parts of the page that are not the report (`boilerplate`).  What cannot
be read is handed to `refuse` as one `InputError`; everything else is still read.

    folders.py      which files a path stands for, in which order
    fetching/       a package of its own: from a URL to the bytes that stand there
    source.py       a named stream, its limits, and the watch over files that change
    form.py         what a form of input is
    registry.py     the forms, in the order in which they are tried
    plain.py        plain text and Markdown
    jsonlines.py    JSON Lines, a report a line
    jsondocument.py JSON over several lines: objects and arrays of them
    table.py        CSV, a report a row
    parquet.py      Parquet, a report a row
    tablelines.py   the lines of both, none held that is too long
    rows.py         the fields of a row
    packed.py       gzip, tar and zip
    unread.py       what is recognised and not read (`data/signatures.toml`)
    encoding.py     bytes to text
    contenttype.py  what a server says that bytes are
    markup.py       HTML to a tree, and a tree to text
    webpage.py      HTML, a page is a report
    feed.py         RSS and Atom, an entry is a report
    mail.py         e-mail and mailboxes, a message is a report
    webarchive.py   WARC, a page that was fetched is a report
    httpmessage.py  the responses in it
    outlets.py      what the reports of one outlet repeat
    authors.py      who signed it
    headline.py     which line is the headline
    language.py     which language a text is in
    boilerplate.py  what is not the report, from all that follows:
    lines.py        the lines of a page and what their shape tells
    masthead.py     names of sites, and strips of short things between bars
    cues.py         the phrases of clutter (`data/boilerplate.toml`)
    furniture.py    page dates, bylines, photo captions
    lexicon.py      how data files are loaded
    unreadable.py   what the forms raise
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from parley.errors import InputError
from parley.model import Report
from parley.reading.boilerplate import find_boilerplate
from parley.reading.encoding import decode
from parley.reading.fetching import Fetching, FetchMemory, Remembered
from parley.reading.fetching.pages import Pages
from parley.reading.folders import list_path, read_path
from parley.reading.form import Reading
from parley.reading.outlets import HabitMemory, Habits, mark_habits, mark_outlet
from parley.reading.registry import read_source
from parley.reading.unreadable import Unreadable

__all__ = [
    "FetchMemory",
    "Fetching",
    "HabitMemory",
    "Habits",
    "Remembered",
    "Unreadable",
    "decode",
    "find_boilerplate",
    "list_files",
    "mark_outlet",
    "read",
    "read_unmarked",
]


def read(
    paths: Iterable[str],
    *,
    refuse: Callable[[InputError], None],
    fetching: Fetching | None = None,
    habits: HabitMemory | None = None,
) -> Iterator[Report]:
    """Yield the reports under `paths` as they are read, in the order given.

    A folder is read with all folders in it, by name, hidden files left out.  A file is
    taken by what it holds, not by its name alone.  Every path, file and row that cannot
    be read is handed to `refuse`, naming it and the way out; nothing is raised.  What is
    asked of the web follows the rules of `fetching`.  Some reports are read ahead, so that
    what an outlet repeats is known for the first of them as well; `habits` keeps it for
    the next run.
    """
    reading = Reading(refuse, read_source)
    pages = Pages(fetching or Fetching())
    reports = (report for path in paths for report in read_path(path, reading, pages))
    yield from mark_habits(reports, memory=habits)


def list_files(paths: Iterable[str], *, refuse: Callable[[InputError], None]) -> Iterator[str]:
    """Yield the files under `paths` (files and folders), in the order in which `read` reads them.

    A path or folder that is not there, or cannot be read, is handed to `refuse`.
    """
    reading = Reading(refuse, read_source)
    return (file for path in paths for file in list_path(path, reading))


def read_unmarked(path: str, *, refuse: Callable[[InputError], None]) -> Iterator[Report]:
    """Yield the reports in one file as `read` does, before what outlets repeat is marked.

    For who reads many files apart from one another; `mark_outlet` marks them then.
    """
    yield from read_path(path, Reading(refuse, read_source), Pages(Fetching()))
