"""Polling: Telegram is asked for updates again and again, and what it says goes to the intake.

Telegram forgets an update when it is asked for the one after it. So we ask for the first one that isn't done yet, and
pass over those that we have in hand already.
"""

import asyncio
import math
from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from telegram.error import Conflict, NetworkError
from telegram.request import BaseRequest, RequestData
from telegram.request._requestparameter import RequestParameter

from bot import log
from bot.app import UPDATES
from bot.failpoints import at
from bot.house import House
from bot.intake import Intake
from bot.outcomes import is_unknown_token

LONG_POLL_SECONDS = 25
NEW_ONES_SECONDS = 0.5
COMES_AGAIN_SECONDS = 0.1
AT_ONCE = 100
QUIET_SECONDS = 5 * 24 * 3600.0
"""Less than the week after which ids begin anew, and longer than `storage.updates` keeps old ones."""
BACKOFF_SECONDS = (1.0, 2.0, 5.0, 10.0)
ELSEWHERE_SECONDS = (10.0, 30.0, 60.0, 120.0)
"""Each question of ours ends the one that a second poller waits with: so long it is left in peace, each time longer.
Not as long as a tap lives, or two that take turns would tell people each time that we were away."""
APART_SECONDS = 900.0
"""Who hasn't met the other for so long begins with the shortest wait again."""


@dataclass
class Other:
    """A second poller: how often it was met. An answer that we have in between doesn't mean that it is gone."""

    times: int = 0
    last: float = -math.inf

    def met(self, now: float) -> float:
        """For how many seconds it is left in peace."""
        self.times = self.times + 1 if now - self.last < APART_SECONDS else 1
        self.last = now
        return ELSEWHERE_SECONDS[min(self.times, len(ELSEWHERE_SECONDS)) - 1]


@dataclass
class Polling:
    """Asks at this address of the Bot API. `heard_at`: when Telegram last answered; None when it hasn't yet."""

    intake: Intake
    house: House
    request: BaseRequest
    address: str
    heard_at: datetime | None = None
    _answered: float = 0.0
    _said: log.Event | None = None
    _other: Other = field(default_factory=Other)

    async def run(self) -> None:
        """Ask Telegram for updates until cancelled.

        Raises:
            InvalidToken: Telegram doesn't know the token.
        """
        failures, clock = 0, asyncio.get_running_loop().time
        self._answered = clock()
        while True:
            asked = clock()
            try:
                raws = await self._fetch()
            except Exception as error:
                if is_unknown_token(error):
                    raise
                await self._wait_after(error, failures)
                failures += 1
                continue
            if failures:
                log.event(log.Event.TELEGRAM_REACHED, count=failures)
            failures, self.heard_at = 0, self.house.now()
            self._begin_anew_after_quiet(raws, clock())
            await self._take_turns(raws, at_once=clock() - asked < NEW_ONES_SECONDS)

    async def _fetch(self) -> Sequence[Mapping[str, Any]]:
        """Undecoded updates from the first one that isn't done. One that can't be decoded must not hide the others."""
        seconds = 0 if self.house.in_hand else LONG_POLL_SECONDS
        values = {"offset": self.intake.offset, "limit": AT_ONCE, "timeout": seconds, "allowed_updates": UPDATES}
        parameters = [RequestParameter.from_input(key, value) for key, value in values.items() if value]
        asked = self.request.post(f"{self.address}/getUpdates", RequestData(parameters), read_timeout=seconds + 10.0)
        found: Any = await at("polling.fetch", asked)
        return [each for each in found if isinstance(each, Mapping)] if isinstance(found, list) else []

    async def _wait_after(self, error: Exception, failures: int) -> None:
        """Said once, when it begins. A second poller elsewhere is not fought."""
        conflict = isinstance(error, Conflict)
        event = log.Event.POLLED_ELSEWHERE if conflict else log.Event.TELEGRAM_UNREACHABLE
        if failures == 0 or event is not self._said:
            log.event(event, error=error)
        self._said = event
        step = failures if isinstance(error, NetworkError) else len(BACKOFF_SECONDS)
        backoff = BACKOFF_SECONDS[min(step, len(BACKOFF_SECONDS) - 1)]
        await asyncio.sleep(self._other.met(asyncio.get_running_loop().time()) if conflict else backoff)

    def _begin_anew_after_quiet(self, raws: Sequence[Mapping[str, Any]], now: float) -> None:
        """After a quiet week ids begin anew, perhaps lower, and an old offset would have Telegram drop them.

        Everything before the offset has been confirmed by then, so the next question names none.
        """
        if raws or self.house.in_hand:
            self._answered = now
        elif now - self._answered > QUIET_SECONDS:
            self.intake.begin_anew()

    async def _take_turns(self, raws: Sequence[Mapping[str, Any]], *, at_once: bool) -> None:
        """Begin with what is new, and wait a little before Telegram is asked again.

        What is in hand would come again with each answer: a hundred updates, to be read and passed over. So we ask when
        all of it is done, or when that takes long. With nothing new, and something in hand or an answer `at_once`, we
        wait too: not every server waits for updates when it is asked to.
        """
        self.house.in_hand.changed.clear()
        if self.intake.take(raws):
            await self._within(COMES_AGAIN_SECONDS, self.house.in_hand.none())
        elif self.house.in_hand or at_once:
            await self._within(NEW_ONES_SECONDS, self.house.in_hand.changed.wait())

    async def _within(self, seconds: float, end: Awaitable[object]) -> None:
        try:
            async with asyncio.timeout(seconds):
                await end
        except TimeoutError:
            return
