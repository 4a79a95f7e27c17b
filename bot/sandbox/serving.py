"""Run the sandbox's application on loopback, inside an event loop that somebody else owns."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from starlette.applications import Starlette

from bot.listening import listening
from bot.sandbox.lines import Lines
from bot.sandbox.world import World

HOST: Final = "127.0.0.1"
LAST_WORDS: Final = 2
"""Seconds that open answers get when the server closes."""


@asynccontextmanager
async def serving(app: Starlette, world: World, *, port: int = 0) -> AsyncIterator[str]:
    """Serve `app` while the block runs and give its address, such as "http://127.0.0.1:8123".

    Port 0 takes any free one. At the end the long poll and the live updates of `world` end too, within `LAST_WORDS`.

    Error:
        OSError when the port is taken.
    """
    app.state.lines = lines = Lines()
    async with listening(app, HOST, port, last_words=LAST_WORDS, protocol=lines.protocol()) as listener:
        world.open()
        try:
            yield listener.address
        finally:
            world.close()
