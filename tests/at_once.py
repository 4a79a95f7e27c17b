"""Two transactions of two programs at the same time, in the order in which races are lost."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from sqlalchemy import text

from storage import Database, Transaction

One = TypeVar("One")
Other = TypeVar("Other")
BLOCKED = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"


async def at_once(
    two: tuple[Database, Database],
    one: Callable[[Transaction], Awaitable[One]],
    other: Callable[[Transaction], Awaitable[Other]],
) -> tuple[One | BaseException, Other | BaseException]:
    """What both return or raise. The second begins when all of the first is done but its commit, which waits until the
    second can't go on, or has done all but its commit too."""
    done = [asyncio.Event(), asyncio.Event()]
    first = asyncio.create_task(_kept_open(two[0], one, done[0], lambda: _halted(two[0], done[1])))
    await asyncio.wait([first, asyncio.create_task(done[0].wait())], return_when=asyncio.FIRST_COMPLETED)
    second = asyncio.create_task(_kept_open(two[1], other, done[1], _nothing))
    came, followed = await asyncio.gather(first, second, return_exceptions=True)
    return came, followed


async def _kept_open(
    database: Database,
    act: Callable[[Transaction], Awaitable[One]],
    done: asyncio.Event,
    then: Callable[[], Awaitable[None]],
) -> One:
    try:
        async with database.transaction() as db:
            result = await act(db)
            done.set()
            await then()
        return result
    finally:
        done.set()


async def _nothing() -> None:
    """It is committed at once."""


async def _halted(database: Database, done: asyncio.Event) -> None:
    """Wait until the other one waits for a lock, or is done."""
    async with asyncio.timeout(10):
        while not done.is_set():
            async with database.transaction() as db:
                if await db.row(text(BLOCKED)) is not None:
                    return
            await asyncio.sleep(0.005)
