"""Word lists: the words by which the model's answers are mended, in tables of TOML.

In: the name of a file of `data`, and what it holds.  Out: that.
"""

from __future__ import annotations

from importlib import resources
from typing import TypeVar

import msgspec

from parley.errors import DataError

_Words = TypeVar("_Words", bound=msgspec.Struct)


def read_words(name: str, kind: type[_Words]) -> _Words:
    """Return the words of a file of `data`.  Raises `DataError` where it is malformed."""
    raw = resources.files("parley.parsing").joinpath("data", name).read_bytes()
    try:
        return msgspec.toml.decode(raw, type=kind)
    except msgspec.DecodeError as problem:
        raise DataError(f"parley/parsing/data/{name}: {problem}; mend or reinstall it") from problem
