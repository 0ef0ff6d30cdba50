"""A load of local incidents in natural language, with its truth: who was killed where, by whom.

`python -m benchmarks.incidents FOLDER --incidents 300 --seed 1` writes `reports.jsonl`, a row a
report, and `truth.tsv`, report and incident.  Each incident of some is told by several outlets
in words of their own, from the next day to weeks later (a court, a funeral, a toll that
rises); the others once.  Like incidents happen in the same town in the same weeks.  All is
invented but the names of towns; the same seed gives the same load.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

_TOWNS = (
    *(("Toledo", "Ohio"), ("Fresno", "California"), ("Shreveport", "Louisiana")),
    *(("Rockford", "Illinois"), ("Memphis", "Tennessee"), ("Camden", "New Jersey")),
    *(("Marseille", "France"), ("Malmo", "Sweden"), ("Naples", "Italy"), ("Leipzig", "Germany")),
    *(("Maiduguri", "Nigeria"), ("Bamako", "Mali"), ("Goma", "Congo"), ("Kisumu", "Kenya")),
    *(("Quetta", "Pakistan"), ("Herat", "Afghanistan"), ("Mosul", "Iraq"), ("Imphal", "India")),
    *(("Cali", "Colombia"), ("Acapulco", "Mexico"), ("Davao", "Philippines"), ("Homs", "Syria")),
)
_FIRST = (
    "Marcus Dwayne Keith Tamika Elena Farid Osman Amina Lucas Marta Jorge Ibrahim Sanjay Priya "
    "Kofi Nadia Tomas Ewa Rashid Leila Victor Grace Samuel Hannah Yusuf Carla Pedro Anil Joyce"
).split()
_LAST = (
    "Holloway Pruitt Vasquez Okafor Mensah Lindqvist Moreau Esposito Brandt Traore Mwangi Otieno "
    "Baloch Rahimi Jabouri Singha Restrepo Aguilar Magbanua Haddad Whitfield Castellano Ndiaye "
    "Kruger Sorensen Petrov Ferreira Kaplan Achebe Talwar Nunez Garside Boateng Keller Abdi"
).split()
_SYLLABLES = ("er", "ston", "ova", "wick", "ani", "oso", "eke", "adze", "ling", "mar", "uri")
_STREETS = (
    "Maple Chestnut Harbor Station Mill Orchard Quarry Liberty Monroe Canal Garden Temple Bridge "
    "Sunset Prospect Cedar Alder Foundry Market Chapel"
).split()
_PLACES = ("a petrol station", "a bus stop", "a nightclub", "a parking lot", "a market", "a bakery")
_OUTLETS = (
    "Herald",
    "Daily Post",
    "Newswire",
    "Courier",
    "City Tribune",
    "Radio One",
    "Evening Star",
)
_WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()


@dataclass(frozen=True)
class Incident:
    """What happened."""

    number: int
    kind: str
    town: str
    region: str
    on: date
    street: str
    spot: str
    victim: str
    age: int
    dead: int
    hurt: int
    officer: str
    suspect: str


def _incident(number: int, draw: random.Random, before: Incident | None) -> Incident:
    town, region = draw.choice(_TOWNS)
    on = date(2016, 1, 4) + timedelta(days=draw.randrange(300))
    if before is not None and draw.random() < 0.35:
        # Another of its kind in the same town within the week or two.
        town, region = before.town, before.region
        on = before.on + timedelta(days=draw.randrange(1, 12))
    kind = draw.choice(("shooting", "stabbing", "bombing", "clash", "protest", "ambush"))
    if before is not None and town == before.town and draw.random() < 0.7:
        kind = before.kind

    def person() -> str:
        # A made-up surname: two persons of one full name are rarer than a list of names makes them.
        syllables = "".join(draw.choice(_SYLLABLES) for _ in range(draw.randint(1, 2)))
        return f"{draw.choice(_FIRST)} {draw.choice(_LAST)[:4]}{syllables}"

    return Incident(
        number,
        kind,
        town,
        region,
        on,
        f"{draw.choice(_STREETS)} {draw.choice(('Street', 'Avenue', 'Road'))}",
        draw.choice(_PLACES),
        person(),
        draw.randrange(16, 80),
        draw.choice((1, 1, 1, 2, 3, 5, 11)),
        draw.choice((0, 1, 2, 4, 7, 20)),
        person(),
        person(),
    )


def _number(number: int) -> str:
    words = "no one two three four five six seven eight nine ten".split()
    return words[number] if number < len(words) else str(number)


def _people(number: int) -> str:
    return "one person" if number == 1 else f"{_number(number)} people"


def _lead(it: Incident, day: str, draw: random.Random) -> str:
    dead, where = _people(it.dead), f"in {it.town}, {it.region},"
    many = "was" if it.dead == 1 else "were"
    leads: dict[str, tuple[str, ...]] = {
        "shooting": (
            f"{dead.capitalize()} {many} shot dead {day} {where} police said.",
            f"Gunmen opened fire outside {it.spot} {where} {day}, killing {dead}.",
            f"A shooting {day} near {it.street} {where} left {dead} dead.",
        ),
        "stabbing": (
            f"{dead.capitalize()} {many} stabbed to death {day} {where} police said.",
            f"A man with a knife attacked passers-by {where} {day}, killing {dead}.",
            f"A knife attack {day} on {it.street} {where} left {dead} dead.",
        ),
        "bombing": (
            f"A bomb exploded near {it.spot} {where} {day}, killing {dead}.",
            f"{dead.capitalize()} {many} killed {day} when a bomb went off {where} officials said.",
            f"An explosion tore through {it.spot} {where} {day} and killed {dead}.",
        ),
        "clash": (
            f"Clashes between rival groups {where} {day} left {dead} dead.",
            f"{dead.capitalize()} {many} killed in fighting between armed men {where} {day}.",
            f"Armed groups clashed {day} {where} killing {dead}, residents said.",
        ),
        "protest": (
            f"Thousands of people protested {day} {where} and {dead} died in the unrest.",
            f"Demonstrators marched through {where} {day}; police fired on them, killing {dead}.",
            f"Police opened fire on protesters {where} {day}, killing {dead}.",
        ),
        "ambush": (
            f"Gunmen ambushed a convoy {where} {day}, killing {dead}.",
            f"{dead.capitalize()} {many} killed {day} in an ambush {where} the army said.",
            f"Attackers on motorcycles fired on a convoy {where} {day} and killed {dead}.",
        ),
    }
    return draw.choice(leads[it.kind])


def _rest(it: Incident, draw: random.Random) -> list[str]:
    last = it.victim.split()[1]
    pool = [
        f"The victim was identified as {it.victim}, {it.age}.",
        f"{it.victim}, a {it.age}-year-old resident, died at the scene.",
        f"Police spokesman {it.officer} said investigators were looking for witnesses.",
        f"It happened near {it.spot} on {it.street}.",
        f"Neighbors on {it.street} said they heard screams.",
        f"The family of {it.victim} asked for privacy.",
        f"A relative said {last} had moved to {it.town} two years ago.",
        "No one has been arrested.",
        "An investigation is under way.",
        f"{_people(it.hurt).capitalize()} were wounded and taken to hospital." if it.hurt else "",
        f"Officer {it.officer} called it a terrible night for {it.town}.",
    ]
    chosen = draw.sample([line for line in pool if line], draw.randint(4, 6))
    if not any(it.victim in line for line in chosen) and draw.random() < 0.8:
        chosen.append(pool[0])
    return chosen


def _fresh(it: Incident, draw: random.Random) -> tuple[date, str]:
    printed = it.on + timedelta(days=draw.choice((0, 1, 1, 1, 2, 3)))
    weekday = _WEEKDAYS[it.on.weekday()]
    day = draw.choice((f"on {weekday}", f"late on {weekday}", f"on {weekday} night"))
    lines = [_lead(it, day, draw), *_rest(it, draw)]
    return printed, " ".join(lines[:2]) + "\n\n" + " ".join(lines[2:])


def _toll(it: Incident, draw: random.Random) -> tuple[date, str]:
    printed = it.on + timedelta(days=draw.randint(2, 6))
    weekday = _WEEKDAYS[it.on.weekday()]
    lead = (
        f"The death toll from {weekday}'s {it.kind} in {it.town}, {it.region}, has risen to "
        f"{_number(it.dead + 1)}, officials said."
    )
    return printed, lead + "\n\n" + " ".join(_rest(it, draw))


def _court(it: Incident, draw: random.Random) -> tuple[date, str]:
    printed = it.on + timedelta(days=draw.randint(10, 40))
    lead = (
        f"{it.suspect} appeared in court charged over the killing of {it.victim}, {it.age}, "
        f"who died on {it.on:%B} {it.on.day} in a {it.kind} in {it.town}, {it.region}."
    )
    return printed, lead + "\n\n" + " ".join(_rest(it, draw)[:4])


def _funeral(it: Incident, draw: random.Random) -> tuple[date, str]:
    printed = it.on + timedelta(days=draw.randint(4, 12))
    lead = (
        f"Hundreds of mourners gathered in {it.town}, {it.region}, for the funeral of {it.victim}, "
        f"who was killed in the {it.kind} on {it.street} last week."
    )
    return printed, lead + "\n\n" + " ".join(_rest(it, draw)[:4])


def write(folder: Path, *, incidents: int, seed: int) -> None:
    """Write the load: `incidents` told by several, and as many reports of others told once."""
    draw = random.Random(seed)
    rows: list[dict[str, str]] = []
    truth: list[tuple[str, int]] = []
    before: Incident | None = None

    def tell(it: Incident, how: Callable[[Incident, random.Random], tuple[date, str]]) -> None:
        printed, text = how(it, draw)
        name = f"r{len(rows):05d}"
        rows.append(
            {
                "id": name,
                "text": text,
                "title": f"{it.town}: {it.kind}",
                "outlet": draw.choice(_OUTLETS),
                "date": printed.isoformat(),
            }
        )
        truth.append((name, it.number))

    number = 0
    told = 0
    for number in range(incidents):
        before = it = _incident(number, draw, before)
        tell(it, _fresh)
        for _ in range(draw.choice((1, 1, 1, 2, 2, 3))):
            tell(it, draw.choice((_fresh, _fresh, _fresh, _toll, _court, _funeral)))
        told = len(rows)
    for again in range(told):
        before = it = _incident(number + 1 + again, draw, before)
        tell(it, _fresh)
    draw.shuffle(rows)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "reports.jsonl").open("w") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)
    with (folder / "truth.tsv").open("w") as file:
        file.writelines(f"{name}\t{incident}\n" for name, incident in truth)


def main() -> None:
    """Write a load into a folder."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--incidents", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    write(given.folder, incidents=given.incidents, seed=given.seed)


if __name__ == "__main__":
    main()
