"""The notation of the corpus: items, labels, and where their words stand in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

from msgspec import Struct

from parley.errors import DataError
from parley.model import EventType, Status

TYPES = frozenset(get_args(EventType))
STATUSES = frozenset(get_args(Status))
STANCES = frozenset({"asserts", "denies", "accuses", "confirms"})
COUNTS = frozenset({"killed", "wounded", "captured", "missing", "displaced", "deployed"})
SLOTS = frozenset({"by", "to", "med", "host", "at", "on", "says", "saidon"}) | COUNTS

_HEAD = re.compile(r"@([sr]\d+) (\S+)(?: (\d{4}-\d{2}-\d{2}))?")
_NUMBERED = re.compile(r"(.*)#(\d+)")
_DAY = r"\d{4}(?:-\d{2}(?:-\d{2})?)?"
_MARKS = {"is": re.compile(r"[a-z]\d+"), "when": re.compile(rf"{_DAY}(?:/{_DAY})?")}


class Span(Struct, frozen=True, order=True):
    """Characters of an item's text: code points, end exclusive."""

    start: int
    end: int


class Slot(Struct, frozen=True):
    """One slot of a label: its kind, the words that fill it, the stance of a `says`."""

    kind: str
    span: Span
    stance: str | None = None


class Label(Struct, frozen=True):
    """One event of an item.

    `happening` names what it tells, alike in all labels of a conflict that tell the same;
    `when` is the day, month, year or span on which that was, as far as one can know it.
    """

    type: EventType
    status: Status
    trigger: Span
    background: bool
    slots: tuple[Slot, ...]
    happening: str | None = None
    when: str | None = None


class Item(Struct, frozen=True):
    """A sentence or a report of the corpus; `date` (ISO) only of a report."""

    id: str
    style: str
    text: str
    date: str | None = None


def read_items(path: Path) -> dict[str, tuple[Item, list[str]]]:
    """Return a file's items by their ids, each with its label lines (none in `texts/`).

    Raises `DataError` where the file breaks the notation.
    """
    items: dict[str, tuple[Item, list[str]]] = {}
    for head, body in _blocks(path):
        match = _HEAD.fullmatch(head)
        if match is None:
            raise DataError(f"{path}: {head!r} is no head such as '@s001 agency'")
        text = "\n".join(line for line in body if not line.startswith("+ ")).strip("\n")
        lines = [line for line in body if line.startswith("+ ")]
        if match[1] in items:
            raise DataError(f"{path}: {match[1]} is there twice")
        if not text.strip():
            raise DataError(f"{path}: {match[1]} has no text")
        items[match[1]] = (Item(id=match[1], style=match[2], text=text, date=match[3]), lines)
    return items


def read_labels(path: Path) -> dict[str, list[str]]:
    """Return a label file's lines by the id of their item."""
    return {
        head.split()[0][1:]: [line for line in body if line.startswith("+ ")]
        for head, body in _blocks(path)
    }


def _blocks(path: Path) -> Iterator[tuple[str, list[str]]]:
    head: str | None = None
    body: list[str] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if re.match(r"@[sr]\d", line):
            if head is not None:
                yield head, body
            head, body = line.rstrip(), []
        elif head is not None:
            body.append(line.rstrip())
        elif line.strip():
            raise DataError(f"{path}: {line!r} stands before the first item")
    if head is not None:
        yield head, body


def parse_label(line: str, text: str) -> Label:
    """Return the label that a `+` line writes, its words found in the text.

    Raises `DataError` saying what is wrong with the line.
    """
    head, *rest = [part.strip() for part in line[2:].split(" | ")]
    parts = head.split()
    if len(parts) < 3 or len(parts) > 4 or parts[3:] not in ([], ["bg"]):
        raise DataError(f"{line!r}: must begin 'TYPE trigger status' or 'TYPE trigger status bg'")
    type_, words, status = parts[:3]
    if type_ not in TYPES:
        raise DataError(f"{line!r}: {type_} is no type")
    if status not in STATUSES:
        raise DataError(f"{line!r}: {status} is no status")
    trigger = find(words, text, near=None)
    marks = dict(_mark(part, line=line) for part in rest if part.split(" ")[0] in _MARKS)
    slots = tuple(
        _slot(part, line=line, text=text, near=trigger)
        for part in rest
        if part and part.split(" ")[0] not in _MARKS
    )
    return Label(
        type=type_,  # type: ignore[arg-type]
        status=status,  # type: ignore[arg-type]
        trigger=trigger,
        background=len(parts) == 4,
        slots=slots,
        happening=marks.get("is"),
        when=marks.get("when"),
    )


def _mark(part: str, *, line: str) -> tuple[str, str]:
    kind, _, told = part.partition(" ")
    if not _MARKS[kind].fullmatch(told):
        raise DataError(f"{line!r}: {part!r} is no happening (e12) and no day (2003-05-19)")
    return kind, told


def _slot(part: str, *, line: str, text: str, near: Span) -> Slot:
    kind, _, words = part.partition(" ")
    if kind not in SLOTS or not words:
        raise DataError(f"{line!r}: {part!r} is no slot")
    stance = None
    if kind == "says":
        words, _, stance = words.rpartition(" ")
        if stance not in STANCES or not words:
            raise DataError(f"{line!r}: {part!r} ends in no stance ({', '.join(sorted(STANCES))})")
    return Slot(kind=kind, span=find(words, text, near=near), stance=stance)


def find(words: str, text: str, *, near: Span | None) -> Span:
    """Return where the words stand in the text.

    `word#2` is the second time; without a number the first, or the one nearest to `near`.
    Raises `DataError` where they do not stand in it.
    """
    match = _NUMBERED.fullmatch(words)
    number = int(match[2]) if match else None
    wanted = match[1] if match else words
    pattern = r"(?<!\w)" + re.escape(wanted) + r"(?!\w)"
    spans = [Span(start=m.start(), end=m.end()) for m in re.finditer(pattern, text)]
    if not spans or (number is not None and not 1 <= number <= len(spans)):
        raise DataError(f"{words!r} does not stand in {text[:80]!r}")
    if number is not None:
        return spans[number - 1]
    if near is None:
        return spans[0]
    return min(spans, key=lambda span: _distance(span, near, text))


def _distance(span: Span, near: Span, text: str) -> tuple[bool, int]:
    """Words of the trigger's own line first, then those nearest to it."""
    low, high = min(span.start, near.start), max(span.end, near.end)
    return "\n" in text[low:high], high - low
