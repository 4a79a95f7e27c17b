"""What a worker writes from a sheet of paper while it stands in their chat.

Nora says  7,5            the next line; what she wrote goes from the chat
Nora says  7,5 6 8,2 9    all four at once
Nora says  12             a value goes from 0 to 10; the line still waits
Nora says  21.11.2026     where the day is asked for
"""

from bot.actions import entering
from bot.actions.entering import Entry
from bot.chat.turns import Reply, Turn
from bot.domain import typed
from bot.domain.codes import typed_code, worker_code
from bot.domain.errors import Reason, Refusal
from bot.domain.letters import Place, PlaceKind
from bot.messages.entering import EntryScreens
from bot.messages.message import Message


async def written(turn: Turn, place: Place, text: str) -> Reply | None:
    """A value, four of them, a total or a day; None for what can't be one, or when the sheet is handed in.

    Raises:
        Refusal: the sheet isn't open to them any more.
    """
    if not typed.is_like_a_number(text) or typed_code(text) or worker_code(text):
        return None
    entry = await entering.look(turn.db, turn.person, place.about_id, now=turn.now, zone=turn.house.zone)
    return Reply(await _taken(turn, place, entry, text)) if entry.draft.under_way else None


async def _taken(turn: Turn, place: Place, entry: Entry, text: str) -> Message:
    """What isn't taken changes nothing, and the screen says why."""
    write = entering.write_day if place.kind is PlaceKind.SHEET_DAY else entering.write
    try:
        written = await write(turn.db, turn.person, entry.draft.id, text, now=turn.now, zone=turn.house.zone)
    except Refusal as refusal:
        screens = EntryScreens(turn.say, entry, _why(refusal))
        return screens.days() if place.kind is PlaceKind.SHEET_DAY else screens.present()
    return EntryScreens(turn.say, written).present()


def _why(refusal: Refusal) -> Reason:
    return Reason.NO_NUMBER if refusal.reason is Reason.NO_LONGER else refusal.reason


async def shown(turn: Turn, place: Place) -> Reply:
    """As it is now."""
    entry = await entering.look(turn.db, turn.person, place.about_id, now=turn.now, zone=turn.house.zone)
    screens = EntryScreens(turn.say, entry)
    return Reply(screens.days() if place.kind is PlaceKind.SHEET_DAY else screens.present())
