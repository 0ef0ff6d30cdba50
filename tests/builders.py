"""Small reports, mentions and events for tests that need some and not a coder."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from parley.engine.steps import CodedReport, Steps
from parley.errors import InputError
from parley.merging import Joined, Memory, Weights, fingerprint, join, rules_by
from parley.model import (
    Attribution,
    Count,
    Event,
    EventMention,
    Evidence,
    Link,
    Mention,
    Participant,
    Person,
    Place,
    Provision,
    Published,
    Report,
    Trace,
    When,
    digest,
)

TEXT = (
    "Talks in Castel\n"
    "The foreign ministers of Norland and Suderia met in Castel on May 3, the envoy said.\n"
    "Suderia denied that its troops had fired at Port Élan, where two people were killed.\n"
)


def make_report(text: str = TEXT, *, source: str = "news/one.txt", **fields: Any) -> Report:
    """Return a report; its id follows from the text."""
    fields.setdefault("outlet", "The Castel Courier")
    fields.setdefault(
        "published",
        Published(
            start=date(2023, 5, 4),
            end=date(2023, 5, 5),
            how="inferred",
            confidence=0.9,
            evidence=(Evidence(start=0, end=5, text=text[:5], says="the talks were on May 3"),),
        ),
    )
    return Report(id=digest("r_", text), source=source, text=text, **fields)


def make_mention(report: Report, words: str, **fields: Any) -> Mention:
    """Return a mention of the words, which the report's text must hold."""
    start = report.text.index(words)
    fields.setdefault("type", "CONSULT")
    fields.setdefault("status", "happened")
    return Mention(
        id=digest("m_", report.id, str(start), fields["type"]),
        report=report.id,
        start=start,
        end=start + len(words),
        text=words,
        trigger=(start, start + len(words.split(maxsplit=1)[0])),
        **fields,
    )


def meeting(report: Report, words: str = "met in Castel on May 3", **fields: Any) -> Mention:
    """Return a mention of a meeting of two ministers."""
    trace = Trace(report=report.id, start=0, end=5)
    fields.setdefault("when", When(start=date(2023, 5, 3), end=date(2023, 5, 3), precision="day"))
    fields.setdefault("where", (Place(name="Castel", country="CHE", lat=46.5, lon=7.5),))
    fields.setdefault(
        "participants",
        (
            Participant(
                name="Norland",
                kind="state",
                country="NOR",
                role="actor",
                people=(Person(name="Aino Søby", title="foreign minister"),),
                evidence=(trace,),
            ),
            Participant(name="Suderia", kind="state", country="SWE", role="actor"),
        ),
    )
    fields.setdefault("provisions", (Provision(text="a truce"),))
    return make_mention(report, words, **fields)


def killing(report: Report, words: str = "two people were killed", **fields: Any) -> Mention:
    """Return a mention of a shooting that one side denies."""
    fields.setdefault(
        "when", When(start=date(2023, 5, 1), end=date(2023, 5, 31), precision="month")
    )
    fields.setdefault("where", (Place(name="Port Élan", precision="unknown"),))
    fields.setdefault("counts", (Count(what="killed", low=2, best=2, high=2),))
    fields.setdefault(
        "attribution", (Attribution(name="Suderia", kind="state", country="SWE", stance="denies"),)
    )
    fields.setdefault("said", date(2023, 5, 4))
    return make_mention(report, words, type="ASSAULT", status="alleged", **fields)


def event_of(*mentions: Mention, id: str | None = None, **fields: Any) -> Event:
    """Return the event that these mentions tell; its fields are those of the first."""
    first = mentions[0]
    values: dict[str, Any] = {
        "type": first.type,
        "mode": first.mode,
        "contexts": first.contexts,
        "summary": f"{first.type.title()}: {first.text}",
        "status": first.status,
        "when": first.when,
        "where": first.where,
        "participants": first.participants,
        "counts": first.counts,
        "provisions": first.provisions,
        "disagreements": (),
    }
    values.update(fields)
    return Event(
        id=id or digest("e_", first.id),
        mentions=tuple(told_by(mention) for mention in mentions),
        **values,
    )


def told_by(mention: Mention) -> EventMention:
    """Return a mention as an event lists it."""
    return EventMention(
        id=mention.id,
        report=mention.report,
        start=mention.start,
        end=mention.end,
        text=mention.text,
        status=mention.status,
        attribution=mention.attribution,
        said=mention.said,
        background=mention.background,
    )


def link_of(relation: Any, from_: Event, to: Event, *mentions: Mention) -> Link:
    """Return a link between two events."""
    told = tuple(told_by(mention) for mention in mentions)
    return Link(relation=relation, from_=from_.id, to=to.id, mentions=told)


def dump(path: Any) -> Sequence[Any]:
    """Return all that the tables of a SQLite file hold."""
    with sqlite3.connect(path) as connection:
        lines = list(connection.iterdump())
    connection.close()
    return lines


class FakeSteps:
    """Steps of a run that need no parser: each text holds what is coded.

    A line of a report that begins with "met" is a meeting, one with "shot" a killing; a
    text with "broken" cannot be coded.  `coded` counts the reports that were.  Merging goes by
    `weights`, None for those that are shipped.
    """

    def __init__(self, weights: Weights | None = None) -> None:
        self.coded = 0
        self.merges = 0
        self.weights = weights

    def steps(self) -> Steps:
        """Return the steps."""
        by = fingerprint(self.weights) if self.weights else "rules"
        return Steps(
            read=self._read,
            load=lambda: self._code,
            merge=CountedMerge(self._merge, by),
            weights=self.weights,
        )

    def _read(
        self,
        paths: Sequence[str],
        *,
        refuse: Callable[[InputError], None],
        fetching: object = None,
        habits: object = None,
    ) -> Iterator[Report]:
        for path in paths:
            files = sorted(Path(path).iterdir()) if Path(path).is_dir() else [Path(path)]
            for file in files:
                try:
                    text = file.read_text()
                except (OSError, UnicodeDecodeError) as error:
                    refuse(InputError(str(file), "cannot be read", way_out=f"mend it ({error})"))
                    continue
                language = "fr" if text.startswith("Le ") else None
                yield make_report(text, source=str(file), language=language)

    def _code(self, report: Report) -> CodedReport:
        self.coded += 1
        if "broken" in report.text:
            raise ValueError("a bug")
        found = []
        for line in report.text.splitlines():
            if line.startswith("met"):
                found.append(meeting(report, line))
            if line.startswith("shot"):
                found.append(killing(report, line))
        return CodedReport(report, tuple(found))

    def _merge(self, memory: Memory, reports: Collection[str], **options: Any) -> Joined:
        self.merges += 1
        joined = join(memory, reports, rules=rules_by(self.weights), **options)
        # Events are told in the reports' own words, which no summary would use.
        return replace(
            joined,
            events=tuple(
                replace(event, summary=f"{event.type.title()}: {event.mentions[0].text}")
                for event in joined.events
            ),
        )


class CountedMerge:
    """Merging that counts how often it is done."""

    def __init__(self, merge: Callable[..., Joined], by: str = "rules") -> None:
        self._merge = merge
        self.by = by

    def __call__(self, memory: Memory, reports: Collection[str], **options: Any) -> Joined:
        """Merge."""
        return self._merge(memory, reports, **options)
