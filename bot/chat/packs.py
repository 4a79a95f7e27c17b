"""The service's own measures on a case.

Nora taps  📏 Own measures      a tick for each, and what was answered
Nora taps  ⬜️ Energy            asked from the next meeting on
"""

from bot.actions import packs
from bot.chat.turns import Press, Reply, Turn, does, shows
from bot.messages import packs as words


@shows("packs")
async def show_packs(turn: Turn, case: str) -> Reply:
    return Reply(words.packs(turn.say, await packs.view(turn.db, turn.person, case)))


async def _as_it_is(turn: Turn, case: str, *_: object) -> Reply:
    return await show_packs.handle(turn, case)


@does("pack", again=_as_it_is)
async def switch(turn: Turn, case: str, code: str, on: int) -> Reply:
    return Reply(words.packs(turn.say, await packs.switch(turn.db, turn.person, case, code, on=bool(on))))


HANDLERS: list[Press] = [show_packs, switch]
