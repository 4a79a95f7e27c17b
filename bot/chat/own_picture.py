"""A person's own curve, on their own phone.

somebody taps  My picture
bot            (their curve, below)       Remove it now
               ... ten minutes later it is gone
"""

from bot.actions import own_picture
from bot.actions.pictures import TrendView
from bot.chat.turns import Press, Reply, Turn, does, shows
from bot.messages import own_picture as words


async def _again(turn: Turn, rater: str, subject: str = "", earlier: str = "") -> Reply:
    view = await own_picture.show_again(turn.db, turn.person, rater, subject or None, earlier or None)
    return _shown(turn, view) if view else Reply()


@does("mine", again=_again)
async def mine(turn: Turn, rater: str, subject: str = "", earlier: str = "") -> Reply:
    """`earlier`: of when they answered other questions, as a child."""
    seen = await own_picture.show(turn.db, turn.person, rater, subject or None, earlier or None, now=turn.now)
    return _shown(turn, seen)


def _shown(turn: Turn, view: TrendView) -> Reply:
    return Reply(words.own_picture(turn.say, view, turn.house.zone), below=True)


@shows("away")
async def away(turn: Turn, rater: str) -> Reply:
    """Before its time is over; when it has gone by itself meanwhile, nothing is left to do."""
    there = await own_picture.take_away(turn.db, turn.person, rater)
    return Reply(gone=() if there is None else (there,))


HANDLERS: list[Press] = [mine, away]
