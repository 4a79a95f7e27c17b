"""The summary of a whole case, to look at together.

Nora taps  ⋯ More, 📄 Summary        the page as a picture, and below it:
Nora taps  📋 For the client record   plain text to copy
"""

from bot.actions import summary
from bot.chat.turns import Press, Reply, Turn, shows
from bot.messages import summary as words


@shows("summary")
async def show_summary(turn: Turn, case: str) -> Reply:
    found = await summary.for_family(turn.db, turn.person, case, profile=turn.house.profile)
    return Reply(words.family(turn.say, found, turn.house.zone))


@shows("record")
async def show_record(turn: Turn, case: str) -> Reply:
    found = await summary.for_family(turn.db, turn.person, case, profile=turn.house.profile)
    return Reply(words.for_record(turn.say, found, turn.house.zone, today=turn.now))


HANDLERS: list[Press] = [show_summary, show_record]
