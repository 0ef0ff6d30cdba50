"""The gold answers hold together: each is found in its report, in form, and on a real date."""

import json
import re
import unicodedata
from datetime import date
from pathlib import Path
from typing import Any

import pytest


def words(text: str) -> tuple[str, ...]:
    """Split a line of words."""
    return tuple(text.split())


EVALS = Path(__file__).parents[2] / "evals"
SETS = ("dev", "dev2", "dev3", "heldout")
# The fewest and the most words of a report, where not 120 to 350.
LENGTHS = {"dev2": (250, 700), "dev3": (250, 700)}
PLOVER = words(
    "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN "
    "PROTEST SANCTION MOBILIZE COERCE ASSAULT"
)
STATUS = words("happened ongoing scheduled expected proposed called_off alleged denied")
PRECISION = words("day week month season year span")
WEEKDAYS = words("Monday Tuesday Wednesday Thursday Friday Saturday Sunday")
MONTHS = words(
    "January February March April May June July August September October November December"
)
KINDS = {
    "report": words("kind report published why not_published"),
    "event": words(
        "kind id types start end reports also_in status actors people mediators recipients place "
        "killed killed_is killed_side injured count attributed_to said quote evidence precision_ok "
        "provisions disagreement denies day"
    ),
    "minor": words("kind id report reports quote"),
    "trap": words(
        "kind id report rule forbid_date forbid_date_types forbid_quote allow_status allow_types "
        "forbid_count once_killed"
    ),
}
_WEEKDAY = "|".join(WEEKDAYS)
_MONTH = "|".join(MONTHS)
WEEKDAY_THEN_DATE = re.compile(
    rf"\b({_WEEKDAY}),? (?:({_MONTH}) (\d{{1,2}})|(\d{{1,2}}) ({_MONTH}))(?:,? (\d{{4}}))?\b"
)
SAYS_WEEKDAY = re.compile(rf"({_MONTH}) (\d{{1,2}}) is (?:a|the) ({_WEEKDAY}) in (\d{{4}})")


def read_rows(name: str, kind: str | None = None) -> list[dict[str, Any]]:
    """Read the rows of one gold file, of one kind or of all."""
    lines = (EVALS / "gold" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    return [row for row in rows if kind in (None, row["kind"])]


def read_texts(name: str) -> dict[str, str]:
    """Map file name to text, for every report of a set."""
    files = sorted((EVALS / "reports" / name).glob("*.txt"))
    return {file.name: file.read_text(encoding="utf-8") for file in files}


def reports_of(row: dict[str, Any]) -> list[str]:
    """List the reports that a row speaks of."""
    return list(row.get("reports") or [row["report"]]) + list(row.get("also_in") or [])


def fold(text: str) -> str:
    """Put into lower case, without accents."""
    plain = unicodedata.normalize("NFKD", text)
    return "".join(c for c in plain if not unicodedata.combining(c)).lower()


@pytest.mark.parametrize("name", SETS)
def test_rows_are_in_form(name: str) -> None:
    """Every row has a known kind and known keys, types, status and precision; ids are unique."""
    seen: set[tuple[str, str]] = set()
    for row in read_rows(name):
        assert set(row) <= set(KINDS[row["kind"]]), row
        if row["kind"] == "event":
            assert set(row["types"]) <= set(PLOVER) and row["types"], row["id"]
            assert set(row["status"]) <= set(STATUS) and row["status"], row["id"]
            assert set(row.get("precision_ok") or []) <= set(PRECISION), row["id"]
        if row["kind"] != "report":
            assert (row["kind"], row["id"]) not in seen, row["id"]
            seen.add((row["kind"], row["id"]))


@pytest.mark.parametrize("name", SETS)
def test_dates_are_iso_and_in_order(name: str) -> None:
    """Windows are ISO days, their start not after their end; a null end is an open one."""
    for row in read_rows(name):
        if row["kind"] == "report":
            start, end = (date.fromisoformat(day) for day in row["published"])
            assert start <= end, row["report"]
            for day in row.get("not_published") or []:
                assert not start <= date.fromisoformat(day) <= end, row["report"]
        if row["kind"] == "event":
            start = date.fromisoformat(row["start"])
            assert row["end"] is None or start <= date.fromisoformat(row["end"]), row["id"]
        if row["kind"] == "trap" and "forbid_date" in row:
            date.fromisoformat(row["forbid_date"])


@pytest.mark.parametrize("name", SETS)
def test_every_report_is_asked_for(name: str) -> None:
    """Each file has one report row and at least one event row; no row names another file."""
    texts, rows = read_texts(name), read_rows(name)
    assert sorted(row["report"] for row in rows if row["kind"] == "report") == sorted(texts)
    told = {report for row in rows if row["kind"] == "event" for report in row["reports"]}
    assert told == set(texts)
    for row in rows:
        assert set(reports_of(row)) <= set(texts), row


@pytest.mark.parametrize("name", SETS)
def test_words_are_in_the_reports(name: str) -> None:
    """A quote stands once in a report it is said to be in; evidence once in its own report."""
    texts = read_texts(name)
    for row in read_rows(name):
        if quote := row.get("quote") or row.get("forbid_quote"):
            found = [texts[report].count(quote) for report in reports_of(row)]
            assert 1 in found and max(found) == 1, (row["id"], quote, found)
        for report, words in (row.get("evidence") or {}).items():
            assert report in reports_of(row), row["id"]
            assert texts[report].count(words) == 1, (row["id"], report, words)


@pytest.mark.parametrize("name", SETS)
def test_merged_events_have_words_in_every_report(name: str) -> None:
    """An event told by several reports has its words in each, so that the merge can be judged."""
    texts = read_texts(name)
    for row in read_rows(name, "event"):
        for report in row["reports"] if len(row["reports"]) > 1 else []:
            has_words = row["quote"] in texts[report] or report in (row.get("evidence") or {})
            assert has_words, (row["id"], report)


@pytest.mark.parametrize("name", SETS)
def test_places_and_people_are_named(name: str) -> None:
    """A place or a person that the gold asks for is named in one of the event's reports."""
    texts = read_texts(name)
    for row in read_rows(name, "event"):
        said = fold(" ".join(texts[report] for report in reports_of(row)))
        if "place" in row:
            assert fold(row["place"]) in said, (row["id"], row["place"])
        for person in row.get("people") or []:
            assert fold(person.split()[-1]) in said, (row["id"], person)


@pytest.mark.parametrize("name", SETS)
def test_event_weekdays_hold(name: str) -> None:
    """Where the gold names the weekday that dates an event, the day is that weekday."""
    texts = read_texts(name)
    for row in read_rows(name, "event"):
        if "day" not in row:
            continue
        assert any(row["day"] in texts[report] for report in reports_of(row)), row["id"]
        start = date.fromisoformat(row["start"])
        assert WEEKDAYS[start.weekday()] == row["day"], row["id"]


@pytest.mark.parametrize("name", SETS)
def test_quoted_weekdays_hold(name: str) -> None:
    """A one-day event whose own quote names exactly one weekday falls on it."""
    for row in read_rows(name, "event"):
        named = set(re.findall(rf"\b({_WEEKDAY})\b", row["quote"]))
        if len(named) == 1 and row["start"] == row["end"]:
            weekday = WEEKDAYS[date.fromisoformat(row["start"]).weekday()]
            assert weekday in named, (row["id"], row["start"], named)


@pytest.mark.parametrize("name", SETS)
def test_dates_written_with_a_weekday_exist(name: str) -> None:
    """'Monday, April 3' in a report is a Monday in the year it gives, or else in its own."""
    published = {row["report"]: row["published"] for row in read_rows(name, "report")}
    for report, text in read_texts(name).items():
        for weekday, month, day, day_first, month_second, year in WEEKDAY_THEN_DATE.findall(text):
            at = MONTHS.index(month or month_second) + 1
            years = [int(year)] if year else [int(day[:4]) for day in published[report]]
            days = [date(y, at, int(day or day_first)) for y in years]
            assert weekday in {WEEKDAYS[d.weekday()] for d in days}, (report, weekday, days)


@pytest.mark.parametrize("name", SETS)
def test_reasons_name_true_weekdays(name: str) -> None:
    """'May 19 is a Friday in 2023' in the reason for a report's date is true."""
    for row in read_rows(name, "report"):
        for month, day, weekday, year in SAYS_WEEKDAY.findall(row["why"]):
            told = date(int(year), MONTHS.index(month) + 1, int(day))
            assert WEEKDAYS[told.weekday()] == weekday, (row["report"], told)


@pytest.mark.parametrize("name", SETS)
def test_reports_are_of_press_length(name: str) -> None:
    """A set has sixteen reports, ten traps or more; the later sets have longer reports."""
    texts = read_texts(name)
    shortest, longest = LENGTHS.get(name, (120, 350))
    assert len(texts) == 16
    for report, text in texts.items():
        assert shortest <= len(text.split()) <= longest, report
    assert len(read_rows(name, "trap")) >= 10
