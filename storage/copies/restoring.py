"""A backup becomes a database again, of today's release, in one transaction: either all of it is there or nothing.

What was in a backup may have been sent since then, so nothing is sent from a restored database until `resume`.
"""

import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Table, delete, func, insert, select

from storage.copies import contents, references, rows, sealed, shape
from storage.copies.contents import Contents
from storage.copies.sealed import CopyError
from storage.copies.writing import must_be_whole
from storage.database import Database
from storage.migrations import upgrade
from storage.schema import letters, ratings, service
from storage.service import Memory
from storage.vault import Vault

FORGOTTEN_ANYWAY = frozenset({"service"})
"""Tables whose rows may be there all the same: somebody has served the new database already, and nobody has come."""


async def restore(database: Database, vault: Vault, file: Path, *, now: datetime) -> Contents:
    """Fill an empty database with the backup, and bring it to today's schema.

    Raises:
        CopyError: the database isn't empty, or the backup can't be read, or what it made isn't what it says.
        OSError: the file can't be read.
    """
    with file.open("rb") as opened:
        lines = sealed.read(opened, vault)
        async with database.migrating() as connection:
            return await connection.run_sync(_restore, lines, now)


def _restore(connection: Connection, lines: Iterator[bytes], now: datetime) -> Contents:
    _clear(connection)
    head = contents.read_head(lines)
    shape.names_at(head.revision)
    upgrade(connection, head.revision)
    restored = _fill(connection, lines, head)
    upgrade(connection)
    # Nobody sees anything of it before the end of this transaction: what has been erased since the backup was made is
    # erased here again, from a ledger that is kept apart, as soon as there is one.
    connection.execute(delete(service).where(service.c.name == Memory.RESTORED.value))
    connection.execute(insert(service).values(name=Memory.RESTORED.value, at=now))
    must_be_whole(connection)
    return restored


def _clear(connection: Connection) -> None:
    """Drop tables without rows: they are made anew, as they were when the backup was made."""
    found = shape.of(connection)
    if found is None:
        return
    full = [table.name for table in found.tables if table.name not in FORGOTTEN_ANYWAY and _has_rows(connection, table)]
    if full:
        raise CopyError(f"the database isn't empty: there are rows in {', '.join(full)}")
    found.tables[0].metadata.drop_all(connection)
    connection.exec_driver_sql("DROP TABLE alembic_version")


def _has_rows(connection: Connection, table: Table) -> bool:
    return connection.execute(select(1).select_from(table).limit(1)).first() is not None


def _fill(connection: Connection, lines: Iterator[bytes], head: contents.Head) -> Contents:
    """Then every table is read again, and must say what the backup says."""
    made = shape.of(connection)
    tables = {table.name: table for table in made.tables} if made else {}
    with references.put_aside(connection):
        parts = contents.read_parts(lines, lambda it: rows.fill(connection, _named(tables, it.table), it))
    _must_equal(connection, tables, parts)
    return Contents(head, parts)


def _must_equal(connection: Connection, tables: dict[str, Table], parts: Mapping[str, rows.Part]) -> None:
    """It reads within a savepoint and goes back to it, which ends its cursors: PostgreSQL alters no table under one."""
    reading = connection.begin_nested()
    for name, part in parts.items():
        if rows.part(connection, tables[name]) != part:
            raise CopyError(f"the table {name} isn't what the backup says")
    reading.rollback()


def _named(tables: dict[str, Table], name: str) -> Table:
    if name not in tables:
        raise CopyError(f"there is no table {name} now")
    return tables[name]


@dataclass(frozen=True)
class Drilled:
    """What a backup would give back; the moments are of the newest of each."""

    contents: Contents
    newest_rating: datetime | None
    newest_letter: datetime | None


async def drill(vault: Vault, file: Path, *, now: datetime) -> Drilled:
    """Restore the backup into a database of its own, which is thrown away.

    Raises:
        CopyError: it can't be restored.
        OSError: the file can't be read.
    """
    with tempfile.TemporaryDirectory(prefix="kuulolla-") as folder:
        database = Database(f"sqlite+aiosqlite:///{folder}/drill.sqlite", vault)
        try:
            restored = await restore(database, vault, file, now=now)
            async with database.snapshot() as connection:
                rating = await connection.scalar(select(func.max(ratings.c.rated_at)))
                letter = await connection.scalar(select(func.max(letters.c.made_at)))
        finally:
            await database.close()
    return Drilled(restored, rating, letter)
