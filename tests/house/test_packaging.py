"""What is installed: the wheel, the locks, the set-up."""

import json
import re
import shutil
import subprocess
import sys
import zipfile
from email import message_from_bytes
from pathlib import Path, PurePosixPath

import pytest
from project import ROOT, SOURCE, committed, project

LOCKS = ROOT / "requirements"
PIN = re.compile(r"^([a-z0-9][a-z0-9.-]*)==(\S+) \\$", re.MULTILINE)


def fetched() -> list[Path]:
    """Return the web app's third-party parts, which the build fetches."""
    folder = SOURCE / "web/static/lib"
    found = sorted(path for path in folder.glob("*") if path.is_file())
    assert found, "the web app's parts are not here: make web"
    return found


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """The wheel, built from the committed files by the locked tools, without a network."""
    folder = tmp_path_factory.mktemp("wheel")
    for path in (*committed(), *fetched()):
        target = folder / "project" / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    options = "--quiet --no-deps --no-build-isolation --no-index --wheel-dir".split()
    options.append(str(folder))
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", *options, str(folder / "project")],
        check=True,
        capture_output=True,
    )
    (built,) = folder.glob("*.whl")
    return zipfile.ZipFile(built)


def test_the_wheel_has_all_that_parley_needs_and_no_junk(wheel: zipfile.ZipFile) -> None:
    """Code, lexicons, migrations and samples are in it, and nothing that is not committed."""
    names = {name for name in wheel.namelist() if ".dist-info/" not in name}
    source = SOURCE.parent
    expected = {
        path.relative_to(source).as_posix() for path in committed() if source in path.parents
    }
    expected |= {path.relative_to(source).as_posix() for path in fetched()}
    assert names == expected
    assert "parley/py.typed" in names
    assert any(PurePosixPath(name).match("parley/sample/*.txt") for name in names)
    assert any(PurePosixPath(name).match("parley/*/data/*.toml") for name in names)


def test_the_wheel_says_what_it_is(wheel: zipfile.ZipFile) -> None:
    """It has the name, the command, the licence and the notice of the data used."""
    files = {name.partition(".dist-info/")[2]: name for name in wheel.namelist()}
    about = message_from_bytes(wheel.read(files["METADATA"]))
    assert about["Name"] == "parley-record"
    assert about["License-Expression"] == "Apache-2.0"
    assert b"parley = parley.cli:main" in wheel.read(files["entry_points.txt"])
    assert b"Apache License" in wheel.read(files["licenses/LICENSE"])
    assert b"GeoNames" in wheel.read(files["licenses/NOTICE"])


def test_the_licence_of_every_part_of_the_web_app_is_shipped() -> None:
    """Each package that is bundled stands in NOTICE, and its licence beside the bundle."""
    notice = (ROOT / "NOTICE").read_text()
    licences = (SOURCE / "web/static/lib/LICENSES.txt").read_text()
    for package in json.loads((ROOT / "web/package.json").read_text())["dependencies"]:
        assert re.search(rf"^{re.escape(package)} \d", licences, re.MULTILINE), package
        assert (package if not package.startswith("d3-") else "d3") in notice, package


def test_the_lock_of_the_web_parts_names_no_host() -> None:
    """Wherever npm is told to look, it finds the same: the lock holds hashes, no addresses."""
    lock = (ROOT / "web/package-lock.json").read_text()
    packages = json.loads(lock)["packages"]
    assert "://" not in lock
    assert all("integrity" in told for name, told in packages.items() if name)


def pins(name: str) -> dict[str, str]:
    """Return the pinned versions of a lock by package."""
    return dict(PIN.findall((LOCKS / f"{name}.txt").read_text()))


def wanted(requirements: list[str]) -> dict[str, str]:
    """Return the versions that pyproject.toml names, by package."""
    parts = (requirement.partition("==") for requirement in requirements)
    return {name.lower().partition("[")[0]: version for name, _, version in parts}


def test_the_locks_are_those_of_the_project() -> None:
    """Each lock has what pyproject.toml pins, and no package has two versions among them."""
    told = project()
    build, run, dev = pins("build"), pins("run"), pins("dev")
    assert wanted(told["build-system"]["requires"]).items() <= build.items()
    assert wanted(told["project"]["dependencies"]).items() <= run.items()
    assert wanted(told["project"]["optional-dependencies"]["dev"]).items() <= dev.items()
    assert run.items() <= dev.items()
    assert {name for name in build if dev.get(name, build[name]) != build[name]} == set()


def test_spark_has_the_version_that_its_extra_pins() -> None:
    """The lock beside the others has what the extra asks for, in the same version everywhere."""
    spark, dev = pins("spark"), pins("dev")
    wanted_ = wanted(project()["project"]["optional-dependencies"]["spark"])
    assert spark["pyspark"] == wanted_.pop("pyspark")
    assert wanted_.items() <= dev.items()


@pytest.mark.parametrize("name", ["build", "run", "dev", "spark"])
def test_every_pin_has_hashes(name: str) -> None:
    """No package is installed whose file is not known beforehand."""
    text = (LOCKS / f"{name}.txt").read_text()
    blocks = re.split(PIN, text)[1:]
    for package, block in zip(blocks[::3], blocks[2::3], strict=True):
        assert "--hash=sha256:" in block, package


@pytest.fixture
def lone_path(tmp_path: Path) -> Path:
    """A folder of commands with a Python or two that are not as they should be."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("bash", "env", "dirname"):
        found = shutil.which(name)
        assert found
        (folder / name).symlink_to(found)
    return folder


def set_up(folder: Path) -> subprocess.CompletedProcess[str]:
    """Make an environment with no commands but those in a folder."""
    return subprocess.run(
        [ROOT / ".ci" / "make-venv", folder.parent / "venv"],
        env={"PATH": str(folder)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_a_machine_without_python_is_told_what_to_install(lone_path: Path) -> None:
    """One line says what is missing and the way out; an old or broken Python does not count."""
    (lone_path / "python3").write_text("#!/bin/sh\nexit 1\n")
    (lone_path / "python3").chmod(0o755)
    done = set_up(lone_path)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "no Python 3.11 or newer" in done.stderr
    assert "apt install" in done.stderr


def test_a_python_without_its_venv_module_is_told_apart(lone_path: Path) -> None:
    """Debian packs the module by itself: the line names the package."""
    (lone_path / "python3.12").write_text('#!/bin/sh\ncase "$2" in *venv*) exit 1; esac\n')
    (lone_path / "python3.12").chmod(0o755)
    done = set_up(lone_path)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "python3.12 lacks its venv module" in done.stderr
    assert "python3-venv" in done.stderr


def test_virtualenv_serves_where_the_module_is_missing(lone_path: Path) -> None:
    """With virtualenv at hand there is no need to install anything."""
    (lone_path / "python3").write_text('#!/bin/sh\ncase "$2" in *venv*) exit 1; esac\n')
    (lone_path / "virtualenv").write_text('#!/bin/sh\necho "$@"\n')
    for name in ("python3", "virtualenv"):
        (lone_path / name).chmod(0o755)
    done = set_up(lone_path)
    assert done.returncode == 0, done.stderr
    assert "--python python3 " in done.stdout
