"""`parley ingest --engine spark`: what is wrong is said in a line, before anything is written."""

from __future__ import annotations

import importlib.util
import os
import socket
import sys
from pathlib import Path

import pytest

from parley.cli import main

NO_SPARK = importlib.util.find_spec("pyspark") is None


@pytest.fixture
def pyspark() -> None:
    """Spark's Python side, which says nothing of Java."""
    if NO_SPARK and os.environ.get("CI") == "true":
        pytest.fail("PySpark is not installed: make test installs it")
    if NO_SPARK:
        pytest.skip("PySpark is not installed: make test installs it")


def said(capsys: pytest.CaptureFixture[str], *args: str) -> tuple[int, str]:
    """Return the status of a run on a cluster, and what it says."""
    status = main(["ingest", "--engine", "spark", *args])
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    return status, err


def test_the_folder_must_be_named(capsys, tmp_path):
    """Without --out it is wrong usage; so are --out and --master without the engine."""
    assert said(capsys, str(tmp_path)) == (
        2,
        "parley ingest: invalid value for '--out': give the folder that the tables go to; "
        "see parley ingest -h\n",
    )
    assert main(["ingest", str(tmp_path), "--out", "x"]) == 2
    assert "they go with --engine spark" in capsys.readouterr().err


def test_a_missing_library_is_named(capsys, tmp_path, monkeypatch):
    """Without PySpark the line says which extra brings it."""
    monkeypatch.setitem(sys.modules, "pyspark", None)
    (tmp_path / "a.txt").write_text("Nothing.")
    status, err = said(capsys, str(tmp_path / "a.txt"), "--out", str(tmp_path / "out"))
    assert status == 1
    assert "pip install 'parley-record[spark]'" in err
    assert not (tmp_path / "out").exists()


@pytest.mark.usefixtures("pyspark")
def test_a_missing_or_old_java_is_named(capsys, tmp_path, monkeypatch):
    """Without a Java that Spark runs on the line says what to install."""
    out = ("--out", str(tmp_path / "out"))
    (tmp_path / "a.txt").write_text("Nothing.")
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    status, err = said(capsys, str(tmp_path / "a.txt"), *out)
    assert (status, "needs Java 17 or newer, which is not here" in err) == (1, True)
    java = tmp_path / "bin" / "java"
    java.parent.mkdir()
    java.write_text("#!/bin/sh\necho 'openjdk version \"11.0.2\" 2019-01-15' >&2\n")
    java.chmod(0o755)
    status, err = said(capsys, str(tmp_path / "a.txt"), *out)
    assert (status, "is 11; set JAVA_HOME" in err) == (1, True)


@pytest.mark.usefixtures("pyspark")
@pytest.mark.parametrize("master", ["nonsense", "http://host:7077", "spark://", "spark://nohost"])
def test_an_address_that_is_none_is_told(capsys, tmp_path, monkeypatch, master):
    """What no cluster has as its address is refused before Java starts."""
    java = tmp_path / "bin" / "java"
    java.parent.mkdir()
    java.write_text("#!/bin/sh\necho 'openjdk version \"17.0.1\" 2021-10-19' >&2\n")
    java.chmod(0o755)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    status, err = said(capsys, ".", "--master", master, "--out", str(tmp_path / "out"))
    assert status == 1
    assert err.startswith(f"parley: {master}: no ")


@pytest.mark.usefixtures("pyspark")
def test_a_cluster_that_does_not_answer_is_told(capsys, tmp_path, monkeypatch):
    """A master that is not there is named with the way out, at once."""
    java = tmp_path / "bin" / "java"
    java.parent.mkdir()
    java.write_text("#!/bin/sh\necho 'openjdk version \"17.0.1\" 2021-10-19' >&2\n")
    java.chmod(0o755)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        master = f"spark://127.0.0.1:{free.getsockname()[1]}"
    status, err = said(capsys, ".", "--master", master, "--out", str(tmp_path / "out"))
    assert status == 1
    assert "no cluster answers there" in err
    assert "local[*]" in err


def test_a_folder_with_something_in_it_is_left_alone(capsys, tmp_path):
    """Tables are never written among other files, nor over one."""
    (tmp_path / "notes.txt").write_text("mine")
    status, err = said(capsys, ".", "--out", str(tmp_path))
    assert (status, "is not empty; name another folder" in err) == (1, True)
    status, err = said(capsys, ".", "--out", str(tmp_path / "notes.txt"))
    assert (status, "is a file" in err) == (1, True)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_an_unfinished_folder_is_not_read_as_reports(capsys, tmp_path):
    """Tables of a run that was cut off are no reports: the line says to run it again."""
    mark = tmp_path / "tables" / "_stages" / "mark"
    mark.mkdir(parents=True)
    (mark / "_SUCCESS").touch()
    record = tmp_path / "record.db"
    assert main(["ingest", str(tmp_path / "tables"), "--record", str(record)]) == 1
    err = capsys.readouterr().err
    assert "no tables of a run that came to its end" in err
    assert not Path(record).exists()


def test_what_tasks_cannot_read_is_refused(capsys, tmp_path):
    """Addresses, standard input and missing files are named; with nothing left, nothing runs."""
    paths = ("-", "https://example.org/feed.xml", str(tmp_path / "none.txt"))
    out = tmp_path / "out"
    assert main(["ingest", *paths, "--engine", "spark", "--out", str(out)]) == 1
    err = capsys.readouterr().err
    assert [line.partition(": ")[2].partition(": ")[0] for line in err.splitlines()[:3]] == [
        *(paths[0], paths[1], paths[2])
    ]
    assert "0 reports read" in err
    assert not out.exists()
