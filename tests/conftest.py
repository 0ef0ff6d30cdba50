"""Fixtures that several packages' tests share."""

from __future__ import annotations

import pytest

from parley.parsing import Parser


@pytest.fixture(scope="session")
def parser() -> Parser:
    """One parser for the whole run: loading the model takes longer than most tests."""
    return Parser()
