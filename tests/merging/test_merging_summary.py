"""Summaries: one neutral line for every type and status, from coded fields only."""

from __future__ import annotations

import re
from typing import get_args

import msgspec
import pytest
from tellings import (
    ARDEN,
    BELMAR,
    CORVIA,
    LUMEN,
    Page,
    at_least,
    both,
    ministers,
    party,
    said,
)

from parley.merging import merge
from parley.merging.summary import load_phrases, summarise
from parley.model import Count, Event, EventType, Participant, Status


def _event(type_: EventType, status: Status = "happened", **fields: object) -> Event:
    page = Page("one", "2023-05-20")
    page.tell(type_, "It", status=status, **fields)  # type: ignore[arg-type]
    return merge(page.mentions, reports={page.id: page.report()}).events[0]


@pytest.mark.parametrize(
    ("event", "line"),
    [
        (
            _event("CONSULT", "scheduled", who=ministers(), where=[LUMEN]),
            "Arden and Belmar to hold talks in Lumen (foreign ministers Ona Tarrish, Pavel Mirow)",
        ),
        (
            _event("CONSULT", who=(*both(), party(CORVIA, "mediator"))),
            "Arden and Belmar hold talks, mediated by Corvia",
        ),
        (
            _event("CONSULT", "scheduled", who=(party(CORVIA, "host"),), where=[LUMEN]),
            "Talks in Lumen, hosted by Corvia scheduled",
        ),
        (
            _event("ASSAULT", who=both(), counts=[at_least("killed", 286)]),
            "Clashes between Arden and Belmar: at least 286 killed",
        ),
        (
            _event("ASSAULT", who=(party(ARDEN), party(BELMAR, "recipient"))),
            "Arden attacks Belmar",
        ),
        (_event("ASSAULT", where=[LUMEN]), "Violence in Lumen"),
        (_event("ACCUSE", who=(party(ARDEN), party(BELMAR, "recipient"))), "Arden accuses Belmar"),
        (_event("ACCUSE", who=(party(ARDEN),)), "Accusation by Arden"),
        (
            _event(
                "MOBILIZE",
                who=(party(CORVIA),),
                counts=[Count(what="deployed", low=None, best=2000, high=None)],
            ),
            "Corvia deploys about 2,000 personnel",
        ),
        (
            _event(
                "ASSAULT",
                "denied",
                who=(party(ARDEN), party(BELMAR, "recipient")),
                attribution=[said(ARDEN, "denies")],
            ),
            "Arden denies attacking Belmar",
        ),
        (
            _event(
                "ASSAULT",
                "denied",
                who=(party(ARDEN), party(BELMAR, "recipient")),
                attribution=[said(CORVIA, "denies")],
            ),
            "Corvia denies that Arden attacks Belmar",
        ),
        (
            _event(
                "ASSAULT",
                "alleged",
                who=(party(ARDEN), party(BELMAR, "recipient")),
                attribution=[said(BELMAR, "accuses")],
            ),
            "Arden is said to have attacked Belmar (according to Belmar)",
        ),
        (
            _event("CONSULT", "called_off", who=both(), where=[LUMEN]),
            "Talks between Arden and Belmar in Lumen called off",
        ),
    ],
)
def test_lines(event: Event, line: str) -> None:
    """The lines that a reader meets most."""
    assert event.summary == line


@pytest.mark.parametrize("type_", get_args(EventType))
def test_every_type_status_and_set_of_roles_has_a_line(type_: EventType) -> None:
    """No template leaves a hole, a double space or an unfilled name, whatever is missing."""
    casts: list[tuple[Participant, ...]] = [
        (),
        (party(ARDEN),),
        (party(BELMAR, "recipient"),),
        (party(ARDEN), party(BELMAR, "recipient")),
        both(),
        (party(CORVIA, "mediator"),),
    ]
    base = _event(type_)
    for mode in (None, *load_phrases()[type_].modes):
        for status in get_args(Status):
            for cast in casts:
                event = msgspec.structs.replace(
                    base, mode=mode, status=status, participants=cast, where=(LUMEN,)
                )
                line = summarise(event)
                assert line[0].isupper()
                assert not re.search(r"[{}]|  | ,|None| \)|\( | $", line), line
                assert all(p.name in line for p in cast), line


def test_a_plural_name_takes_a_plural_verb() -> None:
    """Rebels attack, an army attacks."""
    rebels = Participant(name="rebels", kind="armed_group", country=None, role="actor")
    army = Participant(name="the army", kind="military", country=None, role="actor")
    target = party(BELMAR, "recipient")
    assert _event("ASSAULT", who=(rebels, target)).summary == "Rebels attack Belmar"
    assert _event("ASSAULT", who=(army, target)).summary == "The army attacks Belmar"
