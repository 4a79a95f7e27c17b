"""A trial: the bot is killed again and again while people answer; at the end it is left in peace, and judged."""

import asyncio
import contextlib
import random
import time
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from signal import SIGKILL
from typing import Any, Final

from bot.sandbox.server import create_server
from bot.sandbox.serving import serving
from storage import Database
from storage.vault import Vault
from tests.faults.kills import verdict
from tests.faults.kills.life import SECRET, Order
from tests.faults.kills.nurses import Nurse, nursery
from tests.faults.kills.telegram import Telegram
from tests.faults.kills.town import Town, founded
from tests.faults.poller import NoDesk
from tests.stage import TOKEN

LOOKS_SECONDS: Final = 0.01
STARTS_SECONDS: Final = 0.1
CALLS: Final = 16
FALLS: Final = 300
"""A life ends: so long after its birth, so long after it first asked for updates (`Trial.lives`), after so many calls
of the Bot API, or by itself at one of so many failpoints."""
SHORTEST_LIVES: Final = 0.15
FIRST_ANSWERS: Final = 2.5
"""Lives last up to so many times as long as the first answer takes, on this database and on this machine: who is always
killed before it gets nowhere, and proves nothing."""
AT_MOST_SECONDS: Final = 2.0
"""Where not much happens: as long as calls or failpoints are waited for."""
PATIENCE: Final = 20.0
LEAPS: Final = ((0.9, 0.0, 5.0), (0.98, 5.0, 70.0), (1.0, 160.0, 200.0))
"""How long nobody serves between two lives, by the bots' clock: up to which chance, from, to. A lease is 60 s, an
outage 150 s."""
LONGEST_WAIT: Final = 16 * 60.0
"""Longer than the courier ever puts a letter off."""
STANDS_STILL_SECONDS: Final = 3.0
GETS_NOWHERE_SECONDS: Final = 30.0
"""In peace: so long without a change on any phone, or with changes that bring nobody any further."""
QUIET_LIVES: Final = 4


class End(Enum):
    """What ends a life, with how many of ten are ended by it."""

    START = 1
    TIME = 2
    CALLS = 3
    FAILPOINT = 4


@dataclass
class Trial:
    """`ahead`: how far the bots' clock is before the real one. `lives`: how many seconds a life lasts at most.
    `ended`: lives that ended otherwise than by a kill."""

    url: str
    database: Database
    telegram: Telegram
    town: Town
    address: str
    nurses: Sequence[Nurse]
    rng: random.Random
    sabotage: str = ""
    kills: int = 0
    ahead: float = 0.0
    lives: float = SHORTEST_LIVES
    ended: list[str] = field(default_factory=list)
    began: float = field(default_factory=time.monotonic)

    # Kills

    async def begin(self) -> None:
        """Let everybody get into the middle of something; from then on calls go wrong."""
        for each in self.nurses:
            await self._bear(each)
        await _patiently(self.telegram.queue.polled, PATIENCE)
        asked = time.monotonic()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                while not self.telegram.changes:
                    await asyncio.sleep(LOOKS_SECONDS)
                takes = FIRST_ANSWERS * (time.monotonic() - asked)
                self.lives = min(max(SHORTEST_LIVES, takes), AT_MOST_SECONDS)
                while not all(rater.answers for rater in self.town.raters):
                    await asyncio.sleep(LOOKS_SECONDS)
        self.telegram.gets_rough()

    async def kill(self, times: int) -> None:
        """Kill a bot so many times, whichever of them, and let it be born again each time."""
        for _ in range(times):
            end = self.rng.choices(list(End), weights=[each.value for each in End])[0]
            some = self.rng.choice(self.nurses)
            for each in self.nurses:
                if not each.has_child:
                    await self._bear(each, falls=each is some and end is End.FAILPOINT)
            await self._ends(some, end)
            self.kills += 1

    async def _bear(self, nurse: Nurse, *, falls: bool = False) -> None:
        chance = self.rng.random()
        self.ahead += next(self.rng.uniform(low, high) for up_to, low, high in LEAPS if chance < up_to)
        falls_at = self.rng.randint(1, FALLS) if falls else 0
        self.telegram.queue.polled.clear()
        await nurse.bear(Order(self.url, self.address, nurse.role, self.ahead, falls_at, self.sabotage))

    async def _ends(self, nurse: Nurse, end: End) -> None:
        if end in (End.TIME, End.CALLS):
            await _patiently(self.telegram.queue.polled, PATIENCE)
        if end is End.CALLS:
            self.telegram.listen(self.rng.randint(1, CALLS))
            await _patiently(self.telegram.heard, AT_MOST_SECONDS)
        seconds = {End.START: self.rng.uniform(0, STARTS_SECONDS), End.TIME: self.rng.uniform(0, self.lives)}
        how = await nurse.end(seconds.get(end, AT_MOST_SECONDS if nurse.falls else 0.0))
        if how != -SIGKILL:
            self.ended.append(f"a life ended by itself with {how}")

    # Peace

    async def leave_in_peace(self) -> None:
        """Nothing goes wrong any more, and everybody finishes what they have begun; then all are killed once more."""
        self.telegram.calms_down()
        self.town.settles()
        for _ in range(QUIET_LIVES):
            for each in self.nurses:
                await each.end(0.0)
                await self._bear(each)
            calm = await self._calm()
            self.ahead += LONGEST_WAIT
            if calm:
                break
        for each in self.nurses:
            await each.end(0.0)

    async def _calm(self) -> bool:
        """Everybody is done and nothing waits; False when the phones stand still for too long, or the people."""
        phones, people = _Still(), _Still()
        while await self._waiting():
            if phones.still(self.telegram.changes) > STANDS_STILL_SECONDS:
                return False
            if people.still([each.stands for each in self.town.minds]) > GETS_NOWHERE_SECONDS:
                return False
            await asyncio.sleep(10 * LOOKS_SECONDS)
        return True

    async def _waiting(self) -> int:
        """People, updates or, when there are none, letters."""
        return self.town.busy or len(self.telegram.updates.waiting) or await verdict.letters_waiting(self.database)

    @property
    def sent(self) -> int:
        """How many ratings were handed in, those that were changed counted twice."""
        return sum(each.sends for rater in self.town.raters for each in rater.answers.values())

    @property
    def story(self) -> str:
        """How much has happened, in one line."""
        a_minute = 60 * self.kills / (time.monotonic() - self.began)
        meetings = sum(len(worker.sessions) for worker in self.town.workers)
        return (
            f"{self.kills} kills, {a_minute:.0f} a minute, {self.telegram.queue.count} updates, "
            f"{meetings} meetings, {self.sent} ratings handed in"
        )

    async def violations(self) -> list[str]:
        found = verdict.violations(self.town, self.telegram, await verdict.kept(self.database))
        return [*self.ended, *found]


@contextlib.asynccontextmanager
async def trial(
    database: Database, folder: Path, *, seed: int, roles: Sequence[str] = ("poll",), sabotage: str = ""
) -> AsyncIterator[Trial]:
    """Everybody taps while the block runs. The bots' own log is `bots.log` in the folder."""
    url = database.engine.url.render_as_string(hide_password=False)
    telegram, database = Telegram(seed), Database(url, Vault(SECRET))
    town = await founded(database, telegram, seed=seed)
    async with contextlib.AsyncExitStack() as stack:
        stack.push_async_callback(database.close)
        app = create_server(telegram, token=TOKEN, desk=NoDesk())
        address = await stack.enter_async_context(serving(app, telegram))
        nurses = [await stack.enter_async_context(nursery(folder / "bots.log", role)) for role in roles]
        looking = asyncio.create_task(_look(telegram, town))
        stack.callback(looking.cancel)
        yield Trial(url, database, telegram, town, address, nurses, random.Random(seed), sabotage)
        if looking.done():
            looking.result()


class _Still:
    """How long something has been the same."""

    def __init__(self) -> None:
        self._seen: object = None
        self._since = time.monotonic()

    def still(self, now: object) -> float:
        """In seconds, when it is `now` like this."""
        if now != self._seen:
            self._seen, self._since = now, time.monotonic()
        return time.monotonic() - self._since


async def _patiently(event: asyncio.Event, seconds: float) -> None:
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(event.wait(), seconds)


async def _look(telegram: Telegram, town: Town) -> None:
    """Everybody looks when their phone has changed, and taps when they have thought long enough."""
    while True:
        changed, telegram.changed = telegram.changed, set()
        for hand in town.hands:
            hand.look(time.monotonic(), news=hand.mind.phone.id in changed)
        await asyncio.sleep(LOOKS_SECONDS)


# In one go

PROGRESS_KILLS: Final = 250


async def tried(
    database: Database, folder: Path, *, kills: int, seed: int | None, say: Callable[[str], None], **how: Any
) -> None:
    """A whole trial, in which nothing may be found. It says how far it is, and with which seed it could be repeated."""
    drawn = _drawn(seed)
    async with trial(database, folder, seed=drawn, **how) as under_way:
        await under_way.begin()
        while under_way.kills < kills:
            await under_way.kill(min(PROGRESS_KILLS, kills - under_way.kills))
            say(f"{database.engine.dialect.name}, seed {drawn}: {under_way.story}")
        await under_way.leave_in_peace()
        found = await under_way.violations()
        say(f"{database.engine.dialect.name}, seed {drawn}: {under_way.story}; {len(found)} violations")
        assert not found, "\n".join([f"seed {drawn}:", *found])
        assert under_way.sent >= kills // 10, f"seed {drawn}: too little has happened to prove anything"


async def broken(database: Database, folder: Path, *, kills: int, seed: int | None, sabotage: str = "") -> list[str]:
    """What a trial finds in a bot that lacks something."""
    async with trial(database, folder, seed=_drawn(seed), sabotage=sabotage) as under_way:
        await under_way.begin()
        await under_way.kill(kills)
        await under_way.leave_in_peace()
        return await under_way.violations()


def _drawn(seed: int | None) -> int:
    return seed if seed is not None else random.SystemRandom().randrange(10_000)
