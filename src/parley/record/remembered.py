"""What the readers keep from run to run: how fetches ended, what outlets repeat."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from sqlalchemy import Connection, select

from parley.record import schema

if TYPE_CHECKING:
    from parley.reading import Habits, Remembered


def recall_fetch(connection: Connection, url: str) -> Remembered | None:
    """Return how the fetch of a URL ended that was kept last, None where there was none."""
    fetched = schema.fetched.c
    query = select(fetched.url, fetched.etag, fetched.modified).where(fetched.address == url)
    found = connection.execute(query).first()
    if found is None:
        return None
    from parley.reading import Remembered  # noqa: PLC0415 - slow to load

    return Remembered(url=found.url, etag=found.etag, modified=found.modified)


def keep_fetch(connection: Connection, url: str, remembered: Remembered) -> None:
    """Keep how the fetch of a URL ended, in the place of what was kept of it."""
    fetched = schema.fetched
    connection.execute(fetched.delete().where(fetched.c.address == url))
    connection.execute(
        fetched.insert().values(
            address=url, url=remembered.url, etag=remembered.etag, modified=remembered.modified
        )
    )


def recall_habits(connection: Connection, outlet: str) -> Habits | None:
    """Return what was learnt of an outlet, by its name in lower case."""
    habits = schema.habits.c
    found = connection.execute(
        select(habits.stories, habits.counts).where(habits.outlet == outlet)
    ).first()
    if found is None:
        return None
    from parley.reading import Habits  # noqa: PLC0415 - slow to load

    counts = msgspec.json.decode(found.counts, type=dict[int, int])
    return Habits(stories=found.stories, counts=counts)


def keep_habits(connection: Connection, outlet: str, habits: Habits) -> None:
    """Keep what was learnt of an outlet, in the place of what was kept of it."""
    table = schema.habits
    connection.execute(table.delete().where(table.c.outlet == outlet))
    connection.execute(
        table.insert().values(
            outlet=outlet,
            stories=habits.stories,
            counts=msgspec.json.encode(dict(sorted(habits.counts.items()))).decode(),
        )
    )
