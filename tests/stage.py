"""The cast on its stage: the real Application on a World of memory, and people who say and tap.

`play.settle()` lets everything happen that is on its way: updates are taken in, letters are carried out.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.actions import joining
from bot.config import Settings
from bot.running import Running, running
from bot.sandbox.clock import Clock
from bot.sandbox.phones import Phone
from bot.sandbox.request import WorldRequest
from bot.sandbox.world import World
from storage import Database

TOKEN = "7000000001:a-token-of-the-tests-only"
MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
PEOPLE = {
    "nora": "worker",
    "aino": "young person, 15",
    "bo": "child, 9",
    "mother": "mother",
    "father": "father",
    "otto": "worker of another team",
}


@dataclass
class Play:
    """One story: the World with its phones, and the bot behind it."""

    world: World
    bot: Running
    database: Database

    def __getattr__(self, name: str) -> Phone:
        if name not in PEOPLE:
            raise AttributeError(name)
        return self.world.phone(name, title=name.title(), about=PEOPLE[name], language="en")

    async def settle(self) -> None:
        """Let everything happen that can happen now."""
        busy = True
        while busy:
            busy = bool(self.bot.intake.take([each.json() for each in self.world.updates.waiting]))
            await self.bot.intake.quiet()
            while await self.bot.courier.round():
                busy = True
        self.world.updates.clear()

    async def says(self, who: Phone, text: str) -> str:
        """They write; what the bot's newest message says then."""
        who.says(text)
        await self.settle()
        return who.screen.text

    async def taps(self, who: Phone, *buttons: str) -> str:
        """They tap these buttons, one after another, each on what is shown by then."""
        for button in buttons:
            who.taps(button)
            await self.settle()
        return who.screen.text

    async def becomes_worker(self, who: Phone, *, team: str, code: str) -> None:
        async with self.database.transaction() as db:
            _, made = await joining.invite_worker(db, team=team, code=code, role=None, now=self.world.clock.now())
        who.opens(f"https://t.me/kuulolla_bot?start={made.link}")
        await self.settle()

    def wait(self, **time: float) -> None:
        self.world.move_clock(timedelta(**time))


@asynccontextmanager
async def on_stage(database: Database, *, start: datetime = MONDAY) -> AsyncIterator[Play]:
    world = World(Clock.at(start))
    settings = Settings.from_env({"BOT_TOKEN": TOKEN, "SECRET_KEY": "only for tests, and long enough for it"})
    request = WorldRequest(world)
    async with running(settings, database, now=world.clock.now, request=request, polling=WorldRequest(world)) as bot:
        yield Play(world, bot, database)
    assert world.complaints == []
