"""What takes long in merging is divided: the same comes out, whoever does which part."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from loads import Load

from parley.merging import join
from parley.merging.memory import Fresh

Thing = TypeVar("Thing")
Answer = TypeVar("Answer")


def test_divided_work_gives_the_same() -> None:
    """Done in many small pieces, the last one first, it is what it is when done at once."""
    asked = 0

    def in_pieces(
        work: Callable[[Sequence[Thing]], list[Answer]], things: Sequence[Thing], /, *, few: int
    ) -> list[Answer]:
        nonlocal asked
        asked += len(things)
        pieces = [things[at : at + 7] for at in range(0, len(things), 7)]
        answers = [work(piece) for piece in reversed(pieces)]
        return [answer for some in reversed(answers) for answer in some]

    load = Load(300, seed=4)
    memory = Fresh(load.mentions, load.reports, {})
    assert join(memory, load.reports, spread=in_pieces) == join(memory, load.reports)
    assert asked > 300
