"""What a lead sees of what didn't arrive.

lead taps  🔔 Didn't arrive: 2      alert 17, KOIVU-27, 21 Nov 14:05 ...
"""

from bot.actions import undelivered
from bot.chat.turns import Press, Reply, Turn, shows
from bot.messages import undelivered as words


@shows("lost")
async def show_lost(turn: Turn, page: int = 0) -> Reply:
    lost = await undelivered.listed(turn.db, turn.person, now=turn.now)
    return Reply(words.listed(turn.say, lost, page, turn.house.zone))


HANDLERS: list[Press] = [show_lost]
