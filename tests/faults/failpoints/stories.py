"""A story of people who do what they have come for, whatever happens to the bot: they tap again when nothing comes.

The bot lives behind it and may fail, stop or be killed; then another one begins on the same database and World. Updates
come again until they are confirmed, as Telegram does it, and the clock moves on to whatever is due next.
"""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import select

from bot import failpoints
from bot.config import Settings
from bot.flood import Flood
from bot.running import running
from bot.sandbox.chats import Bubble
from bot.sandbox.phones import Phone
from bot.sandbox.request import WorldRequest
from bot.sandbox.world import World
from storage import Database, schema
from storage.vault import Vault
from tests.stage import TOKEN, Play, Sketches, keys

SECRET: Final = "only for tests, and long enough for it"
HORIZON: Final = timedelta(minutes=20)
"""As long as letters are waited for: a lease, any pause of the courier, and none of the evening's reminders."""
ROUNDS: Final = 60
TRIES: Final = 5
SAVED: Final = "answers have been saved"

See = failpoints.See


class Blank(Sketches):
    """Nobody needs to get ready for blank sheets."""

    async def warm(self) -> None:
        """It always is."""


@dataclass
class Story(Play):
    """`see` is told of each failpoint that the bot comes to, and of nothing that the story does by itself.

    `step` is the number of the scene's step that is next, or `under_way`. `redoing`: it is begun anew after a death, so
    what it leads to may be there already. `troubles` is what came out of the bot.
    """

    url: str = ""
    see: See = field(default=lambda name, moment: None)
    step: int = 0
    under_way: bool = False
    redoing: bool = False
    troubles: list[str] = field(default_factory=list)
    _life: AsyncExitStack = field(default_factory=AsyncExitStack)
    _stopped: bool = False

    # Lives

    async def begin(self) -> None:
        """A program is started; one that fails at its start is started again."""
        for attempt in range(TRIES):
            self._life, self._stopped = AsyncExitStack(), False
            self.database = Database(self.url, Vault(SECRET))
            self._life.push_async_callback(self.database.close)
            try:
                with failpoints.watched(self._sees):
                    self.bot = await self._life.enter_async_context(self._running())
                return
            except BaseException as error:
                await self._life.aclose()
                if attempt == TRIES - 1:
                    raise
                self.troubles.append(repr(error))

    def _running(self) -> Any:
        settings = Settings.from_env({"BOT_TOKEN": TOKEN, "SECRET_KEY": SECRET})
        ways = {"request": WorldRequest(self.world), "polling": WorldRequest(self.world)}
        patient = Flood(burst=10_000)
        now = self.world.clock.now
        return running(settings, self.database, now=now, studio=self.studio, flood=patient, **ways)

    async def end(self) -> None:
        """A courier that was stopped finishes what it carries."""
        carried = self.bot.courier._carrying
        if carried:
            await asyncio.wait(carried)
        await self._life.aclose()

    def _sees(self, name: str, moment: failpoints.Moment) -> None:
        try:
            self.see(name, moment)
        except asyncio.CancelledError:
            self._stopped = True
            raise

    async def works(self, work: Callable[[], Any]) -> Any:
        """Let the bot do this, watched. What comes out of it is kept; a bot that was stopped by it begins anew."""
        with failpoints.watched(self._sees):
            task = asyncio.ensure_future(work())
            await asyncio.wait([task])
        failed = task.cancelled() or task.exception() is not None
        if failed:
            self.troubles.append("stopped" if task.cancelled() else repr(task.exception()))
        if self._stopped:
            await self.end()
            await self.begin()
        return failed or self._stopped or task.result()

    # Until nothing more happens

    async def settle(self) -> None:
        for _ in range(ROUNDS):
            busy = await self.works(self._takes)
            busy = await self.works(self.bot.courier.round) or busy
            if not busy and not await self._moves_on():
                return
        raise AssertionError(f"it never comes to rest: {self.troubles}")

    async def _takes(self) -> bool:
        """As Telegram hands them out: all that isn't confirmed."""
        updates, intake = self.world.updates, self.bot.intake
        waiting = await updates.poll(offset=intake.offset, limit=100, seconds=0)
        fresh = intake.take([each.json() for each in waiting])
        await intake.quiet()
        await updates.poll(offset=intake.offset, limit=100, seconds=0)
        return fresh > 0

    async def _moves_on(self) -> bool:
        """The clock goes to when the next letter can be tried, if that is soon."""
        now = self.world.clock.now()
        soon = [each for each in await self._due() if now < each <= now + HORIZON]
        if soon:
            self.world.clock.travel(min(soon))
        return bool(soon)

    async def _due(self) -> list[datetime]:
        letters, persons = schema.letters.c, schema.persons.c
        rows = await self.sql(
            select(letters.not_before, letters.leased_until, persons.held_until)
            .join(schema.persons, persons.id == letters.person_id)
            .where(letters.state.in_(("waiting", "sending")))
        )
        return [max(moment for moment in row if moment is not None) for row in rows]

    # What people do

    async def until(self, who: Phone, act: Callable[[], object], then: str) -> None:
        """They do it, and again, until they see what they have come for: these words, or a button that says so."""
        if self.redoing:
            await self.settle()
            if sees(who, then):
                return
        for _ in range(TRIES):
            act()
            await self.settle()
            if sees(who, then):
                return
        raise AssertionError(f"{who.name} never sees {then!r}: {self.troubles}")

    async def tells(self, who: Phone, text: str, then: str) -> None:
        await self.until(who, lambda: who.says(text), then)

    async def presses(self, who: Phone, data: str, then: str) -> None:
        """They tap the newest button that says this; where there is none they ask for the menu."""

        def press() -> None:
            found = next(buttons_of(who, data), None)
            who.forges(*found) if found else who.says("/start")

        await self.until(who, press, then)

    async def uses_up(self, who: Phone, data: str) -> None:
        """They tap the button that says this until it is there no more."""
        await self.settle()
        for _ in range(TRIES):
            found = next(buttons_of(who, data), None)
            if found is None:
                return
            who.forges(*found)
            await self.settle()
        raise AssertionError(f"{who.name} still sees {data!r}: {self.troubles}")

    async def answers(self, who: Phone, *scores: int) -> None:
        """They answer whatever they are asked and hand it in, until they are thanked."""
        for _ in range(10 * TRIES):
            asked = next((each for each in newest(who) if SAVED in each.text or _asks(each)), None)
            if asked is not None and SAVED in asked.text:
                return
            self._answer(who, asked, scores)
            await self.settle()
        raise AssertionError(f"{who.name} is never thanked: {self.troubles}")

    def _answer(self, who: Phone, asked: Bubble | None, scores: tuple[int, ...]) -> None:
        if asked is None:
            found = next(buttons_of(who, "show/"), None) or next(buttons_of(who, "begin/"), None)
            who.forges(*found) if found else who.says("/start")
            return
        verb, draft, *rest = _asks(asked).split("/")
        data = f"send/{draft}" if verb == "send" else f"answer/{draft}/{rest[0]}/{scores[int(rest[0]) - 1]}"
        who.forges(data, asked.id)


def newest(who: Phone) -> Iterator[Bubble]:
    """The bot's messages in the chat, the newest first."""
    return (each for each in reversed(who.sees) if each.author is None)


def buttons_of(who: Phone, data: str) -> Iterator[tuple[str, int]]:
    """Buttons that begin like this, the newest first: all that they say, and their message."""
    found = ((key.data, bubble.id) for bubble in newest(who) for key in keys(bubble))
    return ((says, message) for says, message in found if says is not None and says.startswith(data))


def sees(who: Phone, what: str) -> bool:
    """Whether these words, or a button that says this, stand in the chat."""
    return any(what in bubble.text for bubble in newest(who)) or next(buttons_of(who, what), None) is not None


def _asks(bubble: Bubble) -> str:
    """What a button says by which a question is answered, or answers are sent; empty when there is none."""
    asked = [key.data for key in keys(bubble) if key.data and key.data.split("/")[0] in {"answer", "send"}]
    return asked[0] if asked else ""


def story(url: str, world: World, see: See) -> Story:
    """On this database and in this World, not begun yet."""
    nobody: Any = None
    return Story(world, nobody, nobody, Blank(), url=url, see=see)
