"""The training corpus holds to its notation, to its size, and to its folds."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest

from parley.errors import DataError
from training.agreement import both, compared
from training.corpus import FOLDER, conflicts, labelled, lines_of, texts
from training.items import STATUSES, TYPES, Item, parse_label, read_items
from training.leakage import across_folds, benchmark_texts, framed, with_benchmarks
from training.settling import settled, shown

SHARED = FOLDER.parent.parent / "shared"
TEXT = "The army said on Monday that guerrillas had killed three soldiers near Ituango."


def test_the_corpus_has_the_size_and_spread_that_its_card_claims() -> None:
    """Six thousand sentences and 1,190 reports of 54 conflicts, twelve of them held out."""
    items = [source.item for source in labelled()]
    assert sum(item.id[0] == "s" for item in items) >= 6000
    assert sum(item.id[0] == "r" for item in items) >= 1190
    folds = Counter(conflict.fold for conflict in conflicts())
    assert folds.total() == 54
    assert folds["test"] == 12


def test_every_label_that_stands_holds_to_the_notation() -> None:
    """Each word of a label stands in its text; all types and statuses are there, and silence."""
    types, statuses, silent = Counter[str](), Counter[str](), 0
    for source in labelled():
        silent += not source.labels
        for label in source.labels:
            assert source.item.text[label.trigger.start : label.trigger.end].strip()
            types[label.type] += 1
            statuses[label.status] += 1
    assert set(types) == TYPES
    assert set(statuses) == STATUSES
    assert min(types.values()) >= 100
    assert min(statuses.values()) >= 100
    assert silent >= 2500


@pytest.mark.parametrize("conflict", conflicts(), ids=lambda conflict: conflict.name)
def test_what_two_hands_differ_on_is_settled(conflict: object) -> None:
    """No item on which the hands differ is left without the third hand's decision."""
    decided = lines_of(conflict, "settled")  # type: ignore[arg-type]
    left = [one.item.id for one in both(conflict) if not one.alike]  # type: ignore[arg-type]
    assert set(left) <= set(decided)


def test_a_label_is_found_in_its_text() -> None:
    """Trigger, slots, stance, background: each where it stands."""
    label = parse_label(
        "+ ASSAULT killed happened bg | by guerrillas | killed three | says army asserts", TEXT
    )
    assert TEXT[label.trigger.start : label.trigger.end] == "killed"
    assert label.background
    assert [(slot.kind, TEXT[slot.span.start : slot.span.end]) for slot in label.slots] == [
        ("by", "guerrillas"),
        ("killed", "three"),
        ("says", "army"),
    ]


def test_a_label_may_name_its_happening_and_its_day() -> None:
    """Two marks stand beside the slots and are none: which happening, and when it was."""
    label = parse_label(
        "+ ASSAULT killed happened | by guerrillas | is e12 | when 2003-05-18/2003-05-19", TEXT
    )
    assert (label.happening, label.when) == ("e12", "2003-05-18/2003-05-19")
    assert [slot.kind for slot in label.slots] == ["by"]
    plain = parse_label("+ ASSAULT killed happened", TEXT)
    assert (plain.happening, plain.when) == (None, None)


@pytest.mark.parametrize(
    "line",
    [
        "+ ASSAULT killed",
        "+ BATTLE killed happened",
        "+ ASSAULT killed done",
        "+ ASSAULT shot happened",
        "+ ASSAULT killed#2 happened",
        "+ ASSAULT killed happened | whom soldiers",
        "+ ASSAULT killed happened | says army",
        "+ ASSAULT killed happened | by",
        "+ ASSAULT killed happened | is ambush",
        "+ ASSAULT killed happened | when Monday",
    ],
)
def test_a_malformed_label_is_refused(line: str) -> None:
    """A type, status, slot, stance or word that there is not is named."""
    with pytest.raises(DataError):
        parse_label(line, TEXT)


def test_a_malformed_file_is_refused(tmp_path: Path) -> None:
    """A text before its head, a head that is none, an item twice."""
    for content in ("text\n", "@s1 agency x y\ntext\n", "@s1 a\ntext\n\n@s1 a\ntext\n", "@s1 a\n"):
        path = tmp_path / "x.txt"
        path.write_text(content, encoding="utf-8")
        with pytest.raises(DataError):
            read_items(path)


def test_two_hands_are_compared_by_their_triggers() -> None:
    """One event in common, one that each has alone, and a status that differs."""
    item = Item(id="s1", style="agency", text=TEXT)
    first = [
        parse_label("+ ASSAULT killed happened | by guerrillas", TEXT),
        parse_label("+ ACCUSE said happened | by army", TEXT),
    ]
    second = [parse_label("+ ASSAULT killed alleged | by guerrillas", TEXT)]
    both_ = compared(item, first, second)
    assert len(both_.paired) == 1
    assert len(both_.first) == 1
    assert not both_.second
    assert not both_.alike


def test_what_is_shown_to_settle_can_be_settled(tmp_path: Path) -> None:
    """A choice of A or B gives the lines behind that letter; own lines stand as they are."""
    conflict = conflicts()[0]
    block = next(iter(shown(conflict))).splitlines()
    id_, a, b = block[0][1:], block.index("A"), block.index("B")
    lines_a = [line for line in block[a + 1 : b] if line.startswith("+ ")]
    decisions = tmp_path / "d.txt"
    decisions.write_text(f"@{id_} A\n", encoding="utf-8")
    assert settled(conflict, decisions)[id_] == lines_a
    decisions.write_text(f"@{id_}\n+ AID gave happened\n", encoding="utf-8")
    assert settled(conflict, decisions)[id_] == ["+ AID gave happened"]
    decisions.write_text("@s999 A\n", encoding="utf-8")
    with pytest.raises(DataError):
        settled(conflict, decisions)


def test_no_test_item_shares_its_frame_with_training() -> None:
    """Near-duplicates and frames with other names put in are not on both sides of the fence."""
    assert list(across_folds()) == []


def test_a_frame_is_the_text_without_names_and_numbers() -> None:
    """Two sentences of one frame are alike once their names are out."""
    assert (
        framed("Three men of Kono shot 12 goats.")
        == framed("Four men of Bria shot 7 goats.")[:1]
        + framed("Three men of Bria shot 7 goats.")[1:]
    )


def test_no_sentence_of_the_benchmarks_is_in_the_corpus() -> None:
    """No run of eight words stands in a text that accuracy is measured on."""
    if not SHARED.exists():
        assert os.environ.get("CI") != "true", "the shared sets are missing"
        pytest.skip("the shared sets are not here: compared with the project's own alone")
    known = benchmark_texts(SHARED, FOLDER.parent / "evals")
    assert len(known) > 300
    assert list(with_benchmarks(known)) == []
    planted = {"x": texts(conflicts()[0])[0].text}
    assert list(with_benchmarks(planted)), "a sentence that is in the corpus is found"
