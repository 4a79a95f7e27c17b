"""Whose fault is it: the database's, which can't now, or that of what it was asked?

A full disk, a lock that isn't given back, a server that is away: what was asked is all right, and is asked again later.

Sources:
    SQLite, Result and Error Codes; PostgreSQL, Appendix A: Error Codes.
"""

import sqlite3
from typing import Final

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoneFreeError

SQLITE_ROOM: Final = frozenset({sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL})
SQLITE_HELD: Final = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
SQLITE: Final = (
    SQLITE_ROOM
    | SQLITE_HELD
    | {
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PROTOCOL,
        sqlite3.SQLITE_NOTADB,
    }
)
POSTGRESQL_ROOM: Final = ("53",)  # no room, no memory, no connection free
POSTGRESQL_HELD: Final = (
    "25P03",  # a transaction that it had to wait for too long
    "40",  # rolled back for the sake of another transaction
    "55P03",  # a lock that isn't free
)
POSTGRESQL: Final = (
    *POSTGRESQL_ROOM,
    *POSTGRESQL_HELD,
    "08",  # the connection
    "25006",  # a server that may only be read
    "57014",  # a statement that took longer than it lets any take
    "57P",  # somebody stops the server, or it begins
    "58",  # the system below it
    "XX",  # a server that finds itself damaged
)


class SilentError(ConnectionError):
    """The database doesn't answer. What it was asked last has happened, or hasn't: a commit, too."""


def can_not_now(error: BaseException) -> bool:
    """Whether this came from a database that couldn't do its work, whatever it was asked.

    A server that isn't there is an error of the system. A limit of time may be anybody's, and isn't taken for it.
    """
    if isinstance(error, TimeoutError):
        return False
    if isinstance(error, OSError | NoneFreeError) or _is(error, SQLITE, POSTGRESQL):
        return True
    return isinstance(error, DBAPIError) and error.connection_invalidated


def wants_room(error: BaseException) -> bool:
    """Whether there was no room for it, or no connection free. What is smaller, or comes later, may still be taken."""
    return isinstance(error, NoneFreeError) or _is(error, SQLITE_ROOM, POSTGRESQL_ROOM)


def held_by_another(error: BaseException) -> bool:
    """Whether another transaction was in its way. Everybody who wants the same waits for that one."""
    return _is(error, SQLITE_HELD, POSTGRESQL_HELD)


def took_too_long_or_can_not(error: BaseException) -> bool:
    """The same where nothing but a database is asked: a limit of time is its own there, such as that of connecting."""
    return isinstance(error, TimeoutError) or can_not_now(error)


def _is(error: BaseException, sqlites: frozenset[int], postgresqls: tuple[str, ...]) -> bool:
    """Whether the database has said one of these, by itself or through SQLAlchemy."""
    said = error.orig if isinstance(error, DBAPIError) else error
    return _code(said) in sqlites or _state(said).startswith(postgresqls)


def _code(error: BaseException | None) -> int:
    """SQLite's main code; the rest of its number says more exactly where. 0 for what isn't SQLite's."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF if isinstance(error, sqlite3.Error) else 0


def _state(error: BaseException | None) -> str:
    """PostgreSQL's five letters; empty for what isn't PostgreSQL's."""
    return str(getattr(error, "sqlstate", None) or "")


def is_damaged(error: BaseException) -> bool:
    """Whether SQLite found that its file isn't whole, or none of its own."""
    found = error.orig if isinstance(error, DBAPIError) else error
    return _code(found) in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
