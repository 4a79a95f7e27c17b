"""What a person sets for themself.

Nora says  /settings
Nora taps  🌐 English      (see home.py)
"""

import storage
from bot.chat.turns import Command, Press, Reply, Turn, shows
from bot.messages import settings as words


@shows("settings")
async def show_settings(turn: Turn) -> Reply:
    worker = await storage.workers.of_person(turn.db, turn.person.id) if turn.person.in_hands_of is None else None
    if worker is None:
        return Reply(words.settings_of_client(turn.say))
    return Reply(words.settings(turn.say, worker))


async def settings_command(turn: Turn, _text: str) -> Reply:
    return await show_settings.handle(turn)


HANDLERS: list[Press] = [show_settings]
COMMANDS = [Command("settings", settings_command)]
