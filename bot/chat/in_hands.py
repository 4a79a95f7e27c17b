"""A worker's phone in somebody else's hands: the one gate that every tap and every word there goes through.

Bo taps   7                        his rating, and nothing beside it
Bo taps   an old button            how far his rating is; Go on / Give the phone back
Bo says   /start, /cases, hello    the same
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

from bot.actions import handing_over
from bot.chat.handing_over import as_read, asked, freed
from bot.chat.turns import Reply, Turn
from bot.domain.errors import Reason, Refusal
from bot.domain.handing_over import is_pin
from bot.messages import handing_over as words

Handled = Callable[[Turn], Awaitable[Reply]]

BACK = frozenset({"giveback", "phoneback"})
"""What leads to the worker."""
AGAIN = "handnow"
"""Tapped twice, the second tap is in the rater's hands: it shows what the first one has."""


def tapped(verb: str, arguments: Sequence[str], handle: Handled) -> Handled:
    """What a button does; in somebody's hands only what belongs to their rating does anything."""

    async def handled(turn: Turn) -> Reply:
        if turn.person.in_hands_of is None:
            return await handle(turn)
        theirs = await as_read(turn, turn.person.in_hands_of)
        if verb in BACK:
            return replace(await handle(theirs), alone=True)
        if verb in words.RATING and await _may(theirs, verb, arguments):
            return await _rated(theirs, handle)
        return await _asked(theirs) if verb == AGAIN else await _neutral(theirs)

    return handled


def said(text: str, handle: Handled) -> Handled:
    """What a command or a text does; in somebody's hands none does anything, but a new invitation of a worker.

    What may be a PIN, by a worker who wrote it instead of tapping it, doesn't stay in the chat.
    """

    async def handled(turn: Turn) -> Reply:
        if turn.person.in_hands_of is None:
            return await handle(turn)
        person = await handing_over.free_by_invitation(turn.db, turn.person, text, now=turn.now)
        if person is not None:
            return await freed(Turn(turn.db, person, turn.now, turn.house))
        reply = await _neutral(await as_read(turn, turn.person.in_hands_of))
        pins = (turn.wrote,) if turn.wrote is not None and is_pin(text.strip()) else ()
        return replace(reply, gone=pins)

    return handled


async def _may(turn: Turn, verb: str, arguments: Sequence[str]) -> bool:
    return verb != "reopen" or await handing_over.may_open_again(turn.db, turn.person, "".join(arguments[:1]))


async def _rated(turn: Turn, handle: Handled) -> Reply:
    """A screen of the rating, without the ways that lead elsewhere."""
    reply = await handle(turn)
    in_hands = await handing_over.look_in_hands(turn.db, turn.person, now=turn.now)
    if reply.message is None:
        raise Refusal(Reason.NO_LONGER)
    return replace(reply, message=words.rating(turn.say, reply.message, in_hands), more=(), below=False, alone=True)


async def _asked(turn: Turn) -> Reply:
    in_hands = await handing_over.look_in_hands(turn.db, turn.person, now=turn.now)
    return Reply(asked(turn, in_hands), alone=True)


async def _neutral(turn: Turn) -> Reply:
    in_hands = await handing_over.look_in_hands(turn.db, turn.person, now=turn.now)
    return Reply(words.neutral(turn.say, in_hands), alone=True)
