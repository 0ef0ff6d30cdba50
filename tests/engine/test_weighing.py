"""A record merged by weights of its own: which are taken, kept, and what they change."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from builders import FakeSteps, dump
from parley.engine import ingest
from parley.engine.weighing import choose_weights
from parley.errors import DataError
from parley.grounding.project import Project, adopt, read_project
from parley.merging import Weights, shipped_weights, write_weights
from parley.record import Record
from parley.views import explain_event


def moved(**figures: float) -> Weights:
    """Return the shipped weights with some of the settings moved."""
    shipped = shipped_weights()
    settings = msgspec.structs.replace(shipped.settings, **figures)
    return msgspec.structs.replace(shipped, settings=settings, name="own.toml")


NEVER = {"prior": -50.0}


@pytest.fixture
def record(tmp_path):
    """Yield a record of two reports that tell one meeting."""
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "a.txt").write_text("Monday\nmet in Castel\n")
    (folder / "b.txt").write_text("Tuesday\nmet again in Castel\n")
    with Record.open(str(tmp_path / "parley.db"), create=True) as record:
        run(record, [folder])
        yield record


def run(record, paths, weights=None):
    """Ingest paths, merging by weights; return the tally."""
    chosen = choose_weights(record, weights)
    return ingest(
        record, [str(path) for path in paths], refuse=pytest.fail, steps=FakeSteps(chosen).steps()
    )


def test_other_weights_merge_all_anew(record, tmp_path):
    """With weights that join nothing the one event is two; with those of before it is one."""
    assert [len(event.mentions) for event in record.events()] == [2]
    done = run(record, [], moved(**NEVER))
    assert (done.added, done.changed) == (0, True)
    assert [len(event.mentions) for event in record.events()] == [1, 1]
    before = dump(tmp_path / "parley.db")
    done = run(record, [], moved(**NEVER))
    assert not done.changed
    assert dump(tmp_path / "parley.db") == before
    run(record, [], shipped_weights())
    assert [len(event.mentions) for event in record.events()] == [2]
    assert record.weights is None


def test_the_record_keeps_its_weights(record, tmp_path):
    """A later run without weights goes by those of before, for new reports too."""
    run(record, [], moved(**NEVER))
    assert record.weights == moved(**NEVER)
    more = tmp_path / "c.txt"
    more.write_text("Wednesday\nmet once more in Castel\n")
    run(record, [more])
    assert [len(event.mentions) for event in record.events()] == [1, 1, 1]


def test_why_goes_by_the_records_weights(record):
    """The evidence is weighed as it was when the record was merged, and says by whose weights."""
    found = explain_event(record, next(iter(record.events())).id)
    assert (found.weights, found.learnt) == ("", shipped_weights().learnt)
    run(record, [], moved(prior=-4.5))
    found = explain_event(record, next(iter(record.events())).id)
    assert found.weights == "own.toml"
    assert found.reasons[0].weights[0].weight == -4.5


def test_outdated_weights_are_told_of_and_left(record):
    """Weights of other levels are not taken; the user hears of it once."""
    weights = moved(**NEVER)
    levels = {key: dict(found) for key, found in weights.levels.items()}
    del levels["when"]["same_day"]
    record.merge_by("old", weights=msgspec.structs.replace(weights, levels=levels))
    assert record.weights is None
    assert record.has_outdated_weights
    told: list[str] = []
    assert choose_weights(record, None, notice=told.append) is None
    assert len(told) == 1
    assert "another version" in told[0]
    run(record, [])
    assert not record.has_outdated_weights
    assert [len(event.mentions) for event in record.events()] == [2]


@pytest.fixture
def adopted(tmp_path):
    """Yield a function that adopts a project with weights; none is adopted afterwards."""

    def adopt_weights(name: str) -> Project:
        path = tmp_path / "parley.toml"
        path.write_text(f'weights = "{name}"\n')
        project = read_project(path)
        adopt(project)
        return project

    yield adopt_weights
    adopt(None)


def test_the_project_file_names_weights(record, tmp_path: Path, adopted):
    """They lie beside the project file; an option goes before them."""
    write_weights(moved(**NEVER), tmp_path / "own.toml")
    adopted("own.toml")
    run(record, [])
    assert [len(event.mentions) for event in record.events()] == [1, 1]
    run(record, [], shipped_weights())
    assert [len(event.mentions) for event in record.events()] == [2]


def test_a_project_that_names_no_file_is_refused(record, adopted):
    """The weights that a project names must be there."""
    adopted("none.toml")
    with pytest.raises(DataError, match=r"none\.toml"):
        choose_weights(record, None)


def test_weights_are_no_names(tmp_path: Path):
    """Which weights a project names changes nothing of how reports are coded."""
    path = tmp_path / "parley.toml"
    party = '[[party]]\nname = "Ombra Vanguard"\nkind = "armed_group"\n'
    path.write_text(party)
    before = read_project(path).fingerprint
    path.write_text(f'weights = "own.toml"\n{party}')
    assert read_project(path).fingerprint == before
    path.write_text(party.replace("Ombra", "Umbra"))
    assert read_project(path).fingerprint != before
