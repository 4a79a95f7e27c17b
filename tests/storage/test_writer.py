"""Many transactions with one commit on SQLite: who waits together is kept together, and nobody loses by it."""

import asyncio
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.exc import OperationalError

from bot import failpoints
from storage.database import Database
from storage.schema import teams


class Refused(Exception):
    """Raised inside a transaction to end it badly."""


async def add(database: Database, name: str, *, badly: bool = False) -> None:
    async with database.transaction() as db:
        await db.change(insert(teams).values(id=name, name=name))
        if badly:
            raise Refused


async def names(database: Database) -> list[str]:
    async with database.transaction() as db:
        return [row.name for row in await db.rows(select(teams.c.name).order_by(teams.c.name))]


@contextmanager
def counted() -> Iterator[Counter[str]]:
    """How often each place of the writer was come to."""
    seen: Counter[str] = Counter()

    def see(name: str, moment: str) -> None:
        seen[name] += moment == "before"

    with failpoints.watched(see):
        yield seen


@contextmanager
def trouble(place: str, error: Exception) -> Iterator[None]:
    """The first time at this place ends so."""
    left = [error]

    def see(name: str, moment: str) -> None:
        if (name, moment) == (place, "before") and left:
            raise left.pop()

    with failpoints.watched(see):
        yield


async def test_those_who_wait_together_are_committed_together(sqlite: Database) -> None:
    with counted() as seen:
        await asyncio.gather(*(add(sqlite, f"team {number}") for number in range(50)))
    assert len(await names(sqlite)) == 50
    assert seen["writer.commit"] <= 3


async def test_one_after_another_each_has_a_commit_of_its_own(sqlite: Database) -> None:
    with counted() as seen:
        for number in range(5):
            await add(sqlite, f"team {number}")
    assert (seen["writer.begin"], seen["writer.commit"]) == (5, 5)


async def test_one_that_ends_badly_takes_none_of_the_others_along(sqlite: Database) -> None:
    adding = (add(sqlite, f"team {number}", badly=number in (0, 2)) for number in range(5))
    ends = await asyncio.gather(*adding, return_exceptions=True)
    assert [type(each) for each in ends] == [Refused, type(None), Refused, type(None), type(None)]
    assert await names(sqlite) == ["team 1", "team 3", "team 4"]


async def test_a_commit_that_fails_is_said_to_all_that_it_was_for(sqlite: Database) -> None:
    with trouble("writer.commit", sqlite3.OperationalError("database or disk is full")):
        ends = await asyncio.gather(*(add(sqlite, f"team {number}") for number in range(3)), return_exceptions=True)
    assert [type(each) for each in ends] == [OperationalError] * 3
    assert await names(sqlite) == []


async def test_what_sqlite_undoes_by_itself_is_said_to_all_who_were_in_it(sqlite: Database) -> None:
    """As it does when the disk is full."""
    inside = asyncio.Event()

    async def undone() -> None:
        async with sqlite.transaction() as db:
            inside.set()
            await db.change(text("ROLLBACK"))
            raise Refused

    ends = await asyncio.gather(add(sqlite, "team 0"), undone(), add(sqlite, "team 1"), return_exceptions=True)
    assert [type(each) for each in ends] == [OperationalError, Refused, type(None)]
    assert await names(sqlite) == ["team 1"]


async def test_who_leads_may_be_cancelled_and_the_others_are_kept(sqlite: Database) -> None:
    await names(sqlite)
    leading, *others = (asyncio.create_task(add(sqlite, f"team {number}")) for number in range(3))
    await asyncio.sleep(0)
    leading.cancel()
    async with asyncio.timeout(5):
        await asyncio.gather(*others)
    assert {"team 1", "team 2"} <= set(await names(sqlite))


async def test_a_connection_that_cannot_even_roll_back_is_opened_anew(sqlite: Database) -> None:
    with trouble("writer.roll_back", sqlite3.OperationalError("disk I/O error")), pytest.raises(Refused):
        await add(sqlite, "team 0", badly=True)
    with counted() as seen:
        await add(sqlite, "team 1")
    assert (seen["writer.connect"], await names(sqlite)) == (1, ["team 1"])


async def test_a_connection_that_cannot_even_be_closed_keeps_nobody_waiting(sqlite: Database) -> None:
    gone = sqlite3.OperationalError("disk I/O error")
    with trouble("writer.commit", gone), trouble("writer.roll_back", gone), trouble("writer.close", gone):
        async with asyncio.timeout(5):
            adding = (add(sqlite, f"team {number}") for number in range(3))
            ends = await asyncio.gather(*adding, return_exceptions=True)
    await add(sqlite, "team 3")
    assert [str(getattr(each, "orig", each)) for each in ends] == ["disk I/O error"] * 3
    assert await names(sqlite) == ["team 3"]


async def test_a_begin_that_fails_leaves_the_way_free(sqlite: Database) -> None:
    with (
        trouble("writer.begin", sqlite3.OperationalError("database is locked")),
        pytest.raises(OperationalError, match="locked"),
    ):
        await add(sqlite, "team 0")
    await add(sqlite, "team 1")
    assert await names(sqlite) == ["team 1"]


async def test_closing_waits_for_who_is_in(sqlite: Database) -> None:
    """A statement on a connection that is just being closed can crash the program."""
    inside = asyncio.Event()

    async def stay() -> None:
        async with sqlite.transaction() as db:
            inside.set()
            await asyncio.sleep(0.05)
            await db.change(insert(teams).values(id="koivu", name="koivu"))

    staying = asyncio.create_task(stay())
    await inside.wait()
    await sqlite.close()
    await staying
    assert await names(sqlite) == ["koivu"]
