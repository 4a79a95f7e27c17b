"""A backup: one file, written beside the programs that serve, and good only when it could be read again."""

import contextlib
import os
import tempfile
from collections import deque
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import people
from storage.copies import contents, references, sealed, shape
from storage.copies.contents import Contents
from storage.copies.sealed import CopyError
from storage.copies.shape import Shape
from storage.database import Database, Transaction
from storage.vault import Vault


async def back_up(database: Database, vault: Vault, file: Path, *, now: datetime) -> Contents:
    """Write everything that is in the database at this moment into a new file, which only its owner may read.

    It is written under another name, flushed to disk, read back and compared with itself; only then is it there.

    Raises:
        CopyError: there is a file already, there is nothing to copy, or what there is is damaged.
        OSError: the file can't be written.
    """
    _must_be_new(file)
    with _partial(file) as (opened, partial):
        async with database.snapshot() as connection:
            found = await connection.run_sync(_whole)
            await _must_open(connection, vault)
            await connection.run_sync(_write, found, opened, vault, now)
        _flush(opened)
        written = verified(partial, vault)
        _publish(partial, file)
    return written


def verified(file: Path, vault: Vault) -> Contents:
    """Read a backup to its end.

    Raises:
        CopyError: it isn't as it was written.
    """
    with file.open("rb") as opened:
        lines = sealed.read(opened, vault)
        head = contents.read_head(lines)
        return Contents(head, contents.read_parts(lines, lambda rows: deque(rows, maxlen=0).clear()))


# The file


def _must_be_new(file: Path) -> None:
    if file.exists() or file.is_symlink():
        raise CopyError("there is a file of this name already")


@contextlib.contextmanager
def _partial(file: Path) -> Iterator[tuple[BinaryIO, Path]]:
    """A file beside it that is only ours to read; gone at the end, if it still has this name."""
    descriptor, name = tempfile.mkstemp(prefix=f"{file.name}.", suffix=".partial", dir=file.parent)
    with os.fdopen(descriptor, "wb") as opened:
        try:
            yield opened, Path(name)
        finally:
            Path(name).unlink(missing_ok=True)


def _flush(opened: BinaryIO) -> None:
    opened.flush()
    os.fsync(opened.fileno())


def _publish(partial: Path, file: Path) -> None:
    """Give it its name, unless something has that by now."""
    try:
        os.link(partial, file)
    except FileExistsError:
        raise CopyError("there is a file of this name already") from None
    except OSError:  # no two names for a file there
        _must_be_new(file)
        partial.rename(file)
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


# The database


def _whole(connection: Connection) -> Shape:
    found = shape.of(connection)
    if found is None:
        raise CopyError("there is nothing to copy: the database has no tables")
    must_be_whole(connection)
    return found


def must_be_whole(connection: Connection) -> None:
    """SQLite looks at every page and index. PostgreSQL has checksums of its own.

    Raises:
        CopyError: it is damaged.
    """
    if connection.dialect.name == "sqlite":
        if connection.exec_driver_sql("PRAGMA integrity_check").scalar() != "ok":
            raise CopyError("the database is damaged (PRAGMA integrity_check): keep its file, and restore a backup")
        references.must_hold(connection)


async def _must_open(connection: AsyncConnection, vault: Vault) -> None:
    """A backup under another key than the database's could be restored, but nobody could be written to any more."""
    if not await people.opens(Transaction(connection, vault)):
        raise CopyError("SECRET_KEY isn't the one that this database was written with")


def _write(connection: Connection, found: Shape, opened: BinaryIO, vault: Vault, now: datetime) -> None:
    sealed.write(opened, vault, contents.lines(connection, found, now=now))
