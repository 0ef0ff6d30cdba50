"""Which reports are copies of one another, and how many independent sources tell an event."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables; until the next merge looks at all reports, an outlet is a source."""
    op.create_table(
        "copies",
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("node", sa.Text(), nullable=False),
        sa.Column("order", sa.Text(), nullable=False),
        sa.Column("copy_of", sa.Text()),
        sa.PrimaryKeyConstraint("report", name="pk_copies"),
    )
    op.create_index("ix_copies_node", "copies", ["node"])
    op.create_index("ix_copies_copy_of", "copies", ["copy_of"])
    op.create_table(
        "copy_nodes",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("group", sa.Text(), nullable=False),
        sa.Column("sketch", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_copy_nodes"),
    )
    op.create_index("ix_copy_nodes_group", "copy_nodes", ["group"])
    op.create_table(
        "copy_keys",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("node", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", "node", name="pk_copy_keys"),
        sqlite_with_rowid=False,
    )
    op.add_column("events", sa.Column("sources", sa.Integer(), nullable=False, server_default="1"))
    op.execute(
        "UPDATE events SET sources = "
        "(SELECT CASE WHEN count(*) > 1 THEN count(*) ELSE 1 END FROM tellers "
        "WHERE tellers.event = events.id)"
    )
    op.create_index("ix_events_sources", "events", ["sources"])
    op.execute(
        "INSERT INTO stirred (kind, id) SELECT 'report', id FROM reports WHERE coded AND id "
        "NOT IN (SELECT id FROM stirred WHERE kind = 'report')"
    )
