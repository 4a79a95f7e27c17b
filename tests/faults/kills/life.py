"""One life of the bot, in a child that a warmed parent has forked: it serves until it is killed.

Nothing here is pretended but the pictures: the real intake, courier, storage and HTTP, against a Telegram that outlives
it. What is to die at a failpoint counts them down and kills itself.
"""

import asyncio
import json
import os
import signal
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from telegram.request import BaseRequest

from bot import failpoints
from bot.config import Settings
from bot.running import Running, running
from bot.sandbox.request import WorldRequest
from bot.sandbox.world import World
from storage import Database
from storage.migrations import migrate
from storage.serving import alone
from storage.vault import Vault
from tests.faults.kills.sabotage import switch_off
from tests.stage import TOKEN, Sketches

SECRET = "only for tests, and long enough for it"
AT_MOST_SECONDS = 300
"""After that a life ends by itself, so that none is left over when the tests are killed."""


@dataclass(frozen=True)
class Order:
    """What a life is to be. `ahead`: how many seconds its clock is before the real one. `falls_at`: it kills itself
    at that failpoint, counted from 1; 0: somebody else does. `sabotage`: the mechanism that is switched off in it."""

    database: str
    telegram: str
    role: str
    ahead: float
    falls_at: int = 0
    sabotage: str = ""

    def line(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def read(cls, line: str) -> "Order":
        return cls(**json.loads(line))


class Blank(Sketches):
    """Pictures aren't what is tried: no program is started to draw them."""

    async def warm(self) -> None:
        """It always is."""


@dataclass(frozen=True)
class Lines:
    """Two ways to Telegram, not opened yet: building them takes longer than all else at the start of a life."""

    sending: BaseRequest
    polling: BaseRequest


async def rehearse(folder: Path) -> None:
    """A short life without a network, so that what is read or built at first use is there before the first fork."""
    world = World()
    database = Database(f"sqlite+aiosqlite:///{folder / 'rehearsal.sqlite'}", Vault(SECRET))
    settings = Settings.from_env(_environment(Order("", "http://127.0.0.1", "poll", 0)))
    line = WorldRequest(world)
    await migrate(database)
    async with running(settings, database, now=world.clock.now, request=line, polling=line, studio=Blank()) as bot:
        world.phone("aino", language="en").says("/start")
        bot.intake.take([each.json() for each in world.updates.waiting])
        await bot.intake.quiet()
    await database.close()


def live(order: Order, lines: Lines) -> None:
    """Serve until killed."""
    signal.alarm(AT_MOST_SECONDS)
    with failpoints.watched(_falls(order.falls_at)):
        asyncio.run(_live(order, lines))


def _falls(at: int) -> failpoints.See:
    left = at

    def see(_name: str, _moment: failpoints.Moment) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    return see


async def _live(order: Order, lines: Lines) -> None:
    database, ahead = Database(order.database, Vault(SECRET)), timedelta(seconds=order.ahead)
    settings = Settings.from_env(_environment(order))
    sending, polling = lines.sending, lines.polling

    def now() -> datetime:
        return datetime.now(UTC) + ahead

    if order.sabotage:
        switch_off(order.sabotage)
    async with (
        alone(database, order.role, now=now()),
        running(settings, database, now=now, request=sending, polling=polling, studio=Blank()) as bot,
    ):
        await _ROLES[order.role](bot)


def _environment(order: Order) -> Mapping[str, str]:
    return {"BOT_TOKEN": TOKEN, "BOT_API_URL": order.telegram, "SECRET_KEY": SECRET}


_ROLES: Mapping[str, Callable[[Running], Awaitable[None]]] = {
    "poll": lambda bot: bot.serve(),
    "courier": lambda bot: bot.courier.run(),
}
