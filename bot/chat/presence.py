"""Who is here, while a meeting goes on.

Nora taps  👥 Who is here     a tick for each
Nora taps  ⬜️ Father          he has come late: his phone rings
Nora taps  ✅ Mother          she wasn't there after all: what waited for her is closed
"""

from bot.actions import meetings, presence
from bot.chat.turns import Press, Reply, Turn, does, shows
from bot.messages import presence as words


@shows("here")
async def show_here(turn: Turn, session: str) -> Reply:
    return Reply(words.here(turn.say, await meetings.show_card(turn.db, turn.person, session), now=turn.now))


async def _here(turn: Turn, session: str, *_: object) -> Reply:
    return await show_here.handle(turn, session)


@does("come", again=_here)
async def come_in(turn: Turn, session: str, rater: str) -> Reply:
    weighing = turn.house.weighing
    card = await presence.come_in(turn.db, turn.person, session, rater, weighing=weighing, now=turn.now)
    return Reply(words.here(turn.say, card, now=turn.now))


@does("wasnt", again=_here)
async def was_not_here(turn: Turn, session: str, rater: str) -> Reply:
    card = await presence.was_not_here(turn.db, turn.person, session, rater, now=turn.now)
    return Reply(words.here(turn.say, card, now=turn.now))


HANDLERS: list[Press] = [show_here, come_in, was_not_here]
