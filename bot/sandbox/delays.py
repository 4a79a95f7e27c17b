"""What the weather holds back on the way to the queue: late updates, and those that one of another queue overtakes.

The order within a queue stays as it is in Telegram too: behind one that is held back, its own queue is held back.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.sandbox.clock import Clock

if TYPE_CHECKING:
    from bot.sandbox.updates import Queue, Update
    from bot.sandbox.weather import Weather


@dataclass(frozen=True)
class Arrival:
    """How an update comes: held back for some seconds at most, or until another queue passes; twice or once."""

    seconds: float = 0.0
    swapped: bool = False
    again: bool = False


@dataclass(frozen=True)
class _Held:
    update: Update
    due: datetime
    swapped: bool


class Delays:
    """Passes updates on to `arrive`, at once or later. Late ones need an event loop, or a move of the clock."""

    def __init__(self, clock: Clock, arrive: Callable[[Update], None]) -> None:
        self.weather: Weather | None = None
        self._clock = clock
        self._arrive = arrive
        self._held: list[_Held] = []
        self._alarm: asyncio.TimerHandle | None = None

    def __len__(self) -> int:
        return len(self._held)

    def take(self, update: Update) -> None:
        arrival = self.weather.arrival() if self.weather else Arrival()
        update = replace(update, again=arrival.again)
        before = next((held for held in reversed(self._held) if held.update.queue == update.queue), None)
        if before:
            self._hold(replace(before, update=update))
        elif arrival.seconds:
            due = self._clock.now() + timedelta(seconds=arrival.seconds)
            self._hold(_Held(update, due, arrival.swapped))
        else:
            self._arrive(update)
            self._release(lambda held: held.swapped and held.update.queue != update.queue)

    def clear(self) -> None:
        self._held.clear()

    def look_at_the_clock(self) -> None:
        """Let those go whose time has come."""
        now = self._clock.now()
        self._release(lambda held: held.due <= now)
        if self._held:
            self._set_alarm(min(held.due for held in self._held) - now)

    def let_all_go(self) -> None:
        self._release(lambda _held: True)

    def _hold(self, held: _Held) -> None:
        self._held.append(held)
        self._set_alarm(held.due - self._clock.now())

    def _release(self, goes: Callable[[_Held], bool]) -> None:
        if not self._held:
            return
        going = [held.update for held in self._held if goes(held)]
        self._held = [held for held in self._held if not goes(held)]
        for update in going:
            self._arrive(update)

    def _set_alarm(self, after: timedelta) -> None:
        """A program without an event loop has nobody who waits: who asks next looks at the clock."""
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            return
        if self._alarm is None or self._alarm.cancelled() or self._alarm.when() < loop.time():
            self._alarm = loop.call_later(max(after.total_seconds(), 0.001), self.look_at_the_clock)


def queue_of(kind: str, body: object) -> Queue:
    """Find what an update keeps its order with: messages of a chat, or taps, or anything else, of a person.

    Whatever has no sender is in one queue of its kind.
    """
    owner = body.get("chat" if kind == "message" else "from") if isinstance(body, dict) else None
    number = owner.get("id") if isinstance(owner, dict) else None
    return kind, number if isinstance(number, int) else 0
