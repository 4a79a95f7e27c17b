"""An alert on a worker's phone: each step edits the letter in its place.

Nora gets  🔔 Something to talk about together (alert 12)   covered numbers, a question
Nora taps  Open                     all its questions, what else there is
Nora taps  ✓ Talked about it        said so, with the way to the case
(or)
Nora taps  ⏰ Later                  when it comes again
"""

from bot.actions import talks, topics
from bot.chat.turns import Press, Reply, Turn, does, shows
from bot.domain.errors import Reason, Refusal
from bot.messages import alerts as words
from bot.messages import topics as topic_words

NUMBER_DIGITS = 9


def _number(text: str) -> int:
    """Of an alert: more than the small numbers that other buttons carry."""
    if not (text.isascii() and text.isdigit() and len(text) <= NUMBER_DIGITS):
        raise Refusal(Reason.NOT_HERE)
    return int(text)


async def _opened(turn: Turn, number: str) -> Reply:
    view = await talks.look(turn.db, turn.person, _number(number), weighing=turn.house.weighing)
    return Reply(words.opened(turn.say, view))


@does("alert", again=_opened)
async def open_alert(turn: Turn, number: str) -> Reply:
    weighing = turn.house.weighing
    view = await talks.open_alert(turn.db, turn.person, _number(number), weighing=weighing, now=turn.now)
    return Reply(words.opened(turn.say, view))


async def _talked(turn: Turn, number: str) -> Reply:
    view = await talks.look(turn.db, turn.person, _number(number), weighing=turn.house.weighing)
    return Reply(words.talked(turn.say, view))


@does("talked", again=_talked)
async def talk_about(turn: Turn, number: str) -> Reply:
    weighing = turn.house.weighing
    view = await talks.talk_about(turn.db, turn.person, _number(number), weighing=weighing, now=turn.now)
    return Reply(words.talked(turn.say, view))


async def _put_off(turn: Turn, number: str) -> Reply:
    view = await talks.look(turn.db, turn.person, _number(number), weighing=turn.house.weighing)
    return Reply(words.put_off(turn.say, view, turn.house.zone, now=turn.now))


@does("later", again=_put_off)
async def put_off(turn: Turn, number: str) -> Reply:
    weighing = turn.house.weighing
    view = await talks.put_off_alert(turn.db, turn.person, _number(number), weighing=weighing, now=turn.now)
    return Reply(words.put_off(turn.say, view, turn.house.zone, now=turn.now))


@shows("topics")
async def what_to_ask(turn: Turn, session: str, page: int = 0) -> Reply:
    """In the place of the meeting's card, with a way back to it."""
    case, meeting, found = await topics.show(turn.db, turn.person, session, weighing=turn.house.weighing)
    return Reply(topic_words.what_to_ask(turn.say, case, meeting, found, page))


HANDLERS: list[Press] = [open_alert, talk_about, put_off, what_to_ask]
