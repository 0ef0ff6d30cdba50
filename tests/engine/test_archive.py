"""The reports that the benchmarks read: a made-up archive, and such as repeat nothing."""

from __future__ import annotations

from benchmarks import natural
from benchmarks.archive import rows


def test_the_same_seed_gives_the_same_archive():
    """And a long one begins as a short one does."""
    short, long = list(rows(60, seed=5)), list(rows(90, seed=5))
    assert long[:60] == short
    assert list(rows(60, seed=6)) != short


def test_it_repeats_itself_as_an_archive_does():
    """A fifth at least is printed word for word again, and lengths scatter."""
    texts = [row["text"].rpartition("\n\n")[0] for row in rows(400, seed=1)]
    assert 0.6 < len(set(texts)) / len(texts) < 0.85
    lengths = sorted(len(text.split()) for text in texts)
    assert lengths[0] < 120
    assert 250 < lengths[len(lengths) // 2] < 400 < lengths[-1]


def test_the_natural_reports_repeat_nothing():
    """Some hundred reports, each with its day; hardly a sentence stands in two."""
    made = list(natural.rows())
    assert len(made) > 200
    assert len({row["id"] for row in made}) == len(made)
    assert all(row["date"][4] == "-" for row in made)
    lines = [line for row in made for line in row["text"].splitlines() if len(line) > 60]
    assert len(set(lines)) > 0.99 * len(lines)
