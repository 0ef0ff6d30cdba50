"""The command line: a module per command.

In: arguments.  Out: data on standard output, all else on standard error, and an exit
status: 0 done, 1 something failed and was reported, 2 wrong usage.

    app.py         the commands together, and what becomes of errors
    filtering.py   the options that say which events are meant
    options.py     the options that several commands share
    terminal.py    what may be printed, where, and how wide
    output.py      files that are whole or not there
    bar.py         the progress bar
    tables.py      rows of data as a table, for a person or for a pipe
    asking.py      the options of the filters and of the page, on any command
    folding.py     thin events left out of lists, and how many they are
    showing.py     how a page of rows is printed
    ingestion.py   an ingest, told as it goes; cluster.py, one on a cluster
    ingest.py, timeline.py, show.py, why.py, reports.py, serve.py, export.py,
    dates.py, demo.py
    edit.py, confirm.py, merge.py, split.py, add.py, delete.py, note.py, undo.py: what an
                   analyst says; corrections.py, what these share; learn.py, what they teach
    history.py, changes.py, check.py, backup.py, compare.py, score.py, diff.py
    talks.py, calendar.py, agreements.py, fighting.py, claims.py, disagreements.py, parties.py,
    persons.py, sources.py, brief.py, search.py, text.py
    reference.py   docs/cli.md, made from the help of every command
"""

from parley.cli.app import main

__all__ = ["main"]
