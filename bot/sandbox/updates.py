"""The queue of updates: growing ids, confirmed by offset, waited for by long polling or taken by a webhook.

Source:
    Bot API, getUpdates. How long the server keeps an update that nobody takes: a tap 150 s, anything else 24 h.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import chain, islice
from typing import Any, Final

from bot.sandbox.clock import Clock
from bot.sandbox.delays import Delays, queue_of
from bot.sandbox.refusals import NoAnswerError, RefusedError

FIRST_ID: Final = 410_000_001
TAP_LIVES: Final = timedelta(seconds=150)
MESSAGE_LIVES: Final = timedelta(hours=24)
LEFT_OUT: Final = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
"""Kinds that arrive only when they are asked for by name."""
OTHER_POLL: Final = "terminated by other getUpdates request; make sure that only one bot instance is running"
WEBHOOK_BEGINS: Final = "terminated by setWebhook request"
WEBHOOK_IS_SET: Final = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)

Queue = tuple[str, int]
"""What keeps its order: see `delays.queue_of`."""


@dataclass(frozen=True)
class Update:
    """Something that happened, waiting for the bot. `shape` stands beside its id. `again`: it comes twice."""

    id: int
    kind: str
    shape: dict[str, Any]
    at: datetime
    queue: Queue
    again: bool = False

    def json(self) -> dict[str, Any]:
        return {"update_id": self.id, **self.shape}

    def lives(self, now: datetime) -> bool:
        return now - self.at <= (TAP_LIVES if self.kind == "callback_query" else MESSAGE_LIVES)


class Updates:
    """What the bot has not confirmed yet, and the one poll that may wait for more, or the webhook that takes it."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._next_id = FIRST_ID
        self._waiting: dict[int, Update] = {}
        self._echoes: list[Update] = []
        self._poll: asyncio.Future[None] | None = None
        self._taker: Callable[[Update], None] | None = None
        self._all_confirmed = asyncio.Event()
        self._all_confirmed.set()
        self.allowed: frozenset[str] = frozenset()
        self.delays = Delays(clock, self._arrive)

    @property
    def waiting(self) -> tuple[Update, ...]:
        """Updates that the bot has not confirmed, oldest first, without those that the weather holds back."""
        return tuple(self._waiting.values())

    @property
    def pending(self) -> int:
        """How many the bot has not confirmed, those on their way included."""
        return len(self._waiting) + len(self.delays)

    def put(self, kind: str, body: dict[str, Any]) -> None:
        """Queue an update, unless the bot doesn't want its kind."""
        if kind not in self.allowed if self.allowed else kind in LEFT_OUT:
            return
        self.put_shape(kind, {kind: body})

    def put_shape(self, kind: str, shape: dict[str, Any]) -> None:
        """Queue an update of any shape."""
        self._all_confirmed.clear()
        self.delays.take(Update(0, kind, shape, self._clock.now(), queue_of(kind, shape.get(kind))))

    def _arrive(self, update: Update) -> None:
        """Give it its id; its time on the server begins."""
        arrived = replace(update, id=self._next_id, at=self._clock.now())
        self._next_id += 1
        self._waiting[arrived.id] = arrived
        self._end_poll(None)
        if self._taker:
            self._taker(arrived)

    def clear(self) -> None:
        """Drop what waits; ids go on growing."""
        self._waiting.clear()
        self._echoes.clear()
        self.delays.clear()
        self._all_confirmed.set()

    async def all_confirmed(self) -> None:
        """Wait until the bot has confirmed everything."""
        await self._all_confirmed.wait()

    def _is_it_all(self) -> None:
        if not self._waiting and not self._echoes and not len(self.delays):
            self._all_confirmed.set()

    # Polling

    async def poll(self, *, offset: int, limit: int, seconds: float) -> list[Update]:
        """Confirm what is below `offset` and return what waits, waiting up to that many seconds for something.

        What was confirmed and is to come again does so once, before the rest.

        Error:
            RefusedError (409) while a webhook is set, and for the poll that waits when another one begins.
        """
        if self._taker:
            raise RefusedError(409, f"Conflict: {WEBHOOK_IS_SET}")
        self._end_poll(RefusedError(409, f"Conflict: {OTHER_POLL}"))
        self._confirm(offset)
        self.delays.look_at_the_clock()
        self._expire()
        if not self._waiting and not self._echoes and seconds > 0:
            await self._wait(seconds)
            self._expire()
        return list(islice(chain(self._echoes, self._waiting.values()), limit))

    def end_poll(self, error: RefusedError | NoAnswerError | None = None) -> None:
        """Let the waiting poll return with nothing because the World closes, or end with an error."""
        self._end_poll(error)

    def _confirm(self, offset: int) -> None:
        confirmed = [self._waiting.pop(number) for number in list(self._waiting) if number < offset]
        self._echoes = [replace(update, again=False) for update in confirmed if update.again]
        self._is_it_all()

    def _expire(self) -> None:
        now = self._clock.now()
        for update in [each for each in self._waiting.values() if not each.lives(now)]:
            del self._waiting[update.id]
        self._is_it_all()

    async def _wait(self, seconds: float) -> None:
        poll = asyncio.get_running_loop().create_future()
        self._poll = poll
        try:
            async with asyncio.timeout(seconds):
                await poll
        except TimeoutError:
            pass
        finally:
            if self._poll is poll:
                self._poll = None

    def _end_poll(self, error: RefusedError | NoAnswerError | None) -> None:
        poll, self._poll = self._poll, None
        if poll is None or poll.done():
            return
        if error is None:
            poll.set_result(None)
        else:
            poll.set_exception(error)

    # For a webhook

    def hand_to(self, taker: Callable[[Update], None] | None) -> None:
        """Let `taker` have each update, those that wait first; with None they are polled for again."""
        self._taker = taker
        if taker:
            self._end_poll(RefusedError(409, f"Conflict: {WEBHOOK_BEGINS}"))
            self._echoes.clear()
            for update in self.waiting:
                taker(update)

    def wants(self, update: Update) -> bool:
        """Say whether it still waits for the bot; one that got too old doesn't."""
        if update.id in self._waiting and not update.lives(self._clock.now()):
            self._waiting.pop(update.id)
            self._is_it_all()
        return update.id in self._waiting

    def done(self, update: Update) -> None:
        """Forget one that the bot has taken, unless it comes again."""
        if update.again:
            self._waiting[update.id] = replace(update, again=False)
        else:
            self._waiting.pop(update.id, None)
        self._is_it_all()
