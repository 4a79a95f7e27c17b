"""A World that stands still, Aino's phone in it, and calls of the Bot API as plain JSON."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Protocol

import pytest

from bot.sandbox.api import Api
from bot.sandbox.clock import Clock
from bot.sandbox.phones import Phone
from bot.sandbox.world import World

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


class Ask(Protocol):
    """Call a method of the Bot API; give back its result, or the words with which it was refused."""

    async def __call__(self, method: str, /, *, files: dict[str, bytes] | None = None, **values: Any) -> Any: ...


@pytest.fixture
def clock() -> Clock:
    return Clock.at(MONDAY)


@pytest.fixture
def world(clock: Clock) -> World:
    return World(clock)


@pytest.fixture
def aino(world: World) -> Phone:
    """Aino, who has started the bot; nothing of it waits any more."""
    phone = world.phone("aino", title="Aino", about="young person, 15", language="fi")
    phone.says("/start")
    world.updates.clear()
    return phone


@pytest.fixture
def ask(world: World) -> Ask:
    api = Api(world)

    async def call(method: str, /, *, files: dict[str, bytes] | None = None, **values: Any) -> Any:
        answer = await api.answer(method, values, files)
        return answer.body["result"] if answer.body["ok"] else answer.body["description"]

    return call
