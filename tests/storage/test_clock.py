"""The clock of all programs on a PostgreSQL: its server's, whatever their machines' clocks show."""

import asyncio
from collections.abc import Callable, Iterator, MutableMapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import structlog
from asyncpg.exceptions import InvalidPasswordError
from sqlalchemy import func, select
from structlog.testing import capture_logs

import storage
from bot import failpoints
from bot.domain.letters import LetterKind
from storage import Database, clock
from storage.clock import Clock
from tests.storage.family import person

Two = tuple[Database, Database]
Logged = list[MutableMapping[str, Any]]
MOMENT = timedelta(seconds=2)
FIVE_MINUTES = timedelta(minutes=5)


@pytest.fixture
def logged() -> Iterator[Logged]:
    with capture_logs() as lines:
        yield lines
    structlog.reset_defaults()


def now() -> datetime:
    return datetime.now(UTC)


def wrong(by: timedelta) -> Callable[[], datetime]:
    """A machine's clock."""
    return lambda: now() + by


async def looked(database: Database, system: Callable[[], datetime]) -> Clock:
    found = Clock(database, system)
    await found.look()
    return found


@pytest.mark.parametrize("by", [FIVE_MINUTES, -FIVE_MINUTES, timedelta(days=-365), timedelta()])
async def test_on_postgresql_the_servers_clock_counts(postgresql: Database, by: timedelta) -> None:
    assert abs((await looked(postgresql, wrong(by)))() - now()) < MOMENT


async def test_on_sqlite_the_machines_clock_counts(sqlite: Database) -> None:
    moment = now() + FIVE_MINUTES
    assert (await looked(sqlite, lambda: moment))() == moment


async def test_it_goes_on_and_a_machines_clock_that_is_set_meanwhile_changes_nothing(postgresql: Database) -> None:
    ahead = [timedelta()]
    found = await looked(postgresql, lambda: now() + ahead[0])
    before, ahead[0] = found(), FIVE_MINUTES
    await asyncio.sleep(0.1)
    assert timedelta(seconds=0.1) <= found() - before < MOMENT


@pytest.mark.parametrize("when", ["first", "last"])
async def test_what_agrees_with_an_answer_that_took_long_is_not_moved_by_it(
    postgresql: Database, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    """Somewhere in between it was true."""
    moment, long = func.clock_timestamp().label("moment"), func.pg_sleep(1)
    monkeypatch.setattr(clock, "_MOMENT", select(moment, long) if when == "first" else select(long, moment))
    assert abs((await looked(postgresql, now))() - now()) < MOMENT / 4


async def test_a_letter_that_is_being_sent_is_left_alone_by_a_program_whose_machine_is_ahead(two: Two) -> None:
    behind, ahead = await looked(two[0], wrong(-FIVE_MINUTES)), await looked(two[1], wrong(FIVE_MINUTES))
    async with two[0].transaction() as db:
        aino = await person(db, "aino")
        await storage.outbox.put(db, LetterKind.CARD, aino.id, {}, key="once", now=behind())
    async with two[0].transaction() as db:
        (letter,) = await storage.outbox.claim(db, now=behind(), most=20)
        assert await storage.outbox.begin_sending(db, letter, now=behind())
    async with two[1].transaction() as db:
        assert await storage.outbox.claim(db, now=ahead(), most=20) == []


async def test_that_a_machines_clock_differs_is_said_once_each_time_that_it_begins(
    postgresql: Database, logged: Logged
) -> None:
    ahead = [timedelta()]
    found = Clock(postgresql, lambda: now() + ahead[0])
    for seconds in (5, 15, 300, 0, -300):
        ahead[0] = timedelta(seconds=seconds)
        await found.look()
    assert [(line["event"], line["seconds"]) for line in logged] == [("clock_differs", 15), ("clock_differs", -300)]


@pytest.mark.parametrize("trouble", [ConnectionRefusedError(), InvalidPasswordError()], ids=["away", "lets nobody in"])
async def test_while_the_server_is_away_it_goes_on_and_looks_again_later(
    postgresql: Database, monkeypatch: pytest.MonkeyPatch, trouble: Exception
) -> None:
    """Whatever is wrong: the program isn't ended by its clock."""
    monkeypatch.setattr(clock, "LOOK_SECONDS", 0.01)
    found, away = Clock(postgresql, wrong(FIVE_MINUTES)), [trouble] * 3

    def see(name: str, moment: failpoints.Moment) -> None:
        if (name, moment) == ("database.connect", "before") and away:
            raise away.pop()

    with failpoints.watched(see):
        keeping = asyncio.create_task(found.keep())
        async with asyncio.timeout(5):
            while away or found() - now() > MOMENT:
                await asyncio.sleep(0.01)
    keeping.cancel()
    with suppress(asyncio.CancelledError):
        await keeping
    assert abs(found() - now()) < MOMENT
