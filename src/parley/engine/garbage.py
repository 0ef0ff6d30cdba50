"""What is loaded once and stays is not searched for garbage again and again.

Python looks through all that it holds whenever a quarter more is there; the model, the tables and
the modules are most of it, and never garbage while a run lasts.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def loading() -> Iterator[None]:
    """Look for no garbage while the block loads what stays, nor in that until `release`."""
    searched = gc.isenabled()
    gc.disable()
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
    """Let what was loaded be searched again, as it was before: others may let go of it now."""
    gc.unfreeze()
