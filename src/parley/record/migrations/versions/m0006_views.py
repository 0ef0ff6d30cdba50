"""What views ask for on their first page: who tells what, and what is in which order."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_INDEXES = {
    "ix_events_brief": ("events", "id", "type", "status", "when_start", "when_end",
                        "disagreements", "reports"),
    "ix_events_disagreements": ("events", "disagreements"),
    "ix_participants_told": ("participants", "name", "type", "again", "kind", "country",
                             "day", "event"),
    "ix_participants_people": ("participants", "people", "name", "country", "day"),
    "ix_participants_role": ("participants", "role", "type", "name", "day", "status", "event"),
    "ix_counts_told": ("counts", "type", "event", "what", "side", "mention", "claimed_by", "low",
                       "best", "high", "day", "status"),
    "ix_mentions_id": ("mentions", "id", "report"),
    "ix_reports_outlet": ("reports", "outlet", "id"),
    "ix_tellers_outlet": ("tellers", "outlet", "alone", "earliest", "event"),
}  # fmt: skip


def upgrade() -> None:
    """Add columns, a table and indexes, and fill them."""
    for table in ("participants", "counts"):
        op.add_column(table, sa.Column("type", sa.Text()))
        op.add_column(table, sa.Column("status", sa.Text()))
        op.add_column(table, sa.Column("day", sa.Date()))
        op.execute(
            f"UPDATE {table} SET (type, status, day) = (SELECT events.type, events.status, "
            f"events.when_start FROM events WHERE events.id = {table}.event)"
        )
    op.add_column("participants", sa.Column("again", sa.Boolean()))
    op.execute(
        "UPDATE participants SET again = EXISTS (SELECT 1 FROM participants AS other "
        "WHERE other.event = participants.event AND other.name = participants.name "
        "AND other.position < participants.position)"
    )
    op.create_table(
        "tellers",
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("outlet", sa.Text(), nullable=False),
        sa.Column("day", sa.Date()),
        sa.Column("alone", sa.Boolean(), nullable=False),
        sa.Column("earliest", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event"], ["events.id"], name="fk_tellers_event", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event", "outlet", name="pk_tellers"),
    )
    op.execute(
        "INSERT INTO tellers (event, outlet, day, alone, earliest) "
        "SELECT event, outlet, day, count(*) OVER each = 1, "
        "coalesce(day = min(day) OVER each AND count(*) OVER each > 1, count(*) OVER each < 0) "
        "FROM (SELECT told.event AS event, coalesce(reports.outlet, '') AS outlet, "
        "min(reports.published_start) AS day FROM event_mentions AS told "
        "JOIN mentions ON mentions.id = told.mention JOIN reports ON reports.id = mentions.report "
        "GROUP BY told.event, coalesce(reports.outlet, '')) AS found "
        "WINDOW each AS (PARTITION BY event)"
    )
    for name, (table, *columns) in _INDEXES.items():
        op.create_index(name, table, columns)
    op.execute(
        "CREATE INDEX ix_events_in_order ON events "
        "(coalesce(when_start, '9999-12-31'), coalesce(when_end, '9999-12-31'), type, id)"
    )
