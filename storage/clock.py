"""One clock for all programs on a PostgreSQL: its server's. They compare moments of each other: leases, pauses, gaps.

Each asks the server from time to time and counts on by itself: its machine's clock may be wrong, and be set right at
any time. On SQLite one program serves, and its machine's clock is the only one.
"""

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import func, select

from bot import log
from storage.database import Database

LOOK_SECONDS = 15.0
APART: Final = timedelta(seconds=10)
"""A machine whose clock differs by more is told of: its log and its commands go by it."""
SLEEPLESS: Final[int] = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
"""Counts on while the machine sleeps, and whatever its clock is set to."""
_MOMENT = select(func.clock_timestamp().label("moment"))


class Clock:
    """Called, it says what time it is, in UTC; `system` is the machine's own clock."""

    def __init__(self, database: Database, system: Callable[[], datetime]) -> None:
        self._database = database
        self._system = system
        self._heard: tuple[datetime, float] | None = None
        self._differed = False

    def __call__(self) -> datetime:
        if self._heard is None:
            return self._system()
        moment, count = self._heard
        return moment + timedelta(seconds=_counted() - count)

    async def keep(self) -> None:
        """Go by the server's clock until cancelled. While it can't be asked we count on: others say what is wrong."""
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            with suppress(Exception):
                await self.look()

    async def look(self) -> None:
        """Ask the server. Its answer was true at some moment since it was asked; what agrees with that is left."""
        if self._database.is_sqlite:
            return
        async with self._database.transaction() as db:
            asked = _counted()
            row = await db.row(_MOMENT)
            heard = _counted()
            if row is not None:
                latest = row.moment + timedelta(seconds=heard - asked)
                self._heard = min(max(self(), row.moment), latest), heard
        self._compare()

    def _compare(self) -> None:
        """Said once, when it begins."""
        ahead = self._system() - self()
        differs = abs(ahead) > APART
        if differs and not self._differed:
            log.event(log.Event.CLOCK_DIFFERS, seconds=round(ahead.total_seconds()))
        self._differed = differs


def _counted() -> float:
    return time.clock_gettime(SLEEPLESS)
