"""How far nodes reach in time, so that whom time excludes is not fetched to be compared."""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_AT_A_TIME = 5_000
_FOLLOWS, _SLIPS = 20, 3  # days


def upgrade() -> None:
    """Add a table and fill it."""
    op.create_table(
        "merge_reaches",
        sa.Column("node", sa.Text(), nullable=False),
        sa.Column("printed", sa.Integer(), nullable=True),
        sa.Column("since", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("node"),
        sqlite_with_rowid=False,
    )
    connection = op.get_bind()
    nodes = sa.table("merge_nodes", sa.column("id"), sa.column("traits"))
    reaches = sa.table("merge_reaches", *map(sa.column, ("node", "printed", "since")))
    last = ""
    while rows := connection.execute(
        sa.select(nodes.c.id, nodes.c.traits)
        .where(nodes.c.id > last)
        .order_by(nodes.c.id)
        .limit(_AT_A_TIME)
    ).all():
        last = rows[-1][0]
        told = [{"node": node, **_reach_of(json.loads(traits))} for node, traits in rows]
        found = [row for row in told if row["printed"] is not None or row["since"] is not None]
        if found:
            connection.execute(reaches.insert(), found)


def _reach_of(traits: dict[str, Any]) -> dict[str, int | None]:
    """Return what `merging/timing.py` returned when this was written."""
    first, known = traits["first"], None not in (traits["first"], traits["last"])
    if traits["stage"] != "done" or traits.get("put_off") or not known:
        return {"printed": None, "since": None}
    since = None if traits["undated"] else first - (_FOLLOWS if traits["lent"] else _SLIPS)
    return {"printed": traits["printed"], "since": since}
