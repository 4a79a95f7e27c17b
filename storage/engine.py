"""How a connection to each kind of database is set up: what SQLite is told, what PostgreSQL's pool may do."""

import asyncio
import contextlib
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from time import monotonic
from typing import Any, Final

from sqlalchemy import Connection, NullPool, event
from sqlalchemy.engine import make_url
from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from storage import patience
from storage.opening import opened

BUSY_MS = 10_000
PRAGMAS = (
    f"busy_timeout={BUSY_MS}",
    "synchronous=FULL",
    "foreign_keys=ON",
    "secure_delete=ON",
)
TO_WAL_AGAIN_SECONDS = 0.01
POOL: Final[Mapping[str, Any]] = {
    "pool_size": 10,  # more than one program can keep busy, made when they are needed; with the locks' 18 at most
    "max_overflow": 0,  # those would be closed each time that they are given back
    "pool_timeout": 60.0,  # hundreds may wait for one of them, in order; an update gives up by itself
}
NAME: Final = {"application_name": "kuulolla"}
TIMEOUTS: Final = {
    "statement_timeout": "30s",  # ours take milliseconds
    "lock_timeout": "10s",  # who holds a row for so long is stuck; the update is tried again
    "idle_in_transaction_session_timeout": "30s",  # nor may a program that is stuck hold it for ever
}
NO_TIMEOUTS: Final = dict.fromkeys(TIMEOUTS, "0")
SYNCHRONOUS: Final = """
    SELECT set_config('synchronous_commit', CASE meant WHEN 'off' THEN 'on' ELSE meant END, false)
    FROM current_setting('synchronous_commit') AS meant
"""
"""With `off` a commit is told to us before it is on disk. All other levels wait for this server's disk; what they wait
for at its copies elsewhere is the operator's choice. It is said in any case, so that nobody changes it under way."""


def create_engine(url: str) -> AsyncEngine:
    """The engine with the hooks of its dialect, and a folder for a SQLite file that is new."""
    if url.startswith("sqlite"):
        _make_folder(url)
        told = {"check_same_thread": False, "async_creator_fn": opened}
        engine = create_async_engine(url, connect_args=told)
        event.listen(engine.sync_engine, "connect", _set_up_sqlite)
        event.listen(engine.sync_engine, "begin", _begin_immediate)
        return engine
    told = patience.connecting(patience.COMMAND_SECONDS, **NAME, **TIMEOUTS)
    engine = create_async_engine(url, **POOL, connect_args=told)
    event.listen(engine.sync_engine, "connect", _commit_to_disk)
    patience.notice_silence(engine)
    patience.look_before_use(engine)
    return engine


def create_patient_engine(url: str) -> AsyncEngine:
    """For who changes tables of a PostgreSQL, or reads all of them: it takes its time, on a connection of its own."""
    told = patience.connecting(None, **NAME, **NO_TIMEOUTS)
    engine = create_async_engine(url, poolclass=NullPool, connect_args=told)
    event.listen(engine.sync_engine, "connect", _commit_to_disk)
    return engine


def _make_folder(url: str) -> None:
    """Where that isn't allowed, opening the file says so."""
    file = file_of(url)
    if file is not None:
        with contextlib.suppress(OSError):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.touch(mode=0o600)


def file_of(url: str) -> Path | None:
    """The SQLite file of this address, which may be there or not; None for a server, and for a database in memory."""
    file = make_url(url).database if url.startswith("sqlite") else None
    return None if not file or file == ":memory:" or file.startswith("file:") else Path(file)


# SQLite


def _set_up_sqlite(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    """No transactions of the driver's own (ours are said with BEGIN), and the pragmas."""
    connection.isolation_level = None
    cursor = connection.cursor()
    try:
        for pragma in PRAGMAS:
            cursor.execute(f"PRAGMA {pragma}")
        _turn_to_wal(connection, cursor)
        cursor.close()
    except Exception:
        connection.close()
        raise


def _turn_to_wal(connection: DBAPIConnection, cursor: DBAPICursor) -> None:
    """SQLite waits for nobody here, whatever the timeout: of several programs that find a new file one turns it over,
    and the others are told at once that it is locked. They ask again for as long as they would wait elsewhere.
    """
    until = monotonic() + BUSY_MS / 1000
    while True:
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or monotonic() > until:
                raise
            connection.run_async(lambda _: asyncio.sleep(TO_WAL_AGAIN_SECONDS))
        else:
            return


def _begin_immediate(connection: Connection) -> None:
    """Who only reads a snapshot takes no turn of the writers."""
    reads = connection.get_execution_options().get("snapshot", False)
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


# PostgreSQL


def _commit_to_disk(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    connection.run_async(lambda driver: driver.execute(SYNCHRONOUS))
