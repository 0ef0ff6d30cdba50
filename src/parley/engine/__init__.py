"""How the steps are run: reports in, a record of events kept.

In: a `Record` and paths.  Out: the record, with every readable report under the paths
in it, coded and merged; and `Ingested`, the tally of what was done.

    ingestion.py   the run: read, code and keep each report, then merge
    steps.py       the steps that a run takes, and Parley's own, loaded when first needed
    settling.py    Parley's own coder, and how it dates what one report leaves open
    terms.py       what the office holders named say of a report's date
    extent.py      how far a run has come
    fetches.py     what a run remembers of its fetches
    limit.py       how long one report may take
    times.py       the time expressions of a text, without a record
"""

from parley.engine.ingestion import Ingested, Progress, ingest
from parley.engine.steps import Coded, Steps, built_in
from parley.engine.times import TimesFound, find_times

__all__ = [
    "Coded",
    "Ingested",
    "Progress",
    "Steps",
    "TimesFound",
    "built_in",
    "find_times",
    "ingest",
]
