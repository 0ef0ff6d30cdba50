"""Records made up for measuring: `python -m benchmarks.records FILE [--events N] [--seed S]`.

The events are of a dozen made-up peace processes between real states (so that filters by
name, demonym and code have something to find); persons, outlets and what happened are
invented.  Sizes follow the press: most events are told once, a few by dozens of reports; a
report tells some five.  Every mention stands in its report's text where it says it does.
The same number and seed make the same record, byte by byte.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from typing import Any, cast

import msgspec
from sqlalchemy import Table

from parley.grounding.tables import PolityRow, data_folder, read_table
from parley.model import (
    Attribution,
    Count,
    CountKind,
    Disagreement,
    DisputedValue,
    Event,
    EventMention,
    EventType,
    Link,
    Mention,
    Participant,
    Person,
    Place,
    Provision,
    Published,
    Relation,
    Report,
    Role,
    Stance,
    Status,
    Trace,
    When,
    digest,
)
from parley.record import Record, schema
from parley.record.opening import writing
from parley.record.rows import event_row, link_row, mention_row, part_rows, report_row
from parley.record.tellers import fill_tellers

FIRST = date(2015, 1, 1)
YEARS = 9
CHUNK = 500  # events whose reports and links stand by themselves
OUTLETS = [
    f"The {town} {name}"
    for town in ("Castel", "Nordhaven", "Port Elan", "Suderia", "Marlow", "Vester")
    for name in ("Courier", "Herald", "Observer", "Gazette", "Wire")
]
GIVEN = ("Aino", "Bako", "Cyril", "Dalia", "Emre", "Farida", "Goran", "Hana", "Ivo", "Jamila")
FAMILY = ("Abade", "Brandt", "Corvin", "Deluca", "Esposito", "Farkas", "Grenn", "Haddar", "Ilves")
TITLES = ("foreign minister", "defence minister", "president", "special envoy", "spokesman")
TYPES: dict[EventType, int] = {
    "CONSULT": 24, "ASSAULT": 22, "ACCUSE": 14, "AGREE": 8, "REQUEST": 8, "REJECT": 7,
    "SUPPORT": 4, "THREATEN": 3, "COERCE": 3, "MOBILIZE": 2, "AID": 2, "PROTEST": 1,
    "RETREAT": 1, "SANCTION": 1,
}  # fmt: skip
VERBS: dict[EventType, str] = {
    "CONSULT": "held talks with", "ASSAULT": "attacked troops of", "ACCUSE": "accused",
    "AGREE": "signed an agreement with", "REQUEST": "called on", "REJECT": "rejected a demand of",
    "SUPPORT": "expressed support for", "THREATEN": "threatened", "COERCE": "blocked a road to",
    "MOBILIZE": "moved troops towards", "AID": "sent aid to", "PROTEST": "protested against",
    "RETREAT": "withdrew from positions near", "SANCTION": "imposed sanctions on",
}  # fmt: skip
TERMS = ("a ceasefire along the line of contact", "the release of all detainees",
         "withdrawal of heavy weapons", "reopening of the road to the north",
         "delivery of humanitarian aid", "a joint commission on the border")  # fmt: skip
AHEAD: tuple[Status, ...] = ("scheduled", "expected", "proposed", "called_off")


class Conflict:
    """Two sides with their persons and towns, and who mediates between them."""

    def __init__(self, rng: random.Random, polities: Sequence[PolityRow]) -> None:
        self.sides = rng.sample(polities, 2)
        self.mediators = rng.sample([row for row in polities if row not in self.sides], 4)
        self.people = {
            row.name: [f"{rng.choice(GIVEN)} {rng.choice(FAMILY)}" for _ in range(6)]
            for row in (*self.sides, *self.mediators)
        }
        self.towns = [self._town(rng, row, at) for row in self.sides for at in range(15)]
        self.capitals = [
            Place(name=row.capital or row.name, country=row.code, lat=row.capital_lat,
                  lon=row.capital_lon, precision="city")
            for row in (*self.mediators, *self.sides)
        ]  # fmt: skip

    def _town(self, rng: random.Random, row: PolityRow, at: int) -> Place:
        name = rng.choice(("Upper", "Lower", "New", "Old", "Port")) + f" {row.name[:4]}dal {at + 1}"
        lat, lon = row.lat + rng.uniform(-1.5, 1.5), row.lon + rng.uniform(-1.5, 1.5)
        return Place(name=name, country=row.code, lat=lat, lon=lon, precision="city")


class Writer:
    """Makes the reports that tell the events of one chunk."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._texts: dict[tuple[str, date, int], str] = {}
        self._told: dict[tuple[str, date, int], list[tuple[int, str, dict[str, Any]]]] = {}

    def tell(self, sentence: str, *, outlet: str, day: date, fields: dict[str, Any]) -> None:
        """Put a sentence into a report of that outlet and day."""
        part = 0
        while len(self._told.get((outlet, day, part), ())) >= 5:
            part += 1
        key = (outlet, day, part)
        text = self._texts.get(key) or f"{outlet}, {day:%d %B %Y}, page {part + 1}\n"
        self._told.setdefault(key, []).append((len(text), sentence, fields))
        self._texts[key] = f"{text}{sentence} Nothing else was known by the evening.\n"

    def finish(self) -> Iterator[tuple[Report, list[tuple[Mention, str]]]]:
        """Yield every report with its mentions, each with the name of its event."""
        for (outlet, day, part), text in self._texts.items():
            report = Report(
                id=digest("r_", text),
                source=f"{outlet.replace(' ', '-').lower()}/{day}-{part}.txt",
                text=text,
                title=text.splitlines()[0],
                outlet=outlet,
                language="en",
                published=Published(start=day, end=day, how="given", confidence=1.0),
            )
            mentions = []
            for start, sentence, fields in self._told[outlet, day, part]:
                event, own = fields["event"], {k: v for k, v in fields.items() if k != "event"}
                trace = (Trace(report=report.id, start=start, end=start + len(sentence)),)
                for name in ("participants", "where", "counts", "provisions", "attribution"):
                    own[name] = tuple(_with_evidence(value, trace) for value in own[name])
                if own["when"]:
                    own["when"] = _with_evidence(own["when"], trace)
                mention = Mention(
                    id=digest("m_", report.id, str(start), own["type"]),
                    report=report.id,
                    start=start,
                    end=start + len(sentence),
                    text=sentence,
                    trigger=(start, start + 3),
                    **own,
                )
                mentions.append((mention, event))
            yield report, mentions


def _with_evidence(value: Any, trace: tuple[Trace, ...]) -> Any:  # noqa: ANN401 - any noun
    return msgspec.structs.replace(value, evidence=trace)


def make_record(path: str, *, events: int, seed: int = 7) -> dict[str, int]:
    """Write a record of so many made-up events to a new file; return its sizes."""
    rng = random.Random(seed)
    polities = read_table(data_folder() / "polities.tsv", PolityRow)
    known = [row for row in polities if row.kind == "state" and row.capital_lat is not None]
    conflicts = [Conflict(rng, known) for _ in range(12)]
    days = sorted(FIRST + timedelta(days=rng.randrange(YEARS * 365)) for _ in range(events))
    with Record.open(path, create=True) as record:
        ahead = iter(days)
        while chunk := list(islice(ahead, CHUNK)):
            _write_chunk(record, rng, conflicts, chunk)
        with writing(record._engine) as connection:
            for key in ("revision", "merged", "settled"):
                connection.execute(schema.meta.delete().where(schema.meta.c.key == key))
                connection.execute(schema.meta.insert().values(key=key, value="1"))
            if connection.dialect.name == "sqlite":
                connection.exec_driver_sql("ANALYZE")
        return dict(record.sizes())


def _write_chunk(
    record: Record, rng: random.Random, conflicts: Sequence[Conflict], days: Sequence[date]
) -> None:
    writer = Writer(rng)
    for number, day in enumerate(days):
        _make_event(writer, rng, rng.choice(conflicts), day, str(number))
    rows: dict[Table, list[Any]] = {schema.reports: [], schema.mentions: []}
    grouped: dict[str, list[Mention]] = {}
    outlets: dict[str, str] = {}
    for report, mentions in writer.finish():
        rows[schema.reports].append(report_row(report, coded=True))
        outlets[report.id] = report.outlet or ""
        for mention, event in mentions:
            rows[schema.mentions].append(mention_row(mention))
            grouped.setdefault(event, []).append(mention)
    made = [_event(told) for told in grouped.values()]
    rows[schema.events] = [event_row(event) for event in made]
    for event in made:
        for part, part_of in part_rows(event).items():
            rows.setdefault(part, []).extend(part_of)
    rows[schema.links] = [link_row(link) for link in _links(rng, made)]
    with writing(record._engine) as connection:
        for table, values in rows.items():
            if values:
                connection.execute(table.insert(), values)
        fill_tellers(connection, [event.id for event in made])


def _make_event(
    writer: Writer, rng: random.Random, conflict: Conflict, day: date, name: str
) -> None:
    """Have one event told by one report or more."""
    type_ = rng.choices(list(TYPES), list(TYPES.values()))[0]
    one, two = rng.sample(conflict.sides, 2)
    talks = type_ in ("CONSULT", "AGREE")
    mediator = rng.choice(conflict.mediators) if talks and rng.random() < 0.5 else None
    place = rng.choice(conflict.capitals if talks else conflict.towns)
    status = _status(rng, type_)
    roles: tuple[Role, Role] = ("actor", "actor") if talks else ("actor", "recipient")
    if type_ == "AGREE":
        roles = ("signatory", "signatory")
    who = [_participant(rng, conflict, one, roles[0]), _participant(rng, conflict, two, roles[1])]
    if mediator:
        who.append(_participant(rng, conflict, mediator, "mediator"))
    said = f"{one.name} {VERBS[type_]} {two.name} in {place.name} on {day:%d %B %Y}"
    said += f", mediated by {mediator.name}" if mediator else ""
    terms = rng.sample(TERMS, rng.randint(1, 3)) if type_ == "AGREE" else []
    said += f", agreeing on {', '.join(terms)}" if terms else ""
    killed = rng.randint(1, 40) if type_ == "ASSAULT" and rng.random() < 0.6 else None
    times = min(40, int(rng.paretovariate(1.4)))
    for number in range(times):
        toll = killed + rng.choice((0, 0, 0, 1, 3)) if killed else None
        claimed = rng.choice((None, one.name, two.name)) if toll else None
        counts = [Count(what=cast("CountKind", "killed"), low=toll, best=toll, high=toll,
                        side=two.name, claimed_by=claimed)] if toll else []  # fmt: skip
        words = f"{said}; {toll} soldiers of {two.name} were killed" if toll else said
        speaker = rng.choice((one, two)) if rng.random() < 0.3 else None
        denies = speaker is two and not talks and rng.random() < 0.4
        said_by = []
        if speaker:
            stance: Stance = "denies" if denies else "asserts"
            said_by.append(
                Attribution(name=speaker.name, kind="state", country=speaker.code, stance=stance)
            )
        writer.tell(
            f"{words}{', ' + speaker.name + ' said' if speaker else ''}, report {name}-{number}.",
            outlet=rng.choice(OUTLETS),
            day=day + timedelta(days=rng.choice((0, 0, 1, 1, 2, 9))),
            fields={
                "event": name, "type": type_, "status": "denied" if denies else status,
                "when": When(start=day, end=day, precision="day") if rng.random() < 0.97 else None,
                "where": (place,), "participants": tuple(who), "counts": tuple(counts),
                "provisions": tuple(Provision(text=term) for term in terms),
                "attribution": tuple(said_by), "said": day if speaker else None,
            },
        )  # fmt: skip


def _status(rng: random.Random, type_: EventType) -> Status:
    if type_ == "CONSULT" and rng.random() < 0.15:
        return rng.choice(AHEAD)
    return "alleged" if type_ in ("ASSAULT", "COERCE") and rng.random() < 0.1 else "happened"


def _participant(rng: random.Random, conflict: Conflict, row: PolityRow, role: Role) -> Participant:
    people = []
    if rng.random() < 0.5:
        at = rng.randrange(6)
        people = [Person(name=conflict.people[row.name][at], title=TITLES[at % len(TITLES)])]
    return Participant(
        name=row.name, kind=row.kind, country=row.code, role=role, people=tuple(people)
    )


def _event(told: Sequence[Mention]) -> Event:
    first = told[0]
    shown = tuple(
        EventMention(id=m.id, report=m.report, start=m.start, end=m.end, text=m.text,
                     status=m.status, attribution=m.attribution, said=m.said, background=False)
        for m in told
    )  # fmt: skip
    counts = []
    values: dict[str, list[int]] = {}
    for index, mention in enumerate(told):
        for count in mention.counts:
            counts.append(_at(count, index))
            values.setdefault(f"{count.best} killed ({count.side})", []).append(index)
    differ = Disagreement(
        field="counts",
        values=tuple(DisputedValue(value=v, mentions=tuple(at)) for v, at in values.items()),
    )
    names = [party.name for party in first.participants]
    return Event(
        id=digest("e_", first.id),
        type=first.type,
        mode=None,
        contexts=("military",) if first.type == "ASSAULT" else ("diplomatic",),
        summary=f"{names[0]} {VERBS[first.type]} {names[1]} in {first.where[0].name}",
        status=first.status,
        when=next((m.when for m in told if m.when), None),
        where=first.where,
        participants=first.participants,
        counts=tuple(counts),
        provisions=first.provisions,
        mentions=shown,
        disagreements=(differ,) if len(values) > 1 else (),
    )


def _at(count: Count, index: int) -> Count:
    return msgspec.structs.replace(count, mention=index)


def _links(rng: random.Random, events: Sequence[Event]) -> list[Link]:
    """Tie an event in ten to an earlier one between the same two parties."""
    earlier: dict[frozenset[str], list[Event]] = {}
    kinds: dict[EventType, Relation] = {
        "REJECT": "denies", "ASSAULT": "violates", "RETREAT": "implements", "REQUEST": "responds_to"
    }  # fmt: skip
    found: dict[tuple[str, str, str], Link] = {}
    for event in events:
        key = frozenset(party.name for party in event.participants[:2])
        wanted = {"REJECT": "ACCUSE", "REQUEST": "CONSULT"}.get(event.type, "AGREE")
        before = [other for other in earlier.get(key, ()) if other.type == wanted]
        relation = kinds.get(event.type)
        if relation and before and rng.random() < 0.3:
            link = Link(relation=relation, from_=event.id, to=before[-1].id,
                        mentions=event.mentions[:1])  # fmt: skip
            found[relation, link.from_, link.to] = link
        earlier.setdefault(key, []).append(event)
    return list(found.values())


def main() -> int:
    """Make a record, and say how large it is and how long that took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file")
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=7)
    asked = parser.parse_args()
    if Path(asked.file).exists():
        parser.error(f"{asked.file} is there already; name a new file")
    start = time.perf_counter()
    sizes = make_record(asked.file, events=asked.events, seed=asked.seed)
    told = ", ".join(f"{number:,} {name}" for name, number in sizes.items())
    sys.stdout.write(f"{told} in {time.perf_counter() - start:.0f} s\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
