"""The service notes that it lives; after a gap whoever was in the middle of something is shown where they are, once.

A tap lives 150 seconds at Telegram. After a longer gap nobody knows which were lost, so the present screens are the
only thing to go by. A gap is one of ours (nobody served) or Telegram's (nobody could be heard).
"""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

import storage
from bot import log
from bot.actions import outages
from bot.failpoints import at
from bot.house import House
from storage.service import Memory

TAP_LIVES = timedelta(seconds=150)
HEARD_WITHIN = timedelta(seconds=90)
BEAT_SECONDS = 15.0
FORGET_EVERY = timedelta(days=1)


class Heartbeat:
    """`heard_at` says when Telegram was last heard, None when it hasn't been yet."""

    def __init__(self, house: House, heard_at: Callable[[], datetime | None]) -> None:
        self._house = house
        self._heard_at = heard_at
        self._forgot_at = house.now()

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            try:
                await self.beat()
            except Exception as error:
                log.event(log.Event.HEARTBEAT_FAILED, error=error)
            await asyncio.sleep(BEAT_SECONDS)

    async def beat(self) -> None:
        """Note that we live and hear; and if that is news after a gap, show people where they are."""
        now, heard = self._house.now(), self._heard_at()
        await self._forget_old(now)
        if heard is None or now - heard > HEARD_WITHIN:
            return
        async with self._house.database.transaction() as db:
            before = await at("heartbeat.renew", storage.service.renew(db, Memory.ALIVE, now=now))
            if before is None or now - before <= TAP_LIVES:
                return
            shown = await at("heartbeat.show_again", outages.show_again(db, since=before, now=now))
        log.event(log.Event.OUTAGE_OVER, seconds=(now - before).total_seconds(), count=shown)
        self._house.letters_waiting.set()

    async def _forget_old(self, now: datetime) -> None:
        """Once a day; at the start others have done it."""
        if now - self._forgot_at < FORGET_EVERY:
            return
        async with self._house.database.transaction() as db:
            await at("heartbeat.forget", storage.updates.forget_old(db, now=now))
        self._forgot_at = now
