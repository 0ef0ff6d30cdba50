"""Corrections, the log of what changed, tombstones, full-text search, and views to read."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from parley.record.names import folded

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# A full-text entry of PostgreSQL's holds a mebibyte at most; SQLite's has no limit.
_MOST_INDEXED = 250_000

_TIMELINE = """
CREATE VIEW timeline AS
SELECT events.when_start AS "from", events.when_end AS "to", events.status, events.type,
       events.summary, parties.names AS parties, sites.names AS places,
       events.reports, events.disagreements, events.id AS event
FROM events
LEFT JOIN (SELECT event, {join_names} AS names FROM participants GROUP BY event) AS parties
       ON parties.event = events.id
LEFT JOIN (SELECT event, {join_names} AS names FROM places GROUP BY event) AS sites
       ON sites.event = events.id
"""
_TELLINGS = """
CREATE VIEW tellings AS
SELECT events.id AS event, events.summary, mentions.text AS words, mentions.status,
       mentions.said, reports.outlet, reports.published_start AS published, reports.source,
       mentions."start", mentions."end", mentions.id AS mention
FROM event_mentions
JOIN events ON events.id = event_mentions.event
JOIN mentions ON mentions.id = event_mentions.mention
JOIN reports ON reports.id = mentions.report
"""


def upgrade() -> None:
    """Make the tables, the indexes and the views."""
    _make_tables()
    if op.get_bind().dialect.name == "sqlite":
        for table in ("reports", "events"):
            _number_rows(table)
        _index_sqlite()
        join_names = "group_concat(DISTINCT name)"
    else:
        _index_postgresql()
        join_names = "string_agg(DISTINCT name, ',')"
    op.execute(_TIMELINE.format(join_names=join_names))
    op.execute(_TELLINGS)


def _make_tables() -> None:
    op.create_table(
        "corrections",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("field", sa.Text()),
        sa.Column("why", sa.Text()),
        sa.Column("undoes", sa.Integer()),
        sa.Column("data", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["undoes"], ["corrections.number"], name="fk_corrections_undoes"),
        sa.PrimaryKeyConstraint("number", name="pk_corrections"),
    )
    op.create_index("ix_corrections_event", "corrections", ["event"])
    op.create_table(
        "suggestions",
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("shown", sa.Boolean(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("event", name="pk_suggestions"),
    )
    op.create_table(
        "changes",
        sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("successor", sa.Text()),
        sa.Column("delta", sa.Text()),
        sa.PrimaryKeyConstraint("revision", name="pk_changes"),
    )
    op.create_index("ix_changes_at", "changes", ["at"])
    op.create_index("ix_changes_kind", "changes", ["kind", "id"])
    op.create_table(
        "tombstones",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("successor", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_tombstones"),
    )
    op.create_index("ix_tombstones_successor", "tombstones", ["successor"])


def _number_rows(table: str) -> None:
    """Give a table of SQLite's a number as its key, which VACUUM leaves as it is.

    A key cannot be added: the table is made anew, as https://sqlite.org/lang_altertable.html
    says, which needs foreign keys to be off.
    """
    bind = op.get_bind()
    old = sa.Table(table, sa.MetaData(), autoload_with=bind)
    indexes = [(index.name, [column.name for column in index.columns]) for index in old.indexes]
    columns = [
        sa.Column(column.name, column.type, nullable=column.nullable) for column in old.columns
    ]
    new = sa.Table(
        f"{table}_new",
        sa.MetaData(),
        sa.Column("number", sa.Integer(), nullable=False),
        *columns,
        sa.PrimaryKeyConstraint("number", name=f"pk_{table}"),
        sa.UniqueConstraint("id", name=f"uq_{table}_id"),
    )
    new.create(bind)
    names = [column.name for column in old.columns]
    rows = sa.select(*(old.c[name] for name in names)).order_by(sa.literal_column("rowid"))
    bind.execute(new.insert().from_select(names, rows))
    op.drop_table(table)
    op.rename_table(f"{table}_new", table)
    for name, of in indexes:
        op.create_index(name, table, of)


def _index_sqlite() -> None:
    op.execute(
        'CREATE VIRTUAL TABLE reports_fts USING fts5(title, text, content="reports", '
        "content_rowid='number', tokenize='unicode61 remove_diacritics 2')"
    )
    _keep_indexed("reports", ("title", "text"))
    op.execute(
        'CREATE VIRTUAL TABLE events_fts USING fts5(words, content="events", '
        "content_rowid='number', tokenize='unicode61 remove_diacritics 2')"
    )
    _keep_indexed("events", ("words",))


def _keep_indexed(table: str, columns: Sequence[str]) -> None:
    """Make the triggers that keep a full-text index of SQLite's in step with its table."""
    index = f"{table}_fts"
    names = ", ".join(columns)
    olds = ", ".join(f"old.{column}" for column in columns)
    news = ", ".join(f"new.{column}" for column in columns)
    forget = f"INSERT INTO {index} ({index}, rowid, {names}) VALUES ('delete', old.number, {olds});"
    learn = f"INSERT INTO {index} (rowid, {names}) VALUES (new.number, {news});"
    differs = " OR ".join(f"old.{column} IS NOT new.{column}" for column in columns)
    op.execute(f"CREATE TRIGGER {index}_added AFTER INSERT ON {table} BEGIN {learn} END")
    op.execute(f"CREATE TRIGGER {index}_removed AFTER DELETE ON {table} BEGIN {forget} END")
    op.execute(
        f"CREATE TRIGGER {index}_changed AFTER UPDATE OF {names} ON {table} "
        f"WHEN {differs} BEGIN {forget} {learn} END"
    )
    op.execute(f"INSERT INTO {index} ({index}) VALUES ('rebuild')")


def _index_postgresql() -> None:
    bind = op.get_bind()
    for table in ("reports", "events"):
        op.execute(
            f"ALTER TABLE {table} ADD COLUMN number integer GENERATED BY DEFAULT AS IDENTITY "
            f"CONSTRAINT uq_{table}_number UNIQUE"
        )
    _sort_by_code_point(bind)
    op.execute(
        "ALTER TABLE events ADD COLUMN search tsvector "
        f"GENERATED ALWAYS AS (to_tsvector('simple', left(words, {_MOST_INDEXED}))) STORED"
    )
    # What is folded is folded by Parley, so that the two databases find the same.
    op.execute("ALTER TABLE reports ADD COLUMN search tsvector")
    for id_, title, text in bind.execute(sa.text("SELECT id, title, text FROM reports")).all():
        bind.execute(
            sa.text("UPDATE reports SET search = to_tsvector('simple', :words) WHERE id = :id"),
            {"words": folded(f"{title or ''} {text}")[:_MOST_INDEXED], "id": id_},
        )
    for table in ("reports", "events"):
        op.execute(f"CREATE INDEX ix_{table}_search ON {table} USING gin (search)")


def _sort_by_code_point(bind: sa.Connection) -> None:
    """Let PostgreSQL sort text as SQLite does, whatever the language of its cluster."""
    found = bind.execute(
        sa.text(
            "SELECT table_name, column_name FROM information_schema.columns "
            "WHERE table_schema = current_schema() AND data_type = 'text' "
            "AND table_name <> 'alembic_version' ORDER BY 1, 2"
        )
    ).all()
    for table, column in found:
        op.execute(f'ALTER TABLE "{table}" ALTER COLUMN "{column}" TYPE text COLLATE "C"')
