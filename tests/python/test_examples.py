"""The examples of docs/python.md and the notebook run as they stand."""

from __future__ import annotations

import re
import shutil
from importlib.resources import files
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """A folder with a few sample reports, where the examples are run."""
    reports = tmp_path / "reports"
    reports.mkdir()
    found = sorted(e.name for e in files("parley.sample").iterdir() if e.name.endswith(".txt"))
    for name in found[:3]:
        shutil.copyfile(str(files("parley.sample") / name), reports / name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_examples_of_the_page(desk, capsys):
    """Every block of Python on the page runs, one after the other, and prints what it says."""
    page = (DOCS / "python.md").read_text(encoding="utf-8")
    # As the entry point does where Parley is installed.
    import parley.python.component  # noqa: F401, PLC0415

    blocks = re.findall(r"^```python\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    assert len(blocks) >= 6
    names: dict[str, object] = {}
    for block in blocks:
        exec(compile(block, "docs/python.md", "exec"), names)
    out = capsys.readouterr().out
    assert "CONSULT scheduled 2023-05-14" in out
    assert {"talks.ics", "record.jsonl", "moldova.db"} <= {path.name for path in desk.iterdir()}


def test_every_method_is_on_the_page():
    """The page names each public method of a record, and each filter."""
    from parley.python import OpenRecord  # noqa: PLC0415
    from parley.record.finding import Filters  # noqa: PLC0415

    page = (DOCS / "python.md").read_text(encoding="utf-8")
    methods = {name for name in dir(OpenRecord) if not name.startswith("_")} - {"where", "record"}
    assert {name for name in methods if f"{name}(" not in page} == set()
    assert {name for name in Filters.__struct_fields__ if f"`{name}" not in page} == set()


def test_the_notebook_runs(tmp_path):
    """Every cell of the notebook runs in a kernel; it is committed without its output."""
    notebook = nbformat.read(DOCS / "record.ipynb", as_version=4)
    assert not any(cell.get("outputs") for cell in notebook.cells)
    resources = {"metadata": {"path": str(tmp_path)}}
    NotebookClient(notebook, timeout=240, kernel_name="python3", resources=resources).execute()
    printed = "".join(
        output.get("text", "")
        for cell in notebook.cells if cell.cell_type == "code"
        for output in cell.outputs
    )  # fmt: skip
    assert "CONSULT scheduled 2023-05-14" in printed
    assert "record.jsonl" in printed
