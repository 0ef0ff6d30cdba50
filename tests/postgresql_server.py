"""A PostgreSQL server of our own, for as long as the tests run."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

_NOBODY = 65534


def find_programs() -> Path | None:
    """Return the folder of PostgreSQL's server programs, None where there is none."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return folders[-1].parent if folders else None


class Server:
    """A cluster in a temporary folder, reached through 127.0.0.1.

    PostgreSQL refuses to run as the superuser: then it runs as `nobody`.
    """

    def __init__(self, programs: Path) -> None:
        self.programs = programs
        self.folder = Path(tempfile.mkdtemp(prefix="parley-postgresql-"))
        self.process: subprocess.Popen[bytes] | None = None
        self.made = 0
        self.user = {"user": _NOBODY, "group": _NOBODY, "extra_groups": []} if _is_root() else {}
        if _is_root():
            os.chown(self.folder, _NOBODY, _NOBODY)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        # Another locale than the code points' own, to see that the order does not hang on it.
        subprocess.run(
            [self.programs / "initdb", "-D", self.folder / "data", "-U", "parley", "-A", "trust",
             "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"],
            check=True, capture_output=True, cwd=self.folder, **self.user,
        )  # fmt: skip
        self.start()

    def start(self) -> None:
        """Start, and wait until it answers."""
        log = (self.folder / "log").open("ab")
        self.process = subprocess.Popen(
            [self.programs / "postgres", "-D", self.folder / "data", "-h", "127.0.0.1",
             "-p", str(self.port), "-k", self.folder, "-c", "fsync=off"],
            stdout=log, stderr=log, cwd=self.folder, **self.user,
        )  # fmt: skip
        log.close()
        for _ in range(300):
            if self.process.poll() is None and self._answers():
                return
            time.sleep(0.05)
        raise RuntimeError((self.folder / "log").read_text())

    def stop(self) -> None:
        """Stop at once, as if the machine had died."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGQUIT)
            self.process.wait(30)

    def remove(self) -> None:
        """Stop, and leave nothing behind."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def sql(self, statement: str, database: str = "postgres") -> None:
        """Run a statement as another program would."""
        import psycopg  # noqa: PLC0415 - an extra

        with psycopg.connect(self._address(database), autocommit=True) as connection:
            connection.execute(statement)

    def new_database(self) -> str:
        """Make an empty database; return its URL."""
        self.made += 1
        self.sql(f"CREATE DATABASE parley_{self.made}")
        return self._address(f"parley_{self.made}")

    def _address(self, database: str) -> str:
        return f"postgresql://parley@127.0.0.1:{self.port}/{database}"

    def _answers(self) -> bool:
        import psycopg  # noqa: PLC0415 - an extra

        try:
            psycopg.connect(self._address("postgres"), connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True


def _is_root() -> bool:
    return os.geteuid() == 0
