"""Which events are thin, so that a list may leave them out without a look at each."""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_AT_A_TIME = 5_000


def upgrade() -> None:
    """Add a column, fill it, and add an index."""
    op.add_column(
        "events", sa.Column("thin", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    connection = op.get_bind()
    events = sa.table("events", sa.column("number"), sa.column("data"), sa.column("thin"))
    last = -1
    while rows := connection.execute(
        sa.select(events.c.number, events.c.data)
        .where(events.c.number > last)
        .order_by(events.c.number)
        .limit(_AT_A_TIME)
    ).all():
        last = rows[-1][0]
        thin = [{"at": number} for number, data in rows if _is_thin(json.loads(data))]
        if thin:
            here = events.update().where(events.c.number == sa.bindparam("at"))
            connection.execute(here.values(thin=sa.true()), thin)
    op.create_index("ix_events_thin", "events", ["thin", "type", "when_start"])


def _is_thin(event: dict[str, Any]) -> bool:
    """Tell what `record/thin.py` told when this was written."""
    if event.get("sources", 1) > 1 or event.get("corrections"):
        return False
    named = {
        party["name"]
        for party in event["participants"]
        if party["kind"] != "population" and party["name"][:1].isupper()
    }
    counts = event["counts"]
    marks = (
        min(len(named), 2)
        + any(place["precision"] != "country" for place in event["where"])
        + any(count["best"] is not None or count["low"] is not None for count in counts)
        + bool(event["provisions"])
        + (len(event["mentions"]) > 1)
    )
    confidence = event.get("confidence")
    if confidence is None:
        return marks == 0
    return bool(confidence < {0: 0.7, 1: 0.3}.get(marks, 0.0))
