"""How well links between events are found: `python -m benchmarks.links [--set SET] [--misses]`.

The short invented reports of `benchmarks/links_told/` are coded and merged, case by case, and the
links that come out are held against those that the reports tell: precision and recall, by kind of
link, and of statuses (what a denial says was not so).  Every case is of another conflict, some
have several reports, and some tell of no link at all.  `open` is the half that rules were written
on; of `kept` only the totals are looked at.  `accords_open` and `accords_kept` are such halves of
longer reports: accords told point by point in running prose, and what became of them later.

A file has cases (`=== name`) with their reports (`--- date | outlet`, then the text), and then:

    > denies: 2:denied that -> shelling the village @ stop all shelling
    ? denies: 2:denied that -> accused the army
    = denied: attacked the village
    * the army leaves the village
    + ACCUSE: is behind the attack

`>` is a link that must be there, from the event told in some words to the event told in others,
` / ` between words that do as well; after `@` the words of the provision that it is of.  `?` may
be there; any other link is wrong.  `=` is the status of what is told in the words.  `*` is a
provision of an agreement, found where one has half of its characters and it half of theirs, and
`+` an event of a type that the words tell.  `2:` names the case's second report, without which
the first that has the words is meant.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import parley
from parley.merging import merge, told_of_provisions
from parley.model import Event, Link, Mention, Report

FOLDER = Path(__file__).parent / "links_told"
SETS = ("open", "kept", "accords_open", "accords_kept")
BESIDE = ("provision", "status", "type")  # what is counted beside the links
MARKS = tuple(f"{mark} " for mark in ">?=*+")
Span = tuple[int, int, int]  # number of the report, first character, end


@dataclass(frozen=True)
class Wanted:
    """A link that must or may be there; `provision` are the words of the one that it is of."""

    line: str
    relation: str
    ones: Sequence[Span]
    others: Sequence[Span]
    needed: bool
    provision: str


@dataclass
class Case:
    """Some reports and what they tell.

    `told` are spans with the status of what stands there, `typed` with its type.
    """

    name: str
    rows: list[tuple[str, str, str]] = field(default_factory=list)  # date, outlet, text
    links: list[Wanted] = field(default_factory=list)
    told: list[tuple[str, Sequence[Span]]] = field(default_factory=list)
    typed: list[tuple[str, Sequence[Span]]] = field(default_factory=list)
    points: list[Span] = field(default_factory=list)


@dataclass
class Tally:
    """Of one kind of link: how many must be there, how many of these are, how many were made."""

    needed: int = 0
    found: int = 0
    made: int = 0
    right: int = 0


def read_cases(path: Path) -> Iterator[Case]:
    """Yield the cases of a file.  Raises ValueError for words that no report of the case has."""
    for part in path.read_text(encoding="utf-8").split("=== ")[1:]:
        name, _, told = part.partition("\n")
        case, marks = Case(name), []
        for section in told.split("--- ")[1:]:
            head, _, body = section.partition("\n")
            day, outlet = head.split(" | ")
            lines = body.strip().splitlines()
            text = "\n".join(line for line in lines if line[:2] not in MARKS)
            case.rows.append((day, outlet, text.strip() + "\n"))
            marks += [line for line in lines if line[:2] in MARKS]
        for line in marks:
            if line.startswith("*"):
                case.points.append(_span(case, line[2:]))
                continue
            kind, _, words = line[2:].partition(": ")
            if line.startswith(("=", "+")):
                marked = case.told if line.startswith("=") else case.typed
                marked.append((kind, _spans(case, words)))
                continue
            ends, _, provision = words.partition(" @ ")
            one, _, other = ends.partition(" -> ")
            spans = _spans(case, one), _spans(case, other)
            case.links.append(Wanted(line, kind, *spans, line[0] == ">", provision))
        yield case


def _spans(case: Case, words: str) -> list[Span]:
    return [_span(case, each.strip()) for each in words.split(" / ")]


def _span(case: Case, words: str) -> Span:
    number, colon, rest = words.partition(":")
    named = colon == ":" and number.isdigit()
    for at, (_, _, text) in enumerate(case.rows):
        sought = rest if named else words
        if named and at != int(number) - 1:
            continue
        start = text.find(sought)
        if start >= 0:
            return at, start, start + len(sought)
    raise ValueError(f"{case.name}: no report has the words {words!r}")


class Outcome:
    """A case, coded and merged."""

    def __init__(self, case: Case) -> None:
        """Code and merge the reports of a case."""
        coded = [parley.code(text, date=day, outlet=outlet) for day, outlet, text in case.rows]
        reports: dict[str, Report] = {each.report.id: each.report for each in coded}
        self.mentions: list[tuple[int, Mention]] = [
            (at, mention) for at, each in enumerate(coded) for mention in each.mentions
        ]
        merged = merge([mention for _, mention in self.mentions], reports=reports)
        self.links = merged.links
        self.events: dict[str, Event] = {event.id: event for event in merged.events}
        self._of = {m.id: event.id for event in merged.events for m in event.mentions}

    def told_at(self, spans: Sequence[Span]) -> list[Mention]:
        """Return the mentions whose trigger stands in one of some spans."""
        return [
            mention
            for number, start, end in spans
            for at, mention in self.mentions
            if at == number and start <= mention.trigger[0] < end
        ]

    def is_met(self, link: Link, wanted: Wanted) -> bool:
        """Tell whether a link is the wanted one."""
        if link.relation != wanted.relation:
            return False
        ones = {self._of[mention.id] for mention in self.told_at(wanted.ones)}
        others = {self._of[mention.id] for mention in self.told_at(wanted.others)}
        if link.from_ not in ones or link.to not in others:
            return False
        return not wanted.provision or self._is_of(link, wanted.provision)

    def _is_of(self, link: Link, words: str) -> bool:
        """Tell whether a link is of the provision that has these words."""
        agreement = self.events[link.to]
        told = told_of_provisions(agreement, self.links)
        return any(
            words in agreement.provisions[index].text
            for index, links in told.items()
            if index >= 0 and link in links
        )

    def provisions(self) -> list[Span]:
        """Return where the provisions of agreements stand."""
        return [
            (at, trace.start, trace.end)
            for at, mention in self.mentions
            for provision in mention.provisions
            for trace in provision.evidence
        ]

    def shown(self, link: Link) -> str:
        """Return a link for a reader."""
        one, two = self.events[link.from_], self.events[link.to]
        return f"{link.relation}: {one.summary} | {two.summary}"


def tally(cases: Sequence[Case], *, misses: bool = False) -> dict[str, Tally]:
    """Return what was found by kind of link, of points, statuses and types; name what is missed."""
    tallies: dict[str, Tally] = defaultdict(Tally)
    for case in cases:
        outcome = Outcome(case)
        faults = [
            *_weigh_links(case, outcome, tallies),
            *_weigh_points(case, outcome, tallies["provision"]),
        ]
        for status, spans in case.told:
            found = {mention.status for mention in outcome.told_at(spans)}
            tallies["status"].needed += 1
            tallies["status"].found += found == {status}
            if found != {status}:
                faults.append(f"status  {status}, not {', '.join(sorted(found)) or 'told'}")
        for kind, spans in case.typed:
            types = {mention.type for mention in outcome.told_at(spans)}
            tallies["type"].needed += 1
            tallies["type"].found += kind in types
            if kind not in types:
                faults.append(f"type    {kind}, not {', '.join(sorted(types)) or 'told'}")
        if misses:
            for fault in faults:
                say(f"{fault[:8]}{case.name}: {fault[8:]}")
    return tallies


def _weigh_links(case: Case, outcome: Outcome, tallies: Mapping[str, Tally]) -> Iterator[str]:
    for wanted in case.links:
        if wanted.needed:
            met = any(outcome.is_met(link, wanted) for link in outcome.links)
            tallies[wanted.relation].needed += 1
            tallies[wanted.relation].found += met
            if not met:
                yield f"missed  {wanted.line}"
    for link in outcome.links:
        right = any(outcome.is_met(link, wanted) for wanted in case.links)
        tallies[link.relation].made += 1
        tallies[link.relation].right += right
        if not right:
            yield f"wrong   {outcome.shown(link)}"


def _weigh_points(case: Case, outcome: Outcome, found: Tally) -> Iterator[str]:
    provisions = outcome.provisions()
    for point in case.points:
        met = any(_same(point, span) for span in provisions)
        found.needed += 1
        found.found += met
        if not met:
            yield f"missed  * {case.rows[point[0]][2][point[1] : point[2]]}"
    for span in provisions:
        right = any(_same(point, span) for point in case.points)
        found.made += 1
        found.right += right
        if not right and case.points:
            yield f"wrong   * {case.rows[span[0]][2][span[1] : span[2]]}"


def _same(one: Span, two: Span) -> bool:
    shared = min(one[2], two[2]) - max(one[1], two[1])
    return one[0] == two[0] and 2 * shared >= max(one[2] - one[1], two[2] - two[1])


def show(tallies: Mapping[str, Tally]) -> None:
    """Print precision and recall by kind of link, and of all."""
    links = {name: found for name, found in tallies.items() if name not in BESIDE}
    for relation, found in sorted(links.items()):
        say(_line(relation, found))
    names = ("needed", "found", "made", "right")
    every = Tally(*(sum(getattr(each, name) for each in links.values()) for name in names))
    say(_line("all links", every))
    if tallies["provision"].needed:
        say(_line("provision", tallies["provision"]))
    for name in ("status", "type"):
        if tallies[name].needed:
            say(f"{name:<12}{tallies[name].found} of {tallies[name].needed}")


def _line(name: str, found: Tally) -> str:
    precision = found.right / found.made if found.made else 1.0
    recall = found.found / found.needed if found.needed else 1.0
    return (
        f"{name:<12}precision {precision:.3f} ({found.right} of {found.made})   "
        f"recall {recall:.3f} ({found.found} of {found.needed})"
    )


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> None:
    """Code, merge and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--set", choices=SETS, default="open")
    parser.add_argument("--misses", action="store_true", help="name what is missed and wrong")
    given = parser.parse_args()
    if given.misses and given.set.endswith("kept"):
        parser.error("of the kept cases only the totals are looked at")
    show(tally(list(read_cases(FOLDER / f"{given.set}.txt")), misses=given.misses))


if __name__ == "__main__":
    main()
