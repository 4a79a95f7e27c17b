"""Command menus: kept by scope and language, looked up as Telegram does, where the scope beats the language.

Source:
    Bot API, BotCommandScope, "Determining list of commands".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from bot.sandbox.chats import Chat

PRIVATE: Final = "all_private_chats"
GROUPS: Final = "all_group_chats"
DEFAULT: Final = "default"


@dataclass(frozen=True)
class Command:
    command: str
    description: str

    def json(self) -> dict[str, Any]:
        return {"command": self.command, "description": self.description}


Scope = tuple[str, int | None]
"""The type of a scope, and the chat of a "chat" scope."""


class Menus:
    def __init__(self) -> None:
        self._menus: dict[tuple[Scope, str], tuple[Command, ...]] = {}

    def set(self, scope: Scope, language: str, commands: tuple[Command, ...]) -> None:
        """Put a menu; an empty one takes it away."""
        self._menus.pop((scope, language), None)
        if commands:
            self._menus[scope, language] = commands

    def get(self, scope: Scope, language: str) -> tuple[Command, ...]:
        return self._menus.get((scope, language), ())

    def shown_in(self, chat: Chat, language: str) -> tuple[Command, ...]:
        """Find the menu a person with this language sees; `language` may be any IETF tag."""
        for scope in ("chat", chat.id), (PRIVATE if chat.kind == "private" else GROUPS, None), (DEFAULT, None):
            for code in language.partition("-")[0], "":
                if commands := self._menus.get((scope, code)):
                    return commands
        return ()
