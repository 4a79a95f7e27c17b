"""What a letter says when its turn has come, if it is still true: read anew, through the door of who gets it."""

from collections.abc import Sequence
from dataclasses import replace

import storage
from bot.actions import handing_over, menus
from bot.courier.letters import alerts, answering, cases, meetings, nobody, people
from bot.courier.letters.reading import Ended, Held, Kinds, Reading, ToSet, Worded
from bot.domain.errors import Refusal
from bot.domain.letters import NOT_SILENT, WHILE_HANDED_OVER, Letter, LetterKind
from bot.domain.people import Person
from bot.failpoints import at
from bot.house import House
from bot.messages.commands import menus_of, menus_of_lent
from bot.messages.message import Message
from storage import Transaction
from storage.outbox import LetterState

TO_SOMEBODY: Kinds = {
    **alerts.KINDS,
    **answering.KINDS,
    **meetings.KINDS,
    **people.KINDS,
    **cases.KINDS,
}


async def read(db: Transaction, house: House, letter: Letter) -> Worded | ToSet | Ended | Held:
    """The letter in words, as true as it is now."""
    if letter.kind in nobody.KINDS:
        return await nobody.KINDS[letter.kind](db, house, letter)
    person = await at("letters.person", storage.people.get(db, letter.person_id))
    chat = await at("letters.chat", storage.people.chat(db, letter.person_id))
    if person is None or chat is None:
        return _nobody_there(letter)
    if letter.kind is LetterKind.MENU:
        return await _menu(db, person, chat)
    if person.in_hands_of is None:
        return await _worded(Reading(db, house, person, letter), chat)
    return await _in_hands(Reading(db, house, person, letter), chat)


async def _menu(db: Transaction, person: Person, chat: int) -> ToSet:
    if person.in_hands_of is not None:
        reader = await at("letters.menu_reader", handing_over.reader(db, person))
        return ToSet(menus_of_lent(reader.language), chat)
    its = await at("letters.menu", menus.of_person(db, person))
    return ToSet(menus_of(its.chosen, is_worker=its.is_worker), chat)


async def _in_hands(reading: Reading, chat: int) -> Worded | Ended | Held:
    """Who has the phone in hand reads it."""
    if reading.letter.kind not in WHILE_HANDED_OVER:
        return Held()
    reader = await at("letters.reader", handing_over.reader(reading.db, reading.person))
    return await _worded(replace(reading, person=reader), chat)


async def _worded(reading: Reading, chat: int) -> Worded | Ended:
    try:
        message = await TO_SOMEBODY[reading.letter.kind](reading)
    except Refusal:
        return _not_theirs(reading.letter)
    if message is None:
        return Ended(LetterState.VOID, "untrue")
    there = await _standing(reading, message)
    return Worded(message, reading.person, reading.say, chat, there, await _stale_pictures(reading))


def _nobody_there(letter: Letter) -> Ended:
    """Who comes back sees how it is then; an alert can't wait for that."""
    return Ended(LetterState.DEAD if letter.kind in NOT_SILENT else LetterState.VOID, "gone")


def _not_theirs(letter: Letter) -> Ended:
    """What it is about isn't the person's any more; an alert must then reach somebody else."""
    return Ended(LetterState.DEAD if letter.kind in NOT_SILENT else LetterState.VOID, "refused")


async def _standing(reading: Reading, message: Message) -> int | None:
    if message.place is None:
        return None
    return await at("letters.place", storage.places.find(reading.db, reading.person.id, message.place))


async def _stale_pictures(reading: Reading) -> Sequence[int]:
    """What a letter about deleted answers takes along: the pictures that may show them."""
    if reading.letter.kind not in (LetterKind.FORGOTTEN, LetterKind.RATING_DELETED, LetterKind.UNDONE):
        return ()
    shown = storage.places.pictures_of_case(reading.db, reading.person.id, reading.id("case"))
    return await at("letters.stale", shown)
