"""Alone under a name: in turn within one program and between several, and what is left when things end badly."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from sqlalchemy import text

from bot.failpoints import watched
from storage.alone import Alone
from storage.database import Database

HERE = "database = (SELECT oid FROM pg_database WHERE datname = current_database())"
HELD = f"pg_locks WHERE locktype = 'advisory' AND {HERE} AND granted"
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


class Room:
    """Who is in it, and who has been, in order."""

    def __init__(self) -> None:
        self.inside, self.most = 0, 0
        self.came: list[object] = []

    async def visit(self, alone: Alone, name: str, who: object, *, seconds: float = 0.0) -> None:
        async with alone.under(name):
            self.inside += 1
            self.most = max(self.most, self.inside)
            self.came.append(who)
            await asyncio.sleep(seconds)
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
    room = Room()
    await asyncio.gather(*(room.visit(alone, f"person {number}", number, seconds=0.2) for number in range(300)))
    assert (sorted(map(str, room.came)), room.most) == (sorted(map(str, range(300))), 300)


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
