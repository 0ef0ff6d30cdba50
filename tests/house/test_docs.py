"""The pages say what is so: commands, links, files."""

import re
from pathlib import Path

import pytest
from project import ROOT, SOURCE, committed, name_of, pages, shell_lines

from parley.cli.app import app

COMMANDS = {command.callback.__name__ for command in app.registered_commands if command.callback}
TARGETS = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
OURS = re.compile(r"`((?:src|evals|tests|docs|requirements|\.ci)/[\w./-]+)`")


@pytest.mark.parametrize("page", pages(), ids=name_of)
def test_commands_exist(page: Path) -> None:
    """Every `parley ...` and `make ...` that a page shows is a command or a target."""
    text = page.read_text(encoding="utf-8")
    shown = shell_lines(text) + re.findall(r"`([^`\n]+)`", text)
    for line in shown:
        words = line.removeprefix(".venv/bin/").split()
        if words[:1] == ["parley"] and words[1:] and re.fullmatch("[a-z]+", words[1]):
            assert words[1] in COMMANDS, line
        if words[:1] == ["make"] and words[1:] and re.fullmatch("[a-z]+", words[1]):
            assert words[1] in TARGETS, line


@pytest.mark.parametrize("page", pages(), ids=name_of)
def test_links_and_paths_lead_somewhere(page: Path) -> None:
    """Every relative link, and every path of the project in backquotes, exists."""
    text = page.read_text(encoding="utf-8")
    links = [link.partition("#")[0] for link in re.findall(r"\]\(([^)\s]+)\)", text)]
    broken = [
        link
        for link in links
        if link and "://" not in link and not (page.parent / link).resolve().exists()
    ]
    broken += [path for path in OURS.findall(text) if not (ROOT / path).exists()]
    assert broken == []


def test_every_decision_is_in_the_index() -> None:
    """The index of decisions has each record, and none that is not there."""
    folder = ROOT / "docs" / "decisions"
    index = (folder / "README.md").read_text(encoding="utf-8")
    linked = set(re.findall(r"\]\((\S+?\.md)\)", index))
    here = {path.name for path in committed() if path.parent == folder} - {"README.md"}
    assert linked == here


def test_every_page_is_reached() -> None:
    """From the README every page of docs/ is reached by links."""
    reached, ahead = set(), [ROOT / "README.md"]
    while ahead:
        page = ahead.pop()
        if page in reached or not page.exists():
            continue
        reached.add(page)
        for link in re.findall(r"\]\(([^)\s#]+\.md)", page.read_text(encoding="utf-8")):
            ahead.append((page.parent / link).resolve())
    docs = {path for path in committed() if path.is_relative_to(ROOT / "docs")}
    assert {name_of(path) for path in docs - reached if path.suffix == ".md"} == set()


def test_architecture_tells_of_every_step() -> None:
    """docs/architecture.md has a word on each package."""
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    packages = {path.parent.name for path in SOURCE.glob("*/__init__.py")}
    assert {
        name for name in packages if f"**{name}**" not in text and f"`{name}`" not in text
    } == set()
