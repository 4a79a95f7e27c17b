"""What is kept of a person, shown to them.

Aino says  /mydata     who she is here, and all her answers, five at a time, the newest first
Aino taps  ›           the five before them
Aino taps  🗑 Delete one of these, then one of the days, Yes
"""

from bot.actions import own_data
from bot.chat.turns import Command, Press, Reply, Turn, shows
from bot.messages import own_data as words


@shows("mydata")
async def show_own_data(turn: Turn, page: int = 0) -> Reply:
    return Reply(words.own_data(turn.say, await own_data.of_person(turn.db, turn.person), page, turn.house.zone))


@shows("mydrop")
async def which_one(turn: Turn, page: int = 0) -> Reply:
    return Reply(words.which_one(turn.say, await own_data.of_person(turn.db, turn.person), page, turn.house.zone))


async def own_data_command(turn: Turn, _text: str) -> Reply:
    return await show_own_data.handle(turn)


HANDLERS: list[Press] = [show_own_data, which_one]
COMMANDS = [Command("mydata", own_data_command)]
