"""The scorer, on a record made by hand: what counts as right, field by field."""

from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest

from evals.answers import EventAnswer, Gold, MinorAnswer, ReportAnswer, TrapAnswer, read_gold
from evals.outcome import Outcome, read_outcome
from evals.scoring import score
from parley.errors import DataError
from parley.model import (
    Attribution,
    Count,
    Event,
    EventMention,
    Participant,
    Person,
    Place,
    Published,
    ReportLine,
    When,
)

TEXTS = {
    "one.txt": "Kenya and Chad met in Rome on May 3. Seven died in a raid, Chad said.",
    "two.txt": "The talks of Kenya and Chad last week. Heat: 40 degrees.",
}
QUOTES = ("Kenya and Chad met in Rome on May 3.", "Seven died in a raid, Chad said.")
TALKS = "The talks of Kenya and Chad last week."


def make_line(name: str, **fields: Any) -> ReportLine:
    """Return a report as an export has it."""
    empty = dict.fromkeys(("title", "outlet", "language", "url", "published"))
    return ReportLine(
        **{"id": f"r_{name}", "source": f"in/{name}", "text_sha256": "", "boilerplate": ()}
        | empty
        | fields
    )


def make_event(name: str, quotes: dict[str, str], **fields: Any) -> Event:
    """Return an event told at the words given in each report."""
    mentions = tuple(
        EventMention(
            id=f"m_{report}",
            report=f"r_{report}",
            start=TEXTS[report].index(quote),
            end=TEXTS[report].index(quote) + len(quote),
            text=quote,
            status="happened",
            attribution=fields.pop("attribution", ()),
            said=None,
            background=False,
        )
        for report, quote in quotes.items()
    )
    empty = dict.fromkeys(
        ("contexts", "where", "participants", "counts", "provisions", "disagreements"), ()
    )
    rest = {"id": name, "mode": None, "summary": "", "status": "happened", "when": None}
    return Event(**{**empty, **rest, "type": "CONSULT", "mentions": mentions, **fields})


def make_outcome(*events: Event, **published: Published) -> Outcome:
    """Return a record of the two reports with these events."""
    lines = {name: make_line(name, published=published.get(name[:3])) for name in TEXTS}
    return Outcome(lines, events)


def make_answer(**fields: Any) -> EventAnswer:
    """Return the answer that the two met, with more asked of it."""
    known = {"id": "met", "types": ("CONSULT",), "status": ("happened",), "quote": QUOTES[0]}
    days = {"start": date(2023, 5, 3), "end": date(2023, 5, 3), "reports": ("one.txt",)}
    return EventAnswer(**{**known, **days, **fields})


def figures(answer: Any, *events: Event, **published: Published) -> dict[str, int]:
    """Return how many were right of each figure that one answer asks for."""
    gold = Gold([answer], TEXTS, {"United Nations": ["UN"]})
    result = score(gold, make_outcome(*events, **published))
    return {key: tally.right for key, tally in result.figures.items() if key != "spans"}


def check(key: str, asked: dict[str, Any], got: dict[str, Any]) -> bool:
    """Return whether an event of those fields has the figure right."""
    found = figures(make_answer(**asked), make_event("e", {"one.txt": QUOTES[0]}, **got))
    return bool(found[key])


def test_an_event_at_the_words_is_found() -> None:
    """One at the gold words is found, one elsewhere is not and fails all that is asked."""
    assert figures(make_answer(), make_event("e", {"one.txt": QUOTES[0]}))["found"] == 1
    elsewhere = figures(make_answer(), make_event("e", {"one.txt": QUOTES[1]}))
    assert elsewhere == {"found": 0, "type": 0, "date": 0, "status": 0, "whole": 0}


@pytest.mark.parametrize(
    ("start", "end", "asked", "right"),
    [
        ("2023-05-03", "2023-05-03", {}, True),
        ("2023-05-03", None, {}, True),
        ("2023-05-02", "2023-05-03", {}, False),
        ("2023-05-01", "2023-05-31", {"precision_ok": ("month",)}, True),
        ("2023-05-01", "2023-05-31", {"precision_ok": ("day",)}, False),
        ("2023-06-01", "2023-06-30", {"precision_ok": ("month",)}, False),
        ("2023-01-01", "2023-12-31", {"precision_ok": ("month",)}, False),
        ("2023-01-01", "2023-12-31", {"end": None}, True),
        ("2022-12-31", "2023-12-31", {"end": None}, False),
    ],
)
def test_dates(start: str, end: str | None, asked: dict[str, Any], right: bool) -> None:
    """A window within the gold's is right; a coarse one where it may be; a year if it lasts."""
    last = date.fromisoformat(end) if end else None
    when = When(start=date.fromisoformat(start), end=last, precision="span")
    assert check("date", asked, {"when": when}) is right


def test_an_undated_event_has_no_right_date() -> None:
    """Without a window the date is missed."""
    assert not check("date", {}, {})


@pytest.mark.parametrize(
    ("key", "wanted", "right"),
    [
        ("actors", ("Chad", "Jo Bloggs"), True),  # the country by its code, and its envoy
        ("actors", ("Chad", "Kenya"), False),
        ("people", ("Jane Bloggs", "Nobody"), True),  # one is enough, by surname
        ("people", ("Bo",), False),  # too short to be looked for inside other words
        ("mediators", ("UN",), True),
        ("recipients", ("United Nations Mission",), True),
    ],
)
def test_names(key: str, wanted: tuple[str, ...], right: bool) -> None:
    """Names agree in full, by initials, by country or by surname; all actors must be there."""
    parties = (
        Participant(
            name="N'Djamena's envoys",
            kind="state",
            country="TCD",
            role="actor",
            people=(Person(name="Jó Bloggs"),),
        ),
        Participant(name="United Nations", kind="igo", country=None, role="mediator"),
    )
    got: dict[str, Any] = {"participants": parties}
    if key == "people" and wanted == ("Bo",):
        got = {"participants": (msgspec.structs.replace(parties[1]),)}
    assert check(key, {key: wanted}, got) is right


def test_places_counts_sources_and_the_rest() -> None:
    """A place by part of its name, a count within bounds, a source by name or country."""
    assert check("place", {"place": "Rome"}, {"where": (Place(name="Rome, Italy"),)})
    assert not check("place", {"place": "Rome"}, {"where": (Place(name="Milan"),)})
    seven = Count(what="killed", low=7, best=7, high=7)
    assert check("killed", {"killed": (6, 6)}, {"counts": (seven,)})
    assert not check("killed", {"killed": (8, 9)}, {"counts": (seven,)})
    assert not check("injured", {"injured": (7, 7)}, {"counts": (seven,)})
    least = Count(what="wounded", low=24, best=None, high=None)
    assert check("injured", {"injured": (24, 90)}, {"counts": (least,)})
    source = Attribution(name="its army", kind="military", country="TCD", stance="asserts")
    assert check("attribution", {"attributed_to": ("Chad",)}, {"attribution": (source,)})
    assert not check("attribution", {"attributed_to": ("Kenya",)}, {"attribution": (source,)})
    assert not check("provisions", {"provisions": 1}, {})
    assert not check("disagreement", {"disagreement": "who began"}, {})


def test_merged_wants_one_event_at_the_words_of_every_report() -> None:
    """Told at the words of both: merged; of one, or elsewhere in the other: not."""
    answer = make_answer(
        reports=("one.txt", "two.txt"), evidence={"one.txt": QUOTES[0], "two.txt": TALKS}
    )
    both = make_event("e", {"one.txt": QUOTES[0], "two.txt": TALKS})
    one = make_event("e", {"one.txt": QUOTES[0]})
    astray = make_event("e", {"one.txt": QUOTES[0], "two.txt": "Heat: 40 degrees."})
    assert [figures(answer, event)["merged"] for event in (both, one, astray)] == [1, 0, 0]


def test_two_answers_do_not_share_an_event_if_another_fits() -> None:
    """The second answer takes the event that is free, not the one taken before."""
    gold = Gold([make_answer(id="a"), make_answer(id="b", status=("denied",))], TEXTS, {})
    first = make_event("e1", {"one.txt": QUOTES[0]})
    second = make_event("e2", {"one.txt": QUOTES[0]}, status="denied")
    assert score(gold, make_outcome(first, second)).figures["status"].right == 2


def test_report_dates() -> None:
    """A window that overlaps the gold's is right unless it is wide."""
    answer = ReportAnswer("one.txt", (date(2023, 5, 3), date(2023, 5, 4)))

    def dated(start: date, end: date) -> dict[str, int]:
        known = Published(start=start, end=end, how="inferred", confidence=1.0)
        return figures(answer, one=known)

    assert dated(date(2023, 5, 4), date(2023, 5, 6)) == {"report date": 1}
    assert dated(date(2023, 5, 5), date(2023, 5, 6)) == {"report date": 0}
    assert dated(date(2023, 4, 1), date(2023, 5, 6)) == {"report date": 0}
    assert figures(answer) == {"report date": 0}


@pytest.mark.parametrize(
    ("trap", "fields", "avoided"),
    [
        ({"forbid_quote": QUOTES[0]}, {}, False),
        ({"forbid_quote": QUOTES[0], "allow_status": ("denied",)}, {"status": "denied"}, True),
        ({"forbid_quote": QUOTES[0], "allow_types": ("CONSULT",)}, {}, True),
        ({"forbid_quote": QUOTES[1]}, {}, True),
        ({"forbid_date": date(2023, 5, 3)}, {}, False),
        ({"forbid_date": date(2023, 5, 3), "forbid_date_types": ("AGREE",)}, {}, True),
        ({"forbid_count": 40}, {}, True),
        ({"forbid_count": 7}, {}, False),
        ({"once_killed": 7}, {}, True),
        ({"once_killed": 3}, {}, False),
    ],
)
def test_traps(trap: dict[str, Any], fields: dict[str, Any], avoided: bool) -> None:
    """Each kind of trap is sprung by what it forbids and by nothing else."""
    day = date(2023, 5, 3)
    event = make_event(
        "e",
        {"one.txt": QUOTES[0]},
        when=When(start=day, end=day, precision="day"),
        counts=(Count(what="killed", low=7, best=7, high=7),),
        **fields,
    )
    answer = TrapAnswer(id="t", report="one.txt", rule="no such thing", **trap)
    assert figures(answer, event) == {"trap": int(avoided)}


def test_a_trap_for_the_eye_is_not_counted() -> None:
    """A trap that no program can check has no figure."""
    assert figures(TrapAnswer(id="t", report="one.txt", rule="read it")) == {}


def test_events_at_no_words_of_the_gold_are_numbered() -> None:
    """What the gold does not tell is counted apart; a minor answer tells it."""
    event = make_event("e", {"one.txt": QUOTES[1]})
    minor = MinorAnswer(id="raid", quote=QUOTES[1], report="one.txt")
    assert score(Gold([make_answer()], TEXTS, {}), make_outcome(event)).unasked == 1
    assert score(Gold([make_answer(), minor], TEXTS, {}), make_outcome(event)).unasked == 0


def test_a_mention_that_is_not_at_its_offsets_fails_the_spans() -> None:
    """One misplaced mention is enough."""
    event = make_event("e", {"one.txt": QUOTES[0]})
    moved = msgspec.structs.replace(event.mentions[0], start=1)
    wrong = msgspec.structs.replace(event, mentions=(moved,))
    gold = Gold([], TEXTS, {})
    assert score(gold, make_outcome(event)).figures["spans"].right == 1
    assert score(gold, make_outcome(wrong)).figures["spans"].right == 0


def test_malformed_lines_are_named(tmp_path: Path) -> None:
    """A gold file or an export with a bad line is refused with the line's number."""
    good = b'{"kind": "report", "report": "one.txt", "published": ["2023-05-03", "2023-05-04"]}\n'
    gold = tmp_path / "gold.jsonl"
    gold.write_bytes(good + b'{"kind": "event", "id": 3}\n')
    with pytest.raises(DataError, match=r"gold\.jsonl, line 2"):
        read_gold(gold, reports=tmp_path)
    with pytest.raises(DataError, match=r"gold\.jsonl, line 1"):
        read_outcome(gold)
