"""What a person sees in a terminal."""

from __future__ import annotations

import re
import subprocess
import sys

from parley.cli.terminal import clean

ESCAPE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


def test_timeline_fits_the_terminal(run, news, in_terminal):
    """At 80 and at 120 columns no line is wider, and nothing is cut off."""
    run("ingest", str(news))
    for width in (80, 120):
        status, shown = in_terminal("timeline", width=width)
        assert status == 0
        plain = ESCAPE.sub("", shown)
        assert all(len(line) <= width for line in plain.splitlines())
        assert "…" not in plain
        assert "[bold]" in plain
        assert "● happened" in plain
        assert "\x1b[31m" not in shown.replace("\x1b[31m●", "")
    assert "reports" in plain


def test_no_color(run, news, in_terminal):
    """NO_COLOR turns colours off."""
    run("ingest", str(news))
    assert re.search(r"\x1b\[3\d", in_terminal("timeline")[1])
    assert not re.search(r"\x1b\[3\d", in_terminal("timeline", NO_COLOR="1")[1])


def test_progress_only_in_a_terminal(news, in_terminal, start):
    """The bar is shown where a person watches, unless --quiet, and nowhere else."""
    shown = in_terminal("ingest", "news")[1]
    assert "reading" in shown
    assert "3 reports read, 3 new" in shown
    assert in_terminal("ingest", "news", "--quiet", "--record", "q.db")[1].strip() == ""
    process = start("ingest", "news", "--record", "p.db", stderr=subprocess.PIPE, text=True)
    _, err = process.communicate(timeout=30)
    assert err == "3 reports read, 3 new; no event in c.txt; p.db has 2 events and 0 links\n"


def test_show_and_reports_in_a_terminal(run, news, in_terminal):
    """Long values wrap beside their label, none runs over the edge."""
    run("ingest", str(news))
    for command in (["reports"], ["show", "e_"]):
        _, shown = in_terminal(*command, width=60)
        assert all(
            len(line) <= 60 for line in ESCAPE.sub("", shown).splitlines() if "parley:" not in line
        )


def test_report_words_cannot_drive_the_terminal():
    """Control characters and those that turn the direction of writing are shown as one sign."""
    assert clean("a\x1b[31mb\n c\u202ed\x07\ud800") == "a�[31mb c�d��"


def test_help_loads_little():
    """--help loads neither the parser nor the database."""
    code = (
        "import sys; from parley.cli import main; main(['--help']);"
        "heavy = {'spacy', 'sqlalchemy', 'alembic', 'numpy', 'rich.table'} & set(sys.modules);"
        "assert not heavy, heavy"
    )
    subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.DEVNULL)


def test_reading_a_record_loads_no_parser(run, news):
    """Commands that code nothing load neither spaCy nor Alembic."""
    run("ingest", str(news))
    for command in ("timeline", "reports", "export"):
        code = (
            f"import sys; from parley.cli import main; assert main(['{command}']) == 0;"
            "heavy = {'spacy', 'alembic', 'numpy', 'parley.parsing'} & set(sys.modules);"
            "assert not heavy, heavy"
        )
        subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.DEVNULL)


def test_shell_completion(start):
    """The shell is offered commands, options and the values of an option."""
    for words, offered in (("ti", "timeline"), ("timeline --sta", "--status")):
        typed = f"parley {words}"
        process = start(
            stdout=subprocess.PIPE,
            text=True,
            env={
                "_PARLEY_COMPLETE": "complete_bash",
                "COMP_WORDS": typed,
                "COMP_CWORD": str(len(typed.split()) - 1),
            },
        )
        assert process.communicate(timeout=30)[0].split() == [offered]
