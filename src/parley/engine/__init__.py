"""How the steps are run: reports in, a record of events kept.

In: a `Record` and paths.  Out: the record, with every readable report under the paths
in it, coded and merged; and `Ingested`, the tally of what was done.  Or what an analyst
says of an event of it, and `Done`.

    ingestion.py   the run: read, code and keep each report, then merge
    steps.py       the steps that a run takes, and Parley's own, loaded when first needed
    crew.py        processes that code reports side by side
    forks.py       copies of a process that share its work
    tasks.py       what a coder is asked of a report, and what it answers
    coder.py       Parley's own coder
    settling.py    how reports are dated whose own words leave it open
    shelf.py       the reports that may date those whose own words leave it open
    reprints.py    texts that were coded before
    terms.py       what the office holders named say of a report's date
    keeping.py     what is asked of the record for every report, and kept: many at a time
    extent.py      how far a run has come
    fetches.py     what a run remembers of its fetches
    learning.py    weights learnt from what persons said of a record
    weighing.py    which weights a record is merged by
    garbage.py     what stays is not searched for garbage, what is free is given back
    limit.py       how long one report may take
    interrupts.py  Ctrl-C waits while something is written
    times.py       the time expressions of a text, without a record
    correcting.py  what an analyst says of the record: edit, merge, split, undo ...
    regrouping.py  which events that makes anew
    spark/         a package of its own: the same steps on a cluster
    values.py      the values of an event's fields, as an analyst writes them

Each name is loaded when it is first asked for.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from parley.engine.correcting import (
        FIELDS,
        Done,
        add_event,
        confirm_event,
        delete_event,
        edit_event,
        find_words,
        merge_events,
        note_event,
        split_event,
        undo_correction,
    )
    from parley.engine.ingestion import Ingested, Progress, ingest
    from parley.engine.learning import MovedLevel, Taught, learn_weights
    from parley.engine.steps import Coded, Steps, built_in
    from parley.engine.times import TimesFound, find_times
    from parley.engine.values import read_value

__all__ = [
    "FIELDS",
    "Coded",
    "Done",
    "Ingested",
    "MovedLevel",
    "Progress",
    "Steps",
    "Taught",
    "TimesFound",
    "add_event",
    "built_in",
    "confirm_event",
    "delete_event",
    "edit_event",
    "find_times",
    "find_words",
    "ingest",
    "learn_weights",
    "merge_events",
    "note_event",
    "read_value",
    "split_event",
    "undo_correction",
]

# Loaded when first asked for: a process that codes for another one needs no record.
_WHERE = {
    **dict.fromkeys(("Ingested", "Progress", "ingest"), "ingestion"),
    **dict.fromkeys(("MovedLevel", "Taught", "learn_weights"), "learning"),
    **dict.fromkeys(("Coded", "Steps", "built_in"), "steps"),
    **dict.fromkeys(("TimesFound", "find_times"), "times"),
    "read_value": "values",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever the name stands for
    if name in __all__:
        return getattr(import_module(f"parley.engine.{_WHERE.get(name, 'correcting')}"), name)
    raise AttributeError(f"module 'parley.engine' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
