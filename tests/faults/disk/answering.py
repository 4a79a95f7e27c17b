"""A program to be watched: the bot on a SQLite file, a World of memory, and people who answer at once, day after day.

    python -m tests.faults.disk.answering FILE DAYS [SYNCHRONOUS]

The database is set up as in service, unless SYNCHRONOUS says otherwise.
Whenever the bot shows one of them that something was taken, and before the World even hears of it, one line is written
to standard output: `shown answer DRAFT ITEM SCORE` or `shown send DRAFT`. Who watches the writes of this program finds
these lines between them, in their order.
"""

import asyncio
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry
from telegram.request import RequestData

from bot.config import Settings
from bot.domain.instruments import ITEMS
from bot.flood import Flood
from bot.running import running
from bot.sandbox.clock import Clock
from bot.sandbox.phones import Phone
from bot.sandbox.request import WorldRequest
from bot.sandbox.world import World
from storage import Database, Vault
from tests.stage import MONDAY, TOKEN, Play, Sketches, keys

SECRET = "only for tests, and long enough for it"
PEOPLE = 4
PAGES = 150
"""Of the log, before they are copied into the database: a seventh of the usual, so that it happens often in a test."""


class Telling(WorldRequest):
    """Says on standard output what the bot shows as taken, the moment it does. `tapped`: by whom, and which button."""

    __slots__ = ("tapped",)

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self.tapped: dict[str, str] = {}

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *rest: Any, **named: Any
    ) -> tuple[int, bytes]:
        if url.endswith("/editMessageText") and request_data is not None:
            taken = self.tapped.pop(request_data.json_parameters["chat_id"], None)
            if taken is not None:
                os.write(1, f"shown {taken}\n".encode())
        return await super().do_request(url, method, request_data, *rest, **named)


async def answer(file: Path, days: int, synchronous: str | None = None) -> None:
    """Each day one rating outside of a meeting."""
    kept, world, studio = Database(f"sqlite+aiosqlite:///{file}", Vault(SECRET)), World(Clock.at(MONDAY)), Sketches()
    event.listen(kept.engine.sync_engine, "connect", _set_up(synchronous))
    settings = Settings.from_env({"BOT_TOKEN": TOKEN, "SECRET_KEY": SECRET})
    request, now = Telling(world), world.clock.now
    async with running(
        settings, kept, now=now, request=request, polling=WorldRequest(world), studio=studio, flood=Flood(burst=10_000)
    ) as bot:
        play = Play(world, bot, kept, studio)
        await play.becomes_worker(play.nora)
        people = [world.phone(f"client {number}", language="en") for number in range(PEOPLE)]
        for who in people:
            await play.says(who, "KOIVU-27")
            await play.taps(who, "Young person, 13–17", "Yes, I'll join")
        for day in range(days):
            await rate(play, people, request, day)
    await kept.close()


def _set_up(synchronous: str | None) -> Callable[[DBAPIConnection, ConnectionPoolEntry], None]:
    """After the program's own settings of a connection, and over them."""

    def set_up(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        cursor = connection.cursor()
        if synchronous is not None:
            cursor.execute(f"PRAGMA synchronous={synchronous}")
        cursor.execute(f"PRAGMA wal_autocheckpoint={PAGES}")
        cursor.close()

    return set_up


async def rate(play: Play, people: Sequence[Phone], request: Telling, day: int) -> None:
    play.wait(days=8)
    for who in people:
        who.says("/start")
    await play.settle()
    for who in people:
        who.taps("Before the meeting")
    await play.settle()
    for item in ITEMS:
        await tap(play, people, request, str((day + item * 3) % 11))
    await tap(play, people, request, "✓ Send")


async def tap(play: Play, people: Sequence[Phone], request: Telling, label: str) -> None:
    """All at once."""
    for who in people:
        pressed = next(key.data for key in keys(who.screen) if key.text == label)
        request.tapped[str(who.id)] = (pressed or "").replace("/", " ")
        who.taps(label)
    await play.settle()


if __name__ == "__main__":
    asyncio.run(answer(Path(sys.argv[1]), int(sys.argv[2]), *sys.argv[3:4]))
