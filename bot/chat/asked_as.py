"""Which questions somebody of a case gets.

Nora taps  ⋯ More
Nora taps  🎂 Ages, questions               Young person: 13–17 years
Nora taps  🙂 The children's questions      what they are like, and what changes
Nora taps  🙂 Ask the children's questions
(and back)
Nora taps  The questions for their age
"""

from bot.actions import ages, asked_as
from bot.chat.ages import shown
from bot.chat.turns import Press, Reply, Turn, does, shows
from bot.domain.asked_as import can_choose
from bot.domain.errors import Reason, Refusal
from bot.messages import asked_as as words


@shows("asas")
async def ask_which(turn: Turn, subject: str, as_child: int) -> Reply:
    """Before other questions are asked."""
    view = await ages.view(turn.db, turn.person, subject)
    if view.subject.asked_as_child is bool(as_child) or not can_choose(view.subject.band):
        raise Refusal(Reason.NO_LONGER)
    return Reply(words.other_questions(turn.say, view, as_child=bool(as_child)))


async def _again(turn: Turn, subject: str, *_: object) -> Reply:
    return shown(turn, await ages.view(turn.db, turn.person, subject))


@does("askedas", again=_again)
async def choose(turn: Turn, subject: str, as_child: int) -> Reply:
    now = turn.now
    return shown(turn, await asked_as.choose(turn.db, turn.person, subject, as_child=bool(as_child), now=now))


HANDLERS: list[Press] = [ask_which, choose]
