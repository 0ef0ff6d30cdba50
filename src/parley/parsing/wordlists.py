"""Word lists: tables of words that a step goes by, as its package has them in TOML.

In: the package, the name of a file of its `data`, and the form of what it holds.  Out: that.
"""

from __future__ import annotations

from importlib import resources
from typing import TypeVar

import msgspec

from parley.errors import DataError

_Words = TypeVar("_Words", bound=msgspec.Struct)


def read_words(package: str, name: str, form: type[_Words]) -> _Words:
    """Return what `data/<name>` of a package of Parley's holds, as `form`.

    Raises `DataError`, naming the file, where it is malformed.
    """
    raw = resources.files(f"parley.{package}").joinpath("data", name).read_bytes()
    try:
        return msgspec.toml.decode(raw, type=form)
    except msgspec.DecodeError as problem:
        where = f"parley/{package}/data/{name}"
        raise DataError(f"{where}: {problem}; mend or reinstall it") from problem
