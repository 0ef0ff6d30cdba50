"""Spreading: work over many things, each by itself, that others may take a part of.

In: what is to be done with some things, and the things.  Out: what comes of each, in their
order.  Merging hands such work to the `Spread` that it is given and goes on with the answers:
whoever does it, they are the same.  What does the work may look at all that merging holds, and
changes nothing of it; it asks nothing of the memory.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

Thing = TypeVar("Thing")
Answer = TypeVar("Answer")


class Spread(Protocol):
    """Does work over many things, in pieces."""

    def __call__(
        self,
        work: Callable[[Sequence[Thing]], list[Answer]],
        things: Sequence[Thing],
        /,
        *,
        few: int,
    ) -> list[Answer]:
        """Return the answer to each thing, in order; `work` gives those to some of them.

        Neighbours are kept together.  Up to `few` things are not worth dividing.
        """


def unspread(
    work: Callable[[Sequence[Thing]], list[Answer]], things: Sequence[Thing], /, *, few: int
) -> list[Answer]:
    """Do all the work here, at once."""
    del few
    return work(things)
