"""The methods that keep command menus and what people read about the bot.

Source:
    Bot API, setMyCommands: at most 100 commands of 1-32 of a-z 0-9 _, descriptions of 1-256 characters.
"""

from __future__ import annotations

import re
from typing import Any, Final

from bot.sandbox.feed import EverythingChanged
from bot.sandbox.menus import DEFAULT, GROUPS, PRIVATE, Command, Scope
from bot.sandbox.parameters import Parameters
from bot.sandbox.refusals import NotBuiltError, bad_request
from bot.sandbox.world import World

SET_MY_COMMANDS: Final = frozenset({"commands", "scope", "language_code"})
GET_MY_COMMANDS: Final = frozenset({"scope", "language_code"})
SET_MY_DESCRIPTION: Final = frozenset({"description", "language_code"})
SET_MY_SHORT_DESCRIPTION: Final = frozenset({"short_description", "language_code"})

MAX_COMMANDS: Final = 100
MAX_DESCRIPTION: Final = {"description": 512, "short_description": 120}
_COMMAND: Final = re.compile(r"[a-z0-9_]{1,32}")
_LANGUAGE: Final = re.compile(r"([a-z]{2})?")


def set_my_commands(world: World, given: Parameters) -> bool:
    commands = given.json("commands") or []
    if len(commands) > MAX_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    world.menus.set(_scope(world, given), _language(given), tuple(_command(command) for command in commands))
    world.feed.tell(EverythingChanged())
    return True


def delete_my_commands(world: World, given: Parameters) -> bool:
    world.menus.set(_scope(world, given), _language(given), ())
    world.feed.tell(EverythingChanged())
    return True


def get_my_commands(world: World, given: Parameters) -> list[dict[str, Any]]:
    return [command.json() for command in world.menus.get(_scope(world, given), _language(given))]


def describe(_world: World, given: Parameters) -> bool:
    """Take a description of the bot, which no phone here shows, within its limit."""
    _language(given)
    for name, limit in MAX_DESCRIPTION.items():
        if len(given.text(name)) > limit:
            raise bad_request(f"bot {name.replace('_', ' ')} is too long")
    return True


def _command(command: Any) -> Command:
    if not isinstance(command, dict):
        raise bad_request("Can't parse BotCommand: expected an Object")
    name, description = str(command.get("command", "")).lstrip("/"), str(command.get("description", "")).strip()
    if not name:
        raise bad_request("Command must be non-empty")
    if len(name) > 32:
        raise bad_request("Command length must not exceed 32")
    if not _COMMAND.fullmatch(name):
        raise bad_request("BOT_COMMAND_INVALID")
    if not description:
        raise bad_request("Command description must be non-empty")
    if len(description) > 256:
        raise bad_request("Command description length must not exceed 256")
    return Command(name, description)


def _scope(world: World, given: Parameters) -> Scope:
    scope = given.json("scope") or {"type": DEFAULT}
    kind = scope.get("type") if isinstance(scope, dict) else None
    if kind in (DEFAULT, PRIVATE, GROUPS):
        return kind, None
    if kind != "chat":
        raise NotBuiltError(f"menus are not built for the scope {kind!r}")
    chat = world.chat(Parameters(given.method, scope).number("chat_id"))
    if chat is None or not chat.known:
        raise bad_request("chat not found")
    return kind, chat.id


def _language(given: Parameters) -> str:
    language = given.text("language_code")
    if not _LANGUAGE.fullmatch(language):
        raise bad_request("Invalid language code specified")
    return language
