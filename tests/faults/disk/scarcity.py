"""A disk without room, in two ways that need no rights, and a database that somebody else has locked."""

import resource
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager
from pathlib import Path

from sqlalchemy import text

from bot.failpoints import Moment, watched
from storage import Database

LOCKER = """
import sqlite3, sys
db = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=30)
db.execute(f"BEGIN {sys.argv[2]}")
print("locked", flush=True)
sys.stdin.read()
"""


@contextmanager
def nothing_fits() -> Iterator[None]:
    """No file of this program takes another byte meanwhile: SQLite says *disk I/O error* to whatever is written."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@contextmanager
def nothing_fits_after(name: str, *, transactions: int) -> Iterator[None]:
    """The same from the end of the first await of this name on, while so many transactions begin."""
    left, full = transactions + 1, ExitStack()

    def see(seen: str, moment: Moment) -> None:
        nonlocal left
        if (seen, moment) == (name, "after") and left == transactions + 1:
            full.enter_context(nothing_fits())
            left -= 1
        elif (seen, moment) == ("writer.begin", "before") and left <= transactions:
            left -= 1
            if left < 0:
                full.close()

    with full, watched(see):
        yield


@asynccontextmanager
async def no_new_page(database: Database) -> AsyncIterator[None]:
    """The database doesn't grow meanwhile: what fits into its pages does, to the rest it says *disk is full*."""
    pages = (await _pragma(database, "page_count"))[0]
    (most,) = await _pragma(database, "max_page_count")
    await _pragma(database, f"max_page_count={pages}")
    try:
        yield
    finally:
        await _pragma(database, f"max_page_count={most}")


async def _pragma(database: Database, words: str) -> tuple[int, ...]:
    async with database.transaction() as db:
        row = await db.row(text(f"PRAGMA {words}"))
    return tuple(row or ())


@contextmanager
def locked(file: Path, how: str) -> Iterator[None]:
    """Another program holds the file `IMMEDIATE` or `EXCLUSIVE` meanwhile."""
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", LOCKER, file, how], stdin=pipe, stdout=pipe, text=True) as other:
        assert other.stdin is not None
        assert other.stdout is not None
        assert other.stdout.readline() == "locked\n"
        yield
        other.stdin.close()
