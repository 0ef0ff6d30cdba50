"""The conventions that CONTRIBUTING.md tells and no linter holds."""

import ast
import re
from pathlib import Path

import pytest
from project import ROOT, SOURCE, committed, name_of

MODULES = [path for path in committed() if path.suffix == ".py"]
TESTS = [path for path in MODULES if path.name.startswith("test_")]
PACKAGES = [
    path for path in committed() if path.name == "__init__.py" and path.parent.parent == SOURCE
]
LONGEST = 600
NOT_A_NOUN = {"utils", "util", "helpers", "helper", "common", "manager", "misc"}


def test_no_module_is_too_long() -> None:
    """A module has 600 lines at most."""
    ours = [path for path in MODULES if not path.is_relative_to(ROOT / "tests")]
    sizes = {name_of(path): len(path.read_text().splitlines()) for path in ours}
    assert {name: size for name, size in sizes.items() if size > LONGEST} == {}


def test_every_module_is_somebodys() -> None:
    """No module is a drawer for what belongs elsewhere."""
    assert [name_of(path) for path in MODULES if path.stem in NOT_A_NOUN] == []


@pytest.mark.parametrize("package", PACKAGES, ids=lambda path: path.parent.name)
def test_a_package_tells_what_is_in_it(package: Path) -> None:
    """Its docstring says what comes in, what goes out, and names each of its modules."""
    says = ast.get_docstring(ast.parse(package.read_text())) or ""
    modules = [path for path in MODULES if path.parent == package.parent and path != package]
    if package.parent.name not in {"model", "sample"}:
        assert "In:" in says
        assert "Out:" in says
        assert [path.name for path in modules if path.name not in says] == []


@pytest.mark.parametrize("path", TESTS, ids=name_of)
def test_a_test_says_what_it_holds(path: Path) -> None:
    """Every test has a docstring, and no two test modules have one name."""
    tree = ast.parse(path.read_text())
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    tests = [node for node in functions if node.name.startswith("test")]
    assert tests
    assert [node.name for node in tests if not ast.get_docstring(node)] == []
    assert [other.name for other in TESTS].count(path.name) == 1


def test_the_unfinished_is_not_in_the_code() -> None:
    """Nothing in the product is marked as still to be written."""
    pattern = re.compile(r"raise NotImplementedError|#\s*(?:T[O]DO|F[I]XME|X[X]X)\b")
    sources = [path for path in MODULES if path.is_relative_to(ROOT / "src")]
    assert [name_of(path) for path in sources if pattern.search(path.read_text())] == []
