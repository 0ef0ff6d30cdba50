"""The package's data files: loaded once, checked against their schema."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import TypeVar

import msgspec

from parley.errors import DataError

_T = TypeVar("_T")


def load(name: str, schema: type[_T]) -> _T:
    """Return the data file `name` as an instance of `schema`.

    Raises `DataError` naming the file, and the line or the key that is wrong.
    """
    text = files("parley.reading").joinpath("data", name).read_text("utf-8")
    return parse(text, schema, name=name)


def parse(text: str, schema: type[_T], *, name: str) -> _T:
    """Return TOML as an instance of `schema`; `DataError` as `load` says."""
    try:
        return msgspec.convert(tomllib.loads(text), schema)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise DataError(f"{name}: {error}; mend the file or install Parley anew") from error
