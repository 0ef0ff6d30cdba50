"""Every error that Parley raises on purpose.

    ParleyError
    ├── InputError       a path, file or row cannot be read as a report
    ├── RecordError      a record cannot be opened, read or written
    │   ├── NotARecord       the file is something else
    │   └── RecordTooNew     a newer Parley wrote it
    ├── EngineError      a cluster cannot be reached, or what it needs is not here
    ├── MissingExtra     a library that is no part of the core is not installed
    ├── WrongFilter      a filter that makes no sense, or days the wrong way round
    ├── NotFound         no event, report or link answers to that name
    ├── Refused          a correction cannot be made as it is asked for
    │   └── Conflict         another person has said something else
    └── DataError        a lexicon, a gazetteer or another data file is malformed

A message says what happened, to what, and the way out, in one line.
"""

from __future__ import annotations


class ParleyError(Exception):
    """The root: catching it catches all that Parley raises on purpose."""


class InputError(ParleyError):
    """A path, file or row cannot be read as a report.

    `source` is the path or URL as it was given, with `#row` for a row of a table.
    """

    def __init__(self, source: str, problem: str, *, way_out: str) -> None:
        # What a server or a file says of itself stands in these; a message is one line of text.
        message = f"{source}: {problem}; {way_out}"
        super().__init__("".join(c if c.isprintable() else "�" for c in message))
        self.source = source
        self.problem = problem
        self.way_out = way_out


class RecordError(ParleyError):
    """A record cannot be opened, read or written."""


class NotARecord(RecordError):
    """The file exists and is something other than a record."""


class RecordTooNew(RecordError):
    """The record was written by a newer version of Parley."""


class NotFound(ParleyError):
    """No event, report or link answers to that name."""


class Refused(ParleyError):
    """A correction, or a question to the record, cannot be made as it is asked for."""


class Conflict(Refused):
    """Another person has said something else of it; with force the later word is taken."""


class EngineError(ParleyError):
    """A cluster cannot be reached or used: no Java, no answer, a folder that is taken."""


class MissingExtra(ParleyError):
    """A library that comes with an extra of Parley is not installed."""


class WrongFilter(ParleyError):
    """A filter makes no sense: a name that is none, days the wrong way round."""


class DataError(ParleyError):
    """A data file that Parley ships, or that a project adds, is malformed."""
