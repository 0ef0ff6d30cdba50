"""What a coder is asked of a report, and what it answers.

In: a coder and a `Task`.  Out: an `Answer`, whatever becomes of it.  Who asks does not know
whether this process answers (`ask_here`) or others (`crew.py`).
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Literal, Protocol, cast

from msgspec import Struct

from parley.engine.limit import at_most, seconds_for
from parley.errors import DataError, RecordError
from parley.model import Published, Report

if TYPE_CHECKING:
    from parley.engine.coder import BuiltIn
    from parley.engine.steps import Code, Coded

_log = logging.getLogger("parley.engine")


class Task(Struct, frozen=True):
    """What a coder is asked of a report.

    To code it; or what Parley's own does besides: to find its clues, where its day is open, or
    the happenings that it tells with a day, or to code it again as `published` then.
    """

    report: Report
    what: Literal["code", "find_clues", "find_moments", "recode"] = "code"
    published: Published | None = None


class Answer(Struct, frozen=True):
    """What became of a task: the report is coded, or what else was asked is told, or why not.

    `broken` is set where Parley itself cannot go on (its data are damaged).  `full` says
    that the process which answers has come to hold more than its share of memory.
    """

    coded: Coded | None = None
    told: Any = None
    failed: str | None = None
    broken: str | None = None
    full: bool = False


class Ask(Protocol):
    """Asks a coder, wherever it works; yields the answers in order."""

    def __call__(self, tasks: Iterable[Task], /) -> Iterator[Answer]:
        """Ask."""


def answer(code: Code, task: Task) -> Answer:
    """Do what is asked of a report; what one among thousands does wrong is an answer, too."""
    report = task.report
    try:
        with at_most(seconds_for(report.text)):
            if task.what == "code":
                return Answer(coded=code(report))
            own = cast("BuiltIn", code)
            if task.what == "recode":
                return Answer(coded=own.recode(report, task.published))
            return Answer(told=getattr(own, task.what)(report))
    except (RecordError, DataError):
        raise
    except Exception as error:
        _log.debug("%s could not be coded", report.source, exc_info=True)
        return Answer(failed=f"{type(error).__name__}: {error}")


def ask_here(code: Code, tasks: Iterable[Task]) -> Iterator[Answer]:
    """Ask a coder of this process."""
    for task in tasks:
        yield answer(code, task)
