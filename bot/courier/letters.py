"""What a letter says when its turn has come, if it is still true: read anew, through the door of who gets it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import storage
from bot.actions import joining, meetings, pictures, ratings
from bot.actions.access import access_case, access_case_rater
from bot.domain.letters import Letter, LetterKind
from bot.domain.people import Person, Worker
from bot.house import House
from bot.i18n import Language, language
from bot.messages import joining as joining_words
from bot.messages import letters as words
from bot.messages import meeting as meeting_words
from bot.messages import pictures as picture_words
from bot.messages.message import Message
from bot.messages.rating import RatingScreens
from storage import Transaction


@dataclass(frozen=True)
class Reading:
    """A letter being worded, for the person who gets it."""

    db: Transaction
    house: House
    person: Person
    letter: Letter

    @property
    def say(self) -> Language:
        return language(self.person.language)

    def id(self, name: str) -> str:
        return self.letter.about[name]


async def worded(db: Transaction, house: House, letter: Letter) -> tuple[Message, Language] | None:
    """The message, and the language it is in; None when it isn't true any more.

    Raises:
        Refusal: what it is about isn't the person's (any more).
    """
    person = await storage.people.get(db, letter.person_id)
    if person is None:
        return None
    reading = Reading(db, house, person, letter)
    message = await _KINDS[letter.kind](reading)
    return (message, reading.say) if message else None


async def _request(reading: Reading) -> Message | None:
    """Who has begun meanwhile has it before them already."""
    view = await ratings.asked(reading.db, reading.person, reading.id("draft"), now=reading.house.now())
    if view is None or view.draft.begun:
        return None
    return RatingScreens(reading.say, view, reading.house.help_lines).present()


async def _card(reading: Reading) -> Message | None:
    card = await meetings.show_card(reading.db, reading.person, reading.id("session"))
    return meeting_words.card(reading.say, card, reading.house.zone)


async def _picture(reading: Reading) -> Message | None:
    view = await pictures.trend_after(reading.db, reading.id("draft"))
    if view is None:
        return None
    await access_case(reading.db, reading.person, view.case.id)
    return picture_words.trend(reading.say, view, reading.house.profile, reading.house.zone)


async def _joined(reading: Reading) -> Message | None:
    desk, rater = await access_case_rater(reading.db, reading.person, reading.id("rater"))
    return words.joined(reading.say, desk.case, rater)


async def _forgotten(reading: Reading) -> Message | None:
    desk, rater = await access_case_rater(reading.db, reading.person, reading.id("rater"))
    return words.forgotten(reading.say, desk.case, rater)


async def _asked_to_join(reading: Reading) -> Message | None:
    case = await joining.show_asked(reading.db, reading.person, reading.id("case"))
    return joining_words.asked_to_join(reading.say, case)


async def _accepted(reading: Reading) -> Message | None:
    return words.accepted(reading.say) if await _worker(reading) else None


async def _not_mine(reading: Reading) -> Message | None:
    return words.not_mine(reading.say) if await _worker(reading) else None


async def _worker(reading: Reading) -> Worker | None:
    return await storage.workers.get(reading.db, reading.id("worker"))


_KINDS: dict[LetterKind, Callable[[Reading], Awaitable[Message | None]]] = {
    LetterKind.REQUEST: _request,
    LetterKind.CARD: _card,
    LetterKind.PICTURE: _picture,
    LetterKind.ASKED_TO_JOIN: _asked_to_join,
    LetterKind.JOINED: _joined,
    LetterKind.ACCEPTED: _accepted,
    LetterKind.NOT_MINE: _not_mine,
    LetterKind.FORGOTTEN: _forgotten,
}
