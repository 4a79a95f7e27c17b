"""The courier: claims letters whose time has come, words them, sends them, and writes down what became of them.

People are written to side by side, one person's letters one after another. That a letter is being sent is written down
before it leaves, so that after a death nobody takes it for unsent.
"""

import asyncio
import secrets
from collections.abc import Sequence
from dataclasses import replace

from telegram.error import InvalidToken

import storage
from bot import log, metrics, standing
from bot.actions import people, preferences, undelivered
from bot.courier.letters import read
from bot.courier.letters.reading import Ended, Held, ToSet, Worded
from bot.courier.pace import Pace
from bot.courier.retry import (
    CAN_WAIT,
    EDITS,
    LEFT,
    Fate,
    Finished,
    Postponed,
    fate,
    left,
    person_has_gone,
    rests_with_everybody,
    too_early,
    too_late,
)
from bot.domain.letters import Letter, LetterKind
from bot.domain.times import QuietHours
from bot.failpoints import at
from bot.house import House
from bot.outcomes import Again, Missing, Outcome, Sent, Unknown
from storage.outbox import LetterState
from storage.trouble import took_too_long_or_can_not

AT_ONCE = 20
LOOK_AGAIN_SECONDS = 1.0
AFTER_FAILURE_SECONDS = 5.0
WRITE_AGAIN_SECONDS = 1.0
LEAVE_SECONDS = 7.0
GIVE_BACK_SECONDS = 1.0
_chance = secrets.SystemRandom().random


class _LostError(Exception):
    """The lease has run out, or the letter has come to its end meanwhile: what was done for it is undone."""


class Courier:
    """Sends what is in the outbox of one database."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._pace = Pace()
        self._carrying: dict[asyncio.Task[None], Letter] = {}
        self._unknown_token: InvalidToken | None = None

    async def run(self) -> None:
        """Until cancelled. What fails (a disk, a database) is said and tried again; at the end what runs is finished.

        Raises:
            InvalidToken: Telegram doesn't know us any more.
        """
        try:
            while True:
                await self._look()
        finally:
            await self._leave()

    async def _look(self) -> None:
        """Begin with what is due; then wait until something was put in or has ended, or a second."""
        try:
            self._house.letters_waiting.clear()
            begun = await self._begin()
        except InvalidToken:
            raise
        except Exception as error:
            log.event(log.Event.COURIER_FAILED, error=error)
            await asyncio.sleep(AFTER_FAILURE_SECONDS)
        else:
            await self._rest(begun)

    async def _rest(self, begun: int) -> None:
        """Straight on while there is more than was begun."""
        if begun and len(self._carrying) < AT_ONCE:
            return
        try:
            async with asyncio.timeout(LOOK_AGAIN_SECONDS):
                await self._house.letters_waiting.wait()
        except TimeoutError:
            return

    async def round(self) -> int:
        """Deliver what is due now; how many letters that were."""
        self._house.letters_waiting.clear()
        begun = await self._begin()
        while self._carrying:
            await asyncio.wait(self._carrying)
        return begun

    async def _begin(self) -> int:
        """Claim as many as there are hands free.

        Raises:
            InvalidToken: the last one found that Telegram doesn't know us any more.
        """
        if self._unknown_token is not None:
            raise self._unknown_token
        claimed = await self._claim(AT_ONCE - len(self._carrying))
        for letter in claimed:
            task = asyncio.create_task(self._deliver(letter))
            self._carrying[task] = letter
            task.add_done_callback(self._delivered)
        return len(claimed)

    async def _claim(self, most: int) -> Sequence[Letter]:
        if most <= 0:
            return ()
        async with self._house.database.transaction() as db:
            return await at("courier.claim", storage.outbox.claim(db, now=self._house.now(), most=most))

    def _delivered(self, task: asyncio.Task[None]) -> None:
        del self._carrying[task]
        self._house.letters_waiting.set()

    async def _leave(self) -> None:
        """Finish what is being sent, within the time that a stop leaves, and give back what hasn't left."""
        tasks = dict(self._carrying)
        if not tasks:
            return
        _, unfinished = await asyncio.wait(tasks, timeout=LEAVE_SECONDS)
        for task in unfinished:
            task.cancel()
        if unfinished:
            await asyncio.wait(unfinished, timeout=GIVE_BACK_SECONDS)
            giving = asyncio.create_task(self._give_back([tasks[task] for task in unfinished]))
            await asyncio.wait([giving], timeout=GIVE_BACK_SECONDS)
            giving.cancel()

    async def _give_back(self, letters: Sequence[Letter]) -> None:
        """What can't be given back now comes free with its lease."""
        try:
            async with self._house.database.transaction() as db:
                await at("courier.give_back", storage.outbox.give_back(db, letters))
        except Exception as error:
            log.event(log.Event.COURIER_FAILED, error=error)

    # One letter

    async def _deliver(self, letter: Letter) -> None:
        """What fails here is tried again like what Telegram doesn't take now, and is dead after a day."""
        try:
            async with self._house.writing_to(letter.person_id):
                await self._read_and_send(letter)
        except InvalidToken as error:
            self._unknown_token = error
        except Exception as error:
            log.event(log.Event.LETTER_FAILED, letter_id=letter.id, error=error)
            await self._put_off(letter, Again(0))

    async def _put_off(self, letter: Letter, outcome: Again | Unknown) -> None:
        """Our own fault, or the database's: only this letter waits. Else its lease runs out, and it comes again."""
        decided = fate(letter, outcome, now=self._house.now(), spread=_chance())
        try:
            await self._write_down(letter, _alone(decided), outcome="failed")
        except Exception as error:
            log.event(log.Event.LETTER_FAILED, letter_id=letter.id, error=error)

    async def _read_and_send(self, letter: Letter) -> None:
        house = self._house
        late = too_late(letter, now=house.now())
        if late is not None or (letter.unsure and letter.kind in LEFT):
            await self._write_down(letter, late or left(), outcome="late" if late else "unknown")
            return
        early = too_early(letter, now=house.now(), quiet=await self._quiet_hours(letter), zone=house.zone)
        if early is not None:
            await self._write_down(letter, early, outcome="quiet")
            return
        worded = await self._read(letter)
        if worded is not None:
            await self._send(letter, worded)

    async def _quiet_hours(self, letter: Letter) -> QuietHours | None:
        """A worker's own where they have set some; else those of the service, which aren't for everything."""
        everybodys = self._house.quiet_hours if rests_with_everybody(letter) else None
        if letter.kind not in CAN_WAIT:
            return everybodys
        async with self._house.database.transaction() as db:
            own = await at("courier.quiet_hours", preferences.quiet_hours(db, letter.person_id))
        return own or everybodys

    async def _send(self, letter: Letter, worded: Worded | ToSet) -> None:
        """Whatever fails from here on, the letter may have arrived."""
        try:
            await self._pace.turn()
            for message_id in worded.stale if isinstance(worded, Worded) else ():
                await self._take_out(letter, worded.chat, message_id)
            await self._settle(letter, await self._carry(letter, worded))
        except InvalidToken:
            raise
        except Exception as error:
            log.event(log.Event.LETTER_FAILED, letter_id=letter.id, error=error)
            await self._put_off(letter, Unknown())

    async def _read(self, letter: Letter) -> Worded | ToSet | None:
        """What it says, with its being sent written down; None when it ends here or is somebody else's by now.

        Somebody else's, it has done nothing: not even what makes other letters.
        """
        try:
            async with self._house.database.transaction() as db:
                found = await self._found(db, letter)
        except _LostError:
            return None
        if isinstance(found, Ended):
            _count(letter, Finished(found.state), found.why)
        return found if isinstance(found, Worded | ToSet) else None

    async def _found(self, db: storage.Transaction, letter: Letter) -> Worded | ToSet | Ended | Held:
        """
        Raises:
            _LostError: the letter isn't ours any more.
        """
        now = self._house.now()
        found = await at("courier.read", read(db, self._house, letter))
        if isinstance(found, Held):
            await at("courier.hold", storage.outbox.give_back(db, [letter]))
            return found
        if isinstance(found, Ended):
            ended = storage.outbox.finish(db, letter, found.state, now=now, outcome=found.why)
            mine = await at("courier.end", ended)
        else:
            mine = await at("courier.begin_sending", storage.outbox.begin_sending(db, letter, now=now))
        if not mine:
            raise _LostError
        if isinstance(found, Ended) and found.state is LetterState.DEAD:
            await at("courier.flag_unread", undelivered.flag(db, letter, now=now))
        return found

    async def _take_out(self, letter: Letter, chat: int, message_id: int) -> None:
        await at("courier.take_out", self._house.post.remove(chat, message_id))
        async with self._house.database.transaction() as db:
            await at("courier.leave_place", storage.places.leave(db, letter.person_id, message_id, but=None))

    async def _carry(self, letter: Letter, worded: Worded | ToSet) -> Outcome:
        """A card is only edited where it stands; a present screen or a meeting's picture is replaced there; the rest
        is sent.

        What was answered outside a meeting is sent too: nobody looks for it in a picture far above.
        """
        if isinstance(worded, ToSet):
            return await at("courier.menu", self._house.post.set_menu(worded.chat, worded.menus))
        house, message, say, chat, there = self._house, worded.message, worded.say, worded.chat, worded.at
        if letter.kind in EDITS:
            if there is None:
                return Missing()
            if letter.kind is LetterKind.TAKE_AWAY:
                return await self._take_away(letter, chat, there)
            return await at("courier.edit", house.post.edit(chat, there, message, say))
        quiet = message.picture is not None or letter.kind in (LetterKind.PRESENT, LetterKind.SHOWN_AGAIN)
        in_its_place = letter.kind is LetterKind.PRESENT or (message.picture is not None and "session" in letter.about)
        if in_its_place and there is not None:
            edited = standing.edit(house, worded.person, chat, message, say, at=there, quiet=True)
            return await at("courier.replace", edited)
        return await at("courier.send", standing.send(house, worded.person, chat, message, say, quiet=quiet))

    async def _take_away(self, letter: Letter, chat: int, there: int) -> Outcome:
        """The message goes, and its place with it."""
        outcome = await at("courier.take_away", self._house.post.take_away(chat, there))
        if isinstance(outcome, Sent | Missing):
            async with self._house.database.transaction() as db:
                await at("courier.leave_taken", storage.places.leave(db, letter.person_id, there, but=None))
        return outcome

    async def _settle(self, letter: Letter, outcome: Outcome) -> None:
        decided = fate(letter, outcome, now=self._house.now(), spread=_chance())
        word = type(outcome).__name__.lower()
        if isinstance(decided, Finished) and decided.state is LetterState.DEAD:
            log.event(log.Event.LETTER_DEAD, letter_id=letter.id, outcome=word)
        await self._write_down_at_last(letter, decided, outcome=word, gone=person_has_gone(outcome))

    async def _write_down_at_last(self, letter: Letter, decided: Fate, *, outcome: str, gone: bool) -> None:
        """What is known isn't forgotten because the database can't be written to now: it would be sent again."""
        while True:
            try:
                return await self._write_down(letter, decided, outcome=outcome, gone=gone)
            except Exception as error:
                if not took_too_long_or_can_not(error):
                    raise
                log.event(log.Event.LETTER_FAILED, letter_id=letter.id, error=error)
            await asyncio.sleep(WRITE_AGAIN_SECONDS)

    async def _write_down(self, letter: Letter, decided: Fate, *, outcome: str, gone: bool = False) -> None:
        """What became of it; who has lost the lease meanwhile has nothing to say. What is dead is flagged."""
        async with self._house.database.transaction() as db:
            if isinstance(decided, Postponed):
                mine = await at("courier.postpone", self._postponed(db, letter, decided))
            else:
                mine = await at("courier.end_it", self._ended(db, letter, decided, outcome))
            if gone:
                await at("courier.gone", people.leave_as(db, letter.person_id, now=self._house.now()))
        if mine:
            _count(letter, decided, outcome)

    async def _ended(self, db: storage.Transaction, letter: Letter, decided: Finished, outcome: str) -> bool:
        now, unsure = self._house.now(), decided.unsure
        ended = storage.outbox.finish(db, letter, decided.state, now=now, unsure=unsure, outcome=outcome)
        mine = await at("courier.finish", ended)
        if mine and decided.state is LetterState.DEAD:
            await at("courier.flag", undelivered.flag(db, letter, now=now))
        return mine

    async def _postponed(self, db: storage.Transaction, letter: Letter, decided: Postponed) -> bool:
        until, unsure, alone = decided.until, decided.unsure, decided.alone
        put_off = storage.outbox.postpone(db, letter, until=until, unsure=unsure, alone=alone)
        mine = await at("courier.put_off", put_off)
        if mine and decided.chat_until is not None:
            resting = storage.outbox.rest(db, letter.person_id, until=decided.chat_until)
            await at("courier.let_rest", resting)
        return mine


def _count(letter: Letter, decided: Fate, outcome: str) -> None:
    """Each try; and of alerts the end, which is never silent."""
    metrics.LETTERS.labels(letter.kind.value, outcome).inc()
    if letter.kind is not LetterKind.ALERT or isinstance(decided, Postponed):
        return
    if decided.state is LetterState.DEAD:
        metrics.ALERTS.labels("undeliverable").inc()
    elif decided.state is LetterState.SENT:
        metrics.ALERTS.labels("sent_perhaps_twice" if letter.unsure or decided.unsure else "sent").inc()


def _alone(decided: Fate) -> Fate:
    return replace(decided, alone=True, chat_until=None) if isinstance(decided, Postponed) else decided
