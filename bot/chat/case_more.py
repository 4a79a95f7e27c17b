"""What else there is to do with a case.

Nora taps  ⋯ More
Nora taps  🎲 Another label     asks whether to draw one
Nora taps  🎲 Draw              the same card, as Juniper 7
"""

from bot.actions import cases, packs
from bot.chat.cases import show_case
from bot.chat.turns import Press, Reply, Turn, does, shows
from bot.messages import case_more as words


@shows("more")
async def show_more(turn: Turn, case: str) -> Reply:
    shown = (await cases.view(turn.db, turn.person, case)).case
    return Reply(words.more(turn.say, shown, packs=await packs.are_there(turn.db)))


@shows("label")
async def another_label(turn: Turn, case: str) -> Reply:
    return Reply(words.another_label(turn.say, (await cases.view(turn.db, turn.person, case)).case))


@does("draw", again=show_case)
async def draw_label(turn: Turn, case: str) -> Reply:
    return await show_case.handle(turn, (await cases.draw_label_again(turn.db, turn.person, case)).case.id)


HANDLERS: list[Press] = [show_more, another_label, draw_label]
