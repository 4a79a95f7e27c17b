"""Where a message stands in a chat: what has a place is shown in one message only, and edited there."""

import storage
from bot import log
from bot.house import House
from bot.i18n import Language
from bot.messages.message import Message
from bot.wire import GaveUp, Missing, Outcome, Sent
from storage.trouble import took_too_long_or_can_not


async def send(
    house: House, person_id: str, chat: int, message: Message, say: Language, *, quiet: bool = False
) -> Outcome:
    """A new message; where the same thing stood before, that message goes."""
    outcome = await house.post.send(chat, message, say, quiet=quiet)
    if isinstance(outcome, Sent) and message.place is not None:
        await _try_to_move(house, person_id, chat, message, outcome.message_id)
    return outcome


async def edit(
    house: House, person_id: str, chat: int, message: Message, say: Language, *, at: int, quiet: bool = False
) -> Outcome:
    """Edit the message `at`; when it can't be edited (any more), send a new one."""
    outcome = await house.post.edit(chat, at, message, say)
    if isinstance(outcome, Missing | GaveUp):
        return await send(house, person_id, chat, message, say, quiet=quiet)
    return outcome


async def _try_to_move(house: House, person_id: str, chat: int, message: Message, message_id: int) -> None:
    """It is in the chat, wherever it was before: a place that can't be kept now is no reason to send it once more."""
    try:
        await _move(house, person_id, chat, message, message_id)
    except Exception as error:
        if not took_too_long_or_can_not(error):
            raise
        log.event(log.Event.REPLY_FAILED, outcome="no_place", error=error)


async def _move(house: House, person_id: str, chat: int, message: Message, message_id: int) -> None:
    """Remember the new place, and take the old one out of the chat."""
    if message.place is None:
        return
    async with house.database.transaction() as db:
        before = await storage.places.move(db, person_id, message.place, message_id)
    if before is not None:
        await house.post.remove(chat, before)
