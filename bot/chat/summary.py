"""The summary of a whole case, to look at together.

Nora taps  ⋯ More, 📄 Summary        the page as a picture
Nora taps  🖨 To print                the same as a PDF, below
Nora taps  📋 For the client record   plain text to copy, below
"""

from bot.actions import summary
from bot.chat.turns import Press, Reply, Turn, shows
from bot.messages import summary as words


@shows("summary")
async def show_summary(turn: Turn, case: str) -> Reply:
    found = await summary.for_family(turn.db, turn.person, case, profile=turn.house.profile)
    return Reply(words.page(turn.say, found, turn.house.zone), below=True)


@shows("print")
async def print_summary(turn: Turn, case: str) -> Reply:
    found = await summary.for_family(turn.db, turn.person, case, profile=turn.house.profile)
    return Reply(words.printed(turn.say, found, turn.house.zone), below=True)


@shows("record")
async def show_record(turn: Turn, case: str) -> Reply:
    found = await summary.for_family(turn.db, turn.person, case, profile=turn.house.profile)
    return Reply(words.for_record(turn.say, found, turn.house.zone, today=turn.now), below=True)


HANDLERS: list[Press] = [show_summary, print_summary, show_record]
