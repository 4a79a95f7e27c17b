"""A snapshot: what stood at one moment, read while others write."""

import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.exc import DBAPIError, OperationalError

from storage import Database, UnreachableError
from storage.database import MIGRATING
from storage.schema import teams

HOW_MANY = select(func.count()).select_from(teams)


async def add(database: Database, name: str) -> None:
    async with database.transaction() as db:
        await db.change(insert(teams).values(id=name, name=name))


async def test_a_snapshot_does_not_see_what_is_written_beside_it_and_holds_nobody_up(database: Database) -> None:
    await add(database, "koivu")
    async with database.snapshot() as connection:
        counts = [await connection.scalar(HOW_MANY)]
        await add(database, "pihlaja")
        counts.append(await connection.scalar(HOW_MANY))
    async with database.snapshot() as connection:
        counts.append(await connection.scalar(HOW_MANY))
    assert counts == [1, 1, 2]


async def test_transactions_after_a_snapshot_write_as_before(database: Database) -> None:
    async with database.snapshot() as connection:
        await connection.scalar(HOW_MANY)
    for number in range(8):
        await add(database, str(number))
    async with database.snapshot() as connection:
        assert await connection.scalar(HOW_MANY) == 8


async def test_a_snapshot_of_postgresql_cannot_be_written_to(postgresql: Database) -> None:
    async with postgresql.snapshot() as connection:
        with pytest.raises(DBAPIError, match="read-only"):
            await connection.execute(insert(teams).values(id="koivu", name="koivu"))


async def test_a_snapshot_of_postgresql_is_refused_while_tables_change_and_holds_a_migration_up(
    postgresql: Database,
) -> None:
    async with postgresql.migrating():
        with pytest.raises(UnreachableError, match="a migration is running"):
            async with postgresql.snapshot():
                pass
    async with postgresql.snapshot(), postgresql.engine.connect() as other:
        assert await other.scalar(select(func.pg_try_advisory_xact_lock(MIGRATING))) is False


async def test_a_snapshot_of_sqlite_cannot_turn_into_a_writer_over_what_it_has_not_seen(sqlite: Database) -> None:
    async with sqlite.snapshot() as connection:
        await connection.scalar(HOW_MANY)
        await add(sqlite, "koivu")
        with pytest.raises(OperationalError, match="locked"):
            await connection.execute(insert(teams).values(id="tammi", name="tammi"))
