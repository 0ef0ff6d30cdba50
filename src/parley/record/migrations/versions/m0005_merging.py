"""What merging must know of what stands, so that new reports join it without doing it anew."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables, and note that all that is there must be looked at once."""
    op.create_table(
        "merge_nodes",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("pool", sa.Text(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("traits", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_merge_nodes"),
    )
    op.create_index("ix_merge_nodes_pool", "merge_nodes", ["pool"])
    op.create_table(
        "merge_members",
        sa.Column("mention", sa.Text(), nullable=False),
        sa.Column("node", sa.Text(), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("order", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("mention", name="pk_merge_members"),
    )
    op.create_index("ix_merge_members_node", "merge_members", ["node"])
    op.create_index("ix_merge_members_report", "merge_members", ["report"])
    op.create_table(
        "merge_keys",
        sa.Column("key", sa.BigInteger(), nullable=False),
        sa.Column("node", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", "node", name="pk_merge_keys"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "merge_crowds",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("holders", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_merge_crowds"),
    )
    op.create_table(
        "merge_edges",
        sa.Column("node", sa.Text(), nullable=False),
        sa.Column("other", sa.Text(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("node", "other", name="pk_merge_edges"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "merge_cues",
        sa.Column("mention", sa.Text(), nullable=False),
        sa.Column("relation", sa.Text(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("mention", "relation", "target", name="pk_merge_cues"),
    )
    op.create_index("ix_merge_cues_report", "merge_cues", ["report"])
    op.create_table(
        "stories",
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("report", name="pk_stories"),
    )
    op.create_table(
        "stirred",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "id", name="pk_stirred"),
    )
    op.execute("INSERT INTO stirred (kind, id) SELECT 'report', id FROM reports WHERE coded")
