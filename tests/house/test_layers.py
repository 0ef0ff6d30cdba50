"""The contract of layers holds, and would not if a package looked up."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from project import ROOT, SOURCE, project


def check_layers(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run import-linter on the sources in a folder."""
    return subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder / "src"), "NO_COLOR": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the code and its contract, to be broken."""
    for source in SOURCE.rglob("*.py"):
        target = tmp_path / source.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
    shutil.copyfile(ROOT / "pyproject.toml", tmp_path / "pyproject.toml")
    return tmp_path


def test_the_layers_stand(copy: Path) -> None:
    """No package imports one above it."""
    done = check_layers(copy)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        ("coding/places.py", "import parley.record", "layers"),
        ("grounding/lexicon.py", "from parley.coding import Coder", "layers"),
        ("views/phrases.py", "from parley.export import Format", "layers"),
        ("errors.py", "from parley.model import Report", "layers"),
        ("engine/extent.py", "import parley.sample", "layers"),
        ("merging/names.py", "import sqlalchemy", "database"),
        ("record/names.py", "import rich", "terminal"),
        ("views/phrases.py", "import spacy", "parser"),
        ("merging/scattered.py", "import pyspark", "cluster"),
    ],
)
def test_a_forbidden_import_is_caught(copy: Path, module: str, line: str, contract: str) -> None:
    """An import upwards, sideways, or of what only one layer may know breaks a contract."""
    broken = copy / "src" / "parley" / module
    broken.write_text(f"{broken.read_text()}\n{line}\n")
    done = check_layers(copy)
    assert done.returncode == 1, done.stderr
    assert any(contract in said and said.endswith("BROKEN") for said in done.stdout.splitlines())


def test_every_package_has_its_layer() -> None:
    """The contract names each package, so that a new one must be given a place."""
    layers = next(c for c in project()["tool"]["importlinter"]["contracts"] if "layers" in c)
    named = {name.strip() for layer in layers["layers"] for name in layer.split("|")}
    here = {path.parent.name for path in SOURCE.glob("*/__init__.py")} | {"errors", "version"}
    assert named == here


def test_the_cluster_is_asked_for_by_name() -> None:
    """Neither the engine nor the command line loads Spark before someone runs it."""
    code = (
        "import sys, parley.cli.app, parley.engine, parley.engine.spark\n"
        "sys.exit(', '.join({'pyspark', 'py4j', 'pyarrow', 'pandas'} & set(sys.modules)) or 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
