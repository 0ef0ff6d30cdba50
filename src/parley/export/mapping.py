"""Mappings: the data files that say how the record is put in other projects' terms."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import TypeVar

import msgspec
from msgspec import Struct

from parley.errors import DataError

Read = TypeVar("Read", bound=Struct)


class State(Struct, frozen=True, forbid_unknown_fields=True):
    """A state or territory in the terms of the data projects.

    `code` is ISO 3166-1 alpha-3, `short` alpha-2, `number` the numeric one, `gwno` that of
    Gleditsch and Ward (empty for what is no member of their system).  The regions are those that
    ACLED, UCDP and PA-X count it under.
    """

    code: str
    short: str
    number: str
    name: str
    gwno: str
    acled_region: str
    ucdp_region: str
    pax_region: str


@cache
def load_states() -> Mapping[str, State]:
    """Return the states by their alpha-3 codes.  Raises DataError, naming file and line."""
    lines = (files("parley.export") / "data" / "states.tsv").read_text("utf-8").splitlines()
    names = lines[0].split("\t")
    states: dict[str, State] = {}
    for number, line in enumerate(lines[1:], start=2):
        try:
            row = dict(zip(names, line.split("\t"), strict=True))
            state = msgspec.convert(row, State)
            if state.code in states or len(state.code) != 3:
                raise ValueError(f"code {state.code!r} is there already, or is none")
        except (ValueError, msgspec.ValidationError) as error:
            raise DataError(f"states.tsv: line {number}: {error}; mend the file") from error
        states[state.code] = state
    return states


def read_mapping(name: str, type: type[Read]) -> Read:
    """Return a data file of mappings.  Raises DataError, naming the file and the key."""
    raw = (files("parley.export") / "data" / name).read_bytes()
    try:
        return msgspec.toml.decode(raw, type=type)
    except msgspec.MsgspecError as error:
        raise DataError(f"{name}: {error}; mend the file") from error
