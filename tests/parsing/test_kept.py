"""What the model said, kept on disk: right or not at all."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.parsing.annotating import Annotator
from parley.parsing.kept import Kept
from parley.parsing.pipeline import load_pipeline

NAMES = [5, 77, 2**63 + 9]
TEXTS = ("The envoy met rebels in Geneva on Tuesday.", "Two were killed.", "Go")
words = st.tuples(
    st.sampled_from(NAMES),
    st.integers(-300, 300),
    st.sampled_from(NAMES),
    st.integers(0, 3),
    st.sampled_from([0, *NAMES]),
)


def table(rows):
    """Return a table of words."""
    signed = np.array([[*row] for row in rows], dtype=object).reshape(len(rows), 5) % 2**64
    return signed.astype(np.uint64)


def file_of(folder: Path) -> Path:
    """Return the cache's file."""
    return next(folder.glob("annotations-*.db"))


@pytest.fixture(scope="module")
def nlp():
    """The pinned pipeline."""
    return load_pipeline()


@settings(deadline=None)
@given(rows=st.lists(words, max_size=30))
def test_what_is_kept_is_what_was_told(tmp_path_factory, rows):
    """A table comes back from the file as it was, in another process's hands too."""
    folder = tmp_path_factory.mktemp("kept")
    first = Kept(folder, NAMES)
    first.keep(b"key", table(rows))
    first.flush()
    found = Kept(folder, NAMES).find([b"other", b"key"])
    assert list(found) == [b"key"]
    assert (found[b"key"] == table(rows)).all()


def test_the_model_is_asked_once(tmp_path, nlp, monkeypatch):
    """A second run over the same paragraphs says the same without the model."""
    first = Annotator(nlp, kept=tmp_path)
    told = first.annotate([nlp.make_doc(text) for text in TEXTS])
    first._kept.flush()
    monkeypatch.setattr(Annotator, "_look_at", None)
    again = Annotator(nlp, kept=tmp_path).annotate([nlp.make_doc(text) for text in TEXTS])
    assert all((a == b).all() for a, b in zip(told, again, strict=True))


def test_other_marks_are_another_paragraph(tmp_path, nlp):
    """What is told of a paragraph is not told of the same words with other names marked."""
    annotator = Annotator(nlp, kept=tmp_path)
    plain, named = nlp.make_doc("Salem met rebels."), nlp.make_doc("Salem met rebels.")
    named.set_ents([named.char_span(0, 5, "NORP")], default="missing")
    one, other = annotator.annotate([plain, named])
    assert not (one == other).all()


@pytest.mark.parametrize("content", [b"no database at all", b"SQLite format 3\0" + b"x" * 5000])
def test_a_damaged_file_is_made_anew(tmp_path, content):
    """Rubbish in the cache is no error, and the cache works again."""
    Kept(tmp_path, NAMES)
    file_of(tmp_path).write_bytes(content)
    kept = Kept(tmp_path, NAMES)
    kept.keep(b"key", table([(5, 0, 5, 2, 0)]))
    kept.flush()
    assert list(Kept(tmp_path, NAMES).find([b"key"])) == [b"key"]


def test_a_damaged_row_is_not_believed(tmp_path):
    """A table whose bytes have changed is asked of the model again."""
    kept = Kept(tmp_path, NAMES)
    kept.keep(b"key", table([(5, 0, 5, 2, 0)]))
    kept.flush()
    with sqlite3.connect(file_of(tmp_path)) as connection:
        said = bytearray(connection.execute("SELECT said FROM told").fetchone()[0])
        said[0] ^= 1
        connection.execute("UPDATE told SET said = ?", (bytes(said),))
    connection.close()
    assert Kept(tmp_path, NAMES).find([b"key"]) == {}


def test_a_locked_file_stops_nobody(tmp_path):
    """While another program holds the file, nothing is written and nothing raised."""
    kept = Kept(tmp_path, NAMES)
    holder = sqlite3.connect(file_of(tmp_path), isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    kept.keep(b"key", table([(5, 0, 5, 2, 0)]))
    kept.flush()
    assert kept.find([b"key"]) == {}
    holder.execute("ROLLBACK")
    holder.close()
    kept.keep(b"key", table([(5, 0, 5, 2, 0)]))
    kept.flush()
    assert list(kept.find([b"key"])) == [b"key"]


def test_a_folder_that_is_none_stops_nobody(tmp_path):
    """Where the cache cannot be made, all goes on without it."""
    (tmp_path / "file").write_text("no folder")
    kept = Kept(tmp_path / "file" / "deep", NAMES)
    kept.keep(b"key", table([(5, 0, 5, 2, 0)]))
    kept.flush()
    assert kept.find([b"key"]) == {}


def test_it_is_bounded(tmp_path):
    """The oldest go where there are too many."""
    kept = Kept(tmp_path, NAMES, most=10)
    for number in range(50):
        kept.keep(str(number).encode(), table([(5, 0, 5, 2, 0)]))
        kept.flush()
    keys = [str(number).encode() for number in range(50)]
    assert list(kept.find(keys)) == keys[-10:]


def test_a_table_that_does_not_fit_is_not_kept(tmp_path):
    """A tag that nobody knows, or a head far off, is not kept wrong."""
    kept = Kept(tmp_path, NAMES)
    kept.keep(b"tag", table([(6, 0, 5, 2, 0)]))
    kept.keep(b"head", table([(5, 40_000, 5, 2, 0)]))
    kept.flush()
    assert kept.find([b"tag", b"head"]) == {}
