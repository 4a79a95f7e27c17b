"""Tags of cases.

Nora taps  ⋯ More, 🏷 Tags          the team's tags, none of them ticked
Nora taps  ⬜️ Evening
Nora taps  ✅ Evening               taken off again
(or, in the list of cases)
Nora taps  🏷 Tags                  those that her cases have
Nora taps  Evening (2)             the two cases
"""

from bot.actions import tagging
from bot.chat.turns import Press, Reply, Turn, does, shows
from bot.messages import tags as words


@shows("tags")
async def show_tags(turn: Turn, case: str, page: int = 0) -> Reply:
    return Reply(words.on_case(turn.say, await tagging.view(turn.db, turn.person, case), page))


async def _again(turn: Turn, case: str, _tag: str, _on: int, page: int = 0) -> Reply:
    return await show_tags.handle(turn, case, page)


@does("tag", again=_again)
async def tick(turn: Turn, case: str, tag: str, on: int, page: int = 0) -> Reply:
    """The button says what is wanted, not the other way round: a second tap changes nothing."""
    view = await tagging.tick(turn.db, turn.person, case, tag, on=bool(on))
    return Reply(words.on_case(turn.say, view, page))


@shows("bytag")
async def choose_tag(turn: Turn, page: int = 0) -> Reply:
    found = await tagging.listed(turn.db, turn.person, weighing=turn.house.weighing, now=turn.now)
    return Reply(words.choose(turn.say, found, page))


HANDLERS: list[Press] = [show_tags, tick, choose_tag]
