"""Who may come in over HTTP: only those who called us by a name of this very machine; and what the page may load."""

from __future__ import annotations

from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "[::1]"})
POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS: Final = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class Doors:
    """Turn away requests whose Host isn't loopback (DNS rebinding), and put the headers of safety on every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        app = self._app if _is_loopback(scope) else JSONResponse({"error": "only by a loopback address"}, 403)
        await app(scope, receive, send_safely)


def _is_loopback(scope: Scope) -> bool:
    host = Headers(scope=scope).get("host", "").lower()
    name, colon, port = host.rpartition(":")
    if not colon or host.endswith("]"):
        return host in LOOPBACK
    return name in LOOPBACK and port.isdigit()
