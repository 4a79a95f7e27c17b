"""A Telegram that outlives the bot, remembers what it handed out and showed, and lets calls go wrong by chance.

What it remembers is what the verdict is spoken on: which updates were confirmed, which messages reached which phone.
"""

import asyncio
import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from bot.app import author
from bot.sandbox.chats import Bubble
from bot.sandbox.clock import Clock
from bot.sandbox.updates import Update, Updates
from bot.sandbox.weather import Weather
from bot.sandbox.world import Trouble, World

FAULTS: Final = 0.2
"""The share of calls that go wrong."""
COMES_AGAIN: Final = 0.3
"""How often a bot that has just started gets updates that it had confirmed: the server has forgotten that it did."""
AGAIN_AT_MOST: Final = 40


@dataclass(frozen=True)
class Tap:
    """A tap that was handed out: the update's id and the words of the button."""

    update_id: int
    words: tuple[str, ...]


class Remembering(Updates):
    """The queue, which knows what it gave away for good."""

    def __init__(self, clock: Clock, rng: random.Random) -> None:
        super().__init__(clock)
        self._rng = rng
        self._all: dict[int, Update] = {}
        self.confirmed: set[int] = set()
        """The ids that the bot was handed and has confirmed; not those that nobody took for too long."""
        self.polled = asyncio.Event()

    @property
    def count(self) -> int:
        """How many updates were handed out, each counted once."""
        return len(self._all)

    def has_of(self, person: int) -> bool:
        return any(author(each.json()) == person for each in self.waiting)

    def taps(self) -> Iterator[Tap]:
        """The taps among the confirmed."""
        for each in self.confirmed:
            body = self._all[each].json().get("callback_query")
            if body is not None:
                yield Tap(each, tuple(body["data"].split("/")))

    async def poll(self, *, offset: int, limit: int, seconds: float) -> list[Update]:
        self.polled.set()
        self.confirmed.update(each.id for each in self.waiting if each.id < offset)
        found = await super().poll(offset=offset, limit=limit, seconds=seconds)
        self._all.update({each.id: each for each in found})
        return [*self._once_more(), *found] if offset == 0 else found

    def _once_more(self) -> list[Update]:
        """Some of those that were confirmed last, in their order."""
        if self._rng.random() >= COMES_AGAIN:
            return []
        last = sorted(self.confirmed)[-AGAIN_AT_MOST:]
        return [self._all[each] for each in last if self._rng.random() < 0.5]


class Telegram(World):
    """The World of a trial."""

    def __init__(self, seed: int) -> None:
        super().__init__()
        self.queue = Remembering(self.clock, random.Random(f"again {seed}"))
        self.updates = self.queue
        self.shown: list[Bubble] = []
        """Every new message of the bot that reached a phone, in the order in which they did."""
        self.changed: set[int] = set()
        """The chats in which something has changed; whoever looks empties it."""
        self.changes = 0
        self.heard = asyncio.Event()
        self._seed = seed
        self._calls = 0
        self._awaited = 0

    def trouble_with(self, method: str, chat: int | None = None) -> Trouble | None:
        """Each call is asked about once."""
        self._calls += 1
        if self._calls == self._awaited:
            self.heard.set()
        return super().trouble_with(method, chat)

    def listen(self, calls: int) -> None:
        """`heard` is set when so many more calls have come in."""
        self.heard.clear()
        self._awaited = self._calls + calls

    def gets_rough(self) -> None:
        part = FAULTS / 5
        self.weather = Weather(
            self._seed,
            too_many=part,
            failed_before=part,
            failed_after=part,
            dropped_before=part,
            dropped_after=part,
        )

    def calms_down(self) -> None:
        self.weather = None

    def show(self, bubble: Bubble) -> None:
        self.shown.append(bubble)
        self._changes(bubble)
        super().show(bubble)

    def change(self, bubble: Bubble) -> None:
        self._changes(bubble)
        super().change(bubble)

    def remove(self, bubble: Bubble) -> None:
        self._changes(bubble)
        super().remove(bubble)

    def _changes(self, bubble: Bubble) -> None:
        self.changes += 1
        self.changed.add(bubble.chat)
