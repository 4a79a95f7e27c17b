"""The one place that knows SQLite from PostgreSQL: how a connection is set up, and what a transaction is.

SQLite has one writer. Transactions queue for it here, in the order in which they come, and begin IMMEDIATE: one that
reads first and writes later would otherwise lose to another one and fail, or lose its change in silence.
"""

import asyncio
import contextlib
import secrets
from collections.abc import AsyncIterator, Coroutine, Mapping, Sequence
from pathlib import Path
from typing import Any, Final
from weakref import WeakValueDictionary

from sqlalchemy import Connection, Executable, Row, Table, event, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from bot.failpoints import at, within
from storage.vault import Vault

BUSY_MS = 10_000
MIGRATING = 0x6B757579  # the advisory lock of migrations on PostgreSQL: any number that nothing else uses
SNAPSHOT: Final[Mapping[str, Any]] = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
PRAGMAS = (
    f"busy_timeout={BUSY_MS}",
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "secure_delete=ON",
)


def new_id() -> str:
    """A random id for a row, 12 of A-Z a-z 0-9 _ - (72 bits): it fits into a button, and can't be guessed."""
    return secrets.token_urlsafe(9)


class UnreachableError(Exception):
    """The database can't be opened; one line without secrets says why."""


class Transaction:
    """One transaction: it is committed when its `with` block ends well, and leaves nothing behind otherwise."""

    def __init__(self, connection: AsyncConnection, vault: Vault) -> None:
        self._connection = connection
        self.vault = vault

    async def rows(self, statement: Executable) -> Sequence[Row[Any]]:
        return (await at("database.rows", self._connection.execute(statement))).all()

    async def row(self, statement: Executable) -> Row[Any] | None:
        return (await at("database.row", self._connection.execute(statement))).first()

    async def change(self, statement: Executable) -> int:
        """Run an insert, update or delete; how many rows it changed."""
        result = await at("database.change", self._connection.execute(statement))
        return int(getattr(result, "rowcount", 0))

    async def add_once(self, table: Table, row: Mapping[str, Any]) -> bool:
        """Insert the row unless one with the same unique key is there; whether it was inserted."""
        insert = postgresql.insert if self._connection.dialect.name == "postgresql" else sqlite.insert
        return await self.change(insert(table).values(**row).on_conflict_do_nothing()) == 1

    async def put(self, table: Table, key: Mapping[str, Any], row: Mapping[str, Any]) -> None:
        """Insert the row under its primary key, or write over what is there."""
        insert = postgresql.insert if self._connection.dialect.name == "postgresql" else sqlite.insert
        statement = insert(table).values(**key, **row)
        await self.change(statement.on_conflict_do_update(index_elements=list(key), set_=dict(row)))


class Database:
    """A database by its SQLAlchemy address (`sqlite+aiosqlite:///file` or `postgresql+asyncpg://...`)."""

    def __init__(self, url: str, vault: Vault) -> None:
        self.engine = create_engine(url)
        self._vault = vault
        self._turn = asyncio.Lock() if self.is_sqlite else contextlib.nullcontext()
        self._alone: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @property
    def is_sqlite(self) -> bool:
        return self.engine.dialect.name == "sqlite"

    @contextlib.asynccontextmanager
    async def transaction(self) -> AsyncIterator[Transaction]:
        """Everything inside happens, or nothing.

        It is brought to its end before the next one gets its turn, also when this task is cancelled: aiosqlite would
        leave it open. One that had come to its commit is committed.
        """
        async with self._turn:
            connection = await at("database.connect", self.engine.connect())
            well = False
            try:
                await at("database.begin", connection.begin())
                yield Transaction(connection, self._vault)
                well = True
            finally:
                await _to_the_end(_ended(connection, well=well))

    @contextlib.asynccontextmanager
    async def alone(self, name: str) -> AsyncIterator[None]:
        """Only one at a time under this name, in the order in which they ask."""
        lock = self._alone.setdefault(name, asyncio.Lock())
        async with lock:
            yield

    @contextlib.asynccontextmanager
    async def migrating(self) -> AsyncIterator[AsyncConnection]:
        """A transaction to change tables in, of which there is one at a time in the whole database, for every program.

        On SQLite a table is changed by dropping it when its rows are in a new one. Foreign keys are off meanwhile, or
        dropping it would delete the rows that refer to it; at the end they must hold.
        """
        async with within("database.connect_to_migrate", self.engine.connect()) as connection:
            try:
                if self.is_sqlite:
                    await _without_foreign_keys(connection)
                async with within("database.migrate", connection.begin()):
                    if not self.is_sqlite:
                        lock = select(func.pg_advisory_xact_lock(MIGRATING))
                        await at("database.lock_to_migrate", connection.execute(lock))
                    yield connection
                    if self.is_sqlite:
                        await _must_refer(connection)
            finally:
                await at("database.invalidate", connection.invalidate())

    @contextlib.asynccontextmanager
    async def snapshot(self) -> AsyncIterator[AsyncConnection]:
        """Everything as it stood at one moment, to be read while others go on writing; no table changes meanwhile.

        Raises:
            UnreachableError: a migration is running just now. (SQLite's readers see what was before it.)
        """
        options = {"snapshot": True} if self.is_sqlite else SNAPSHOT
        async with within("database.connect_to_read", self.engine.connect()) as connection:
            await at("database.as_snapshot", connection.execution_options(**options))
            async with within("database.snapshot", connection.begin()):
                if not self.is_sqlite:
                    lock = select(func.pg_try_advisory_xact_lock_shared(MIGRATING))
                    if not await at("database.lock_to_read", connection.scalar(lock)):
                        raise UnreachableError("a migration is running: try again when it is done")
                yield connection

    async def reach(self) -> None:
        """Try to connect.

        Raises:
            UnreachableError: the file can't be opened, the server doesn't answer or doesn't let us in.
        """
        try:
            async with within("database.reach", self.engine.connect()):
                return
        except Exception as error:
            raise UnreachableError(f"the database can't be opened ({type(error).__name__})") from None

    async def close(self) -> None:
        await at("database.dispose", self.engine.dispose())


def create_engine(url: str) -> AsyncEngine:
    """The engine with the hooks of its dialect, and a folder for a SQLite file that is new."""
    engine = create_async_engine(url, pool_pre_ping=not url.startswith("sqlite"))
    if engine.dialect.name == "sqlite":
        _make_folder(url)
        event.listen(engine.sync_engine, "connect", _set_up_sqlite)
        event.listen(engine.sync_engine, "begin", _begin_immediate)
    return engine


def _make_folder(url: str) -> None:
    file = make_url(url).database
    if file and file != ":memory:":
        Path(file).parent.mkdir(parents=True, exist_ok=True)


def _set_up_sqlite(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    """No transactions of the driver's own (ours are said with BEGIN), and the pragmas."""
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


async def _without_foreign_keys(connection: AsyncConnection) -> None:
    """For the rest of this connection's life; SQLite hears it only between transactions."""
    raw = await at("database.raw_connection", connection.get_raw_connection())
    driver: Any = raw.driver_connection
    await at("database.without_foreign_keys", driver.execute("PRAGMA foreign_keys=OFF"))


async def _must_refer(connection: AsyncConnection) -> None:
    """
    Raises:
        ValueError: rows refer to others that aren't there.
    """
    check = connection.exec_driver_sql("PRAGMA foreign_key_check")
    if (await at("database.foreign_key_check", check)).first():
        raise ValueError("a migration left rows that refer to nothing")


def _begin_immediate(connection: Connection) -> None:
    """Who only reads a snapshot takes no turn of the writers."""
    reads = connection.get_execution_options().get("snapshot", False)
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


async def _ended(connection: AsyncConnection, *, well: bool) -> None:
    """Commit, or else roll back, and give the connection back."""
    try:
        if well:
            await at("database.commit", connection.commit())
    finally:
        await at("database.close", connection.close())


async def _to_the_end(work: Coroutine[Any, Any, None]) -> None:
    """Wait for the work even when this task is cancelled meanwhile; the cancelling is said afterwards."""
    task = asyncio.ensure_future(work)
    cancelled = None
    while not task.done():
        try:
            await asyncio.shield(task)
        except asyncio.CancelledError as error:
            cancelled = error
    if cancelled is not None:
        raise cancelled
