"""What is loaded once and stays is not searched for garbage; what a run let go of is given back.

Python looks through what is new whenever it holds 700 things more than before, and through all
that it holds whenever a quarter more is there; the model, the tables and the modules are most of
it, and never garbage while a run lasts.  Nor is much of what a run makes: hardly anything leads
back to itself, and all else goes when nobody holds it any more.  So a run searches seldom.  What it
let go of the C library keeps in pieces, in case somebody asks again: who polls for days would hold
it for nothing.
"""

from __future__ import annotations

import ctypes
import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

_loaded = False
# Python searches what is new when so many things more are held than at the last time, what
# was searched so before each so many times, and all that is left each so many times of that.
_SELDOM = (2_000_000, 5, 5)
_before: tuple[int, int, int] | None = None


def search_seldom() -> None:
    """Look for garbage seldom until `release`: some megabytes of it are held the while."""
    global _before  # noqa: PLW0603 - one process, one heap
    if _before is None:
        _before = gc.get_threshold()
        gc.set_threshold(*_SELDOM)


@contextmanager
def loading() -> Iterator[None]:
    """Look for no garbage while the block loads what stays, nor in that until `release`.

    In all else it is looked for seldom until then.
    What another run in this process had loaded is given up first: it is so old by then that
    Python would hardly ever look at it again, and each run would hold a model more.
    """
    global _loaded  # noqa: PLW0603 - one process, one heap
    if _loaded:
        gc.unfreeze()
        gc.collect()
    _loaded = True
    searched = gc.isenabled()
    gc.disable()
    search_seldom()
    try:
        yield
    finally:
        gc.freeze()
        if searched:
            gc.enable()


@contextmanager
def unsearched() -> Iterator[None]:
    """Look for no garbage while the block holds all that it makes to its end.

    What a merge makes is so much that Python would search it again and again, for nothing: a
    fifth of the merge.
    """
    searched = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searched:
            gc.enable()


def release() -> None:
    """Let what was loaded be searched again, as often as before: others may let go of it now.

    What is free goes back to the machine, where its C library knows how (glibc).
    """
    global _before  # noqa: PLW0603 - one process, one heap
    gc.unfreeze()
    if _before is not None:
        gc.set_threshold(*_before)
        _before = None
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).malloc_trim(0)
