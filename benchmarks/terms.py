"""What was agreed, point by point: how much of it is found, and what is made of it beside that.

`python -m benchmarks.terms [--set read|kept] [--misses]` codes the passages of
`benchmarks/terms/`: short reports of agreements of some thirty conflicts, written for this, with
their points marked by hand, and some that tell of no point at all (a deed done under a truce, a
demand, a draft that was rejected).  Rules may be written on `read`; of `kept` only the totals
are looked at.

A point is found where a provision of an agreement has half of its characters, and the point
half of the provision's; a provision is right where it finds a point.  `own events` are the
mentions that a point's words trigger, and `done` those of them that are told as done, which
none is.  `day` counts the passages whose agreement has the day, or the year, that is told.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from datetime import date
from pathlib import Path

import msgspec
from msgspec import Struct

import parley
from parley.model import Mention

FOLDER = Path(__file__).parent / "terms"
_DONE = ("happened", "ongoing")

Span = tuple[int, int]


class Passage(Struct, frozen=True, forbid_unknown_fields=True):
    """A passage with its points, in its own words, and the day or the year of its agreement.

    `none` is what a hasty reader would take for a point.
    """

    date: date
    text: str
    points: tuple[str, ...]
    agreed: str | None = None
    none: tuple[str, ...] = ()


def read_passages(name: str) -> list[Passage]:
    """Return the passages of a set."""
    lines = (FOLDER / f"{name}.jsonl").read_bytes().splitlines()
    return [msgspec.json.decode(line, type=Passage) for line in lines]


def weigh(passage: Passage, *, misses: list[str]) -> Counter[str]:
    """Return the counts of one passage; what is missed is added to `misses`."""
    mentions = parley.code(passage.text, date=passage.date).mentions
    points = {quote: _place(passage.text, quote) for quote in passage.points}
    provisions = [
        (trace.start, trace.end)
        for mention in mentions
        for provision in mention.provisions
        for trace in provision.evidence
    ]
    found = Counter[str](points=len(points), provisions=len(provisions), passages=1)
    for quote, point in points.items():
        if any(_same(point, span) for span in provisions):
            found["found"] += 1
        else:
            misses.append(f"missed   {quote}")
    for start, end in provisions:
        if any(_same(point, (start, end)) for point in points.values()):
            found["right"] += 1
        else:
            misses.append(f"invented {passage.text[start:end]}")
    for mention in mentions:
        if any(start <= mention.trigger[0] < end for start, end in points.values()):
            found["own events"] += 1
            done = mention.status in _DONE
            found["done"] += done
            word = passage.text[slice(*mention.trigger)]
            misses.append(
                f"{'done' if done else 'event':<8} {mention.type} {mention.status} {word}"
            )
    if passage.agreed is not None:
        found["dated"] += 1
        day = _day_of_agreement(mentions)
        found["day"] += day.startswith(passage.agreed)
        if not day.startswith(passage.agreed):
            misses.append(f"day      {day or 'none'}, not {passage.agreed}")
    return found


def _place(text: str, quote: str) -> Span:
    start = text.index(quote)
    return start, start + len(quote)


def _same(one: Span, two: Span) -> bool:
    shared = min(one[1], two[1]) - max(one[0], two[0])
    return 2 * shared >= max(one[1] - one[0], two[1] - two[0])


def _day_of_agreement(mentions: tuple[Mention, ...]) -> str:
    """Return the day of the agreement that has points, else of the first that is told."""
    agreed = [mention for mention in mentions if mention.type == "AGREE"]
    told = [mention for mention in agreed if mention.provisions] or agreed
    when = told[0].when if told else None
    if when is None:
        return ""
    return f"{when.start:%Y-%m-%d}" if when.start == when.end else f"{when.start:%Y} ({when.end})"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--set", choices=("read", "kept"), default="read")
    parser.add_argument("--misses", action="store_true", help="not for what is kept")
    given = parser.parse_args()
    if given.misses and given.set == "kept":
        parser.error("of the kept passages only the totals are looked at")
    total = Counter[str]()
    for passage in read_passages(given.set):
        misses: list[str] = []
        total += weigh(passage, misses=misses)
        if given.misses and misses:
            _say(passage.text.partition(".")[0], *(f"  {miss}" for miss in misses))
    _say(
        f"{total['passages']} passages",
        f"points found     {total['found']} of {total['points']}",
        f"provisions right {total['right']} of {total['provisions']}",
        f"own events       {total['own events']}, done {total['done']}",
        f"day              {total['day']} of {total['dated']}",
    )


def _say(*lines: str) -> None:
    sys.stdout.write("".join(f"{line}\n" for line in lines))


if __name__ == "__main__":
    main()
