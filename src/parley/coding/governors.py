"""Governors: the verbs over an event noun, and what each makes of it.

In: `data/governors.toml`, whose head tells the form.  Out: one frozen `Governors`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Literal

import msgspec
from msgspec import Struct

from parley.coding.lexicon import SlotRole, read_toml
from parley.errors import DataError

Effect = Literal["held", "called_off", "proposed", "scheduled", "averted", "ended"]


class Governors(Struct, frozen=True):
    """Which verbs govern event nouns, and what each does to them."""

    objects: Mapping[str, tuple[SlotRole, Effect]]
    subjects: Mapping[str, Effect]
    outbreak: frozenset[str]
    resuming: frozenset[str]
    closing: frozenset[str]
    watching: frozenset[str]
    pausing: frozenset[str]
    relating: frozenset[str]
    lapsing: frozenset[str]
    mediating: Mapping[str, SlotRole]
    mediating_nouns: frozenset[str]
    mediators: frozenset[str]
    observing_nouns: frozenset[str]
    securing: frozenset[str]
    attending: Mapping[str, SlotRole]
    offices: frozenset[str]
    giving_in: frozenset[str]
    sending: frozenset[str]
    blaming: Mapping[str, str]
    owning: Mapping[str, str]
    ascribing: Mapping[str, str]
    credits: frozenset[str]
    taking: frozenset[str]
    putting: frozenset[str]


class _Row(Struct, forbid_unknown_fields=True):
    role: SlotRole
    effect: Effect
    verbs: list[str]


class _Lapsing(Struct, forbid_unknown_fields=True):
    verbs: list[str]


class _Mediating(Struct, forbid_unknown_fields=True):
    mediator: list[str]
    mediators: list[str]
    host: list[str]
    nouns: list[str]
    observing: list[str]
    securing: list[str]


class _Attending(Struct, forbid_unknown_fields=True):
    actor: list[str]
    observer: list[str]
    mediator: list[str]
    office: list[str]


class _Crediting(Struct, forbid_unknown_fields=True):
    nouns: list[str]
    taking: list[str]
    putting: list[str]


class _GovernorFile(Struct, forbid_unknown_fields=True):
    governor: list[_Row]
    governor_of_subject: dict[Effect, list[str]]
    outbreak: list[str]
    resuming: list[str]
    closing: list[str]
    watching: list[str]
    pausing: list[str]
    relating: list[str]
    giving_in: list[str]
    sending: list[str]
    lapsing: _Lapsing
    mediating: _Mediating
    attending: _Attending
    blaming: dict[str, str]
    owning: dict[str, str]
    ascribing: dict[str, str]
    crediting: _Crediting


@cache
def load_governors() -> Governors:
    """Read `data/governors.toml`.  Raises DataError."""
    path = files("parley.coding") / "data" / "governors.toml"
    try:
        table = msgspec.convert(read_toml(path), _GovernorFile)
    except msgspec.ValidationError as error:
        raise DataError(f"{path.name}: {error}; its head tells the form") from error
    governed: dict[str, tuple[SlotRole, Effect]] = {}
    for row in table.governor:
        for verb in row.verbs:
            governed.setdefault(verb, (row.role, row.effect))
    return Governors(
        objects=governed,
        subjects={
            verb: effect for effect, verbs in table.governor_of_subject.items() for verb in verbs
        },
        outbreak=frozenset(table.outbreak),
        resuming=frozenset(table.resuming),
        closing=frozenset(table.closing),
        watching=frozenset(table.watching),
        pausing=frozenset(table.pausing),
        relating=frozenset(table.relating),
        lapsing=frozenset(table.lapsing.verbs),
        mediating={
            **dict.fromkeys(table.mediating.host, "host"),
            **dict.fromkeys(table.mediating.mediator, "mediator"),
        },
        mediating_nouns=frozenset(table.mediating.nouns),
        mediators=frozenset(table.mediating.mediators),
        observing_nouns=frozenset(table.mediating.observing),
        securing=frozenset(table.mediating.securing),
        attending={
            **dict.fromkeys(table.attending.observer, "observer"),
            **dict.fromkeys(table.attending.actor, "actor"),
            **dict.fromkeys(table.attending.mediator, "mediator"),
        },
        offices=frozenset(table.attending.office),
        giving_in=frozenset(table.giving_in),
        sending=frozenset(table.sending),
        blaming=table.blaming,
        owning=table.owning,
        ascribing=table.ascribing,
        credits=frozenset(table.crediting.nouns),
        taking=frozenset(table.crediting.taking),
        putting=frozenset(table.crediting.putting),
    )
