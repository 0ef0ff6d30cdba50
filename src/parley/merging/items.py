"""Items: the parts of a report that tells several things one after another.

In: a report and the traits of its mentions.  Out: where its items begin, none for a report of one
story.  A bulletin, a list of news in brief and a daily report tell in each paragraph another
matter: what one says of its day, place and doers is nothing to the next, and each is compared
with other reports by itself.  Known by how its paragraphs begin (bullets, numbers, datelines,
"Elsewhere", "In X,"), by the towns that they tell of, and by what they do not share: points of
one story have its names and rare words in common.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import combinations

from msgspec.structs import replace

from parley.merging.focus import INCIDENTS
from parley.merging.likeness import cosine
from parley.merging.stories import story_of
from parley.merging.traits import Traits
from parley.model import Report

_FEWEST = 3  # items, and paragraphs that begin like one
_DATELINES = 2  # or more of a report are enough
_ALIKE = 0.15  # cosine: two paragraphs of one story share as much
_APART = 2 / 3  # of the pairs of items share less
_TOWNS = 2  # or more in which the items tell of incidents
_MOST = 60  # items that are looked at
_LINE = re.compile(r"[^\r\n]+")
_BULLET = re.compile(r"\s*(?:[•‣▪◦●·*–—-]|\(?\d{1,2}[.)]|\(?[a-z]\))\s+(?=\S)")
_DATELINE = re.compile(
    r"\s*[A-Z][A-Z'’.-]+(?: [A-Z'’.-]+){0,3}(?:, [^\n]{2,40}?)?\s(?:—|–|--|-)\s+"
)
_TURN = re.compile(
    r"\s*(?:Elsewhere|Meanwhile|Separately|Also"
    r"|In (?:a )?(?:other|another|separate|unrelated|further)\b"
    r"|(?:In|Near|At|Outside) (?:the \w+ )?[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,2},)"
)


def items_of(report: Report, told: Sequence[Traits]) -> tuple[int, ...]:
    """Return the offsets at which the items of a report begin, () where it tells one story.

    `told` are the traits of its mentions.  Three items or more tell incidents, in more towns than
    one, or two under datelines.  A paragraph that begins like none belongs to the item before it;
    what stands before the first is the head of all.
    """
    incidents = [trait for trait in told if trait.type in INCIDENTS]
    if len(incidents) < _DATELINES:
        return ()
    starts, datelines = _starts(report)
    fewest = _DATELINES if datelines >= _DATELINES else _FEWEST
    if len({item_at(starts, trait.start) for trait in incidents} - {0}) < fewest:
        return ()
    towns = {trait.spots[0].name for trait in incidents if trait.spots}
    elsewhere = datelines >= _DATELINES or len(towns) >= _TOWNS
    return tuple(starts) if elsewhere and _are_apart(report, starts[:_MOST]) else ()


def _starts(report: Report) -> tuple[list[int], int]:
    """Return where lines stand that begin like items, and how many have a dateline."""
    starts: list[int] = []
    datelines = 0
    for line in _LINE.finditer(report.text):
        if any(part.start <= line.start() < part.end for part in report.boilerplate):
            continue
        dateline = _DATELINE.match(line.group())
        datelines += dateline is not None
        bullet = _BULLET.match(line.group())
        if dateline or bullet or _TURN.match(line.group()):
            starts.append(line.start() + (bullet.end() if bullet else 0))
    return starts, datelines


def item_at(starts: Sequence[int], at: int) -> int:
    """Return where the item begins that holds an offset, 0 for the head."""
    behind = bisect_right(starts, at)
    return starts[behind - 1] if behind else 0


def report_of(report: Report, starts: Sequence[int], start: int) -> Report:
    """Return an item as a report of its own, the head of all where `start` is 0."""
    behind = bisect_right(starts, start)
    end = starts[behind] if behind < len(starts) else len(report.text)
    return replace(report, text=report.text[start:end], boilerplate=())


def _are_apart(report: Report, starts: Sequence[int]) -> bool:
    stories = [story_of(report_of(report, starts, start)) for start in starts]
    pairs = [cosine(one, two) < _ALIKE for one, two in combinations(stories, 2)]
    return sum(pairs) >= _APART * len(pairs)
