"""A PostgreSQL that goes silent without a word: who waits for it hears so, and nothing is held for its sake."""

import asyncio
import socket
from collections.abc import AsyncIterator, Coroutine
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import insert, select, text

import storage
from bot.failpoints import watched
from storage.database import Database
from storage.schema import teams
from storage.trouble import SilentError, can_not_now
from storage.vault import Vault
from tests.cable import Cable, laid, put_out_the_others

Ends = tuple[Cable, Database]

SHORT = 1.0
LONG_ENOUGH = 20.0
TOO_LONG = 5 * LONG_ENOUGH
NOW = datetime(2024, 3, 1, 12, tzinfo=UTC)


class Refused(Exception):
    """Raised inside a transaction to end it badly."""


slow_commands = pytest.mark.parametrize("command_seconds", [TOO_LONG])
"""What has to come to its end does so before the limit of a command."""


@pytest.fixture
def command_seconds() -> float:
    return SHORT


@pytest.fixture
async def ends(
    postgresql: Database, vault: Vault, monkeypatch: pytest.MonkeyPatch, command_seconds: float
) -> AsyncIterator[Ends]:
    """A cable, and a database at its other end that nobody is patient with."""
    monkeypatch.setattr("storage.patience.COMMAND_SECONDS", command_seconds)
    monkeypatch.setattr("storage.patience.ANSWER_SECONDS", SHORT)
    monkeypatch.setattr("storage.patience.CONNECT_SECONDS", TOO_LONG)
    async with laid(postgresql.engine.url) as (cable, url):
        database = Database(url, vault)
        yield cable, database
        cable.mend()
        await ended(database.close())


async def ended(work: Coroutine[Any, Any, Any]) -> BaseException | None:
    """How it ends, in time; a cable that is still dead by then is nothing that it would wait for."""
    task = asyncio.create_task(work)
    await asyncio.wait([task], timeout=LONG_ENOUGH)
    if not task.done():
        pytest.fail("it waits for a server that isn't there")
    return task.exception()


async def add(database: Database, name: str, cable: Cable | None = None) -> None:
    """Two statements; the cable is cut between them."""
    async with database.transaction() as db:
        await db.change(insert(teams).values(id=name, name=name))
        if cable is not None:
            cable.cut()
        await db.rows(select(teams))


async def names(database: Database) -> list[str]:
    async with database.transaction() as db:
        return [row.name for row in await db.rows(select(teams.c.name).order_by(teams.c.name))]


def free(database: Database) -> bool:
    pool: Any = database.engine.pool
    return bool(pool.checkedout() == 0)


async def test_a_server_that_goes_silent_in_the_middle_of_transactions_leaves_none_of_them_waiting(ends: Ends) -> None:
    cable, database = ends
    everybody_is_in = asyncio.Barrier(10)

    async def add_one(name: str) -> None:
        async with database.transaction() as db:
            await db.change(insert(teams).values(id=name, name=name))
            await everybody_is_in.wait()
            cable.cut()
            await db.rows(select(teams))

    how = await asyncio.gather(*(ended(add_one(f"{number}")) for number in range(10)))
    cable.mend()
    assert ([type(each) for each in how], free(database)) == ([SilentError] * 10, True)
    assert await asyncio.gather(*(names(database) for _ in range(30))) == [[]] * 30


@slow_commands
async def test_what_a_silent_server_would_have_to_roll_back_is_not_waited_for(ends: Ends) -> None:
    cable, database = ends

    async def add_and_fail() -> None:
        async with database.transaction() as db:
            await db.change(insert(teams).values(id="one", name="pihlaja"))
            cable.cut()
            raise Refused

    how = await ended(add_and_fail())
    cable.mend()
    assert (type(how), free(database)) == (SilentError, True)
    assert await names(database) == []


@slow_commands
async def test_who_is_cancelled_before_a_silent_server_is_let_go_as_cancelled(ends: Ends) -> None:
    cable, database = ends
    inside = asyncio.Event()

    async def stay() -> None:
        async with database.transaction() as db:
            await db.change(insert(teams).values(id="one", name="pihlaja"))
            cable.cut()
            inside.set()
            await asyncio.sleep(60)

    staying = asyncio.create_task(stay())
    await inside.wait()
    staying.cancel()
    await asyncio.wait([staying], timeout=LONG_ENOUGH)
    cable.mend()
    assert (staying.done() and staying.cancelled(), free(database)) == (True, True)
    assert await names(database) == []


@pytest.mark.parametrize("arrived", [True, False])
async def test_a_commit_that_nobody_answers_is_no_commit_and_what_is_tried_again_happens_once(
    ends: Ends, postgresql: Database, arrived: bool
) -> None:
    """Whether it came to the server or not: the update's own id says so when it comes again."""
    cable, database = ends

    def see(name: str, moment: str) -> None:
        if (name, moment) == ("database.commit", "before"):
            (cable.lose_answers if arrived else cable.cut)()

    with watched(see):
        how = await ended(record(database))
    cable.mend()
    await put_out_the_others(postgresql)
    assert (type(how), how is not None and can_not_now(how), free(database)) == (SilentError, True, True)
    assert await record(database) is not arrived


async def record(database: Database) -> bool:
    """Whether it is new."""
    async with database.transaction() as db:
        return await storage.updates.record(db, 7, now=NOW)


async def test_those_who_come_after_a_silence_are_not_let_down_by_connections_of_before(ends: Ends) -> None:
    """One has heard nothing: the others that lie idle aren't tried one after the other."""
    cable, database = ends
    await asyncio.gather(*(names(database) for _ in range(10)))
    cable.cut()
    first = await ended(names(database))
    cable.mend()
    assert type(first) is SilentError
    assert await asyncio.gather(*(names(database) for _ in range(10))) == [[]] * 10


@slow_commands
async def test_a_connection_that_went_silent_while_it_lay_idle_is_not_used(
    ends: Ends, monkeypatch: pytest.MonkeyPatch
) -> None:
    cable, database = ends
    monkeypatch.setattr("storage.patience.IDLE_SECONDS", -1.0)
    await names(database)
    cable.cut()
    cable.mend()
    assert await ended(names(database)) is None


@slow_commands
async def test_a_program_ends_beside_a_silent_server(ends: Ends) -> None:
    cable, database = ends
    async with database.alone("aino"):
        await names(database)
    cable.cut()
    assert await ended(database.close()) is None


async def test_who_reads_everything_or_changes_tables_is_not_hurried(ends: Ends) -> None:
    _, database = ends
    longer = text(f"SELECT pg_sleep({2 * SHORT})")
    async with database.snapshot() as connection:
        await connection.execute(longer)
    async with database.migrating() as connection:
        await connection.execute(longer)
    with pytest.raises(SilentError):
        async with database.transaction() as db:
            await db.rows(longer)


# Alone under a name


async def test_a_lock_is_taken_anew_when_the_server_had_gone_silent(ends: Ends, postgresql: Database) -> None:
    cable, database = ends
    async with database.alone("aino"):
        cable.cut()
    cable.mend()
    await put_out_the_others(postgresql)
    assert await ended(visit(database)) is None


async def visit(database: Database) -> None:
    async with database.alone("aino"):
        pass


async def test_who_stands_in_line_before_a_silent_server_hears_so_and_gets_in_the_next_time(
    ends: Ends, postgresql: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.alone.WAIT_SECONDS", SHORT)
    cable, database = ends
    async with postgresql.alone("aino"):
        in_line = asyncio.create_task(ended(visit(database)))
        await somebody_waits(postgresql)
        cable.cut()
        assert isinstance(await in_line, TimeoutError)
        cable.mend()
    await put_out_the_others(postgresql)
    assert await ended(visit(database)) is None


async def test_nobody_is_made_to_stand_in_line_on_a_connection_that_went_silent_while_it_lay_idle(
    ends: Ends, postgresql: Database
) -> None:
    cable, database = ends
    await wait_in_line(database, postgresql)
    cable.cut()
    cable.mend()
    await put_out_the_others(postgresql)
    await wait_in_line(database, postgresql)


async def wait_in_line(database: Database, other: Database) -> None:
    """The other one is in, and comes out when somebody waits."""
    async with other.alone("aino"):
        in_line = asyncio.create_task(ended(visit(database)))
        await somebody_waits(other)
    assert await in_line is None


async def test_who_stands_in_line_for_longer_than_anything_else_may_take_gets_in(
    ends: Ends, postgresql: Database
) -> None:
    _, database = ends
    async with postgresql.alone("aino"):
        in_line = asyncio.create_task(ended(visit(database)))
        await somebody_waits(postgresql)
        await asyncio.sleep(3 * SHORT)
    assert await in_line is None


async def somebody_waits(database: Database) -> None:
    waits = text("SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
    async with asyncio.timeout(LONG_ENOUGH):
        found = False
        while not found:
            async with database.transaction() as db:
                found = await db.row(waits) is not None


# The kernel


async def test_the_kernel_watches_each_connection_over_a_network(ends: Ends, postgresql: Database) -> None:
    _, database = ends
    lines = [await line_of(each) for each in (database, postgresql)]
    asked = [(socket.SOL_SOCKET, socket.SO_KEEPALIVE), (socket.IPPROTO_TCP, socket.TCP_KEEPIDLE)]
    asked += [(socket.IPPROTO_TCP, each) for each in (socket.TCP_KEEPINTVL, socket.TCP_KEEPCNT)]
    assert lines[1].family == socket.AF_UNIX
    assert [lines[0].getsockopt(*each) for each in asked] == [1, 15, 5, 3]
    assert lines[0].getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT) == 30_000


async def line_of(database: Database) -> socket.socket:
    async with database.engine.connect() as connection:
        driver: Any = (await connection.get_raw_connection()).driver_connection
        line: socket.socket = driver._transport.get_extra_info("socket")
        return line
