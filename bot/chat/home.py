"""Where everybody begins and comes back to: /start, the menu, the language; and what isn't understood.

somebody says  /start
bot            Hello! ...                 I have a code / language
somebody taps  I have a code
somebody says  7K3QM-9TZ4X                (see joining.py)
"""

from dataclasses import replace

from bot.actions import people, ratings
from bot.chat import joining, rating
from bot.chat.turns import Command, Press, Reply, Turn, does, shows
from bot.i18n import LANGUAGES
from bot.messages import home as words
from bot.messages import refusals
from bot.messages.message import Message


async def menu(turn: Turn) -> Message:
    return words.home(
        turn.say, await people.home(turn.db, turn.person, weighing=turn.house.weighing, now=turn.now), turn.house.zone
    )


@shows("home")
async def home(turn: Turn) -> Reply:
    return Reply(await menu(turn))


async def _home_again(turn: Turn, _text: str) -> Reply:
    return Reply(await menu(turn))


async def start(turn: Turn, text: str) -> Reply:
    """With a code behind it: what the code stands for. Without: the menu, and what is unfinished."""
    if text:
        return await joining.code(turn, text)
    return await _with_unfinished(turn)


async def _with_unfinished(turn: Turn) -> Reply:
    """Coming back goes on at the same item."""
    unfinished = await ratings.unfinished(turn.db, turn.person, now=turn.now)
    if unfinished is None:
        return Reply(await menu(turn))
    shown = replace(
        await people.home(turn.db, turn.person, weighing=turn.house.weighing, now=turn.now), unfinished=None
    )
    present = words.home(turn.say, shown, turn.house.zone)
    return Reply(present, (rating.screens(turn, unfinished).present(),))


@shows("code")
async def enter_code(turn: Turn) -> Reply:
    return Reply(words.enter_code(turn.say))


@shows("languages")
async def languages(turn: Turn) -> Reply:
    return Reply(words.languages(turn.say))


async def language_command(turn: Turn, _text: str) -> Reply:
    return Reply(words.languages(turn.say))


async def _home_press(turn: Turn, *_: object) -> Reply:
    return Reply(await menu(turn))


@does("language", again=_home_press)
async def choose_language(turn: Turn, code: str) -> Reply:
    known = code in {each.code for each in LANGUAGES}
    person = await people.choose_language(turn.db, turn.person, code, now=turn.now) if known else turn.person
    return Reply(await menu(Turn(turn.db, person, turn.now, turn.house)))


async def media(turn: Turn, _text: str) -> Reply:
    return Reply(refusals.no_media(turn.say))


HANDLERS: list[Press] = [home, enter_code, languages, choose_language]
COMMANDS = [Command("start", start, _home_again), Command("language", language_command)]
MEDIA = Command("media", media)
