"""Telegram can't be reached for six hours: nothing is lost by it, nobody hammers at the door, and then all goes on."""

import asyncio
import shutil
from collections import Counter
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.pool import QueuePool

import storage
from bot import failpoints
from bot.actions import ratings
from bot.courier import loop
from bot.domain.instruments import ITEMS
from bot.domain.letters import LetterKind
from storage import Database, Vault
from tests import postgres
from tests.faults.disk.life import Written, heard, lines, names_nobody, waiting
from tests.faults.floods.hours import Hours, run
from tests.stage import Family, Play, Sketches, data, on_stage

HOUR = 3600.0
PATIENCE = 30 * 60.0
"""Seconds after which everything has gone out when Telegram is back: letters are tried again every 15 to 23 minutes."""
AWAY = "🌿 We were away for a while. Go on here when you like."
INVITED = "🔔 An invitation was taken"
PUT_MEANWHILE = """
    SELECT kind, state FROM letters
    WHERE made_at > '2026-03-02 09:30' AND kind NOT IN ('card', 'shown_again') ORDER BY id
"""
A_MINUTE = {"polling.fetch": 6.1, "courier.send": 1.1, "begin": 70}
"""At most, while Telegram is away."""
BEGINS = ("writer.begin", "database.begin")
"""A transaction, on a database of each kind."""

Story = Callable[[Play, Family], Coroutine[Any, Any, None]]
Tell = Callable[[Story], None]


class Ready(Sketches):
    """Has nothing to get ready, which would take real time."""

    async def warm(self) -> None:
        return


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, sqlite_template: Path, tmp_path: Path) -> str:
    """An empty database of each kind."""
    if request.param == "postgresql":
        server: postgres.Server = request.getfixturevalue("postgres_template")
        return server.fresh(template="template")
    return f"sqlite+aiosqlite:///{shutil.copyfile(sqlite_template, tmp_path / 'kuulolla.sqlite')}"


@pytest.fixture
def tell(url: str, vault: Vault, long: bool, monkeypatch: pytest.MonkeyPatch) -> Tell:
    """Tell a story of a family in a meeting, with the bot as in service, on the time of a hasty clock.

    In its short form the courier looks into the outbox each minute instead of each second.
    """
    if not long:
        monkeypatch.setattr(loop, "LOOK_AGAIN_SECONDS", 60.0)

    def told(story: Story) -> None:
        run(lambda hours: _staged(hours, url, vault, story))

    return told


async def _staged(hours: Hours, url: str, vault: Vault, story: Story) -> None:
    database = Database(url, vault)
    hours.busy = partial(_is_asked, database)
    async with on_stage(database, studio=Ready()) as play:
        family = await in_a_meeting(play)
        hours.passed = lambda seconds: play.world.move_clock(timedelta(seconds=seconds))
        async with served(play):
            await story(play, family)
    await database.close()


def _is_asked(database: Database) -> bool:
    """Whether the database is at work for somebody, which takes real time."""
    if database._writer is not None:
        return database._writer._turn.locked()
    locks, pool = database._alone._locks, database.engine.pool
    assert locks is not None
    assert isinstance(pool, QueuePool)
    return pool.checkedout() > 0 or locks._shared._talks


async def in_a_meeting(play: Play) -> Family:
    """Aino has answered two of four, Bo and Father haven't begun."""
    family = await play.family("bo", "father")
    await play.starts_meeting(play.nora, family)
    await play.taps(play.aino, "7", "0")
    return family


@asynccontextmanager
async def served(play: Play) -> AsyncIterator[None]:
    serving = asyncio.create_task(play.bot.serve())
    try:
        await asyncio.sleep(60)
        yield
    finally:
        serving.cancel()
        with suppress(asyncio.CancelledError):
            await serving


async def invitation_taken(play: Play, rater: str) -> None:
    """A letter to Nora."""
    async with play.database.transaction() as db:
        nora, now = await play._met(db, play.nora), play.world.clock.now()
        await storage.outbox.put(db, LetterKind.JOINED, nora.id, {"rater": rater}, key=str(now), now=now)


async def bo_hands_in(play: Play, score: int) -> None:
    """His taps had come in just before; a letter that asks him for it is on its way, too."""
    draft = data(play.bo, "answer/").split("/")[1]
    async with play.database.transaction() as db:
        bo, now = await play._met(db, play.bo), play.world.clock.now()
        await storage.outbox.put(db, LetterKind.REQUEST, bo.id, {"draft": draft}, key="once more", now=now)
        for item in ITEMS:
            await ratings.answer(db, bo, draft, item, score, now=now)
        await ratings.hand_in(db, bo, draft, now=now)


def test_after_six_hours_without_telegram_letters_go_out_in_order_and_nothing_is_lost(
    tell: Tell, written: Written
) -> None:
    """Until then nobody hammers at its door, or at the database's."""
    calls = Counter[str]()

    def see(name: str, moment: failpoints.Moment) -> None:
        calls["begin" if name in BEGINS else name] += moment == "before"

    async def story(play: Play, family: Family) -> None:
        before = len(heard(play.nora))
        play.world.away(timedelta(hours=6))
        with failpoints.watched(see):
            await asyncio.sleep(HOUR)
            await invitation_taken(play, family.raters["father"])
            await asyncio.sleep(HOUR)
            await bo_hands_in(play, 10)
            await asyncio.sleep(HOUR)
            await invitation_taken(play, family.raters["bo"])
            await asyncio.sleep(3 * HOUR - 60)
        assert heard(play.nora)[before:] == []
        await asyncio.sleep(60 + PATIENCE)
        assert [line.split(" (alert")[0] for line in heard(play.nora)[before:]] == [
            "🔔 Something to talk about together",
            INVITED,
            INVITED,
            f"📈 {family.label}",
        ]
        assert [(row.kind, row.state) for row in await play.sql(PUT_MEANWHILE)] == [
            ("joined", "sent"),
            ("request", "void"),
            ("alert", "sent"),
            ("unopened", "waiting"),
            ("picture", "sent"),
            ("joined", "sent"),
        ]
        assert names_nobody(play, written)

    tell(story)
    assert [line["event"] for line in lines(written)] == ["telegram_unreachable", "telegram_reached", "outage_over"]
    assert {name for name, most in A_MINUTE.items() if calls[name] > 6 * 60 * most} == set()
    assert set(A_MINUTE) < set(calls)


def test_after_six_hours_without_telegram_who_was_in_the_middle_is_shown_where_they_are_once(
    tell: Tell, written: Written
) -> None:
    """A tap of that time is gone at Telegram, a message isn't."""

    async def story(play: Play, _: Family) -> None:
        play.world.away(timedelta(hours=6))
        play.aino.taps("9")
        play.father.says("/start")
        await asyncio.sleep(6 * HOUR + PATIENCE)
        seen = {phone.name: heard(phone).count(AWAY) for phone in play.world.phones}
        assert seen == {"nora": 0, "aino": 1, "bo": 1, "father": 1}
        assert ("3/4" in play.aino.screen.text, waiting(play)) == (True, [])
        play.aino.taps("9")
        await asyncio.sleep(60)
        assert "4/4" in play.aino.screen.text

    tell(story)
