"""What takes long in merging is divided: the same comes out, whoever does which part."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from loads import Load

from parley.merging import join
from parley.merging.memory import Fresh
from parley.model import Constraints

Thing = TypeVar("Thing")
Answer = TypeVar("Answer")


class Closed:
    """A memory that is asked nothing but reports while it is `closed`."""

    def __init__(self, memory: Fresh) -> None:
        self._memory = memory
        self.closed = False

    def __getattr__(self, name: str) -> Any:
        assert not self.closed or name == "reports", name
        return getattr(self._memory, name)


def test_divided_work_gives_the_same() -> None:
    """Done in many small pieces, the last one first, it is what it is when done at once.

    A piece asks nothing of the memory: another process may do it, which has no database.
    """
    load = Load(300, seed=4)
    memory = Closed(Fresh(load.mentions, load.reports, {}))
    done: set[str] = set()

    def in_pieces(
        work: Callable[[Sequence[Thing]], list[Answer]], things: Sequence[Thing], /, *, few: int
    ) -> list[Answer]:
        done.add(work.__qualname__)
        memory.closed = True
        pieces = [things[at : at + 7] for at in range(0, len(things), 7)]
        answers = [work(piece) for piece in reversed(pieces)]
        memory.closed = False
        return [answer for some in reversed(answers) for answer in some]

    one, two, three, four = (mention.id for mention in load.mentions[:4])
    said = Constraints(together=((one, two),), apart=(((three,), (four,)),))
    assert join(memory, load.reports, spread=in_pieces, constraints=said) == join(
        memory, load.reports, constraints=said
    )
    assert len(done) > 3
