"""Only one at a time in the whole database, each name by itself, in the order in which they ask.

Within this program tasks stand in line before a name. On PostgreSQL the first of the line then asks for the advisory
lock of that name: on the one connection where this program holds all that nobody else wants (a session may hold
thousands), else, behind those of other programs, in PostgreSQL's own line, on a connection of its own.

A lock lives as long as its connection. A program that is killed leaves none behind. When a connection is lost, who held
a lock goes on without it: order is lost for a moment then, and nothing else, because effects are guarded by keys.
"""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any, Final
from weakref import WeakValueDictionary

from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot import log
from bot.failpoints import at, within
from storage import patience
from storage.ending import to_the_end

WAITERS = 7
"""Connections of their own for those who wait for another program. Who finds none free looks again after a moment."""
LOOK_AGAIN_SECONDS = 0.05
WAIT_SECONDS = 300.0
"""Who waits for longer in PostgreSQL's line leaves it, because a server may have vanished meanwhile, and fails. Nobody
holds a lock for so long; in a very long line this costs a place, and nothing else."""
ASK: Final = """
    SELECT CASE WHEN taking THEN pg_try_advisory_lock(number) ELSE pg_advisory_unlock(number) END
    FROM unnest($1::bigint[], $2::boolean[]) AS asked (number, taking)
"""
WAIT: Final = "SELECT pg_advisory_lock($1)"
LEAVE: Final = "SELECT pg_advisory_unlock($1)"

Asked = tuple[int, asyncio.Future[bool] | None]
"""The number of a lock, and where to say whether it was free; None: it is given back, and nobody waits for that."""


class Lines:
    """The tasks of this program, in line before each name."""

    def __init__(self) -> None:
        self._lines: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    def before(self, name: str) -> asyncio.Lock:
        return self._lines.setdefault(name, asyncio.Lock())


class Alone:
    """Who is alone under a name; with the address of a PostgreSQL, among all programs there."""

    def __init__(self, url: str | None = None) -> None:
        self._lines = Lines()
        self._locks = Locks(url) if url is not None else None

    @asynccontextmanager
    async def under(self, name: str) -> AsyncIterator[None]:
        """Wait until it is our turn."""
        async with self._lines.before(name):
            if self._locks is None:
                yield
            else:
                async with self._locks.held(name):
                    yield

    async def close(self) -> None:
        """Give everything back."""
        if self._locks is not None:
            await self._locks.close()


class Locks:
    """Advisory locks of one PostgreSQL. The same name may be asked for again only after it was given back."""

    def __init__(self, url: str) -> None:
        self._engine = create_async_engine(
            url,
            pool_size=WAITERS + 1,
            max_overflow=0,
            connect_args=patience.connecting(patience.ANSWER_SECONDS),
        )
        patience.notice_silence(self._engine)
        event.listen(self._engine.sync_engine, "checkout", patience.must_answer)
        self._shared = _Shared(self._engine)
        self._waiting = 0

    @asynccontextmanager
    async def held(self, name: str) -> AsyncIterator[None]:
        number = number_of(name)
        while not await self._shared.tries(number):
            if self._waiting < WAITERS:
                async with self._waited_for(number):
                    yield
                return
            await asyncio.sleep(LOOK_AGAIN_SECONDS)
        try:
            yield
        finally:
            self._shared.gives_back(number)

    @asynccontextmanager
    async def _waited_for(self, number: int) -> AsyncIterator[None]:
        """In PostgreSQL's line, which is served in order; where it is waited for, there it is held."""
        self._waiting += 1
        try:
            async with within("alone.connection", self._engine.connect()) as connection:
                held = None
                try:
                    await at("alone.wait", (await _driver(connection)).fetchval(WAIT, number, timeout=WAIT_SECONDS))
                    held = number
                    yield
                except BaseException as error:
                    await to_the_end(_left(connection, held), after=error)
                    raise
                await to_the_end(_left(connection, held))
        finally:
            self._waiting -= 1

    async def close(self) -> None:
        try:
            await self._shared.close()
        finally:
            await at("alone.dispose", self._engine.dispose())


def number_of(name: str) -> int:
    """The lock of a name, as PostgreSQL counts them: 64 bits with a sign."""
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), signed=True)


async def _driver(connection: AsyncConnection) -> Any:
    """asyncpg's own connection: no transaction is begun there, and a statement is one message to and fro."""
    return (await at("alone.raw_connection", connection.get_raw_connection())).driver_connection


async def _left(connection: AsyncConnection, number: int | None) -> None:
    """Give back what is held; a connection of which that isn't sure is closed, with all that it holds."""
    try:
        if number is not None:
            driver = await _driver(connection)
            await at("alone.leave", driver.fetchval(LEAVE, number))
            return
    except Exception as error:
        log.event(log.Event.LOCKS_LOST, count=1, error=error)
    await at("alone.invalidate", connection.invalidate())


class _Shared:
    """The connection that holds what nobody else wants. What is asked while it is busy goes there together after it."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._connection: AsyncConnection | None = None
        self._driver: Any = None
        self._asked: list[Asked] = []
        self._talking: asyncio.Task[None] | None = None
        self._held = 0

    async def tries(self, number: int) -> bool:
        """Whether we have it now; nobody else has it, or stands in line for it."""
        answer: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._say((number, answer))
        try:
            return await at("alone.answer", answer)
        except BaseException:
            if not answer.cancel() and _is_yes(answer):
                self.gives_back(number)
            raise

    def gives_back(self, number: int) -> None:
        """What a lost or closed connection held is nobody's any more: no other one is made to say so."""
        if self._connection is not None or self._talks:
            self._say((number, None))

    @property
    def _talks(self) -> bool:
        return self._talking is not None and not self._talking.done()

    def _say(self, asked: Asked) -> None:
        self._asked.append(asked)
        if not self._talks:
            self._talking = asyncio.create_task(self._talk())

    async def _talk(self) -> None:
        while self._asked:
            asked, self._asked = self._asked, []
            try:
                answers = await self._answers(asked)
            except BaseException as error:
                _say_that_it_failed(asked, error)
                if not isinstance(error, Exception):
                    raise
            else:
                for each, yes in zip(asked, answers, strict=True):
                    self._hear(*each, yes)

    async def _answers(self, asked: Sequence[Asked]) -> list[bool]:
        """A connection that was lost meanwhile is made anew once."""
        try:
            return await self._answers_now(asked)
        except Exception:
            return await self._answers_now(asked)

    async def _answers_now(self, asked: Sequence[Asked]) -> list[bool]:
        numbers, taking = [number for number, _ in asked], [answer is not None for _, answer in asked]
        try:
            if self._connection is None:
                self._connection = self._engine.connect()
                await at("alone.connect", self._connection.start())
                self._driver = await _driver(self._connection)
            rows = await at("alone.ask", self._driver.fetch(ASK, numbers, taking))
        except BaseException as error:
            await to_the_end(self._dropped(error), after=error)
            raise
        return [row[0] for row in rows]

    async def _dropped(self, error: BaseException) -> None:
        """It isn't known what such a connection holds: nothing any more."""
        connection, self._connection = self._connection, None
        held, self._held = self._held, 0
        if held:
            log.event(log.Event.LOCKS_LOST, count=held, error=error)
        if connection is not None and connection.sync_connection is not None:
            await at("alone.drop", connection.invalidate())
            await at("alone.close_dropped", connection.close())

    def _hear(self, number: int, answer: asyncio.Future[bool] | None, yes: bool) -> None:
        self._held += yes if answer is not None else -yes
        if answer is not None and not answer.done():
            answer.set_result(yes)
        elif answer is not None and yes:
            self.gives_back(number)

    async def close(self) -> None:
        """What nobody answers any more is broken off: with the connection all goes that it holds."""
        if self._talking is not None:
            _, unanswered = await asyncio.wait([self._talking], timeout=patience.GOODBYE_SECONDS)
            for each in unanswered:
                each.cancel()
            await asyncio.wait([self._talking])
        connection, self._connection = self._connection, None
        if connection is not None:
            await at("alone.close_shared", connection.close())


def _is_yes(answer: asyncio.Future[bool]) -> bool:
    """The answer came at the moment in which nobody waited for it any more."""
    return answer.done() and not answer.cancelled() and answer.exception() is None and answer.result()


def _say_that_it_failed(asked: Sequence[Asked], error: BaseException) -> None:
    for _, answer in asked:
        if answer is None or answer.done():
            continue
        if isinstance(error, asyncio.CancelledError):
            answer.cancel()
        else:
            answer.set_exception(error)
