"""Where a message stands in a chat: what has a place is shown in one message only, and edited there."""

import storage
from bot import log
from bot.domain.people import Person
from bot.house import House
from bot.i18n import Language
from bot.messages.message import Message
from bot.outcomes import GaveUp, Missing, Outcome, Sent
from storage.trouble import took_too_long_or_can_not


async def send(
    house: House, person: Person, chat: int, message: Message, say: Language, *, quiet: bool = False
) -> Outcome:
    """A new message; where the same thing stood before, that message goes. In a worker's chat it leaves a trace."""
    outcome = await house.post.send(chat, message.on_ground(dark=person.dark), say, quiet=quiet)
    if isinstance(outcome, Sent) and (message.place is not None or person.works):
        await _try_to_move(house, person, chat, message, outcome.message_id)
    return outcome


async def edit(
    house: House, person: Person, chat: int, message: Message, say: Language, *, at: int, quiet: bool = False
) -> Outcome:
    """Edit the message `at`; when it can't be edited (any more), send a new one."""
    outcome = await house.post.edit(chat, at, message.on_ground(dark=person.dark), say)
    if isinstance(outcome, Missing | GaveUp):
        return await send(house, person, chat, message, say, quiet=quiet)
    return outcome


async def _try_to_move(house: House, person: Person, chat: int, message: Message, message_id: int) -> None:
    """It is in the chat, wherever it was before: a place that can't be kept now is no reason to send it once more."""
    try:
        await _move(house, person, chat, message, message_id)
    except Exception as error:
        if not took_too_long_or_can_not(error):
            raise
        log.event(log.Event.REPLY_FAILED, outcome="no_place", error=error)


async def _move(house: House, person: Person, chat: int, message: Message, message_id: int) -> None:
    """Remember the new place, and take the old one out of the chat."""
    before = None
    async with house.database.transaction() as db:
        if message.place is not None:
            before = await storage.places.move(db, person.id, message.place, message_id)
        if person.works:
            pictured, now = message.picture is not None, house.now()
            await storage.traces.note(db, person.id, message_id, pictured=pictured, now=now)
    if before is not None:
        await house.post.remove(chat, before)
