"""Making: the tables of a new record in SQLite, as the migrations make them, in one go.

In: an empty file.  Out: in it what all migrations come to.  Alembic is slow to load, and the
later migrations make anew what the first ones made; what is there in the end is kept as SQL.
Whoever adds a migration writes it anew: `python -m parley.record.making`.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

from parley.record.opening import make_by_migrations
from parley.record.schema import APPLICATION_ID

_MADE = Path(__file__).parent / "migrations" / "made.sql"
# What SQLite makes by itself, for an index of words and for what must be unique, is left to it.
_STATEMENTS = """
SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT IN
(SELECT name FROM pragma_table_list WHERE type = 'shadow') ORDER BY rowid
"""


def make_tables(path: Path) -> None:
    """Make the tables of a record in a file that has none, all or nothing."""
    script = (files("parley.record") / "migrations" / "made.sql").read_text("utf-8")
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(script)


def script_of(path: Path) -> str:
    """Return what makes the tables of an empty record again, and what stands in them."""
    with closing(sqlite3.connect(path)) as connection:
        made = [sql.strip() for (sql,) in connection.execute(_STATEMENTS)]
        for table in ("alembic_version", "meta"):
            rows = connection.execute(f"SELECT * FROM {table}").fetchall()
            made += [f"INSERT INTO {table} VALUES ({', '.join(map(repr, row))})" for row in rows]
    made.append(f"PRAGMA application_id = {APPLICATION_ID}")
    return ";\n\n".join(["BEGIN", *made, "COMMIT"]) + ";\n"


def main() -> None:
    """Write what the migrations come to."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "made.db"
        make_by_migrations(path)
        _MADE.write_text(script_of(path), encoding="utf-8")


if __name__ == "__main__":
    main()
