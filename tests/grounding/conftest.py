"""The small world of names, and a parser that knows them, for each module of tests."""

from __future__ import annotations

import pytest
from world import World

from parley.parsing import Parser


@pytest.fixture(scope="module")
def world() -> World:
    """The names that these tests know."""
    return World()


@pytest.fixture(scope="module")
def reader(world: World) -> Parser:
    """A parser that knows the same names."""
    return Parser(names=world.patterns())
