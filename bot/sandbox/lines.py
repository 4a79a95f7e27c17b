"""The open connections of a server, so that one can be hung up without an answer, as a bad network does it."""

from __future__ import annotations

import asyncio
from typing import Any

from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol


class Lines:
    """Knows each connection by the address of who called."""

    def __init__(self) -> None:
        self._open: dict[Any, asyncio.Transport] = {}

    def protocol(self) -> type[asyncio.Protocol]:
        """Make the protocol class of a server whose connections these are."""
        lines = self

        class Line(H11Protocol):
            def connection_made(self, transport: Any) -> None:
                super().connection_made(transport)
                lines._open[transport.get_extra_info("peername")] = transport

            def connection_lost(self, exc: Exception | None) -> None:
                lines._open.pop(self.transport.get_extra_info("peername"), None)
                super().connection_lost(exc)

        return Line

    def hang_up(self, caller: Any) -> None:
        """Close the connection of who called from there. Error: LookupError when there is none."""
        self._open[tuple(caller)].close()


class HangUp(Response):
    """No answer at all: the connection closes."""

    async def __call__(self, scope: Scope, receive: Receive, _send: Send) -> None:
        scope["app"].state.lines.hang_up(scope["client"])
        while (await receive())["type"] != "http.disconnect":
            pass
