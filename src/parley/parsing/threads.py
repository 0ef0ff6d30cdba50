"""Products of matrices on one thread.

numpy's own (`@`) are half as fast again as those of `blis` on one thread, and several times as
slow on many, with matrices as small as a report's: the threads wait for each other.  How
many they are is set for the process, so it is set for as long as it matters and set back.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from functools import cache
from typing import cast

from threadpoolctl import ThreadpoolController


def one_thread() -> AbstractContextManager[object]:
    """Return a context in which numpy multiplies matrices on one thread; it may stand in another.

    To enter and leave it takes some hundredths of a millisecond: once a report, not once a product.
    """
    limit = _controller().limit(limits=1, user_api="blas")
    return cast(AbstractContextManager[object], limit)


@cache
def _controller() -> ThreadpoolController:
    """Return what sets the number of threads; it looks for the libraries loaded by now."""
    return ThreadpoolController()
