"""SQLite's one writer: whose turn it is, and many transactions with one commit.

A statement takes some ten microseconds, a hop to aiosqlite's thread three times that, and much more while the event
loop is busy. So statements run here, and only what may wait for a disk or for another program is done in the thread:
BEGIN IMMEDIATE, COMMIT and ROLLBACK. What reads for long has no place in a transaction; it reads a snapshot.

Transactions that wait for their turn while another one begins or commits follow each other in one transaction of the
database, each in a savepoint, and are committed together: that is one fsync for all of them. A transaction has ended
well when that commit has, and no sooner.
"""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field

import aiosqlite
from sqlalchemy import Connection, Engine, StaticPool, create_engine
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.failpoints import at
from storage.ending import to_the_end

LAST_TURN_SECONDS = 1.0


@dataclass(frozen=True)
class Opened:
    """A connection in its three shapes: the pool's, its driver, and what statements of SQLAlchemy run on here."""

    pooled: AsyncConnection
    driver: aiosqlite.Connection
    sqlite: sqlite3.Connection
    here: Connection


@dataclass
class Batch:
    """Transactions that are committed together. `end` is None when they have been, else why not."""

    opened: Opened
    end: asyncio.Future[Exception | None] = field(default_factory=lambda: asyncio.get_running_loop().create_future())
    kept: int = 0


class Writer:
    """Opens its connection when it is first needed, and anew after trouble."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._turn = asyncio.Lock()
        self._opened: Opened | None = None
        self._batch: Batch | None = None

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Connection]:
        """Alone with the database, in the order of asking; committed when this ends well.

        Who opened the batch ends it, behind all who stand in line by then.
        """
        batch, leads = None, False
        try:
            async with self._turn:
                leads = self._batch is None or self._batch.end.done()
                batch = await self._begun() if leads or self._batch is None else self._batch
                with _one_of(batch):
                    yield batch.opened.here
        except BaseException as trouble:
            if batch is not None and leads:
                await to_the_end(self._ended(batch), after=trouble)
            raise
        if leads:
            await to_the_end(self._ended(batch))
        error = await at("writer.end", asyncio.shield(batch.end))
        if error is not None:
            raise error

    async def _begun(self) -> Batch:
        """Also when this task is cancelled meanwhile the thread begins; then it is taken back."""
        opened = self._opened = self._opened or await self._open()
        try:
            await to_the_end(_said("BEGIN IMMEDIATE", at("writer.begin", opened.driver.execute("BEGIN IMMEDIATE"))))
        except BaseException as error:
            await to_the_end(self._rolled_back(opened), after=error)
            raise
        self._batch = Batch(opened)
        return self._batch

    async def _open(self) -> Opened:
        pooled = await at("writer.connect", self._engine.connect())
        try:
            driver = (await at("writer.raw_connection", pooled.get_raw_connection())).driver_connection
            assert isinstance(driver, aiosqlite.Connection)
            cursor = await at("writer.look", driver.cursor())
            sqlite = cursor.connection
            here = _sharing(sqlite).connect()
        except BaseException as error:
            await to_the_end(_invalidated(pooled), after=error)
            raise
        return Opened(pooled, driver, sqlite, here)

    async def _ended(self, batch: Batch) -> None:
        async with self._turn:
            await self._end(batch)

    async def _end(self, batch: Batch) -> None:
        if self._batch is batch:
            self._batch = None
        if batch.end.done():
            return
        try:
            batch.end.set_result(await self._committed(batch))
        finally:
            batch.end.cancel()  # without effect on a result; without one, nobody may wait for it for ever

    async def _committed(self, batch: Batch) -> Exception | None:
        """None, or why it isn't; nothing of it has happened then."""
        trouble = None
        if batch.kept:
            try:
                await _said("COMMIT", at("writer.commit", batch.opened.driver.commit()))
            except Exception as error:
                trouble = error
        if trouble is not None or not batch.kept:
            await self._rolled_back(batch.opened)
        return trouble

    async def _rolled_back(self, opened: Opened) -> None:
        """A connection that can't even do that is closed, and another one opened for the next.

        When closing fails too, what went wrong before it is what counts.
        """
        try:
            await at("writer.roll_back", opened.driver.rollback())
        except Exception:
            self._opened = None
            with suppress(Exception):
                await _closed(opened)

    async def close(self) -> None:
        """When nobody is in it any more: a statement on a connection that is just being closed can crash the program.

        Who is in it for longer than a stop can wait is not waited for.
        """
        with suppress(TimeoutError):
            async with asyncio.timeout(LAST_TURN_SECONDS), self._turn:
                if self._batch is not None:
                    await self._end(self._batch)
                await self._close()
                return
        await self._close()

    async def _close(self) -> None:
        opened, self._opened = self._opened, None
        if opened is not None:
            await to_the_end(_closed(opened))


@contextmanager
def _one_of(batch: Batch) -> Iterator[None]:
    """One transaction of a batch: what it did is undone when it ends badly, and nothing of the others.

    Some trouble (a full disk) makes SQLite undo everything by itself: then nobody's is kept.
    """
    sqlite = batch.opened.sqlite
    sqlite.execute("SAVEPOINT one")
    try:
        yield
        sqlite.execute("RELEASE one")
    except BaseException as error:
        _undone(batch, error)
        raise
    batch.kept += 1


def _undone(batch: Batch, error: BaseException) -> None:
    """Where all is undone, the others hear what SQLite said first: it was no fault of theirs."""
    sqlite = batch.opened.sqlite
    try:
        sqlite.execute("ROLLBACK TO one")
        sqlite.execute("RELEASE one")
    except sqlite3.Error as trouble:
        if sqlite.in_transaction:
            sqlite.execute("ROLLBACK")
        if not batch.end.done():
            first = error if isinstance(error, sqlite3.Error) else trouble
            batch.end.set_result(error if isinstance(error, DBAPIError) else _as_sqlalchemy_says("SAVEPOINT", first))


async def _said(words: str, work: Awaitable[object]) -> None:
    """
    Raises:
        OperationalError: what SQLite couldn't do, in the class that statements raise.
    """
    try:
        await work
    except sqlite3.Error as error:
        raise _as_sqlalchemy_says(words, error) from error


def _as_sqlalchemy_says(words: str, error: sqlite3.Error) -> OperationalError:
    return OperationalError(words, None, error)


def _sharing(connection: sqlite3.Connection) -> Engine:
    """An engine that has this connection and no other, and never ends a transaction of it."""
    return create_engine("sqlite://", creator=lambda: connection, poolclass=StaticPool, pool_reset_on_return=None)


async def _closed(opened: Opened) -> None:
    opened.here.close()
    await _invalidated(opened.pooled)


async def _invalidated(pooled: AsyncConnection) -> None:
    """Not given back to the pool: nobody knows what was done on it here."""
    await at("writer.invalidate", pooled.invalidate())
    await at("writer.close", pooled.close())
