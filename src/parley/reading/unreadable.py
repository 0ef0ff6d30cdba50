"""What is wrong with something that cannot be read, before it is known what it is called."""

from __future__ import annotations

from parley.errors import InputError, ParleyError


class Unreadable(ParleyError):
    """Bytes, a file or a row cannot be read as a report: the `problem` and the `way_out`.

    The forms raise it; `read` puts the source's name to it and hands it on as an
    `InputError`.
    """

    def __init__(self, problem: str, *, way_out: str) -> None:
        super().__init__(f"{problem}; {way_out}")
        self.problem = problem
        self.way_out = way_out

    def of(self, source: str) -> InputError:
        """Return the error that names the source."""
        return InputError(source, self.problem, way_out=self.way_out)


class Damaged(Unreadable):
    """A packed stream breaks off: nothing more can be read from it or from what it carries."""
