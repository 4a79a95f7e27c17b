"""What Alembic runs for every command: our tables, on the connection that the caller hands in."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Connection

from storage.schema import Moment, metadata


def _render(kind: str, thing: Any, _autogenerate: AutogenContext) -> str | Literal[False]:
    """A migration names no type of ours: it must not change when ours do."""
    if kind == "type" and isinstance(thing, Moment):
        return "sa.DateTime(timezone=True)"
    return False


_connection: Connection = context.config.attributes["connection"]
context.configure(connection=_connection, target_metadata=metadata, render_as_batch=True, render_item=_render)
with context.begin_transaction():
    context.run_migrations()
