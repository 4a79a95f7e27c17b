"""Command menus and descriptions."""

from __future__ import annotations

from typing import Any

import pytest

from bot.sandbox.menus import Command
from bot.sandbox.phones import Phone
from bot.sandbox.world import World
from tests.sandbox.conftest import Ask

PRIVATE = {"type": "all_private_chats"}


def menu(*descriptions: str) -> list[dict[str, str]]:
    return [{"command": "start", "description": description} for description in descriptions]


async def test_a_phone_shows_the_menu_of_its_language(aino: Phone, ask: Ask) -> None:
    await ask("setMyCommands", commands=menu("Start"), scope=PRIVATE)
    await ask("setMyCommands", commands=menu("Aloita"), scope=PRIVATE, language_code="fi")
    shown = [aino.menu]
    for language in "fi-FI", "sv", "en":
        aino.language = language
        shown.append(aino.menu)
    expected = ["Aloita", "Aloita", "Start", "Start"]
    assert shown == [(Command("start", description),) for description in expected]


async def test_the_scope_beats_the_language(aino: Phone, ask: Ask) -> None:
    await ask("setMyCommands", commands=menu("Aloita"), language_code="fi")
    await ask("setMyCommands", commands=menu("Start"), scope=PRIVATE)
    assert aino.menu == (Command("start", "Start"),)


async def test_the_menu_of_one_chat_is_for_that_chat(aino: Phone, world: World, ask: Ask) -> None:
    await ask("setMyCommands", commands=menu("Mine"), scope={"type": "chat", "chat_id": aino.id})
    assert (aino.menu, world.phone("bo").menu) == ((Command("start", "Mine"),), ())


async def test_a_menu_can_be_read_and_taken_away(aino: Phone, ask: Ask) -> None:
    await ask("setMyCommands", commands='[{"command": "/start", "description": "Start"}]')
    read = await ask("getMyCommands")
    await ask("deleteMyCommands")
    assert (read, await ask("getMyCommands"), aino.menu) == (menu("Start"), [], ())


async def test_menus_outlive_a_new_beginning(aino: Phone, ask: Ask, world: World) -> None:
    await ask("setMyCommands", commands=menu("Start"))
    world.empty()
    assert aino.menu == (Command("start", "Start"),)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"commands": [{"command": "Start", "description": "x"}]}, "Bad Request: BOT_COMMAND_INVALID"),
        ({"commands": [{"command": "", "description": "x"}]}, "Bad Request: command must be non-empty"),
        ({"commands": [{"command": "x" * 33, "description": "x"}]}, "Bad Request: command length must not exceed 32"),
        ({"commands": [{"command": "x", "description": " "}]}, "Bad Request: command description must be non-empty"),
        ({"commands": menu("x" * 257)}, "Bad Request: command description length must not exceed 256"),
        ({"commands": menu(*["x"] * 101)}, "Bad Request: BOT_COMMANDS_TOO_MUCH"),
        ({"commands": menu("x"), "language_code": "fin"}, "Bad Request: invalid language code specified"),
        ({"commands": menu("x"), "scope": {"type": "chat", "chat_id": 1}}, "Bad Request: chat not found"),
        (
            {"commands": menu("x"), "scope": {"type": "chat_member"}},
            "Bad Request: sandbox: menus are not built for the scope 'chat_member'",
        ),
    ],
)
async def test_a_menu_beyond_the_limits_is_refused(ask: Ask, values: dict[str, Any], words: str) -> None:
    assert await ask("setMyCommands", **values) == words


async def test_descriptions_have_their_limits(ask: Ask) -> None:
    answers = [
        await ask("setMyDescription", description="x" * 512, language_code="fi"),
        await ask("setMyDescription", description="x" * 513),
        await ask("setMyShortDescription", short_description="x" * 120),
        await ask("setMyShortDescription", short_description="x" * 121),
    ]
    assert answers == [
        True,
        "Bad Request: bot description is too long",
        True,
        "Bad Request: bot short description is too long",
    ]
