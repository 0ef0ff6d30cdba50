"""Some paragraphs of the corpus as examples, parsed once."""

from __future__ import annotations

import itertools

import pytest

from training.making import examples as of_folds


@pytest.fixture(scope="session")
def examples():
    """Return the first hundred paragraphs of the fold "tune"."""
    return list(itertools.islice(of_folds(["tune"]), 100))
