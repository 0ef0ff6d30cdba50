"""The reference is what the commands say of themselves."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest
import typer.main

from parley.cli.app import app
from parley.cli.reference import help_of, write_reference

DOCUMENT = Path(__file__).parents[2] / "docs" / "cli.md"
ROOT = typer.main.get_command(app)
NAMES = list(ROOT.commands)


def test_the_document_is_true():
    """docs/cli.md is what `python -m parley.cli.reference` writes, to the letter."""
    assert DOCUMENT.read_text() == write_reference()


@pytest.mark.parametrize("name", NAMES)
def test_every_command_is_documented(name):
    """A command has a section, a help text, examples, and a help text for each option."""
    command = ROOT.commands[name]
    assert f"## parley {name}\n" in DOCUMENT.read_text()
    assert command.help
    assert "Examples:" in help_of([name])
    for parameter in command.params:
        assert parameter.help, f"{name}: {parameter.name} has no help"


@pytest.mark.parametrize("name", NAMES)
def test_every_example_is_right_usage(name):
    """What the examples show is parsed without an error."""
    command = ROOT.commands[name]
    lines = [line.strip() for line in help_of([name]).partition("Examples:")[2].splitlines()]
    seen = 0
    for line in filter(None, lines):
        words = shlex.split(line)
        while "parley" in words:
            _, called, *words = words[words.index("parley") :]
            end = words.index("|") if "|" in words else len(words)
            assert called == name
            command.make_context(name, words[:end])
            words = words[end:]
            seen += 1
    assert seen


@pytest.mark.parametrize("name", NAMES)
def test_help_fits_a_terminal(name):
    """No line of the help is wider than 80 columns, and no summary is cut."""
    assert all(len(line) <= 80 for line in help_of([name]).splitlines())
    assert "..." not in help_of([]).partition("Commands:")[2]
