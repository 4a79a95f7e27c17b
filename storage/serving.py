"""One serving program for each SQLite file: a lock of the operating system, which ends with whoever holds it.

The lock is on a file beside the database, `<file>.serving`, which stays when nobody serves; in it stands who holds it.
PostgreSQL takes any number, and a database in memory is nobody else's: there is nothing to lock.
"""

import contextlib
import errno
import fcntl
import json
import os
from collections.abc import AsyncIterator, Iterator
from datetime import datetime
from pathlib import Path

from sqlalchemy import text

from storage.database import Database, UnreachableError

_FILE = text("SELECT file FROM pragma_database_list WHERE name = 'main'")
_TAKEN = (errno.EWOULDBLOCK, errno.EACCES)


class ServedAlreadyError(UnreachableError):
    """Another program serves this file."""


@contextlib.asynccontextmanager
async def alone(database: Database, command: str, *, now: datetime) -> AsyncIterator[None]:
    """Hold the lock while the block runs; `command` and `now` are what the next one is told.

    Raises:
        ServedAlreadyError: somebody else holds it.
        UnreachableError: where the database lies, files can't be locked; SQLite isn't safe there either.
    """
    file = await _file(database) if database.is_sqlite else None
    with contextlib.nullcontext() if file is None else _locked(file.with_name(f"{file.name}.serving"), command, now):
        yield


async def _file(database: Database) -> Path | None:
    """Where the database really lies, however its address spells it; None when it is in memory."""
    async with database.snapshot() as connection:
        spelled: str | None = await connection.scalar(_FILE)
    return _resolved(spelled) if spelled else None


def _resolved(spelled: str) -> Path:
    return Path(spelled).resolve()


@contextlib.contextmanager
def _locked(lock: Path, command: str, now: datetime) -> Iterator[None]:
    try:
        descriptor = os.open(lock, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise UnreachableError(f"the lock beside the database can't be opened ({type(error).__name__})") from None
    with os.fdopen(descriptor, "r+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise _refusal(error, file.read()) from None
        holder = {"command": command, "process": os.getpid(), "since": f"{now:%Y-%m-%d %H:%M} UTC"}
        _write(descriptor, json.dumps(holder))
        try:
            yield
        finally:
            _write(descriptor, "")


def _write(descriptor: int, words: str) -> None:
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, words.encode(), 0)


def _refusal(error: OSError, holder: str) -> UnreachableError:
    if error.errno not in _TAKEN:
        return UnreachableError("files can't be locked where it lies: put it on a local disk, or use PostgreSQL")
    return ServedAlreadyError(
        f"it is served already{_told(holder)}; a SQLite file has one serving program: stop that one, or use PostgreSQL"
    )


def _told(holder: str) -> str:
    """Nothing, when the other one hasn't yet written who it is."""
    try:
        told = json.loads(holder)
        return f" by `{told['command']}` (process {told['process']}) since {told['since']}"
    except (ValueError, TypeError, KeyError):
        return ""
