"""Which reports leave their date open is found without a look at all of them."""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add an index."""
    op.create_index("ix_reports_confidence", "reports", ["published_how", "published_confidence"])
