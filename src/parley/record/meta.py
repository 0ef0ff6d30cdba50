"""What a record says of itself: a table of keys and values.

In: a key.  Out: its value.
"""

from __future__ import annotations

from sqlalchemy import Connection, select

from parley.record import schema


def number(connection: Connection, key: str) -> int:
    """Return the number under a key, 0 where there is none."""
    return int(text(connection, key) or 0)


def text(connection: Connection, key: str) -> str | None:
    """Return the value under a key, None where there is none."""
    meta = schema.meta.c
    return connection.execute(select(meta.value).where(meta.key == key)).scalar()


def put(connection: Connection, key: str, value: str) -> None:
    """Keep a value under a key, in the place of the one that was there."""
    meta, there = schema.meta, text(connection, key)
    if there is None:
        connection.execute(meta.insert().values(key=key, value=value))
    elif there != value:
        connection.execute(meta.update().where(meta.c.key == key).values(value=value))


def code_by(connection: Connection, *, project: str, coder: str | None) -> tuple[bool, bool]:
    """Note by which project file and coder reports are coded from now on.

    `project` is "" where there is none; a `coder` that is None has no name, and is not noted.
    Returns whether there are reports that were coded by another project file, and whether by
    another coder.  What was coded before coders were noted was coded by the rules.
    """
    other_project = (text(connection, "project") or "") != project
    other_coder = coder is not None and (text(connection, "coder") or "rules") != coder
    if other_project:
        put(connection, "project", project)
    if coder is not None:
        put(connection, "coder", coder)
    if not other_project and not other_coder:
        return False, False
    there = connection.execute(select(schema.reports.c.id).limit(1)).first() is not None
    return there and other_project, there and other_coder
