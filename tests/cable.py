"""A cable between a program and a PostgreSQL: it can go dead so that nobody at either end hears of it."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import URL, text

from storage import Database

PORT = 5432  # by which a server names its socket


@dataclass(eq=False)
class Strand:
    """One connection: what is said into a dead one isn't heard at the other end, and neither is that somebody left."""

    ends: tuple[asyncio.StreamWriter, asyncio.StreamWriter]
    asks: bool
    answers: bool


@dataclass
class Cable:
    """To the socket `place`. What was connected when it was cut stays dead, as with a machine that lost its power."""

    place: Path
    _strands: list[Strand] = field(default_factory=list)
    _carrying: set[asyncio.Task[None]] = field(default_factory=set)
    _dead: bool = False

    def cut(self) -> None:
        """Nothing gets through any more, and nothing of who connects from now on until it is mended."""
        self._dead = True
        for strand in self._strands:
            strand.asks = strand.answers = False

    def lose_answers(self) -> None:
        """What is said on the connections that there are still comes to the server, which is heard by nobody."""
        for strand in self._strands:
            strand.answers = False

    def mend(self) -> None:
        """Who connects from now on gets through."""
        self._dead = False

    def join(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._keep(self._joined(reader, writer))

    async def _joined(self, asks: asyncio.StreamReader, program: asyncio.StreamWriter) -> None:
        answers, server = await asyncio.open_unix_connection(str(self.place))
        strand = Strand((program, server), not self._dead, not self._dead)
        self._strands.append(strand)
        self._keep(_carried(asks, server, lambda: strand.asks))
        self._keep(_carried(answers, program, lambda: strand.answers))

    def _keep(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._carrying.add(task)
        task.add_done_callback(self._carrying.discard)

    async def end(self) -> None:
        """Both ends hear that it is over, also of what was dead."""
        for end in (end for strand in self._strands for end in strand.ends):
            end.transport.abort()
        while self._carrying:
            await asyncio.wait(self._carrying)


async def _carried(said: asyncio.StreamReader, end: asyncio.StreamWriter, is_alive: Callable[[], bool]) -> None:
    with suppress(ConnectionError):
        while words := await said.read(2**16):
            if is_alive():
                end.write(words)
    if is_alive():
        end.close()


@asynccontextmanager
async def laid(url: URL) -> AsyncIterator[tuple[Cable, str]]:
    """A cable to the server of this address, and the address at its other end."""
    cable = Cable(Path(str(url.query["host"]), f".s.PGSQL.{PORT}"))
    async with await asyncio.start_server(cable.join, "127.0.0.1", 0) as listener:
        port = listener.sockets[0].getsockname()[1]
        try:
            yield cable, url.set(host="127.0.0.1", port=port, query={}).render_as_string(hide_password=False)
        finally:
            await cable.end()


async def put_out_the_others(database: Database) -> None:
    """As the server does itself after a while: until then it holds what who vanished has written, and their locks."""
    others = "datname = current_database() AND pid <> pg_backend_pid()"
    async with database.transaction() as db:
        await db.rows(text(f"SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE {others}"))
