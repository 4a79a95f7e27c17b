"""Migrations on both kinds of database."""

import asyncio

from storage.database import Database
from storage.migrations import difference, is_current, migrate
from storage.vault import Vault


async def test_the_migrations_make_the_tables_of_the_schema(database: Database) -> None:
    assert await difference(database) == []


async def test_a_new_database_is_not_current_until_it_is_migrated(empty_url: str, vault: Vault) -> None:
    database = Database(empty_url, vault)
    before = await is_current(database)
    await migrate(database)
    after = await is_current(database)
    await database.close()
    assert (before, after) == (False, True)


async def test_migrating_again_changes_nothing(database: Database) -> None:
    await migrate(database)
    assert await is_current(database)


async def test_several_programs_that_start_at_once_migrate_once(empty_url: str, vault: Vault) -> None:
    programs = [Database(empty_url, vault) for _ in range(5)]
    await asyncio.gather(*(migrate(program) for program in programs))
    current = await is_current(programs[0])
    for program in programs:
        await program.close()
    assert current
