"""How long a PostgreSQL is waited for that says nothing: a machine that has lost its power or its cable sends no word.

What takes a server too long it ends by itself, and says so. What is here is for one that can't say so any more: each
command has a limit on our side too, and so has parting. A connection on which a limit was passed is thrown away, its
place in the pool is free again, and the others of that pool are made anew before they are used.

Below that the kernel watches. It finds out by itself that nobody is there any more, also where a command has no limit.

Sources:
    Linux, tcp(7): TCP_KEEPIDLE, TCP_KEEPINTVL, TCP_KEEPCNT, TCP_USER_TIMEOUT; PostgreSQL, chapter 19.3.
"""

import socket
from asyncio import Transport
from collections.abc import Mapping
from contextlib import suppress
from time import monotonic
from typing import Any, Final

from asyncpg import Connection
from sqlalchemy import event
from sqlalchemy.engine.interfaces import DBAPIConnection, ExceptionContext
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection

from storage.trouble import SilentError

CONNECT_SECONDS = 10.0
COMMAND_SECONDS = 40.0
"""The server ends a statement after 30 s: from one that is there an answer has come by now."""
ANSWER_SECONDS = 10.0
"""All but a statement, a commit and waiting for a lock is done at once."""
GOODBYE_SECONDS = 1.0
IDLE_SECONDS = 30.0
"""A connection that has lain idle for longer is asked whether anybody is there; each time would cost a message."""
KEEPALIVE: Final = {"tcp_keepalives_idle": "15", "tcp_keepalives_interval": "5", "tcp_keepalives_count": "3"}
"""Half a minute after a machine has vanished, or its cable, the server gives up its connections, and their locks."""
OURS: Final[Mapping[str, int]] = {
    "TCP_KEEPIDLE": 15,
    "TCP_KEEPINTVL": 5,
    "TCP_KEEPCNT": 3,
    "TCP_USER_TIMEOUT": 30_000,
}
"""The same at our end, and for what was sent and isn't acknowledged (in ms), where the system has it."""


class Link(Connection):
    """asyncpg's connection, on a socket that the kernel watches; parting from a server that says nothing has an end."""

    def __init__(self, protocol: Any, transport: Transport, *others: Any) -> None:
        super().__init__(protocol, transport, *others)
        _watch(transport.get_extra_info("socket"))

    async def close(self, *, timeout: float | None = None) -> None:
        """After that time it is closed without the server."""
        limit = GOODBYE_SECONDS if timeout is None else min(timeout, GOODBYE_SECONDS)
        with suppress(TimeoutError):
            await Connection.close(self, timeout=limit)


def _watch(line: socket.socket) -> None:
    """A socket in a folder needs nobody who watches."""
    if line.family not in (socket.AF_INET, socket.AF_INET6):
        return
    line.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for name, value in OURS.items():
        if hasattr(socket, name):
            line.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)


def connecting(command_seconds: float | None, **settings: str) -> dict[str, Any]:
    """What asyncpg is told at each connection. No seconds: a command may take as long as it takes."""
    return {
        "connection_class": Link,
        "timeout": CONNECT_SECONDS,
        "command_timeout": command_seconds,
        "server_settings": {**KEEPALIVE, **settings},
    }


def notice_silence(engine: AsyncEngine) -> None:
    """Whoever passes a limit there hears SilentError."""
    event.listen(engine.sync_engine, "handle_error", _is_silent)


def _is_silent(context: ExceptionContext) -> SilentError | None:
    """A server that didn't answer here won't on its other connections: none of them is used again."""
    if not isinstance(context.original_exception, TimeoutError):
        return None
    context.is_disconnect = context.invalidate_pool_on_disconnect = True
    return SilentError()


# Before a connection is used


def look_before_use(engine: AsyncEngine) -> None:
    """Lost ones, and those that have lain idle and don't answer, are made anew; nobody hears of it."""
    event.listen(engine.sync_engine, "checkout", _must_be_there)
    event.listen(engine.sync_engine, "checkin", _note_when)


def _must_be_there(connection: Any, entry: ConnectionPoolEntry, fairy: PoolProxiedConnection) -> None:
    """
    Raises:
        InvalidatePoolError: the connection is lost, and so may be the others; the pool makes new ones.
    """
    if connection.driver_connection.is_closed():
        raise InvalidatePoolError
    if monotonic() - entry.info.get("idle since", monotonic()) > IDLE_SECONDS:
        must_answer(connection, entry, fairy)


def must_answer(connection: Any, _entry: ConnectionPoolEntry, _: PoolProxiedConnection) -> None:
    """
    Raises:
        InvalidatePoolError: it doesn't, in time.
    """
    try:
        connection.run_async(lambda driver: driver.execute("SELECT 1", timeout=ANSWER_SECONDS))
    except Exception as error:
        raise InvalidatePoolError from error


def _note_when(_: DBAPIConnection | None, entry: ConnectionPoolEntry) -> None:
    entry.info["idle since"] = monotonic()
