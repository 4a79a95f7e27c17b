"""Updates in: one chain for each person, and each done only when its effect is in the database.

Who brings them, polling or the webhook, confirms them to Telegram no sooner.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from typing import Any

from telegram import Update

import storage
from bot import log, metrics
from bot.app import UPDATES, KuulollaApplication, author, is_private, phone_language
from bot.failpoints import at
from bot.flood import Flood
from bot.house import House
from bot.i18n import Language, language
from bot.messages import refusals
from bot.messages.message import Message
from storage import Database
from storage.trouble import can_not_now, held_by_another, wants_room

TRIES = 3
TRY_AGAIN_SECONDS = 0.1
MOST_IN_HAND = 2000
NOBODY = -1
UPDATE_SECONDS = 60.0
LEAVE_SECONDS = 7.0
GIVE_UP_SECONDS = 1.0
DATABASE_SECONDS = (0.5, 1.5, 3.0, 6.0, 10.0)
TRIES_BESIDE_OTHERS = 6
"""Some twenty seconds at the least: a server that is restarted once or twice meanwhile is no update's fault."""


class Vain:
    """Tries of one update that failed as if the database couldn't, and before each the database took what others did.

    An error of the system, a statement that takes too long: what comes so again and again, while others are served, is
    the update's. Where there is no room that says nothing: what others did may have been smaller. Nor does it when
    another transaction was in its way, perhaps for minutes: whoever wants the same waits as well.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._kept = database.kept
        self._times = 0

    def proved_by(self, error: Exception) -> bool:
        """Whether it is the update's, with this try."""
        before, self._kept = self._kept, self._database.kept
        others_fault = wants_room(error) or held_by_another(error)
        self._times += self._kept > before and not others_fault
        return self._times >= TRIES_BESIDE_OTHERS


class Intake:
    """Takes updates in, whoever brings them: people side by side, one person's in their order."""

    def __init__(self, application: KuulollaApplication, house: House, *, flood: Flood | None = None) -> None:
        self._application = application
        self._house = house
        self._in_hand = house.in_hand
        self._flood = Flood() if flood is None else flood
        self._chains: dict[int, asyncio.Task[None]] = {}
        self._running: set[asyncio.Task[None]] = set()
        self._next = 0
        self._turned_away = asyncio.Event()

    @property
    def offset(self) -> int:
        """The id of the first update that Telegram is to keep: all before it are done."""
        first = self._in_hand.first
        return self._next if first is None else min(first, self._next)

    def take(self, raws: Sequence[Mapping[str, Any]]) -> int:
        """Begin with those that are new, each behind the person's earlier ones; how many are new."""
        fresh = [raw for raw in raws if _has_id(raw) and self._is_new(raw["update_id"])]
        for raw in sorted(fresh, key=lambda each: int(each["update_id"])):
            self._next = max(self._next, raw["update_id"] + 1)
            self._begin(raw)
        return len(fresh)

    def begin_anew(self) -> None:
        """The next ids are perhaps lower than all before, which are done."""
        self._next = 0

    def _is_new(self, update_id: int) -> bool:
        return update_id not in self._in_hand and update_id >= self._next

    async def taken(self, raw: Mapping[str, Any]) -> bool:
        """Take in one that somebody delivers, and wait until its effect is in the database.

        False when that can't be now: the database takes nothing, or too much is in hand. It is to be delivered again.
        """
        update_id = int(raw["update_id"])
        if update_id not in self._in_hand:
            if len(self._in_hand) >= MOST_IN_HAND:
                return False
            self._begin(raw)
        return await self._settled(update_id)

    async def _settled(self, update_id: int) -> bool:
        self._turned_away.clear()
        ends = [asyncio.ensure_future(self._in_hand.end_of(update_id)), asyncio.ensure_future(self._turned_away.wait())]
        try:
            await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for end in ends:
                end.cancel()
        return update_id not in self._in_hand

    def _begin(self, raw: Mapping[str, Any]) -> None:
        person = author(raw)
        metrics.TAKEN.labels(_kind(raw)).inc()
        if person is not None and not self._flood.allows(person, asyncio.get_running_loop().time()):
            self._pass_over(raw, person)
            return
        self._in_hand.take(raw["update_id"])
        self._chain(person, partial(self._handle, raw, person))

    def _pass_over(self, raw: Mapping[str, Any], person: int) -> None:
        """More than a person can do: confirmed, without effect. They hear so once, behind what was let in."""
        metrics.ENDED.labels("passed_over").inc()
        if self._flood.is_new(person):
            log.event(log.Event.FLOODED)
            self._chain(person, partial(self._tell, raw, refusals.too_fast))

    def _chain(self, person: int | None, work: Callable[[], Awaitable[None]]) -> None:
        """Behind the last of the same person; all that is nobody's goes in one line."""
        key = person if person is not None else NOBODY
        task = asyncio.create_task(_after(self._chains.get(key), work))
        self._chains[key] = task
        self._running.add(task)
        task.add_done_callback(lambda task: self._forget(key, task))

    def _forget(self, key: int, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        if self._chains.get(key) is task:
            del self._chains[key]

    async def _handle(self, raw: Mapping[str, Any], person: int | None) -> None:
        """One update, until its effect is in the database and it is answered.

        Before that it stays in hand, or Telegram would forget it: a database that isn't there now is waited for, and
        whose update waits longer is told so, once.
        """
        waits, vain = 0, Vain(self._house.database)
        while not await self._done(raw, person, vain):
            self._turned_away.set()
            if waits == 1:
                await self._apologise(raw)
            await asyncio.sleep(DATABASE_SECONDS[min(waits, len(DATABASE_SECONDS) - 1)])
            waits += 1
        self._in_hand.settled(raw["update_id"])

    async def _done(self, raw: Mapping[str, Any], person: int | None, vain: Vain) -> bool:
        """Alone with the person in all programs; what can't be decoded needs no second look. False when the database
        takes nothing now, as far as one can tell."""
        update = self._decoded(raw)
        if update is None:
            return await self._given_up(raw)
        try:
            async with self._house.database.alone(f"person/{NOBODY if person is None else person}"):
                return await self._tried_three_times(raw, update)
        except Exception as error:
            log.event(log.Event.UPDATE_FAILED, update_id=raw["update_id"], error=error)
            return vain.proved_by(error) and await self._parked(raw["update_id"])

    def _decoded(self, raw: Mapping[str, Any]) -> Update | None:
        """None when it can't be: that won't be otherwise the next time."""
        try:
            return Update.de_json(_read_of(raw), self._application.bot)
        except Exception as error:
            log.event(log.Event.UPDATE_UNREADABLE, update_id=raw["update_id"], error=error)
            return None

    async def _tried_three_times(self, raw: Mapping[str, Any], update: Update) -> bool:
        """What fails because the database isn't there is no fault of the update, and counts as no try."""
        for attempt in range(1, TRIES + 1):
            if await self._tried(update, attempt):
                return True
            if not await self._database_is_there():
                return False
            await asyncio.sleep(TRY_AGAIN_SECONDS if attempt < TRIES else 0)
        return await self._given_up(raw)

    async def _tried(self, update: Update, attempt: int) -> bool:
        """Whether nothing is left to do. What fails after the effect is kept isn't done again: it is about showing.

        Raises:
            Exception: of a database that couldn't take it now.
        """
        try:
            async with asyncio.timeout(UPDATE_SECONDS):
                await at("intake.process", self._application.process_update(update))
        except Exception as error:
            kept = update.update_id not in self._in_hand
            if not kept and can_not_now(error):
                raise
            log.event(
                log.Event.REPLY_FAILED if kept else log.Event.UPDATE_FAILED,
                update_id=update.update_id,
                attempt=attempt,
                error=error,
            )
            return kept
        return True

    async def _database_is_there(self) -> bool:
        try:
            async with self._house.database.transaction():
                return True
        except Exception:
            return False

    async def _given_up(self, raw: Mapping[str, Any]) -> bool:
        """Parked by its id, so that nobody waits behind it for ever, with a word to the one who sent it; False when
        the database takes nothing now."""
        if not await self._parked(raw["update_id"]):
            return False
        await self._apologise(raw)
        return True

    async def _parked(self, update_id: int) -> bool:
        try:
            async with self._house.database.transaction() as db:
                record = storage.updates.record(db, update_id, now=self._house.now(), parked=True)
                await at("intake.park", record)
        except Exception as error:
            log.event(log.Event.UPDATE_FAILED, update_id=update_id, attempt=TRIES, error=error)
            return False
        self._in_hand.settled(update_id)
        log.event(log.Event.UPDATE_PARKED, update_id=update_id)
        return True

    async def _apologise(self, raw: Mapping[str, Any]) -> None:
        """Whose update couldn't be handled isn't left without a word, if the update says whose it is."""
        await self._tell(raw, refusals.went_wrong)

    async def _tell(self, raw: Mapping[str, Any], words: Callable[[Language], str]) -> None:
        try:
            await self._say(raw, words)
        except Exception as error:
            log.event(log.Event.REPLY_FAILED, update_id=raw["update_id"], error=error)

    async def _say(self, raw: Mapping[str, Any], words: Callable[[Language], str]) -> None:
        """Over the chat after a tap, in it after a message between the two of us."""
        person, tap = author(raw), raw.get("callback_query")
        say = language(phone_language(raw))
        if isinstance(tap, Mapping):
            await at("intake.say_to_tap", self._house.post.answer(str(tap.get("id", "")), words(say), alert=True))
        elif person is not None and is_private(raw):
            await at("intake.say", self._house.post.send(person, Message(words(say)), say))

    async def quiet(self) -> None:
        """Wait until everything in hand is done."""
        while self._chains:
            await asyncio.gather(*self._chains.values(), return_exceptions=True)

    async def leave(self) -> None:
        """Finish what runs, within the time that a stop leaves; what isn't done by then comes again."""
        try:
            async with asyncio.timeout(LEAVE_SECONDS):
                while self._running:
                    await asyncio.wait(self._running)
        except TimeoutError:
            await self._give_up()

    async def _give_up(self) -> None:
        """A transaction that was begun comes to its end, which on a locked database may take too long for us."""
        unfinished = list(self._running)
        for task in unfinished:
            task.cancel()
        self._turned_away.set()
        await asyncio.wait(unfinished, timeout=GIVE_UP_SECONDS)


def _kind(raw: Mapping[str, Any]) -> str:
    return next((kind for kind in UPDATES if kind in raw), "other")


def _read_of(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Of a tapped message only where it stands is read; its keyboard would cost more to decode than all the rest."""
    tap = raw.get(Update.CALLBACK_QUERY)
    tapped = tap.get("message") if isinstance(tap, Mapping) else None
    if not isinstance(tap, Mapping) or not isinstance(tapped, Mapping):
        return dict(raw)
    stands = {name: value for name, value in tapped.items() if name in ("message_id", "chat", "date")}
    return {**raw, Update.CALLBACK_QUERY: {**tap, "message": stands}}


def _has_id(raw: Mapping[str, Any]) -> bool:
    return isinstance(raw.get("update_id"), int)


async def _after(before: asyncio.Task[None] | None, work: Callable[[], Awaitable[None]]) -> None:
    if before is not None:
        await asyncio.wait([before])
    await work()
