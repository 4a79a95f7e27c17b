"""Looking back together, every three months.

(Nora starts a meeting of a case that was opened in spring)
bot        🔎 Three months: a moment to look back together?   a line on the meeting card
Nora taps  🔎 Look back together                          how it has gone, what has happened, questions
Nora taps  We do something differently                    noted, in place
"""

from bot.actions import reviews
from bot.chat.turns import Press, Reply, Turn, does, shows
from bot.domain.reviews import Decided
from bot.messages import reviews as words


@shows("review")
async def show_review(turn: Turn, case: str) -> Reply:
    view = await reviews.show(turn.db, turn.person, case, now=turn.now, zone=turn.house.zone)
    return Reply(words.card(turn.say, view, turn.house.zone))


async def _as_it_is(turn: Turn, case: str, *_: object) -> Reply:
    return await show_review.handle(turn, case)


@does("decide", again=_as_it_is)
async def decide(turn: Turn, case: str, decided: Decided) -> Reply:
    now, zone = turn.now, turn.house.zone
    view = await reviews.decide(turn.db, turn.person, case, decided, now=now, zone=zone)
    return Reply(words.card(turn.say, view, turn.house.zone))


HANDLERS: list[Press] = [show_review, decide]
