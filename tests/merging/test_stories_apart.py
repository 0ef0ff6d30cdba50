"""The stories that benchmarks are measured on: their form, and what counts as told apart."""

import json
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from benchmarks.stories import figures, read_clusters, read_truth
from benchmarks.told import SETS, read_stories, write


@pytest.mark.parametrize("name", SETS)
def test_each_set_is_well_formed(name: str) -> None:
    """Every report has a day, an outlet, a title and a text, and no text is told twice."""
    told = list(read_stories(SETS[name]))
    assert told
    for _, report in told:
        assert date.fromisoformat(report["date"])
        assert report["outlet"].strip()
        assert len(report["text"].split()) > 20
    assert max(Counter(report["text"] for _, report in told).values()) == 1


def test_incidents_of_the_sets_are_different_ones() -> None:
    """No incident of the set that is tuned on stands in the set that is kept apart."""
    told, apart = ({incident for incident, _ in read_stories(path)} for path in SETS.values())
    assert not told & apart


def test_what_is_recalled_is_in_the_truth_alone(tmp_path: Path) -> None:
    """The load's rows do not say what a report recalls; its truth does."""
    write(tmp_path, stories=SETS["apart"], alone=0.0, seed=1)
    rows = [json.loads(line) for line in (tmp_path / "reports.jsonl").read_text().splitlines()]
    truth, tells = read_truth(tmp_path / "truth.tsv")
    assert {row["id"] for row in rows} == set(truth)
    assert not any("recalls" in row for row in rows)
    assert any(len(names) > 1 for names in tells.values())


def test_an_event_recalled_in_passing_binds_no_incidents(tmp_path: Path) -> None:
    """A report that rightly shares an event with an incident that it recalls is not held wrong."""
    export, table = tmp_path / "export.jsonl", tmp_path / "truth.tsv"
    rows: list[dict[str, object]] = [
        {"kind": "report", "id": name, "source": f"reports.jsonl#{name}"} for name in "abc"
    ]
    rows.append({"kind": "event", "mentions": [{"report": name} for name in "abc"]})
    export.write_text("".join(json.dumps(row) + "\n" for row in rows))
    precisions = []
    for recalls in ("\tfire", ""):
        table.write_text(f"a\tfire\nb\tfire\nc\tflood{recalls}\n")
        truth, tells = read_truth(table)
        found, silent = read_clusters(export, truth, tells)
        assert not silent
        precisions.append(figures(found, truth)[1][1])
    assert precisions == [1.0, 1 / 3]


@pytest.mark.parametrize("name", SETS)
def test_a_report_recalls_others_than_its_own_incident(name: str) -> None:
    """What a report recalls is another incident of its set, or what two reports at least recall."""
    told = list(read_stories(SETS[name]))
    incidents = {incident for incident, _ in told}
    recalled = Counter(other for _, report in told for other in report["recalls"].split())
    assert not [incident for incident, report in told if incident in report["recalls"].split()]
    assert not [other for other, n in recalled.items() if other not in incidents and n < 2]
