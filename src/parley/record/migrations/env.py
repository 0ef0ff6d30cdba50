"""How Alembic runs the migrations: on the connection that it is handed, in its transaction."""

from __future__ import annotations

from alembic import context

from parley.record.schema import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
