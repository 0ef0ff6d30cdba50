"""The project's own files, as these tests look at them."""

from __future__ import annotations

import re
import subprocess
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "parley"


@cache
def committed() -> tuple[Path, ...]:
    """Return the files that are, or would be, committed."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        encoding="utf-8",
    ).stdout
    paths = (ROOT / name for name in listed.split("\0") if name)
    return tuple(path for path in paths if path.is_file())


@cache
def project() -> dict[str, Any]:
    """Return pyproject.toml."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def pages() -> list[Path]:
    """Return the committed pages of documentation."""
    return [path for path in committed() if path.suffix == ".md"]


def name_of(path: Path) -> str:
    """Return a file's name from the root of the project."""
    return path.relative_to(ROOT).as_posix()


def shell_lines(page: str) -> list[str]:
    """Return the lines of a page that stand as commands: indented, or fenced as `sh`."""
    fenced = re.findall(r"^```(?:sh|console|bash)?\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    lines = [line for block in fenced for line in block.splitlines()]
    lines += re.findall(r"^ {4}(\S.*)", page, re.MULTILINE)
    return [line.removeprefix("$ ").strip() for line in lines]
