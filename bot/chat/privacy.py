"""What is kept, and being forgotten.

father says  /forget
bot          Delete everything of mine?     Yes, delete everything / No, keep it
father taps  Yes, delete everything         deleted
"""

from dataclasses import replace

from bot.actions import people
from bot.chat.turns import Command, Press, Reply, Turn, does, shows
from bot.messages import privacy as words


@shows("privacy")
async def what_is_kept(turn: Turn) -> Reply:
    return Reply(words.privacy(turn.say, turn.house.help_lines, free_text=turn.house.free_text))


async def privacy(turn: Turn, _text: str) -> Reply:
    return await what_is_kept.handle(turn)


@shows("forget")
async def before_forgetting(turn: Turn) -> Reply:
    """A worker who rates nowhere has nothing of their own here, and mustn't fear for the families'."""
    home = await people.home(turn.db, turn.person, weighing=turn.house.weighing, now=turn.now)
    if home.worker is not None and not home.seats:
        return Reply(words.nothing_own(turn.say))
    return Reply(words.forget(turn.say))


async def forget(turn: Turn, _text: str) -> Reply:
    return await before_forgetting.handle(turn)


async def _forgotten(turn: Turn) -> Reply:
    """That it came again must not make them known again."""
    unknown = await people.let_go(turn.db, turn.person, now=turn.now)
    return Reply(words.forgotten(turn.say), forgotten=True, unknown=unknown)


@does("forgetme", again=_forgotten)
async def forget_me(turn: Turn) -> Reply:
    messages = await people.forget(turn.db, turn.person, now=turn.now)
    return replace(await _forgotten(turn), gone=tuple(messages))


HANDLERS: list[Press] = [what_is_kept, before_forgetting, forget_me]
COMMANDS = [Command("privacy", privacy), Command("forget", forget)]
