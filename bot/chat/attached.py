"""Somebody who joined by code was somebody else after all.

Nora taps  ↩️ It was somebody else   what goes with it
Nora taps  ↩️ Undo it                they wait for her yes again, with a new word and number
"""

from bot.actions import attaching
from bot.chat.raters import again
from bot.chat.turns import Press, Reply, Turn, does, shows
from bot.domain.errors import Refusal
from bot.messages import joining as joining_words
from bot.messages import rater as words


async def _person_or_nothing(turn: Turn, rater: str, *_: object) -> Reply:
    try:
        return await again(turn, rater)
    except Refusal:
        return Reply()


@shows("somebody")
async def somebody_else(turn: Turn, rater: str, attachment: str) -> Reply:
    desk = await attaching.look(turn.db, turn.person, rater, attachment, now=turn.now)
    return Reply(words.somebody_else(turn.say, desk.case, desk.case.rater(rater), attachment))


@does("undo", again=_person_or_nothing)
async def undo(turn: Turn, rater: str, attachment: str) -> Reply:
    """Who waits again stands in the place of the question; the pictures of the case go: they may show the answers."""
    undone = await attaching.undo(turn.db, turn.person, rater, attachment, now=turn.now)
    return Reply(joining_words.asked_to_join(turn.say, undone.case), gone=tuple(undone.pictures))


HANDLERS: list[Press] = [somebody_else, undo]
