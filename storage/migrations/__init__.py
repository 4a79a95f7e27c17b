"""The way from any older schema to today's: one file a step in `versions`, one transaction each.

A migration suits the code that is still running while it happens (add, fill, switch, drop a release later), and says
plainly what it does: it never reads `storage.schema`, which goes on changing after it. There is no way back but a
backup.
"""

from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, inspect

from storage.database import Database
from storage.schema import metadata

FOLDER = Path(__file__).parent
NEWEST = "head"


async def migrate(database: Database) -> None:
    """Bring the tables to the newest migration; it may be called by several at once.

    Each step asks anew where the database stands, alone in it: who comes second finds the step done.

    Raises:
        alembic.util.CommandError: the database is at a migration that this release doesn't know.
    """
    done = False
    while not done:
        async with database.migrating() as connection:
            done = await connection.run_sync(_step)


def upgrade(connection: Connection, revision: str = NEWEST) -> None:
    """Do all migrations up to this one, in the transaction of the connection.

    Raises:
        alembic.util.CommandError: this release doesn't know the migration.
    """
    command.upgrade(config(connection), revision)


def tables_at(revision: str) -> frozenset[str]:
    """The names of the tables after this migration: made in memory, to see.

    Raises:
        alembic.util.CommandError: this release doesn't know the migration.
    """
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        upgrade(connection, revision)
        names = frozenset(inspect(connection).get_table_names())
    engine.dispose()
    return names - {"alembic_version"}


async def is_current(database: Database) -> bool:
    """Whether the database stands at the newest migration of this release."""
    async with database.engine.connect() as connection:
        return await connection.run_sync(_is_at_head)


async def difference(database: Database) -> list[Any]:
    """What a new migration would have to do so that the tables are those of `storage.schema`; empty when nothing."""
    async with database.engine.connect() as connection:
        return await connection.run_sync(lambda it: compare_metadata(MigrationContext.configure(it), metadata))


def config(connection: Connection | None = None) -> Config:
    """Alembic's settings without a file of settings; `env.py` works on this connection, in its open transaction."""
    settings = Config()
    settings.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    settings.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    settings.attributes["connection"] = connection
    return settings


def _step(connection: Connection) -> bool:
    """Do the next migration; whether there was none left to do."""
    if _is_at_head(connection):
        return True
    command.upgrade(config(connection), "+1")
    return False


def _is_at_head(connection: Connection) -> bool:
    at = MigrationContext.configure(connection).get_current_heads()
    return set(at) == set(ScriptDirectory.from_config(config()).get_heads())
