"""Floors go up freely and down only for a reason, which is kept."""

from datetime import date
from pathlib import Path

import pytest

from evals.__main__ import main
from evals.floors import (
    Floors,
    SetFloors,
    lowered,
    raised,
    read_floors,
    repinned,
    write_floors,
)
from evals.gate import complaints
from evals.sets import SETS, Figure
from parley.errors import DataError

DAY = date(2026, 1, 2)
FLOORS = Floors(sets={"dev": SetFloors(gold="g1", floors={"found": 90, "report date": 12})})


def test_written_floors_are_read_back(tmp_path: Path) -> None:
    """What is written is what is read, reasons with quotes and all."""
    floors = lowered(FLOORS, "dev.found", 88, because='the "gold" was wrong\nin two', day=DAY)
    write_floors(floors, tmp_path / "floors.toml")
    assert read_floors(tmp_path / "floors.toml") == floors


def test_a_floor_is_raised_and_never_falls_with_it() -> None:
    """Raising takes what is better and leaves what is worse, saying so."""
    floors, above = raised(FLOORS, "dev", {"found": 95, "report date": 11, "whole": 7}, gold="g1")
    assert floors.sets["dev"].floors == {"found": 95, "report date": 12, "whole": 7}
    assert above == {"report date": (12, 11)}


def test_raising_on_another_gold_is_refused() -> None:
    """A changed gold does not quietly make new floors."""
    with pytest.raises(DataError, match=r"dev: .*--repin"):
        raised(FLOORS, "dev", {"found": 1}, gold="g2")


def test_a_lowering_is_kept_with_its_reason() -> None:
    """The date, the figure, both values and the reason stand in the file afterwards."""
    (kept,) = lowered(FLOORS, "dev.found", 88, because="a rule knew the set", day=DAY).lowered
    assert (kept.date, kept.figure, kept.old, kept.new) == (DAY, "dev.found", 90, 88)
    assert kept.because == "a rule knew the set"


@pytest.mark.parametrize(
    ("figure", "new", "because", "says"),
    [
        ("dev.found", 88, " ", "--because"),
        ("dev.found", 90, "no need", "not below"),
        ("dev.nothing", 1, "no such figure", "no such floor"),
        ("nowhere.found", 1, "no such set", "dev.found"),
    ],
)
def test_a_lowering_that_cannot_be_is_refused(
    figure: str, new: float, because: str, says: str
) -> None:
    """No reason, no fall or no floor: the message says which."""
    with pytest.raises(DataError, match=says):
        lowered(FLOORS, figure, new, because=because, day=DAY)


def test_repinning_keeps_each_fall() -> None:
    """Another gold gives new floors, and each lower one stands as a lowering."""
    floors = repinned(
        FLOORS, "dev", {"found": 80, "report date": 14}, gold="g2", because="two added", day=DAY
    )
    assert floors.sets["dev"] == SetFloors(gold="g2", floors={"found": 80, "report date": 14})
    assert [(row.figure, row.old, row.new) for row in floors.lowered] == [("dev.found", 90, 80)]


def test_what_fell_is_named_with_the_way_out() -> None:
    """A figure below its floor, or measured no more, is a complaint; one at it is none."""
    held = SetFloors(gold=SETS["dev"].sha256(), floors={"found": 90, "type": 80, "whole": 5})
    figures = {"found": Figure(89, 116), "type": Figure(80, 116)}
    first, second = complaints(SETS["dev"], figures, held)
    assert "dev.found: 89 of 116 is below its floor of 90" in first
    assert "--lower" in first
    assert "dev.whole: is not measured" in second


def test_a_changed_gold_is_a_complaint() -> None:
    """Floors taken on other answers prove nothing: that alone is said."""
    (only,) = complaints(SETS["dev"], {}, FLOORS.sets["dev"])
    assert "the gold answers are not those" in only


@pytest.mark.parametrize("args", [["--lower", "dev.found"], ["--repin", "dev"], ["nowhere"]])
def test_the_command_wants_a_reason_and_a_set(
    args: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Wrong usage is refused before anything is measured."""
    with pytest.raises(SystemExit) as stopped:
        main(args)
    assert stopped.value.code == 2
    assert "evals: error:" in capsys.readouterr().err
