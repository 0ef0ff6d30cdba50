"""The commands of the views: what they print, for a person and for a program."""

from __future__ import annotations

import json
import re

import pytest

from builders import event_of, make_mention, make_report
from parley.model import Participant
from parley.record import Record
from views.worlds import ONE, fill, on

ESCAPE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
VIEWS = (
    "timeline", "talks", "calendar", "agreements", "fighting", "claims", "disagreements",
    "parties", "persons", "sources",
)  # fmt: skip


@pytest.fixture
def world(run, tmp_path):
    """Make a record here with something for every view."""
    with Record.open(str(tmp_path / "parley.db"), create=True) as record:
        events = fill(record)
        record.replace_events(events.values(), record.links())
        return events


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_in_its_three_forms(world, run, view):
    """Plain text, JSON and JSON Lines tell the same rows."""
    status, out, err = run(view)
    assert status == 0
    assert out.strip()
    assert "Traceback" not in err
    lines = [json.loads(line) for line in run(view, "--jsonl")[1].splitlines()]
    whole = json.loads(run(view, "--json")[1])
    if view == "calendar":
        whole = whole["ahead"]["rows"]
    if view == "fighting":
        whole = whole["incidents"]["rows"]
    assert lines == whole
    assert lines


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_fits_the_terminal(world, in_terminal, view):
    """At 80 and 120 columns no line is wider, and no cell is cut off."""
    for width in (80, 120):
        status, shown = in_terminal(view, width=width)
        assert status == 0
        plain = ESCAPE.sub("", shown)
        assert all(len(line) <= width for line in plain.splitlines())
        if view == "parties":
            assert "2023-07-01" in plain


@pytest.mark.parametrize("view", VIEWS)
def test_wrong_filters_are_wrong_usage(world, run, view):
    """Days the wrong way round, nameless parties, pages that are none: one line, status 2."""
    for args in (
        ("--since", "2024-01-01", "--until", "2023-01-01"),
        ("--party", "!!"),
        ("--limit", "0"),
        ("--offset", "-1"),
        ("--near", "somewhere"),
        ("--near", "100,2"),
        ("--min-sources", "0"),
        ("--status", "maybe"),
    ):
        status, out, err = run(view, *args)
        assert (status, out) == (2, ""), args
        assert len(err.splitlines()) == 1


def test_pages(world, run):
    """A page says which part it is, and how to see on."""
    status, out, err = run("timeline", "--limit", "2")
    assert status == 0
    assert len(out.splitlines()) == 3
    assert err == "1 to 2 of 8 events; --offset 2 goes on\n"
    assert run("timeline", "--limit", "2", "--offset", "6")[2] == "7 to 8 of 8 events\n"
    assert "no events after the first 60" in run("timeline", "--offset", "60")[2]
    assert run("parties", "--limit", "1")[2] == "1 to 1 of 4 parties; --offset 1 goes on\n"


def test_one_party_one_person_one_outlet(world, run):
    """A name after the command tells of that one; an unknown one is a clear error."""
    assert "Amal Osman, foreign minister" in run("parties", "SDN")[1]
    assert "John Deng (1)" in run("persons", "osman")[1]
    assert len(run("sources", "observer")[1].splitlines()) == 3
    for view in ("parties", "persons"):
        status, out, err = run(view, "Nobody Here")
        assert (status, out) == (1, "")
        assert err.startswith("parley: Nobody Here: ")


def test_search(world, run):
    """Words are found in events and in reports; none and nonsense are told."""
    assert "Rapid Support Forces shell Kosti" in run("search", "kosti")[1]
    rows = json.loads(run("search", "heavy weap", "--kind", "report", "--json")[1])
    assert {row["kind"] for row in rows} == {"report"}
    assert run("search", "zebra") == (0, "", "no event has these words\n")
    assert run("search", "?!")[0] == 2


def test_text(world, run):
    """The text of a report is written to the character, or a span of it."""
    assert run("text", "one.txt")[1] == ONE
    assert run("text", "news/one.txt", "--span", "4:11")[1] == ONE[4:11]
    for span in ("4", "9:4", "-1:4", "0:100000", "a:b", "٤:٩"):
        status, out, err = run("text", "one.txt", "--span", span)
        assert (status, out) == (2, "")
        assert len(err.splitlines()) == 1
    assert run("text", "nowhere")[0] == 1
    assert run("text", " ")[0] == 2


def test_brief(world, run, tmp_path):
    """A month, a week or any days; Markdown, HTML or JSON; to a file or not."""
    status, month, _ = run("brief", "--month", "2023-05")
    assert status == 0
    assert month == run("brief")[1]  # the month of the last report
    assert "# Brief: 1 May 2023 to 31 May 2023" in month
    assert "# Brief: 8 May 2023 to 14 May 2023" in run("brief", "--week", "2023-05-10")[1]
    days = ("--from", "2023-05-03", "--to", "2023-05-04")
    assert "Fighting" not in run("brief", *days)[1]
    assert run("brief", *days, "--format", "html", "-o", "b.html")[0] == 0
    assert (tmp_path / "b.html").read_text().startswith("<!doctype html>")
    assert json.loads(run("brief", "--format", "json")[1])["since"] == "2023-05-01"
    assert "Agreements" not in run("brief", "--party", "RSF")[1]


@pytest.mark.parametrize(
    "args",
    [
        ("--month", "2023-13"),
        ("--month", "May"),
        ("--week", "2023-02-30"),
        ("--from", "2023-05-01"),
        ("--month", "2023-05", "--week", "2023-05-01"),
        ("--from", "2023-05-02", "--to", "2023-05-01"),
        ("--from", "2023-05-02", "--to", "9999-12-31"),
        ("--format", "pdf"),
    ],
)
def test_briefs_that_make_no_sense(world, run, args):
    """Days that are none or contradict each other are wrong usage."""
    status, out, err = run("brief", *args)
    assert (status, out) == (2, "")
    assert len(err.splitlines()) == 1


THIN = ("timeline", "agreements", "fighting", "calendar")


@pytest.fixture
def doubtful(run, tmp_path):
    """Make a record here in which nothing but one meeting is known well."""
    report = make_report("They met in Juba. Shots were heard. A deal is near. Talks are due.")
    told = {
        "sure": make_mention(report, "They met in Juba"),
        "shots": make_mention(report, "Shots were heard", type="ASSAULT"),
        "deal": make_mention(
            report, "A deal is near", type="AGREE", status="expected", when=on(7, 1)
        ),
    }
    with Record.open(str(tmp_path / "parley.db"), create=True) as record:
        record.add_report(report, list(told.values()))
        record.replace_events(
            [event_of(m, confidence=0.9 if n == "sure" else 0.1, participants=(), where=())
             for n, m in told.items()], [],
        )  # fmt: skip


@pytest.mark.parametrize("view", THIN)
def test_thin_events_are_folded_away_with_a_word(doubtful, run, view):
    """A list leaves them out, says how many, and shows them with --all; programs get all."""
    hidden = {"timeline": 2}.get(view, 1)
    _, out, err = run(view)
    assert "hots were heard" not in out
    assert f"{hidden} thin event{'s' * (hidden > 1)} not shown" in err
    assert "--all shows" in err
    _, everything, said = run(view, "--all")
    assert "not shown" not in said
    assert len(everything) > len(out)
    assert run(view, "--json")[1] == run(view, "--json", "--all")[1]


def test_a_brief_leaves_thin_events_out_and_says_so(doubtful, run):
    """The page says at its foot how many there are; --all tells them."""
    days = ("--from", "2023-05-01", "--to", "2023-05-31")
    page = run("brief", *days)[1]
    everything = run("brief", *days, "--all")[1]
    assert "hardly anything is known" not in everything
    assert len(everything) >= len(page)


def test_agreements_without_two_parties_are_folded_away(world, run, tmp_path):
    """Each provision stands with its state; what names no two parties comes with --all."""
    _, out, err = run("agreements")
    assert re.search(r"broken +withdrawal of heavy weapons", out)
    assert re.search(r"unknown +release of all prisoners", out)
    assert "not shown" not in err
    report = make_report("Juba promised calm in a clear voice.", source="news/three.txt")
    alone = make_mention(
        report, "promised calm in a clear voice", type="AGREE", when=on(5, 9),
        participants=(Participant(name="Juba Forum", kind="organisation", country=None,
                                  role="actor"),),
    )  # fmt: skip
    with Record.open(str(tmp_path / "parley.db")) as record:
        record.add_report(report, [alone])
        promise = event_of(alone, confidence=0.9)
        record.replace_events([*world.values(), promise], list(record.links()))
    _, out, err = run("agreements")
    assert promise.id[:6] not in out
    assert "1 thin event not shown" in err
    assert promise.id[:6] in run("agreements", "--all")[1]


def test_what_another_event_tells_the_end_of_is_not_unheard_of(run, tmp_path):
    """Talks that were held some days later stand apart from those that nobody told of again."""
    report = make_report("Talks due on May 9. They met on May 14. A summit is due on May 10.")
    both_ = tuple(
        Participant(name=name, kind="state", country=None, role="actor")
        for name in ("Ardia", "Bel")
    )
    other = (both_[0], Participant(name="Corvia", kind="state", country=None, role="actor"))
    told = {
        "due": make_mention(report, "Talks due on May 9", status="scheduled", when=on(5, 9),
                            participants=both_),
        "held": make_mention(report, "They met on May 14", when=on(5, 14), participants=both_),
        "summit": make_mention(report, "A summit is due on May 10", status="scheduled",
                               when=on(5, 10), participants=other),
    }  # fmt: skip
    with Record.open(str(tmp_path / "parley.db"), create=True) as record:
        record.add_report(report, list(told.values()))
        record.replace_events([event_of(mention) for mention in told.values()], [])
    out = run("calendar", "--on", "2023-05-30")[1]
    silent, heard = out.split("never heard of again")[1].split("told of since")
    assert "summit" in silent
    assert "Talks due" not in silent
    assert "Talks due" in heard
    assert "14 May 2023" in heard


def test_populations_are_listed_when_asked(run, tmp_path):
    """`parties` leaves villagers out, says so, and lists them with --all and for programs."""
    report = make_report("Soldiers of Ardia drove out villagers.")
    cast = (
        Participant(name="Ardia", kind="state", country=None, role="actor"),
        Participant(name="villagers", kind="population", country=None, role="victim"),
    )
    told = make_mention(report, "drove out villagers", type="ASSAULT", participants=cast)
    with Record.open(str(tmp_path / "parley.db"), create=True) as record:
        record.add_report(report, [told])
        record.replace_events([event_of(told)], [])
    _, out, err = run("parties")
    assert "villagers" not in out
    assert err == "1 population not shown; --all shows them\n"
    assert "villagers" in run("parties", "--all")[1]
    assert "villagers" in run("parties", "--jsonl")[1]


def test_a_long_line_pads_no_other(run, tmp_path):
    """In a pipe one long summary does not widen the rest."""
    report = make_report("They met in Juba. They met again.")
    long, short = make_mention(report, "They met in Juba"), make_mention(report, "met again")
    with Record.open(str(tmp_path / "parley.db"), create=True) as record:
        record.add_report(report, [long, short])
        record.replace_events(
            [event_of(long, summary="x" * 300), event_of(short, summary="Short")], []
        )
    lines = run("timeline", "--all")[1].splitlines()
    assert max(map(len, lines)) > 300
    assert all(len(line) < 140 for line in lines if "x" * 300 not in line)
