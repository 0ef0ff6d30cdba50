"""The first record: reports, mentions, events and links."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "meta",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_meta"),
    )
    _make_reports()
    _make_mentions()
    _make_events()
    _make_parts()
    op.create_table(
        "links",
        sa.Column("relation", sa.Text(), nullable=False),
        sa.Column("from", sa.Text(), nullable=False),
        sa.Column("to", sa.Text(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["from"], ["events.id"], name="fk_links_from", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["to"], ["events.id"], name="fk_links_to", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("relation", "from", "to", name="pk_links"),
    )
    op.create_index("ix_links_to", "links", ["to"])


def _make_reports() -> None:
    op.create_table(
        "reports",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("title", sa.Text()),
        sa.Column("outlet", sa.Text()),
        sa.Column("language", sa.Text()),
        sa.Column("url", sa.Text()),
        sa.Column("published_start", sa.Date()),
        sa.Column("published_end", sa.Date()),
        sa.Column("published_how", sa.Text()),
        sa.Column("published_confidence", sa.Float()),
        sa.Column("coded", sa.Boolean(), nullable=False),
        sa.Column("text_sha256", sa.Text(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_reports"),
    )
    op.create_index("ix_reports_source", "reports", ["source"])
    op.create_index("ix_reports_published_start", "reports", ["published_start"])


def _make_mentions() -> None:
    op.create_table(
        "mentions",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("mode", sa.Text()),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("when_start", sa.Date()),
        sa.Column("when_end", sa.Date()),
        sa.Column("when_precision", sa.Text()),
        sa.Column("said", sa.Date()),
        sa.Column("background", sa.Boolean(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report"], ["reports.id"], name="fk_mentions_report", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_mentions"),
    )
    op.create_index("ix_mentions_report", "mentions", ["report", "start"])


def _make_events() -> None:
    op.create_table(
        "events",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("mode", sa.Text()),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("when_start", sa.Date()),
        sa.Column("when_end", sa.Date()),
        sa.Column("when_precision", sa.Text()),
        sa.Column("mentions", sa.Integer(), nullable=False),
        sa.Column("reports", sa.Integer(), nullable=False),
        sa.Column("disagreements", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_events"),
    )
    for column in ("type", "status", "when_start"):
        op.create_index(f"ix_events_{column}", "events", [column])


def _make_part(name: str, *columns: sa.schema.SchemaItem) -> None:
    op.create_table(
        name,
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        *columns,
        sa.ForeignKeyConstraint(
            ["event"], ["events.id"], name=f"fk_{name}_event", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event", "position", name=f"pk_{name}"),
    )


def _make_parts() -> None:
    _make_part(
        "event_mentions",
        sa.Column("mention", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["mention"], ["mentions.id"], name="fk_event_mentions_mention", ondelete="CASCADE"
        ),
        sa.UniqueConstraint("mention", name="uq_event_mentions_mention"),
    )
    _make_part(
        "participants",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("country", sa.Text()),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("side", sa.Text()),
        sa.Column("people", sa.Text()),
        sa.Column("words", sa.Text(), nullable=False),
    )
    _make_part(
        "places",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("country", sa.Text()),
        sa.Column("lat", sa.Float()),
        sa.Column("lon", sa.Float()),
        sa.Column("precision", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
    )
    for name in ("participants", "places"):
        for column in ("name", "country"):
            op.create_index(f"ix_{name}_{column}", name, [column])
    _make_part(
        "counts",
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("low", sa.Integer()),
        sa.Column("best", sa.Integer()),
        sa.Column("high", sa.Integer()),
        sa.Column("side", sa.Text()),
        sa.Column("claimed_by", sa.Text()),
        sa.Column("mention", sa.Text()),
    )
    _make_part(
        "provisions",
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("mention", sa.Text()),
    )
