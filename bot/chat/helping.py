"""How it goes and who sees what, for whoever asks; and a new worker's first steps.

Nora says   /help                     how a meeting goes
Nora taps   👣 First steps            ✅ 1. Open a case  ▫️ 2. Invite ...
Nora taps   ✓ Take them off the menu

Aino taps   👀 Who sees what
"""

from bot.actions import people, preferences
from bot.chat import home
from bot.chat.turns import Command, Press, Reply, Turn, does, shows
from bot.messages import first_steps as step_words
from bot.messages import helping as words


@shows("help")
async def show_help(turn: Turn) -> Reply:
    """By what somebody is here; who is a worker and a client has the client's card one tap further."""
    found = await people.home(turn.db, turn.person, weighing=turn.house.weighing, now=turn.now)
    if found.worker is not None:
        return Reply(words.to_worker(turn.say))
    lines = turn.house.help_lines
    return Reply(words.to_client(turn.say, lines) if found.seats else words.to_stranger(turn.say, lines))


async def help_command(turn: Turn, _text: str) -> Reply:
    return await show_help.handle(turn)


@shows("seen")
async def who_sees_what(turn: Turn) -> Reply:
    return Reply(words.seen(turn.say))


@shows("firststeps")
async def first_steps(turn: Turn) -> Reply:
    return Reply(step_words.first_steps(turn.say, await preferences.first_steps(turn.db, turn.person)))


@shows("introduce")
async def introduce(turn: Turn) -> Reply:
    """Nothing of anybody's is in it."""
    return Reply(step_words.introduce(turn.say))


@does("stepsaway", again=home.home)
async def put_first_steps_away(turn: Turn) -> Reply:
    await preferences.put_first_steps_away(turn.db, turn.person, now=turn.now)
    return Reply(await home.menu(turn))


HANDLERS: list[Press] = [show_help, who_sees_what, first_steps, introduce, put_first_steps_away]
COMMANDS = [Command("help", help_command)]
