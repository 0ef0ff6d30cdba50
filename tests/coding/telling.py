"""What a short text should be told as: the rows of `tellings/*.tsv` and how they are judged.

A row: split, expectations, text.  The split is the hash of the text, as for `sentences/`.
A text may have several paragraphs, parted by " ¶ ".  Expectations are parted by " + "; each
is one of

    -                             nothing is told
    TYPE|TYPE:status|status       some mention is of one of these types and statuses
    !TYPE:status                  no mention is
    ... :by=NAME|CODE             ... and is said by one of these (`-`: in the outlet's voice)
    ... :actor=CODE               ... and this country does it
    ... :said=DATE                ... and was said on this day
    ... :bg  :news                ... and is recalled from before, or is not
    ... :denies                   ... and is tied to what it denies
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from parley.model import Mention

FOLDER = Path(__file__).parent / "tellings"
BREAK = " ¶ "


class Expectation(Struct, frozen=True):
    """One thing that is to be told, or (`absent`) not to be told."""

    types: frozenset[str]
    statuses: frozenset[str]
    wants: tuple[tuple[str, frozenset[str]], ...] = ()
    absent: bool = False

    def holds(self, mentions: Sequence[Mention]) -> bool:
        """Tell whether the mentions of a text are as expected."""
        if not self.types:
            return not mentions
        return any(self._fits(mention) for mention in mentions) is not self.absent

    def _fits(self, mention: Mention) -> bool:
        return (
            mention.type in self.types
            and mention.status in self.statuses
            and all(_has(mention, name, values) for name, values in self.wants)
        )


class Row(Struct, frozen=True):
    """One text and what is expected of it."""

    theme: str
    split: str
    expectations: tuple[Expectation, ...]
    told: str
    text: str


def _has(mention: Mention, name: str, values: frozenset[str]) -> bool:
    if name == "by":
        if not mention.attribution:
            return "-" in values
        return any(
            value == source.country or value.lower() in source.name.lower()
            for source in mention.attribution
            for value in values
        )
    if name == "actor":
        doers = {p.country for p in mention.participants if p.role == "actor"}
        return doers == values
    if name == "said":
        return str(mention.said) in values
    if name == "denies":
        return any(link.relation == "denies" for link in mention.links)
    return mention.background is (name == "bg")


def read_expectation(told: str) -> Expectation:
    """Return an expectation as it is written; raises ValueError where it is not one."""
    if told == "-":
        return Expectation(frozenset(), frozenset())
    types, statuses, *wants = told.split(":")
    read = []
    for want in wants:
        name, _, values = want.partition("=")
        if name not in ("by", "actor", "said", "bg", "news", "denies"):
            raise ValueError(f"{want} in {told}")
        read.append((name, frozenset(values.split("|")) - {""}))
    return Expectation(
        frozenset(types.removeprefix("!").split("|")),
        frozenset(statuses.split("|")),
        tuple(read),
        types.startswith("!"),
    )


def read_rows() -> list[Row]:
    """Return every row of every file."""
    rows = []
    for path in sorted(FOLDER.glob("*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines():
            split, told, text = line.split("\t")
            expectations = tuple(read_expectation(part) for part in told.split(" + "))
            rows.append(Row(path.stem, split, expectations, told, text.replace(BREAK, "\n\n")))
    return rows
