"""Which report each telling of an event is of, and the tolls of incidents, added up once."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_AT_A_TIME = 5_000


def upgrade() -> None:
    """Add a column, a table and indexes, and fill them from what is there."""
    op.add_column("event_mentions", sa.Column("report", sa.Text()))
    op.execute(
        "UPDATE event_mentions SET report = "
        "(SELECT mentions.report FROM mentions WHERE mentions.id = event_mentions.mention)"
    )
    op.create_index("ix_event_mentions_report", "event_mentions", ["report", "event"])
    tolls = op.create_table(
        "tolls",
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("single", sa.Boolean(), nullable=False),
        sa.Column("claimed_by", sa.Text()),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("side", sa.Text()),
        sa.Column("low", sa.Integer(), nullable=False),
        sa.Column("best", sa.Integer(), nullable=False),
        sa.Column("high", sa.Integer(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("day", sa.Date()),
        sa.Column("place", sa.Text()),
        sa.Column("dead", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event"], ["events.id"], name="fk_tolls_event", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event", "position", name="pk_tolls"),
    )
    _fill(tolls)


def _fill(tolls: sa.Table) -> None:
    connection = op.get_bind()
    days = sa.column("day", sa.Date())
    query = sa.text(
        "SELECT counts.event, what, low, best, high, side, claimed_by, mention, status, day, "
        "places.name AS place FROM counts LEFT JOIN places ON places.event = counts.event AND "
        "places.position = 0 WHERE type = 'ASSAULT' AND what <> 'deployed' AND "
        "coalesce(best, low, high) IS NOT NULL ORDER BY counts.event, counts.position"
    ).columns(day=days.type)
    counts = connection.execute(query).all()
    rows: list[dict[str, Any]] = []
    for event, told in groupby(counts, key=lambda row: row.event):
        for position, row in enumerate(_tolls(list(told))):
            rows.append({"event": event, "position": position, **row})
    for at in range(0, len(rows), _AT_A_TIME):
        connection.execute(tolls.insert(), rows[at : at + _AT_A_TIME])


def _tolls(counts: list[Any]) -> Iterator[dict[str, Any]]:
    """Yield the tolls of one event, as `record/tolls.py` made them when this was written."""
    told: dict[Any, dict[Any, tuple[int, int, int]]] = {}
    for count in counts:
        figure = next(n for n in (count.best, count.low, count.high) if n is not None)
        low = figure if count.low is None else count.low
        high = figure if count.high is None else count.high
        sums = told.setdefault((count.what, count.side), {})
        before = sums.get((count.mention, count.claimed_by), (0, 0, 0))
        added = (before[0] + low, before[1] + figure, before[2] + high)
        sums[count.mention, count.claimed_by] = added
    whole = ("killed", None) in told
    for (what, side), sums in told.items():
        figures = [figure for _, figure, _ in sums.values()]
        often = min(set(figures), key=lambda n: (-figures.count(n), n))
        groups: list[tuple[bool, str | None, list[tuple[int, int, int]], int]] = [
            (False, None, list(sums.values()), often)
        ]
        for by in dict.fromkeys(by for _, by in sums):
            mine = [each for (_, who), each in sums.items() if who == by]
            groups.append((True, by, mine, max(figure for _, figure, _ in mine)))
        for single, by, some, best in groups:
            yield {
                "single": single,
                "claimed_by": by,
                "what": what,
                "side": side,
                "low": min(low for low, _, _ in some),
                "best": best,
                "high": max(high for _, _, high in some),
                "status": counts[0].status,
                "day": counts[0].day,
                "place": counts[0].place,
                "dead": not single and what == "killed" and (side is None or not whole),
            }
