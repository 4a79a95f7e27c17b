"""Whose fault it was: told apart on real errors of both databases."""

import asyncio
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from storage import Database, Vault
from storage.trouble import SilentError, can_not_now, held_by_another, took_too_long_or_can_not, wants_room
from tests.faults.disk.scarcity import locked, no_new_page, nothing_fits

A_PAGE = "INSERT INTO teams (id, name) VALUES ('new', CAST(randomblob(9000) AS TEXT))"
ONE_ROW = "INSERT INTO teams (id, name) VALUES ('new', 'new')"


async def error_of(database: Database, *statements: str) -> Exception:
    return await error_after(0, database, *statements)


async def error_after(seconds: float, database: Database, *statements: str) -> Exception:
    """What goes wrong; before the last statement nothing is said for so long."""
    try:
        async with database.transaction() as db:
            for each in statements[:-1]:
                await db.change(text(each))
            await asyncio.sleep(seconds)
            await db.change(text(statements[-1]))
    except (OSError, SQLAlchemyError) as error:
        return error
    pytest.fail("nothing went wrong")


async def test_a_full_disk_is_the_databases_fault_and_what_is_smaller_may_fit(sqlite: Database) -> None:
    with nothing_fits():
        first = await error_of(sqlite, ONE_ROW)
    async with no_new_page(sqlite):
        error = await error_of(sqlite, A_PAGE)
    assert "database or disk is full" in str(error)
    assert [(can_not_now(each), wants_room(each)) for each in (first, error)] == [(True, True)] * 2
    assert not held_by_another(error)


async def test_a_lock_that_is_not_given_back_is_the_databases_fault(sqlite: Database) -> None:
    async with sqlite.transaction() as db:
        await db.row(text("PRAGMA busy_timeout=10"))
    with locked(Path(sqlite.engine.url.database or ""), "IMMEDIATE"):
        error = await error_of(sqlite, ONE_ROW)
    assert (can_not_now(error), held_by_another(error), wants_room(error)) == (True, True, False)


async def test_what_no_database_would_take_is_not(database: Database) -> None:
    asked = (ONE_ROW, ONE_ROW), ("INSERT INTO nothing VALUES (1)",), ("nonsense",)
    assert [can_not_now(await error_of(database, *each)) for each in asked] == [False] * 3


@pytest.mark.parametrize(
    "error",
    [TimeoutError(), ValueError(), RuntimeError("disk is full")],
    ids=lambda error: type(error).__name__,
)
def test_neither_is_what_a_database_has_not_said(error: Exception) -> None:
    assert not can_not_now(error)


async def test_a_server_that_may_only_be_read_or_has_a_lock_elsewhere_is_at_fault(postgresql: Database) -> None:
    error = await error_of(postgresql, "SET TRANSACTION READ ONLY", ONE_ROW)
    assert (can_not_now(error), held_by_another(error)) == (True, False)
    async with postgresql.transaction() as db:
        await db.change(text("LOCK TABLE teams"))
        error = await error_of(postgresql, "SET LOCAL lock_timeout = '50ms'", ONE_ROW)
    assert (can_not_now(error), held_by_another(error)) == (True, True)


async def test_a_server_that_throws_us_out_is_at_fault(postgresql: Database) -> None:
    thrown_out = await error_of(postgresql, "SELECT pg_terminate_backend(pg_backend_pid())", ONE_ROW)
    assert can_not_now(thrown_out)


def test_a_server_that_says_nothing_is_at_fault() -> None:
    assert can_not_now(SilentError())


async def test_a_server_that_is_not_there_is_at_fault(vault: Vault) -> None:
    for url in (
        "postgresql+asyncpg://nobody@localhost:1/nowhere",
        "postgresql+asyncpg://nobody@/nowhere?host=/nowhere",
    ):
        nowhere = Database(url, vault)
        assert can_not_now(await error_of(nowhere, ONE_ROW))
        await nowhere.close()


async def test_a_server_that_ends_what_takes_too_long_is_at_fault(postgresql: Database) -> None:
    for limit, slow in (
        ("statement_timeout", "SELECT pg_sleep(5)"),
        ("idle_in_transaction_session_timeout", "SELECT 1"),
    ):
        assert can_not_now(await error_after(0.2, postgresql, f"SET LOCAL {limit} = '50ms'", slow)), limit


def test_where_only_a_database_is_asked_a_limit_of_time_is_its_own() -> None:
    errors = TimeoutError(), ConnectionRefusedError(), ValueError()
    assert [took_too_long_or_can_not(each) for each in errors] == [True, True, False]


async def test_two_that_wait_for_each_other_are_the_databases_fault(postgresql: Database) -> None:
    """PostgreSQL ends one of them."""

    async def one(first: int, second: int, reached: asyncio.Barrier) -> None:
        async with postgresql.transaction() as db:
            await db.change(text("SET LOCAL deadlock_timeout = '20ms'"))
            await db.row(text(f"SELECT pg_advisory_xact_lock({first})"))
            await reached.wait()
            await db.row(text(f"SELECT pg_advisory_xact_lock({second})"))

    reached = asyncio.Barrier(2)
    ends = await asyncio.gather(one(1, 2, reached), one(2, 1, reached), return_exceptions=True)
    assert [(can_not_now(each), held_by_another(each)) for each in ends if each is not None] == [(True, True)]
