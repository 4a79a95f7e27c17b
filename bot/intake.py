"""Updates in: polling, one chain for each person, confirmed to Telegram only when the effect is in the database.

Telegram forgets an update when it is asked for the one after it. So we ask for the first one that isn't done yet, and
pass over those that we have in hand already.
"""

import asyncio
from collections.abc import Coroutine, Mapping, Sequence
from typing import Any

from telegram import Update
from telegram.error import Conflict, InvalidToken, NetworkError
from telegram.request import BaseRequest, RequestData
from telegram.request._requestparameter import RequestParameter

import storage
from bot import log
from bot.app import UPDATES, KuulollaApplication, author, is_private, phone_language
from bot.house import House
from bot.i18n import language
from bot.messages import refusals
from bot.messages.message import Message

TRIES = 3
TRY_AGAIN_SECONDS = 0.5
LONG_POLL_SECONDS = 25
NEW_ONES_SECONDS = 0.5
AT_ONCE = 100
QUIET_SECONDS = 5 * 24 * 3600.0
UPDATE_SECONDS = 60.0
LEAVE_SECONDS = 8.0
BACKOFF_SECONDS = (1.0, 2.0, 5.0, 10.0, 30.0)


class Intake:
    """Takes updates in, whoever brings them: people side by side, one person's in their order."""

    def __init__(self, application: KuulollaApplication, house: House) -> None:
        self._application = application
        self._house = house
        self._chains: dict[int, asyncio.Task[None]] = {}
        self._in_hand: set[int] = set()
        self._next = 0
        self._heard = 0.0
        self._done = asyncio.Event()

    @property
    def offset(self) -> int:
        """The id of the first update that Telegram is to keep: all before it are done."""
        return min(self._in_hand, default=self._next)

    def take(self, raws: Sequence[Mapping[str, Any]]) -> int:
        """Begin with those that are new, each behind the person's earlier ones; how many are new."""
        fresh = [raw for raw in raws if isinstance(raw.get("update_id"), int) and self._is_new(raw["update_id"])]
        for raw in sorted(fresh, key=lambda each: int(each["update_id"])):
            self._in_hand.add(raw["update_id"])
            self._next = max(self._next, raw["update_id"] + 1)
            self._chain(author(raw), self._handle(raw))
        return len(fresh)

    def _is_new(self, update_id: int) -> bool:
        return update_id not in self._in_hand and update_id >= self._next

    def _chain(self, person: int | None, work: Coroutine[Any, Any, None]) -> None:
        """Behind the last of the same person; all that is nobody's goes in one line."""
        key = person if person is not None else -1
        self._chains[key] = asyncio.create_task(_after(self._chains.get(key), work))
        self._chains[key].add_done_callback(lambda task: self._forget(key, task))

    def _forget(self, key: int, task: asyncio.Task[None]) -> None:
        if self._chains.get(key) is task:
            del self._chains[key]

    async def _handle(self, raw: Mapping[str, Any]) -> None:
        """One update, until its effect is in the database; or, after three tries, its id as parked.

        Before that it stays in hand, or Telegram would forget it: a database that isn't there now is waited for.
        """
        try:
            failures = 0
            while not await self._tried(raw, failures + 1):
                failures += await self._database_is_there()
                if failures >= TRIES and await self._parked(raw["update_id"]):
                    await self._apologise(raw)
                    break
                await asyncio.sleep(TRY_AGAIN_SECONDS * (failures or TRIES))
        finally:
            self._in_hand.discard(raw["update_id"])
            self._done.set()

    async def _tried(self, raw: Mapping[str, Any], attempt: int) -> bool:
        try:
            update = Update.de_json(dict(raw), self._application.bot)
            async with asyncio.timeout(UPDATE_SECONDS):
                await self._application.process_update(update)
        except Exception as error:
            log.event(log.Event.UPDATE_FAILED, update_id=raw["update_id"], attempt=attempt, error=error)
            return False
        return True

    async def _database_is_there(self) -> bool:
        """What fails because it isn't is no fault of the update."""
        try:
            async with self._house.database.transaction():
                return True
        except Exception:
            return False

    async def _parked(self, update_id: int) -> bool:
        """Given up by its id, so that nobody waits behind it for ever; False when the database takes nothing now."""
        try:
            async with self._house.database.transaction() as db:
                await storage.updates.record(db, update_id, now=self._house.now(), parked=True)
        except Exception as error:
            log.event(log.Event.UPDATE_FAILED, update_id=update_id, attempt=TRIES, error=error)
            return False
        log.event(log.Event.UPDATE_PARKED, update_id=update_id)
        return True

    async def _apologise(self, raw: Mapping[str, Any]) -> None:
        """Whose update couldn't be handled isn't left without a word."""
        person, tap = author(raw), raw.get("callback_query")
        say = language(phone_language(raw))
        if isinstance(tap, Mapping):
            await self._house.post.answer(str(tap.get("id", "")), refusals.went_wrong(say), alert=True)
        elif person is not None and is_private(raw):
            await self._house.post.send(person, Message(refusals.went_wrong(say)), say)

    async def quiet(self) -> None:
        """Wait until everything in hand is done."""
        while self._chains:
            await asyncio.gather(*self._chains.values(), return_exceptions=True)

    async def leave(self) -> None:
        """Finish what runs, within the time that a stop leaves; what isn't done by then comes again."""
        try:
            async with asyncio.timeout(LEAVE_SECONDS):
                await self.quiet()
        except TimeoutError:
            for task in list(self._chains.values()):
                task.cancel()

    # Polling

    async def poll(self, request: BaseRequest) -> None:
        """Ask Telegram for updates until cancelled."""
        failures, clock = 0, asyncio.get_running_loop().time
        self._heard = clock()
        while True:
            asked = clock()
            try:
                raws = await self._fetch(request)
            except InvalidToken:
                raise
            except Exception as error:
                await self._wait_after(error, failures)
                failures += 1
                continue
            if failures:
                log.event(log.Event.TELEGRAM_REACHED, count=failures)
            failures = 0
            self._begin_anew_after_quiet(raws, clock())
            await self._take_turns(raws, at_once=clock() - asked < NEW_ONES_SECONDS)

    def _begin_anew_after_quiet(self, raws: Sequence[Mapping[str, Any]], now: float) -> None:
        """After a quiet week ids begin anew, perhaps lower, and an old offset would have Telegram drop them.

        Everything before the offset has been confirmed by then, so the next question names none.
        """
        if raws or self._in_hand:
            self._heard = now
        elif now - self._heard > QUIET_SECONDS:
            self._next = 0

    async def _take_turns(self, raws: Sequence[Mapping[str, Any]], *, at_once: bool) -> None:
        """With nothing new, and something in hand or an answer `at_once`, wait a little before Telegram is asked again.

        Not every server waits for updates when it is asked to.
        """
        self._done.clear()
        if not self.take(raws) and (self._in_hand or at_once):
            try:
                async with asyncio.timeout(NEW_ONES_SECONDS):
                    await self._done.wait()
            except TimeoutError:
                return

    async def _fetch(self, request: BaseRequest) -> Sequence[Mapping[str, Any]]:
        """Undecoded updates from the first one that isn't done. One that can't be decoded must not hide the others."""
        seconds = 0 if self._in_hand else LONG_POLL_SECONDS
        values = {"offset": self.offset, "limit": AT_ONCE, "timeout": seconds, "allowed_updates": UPDATES}
        parameters = [RequestParameter.from_input(key, value) for key, value in values.items() if value]
        address = f"{self._application.bot.base_url}/getUpdates"
        found: Any = await request.post(address, RequestData(parameters), read_timeout=seconds + 10.0)
        return [each for each in found if isinstance(each, Mapping)] if isinstance(found, list) else []

    async def _wait_after(self, error: Exception, failures: int) -> None:
        """Said once, when it begins. A second poller elsewhere is not fought."""
        if failures == 0:
            event = log.Event.POLLED_ELSEWHERE if isinstance(error, Conflict) else log.Event.TELEGRAM_UNREACHABLE
            log.event(event, error=error)
        patient = isinstance(error, NetworkError)
        await asyncio.sleep(
            BACKOFF_SECONDS[min(failures, len(BACKOFF_SECONDS) - 1)] if patient else BACKOFF_SECONDS[-2]
        )


async def _after(before: asyncio.Task[None] | None, work: Coroutine[Any, Any, None]) -> None:
    if before is not None:
        await asyncio.wait([before])
    await work
