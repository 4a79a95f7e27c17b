"""Alone under a name: in turn within one program and between several, and what is left when things end badly."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.failpoints import watched
from storage.alone import WAITERS, Alone
from storage.database import Database

ROOT = Path(__file__).parents[2]
HERE = "database = (SELECT oid FROM pg_database WHERE datname = current_database())"
HELD = f"pg_locks WHERE locktype = 'advisory' AND {HERE} AND granted"
HOLDERS = f"(SELECT DISTINCT pid FROM {HELD}) AS holders"
IN_LINE = f"pg_locks WHERE locktype = 'advisory' AND {HERE} AND NOT granted"


@asynccontextmanager
async def programs(database: Database, count: int) -> AsyncIterator[list[Alone]]:
    """As many programs on one PostgreSQL."""
    address = database.engine.url.render_as_string(hide_password=False)
    found = [Alone(address) for _ in range(count)]
    try:
        yield found
    finally:
        for each in found:
            await each.close()


async def counted(database: Database, what: str) -> int:
    async with database.transaction() as db:
        row = await db.row(text(f"SELECT count(*) FROM {what}"))
    assert row is not None
    return int(row[0])


async def until(database: Database, what: str, count: int) -> None:
    """Wait until there are so many, which takes a moment; it fails when there never are."""
    async with asyncio.timeout(5):
        while await counted(database, what) != count:
            await asyncio.sleep(0.005)


async def no_locks(database: Database) -> None:
    await until(database, HELD, 0)


class Broken(Exception):
    """Something has failed, somewhere."""


class Room:
    """Who is in it, and who has been, in order."""

    def __init__(self) -> None:
        self.inside, self.most = 0, 0
        self.came: list[object] = []

    async def visit(
        self, alone: Alone, name: str, who: object, *, seconds: float = 0.0, until: asyncio.Event | None = None
    ) -> None:
        async with alone.under(name):
            self.inside += 1
            self.most = max(self.most, self.inside)
            self.came.append(who)
            await (until.wait() if until else asyncio.sleep(seconds))
            self.inside -= 1


@pytest.fixture(params=["sqlite", "postgresql"])
async def alone(request: pytest.FixtureRequest) -> AsyncIterator[Alone]:
    """One program on each kind of database."""
    on_postgresql = request.param == "postgresql"
    url = request.getfixturevalue("empty_postgresql_url") if on_postgresql else None
    made = Alone(url)
    yield made
    await made.close()


async def test_those_of_one_program_come_in_the_order_in_which_they_ask(alone: Alone) -> None:
    room = Room()
    await asyncio.gather(*(room.visit(alone, "aino", number) for number in range(50)))
    assert (room.came, room.most) == (list(range(50)), 1)


async def test_other_names_are_not_waited_for(alone: Alone) -> None:
    room, leave = Room(), asyncio.Event()
    visits = [asyncio.create_task(room.visit(alone, f"{number}", number, until=leave)) for number in range(300)]
    async with asyncio.timeout(10):
        while room.inside < 300:
            await asyncio.sleep(0.01)
    leave.set()
    await asyncio.gather(*visits)


async def test_who_is_cancelled_in_line_is_passed_over(alone: Alone) -> None:
    room = Room()
    async with alone.under("aino"):
        visits = [asyncio.create_task(room.visit(alone, "aino", number)) for number in range(3)]
        await asyncio.sleep(0)
        visits[1].cancel()
    await asyncio.gather(*visits, return_exceptions=True)
    assert room.came == [0, 2]


async def test_of_several_programs_one_is_in_at_a_time(postgresql: Database) -> None:
    room = Room()
    async with programs(postgresql, 3) as three:
        await asyncio.gather(*(room.visit(each, "aino", number) for number in range(40) for each in three))
    assert (len(room.came), room.most) == (120, 1)


async def test_programs_come_in_the_order_in_which_they_ask(postgresql: Database) -> None:
    room = Room()
    async with programs(postgresql, 4) as (first, *others):
        async with first.under("aino"):
            visits = []
            for number, each in enumerate(others, 1):
                visits.append(asyncio.create_task(room.visit(each, "aino", number)))
                await until(postgresql, IN_LINE, number)
            visits.append(asyncio.create_task(room.visit(first, "aino", 4)))
            await asyncio.sleep(0)
        await asyncio.gather(*visits)
    assert room.came == [1, 2, 3, 4]


async def test_a_name_that_nobody_wants_costs_one_question_and_is_given_back_by_another(postgresql: Database) -> None:
    seen: list[str] = []
    async with programs(postgresql, 1) as (one,):
        async with one.under("aino"):
            pass
        await no_locks(postgresql)
        with watched(lambda name, moment: seen.append(name) if moment == "before" else None):
            async with one.under("aino"):
                pass
            await one.close()
    assert [name for name in seen if name in ("alone.ask", "alone.wait")] == ["alone.ask"] * 2


# What ends badly


async def test_cancelled_at_any_moment_it_leaves_nothing_held(postgresql: Database) -> None:
    room = Room()
    async with programs(postgresql, 2) as (ours, theirs):
        for step in range(60):
            taken = asyncio.create_task(room.visit(theirs, "aino", "theirs", seconds=0.002))
            visit = asyncio.create_task(room.visit(ours, "aino", "ours", seconds=0.002))
            await asyncio.sleep(step / 5000)
            visit.cancel()
            await asyncio.gather(visit, taken, return_exceptions=True)
            room.inside = 0
            async with asyncio.timeout(5):
                await room.visit(theirs, "aino", "theirs")
                await room.visit(ours, "aino", "ours")
        await no_locks(postgresql)


async def test_cancelled_in_the_line_of_postgresql_it_leaves_the_line(postgresql: Database) -> None:
    room = Room()
    async with programs(postgresql, 3) as (first, second, third):
        async with first.under("aino"):
            leaving = asyncio.create_task(room.visit(second, "aino", 2))
            await until(postgresql, IN_LINE, 1)
            leaving.cancel()
            await until(postgresql, IN_LINE, 0)
            staying = asyncio.create_task(room.visit(third, "aino", 3))
            await until(postgresql, IN_LINE, 1)
        await asyncio.gather(leaving, staying, return_exceptions=True)
        await no_locks(postgresql)
    assert room.came == [3]


async def test_what_fails_inside_is_given_back(alone: Alone) -> None:
    room = Room()
    with pytest.raises(LookupError):
        async with alone.under("aino"):
            raise LookupError
    async with asyncio.timeout(5):
        await room.visit(alone, "aino", "somebody")


@pytest.mark.parametrize("place", ["alone.answer", "alone.ask", "alone.raw_connection", "alone.connect"])
@pytest.mark.parametrize("moment", ["before", "after"])
async def test_whatever_fails_while_it_is_asked_for_leaves_nothing_held(
    postgresql: Database, place: str, moment: str
) -> None:
    def fail(name: str, when: str) -> None:
        if (name, when) == (place, moment):
            raise Broken

    room = Room()
    async with programs(postgresql, 2) as (first, second):
        with watched(fail), pytest.raises(Broken):
            await room.visit(first, "aino", "not in")
        await no_locks(postgresql)
        async with asyncio.timeout(5):
            await room.visit(second, "aino", "second")
            await room.visit(first, "aino", "first")
    assert room.came == ["second", "first"]


@pytest.mark.parametrize("place", ["alone.wait", "alone.connection.enter"])
@pytest.mark.parametrize("moment", ["before", "after"])
async def test_whatever_fails_in_line_leaves_nothing_held(postgresql: Database, place: str, moment: str) -> None:
    def fail(name: str, when: str) -> None:
        if (name, when) == (place, moment):
            raise Broken

    room = Room()
    async with programs(postgresql, 2) as (first, second):
        with watched(fail):
            async with first.under("aino"):
                failing = asyncio.create_task(room.visit(second, "aino", "not in"))
                in_line = asyncio.create_task(until(postgresql, IN_LINE, 1))
                await asyncio.wait([failing, in_line], return_when=asyncio.FIRST_COMPLETED)
                in_line.cancel()
            with pytest.raises(Broken):
                await failing
        await no_locks(postgresql)
        async with asyncio.timeout(5):
            await room.visit(second, "aino", "second")
    assert room.came == ["second"]


async def test_when_connections_are_lost_who_is_in_stays_and_the_next_one_comes_in(
    postgresql: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    room = Room()
    async with programs(postgresql, 2) as (first, second):
        async with first.under("aino"):
            await _connections_are_lost(postgresql)
            await room.visit(second, "aino", "second")
            behind = asyncio.create_task(room.visit(first, "aino", "behind"))
            await asyncio.sleep(0)
            assert not behind.done()
        await behind
    assert (room.came, capsys.readouterr().err.count("locks_lost")) == (["second", "behind"], 1)


async def _connections_are_lost(database: Database) -> None:
    others = "pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    async with database.transaction() as db:
        await db.rows(text(f"SELECT pg_terminate_backend(pid) FROM {others}"))


async def test_who_loses_the_connection_on_which_they_waited_is_in_all_the_same(
    postgresql: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    room, came_in, leave = Room(), asyncio.Event(), asyncio.Event()

    async def wait_and_stay(alone: Alone) -> None:
        async with alone.under("aino"):
            came_in.set()
            await leave.wait()

    async with programs(postgresql, 2) as (first, second):
        async with first.under("aino"):
            staying = asyncio.create_task(wait_and_stay(second))
            await until(postgresql, IN_LINE, 1)
        await came_in.wait()
        await first.close()  # when it has heard that its lock is given back: else it has lost one, too
        await _connections_are_lost(postgresql)
        leave.set()
        await staying
        await room.visit(second, "aino", "the next")
    assert (room.came, capsys.readouterr().err.count("locks_lost")) == (["the next"], 1)


async def test_a_database_that_cannot_be_reached_is_said_and_nobody_stays_in_line() -> None:
    nowhere = Alone("postgresql+asyncpg://nobody@/nothing?host=/nowhere")
    for _ in range(2):
        async with asyncio.timeout(5):
            with pytest.raises(FileNotFoundError):
                async with nowhere.under("aino"):
                    pytest.fail("nobody can be alone there")
    await nowhere.close()


HOLDER = """
import asyncio, sys
from storage.alone import WAITERS, Alone

async def hold():
    async with Alone(sys.argv[1]).under("aino"):
        print("in", flush=True)
        await asyncio.sleep(60)

asyncio.run(hold())
"""


async def test_a_program_that_is_killed_leaves_nothing_held(postgresql: Database) -> None:
    address, room = postgresql.engine.url.render_as_string(hide_password=False), Room()
    holder = await asyncio.create_subprocess_exec(
        sys.executable, "-c", HOLDER, address, cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    assert holder.stdout is not None
    assert await holder.stdout.readline() == b"in\n"
    async with programs(postgresql, 1) as (ours,):
        visit = asyncio.create_task(room.visit(ours, "aino", "ours"))
        await until(postgresql, IN_LINE, 1)
        holder.kill()
        async with asyncio.timeout(5):
            await asyncio.gather(visit, holder.communicate())
    assert room.came == ["ours"]


# Many


async def test_who_leaves_when_it_has_been_closed_makes_no_connection_for_it(postgresql: Database) -> None:
    seen: list[str] = []
    async with programs(postgresql, 1) as (alone,):
        with watched(lambda place, moment: seen.append(place) if moment == "before" else None):
            async with alone.under("a"):
                await alone.close()
            await asyncio.sleep(0.05)
    assert (seen.count("alone.connect"), seen.count("alone.close_shared")) == (1, 1)
    await no_locks(postgresql)


async def test_hundreds_are_held_on_one_connection(postgresql: Database) -> None:
    room, leave = Room(), asyncio.Event()
    async with programs(postgresql, 1) as (one,):
        visits = [asyncio.create_task(room.visit(one, f"{number}", number, until=leave)) for number in range(500)]
        await until(postgresql, HELD, 500)
        assert await counted(postgresql, HOLDERS) == 1
        leave.set()
        await asyncio.gather(*visits)
        await no_locks(postgresql)


async def test_those_who_wait_take_few_connections_and_stand_in_nobody_elses_way(postgresql: Database) -> None:
    room, leave, names = Room(), asyncio.Event(), [f"{number}" for number in range(3 * WAITERS)]
    async with programs(postgresql, 2) as (first, second):
        taken = [asyncio.create_task(room.visit(first, name, name, until=leave)) for name in names]
        await until(postgresql, HELD, len(names))
        waiting = [asyncio.create_task(room.visit(second, name, name)) for name in names]
        await until(postgresql, IN_LINE, WAITERS)
        await room.visit(second, "somebody else", "somebody else")
        leave.set()
        await asyncio.gather(*taken, *waiting)
        await no_locks(postgresql)
    assert sorted(map(str, room.came)) == sorted([*names, *names, "somebody else"])
