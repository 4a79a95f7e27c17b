"""Serve an application over HTTP inside an event loop that somebody else owns.

uvicorn keeps its hands off signals: whoever listens decides when it ends. It writes no access log, which would write
down tokens and addresses.
"""

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Final

import uvicorn
from starlette.applications import Starlette

BACKLOG: Final = 256


class Listener(uvicorn.Server):
    """A server that has begun. `stop` ends it: what it is answering is answered first."""

    def __init__(self, config: uvicorn.Config, address: str) -> None:
        super().__init__(config)
        self.address = address
        self.ready = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready.set()

    def stop(self) -> None:
        """Take no new connection from now on, and no new request on an old one."""
        self.should_exit = True

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@asynccontextmanager
async def listening(
    app: Starlette,
    host: str,
    port: int,
    *,
    last_words: int,
    keep_alive: int = 5,
    protocol: type[asyncio.Protocol] | None = None,
) -> AsyncIterator[Listener]:
    """Serve `app` while the block runs. Port 0 takes any free one.

    `last_words` are the seconds that open answers get at the end, `keep_alive` those after which a connection on which
    nothing is said is closed. `protocol` speaks HTTP in the place of uvicorn's own.

    Raises:
        OSError: the port is taken, or the host isn't this machine.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.create_server((host, port), family=family, backlog=BACKLOG) as door:
        listener = Listener(_config(app, last_words, keep_alive, protocol), _address(host, door.getsockname()[1]))
        running = asyncio.create_task(listener.serve(sockets=[door]))
        try:
            await _started(listener, running)
            yield listener
        finally:
            listener.stop()
            await running


def _address(host: str, port: int) -> str:
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _config(
    app: Starlette, last_words: int, keep_alive: int, protocol: type[asyncio.Protocol] | None
) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        http=protocol or "auto",
        log_config=None,
        access_log=False,
        lifespan="off",
        ws="none",
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=keep_alive,
        timeout_graceful_shutdown=last_words,
    )


async def _started(listener: Listener, running: asyncio.Task[None]) -> None:
    ready = asyncio.create_task(listener.ready.wait())
    await asyncio.wait({ready, running}, return_when=asyncio.FIRST_COMPLETED)
    ready.cancel()
