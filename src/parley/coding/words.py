"""Word lists that the rules ask: loaded once from data files and checked as they are read."""

from __future__ import annotations

from functools import cache, cached_property
from importlib.resources import files
from typing import TypeVar

import msgspec
from msgspec import Struct

from parley.coding.lexicon import read_toml
from parley.errors import DataError

_Table = TypeVar("_Table", bound=Struct)


class Factuality(Struct, frozen=True, forbid_unknown_fields=True):
    """`data/factuality.toml`: what makes an event real, ahead, or void."""

    aspect: frozenset[str]
    attempt: frozenset[str]
    implicative: frozenset[str]
    scheduled_verbs: frozenset[str]
    expected_verbs: frozenset[str]
    scheduled_words: frozenset[str]
    expected_words: frozenset[str]
    proposed_words: frozenset[str]
    alleged_words: frozenset[str]
    alleged_adverbs: frozenset[str]
    called_off_words: frozenset[str]
    negations: frozenset[str]
    not_happened_verbs: frozenset[str]
    conditions: frozenset[str]
    weak_modals: frozenset[str]
    unreal_nouns: frozenset[str]
    nearing_verbs: frozenset[str]
    near_words: frozenset[str]
    way_verbs: frozenset[str]
    half_real_nouns: frozenset[str]
    answering_nouns: frozenset[str]
    behind: frozenset[str]
    ahead: frozenset[str]
    purpose: frozenset[str]
    accident_words: frozenset[str]
    accident_phrases: frozenset[str]
    hazards: frozenset[str]
    festivities: frozenset[str]
    sports: frozenset[str]
    unsporting: frozenset[str]
    blazes: frozenset[str]
    works: frozenset[str]
    mishap_verbs: frozenset[str]
    vehicles: frozenset[str]
    arranging_verbs: frozenset[str]
    breakdown_verbs: frozenset[str]
    purpose_verbs: frozenset[str]
    hearsay_verbs: frozenset[str]
    finding_verbs: frozenset[str]
    imagined: frozenset[str]
    true_words: frozenset[str]
    false_words: frozenset[str]


class Speech(Struct, frozen=True, dict=True, forbid_unknown_fields=True):
    """`data/speech.toml`: verbs and nouns of saying, by what the speaker makes of it."""

    asserts: frozenset[str]
    claims: frozenset[str]
    speaking: frozenset[str]
    denies: frozenset[str]
    confirms: frozenset[str]
    accuses: frozenset[str]
    nouns: frozenset[str]
    accusing: frozenset[str]
    masterminding: frozenset[str]
    answering: frozenset[str]
    dismissing: frozenset[str]
    claim_nouns: frozenset[str]
    part_nouns: frozenset[str]
    attackers: frozenset[str]
    men: frozenset[str]
    outlets: frozenset[str]
    reckonings: frozenset[str]

    @cached_property
    def verbs(self) -> frozenset[str]:
        """Every verb of saying."""
        return self.asserts | self.claims | self.denies | self.confirms | self.accuses

    @cached_property
    def telling(self) -> frozenset[str]:
        """The verbs of saying that something is so."""
        return self.asserts | self.claims


class Numbers(Struct, frozen=True, forbid_unknown_fields=True):
    """`data/counts.toml`: words around numbers of people."""

    what: dict[str, frozenset[str]]
    bounds: dict[str, list[str]]
    words: dict[str, int]
    behind: dict[str, list[str]]
    groups: frozenset[str]
    many: frozenset[str]
    finding: frozenset[str]
    terse: frozenset[str]
    losses: frozenset[str]
    units: frozenset[str]
    fractions: dict[str, int]
    vague: dict[str, tuple[int, int]]
    several: frozenset[str]
    tolls: frozenset[str]
    any_tolls: frozenset[str]
    loose: frozenset[str]
    bringing: frozenset[str]
    moving: frozenset[str]
    reaching: frozenset[str]
    claims: frozenset[str]
    earlier: frozenset[str]
    wrong: frozenset[str]
    instead: frozenset[str]
    bending: frozenset[str]
    giving: frozenset[str]


class Places(Struct, frozen=True, forbid_unknown_fields=True):
    """`data/places.toml`: by what a name that no gazetteer has is known for a place."""

    streets: frozenset[str]
    buildings: frozenset[str]
    quarters: frozenset[str]
    settlements: frozenset[str]
    wards: frozenset[str]
    grounds: frozenset[str]
    ways: frozenset[str]


class Aftermath(Struct, frozen=True, forbid_unknown_fields=True):
    """`data/aftermath.toml`: what follows an incident, and names it."""

    legal: frozenset[str]
    seizing: frozenset[str]
    voicing: frozenset[str]
    verbs: frozenset[str]
    nouns: frozenset[str]
    links: frozenset[str]
    naming: frozenset[str]
    running: frozenset[str]
    wounds: frozenset[str]
    wards: frozenset[str]
    dying: frozenset[str]
    after: frozenset[str]
    struck: frozenset[str]
    incidents: frozenset[str]
    involved: frozenset[str]
    tolls: frozenset[str]
    rising: frozenset[str]
    deaths: frozenset[str]


class Provisions(Struct, frozen=True, forbid_unknown_fields=True):
    """`data/provisions.toml`: how reports tell what was agreed."""

    agreements: frozenset[str]
    papers: frozenset[str]
    parts: frozenset[str]
    having: frozenset[str]
    opening: frozenset[str]
    bound: frozenset[str]
    prefaces: tuple[str, ...]
    bargains: tuple[str, ...]
    adding: frozenset[str]
    asides: frozenset[str]
    starting: frozenset[str]
    beginning: frozenset[str]
    force: frozenset[str]
    counting: frozenset[str]
    proceeding: frozenset[str]
    laying: frozenset[str]
    hopes: frozenset[str]
    holding: dict[str, tuple[str, ...]]
    binding: dict[str, tuple[str, ...]]
    topics: dict[str, tuple[str, ...]]


class Compliance(Struct, frozen=True, forbid_unknown_fields=True):
    """`data/compliance.toml`: how a clause tells what was done as agreed, or against it."""

    saying: frozenset[str]
    of_agreements: frozenset[str]
    states: frozenset[str]
    loose: frozenset[str]
    vague: frozenset[str]
    over: frozenset[str]


class Everyday(Struct, frozen=True, forbid_unknown_fields=True):
    """`data/everyday.toml`: words by which alone the network names no happening."""

    verbs: frozenset[str]
    nouns: frozenset[str]


def load_table(name: str, form: type[_Table]) -> _Table:
    """Return `data/<name>`, a TOML file, as `form`.  Raises DataError."""
    path = files("parley.coding") / "data" / name
    try:
        return msgspec.convert(read_toml(path), form)
    except msgspec.ValidationError as error:
        raise DataError(f"{name}: {error}; the class {form.__name__} tells the form") from error


@cache
def factuality_words() -> Factuality:
    """Return the words of factuality.  Raises DataError."""
    return load_table("factuality.toml", Factuality)


@cache
def speech_words() -> Speech:
    """Return the words of saying.  Raises DataError."""
    return load_table("speech.toml", Speech)


@cache
def number_words() -> Numbers:
    """Return the words around numbers.  Raises DataError."""
    return load_table("counts.toml", Numbers)


@cache
def place_words() -> Places:
    """Return the words of places without a gazetteer.  Raises DataError."""
    return load_table("places.toml", Places)


@cache
def aftermath_words() -> Aftermath:
    """Return the words of what follows an incident.  Raises DataError."""
    return load_table("aftermath.toml", Aftermath)


@cache
def provision_words() -> Provisions:
    """Return the words of what was agreed.  Raises DataError."""
    return load_table("provisions.toml", Provisions)


@cache
def agreement_words() -> frozenset[str]:
    """Return the nouns that may name an agreement or a part of one.  Raises DataError."""
    words = provision_words()
    return words.agreements | words.papers | words.parts


@cache
def compliance_words() -> Compliance:
    """Return the words of what was done as agreed, or against it.  Raises DataError."""
    return load_table("compliance.toml", Compliance)


@cache
def everyday_words() -> Everyday:
    """Return the words that say too little alone.  Raises DataError."""
    return load_table("everyday.toml", Everyday)
