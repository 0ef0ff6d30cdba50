"""Files of weights: what is read, what is refused, and that they come back as they were."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley.errors import DataError
from parley.merging import (
    Held,
    Learnt,
    Weights,
    fingerprint,
    pack_weights,
    read_weights,
    rules_by,
    shipped_weights,
    unpack_weights,
    write_weights,
)
from parley.merging.weights import levels_among, parse_among, parse_weights, weights_text

_LEARNT = Learnt(
    method="EM",
    at="2024-05-01",
    version="1.0",
    rules="m12",
    seed=1,
    mentions=40,
    pairs=120,
    together=7,
    apart=9,
    before=Held(loss=0.25, together=0.5, apart=1.0),
    after=Held(loss=0.125, together=0.75, apart=1.0),
)


def _moved(comparison: str, name: str, weight: float) -> Weights:
    """Return the shipped weights with one level learnt."""
    shipped = shipped_weights()
    levels = {key: dict(found) for key, found in shipped.levels.items()}
    level = msgspec.structs.replace(levels[comparison][name], weight=weight, how="learnt", seen=12)
    levels[comparison][name] = level
    return msgspec.structs.replace(shipped, levels=levels, learnt=_LEARNT)


@given(st.floats(-50, 50).map(lambda bits: round(bits, 3)), st.text(max_size=30))
def test_weights_come_back_as_they_were_written(weight: float, reason: str) -> None:
    """What is written to a file is read from it again, whatever a reason has in it."""
    weights = _moved("when", "same_day", weight)
    level = msgspec.structs.replace(weights.levels["words"]["few"], reason=reason)
    weights.levels["words"]["few"] = level
    assert unpack_weights(pack_weights(weights)) == weights
    assert parse_weights(weights_text(weights), "a") == msgspec.structs.replace(weights, name="a")


def test_a_file_is_read_by_its_path(tmp_path: Path) -> None:
    """A written file is read with its name, how it was learnt, and each level's source."""
    path = tmp_path / "weights.toml"
    write_weights(_moved("where", "same", 3.5), path)
    weights = read_weights(path)
    assert weights.name == str(path)
    assert weights.learnt == _LEARNT
    level = weights.levels["where"]["same"]
    assert (level.weight, level.how, level.seen) == (3.5, "learnt", 12)
    assert weights.levels["where"]["near"].how == shipped_weights().levels["where"]["near"].how


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("[when.same_day]", "[when.same_dya]", "when: missing or unknown"),
        ("[where.near]", "[wher.near]", "wher: no such comparison"),
        ("[settings]", "[settings]\npoir = 1.0", "settings"),
        ("weight = 5.0", 'weight = "much"', "when.same_day"),
        ("weight = 5.0", "weight = nan", "when.same_day"),
        ("weight = 5.0", "weight = 1e9", "when.same_day"),
        ("prior = -5.0", "prior = inf", "settings.prior"),
        ("veto = true", "veto = false", "forbids joining"),
        ("[type.same]", "[type.same]\nveto = true", "type.same"),
        ("[settings]", "[settings", "is not TOML"),
        ("[settings]", '[learnt]\nmethod = "EM"\n[settings]', "learnt"),
    ],
)
def test_a_malformed_file_is_refused(tmp_path: Path, old: str, new: str, told: str) -> None:
    """DataError names the file, the key, and the way out, in one line."""
    text = weights_text(msgspec.structs.replace(_moved("when", "same_day", 5.0), learnt=None))
    assert old in text
    path = tmp_path / "own.toml"
    path.write_text(text.replace(old, new, 1))
    with pytest.raises(DataError) as error:
        read_weights(path)
    assert str(path) in str(error.value)
    assert told in str(error.value)
    assert "\n" not in str(error.value)


def test_what_is_no_file_of_weights_is_refused(tmp_path: Path) -> None:
    """No file, a folder, bytes, too large: one line each."""
    odd = tmp_path / "odd.toml"
    odd.write_bytes(b"\xff\xfe\x00")
    large = tmp_path / "large.toml"
    large.write_bytes(b"#" * 1_000_001)
    for path, told in (
        (tmp_path / "none.toml", "no such file"),
        (tmp_path, "cannot be read"),
        (odd, "UTF-8"),
        (large, "too large"),
    ):
        with pytest.raises(DataError, match=told):
            read_weights(path)


def test_outdated_weights_are_not_taken() -> None:
    """Weights that a record keeps from a version with other levels are told from sound ones."""
    weights = _moved("when", "same_day", 4.0)
    del weights.levels["when"]["same_week"]
    assert unpack_weights(pack_weights(weights)) is None
    assert unpack_weights("{") is None


def test_the_fingerprint_follows_the_figures() -> None:
    """Other weights are another fingerprint; other reasons and heads are not."""
    weights = _moved("when", "same_day", 4.25)
    assert fingerprint(weights) != fingerprint()
    assert fingerprint(weights) == fingerprint(msgspec.structs.replace(weights, learnt=None))
    assert fingerprint(shipped_weights()) == fingerprint()
    assert rules_by(weights).levels["when"]["same_day"].weight == 4.25
    assert rules_by(None).weights == shipped_weights()


def test_within_a_report_of_several_only_what_is_said_weighs_otherwise() -> None:
    """The file of what evidence weighs there names what differs; all else is as shipped."""
    shipped = shipped_weights().levels
    found = parse_among("[words]\nmany = { weight = 0.3, was = 1.2, seen = 115 }\n")
    assert found["words"]["many"].weight == 0.3
    assert found["words"]["many"].reason == shipped["words"]["many"].reason
    found["words"]["many"] = shipped["words"]["many"]
    assert found == shipped
    assert levels_among()["status"]["contradict_here"] == shipped["status"]["contradict_here"]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("[words]\nplenty = { weight = 1.0, was = 1.0, seen = 0 }", "words.plenty"),
        ("[cue]\ntied = { weight = 1.0, was = 1.0, seen = 0 }", "cue.tied"),
        ("[words]\nmany = { weight = 1.0 }", "words.many"),
    ],
)
def test_levels_that_are_none_or_forbid_are_refused(text: str, key: str) -> None:
    """What weighs otherwise within a report is a level, forbids nothing, and is told in full."""
    with pytest.raises(DataError, match=key):
        parse_among(text)
