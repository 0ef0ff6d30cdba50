"""The sample reports and their gold answers hold together."""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest

import parley.sample
from parley.errors import DataError
from parley.model import EventType, Status
from parley.sample import sample_paths

ROOT = Path(__file__).resolve().parents[2]
GOLD = ROOT / "evals" / "gold" / "samples.jsonl"
SEEDS = ROOT.parent / "shared" / "seeds"
ROWS: list[dict[str, Any]] = [
    json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines() if line
]
TEXTS = {path.name: path.read_text(encoding="utf-8") for path in sample_paths()}
TOLD = [row for row in ROWS if row["kind"] in ("event", "minor")]
TRAPS = [row for row in ROWS if row["kind"] == "trap"]
PLOVER = frozenset(get_args(EventType))
STATUSES = frozenset(get_args(Status))
KEYS = {
    "report": "kind report published why not_published",
    "event": "kind id types start end reports also_in status actors people mediators recipients "
    "place killed killed_is killed_side injured count attributed_to said quote evidence "
    "precision_ok provisions disagreement denies",
    "trap": "kind id report rule forbid_date forbid_date_types forbid_quote forbid_count "
    "once_killed allow_status allow_types",
}


def by_id(row: dict[str, Any]) -> str:
    """Name a row in the output of the tests."""
    return str(row.get("id") or row["report"])


def runs(text: str, length: int) -> set[tuple[str, ...]]:
    """Return every run of so many words in a text."""
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[at : at + length]) for at in range(len(words) - length + 1)}


def test_there_are_enough_reports_to_try_parley_on() -> None:
    """At least twelve text files are shipped, sorted, each a real and readable file."""
    paths = sample_paths()
    assert len(paths) >= 12
    assert paths == sorted(paths)
    assert all(path.is_file() and path.suffix == ".txt" for path in paths)


def test_a_zipped_package_is_told_plainly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the files are inside an archive the error names the way out."""
    monkeypatch.setattr(parley.sample, "files", lambda name: f"zip:{name}")
    with pytest.raises(DataError, match="install the package unpacked"):
        sample_paths()


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_a_report_is_short_and_its_name_says_no_date(name: str) -> None:
    """A report has 120 to 350 words, plain line ends, and a file name without digits."""
    assert 120 <= len(TEXTS[name].split()) <= 350
    assert "\r" not in TEXTS[name]
    assert not re.search(r"\d", name)


def test_every_report_has_one_gold_row_and_events() -> None:
    """Each report is dated once by the gold, and told of by at least three events."""
    assert sorted(row["report"] for row in ROWS if row["kind"] == "report") == sorted(TEXTS)
    events = Counter(name for row in ROWS if row["kind"] == "event" for name in row["reports"])
    assert all(events[name] >= 3 for name in TEXTS)


def test_gold_ids_are_unique_and_links_lead_somewhere() -> None:
    """No two rows share an id, and what is denied is itself a row."""
    ids = [row["id"] for row in ROWS if "id" in row]
    assert len(ids) == len(set(ids))
    assert all(row["denies"] in ids for row in TOLD if "denies" in row)


@pytest.mark.parametrize("row", ROWS, ids=by_id)
def test_gold_keys_are_known(row: dict[str, Any]) -> None:
    """A misspelt key would ask for nothing, so none is let through."""
    kind = "event" if row["kind"] == "minor" else row["kind"]
    assert set(row) <= set(KEYS[kind].split())


@pytest.mark.parametrize("row", [r for r in ROWS if r["kind"] == "report"], ids=by_id)
def test_gold_publication_windows_are_sound(row: dict[str, Any]) -> None:
    """A window is two ISO days in order, a week at most, and leaves out the wrong dates."""
    start, end = (date.fromisoformat(day) for day in row["published"])
    assert start <= end
    assert (end - start).days < 7
    assert row["why"]
    wrong = [date.fromisoformat(day) for day in row.get("not_published", [])]
    assert not any(start <= day <= end for day in wrong)


@pytest.mark.parametrize("row", TOLD, ids=by_id)
def test_gold_events_are_told_verbatim(row: dict[str, Any]) -> None:
    """The quote stands in a report of the event, the evidence in the very report it names."""
    names = [*row["reports"], *row.get("also_in", [])]
    assert len(names) == len(set(names))
    assert any(row["quote"] in TEXTS[name] for name in row["reports"])
    evidence = row.get("evidence", {})
    assert set(evidence) <= set(names)
    assert len(names) == 1 or set(evidence) == set(names)
    for name, quote in evidence.items():
        assert quote in TEXTS[name], f"{name} does not say {quote!r}"


@pytest.mark.parametrize("row", TOLD, ids=by_id)
def test_gold_events_are_well_formed(row: dict[str, Any]) -> None:
    """Types are PLOVER's, statuses the record's, dates ISO and in order."""
    assert row["types"]
    assert set(row["types"]) <= PLOVER
    assert row["status"]
    assert set(row["status"]) <= STATUSES
    start = date.fromisoformat(row["start"])
    assert row["end"] is None or start <= date.fromisoformat(row["end"])
    assert "said" not in row or date.fromisoformat(row["said"])
    assert set(row.get("precision_ok", [])) <= {"day", "week", "month", "season", "year", "span"}
    for key in ("killed", "injured"):
        low, high = row.get(key, [0, 0])
        assert 0 <= low <= high


@pytest.mark.parametrize("row", TOLD, ids=by_id)
def test_what_happened_is_not_after_the_reports(row: dict[str, Any]) -> None:
    """Nothing has happened later than the last report of it, nothing is ahead of none."""
    published = {r["report"]: r["published"] for r in ROWS if r["kind"] == "report"}
    names = [*row["reports"], *row.get("also_in", [])]
    if "happened" in row["status"] and not {"scheduled", "expected"} & set(row["status"]):
        assert row["start"] <= max(published[name][1] for name in names)
    if set(row["status"]) <= {"scheduled", "expected"}:
        assert (row["end"] or row["start"]) >= max(published[name][0] for name in names)


@pytest.mark.parametrize("row", TRAPS, ids=by_id)
def test_gold_traps_can_be_sprung(row: dict[str, Any]) -> None:
    """A trap forbids words that its report has, a real day, or a number that is there."""
    text = TEXTS[row["report"]]
    assert row["rule"]
    assert {"forbid_quote", "forbid_date", "forbid_count", "once_killed"} & set(row)
    assert text.count(row.get("forbid_quote", text)) == 1
    assert "forbid_date" not in row or date.fromisoformat(row["forbid_date"])
    for key in ("forbid_date_types", "allow_types"):
        assert set(row.get(key, [])) <= PLOVER
    assert set(row.get("allow_status", [])) <= STATUSES
    for key in ("forbid_count", "once_killed"):
        spelled = {40: "forty"}.get(row.get(key, 0), f"{row.get(key, 0):,}")
        assert key not in row or spelled in text


def test_gold_quotes_lie_outside_the_traps() -> None:
    """No event is told by words that a trap forbids."""
    forbidden = [(trap["report"], trap["forbid_quote"]) for trap in TRAPS if "forbid_quote" in trap]
    for row in TOLD:
        for name, quote in (row.get("evidence") or {row["reports"][0]: row["quote"]}).items():
            assert not any(
                quote in words or words in quote for at, words in forbidden if at == name
            )


def test_the_reports_are_our_own_words() -> None:
    """No run of eight words is shared with the reports that others supplied."""
    if not SEEDS.is_dir():
        message = f"the supplied reports are not at {SEEDS.relative_to(ROOT.parent)}"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    seeds: set[tuple[str, ...]] = set()
    for path in sorted(SEEDS.glob("*.txt")):
        seeds |= runs(path.read_text(encoding="utf-8"), 8)
    assert seeds
    for name, text in TEXTS.items():
        assert not runs(text, 8) & seeds, name
