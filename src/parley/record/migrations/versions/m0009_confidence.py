"""How likely mentions and events are what they are coded as; unknown of what is there."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add a column to mentions and events, and an index."""
    op.add_column("mentions", sa.Column("confidence", sa.Float()))
    op.add_column("events", sa.Column("confidence", sa.Float()))
    op.create_index("ix_events_confidence", "events", ["confidence"])
