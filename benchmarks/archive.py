"""An archive of press reports in natural language, made up: the load of the benchmarks.

`python -m benchmarks.archive FILE.jsonl --reports 1000 --seed 1` writes a row a report.  As in a
real archive, half of what is printed tells of no conflict; lengths scatter widely (70 to 500
words, the middle one 270); an agency's story is printed word for word by others, or cut and headed
anew; a story goes on for days, and each report of it ends on the same background; an outlet
closes all that it prints with its own notice.  All is invented but the names of states and towns.
The same seed gives the same archive, and the first rows of a long one are those of a short one.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

# What a share of the rows is; the others are new stories.
REPRINTED = 0.22
EDITED = 0.15
FOLLOWED = 0.18
EVERYDAY = 0.5

_PAIRS = (
    *(("Armenia", "Azerbaijan"), ("Sudan", "Chad"), ("Kosovo", "Serbia"), ("Mali", "Niger")),
    *(("Yemen", "Saudi Arabia"), ("Georgia", "Russia"), ("Ethiopia", "Eritrea")),
    *(("Colombia", "Venezuela"), ("Israel", "Lebanon"), ("India", "Pakistan")),
    *(("Thailand", "Cambodia"), ("Rwanda", "Burundi"), ("Greece", "Turkey")),
)
_HOSTS = (
    *("Geneva", "Vienna", "Doha", "Oslo", "Nairobi", "Brussels", "Muscat", "Astana", "Addis Ababa"),
    *("Istanbul", "Cairo", "Tbilisi", "Panama City", "Jakarta"),
)
_TOWNS = (
    *("Goris", "Lachin", "Abeche", "Mitrovica", "Gao", "Saada", "Gori", "Adigrat", "Cucuta"),
    *("Tyre", "Uri", "Bukavu", "Kassala", "Agadez", "Marib", "Kapan", "Mekelle", "Nabatieh", "Bor"),
    *("Zugdidi", "Kidal", "El Fasher", "Poonch", "Goma", "Taiz", "Arauca", "Surin"),
)
_MEDIATORS = (
    *("the United Nations", "the European Union", "the African Union", "Norway", "Qatar", "Egypt"),
    *("Switzerland", "the Arab League", "the OSCE", "Kenya", "Oman", "Turkey", "the United States"),
)
_ROLES = (
    *("Foreign Minister", "Defence Minister", "President", "Prime Minister", "army spokesman"),
    *("chief negotiator", "deputy foreign minister", "government spokeswoman", "special envoy"),
)
_FIRST = (
    "Arman Leyla Tomas Nadia Idris Vera Kofi Elena Samir Petra Yusuf Ana Omar Miriam Viktor Grace "
    "Rashid Sofia Daniel Amina Pavel Zehra Luis Hana Emil Fatou Georgi Salma Peter Noor"
).split()
_LAST = (
    "Varden Osei Khalidov Maric Benassi Tolun Aras Petrossan Diall Kamari Holm Vasile Rahmani "
    "Ostrov Njoro Belic Castan Munir Halloran Sardar Ezra Tamm Oyelar Duarte Lindgren Sakar"
).split()
_WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_OUTLETS = (
    *("Northern Courier", "Daily Ledger", "The Meridian", "Radio Crossing", "Harbour Post"),
    *("Evening Compass", "Capital Wire", "The Valley Observer", "Union Press", "Morning Tribune"),
)

# {a} and {b} are states, {m} who mediates, {h} where talks are held, {t} {u} towns, {d} a weekday,
# {p} {q} persons with their offices, {n} {k} numbers, {o} another day in full.
_LEADS = (
    "{a} and {b} agreed on {d} to halt fighting around {t} after two days of talks in {h}.",
    "At least {n} people were killed on {d} when shells hit a market in {t}, {a} said.",
    "{p} of {a} met {q} of {b} in {h} on {d} in a new round of talks brokered by {m}.",
    "{a} accused {b} on {d} of opening fire on its positions near {t}, a claim {b} denied.",
    "Talks between {a} and {b} planned for {d} in {h} were called off, {m} said.",
    "{a} will withdraw its troops from {t} by {o}, {p} told reporters in {h} on {d}.",
    "Thousands of people marched in {t} on {d} to protest against the accord with {b}.",
    "{m} called on {a} and {b} on {d} to return to the negotiating table without conditions.",
    "{a} and {b} exchanged {n} prisoners on {d} under a deal reached in {h} last month.",
    "{b} threatened on {d} to close its border with {a} unless soldiers leave {t}.",
)
_BODY = (
    "The fighting near {t} began late on {d}, residents said.",
    "{p} said the two sides had agreed on a timetable but gave no details.",
    '"We came to {h} in good faith and we will leave with an agreement," {p} said.',
    "A spokesman for {m} said that a further meeting was planned for {o}.",
    "{b} denied the accusation and said that its soldiers had not crossed the line near {t}.",
    "Hospitals in {t} treated {n} wounded, among them {k} children, according to doctors there.",
    "The army of {a} said it had shot down a drone over {t} on {d}.",
    "Neither side has confirmed the number of the dead.",
    "{q} called the statement a provocation and recalled the ambassador from the capital.",
    "Under the draft, {a} would hand back {n} villages, and {b} would open the road to {u}.",
    "Observers from {m} have been in {t} since {o} and reported {n} violations of the truce.",
    "More than {n}00 families have left {t} for {u} since the shelling began, aid workers said.",
    "{m} has offered to host the next round and to send {n} monitors.",
    "The two leaders are expected to sign the text in {h} on {o}.",
    "{p} rejected the proposal, saying that it would not bring peace.",
    "Convoys with food and medicine reached {t} on {d} for the first time in weeks.",
    "Police in {u} detained {n} people after the protest.",
    "{a} imposed sanctions on {k} companies from {b}, its foreign ministry said on {d}.",
    "The road between {t} and {u} was still blocked on {d}.",
    "Diplomats in {h} said that little had been settled.",
    "It was not possible to verify the reports independently.",
    "The ceasefire was to take effect at midnight, but shooting was heard in {t} on {d}.",
    "{q} said that {b} was ready to release the prisoners once the bodies had been returned.",
    "A commission of both states will draw the border near {u}, {p} added.",
)
_BACKGROUND = (
    "{a} and {b} have fought two wars over {t}; the last one ended with a truce in {y}.",
    "Talks led by {m} have gone on with interruptions since {y}.",
    "More than {n},000 people have been killed since the conflict broke out in {y}.",
    "The two states signed a peace agreement in {h} in {y}, but much of it was never carried out.",
    "{b} has held {t} since {y}, when its troops took the town after a siege of {k} weeks.",
)
_EVERYDAY = (
    (
        "The harbour town of {u} opened its new library on {d} after six years of building.",
        "The reading room looks over the bay and has space for {n} visitors.",
        "Children painted the walls of the lower floor with fish and sailing boats.",
        "The architect, {w}, said that light had been the main idea of the plan.",
        "Loans are free for pupils, and the coffee comes from a bakery next door.",
        "Older residents remember the cinema which stood on the site until the eighties.",
        "The council paid half of the cost and a foundation the rest.",
    ),
    (
        "Rain is expected over the coast from {d}, with warmer air from the south behind it.",
        "Temperatures in {u} will reach {n} degrees in the afternoon.",
        "Farmers in the hills have waited for showers since the spring.",
        "The reservoirs stand at {k} tenths of what is usual at this time of the year.",
        "Morning fog may slow the ferries, the weather service wrote.",
        "By the end of the week the clouds should thin out and the evenings turn cool.",
    ),
    (
        "{u} won {k} to 1 at home on {d} and climbed to the third place of the table.",
        "{w} scored twice before the break and hit the bar from twenty metres.",
        "The goalkeeper held what came, and the visitors looked tired in the second half.",
        "The coach praised the young players and the patience of the crowd.",
        "Next week the team travels north, where it has not won for {n} years.",
        "Tickets for the cup are sold at the stadium from noon.",
    ),
    (
        "Shares of the shipping group rose {k} per cent on {d} after it published its figures.",
        "Turnover grew to {n} million in the quarter, a little more than analysts had thought.",
        "The company wants to order {k} new vessels which run on methanol.",
        "{w}, who has led the firm since spring, spoke of a quiet year with good margins.",
        "Fuel became cheaper while freight rates were stable.",
        "The dividend stays where it was.",
    ),
    (
        "A museum in {u} shows {n} photographs of the railway from {d} on.",
        "The oldest was taken from a balloon and shows the bridge before its towers were built.",
        "{w}, the curator, found most of them in a cellar beside jars of paint.",
        "Visitors can look through a stereoscope at a station that is long gone.",
        "The catalogue costs as much as lunch and weighs more.",
        "Entry is free on the first Sunday of the month.",
    ),
)
_NOTICES = (
    "Sign up for our newsletter and get the stories of the day in your inbox.",
    "All rights reserved. No part of this page may be copied without permission.",
    "Read also: what the neighbours say about the new bridge",
)


@dataclass(frozen=True)
class Story:
    """What a run of reports is about, and the paragraphs that each of them ends on."""

    facts: dict[str, str]
    background: tuple[str, ...]


@dataclass(frozen=True)
class Printed:
    """One report."""

    title: str
    outlet: str
    on: date
    paragraphs: tuple[str, ...]
    story: Story | None


def rows(reports: int, *, seed: int = 1) -> Iterator[dict[str, str]]:
    """Yield so many reports as rows of JSON Lines."""
    draw = random.Random(seed)
    past: list[Printed] = []
    for number in range(reports):
        on = date(2023, 1, 2) + timedelta(days=number // 40)
        printed = _next(draw, past, on)
        past.append(printed)
        del past[:-400]
        notice = _NOTICES[_OUTLETS.index(printed.outlet) % len(_NOTICES)]
        yield {
            "id": f"a{number:07d}",
            "text": "\n\n".join([printed.title, *printed.paragraphs, notice]),
            "title": printed.title,
            "outlet": printed.outlet,
            "date": printed.on.isoformat(),
        }


def write(file: Path, *, reports: int, seed: int = 1) -> None:
    """Write an archive of so many reports."""
    with file.open("w", encoding="utf-8") as lines:
        for row in rows(reports, seed=seed):
            lines.write(json.dumps(row) + "\n")


def _next(draw: random.Random, past: list[Printed], on: date) -> Printed:
    chance = draw.random()
    if past and chance < REPRINTED + EDITED:
        old = draw.choice(past)
        outlet = draw.choice(_OUTLETS)
        if chance < REPRINTED:
            return Printed(old.title, outlet, on, old.paragraphs, old.story)
        return _edited(draw, old, outlet, on)
    stories = [old.story for old in past[-120:] if old.story is not None]
    if stories and chance < REPRINTED + EDITED + FOLLOWED:
        return _told(draw, draw.choice(stories), on)
    if draw.random() < EVERYDAY:
        return _everyday(draw, on)
    return _told(draw, _story(draw, on), on)


def _edited(draw: random.Random, old: Printed, outlet: str, on: date) -> Printed:
    """Return a report as another outlet cuts it: some paragraphs gone, two turned, headed anew."""
    kept = [part for part in old.paragraphs[1:] if draw.random() > 0.25]
    if len(kept) > 2 and draw.random() < 0.5:
        kept[0], kept[1] = kept[1], kept[0]
    words = old.title.split()
    title = " ".join(words[: max(4, len(words) - draw.randint(1, 3))])
    return Printed(title, outlet, on, (old.paragraphs[0], *kept), old.story)


def _story(draw: random.Random, on: date) -> Story:
    first, second = draw.choice(_PAIRS)
    if draw.random() < 0.5:
        first, second = second, first
    facts = {
        "a": first,
        "b": second,
        "m": draw.choice([m for m in _MEDIATORS if m not in (first, second)]),
        "h": draw.choice(_HOSTS),
        "t": draw.choice(_TOWNS),
        "u": draw.choice(_TOWNS),
        "p": f"{draw.choice(_ROLES)} {_person(draw)}",
        "q": f"{draw.choice(_ROLES)} {_person(draw)}",
        "y": str(draw.randint(1992, on.year - 1)),
    }
    background = draw.sample(_BACKGROUND, draw.randint(1, 3))
    return Story(facts, tuple(_filled(draw, text, facts, on) for text in background))


def _told(draw: random.Random, story: Story, on: date) -> Printed:
    lead = _filled(draw, draw.choice(_LEADS), story.facts, on)
    sentences = [
        _filled(draw, text, story.facts, on)
        for text in draw.sample(_BODY, min(len(_BODY), _length(draw)))
    ]
    outlet = draw.choice(_OUTLETS)
    dateline = f"{story.facts['h'].upper()}, {on:%B} {on.day} ({outlet}) - "
    opening = dateline + lead if draw.random() < 0.4 else lead
    title = lead.split(",")[0].removesuffix(".")
    return Printed(
        title, outlet, on, (opening, *_grouped(draw, sentences), *story.background), story
    )


def _everyday(draw: random.Random, on: date) -> Printed:
    first, *rest = draw.choice(_EVERYDAY)
    facts = {"u": draw.choice(_TOWNS), "w": _person(draw)}
    others = [text for texts in _EVERYDAY for text in texts[1:]]
    chosen = [*rest, *draw.sample(others, min(len(others), _length(draw)))]
    lead = _filled(draw, first, facts, on)
    sentences = [_filled(draw, text, facts, on) for text in dict.fromkeys(chosen)]
    title = " ".join(lead.removesuffix(".").split()[:9])
    return Printed(title, draw.choice(_OUTLETS), on, (lead, *_grouped(draw, sentences)), None)


def _length(draw: random.Random) -> int:
    """Return how many sentences a report has besides its first ones."""
    return max(3, min(60, round(draw.lognormvariate(2.75, 0.5))))


def _grouped(draw: random.Random, sentences: list[str]) -> Iterator[str]:
    at = 0
    while at < len(sentences):
        size = draw.choice((1, 1, 2, 2, 3))
        yield " ".join(sentences[at : at + size])
        at += size


def _filled(draw: random.Random, text: str, facts: dict[str, str], on: date) -> str:
    day = on - timedelta(days=draw.randint(0, 3))
    ahead = on + timedelta(days=draw.randint(2, 20))
    return _capital(
        text.format(
            **facts,
            d=_WEEKDAYS[day.weekday()],
            o=f"{ahead:%B} {ahead.day}",
            n=draw.randint(3, 60),
            k=draw.randint(2, 9),
        )
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _person(draw: random.Random) -> str:
    return f"{draw.choice(_FIRST)} {draw.choice(_LAST)}"


def main() -> None:
    """Write an archive to a file."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("--reports", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    write(given.file, reports=given.reports, seed=given.seed)


if __name__ == "__main__":
    main()
