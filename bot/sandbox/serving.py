"""Run the sandbox's application with uvicorn on loopback, inside an event loop that somebody else owns.

uvicorn keeps its hands off signals: who starts the sandbox decides when it ends.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Final

import uvicorn
from starlette.applications import Starlette

from bot.sandbox.world import World

HOST: Final = "127.0.0.1"
LAST_WORDS: Final = 2
"""Seconds that open answers get when the server closes."""


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready.set()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@asynccontextmanager
async def serving(app: Starlette, world: World, *, port: int = 0) -> AsyncIterator[str]:
    """Serve `app` while the block runs and give its address, such as "http://127.0.0.1:8123".

    Port 0 takes any free one. At the end the long poll and the live updates of `world` end too, within `LAST_WORDS`.

    Error:
        OSError when the port is taken.
    """
    listener = socket.create_server((HOST, port), backlog=256)
    world.open()
    server = _Server(_config(app))
    running = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        await _started(server, running)
        yield f"http://{HOST}:{listener.getsockname()[1]}"
    finally:
        world.close()
        server.should_exit = True
        await running
        listener.close()


def _config(app: Starlette) -> uvicorn.Config:
    """No access log: it would write down the token."""
    return uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        lifespan="off",
        ws="none",
        server_header=False,
        timeout_graceful_shutdown=LAST_WORDS,
    )


async def _started(server: _Server, running: asyncio.Task[None]) -> None:
    ready = asyncio.create_task(server.ready.wait())
    await asyncio.wait({ready, running}, return_when=asyncio.FIRST_COMPLETED)
    ready.cancel()
