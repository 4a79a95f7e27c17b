"""What the page asks for: its files, the state, the live updates, and what is done on a phone."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote
from zoneinfo import ZoneInfo

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse

from bot.sandbox import bodies, shapes, view
from bot.sandbox.desk import Desk
from bot.sandbox.feed import ClockMoved, EverythingChanged, Happening, PhoneChanged, ToastShown, WorldClosed
from bot.sandbox.phones import NotPossibleError, Phone
from bot.sandbox.weather import Weather
from bot.sandbox.world import World

FILES: Final = Path(__file__).parent / "page"
TYPES: Final = {
    ".css": "text/css",
    ".html": "text/html",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".woff2": "font/woff2",
}
"""Media types of the page's files, named here because not every machine knows them all."""
MAX_BODY: Final = 64 * 1024
MAX_HOURS: Final = 24 * 366
MAX_SAID: Final = 4096

Json = dict[str, Any]


class PageRoutes:
    """Everything that the page asks for."""

    def __init__(self, world: World, desk: Desk, zone: ZoneInfo, heartbeat: float) -> None:
        self._world = world
        self._desk = desk
        self._zone = zone
        self._heartbeat = heartbeat
        self._one_at_a_time = asyncio.Lock()

    async def index(self, _request: Request) -> Response:
        return _file("index.html")

    async def file(self, request: Request) -> Response:
        return _file(request.path_params["name"])

    async def picture(self, request: Request) -> Response:
        picture = self._world.pictures.get(request.path_params["file_id"])
        if picture is None:
            raise HTTPException(404, "there is no such picture")
        return Response(picture.content, media_type=picture.media_type, headers={"Cache-Control": "max-age=3600"})

    async def document(self, request: Request) -> Response:
        chat = self._world.chat(request.path_params["chat"])
        bubble = chat.get(request.path_params["message"]) if chat else None
        if bubble is None or bubble.file is None:
            raise HTTPException(404, "there is no such document")
        named = {"Content-Disposition": f"inline; filename*=UTF-8''{quote(bubble.file.name)}"}
        return Response(bubble.file.content, media_type=shapes.media_type(bubble.file), headers=named)

    async def state(self, _request: Request) -> Response:
        return JSONResponse(self._state(), headers={"Cache-Control": "no-store"})

    def _state(self) -> Json:
        return view.state(self._world, self._zone, [(guest.name, guest.title) for guest in self._desk.guests()])

    async def events(self, _request: Request) -> Response:
        """Stream what happens, the whole state first."""
        return StreamingResponse(self._stream(), media_type="text/event-stream", headers={"Cache-Control": "no-store"})

    async def _stream(self) -> AsyncIterator[str]:
        with self._world.feed.watch() as watch:
            yield _event("state", self._state())
            while not self._world.closed:
                try:
                    async with asyncio.timeout(self._heartbeat):
                        happenings = await watch.next()
                except TimeoutError:
                    yield ": still here\n\n"
                    continue
                for text in self._told(happenings):
                    yield text

    def _told(self, happenings: Sequence[Happening]) -> list[str]:
        return [text for happening in happenings if (text := self._tell(happening))]

    def _tell(self, happening: Happening) -> str:
        match happening:
            case PhoneChanged(name):
                phone = self._world.find_phone(name)
                return _event("phone", view.phone_json(phone, self._zone)) if phone else ""
            case ToastShown(name, text, alert):
                return _event("toast", {"phone": name, "text": text, "alert": alert})
            case ClockMoved():
                return _event("clock", {"now": view.moment(self._world.clock.now(), self._zone)})
            case EverythingChanged():
                return _event("state", self._state())
            case WorldClosed():
                return ""

    def posted(self, act: Callable[[Request, Json], Awaitable[None]]) -> Callable[[Request], Awaitable[Response]]:
        """Make a route of `act`: one at a time, 204 when it is done, an error in words when it can't be."""

        async def route(request: Request) -> Response:
            if request.headers.get("x-sandbox") != "1":
                raise HTTPException(403, "only the page of the sandbox may ask for this")
            try:
                given = bodies.read_json(await bodies.receive(request, limit=MAX_BODY))
                async with self._one_at_a_time:
                    await act(request, given)
            except bodies.BodyError as error:
                raise HTTPException(400, str(error)) from None
            except NotPossibleError as error:
                raise HTTPException(409, str(error)) from None
            return Response(status_code=204)

        return route

    async def say(self, request: Request, given: Json) -> None:
        text = _text(given, "text")
        if len(text) > MAX_SAID:
            raise HTTPException(400, "a message has at most 4096 characters")
        phone = self._phone(request)
        if text.split()[:1] == ["/start"]:
            phone.unblocks()
        phone.says(text)

    async def tap(self, request: Request, given: Json) -> None:
        place = [_whole(given, name) for name in ("message", "row", "column")]
        self._phone(request).tap_at(*place)

    async def photo(self, request: Request, _given: Json) -> None:
        self._phone(request).sends_photo()

    async def language(self, request: Request, given: Json) -> None:
        code = _text(given, "language")
        if not code.replace("-", "").isalnum() or len(code) > 16:
            raise HTTPException(400, "language must be a tag such as fi")
        self._phone(request).language = code

    async def seen(self, request: Request, _given: Json) -> None:
        self._phone(request).seen()

    async def clock(self, _request: Request, given: Json) -> None:
        hours = given.get("hours")
        if isinstance(hours, bool) or not isinstance(hours, int | float) or not 0 < hours <= MAX_HOURS:
            raise HTTPException(400, "hours must be above 0 and at most a year")
        self._world.move_clock(timedelta(hours=hours))

    async def weather(self, _request: Request, given: Json) -> None:
        """Set the `weather` (none is fine weather), and be `away`: true, false, or for so many seconds."""
        try:
            if "weather" in given:
                self._world.weather = Weather.read(given["weather"]) if given["weather"] else None
            if "away" in given:
                self._go_away(given["away"])
        except ValueError as error:
            raise HTTPException(400, str(error)) from None

    def _go_away(self, away: Any) -> None:
        if isinstance(away, bool):
            self._world.away() if away else self._world.back()
        elif isinstance(away, int | float) and 0 < away <= MAX_HOURS * 3600:
            self._world.away(timedelta(seconds=away))
        else:
            raise ValueError("away must be true, false or seconds, at most a year of them")

    async def add_guest(self, _request: Request, given: Json) -> None:
        try:
            await self._desk.add_guest(_text(given, "name"))
        except NotPossibleError:
            raise
        except LookupError:
            raise HTTPException(404, "there is no such guest") from None

    async def reset(self, _request: Request, _given: Json) -> None:
        await self._desk.reset()
        self._world.feed.tell(EverythingChanged())

    def _phone(self, request: Request) -> Phone:
        phone = self._world.find_phone(request.path_params["phone"])
        if phone is None:
            raise HTTPException(404, "there is no such phone")
        return phone


def _file(name: str) -> Response:
    """Serve a file of the page, found by looking through the folder, so that no path leads out of it."""
    for path in FILES.iterdir():
        if path.name == name and path.is_file():
            return FileResponse(path, media_type=TYPES.get(path.suffix), headers={"Cache-Control": "no-cache"})
    raise HTTPException(404, "there is no such file")


def _event(name: str, content: Json) -> str:
    return f"event: {name}\ndata: {json.dumps(content)}\n\n"


def _text(given: Json, name: str) -> str:
    value = given.get(name)
    if not isinstance(value, str) or not value.strip():
        raise HTTPException(400, f"{name} must be a text")
    return value


def _whole(given: Json, name: str) -> int:
    value = given.get(name)
    if isinstance(value, bool) or not isinstance(value, int):
        raise HTTPException(400, f"{name} must be a whole number")
    return value
