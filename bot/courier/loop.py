"""The courier: claims letters whose time has come, words them, sends them, and writes down what became of them.

People are written to side by side, one person's letters one after another.
"""

import asyncio
from collections.abc import Sequence
from datetime import datetime

import storage
from bot import log, standing
from bot.actions import people
from bot.courier.letters import worded
from bot.courier.retry import EDITS, Finished, Postponed, fate, person_has_gone
from bot.domain.errors import Refusal
from bot.domain.letters import Letter, LetterKind
from bot.house import House
from bot.i18n import Language
from bot.messages.message import Message
from bot.wire import Again, GaveUp, Gone, Missing, Outcome
from storage.outbox import LetterState

AT_ONCE = 20
LOOK_AGAIN_SECONDS = 1.0
AFTER_FAILURE_SECONDS = 5.0


class Courier:
    """Sends what is in the outbox of one database."""

    def __init__(self, house: House) -> None:
        self._house = house

    async def run(self) -> None:
        """Until cancelled. A round that fails (a disk, a database) is said and tried again."""
        while True:
            try:
                sent = await self.round()
            except Exception as error:
                log.event(log.Event.COURIER_FAILED, error=error)
                await asyncio.sleep(AFTER_FAILURE_SECONDS)
            else:
                await self._rest(sent)

    async def _rest(self, sent: int) -> None:
        """Straight on while there is something; else until something is put in, or a second."""
        if sent:
            return
        try:
            async with asyncio.timeout(LOOK_AGAIN_SECONDS):
                await self._house.letters_waiting.wait()
        except TimeoutError:
            return

    async def round(self) -> int:
        """Claim what is due and deliver it; how many letters that were."""
        self._house.letters_waiting.clear()
        async with self._house.database.transaction() as db:
            claimed = await storage.outbox.claim(db, now=self._house.now(), most=AT_ONCE)
        for result in await asyncio.gather(*(self._deliver(letter) for letter in claimed), return_exceptions=True):
            if isinstance(result, BaseException):
                log.event(log.Event.LETTER_FAILED, error=result)
        return len(claimed)

    async def _deliver(self, letter: Letter) -> None:
        """One letter. What fails here is tried again like what Telegram doesn't take now, and is dead after a day."""
        try:
            async with self._house.writing_to(letter.person_id):
                await self._read_and_send(letter)
        except Exception as error:
            log.event(log.Event.LETTER_FAILED, letter_id=letter.id, error=error)
            await self._settle(letter, Again(0))

    async def _read_and_send(self, letter: Letter) -> None:
        async with self._house.database.transaction() as db:
            chat = await storage.people.chat(db, letter.person_id)
            written = await self._worded(db, letter) if chat is not None else None
            place = written[0].place if written else None
            at = await storage.places.find(db, letter.person_id, place) if place else None
            stale = await _stale_pictures(db, letter)
        if written is None or chat is None:
            await self._finish(letter, Finished(LetterState.VOID))
            return
        for message_id in stale:
            await self._take_out(letter, chat, message_id)
        outcome = await self._carry(letter, chat, *written, at=at)
        await self._settle(letter, outcome)

    async def _take_out(self, letter: Letter, chat: int, message_id: int) -> None:
        await self._house.post.remove(chat, message_id)
        async with self._house.database.transaction() as db:
            await storage.places.leave(db, letter.person_id, message_id, but=None)

    async def _worded(self, db: storage.Transaction, letter: Letter) -> tuple[Message, Language] | None:
        """None when it isn't true any more, or isn't the person's any more."""
        try:
            return await worded(db, self._house, letter)
        except Refusal:
            return None

    async def _carry(self, letter: Letter, chat: int, message: Message, say: Language, *, at: int | None) -> Outcome:
        """A card is only edited where it stands; a picture of a meeting is replaced there; the rest is sent.

        What was answered outside a meeting is sent too: nobody looks for it in a picture far above.
        """
        if letter.kind in EDITS:
            return await self._house.post.edit(chat, at, message, say) if at is not None else Missing()
        if message.picture is not None and at is not None and "session" in letter.about:
            return await standing.edit(self._house, letter.person_id, chat, message, say, at=at, quiet=True)
        quiet = message.picture is not None
        return await standing.send(self._house, letter.person_id, chat, message, say, quiet=quiet)

    async def _settle(self, letter: Letter, outcome: Outcome) -> None:
        decided = fate(letter, outcome, now=self._house.now())
        if isinstance(outcome, Gone | GaveUp) or decided == Finished(LetterState.DEAD):
            log.event(log.Event.LETTER_DEAD, letter_id=letter.id, outcome=type(outcome).__name__)
        await self._finish(letter, decided, gone=person_has_gone(outcome))

    async def _finish(self, letter: Letter, decided: Finished | Postponed, *, gone: bool = False) -> None:
        now = self._house.now()
        async with self._house.database.transaction() as db:
            if isinstance(decided, Finished):
                await storage.outbox.finish(db, letter, decided.state, now=now)
            else:
                await storage.outbox.postpone(db, letter, until=decided.until)
            if gone:
                await _leave(db, letter.person_id, now=now)


async def _stale_pictures(db: storage.Transaction, letter: Letter) -> Sequence[int]:
    """What a letter about deleted answers takes along: the pictures that may show them."""
    if letter.kind is not LetterKind.FORGOTTEN:
        return ()
    return await storage.places.pictures_of_case(db, letter.person_id, letter.about["case"])


async def _leave(db: storage.Transaction, person_id: str, *, now: datetime) -> None:
    person = await storage.people.get(db, person_id)
    if person is not None:
        await people.leave(db, person, now=now)
