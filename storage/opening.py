"""A SQLite file is opened in aiosqlite's thread. One that can't be opened is told of when that thread has ended.

aiosqlite tells of it at once, and then has its thread say a last word to the event loop. A program that ends on the
error has none by then, and the thread would print a page about it below the one line that says what is wrong.
"""

import asyncio
import sqlite3
from functools import partial
from typing import Any

import aiosqlite

from storage.ending import to_the_end

ROWS_AT_ONCE = 64


class Opening(aiosqlite.Connection):
    """Keeps no program from ending, and knows when its thread has said its last word."""

    def __init__(self, file: str, **options: Any) -> None:
        super().__init__(partial(sqlite3.connect, file, **options), ROWS_AT_ONCE)
        self._thread.daemon = True
        self.last_word: asyncio.Future[Any] | None = None

    def stop(self) -> asyncio.Future[Any] | None:
        self.last_word = super().stop()
        return self.last_word


async def opened(file: str, **options: Any) -> aiosqlite.Connection:
    """The file, opened with options of `sqlite3.connect`."""
    connection = Opening(file, **options)
    try:
        return await connection
    except BaseException as error:
        await to_the_end(_heard(connection.last_word), after=error)
        raise


async def _heard(last_word: asyncio.Future[Any] | None) -> None:
    if last_word is not None:
        await last_word
