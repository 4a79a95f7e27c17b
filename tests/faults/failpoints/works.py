"""Work with a database beside serving: changing tables, reading a snapshot, ending."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from sqlalchemy import select

from storage import Database, schema
from storage.migrations import is_current, migrate
from storage.vault import Vault
from tests.faults.failpoints.stories import SECRET


async def _migrating(database: Database) -> None:
    await migrate(database)
    assert await is_current(database)


async def _reading(database: Database) -> None:
    await database.reach()
    async with database.snapshot() as connection:
        await connection.execute(select(schema.letters))


async def _ending(database: Database) -> None:
    """The end itself comes after each work."""
    async with database.alone("somebody"), database.transaction() as db:
        await db.rows(select(schema.letters))


WORKS: Final[Mapping[str, Callable[[Database], Awaitable[None]]]] = {
    "migrating": _migrating,
    "reading": _reading,
    "ending": _ending,
}


async def done(work: str, url: str) -> None:
    """With a program's connections of its own, which are closed at the end."""
    database = Database(url, Vault(SECRET))
    try:
        await WORKS[work](database)
    finally:
        await database.close()
