"""What no committed file may say."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from project import ROOT, SOURCE, committed, name_of

# Written so that these patterns do not match themselves.
FORBIDDEN = {
    "the host of a package registry": r"p[y]pi\.org|p[y]thonhosted|registry\.n[p]mjs|deb\.d[e]bian",
    "a path of one machine": r"(?:^|[^A-Za-z0-9_.])/(?:w[o]rk|r[o]ot|t[m]p|h[o]me|f[a]rm)/",
    "an index or a place of wheels": r"^\s*--(?:[i]ndex-url|[e]xtra-index-url|[f]ind-links)",
    "the number of an issue": r"(?i)\b[i]ssues? (?:no\.? ?|number |#)?\d",
}


def read(path: Path) -> str:
    """Read a file as text, whatever it holds."""
    return path.read_text(encoding="utf-8", errors="replace")


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_file_says(what: str) -> None:
    """No file ties the project to a registry, a machine or a tracker."""
    pattern = re.compile(FORBIDDEN[what], re.MULTILINE)
    found = [
        f"{name_of(path)}: {match[0]!r}"
        for path in committed()
        for match in [pattern.search(read(path))]
        if match
    ]
    assert not found, f"{what} is named: {found}"


def rows(*names: str) -> list[dict[str, Any]]:
    """Return the rows of the gold files, those that lie beside the clone too if they do."""
    folders = (ROOT / "evals" / "gold", ROOT.parent / "shared" / "gold")
    files = [file for folder in folders for file in sorted(folder.glob("*.jsonl"))]
    lines = [line for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    return [row for row in map(json.loads, lines) if row["kind"] in names]


def rules() -> dict[str, str]:
    """Return the code and data that read reports: all of Parley but the samples."""
    files = [path for path in committed() if path.is_relative_to(SOURCE)]
    kept = [path for path in files if not path.is_relative_to(SOURCE / "sample")]
    return {name_of(path): read(path) for path in kept}


def test_no_rule_knows_a_person_of_the_gold() -> None:
    """No code and no lexicon names the people whom the gold answers ask for.

    The table of who held which office since 1975 is knowledge of the whole world and no rule:
    its size is held here, so that it never becomes a list of the persons asked for.
    """
    people = {name for row in rows("event") for name in row.get("people", ()) if " " in name}
    texts = rules()
    table = texts.pop("src/parley/grounding/data/officeholders.tsv")
    assert len(table.splitlines()) > 2_000
    assert people
    found = [(file, name) for file, text in texts.items() for name in people if name in text]
    assert found == []


def test_no_rule_knows_a_sentence_of_the_gold() -> None:
    """No code and no lexicon holds words that a gold answer quotes."""
    kinds = rows("event", "minor", "trap")
    quotes = {row.get("quote") or row.get("forbid_quote") or "" for row in kinds}
    quotes |= {quote for row in kinds for quote in row.get("evidence", {}).values()}
    long = {quote for quote in quotes if len(quote) >= 25}
    texts = rules()
    assert long
    found = [(file, quote) for file, text in texts.items() for quote in long if quote in text]
    assert found == []
