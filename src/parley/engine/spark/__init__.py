"""The same steps on a cluster, by Apache Spark.

In: files and folders that every machine of the cluster sees.  Out: four tables of Parquet
(reports, mentions, events, links) with the same ids and the same events that one
machine would make; `take_in` brings them into a record.  Imported by whoever asks for
it, and by nothing that a run on one machine needs.

    ingestion.py   the run, stage by stage
    session.py     the connection, and the tables that stand between the stages
    rows.py        functions over rows, run where the rows are
    reading.py     files to reports, a task a file
    coding.py      reports to mentions
    settling.py    dates that one report leaves open
    tellings.py    what merging reads from each report
    graph.py       which mentions may tell the same
    components.py  what hangs together
    groups.py      which mentions tell the same
    copies.py      which reports are copies
    events.py      events and links
    tables.py      the tables that stay
    taking.py      from the tables into a record
"""

from parley.engine.spark.ingestion import Limits, Phase, Scattered, ingest
from parley.engine.spark.taking import Taken, take_in

__all__ = ["Limits", "Phase", "Scattered", "Taken", "ingest", "take_in"]
