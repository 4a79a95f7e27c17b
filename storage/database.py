"""The one place, with `engine`, that knows SQLite from PostgreSQL: what a transaction is, and a snapshot, on each.

SQLite has one writer. Transactions queue for it here, in the order in which they come, and begin IMMEDIATE: one that
reads first and writes later would otherwise lose to another one and fail, or lose its change in silence.
"""

import contextlib
import secrets
import sqlite3
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from functools import cache
from typing import Any, Final

from sqlalchemy import Connection, CursorResult, Executable, Row, Select, Table, func, select, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.failpoints import at, within
from storage import patience
from storage.alone import Alone
from storage.ending import answered, to_the_end
from storage.engine import create_engine, create_patient_engine
from storage.vault import Vault
from storage.writer import Writer

Values = Mapping[str, Any] | None

MIGRATING = 0x6B757579  # the advisory lock of migrations on PostgreSQL: any number that nothing else uses
SNAPSHOT: Final[Mapping[str, Any]] = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
SQLITE_SAYS: Final[Mapping[int, str]] = {
    sqlite3.SQLITE_CANTOPEN: "there is no such folder, or this account may not open the file",
    sqlite3.SQLITE_READONLY: "this account may not write the file",
    sqlite3.SQLITE_NOTADB: "the file is no SQLite database",
    sqlite3.SQLITE_BUSY: "another program has locked it",
}


def new_id() -> str:
    """A random id for a row, 12 of A-Z a-z 0-9 _ - (72 bits): it fits into a button, and can't be guessed."""
    return secrets.token_urlsafe(9)


class UnreachableError(Exception):
    """The database can't be opened; one line without secrets says why."""


class Transaction:
    """One transaction: it is committed when its `with` block ends well, and leaves nothing behind otherwise."""

    def __init__(self, connection: AsyncConnection | Connection, vault: Vault) -> None:
        self._connection = connection
        self.vault = vault
        self.letters = 0
        """How many were put into the outbox: when there are any, the courier has something to do after the commit."""
        self.changes = False
        """Whether anything is other than before."""

    async def rows(self, statement: Executable, values: Values = None) -> Sequence[Row[Any]]:
        """`values` for the names that the statement leaves open (`bindparam`): one that is built once costs less."""
        return (await at("database.rows", self._done(statement, values))).all()

    async def row(self, statement: Executable, values: Values = None) -> Row[Any] | None:
        return (await at("database.row", self._done(statement, values))).first()

    async def change(self, statement: Executable, values: Values = None) -> int:
        """Run an insert, update or delete; how many rows it changed."""
        result = await at("database.change", self._done(statement, values))
        rows = int(getattr(result, "rowcount", 0))
        self.changes = self.changes or rows > 0
        return rows

    async def _done(self, statement: Executable, values: Values) -> CursorResult[Any]:
        if isinstance(self._connection, Connection):
            return self._connection.execute(statement, values)
        return await at("database.execute", self._connection.execute(statement, values))

    async def hold(self, question: Select[Any], **values: Any) -> bool:
        """Hold what is found until the transaction ends; whoever else wants to hold it waits. False: it isn't there.

        The question says itself that it holds (`with_for_update`). On SQLite a transaction is alone from its beginning
        on, and nothing is asked.
        """
        if isinstance(self._connection, Connection):
            return True
        return (await at("database.hold", self._connection.execute(question, values))).first() is not None

    async def add_once(self, table: Table, row: Mapping[str, Any]) -> bool:
        """Insert the row unless one with the same unique key is there; whether it was inserted."""
        return await self.change(_adding_once(table, self._connection.dialect.name), row) == 1

    async def put(self, table: Table, key: Mapping[str, Any], row: Mapping[str, Any]) -> None:
        """Insert the row under its primary key, or write over what is there."""
        await self.change(_putting(table, tuple(key), tuple(row), self._connection.dialect.name), {**key, **row})


@cache
def _adding_once(table: Table, dialect: str) -> Executable:
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    return insert(table).on_conflict_do_nothing()


@cache
def _putting(table: Table, key: Sequence[str], row: Sequence[str], dialect: str) -> Executable:
    insert = (postgresql.insert if dialect == "postgresql" else sqlite.insert)(table)
    return insert.on_conflict_do_update(index_elements=key, set_={name: insert.excluded[name] for name in row})


class Database:
    """A database by its SQLAlchemy address (`sqlite+aiosqlite:///file` or `postgresql+asyncpg://...`)."""

    def __init__(self, url: str, vault: Vault) -> None:
        self.engine = create_engine(url)
        self._patient = self.engine if self.is_sqlite else create_patient_engine(url)
        self._vault = vault
        self._writer = Writer(self.engine) if self.is_sqlite else None
        self._alone = Alone(None if self.is_sqlite else url)
        self.kept = 0
        """How often it took something of this program: transactions that changed something and were committed."""

    @property
    def is_sqlite(self) -> bool:
        return self.engine.dialect.name == "sqlite"

    @contextlib.asynccontextmanager
    async def transaction(self) -> AsyncIterator[Transaction]:
        """Everything inside happens, or nothing.

        It is brought to its end also when this task is cancelled. One that had come to its commit is committed.
        """
        if self._writer is not None:
            async with self._writer.transaction() as writing:
                db = Transaction(writing, self._vault)
                yield db
            self.kept += db.changes
            return
        connection = await at("database.connect", self.engine.connect())
        db = Transaction(connection, self._vault)
        try:
            await at("database.begin", connection.begin())
            yield db
        except BaseException as error:
            await to_the_end(_ended(connection, well=False), after=error)
            raise
        await to_the_end(_ended(connection, well=True))
        self.kept += db.changes

    def alone(self, name: str) -> AbstractAsyncContextManager[None]:
        """Only one at a time under this name in the whole database, in the order in which they ask."""
        return self._alone.under(name)

    @contextlib.asynccontextmanager
    async def migrating(self) -> AsyncIterator[AsyncConnection]:
        """A transaction to change tables in, of which there is one at a time in the whole database, for every program.

        On SQLite a table is changed by dropping it when its rows are in a new one. Foreign keys are off meanwhile, or
        dropping it would delete the rows that refer to it; at the end they must hold.
        """
        async with within("database.connect_to_migrate", self._patient.connect()) as connection:
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
        async with within("database.connect_to_read", self._patient.connect()) as connection:
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
            raise UnreachableError(f"the database can't be opened ({_why(error)})") from None

    async def is_sound(self) -> bool:
        """Whether a SQLite file is whole, as far as a quick look tells; a server looks after itself."""
        if not self.is_sqlite:
            return True
        async with self.snapshot() as connection:
            check = connection.exec_driver_sql("PRAGMA quick_check(1)")
            return bool((await at("database.quick_check", check)).scalar() == "ok")

    async def waits_for_its_disk(self) -> bool:
        """False for a server that was told not to: what it says is kept is lost when its power goes."""
        if self.is_sqlite:
            return True
        async with self.transaction() as db:
            said = await at("database.ask_for_fsync", db.row(text("SHOW fsync")))
        return said is None or said.fsync != "off"

    async def close(self) -> None:
        """All of it, also when a part of it fails."""
        try:
            await self._alone.close()
        finally:
            await self._close_engine()

    async def _close_engine(self) -> None:
        try:
            if self._writer is not None:
                await self._writer.close()
        finally:
            await at("database.dispose", self.engine.dispose())


def _why(error: Exception) -> str:
    code = getattr(getattr(error, "orig", None), "sqlite_errorcode", 0)
    return SQLITE_SAYS.get(code & 0xFF, type(error).__name__)


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


async def _ended(connection: AsyncConnection, *, well: bool) -> None:
    """Commit, or else roll back, and give the connection back; without the server when that doesn't answer.

    Raises:
        SilentError: it didn't.
    """
    try:
        if well:
            await at("database.commit", connection.commit())
    finally:
        async with answered(patience.ANSWER_SECONDS):
            await at("database.close", connection.close())
