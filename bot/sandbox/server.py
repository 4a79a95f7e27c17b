"""The World over HTTP on loopback: a Bot API server for the bot, and the page with its JSON and live updates.

The page's own calls can't be made by another site: the Host must be loopback (nobody can rebind a name to us), and
every POST needs a header that a foreign page may not send.
"""

from __future__ import annotations

from typing import Any, Final
from zoneinfo import ZoneInfo

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.sandbox import bodies
from bot.sandbox.api import Api
from bot.sandbox.desk import Desk
from bot.sandbox.doors import Doors
from bot.sandbox.lines import HangUp
from bot.sandbox.page_routes import PageRoutes
from bot.sandbox.refusals import NoAnswerError
from bot.sandbox.world import World

HEARTBEAT: Final = 15.0
MAX_UPLOAD: Final = 50 * 1024 * 1024


def create_server(
    world: World, *, token: str, desk: Desk, zone: str = "Europe/Helsinki", heartbeat: float = HEARTBEAT
) -> Starlette:
    """Build the application. `heartbeat` is in seconds. `serving.serving` runs it."""
    api = _ApiRoutes(Api(world, token=token))
    page = PageRoutes(world, desk, ZoneInfo(zone), heartbeat)
    routes = [
        Route("/bot{token}/{method}", api.call, methods=["GET", "POST"]),
        Route("/", page.index),
        Route("/page/{name}", page.file),
        Route("/pictures/{file_id}", page.picture),
        Route("/documents/{chat:int}/{message:int}", page.document),
        Route("/state", page.state),
        Route("/events", page.events),
        Route("/phones", page.posted(page.add_guest), methods=["POST"]),
        Route("/phones/{phone}/say", page.posted(page.say), methods=["POST"]),
        Route("/phones/{phone}/tap", page.posted(page.tap), methods=["POST"]),
        Route("/phones/{phone}/photo", page.posted(page.photo), methods=["POST"]),
        Route("/phones/{phone}/language", page.posted(page.language), methods=["POST"]),
        Route("/phones/{phone}/seen", page.posted(page.seen), methods=["POST"]),
        Route("/clock", page.posted(page.clock), methods=["POST"]),
        Route("/weather", page.posted(page.weather), methods=["POST"]),
        Route("/reset", page.posted(page.reset), methods=["POST"]),
    ]
    handlers: dict[Any, Any] = {HTTPException: _error}
    return Starlette(routes=routes, middleware=[Middleware(Doors)], exception_handlers=handlers)


def _error(_request: Request, error: HTTPException) -> Response:
    return JSONResponse({"error": error.detail}, error.status_code)


class _ApiRoutes:
    """`/bot<token>/<method>`, for the bot."""

    def __init__(self, api: Api) -> None:
        self._api = api

    async def call(self, request: Request) -> Response:
        if self._api.world.closed:
            return _api_error(502, "Bad Gateway")
        if self._api.world.is_away:
            return HangUp()
        answer = self._api.unauthorised(request.path_params["token"])
        if answer is None:
            try:
                form = bodies.read(
                    request.url.query,
                    request.headers.get("content-type", ""),
                    await bodies.receive(request, limit=MAX_UPLOAD),
                )
                answer = await self._api.answer(request.path_params["method"], form.values, form.files)
            except bodies.BodyError as error:
                return _api_error(400, f"Bad Request: can't parse the request: {error}")
            except NoAnswerError:
                return HangUp()
        return JSONResponse(answer.body, answer.status)


def _api_error(status: int, description: str) -> Response:
    return JSONResponse({"ok": False, "error_code": status, "description": description}, status)
