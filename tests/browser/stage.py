"""A stage for the page: it speaks the page's JSON, and whatever a test puts on it appears on the phones.

No bot is behind it. It lets the page be tried with what a bot rarely says: every tag at once, an edit that takes
away a row of buttons, an alert.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Route

PAGE = Path(__file__).parents[2] / "bot" / "sandbox" / "page"
CONTENT_TYPES = {
    ".js": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
    ".html": "text/html",
}

Facts = dict[str, Any]


class Stage:
    """The state that the page shows, as its JSON; `posted` keeps what the page asked for, as (path, body)."""

    def __init__(self, state: Facts, picture: bytes = b"") -> None:
        self.state = state
        self.picture = picture
        self.address = ""
        self.posted: list[tuple[str, Facts]] = []
        self._listeners: set[asyncio.Queue[str | None]] = set()

    def phone(self, name: str) -> Facts:
        return next(phone for phone in self.state["phones"] if phone["name"] == name)

    def put(self, name: str, message: Facts) -> None:
        """Show `message` on a phone: in place of the one with its id, or as the newest."""
        messages = self.phone(name)["messages"]
        place = next((at for at, old in enumerate(messages) if old["id"] == message["id"]), len(messages))
        messages[place : place + 1] = [message]
        self.tell("phone", self.phone(name))

    def change(self, name: str, **facts: Any) -> None:
        self.phone(name).update(facts)
        self.tell("phone", self.phone(name))

    def tell(self, kind: str, facts: Facts) -> None:
        for listener in self._listeners:
            listener.put_nowait(f"event: {kind}\ndata: {json.dumps(facts)}\n\n")

    def cut_off(self) -> None:
        """End every event stream, as a server that stops does."""
        for listener in self._listeners:
            listener.put_nowait(None)

    async def events(self) -> AsyncIterator[str]:
        listener: asyncio.Queue[str | None] = asyncio.Queue()
        self._listeners.add(listener)
        try:
            yield "retry: 300\n\n"
            while (told := await listener.get()) is not None:
                yield told
        finally:
            self._listeners.discard(listener)

    def application(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/", lambda _: _file("index.html")),
                Route("/page/{name}", lambda request: _file(request.path_params["name"])),
                Route("/pictures/{name}", lambda _: Response(self.picture, media_type="image/png")),
                Route("/state", lambda _: JSONResponse(self.state)),
                Route("/events", lambda _: StreamingResponse(self.events(), media_type="text/event-stream")),
                Route("/{path:path}", self._take, methods=["POST"]),
            ]
        )

    async def _take(self, request: Request) -> Response:
        if request.headers.get("x-sandbox") != "1":
            return JSONResponse({"error": "not from the page"}, 403)
        self.posted.append((request.url.path, await request.json()))
        if request.url.path.endswith("/seen"):
            self.change(request.url.path.split("/")[2], lock=None)
        return Response(status_code=204)


def _file(name: str) -> Response:
    path = PAGE / Path(name).name
    return (
        FileResponse(path, media_type=CONTENT_TYPES.get(path.suffix)) if path.is_file() else Response(status_code=404)
    )
