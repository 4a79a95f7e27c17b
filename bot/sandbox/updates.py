"""The queue of updates: growing ids, confirmed by offset, waited for by long polling.

Source:
    Bot API, getUpdates. How long the server keeps an update that nobody takes: a tap 150 s, anything else 24 h.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from bot.sandbox.clock import Clock
from bot.sandbox.refusals import RefusedError

FIRST_ID: Final = 410_000_001
TAP_LIVES: Final = timedelta(seconds=150)
MESSAGE_LIVES: Final = timedelta(hours=24)
LEFT_OUT: Final = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
"""Kinds that arrive only when they are asked for by name."""


@dataclass(frozen=True)
class Update:
    """Something that happened, waiting for the bot. `body` is of the shape that `kind` names."""

    id: int
    kind: str
    body: dict[str, Any]
    at: datetime

    def json(self) -> dict[str, Any]:
        return {"update_id": self.id, self.kind: self.body}

    def lives(self, now: datetime) -> bool:
        return now - self.at <= (TAP_LIVES if self.kind == "callback_query" else MESSAGE_LIVES)


class Updates:
    """What the bot has not confirmed yet, and the one poll that may wait for more."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._next_id = FIRST_ID
        self._waiting: list[Update] = []
        self._poll: asyncio.Future[None] | None = None
        self._all_confirmed = asyncio.Event()
        self._all_confirmed.set()
        self.allowed: frozenset[str] = frozenset()

    @property
    def waiting(self) -> tuple[Update, ...]:
        """Updates that the bot has not confirmed, oldest first."""
        return tuple(self._waiting)

    def put(self, kind: str, body: dict[str, Any]) -> None:
        """Queue an update, unless the bot doesn't want its kind."""
        if kind not in self.allowed if self.allowed else kind in LEFT_OUT:
            return
        self._waiting.append(Update(self._next_id, kind, body, self._clock.now()))
        self._next_id += 1
        self._all_confirmed.clear()
        self._end_poll(None)

    def clear(self) -> None:
        """Drop what waits; ids go on growing."""
        self._waiting.clear()
        self._all_confirmed.set()

    async def all_confirmed(self) -> None:
        """Wait until the bot has confirmed everything."""
        await self._all_confirmed.wait()

    async def poll(self, *, offset: int, limit: int, seconds: float) -> list[Update]:
        """Confirm what is below `offset` and return what waits, waiting up to that many seconds for something.

        Error:
            RefusedError (409) for the poll that waits when another one begins.
        """
        self._end_poll(
            RefusedError(
                409, "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
            )
        )
        self._confirm(offset)
        self._expire()
        if not self._waiting and seconds > 0:
            await self._wait(seconds)
            self._expire()
        return self._waiting[:limit]

    def end_poll(self) -> None:
        """Let the waiting poll return with nothing, because the World closes."""
        self._end_poll(None)

    def _confirm(self, offset: int) -> None:
        self._keep([update for update in self._waiting if update.id >= offset])

    def _expire(self) -> None:
        now = self._clock.now()
        self._keep([update for update in self._waiting if update.lives(now)])

    def _keep(self, kept: list[Update]) -> None:
        self._waiting = kept
        if not kept:
            self._all_confirmed.set()

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

    def _end_poll(self, error: RefusedError | None) -> None:
        poll, self._poll = self._poll, None
        if poll is None or poll.done():
            return
        if error is None:
            poll.set_result(None)
        else:
            poll.set_exception(error)
