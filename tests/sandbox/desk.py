"""A start-up that does the least: it empties the World, and Otto may come."""

from __future__ import annotations

from collections.abc import Sequence

from bot.sandbox.desk import Guest
from bot.sandbox.world import World


class EmptyDesk:
    def __init__(self, world: World) -> None:
        self._world = world

    def guests(self) -> Sequence[Guest]:
        return [Guest("otto", "Otto")]

    async def add_guest(self, name: str) -> None:
        if name != "otto":
            raise LookupError(name)
        self._world.phone("otto", title="Otto", about="worker")

    async def reset(self) -> None:
        self._world.forget("otto")
        self._world.empty()
