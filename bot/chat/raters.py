"""One person of a case: who they are, on which phone, in which language, and whether they still take part.

Nora taps  👩 Mother                who she is, about whom she is asked, not joined yet
Nora taps  📵 No phone of their own
Nora taps  🌐 Language              what they read
Nora taps  ⏹ No longer takes part   asked, invited and ticked nowhere any more
"""

from collections.abc import Callable

from bot.actions import raters
from bot.actions.raters import RaterView
from bot.chat.turns import Press, Reply, Turn, does, shows
from bot.domain.cases import Case, Rater
from bot.domain.errors import Reason, Refusal
from bot.i18n import LANGUAGES, Language
from bot.messages import rater as words
from bot.messages.message import Message


def shown(turn: Turn, view: RaterView) -> Reply:
    return Reply(words.rater(turn.say, view, turn.house.zone))


async def view_of(turn: Turn, rater: str) -> RaterView:
    return await raters.view(turn.db, turn.person, rater, now=turn.now)


async def question(turn: Turn, rater: str, words_for: Callable[[Language, Case, Rater], Message]) -> Reply:
    """What is asked about this person before anything changes."""
    view = await view_of(turn, rater)
    return Reply(words_for(turn.say, view.case, view.rater))


@shows("rater")
async def show_rater(turn: Turn, rater: str) -> Reply:
    return shown(turn, await view_of(turn, rater))


async def again(turn: Turn, rater: str, *_: object) -> Reply:
    """How they are by now."""
    return shown(turn, await view_of(turn, rater))


# On which phone, in which language


@does("phone", again=again)
async def phone(turn: Turn, rater: str, own: int) -> Reply:
    return shown(turn, await raters.say_phone(turn.db, turn.person, rater, own=bool(own), now=turn.now))


@shows("reads")
async def reads(turn: Turn, rater: str) -> Reply:
    return await question(turn, rater, words.languages)


@does("readsin", again=again)
async def reads_in(turn: Turn, rater: str, code: str) -> Reply:
    if code not in {each.code for each in LANGUAGES}:
        raise Refusal(Reason.NOT_HERE)
    return shown(turn, await raters.say_language(turn.db, turn.person, rater, code, now=turn.now))


# No longer, and again


@shows("leaves")
async def leaves(turn: Turn, rater: str) -> Reply:
    return await question(turn, rater, words.leaves)


@does("ended", again=again)
async def end(turn: Turn, rater: str) -> Reply:
    return shown(turn, await raters.end(turn.db, turn.person, rater, now=turn.now))


@does("returns", again=again)
async def take_back(turn: Turn, rater: str) -> Reply:
    return shown(turn, await raters.take_back(turn.db, turn.person, rater, now=turn.now))


HANDLERS: list[Press] = [show_rater, phone, reads, reads_in, leaves, end, take_back]
