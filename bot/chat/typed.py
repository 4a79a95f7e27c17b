"""What is written while a screen asks for it: the newest message of the chat that asks says what the words are for."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

import storage
from bot.chat import events, plans, sheets
from bot.chat.turns import Reply, Turn
from bot.domain.errors import Reason, Refusal
from bot.domain.letters import Place, PlaceKind

ASKED: Mapping[PlaceKind, Callable[[Turn, Place, str], Awaitable[Reply | None]]] = {
    PlaceKind.PLAN_DAY: plans.written,
    PlaceKind.PLAN_TIME: plans.written,
    PlaceKind.PLAN_MOVE: plans.written,
    PlaceKind.WORDS: events.written,
    PlaceKind.SHEET: sheets.written,
    PlaceKind.SHEET_DAY: sheets.written,
}
"""Who reads it: None when it isn't what was asked for."""
UNREAD: Mapping[PlaceKind, Reason] = dict.fromkeys(
    (PlaceKind.PLAN_DAY, PlaceKind.PLAN_TIME, PlaceKind.PLAN_MOVE), Reason.UNREAD_TIME
)
"""What is said of words that are nothing else either; of others, that they aren't understood."""
SHEETS = frozenset({PlaceKind.SHEET, PlaceKind.SHEET_DAY})


async def answered(turn: Turn, text: str) -> Reply | None:
    """The reply to what was asked for, below; what asked and what was written goes. None: it was nothing of that kind.

    Raises:
        Refusal: it can't be taken (any more). The screen still asks.
    """
    found = await storage.places.newest_of(turn.db, turn.person.id, ASKED)
    if found is None:
        return None
    place, message_id = found
    reply = await ASKED[place.kind](turn, place, text)
    if reply is None:
        return None
    wrote = (turn.wrote,) if turn.wrote is not None else ()
    if reply.message is not None and reply.message.place == place:
        return replace(reply, gone=wrote)
    await storage.places.leave(turn.db, turn.person.id, message_id, but=None)
    return replace(reply, gone=(*wrote, message_id))


async def must_be_read(turn: Turn) -> None:
    """
    Raises:
        Refusal: a screen asks for something that must be read as that.
    """
    found = await storage.places.newest_of(turn.db, turn.person.id, ASKED)
    if found is not None and found[0].kind in UNREAD:
        raise Refusal(UNREAD[found[0].kind])


async def shown_again(turn: Turn) -> Reply | None:
    """A sheet as it is now, after what came was written a second time; None where none asks."""
    found = await storage.places.newest_of(turn.db, turn.person.id, ASKED)
    return await sheets.shown(turn, found[0]) if found is not None and found[0].kind in SHEETS else None
