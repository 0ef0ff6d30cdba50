"""Products of matrices on one thread: for as long as it is asked for, and no longer."""

from __future__ import annotations

import numpy as np
from threadpoolctl import threadpool_info

from parley.parsing.threads import one_thread


def threads() -> list[int]:
    """Return how many threads each of the loaded libraries of matrices may take."""
    return [one["num_threads"] for one in threadpool_info() if one["user_api"] == "blas"]


def test_matrices_are_multiplied_on_one_thread():
    """Inside there is one thread, also in a context within it; outside all is as before."""
    assert np.ones((2, 2)).any()
    before = threads()
    with one_thread():
        assert set(threads()) == {1}
        with one_thread():
            assert set(threads()) == {1}
        assert set(threads()) == {1}
    assert threads() == before
