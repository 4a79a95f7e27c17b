"""What may come out of an await, as the database, the network, the drawing or a stop give it."""

import asyncio
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from sqlalchemy.exc import OperationalError
from telegram.error import NetworkError, TimedOut

from bot.charts.studio import PictureFailed
from bot.failpoints import Moment

Error = Callable[[], BaseException]


class _ShutDown(Exception):
    """As the driver of PostgreSQL says it when the server is stopped."""

    sqlstate = "57P01"


def _disk() -> BaseException:
    found = sqlite3.OperationalError("disk I/O error")
    found.sqlite_errorcode = sqlite3.SQLITE_IOERR
    return OperationalError("COMMIT", {}, found)


def _stopped_server() -> BaseException:
    return OperationalError("COMMIT", {}, _ShutDown("terminating connection"))


def _lost() -> BaseException:
    return ConnectionResetError(104, "Connection reset by peer")


def _picture() -> BaseException:
    return PictureFailed("drawing took too long")


def _network() -> BaseException:
    return NetworkError("httpx.ReadError: the connection was closed")


def _ours() -> BaseException:
    return RuntimeError("a mistake of ours")


DATABASE: Final[Mapping[str, Error]] = {"sqlite": _disk, "postgresql": _stopped_server}
ROOMS: Final[Mapping[str, Sequence[Error]]] = {
    "wire": (_network, TimedOut, _ours, asyncio.CancelledError),
    "intake": (_network, TimeoutError, _lost, _ours, asyncio.CancelledError),
    "polling": (_network, TimeoutError, _lost, _ours, asyncio.CancelledError),
}
TO_THE_END: Final = frozenset(
    {
        "writer.begin",
        "writer.commit",
        "writer.roll_back",
        "writer.invalidate",
        "writer.close",
        "database.commit",
        "database.close",
        "alone.leave",
        "alone.raw_connection",
        "alone.invalidate",
        "alone.drop",
        "alone.close_dropped",
    }
)
"""Nobody cancels these: they are brought to their end in a task of their own."""
PLACES: Final[Mapping[str, Sequence[Error]]] = {"wire.draw": (_picture,), "wire.warm": (_picture,)}


NEVER: Final[frozenset[tuple[str, Moment]]] = frozenset(
    {
        ("writer.connect", "after"),
        ("writer.close", "before"),
        ("database.connect", "after"),
        ("database.close", "before"),
        ("writer.invalidate", "before"),
        ("database.invalidate", "before"),
        ("database.dispose", "before"),
        ("alone.dispose", "before"),
        ("alone.close_shared", "before"),
    }
)
"""A connection that is there and that nobody has, or that isn't even tried to close: no driver does that, and it is
lost until somebody tidies up. A program may be killed there."""


def errors(name: str, moment: Moment, dialect: str) -> Sequence[Error]:
    """What may come out of this failpoint."""
    if (name, moment) in NEVER:
        return ()
    of_database = (DATABASE[dialect], _lost, TimeoutError, asyncio.CancelledError)
    found = PLACES.get(name) or ROOMS.get(name.partition(".")[0], of_database)
    return tuple(each for each in found if each is not asyncio.CancelledError or name not in TO_THE_END)
