"""What reports cost that join a small and a large record: `python -m benchmarks.merging_growth`.

Records of the sizes given (1,000, 10,000 and 100,000 reports by default) are made up, merged as
ingestion merges, and kept in a folder (`--folder`) so that the next run need not make them again,
as long as merging goes by the same rules.
To a copy of each, 1,000 reports of one kind are added, half of them of incidents that the record
has, half of new ones, and what keeping and merging them costs is printed, in seconds of the
processor and over the cost in the smallest record; there each mention stands as coding would
leave it.  To another copy the same 1,000 are added as `parley ingest` adds them, from their text:
read, parsed, dated, coded, kept and merged in one run of one process (not with `--alone`).

Reports are words drawn as often as English uses them, with the incident's own names, numbers and
rare words among them; incidents are of forty conflicts and four hundred towns over ten years, or
local ones without a party.  Everything follows from the seed.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from importlib.resources import files
from itertools import accumulate, islice
from pathlib import Path

import msgspec

from parley import engine, merging
from parley.engine.garbage import unsearched
from parley.errors import InputError
from parley.model import (
    Constraints,
    Count,
    EventType,
    Mention,
    Participant,
    Place,
    Published,
    Report,
    When,
    digest,
)
from parley.record import Arrival, Record
from parley.record.schema import HEAD

SIZES = (1_000, 10_000, 100_000)
ADDED = 1_000
_FIRST = date(2014, 1, 1)
_DAYS = 3650
_AT_ONCE, _KEPT = 2000, 500
_TYPES: tuple[EventType, ...] = (
    *("ASSAULT",) * 6,
    *("CONSULT",) * 4,
    *("ACCUSE",) * 2,
    *("REQUEST", "REJECT", "PROTEST", "COERCE", "AGREE", "AID"),
)
_SYLLABLES = "ba ce di fo gu ha ji ko lu ma ne pi ro su ta ve wi xa yo zu".split()
_VERBS = {
    "ASSAULT": "attacked",
    "CONSULT": "met",
    "ACCUSE": "accused",
    "AGREE": "signed",
    "REQUEST": "urged",
    "REJECT": "rejected",
    "PROTEST": "marched",
    "COERCE": "arrested",
    "AID": "delivered",
}


@dataclass(frozen=True)
class Incident:
    """What happened, and the words that whoever tells of it is likely to use."""

    number: int
    type: EventType
    on: date
    place: Place
    sides: tuple[Participant, ...]
    killed: int
    words: tuple[str, ...]
    names: tuple[str, ...]


class World:
    """Forty conflicts with their towns, and a language; incidents and reports of them."""

    def __init__(self, seed: int) -> None:
        """Draw the world; the same seed gives the same one."""
        draw = random.Random(seed)
        table = (files("parley.merging") / "data" / "commonness.tsv").read_text(encoding="utf-8")
        self._words = [line.partition("\t")[0] for line in table.splitlines()]
        self._often = list(accumulate(1 / (rank + 3) for rank in range(len(self._words))))
        self._places: list[list[Place]] = []
        self._parties: list[list[str]] = []
        for number in range(40):
            lat, lon = draw.uniform(-30, 50), draw.uniform(-100, 120)
            self._places.append(
                [
                    Place(
                        name=_name(draw),
                        country=f"{_code(number)}",
                        lat=lat + draw.uniform(-3, 3),
                        lon=lon + draw.uniform(-3, 3),
                        precision="city",
                    )
                    for _ in range(10)
                ]
            )
            self._parties.append([f"{_name(draw)} {kind}" for kind in ("Front", "Army", "Council")])

    def incident(self, number: int, draw: random.Random) -> Incident:
        """Return one incident."""
        conflict = draw.randrange(40)
        local = draw.random() < 0.3
        sides = draw.sample(self._parties[conflict], 2)
        type_: EventType = "ASSAULT" if local else draw.choice(_TYPES)
        return Incident(
            number,
            type_,
            _FIRST + timedelta(days=draw.randrange(_DAYS)),
            draw.choice(self._places[conflict]),
            ()
            if local
            else (
                Participant(name=sides[0], kind="armed_group", country=None, role="actor"),
                Participant(name=sides[1], kind="armed_group", country=None, role="recipient"),
            ),
            draw.choice((0, 0, 1, 1, 2, 3, 5, 8, 12, 17, 43, 120)),
            tuple(draw.choice(self._words[1500:]) for _ in range(12)),
            tuple(f"{_name(draw)} {_name(draw)}" for _ in range(3)),
        )

    def report(
        self, it: Incident, others: Sequence[Incident], name: str, draw: random.Random
    ) -> tuple[Report, list[Mention]]:
        """Return a report of one incident that recalls another, and its two or three mentions."""
        printed = it.on + timedelta(days=draw.choice((0, 0, 1, 1, 1, 2, 3, 9)))
        text, told = "", []
        for incident in (it, it, *draw.sample(others, min(len(others), draw.randint(0, 1)))):
            sentence = self._sentence(incident, draw)
            told.append((len(text), sentence, incident))
            text += sentence + " " + self._filling(it, draw) + "\n"
        report = Report(
            id=digest("r_", name, text),
            source=f"{name}.txt",
            text=text,
            title=text.partition(".")[0][:80],
            outlet=f"Outlet {draw.randrange(60)}",
            language="en",
            published=Published(start=printed, end=printed, how="given", confidence=1.0),
        )
        return report, [_mention(report, *part, draw) for part in told]

    def _filling(self, it: Incident, draw: random.Random) -> str:
        said = draw.choices(self._words, cum_weights=self._often, k=45)
        said += draw.sample(it.words, 5) + draw.sample(it.names, 2)
        draw.shuffle(said)
        return " ".join(said) + "."

    def _sentence(self, it: Incident, draw: random.Random) -> str:
        who = [party.name for party in it.sides] or ["Gunmen", "people"]
        extra = " ".join(
            [*draw.sample(it.words, 4), *draw.choices(self._words[300:], k=4)],
        )
        toll = f", killing {it.killed}," if it.killed and it.type == "ASSAULT" else ""
        return f"{who[0]} {_VERBS[it.type]} {who[1]} in {it.place.name}{toll} {extra}."


def _mention(
    report: Report, start: int, sentence: str, it: Incident, draw: random.Random
) -> Mention:
    at = start + sentence.index(_VERBS[it.type])
    toll = it.killed if it.type == "ASSAULT" and f"killing {it.killed}," in sentence else 0
    chance = draw.random()
    when = None
    if chance < 0.75:
        when = When(start=it.on, end=it.on, precision="day")
    elif chance < 0.9:
        monday = it.on - timedelta(days=it.on.weekday())
        when = When(start=monday, end=monday + timedelta(days=6), precision="week")
    return Mention(
        id=digest("m_", report.id, str(at), it.type),
        report=report.id,
        start=start,
        end=start + len(sentence),
        text=sentence,
        trigger=(at, at + len(_VERBS[it.type])),
        type=it.type,
        status="happened",
        when=when,
        where=(it.place,) if draw.random() < 0.8 else (),
        participants=it.sides,
        counts=(Count(what="killed", low=toll, best=toll, high=toll),) if toll else (),
        salient=tuple(sentence.rstrip(".").split()[-8:]),
    )


def _name(draw: random.Random) -> str:
    return "".join(draw.choice(_SYLLABLES) for _ in range(draw.randint(3, 5))).title()


def _code(number: int) -> str:
    return f"Q{chr(65 + number // 26)}{chr(65 + number % 26)}"


def telling(world: World, size: int, seed: int) -> Iterator[Incident]:
    """Yield for each of `size` reports the incident that it tells: most once, few often."""
    draw = random.Random(seed)
    left, number = size, seed * 1_000_000
    while left:
        it = world.incident(number, draw)
        times = min(left, 30, int(draw.paretovariate(1.5)))
        yield from [it] * times
        left, number = left - times, number + 1


def load(
    world: World, told: Sequence[Incident], seed: int
) -> Iterator[tuple[Report, list[Mention]]]:
    """Yield a report of each incident told, which may recall one of the few before."""
    draw = random.Random(seed)
    for at, it in enumerate(told):
        yield world.report(it, told[max(0, at - 200) : at], f"{seed}-{at}", draw)


def add(record: Record, reports: Iterator[tuple[Report, list[Mention]]]) -> None:
    """Keep reports and merge them, the oldest first, as ingestion does."""
    arrivals = (Arrival(report, tuple(mentions)) for report, mentions in reports)
    while some := list(islice(arrivals, _KEPT)):
        record.add_reports(some)
    record.merge_by(merging.fingerprint())
    while waiting := record.stirred:
        with unsearched():
            with record.memory() as (memory, standing):
                joined = merging.join(
                    memory,
                    waiting[:_AT_ONCE],
                    touched=standing.events,
                    constraints=Constraints(),
                )
            record.join_events(joined, standing)


def main() -> None:
    """Make the records that are missing, add to a copy of each, and print the cost."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--added", type=int, default=ADDED)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "growth")
    parser.add_argument("--alone", action="store_true", help="merge only, and ingest nothing")
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    world = World(given.seed)
    first: list[float] = []
    for size in given.sizes:
        path = kept_at(given.folder, given.seed, size)
        if not path.exists():
            began = time.perf_counter()
            _make(world, path, size, given.seed)
            sys.stdout.write(f"{size:,} reports made in {time.perf_counter() - began:.0f} s\n")
        told = more_of(world, size, given.added, given.seed)
        reports = list(load(world, told, given.seed + 1))
        costs = [_measure(path, partial(add, reports=iter(reports)))]
        if not given.alone:
            costs.append(_measure(path, partial(_ingest, reports=reports, folder=given.folder)))
        first = first or costs
        for way, cost, least in zip(("merged", "ingested"), costs, first, strict=False):
            sys.stdout.write(
                f"{given.added:,} reports more in a record of {size:,}, {way}: {cost:.1f} s, "
                f"{cost / least:.2f} times the first\n"
            )
        sys.stdout.flush()


def kept_at(folder: Path, seed: int, size: int) -> Path:
    """Return where a record of a size is kept.

    One that was merged by other rules would be merged anew as a whole, and that be measured.
    """
    return folder / f"{seed}-{size}-{HEAD}-{merging.fingerprint()}.db"


def _make(world: World, path: Path, size: int, seed: int) -> None:
    unfinished = path.with_suffix(".part")
    unfinished.unlink(missing_ok=True)
    with Record.open(str(unfinished), create=True) as record:
        add(record, load(world, list(telling(world, size, seed)), seed))
    unfinished.rename(path)


def more_of(world: World, size: int, added: int, seed: int) -> list[Incident]:
    """Return what so many reports more tell: half of it the record of a size has."""
    known = list(telling(world, size, seed))
    draw = random.Random(seed + 1)
    new = list(telling(world, added - added // 2, seed + 1))
    told = [*new, *draw.sample(known, added // 2)]
    draw.shuffle(told)
    return told


def _ingest(record: Record, reports: Iterable[tuple[Report, list[Mention]]], folder: Path) -> None:
    """Ingest the texts of reports."""
    file = folder / "more.jsonl"
    with file.open("wb") as out:
        for report, _ in reports:
            printed = report.published.start if report.published else None
            row = {"text": report.text, "outlet": report.outlet, "date": printed, "language": "en"}
            out.write(msgspec.json.encode(row) + b"\n")
    engine.ingest(record, [str(file)], refuse=_stop)


def _stop(error: InputError) -> None:
    raise error


def _measure(path: Path, work: Callable[[Record], None]) -> float:
    """Return the seconds of the processor that work on a copy of a record costs."""
    copy = path.with_suffix(".copy")
    shutil.copyfile(path, copy)
    try:
        with Record.open(str(copy)) as record:
            began = time.process_time()
            work(record)
            return time.process_time() - began
    finally:
        for end in ("", "-wal", "-shm"):
            Path(f"{copy}{end}").unlink(missing_ok=True)


if __name__ == "__main__":
    main()
