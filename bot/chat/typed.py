"""What is written while a screen asks for it: the newest message of the chat that asks says what the words are for."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

import storage
from bot.chat import events, plans
from bot.chat.turns import Reply, Turn
from bot.domain.codes import typed_code, worker_code
from bot.domain.errors import Reason, Refusal
from bot.domain.letters import Place, PlaceKind

ASKED: Mapping[PlaceKind, Callable[[Turn, Place, str], Awaitable[Reply | None]]] = {
    PlaceKind.PLAN_DAY: plans.written,
    PlaceKind.PLAN_TIME: plans.written,
    PlaceKind.PLAN_MOVE: plans.written,
    PlaceKind.WORDS: events.written,
}

OF_SHEETS = (PlaceKind.SHEET, PlaceKind.SHEET_DAY)
"""What is written for these is read in entering.py."""


async def answered(turn: Turn, text: str) -> Reply | None:
    """The reply to what was asked for, below what was written; what asked goes. None: nothing was asked, or a code.

    Raises:
        Refusal: it can't be read as what was asked for. The screen still asks.
    """
    found = await storage.places.newest_of(turn.db, turn.person.id, (*ASKED, *OF_SHEETS))
    if found is None or found[0].kind in OF_SHEETS:
        return None
    place, message_id = found
    reply = await ASKED[place.kind](turn, place, text)
    is_plan = place.kind is not PlaceKind.WORDS
    if reply is None and is_plan and not (typed_code(text) or worker_code(text)):
        raise Refusal(Reason.UNREAD_TIME)
    if reply is None:
        return None
    await storage.places.leave(turn.db, turn.person.id, message_id, but=None)
    return replace(reply, gone=(message_id, *reply.gone))
