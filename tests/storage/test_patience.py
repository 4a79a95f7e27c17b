"""How long PostgreSQL is waited for, and how long it waits for us."""

import asyncio

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import Database
from storage.engine import TIMEOUTS

Two = tuple[Database, Database]


async def _timeouts(connection: AsyncConnection) -> list[str]:
    return [str(await connection.scalar(text(f"SHOW {each}"))) for each in TIMEOUTS]


async def test_a_transaction_may_not_stand_in_the_way_for_ever_but_a_migration_and_a_backup_take_their_time(
    postgresql: Database,
) -> None:
    async with postgresql.engine.connect() as connection:
        usual = await _timeouts(connection)
    async with postgresql.migrating() as connection:
        migrating = await _timeouts(connection)
    async with postgresql.snapshot() as connection:
        reading = await _timeouts(connection)
    async with postgresql.engine.connect() as connection:
        after = await _timeouts(connection)
    assert (usual, migrating, reading, after) == (["30s", "10s", "30s"], ["0"] * 3, ["0"] * 3, usual)


async def test_a_transaction_whose_connection_is_lost_in_the_middle_leaves_nothing_and_the_next_one_goes_well(
    two: Two,
) -> None:
    with pytest.raises(DBAPIError):
        await _change_while_connections_are_lost(two)
    async with two[0].transaction() as db:
        assert await db.rows(text("SELECT id FROM teams")) == []


async def _change_while_connections_are_lost(two: Two) -> None:
    async with two[0].transaction() as db:
        await db.change(text("INSERT INTO teams (id, name) VALUES ('one', 'pihlaja')"))
        await _lose_connections(two[1])
        await db.rows(text("SELECT 1"))


@pytest.mark.parametrize("idle_seconds", [-1.0, 3600.0])
async def test_a_connection_that_was_lost_while_it_lay_idle_is_not_used(
    two: Two, monkeypatch: pytest.MonkeyPatch, idle_seconds: float
) -> None:
    monkeypatch.setattr("storage.patience.IDLE_SECONDS", idle_seconds)
    for _ in range(3):
        async with two[0].transaction() as db:
            await db.rows(text("SELECT 1"))
        await _lose_connections(two[1])


async def _lose_connections(database: Database) -> None:
    """All but the one that says so; and our end hears of it."""
    others = "datname = current_database() AND pid <> pg_backend_pid()"
    async with database.transaction() as db:
        await db.rows(text(f"SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE {others}"))
    await asyncio.sleep(0.05)
