"""The forms of input, in the order in which a source is offered to them.

The first whose `matches` says yes reads it.  To add a form, write its module and put its
`FORM` into the tuple before `unread`, which names what is not read, and `plain`, which
takes all that is left.
"""

from __future__ import annotations

from collections.abc import Iterator

from parley.model import Report
from parley.reading import (
    feed,
    jsondocument,
    jsonlines,
    mail,
    packed,
    parquet,
    plain,
    table,
    unread,
    webarchive,
    webpage,
)
from parley.reading.form import Form, Reading
from parley.reading.source import Source
from parley.reading.unreadable import Damaged, Unreadable

FORMS: tuple[Form, ...] = (
    packed.GZIP,
    packed.TAR,
    packed.ZIP,
    parquet.FORM,
    jsondocument.FORM,
    jsonlines.FORM,
    table.FORM,
    webarchive.FORM,
    mail.MAILBOX,
    mail.FORM,
    feed.FORM,
    webpage.FORM,
    unread.FORM,
    plain.FORM,
)


def read_source(source: Source, reading: Reading) -> Iterator[Report]:
    """Yield the reports of one source; what cannot be read is handed to `reading.refuse`."""
    try:
        form = next(form for form in FORMS if form.matches(source))
        yield from form.read(source, reading)
    except Damaged as error:
        if source.carrier is not None:
            raise  # the packing around it is broken: that is what the user can mend
        reading.report(source.name, error)
    except Unreadable as error:
        reading.report(source.name, error)
    except OSError as error:
        reading.report(source.name, because(error))


def because(error: OSError) -> Unreadable:
    """Say in our words what the operating system says."""
    match error:
        case FileNotFoundError():
            return Unreadable("there is no such file or folder", way_out="check the spelling")
        case PermissionError():
            return Unreadable("may not be read", way_out="ask for the right to read it (chmod +r)")
        case _:
            reason = (error.strerror or str(error) or "unknown fault").lower()
            return Unreadable(f"cannot be read ({reason})", way_out="check the disk and try again")
