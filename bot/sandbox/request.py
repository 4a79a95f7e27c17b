"""python-telegram-bot's way to a World in the same process: no socket, no server, one call after another in memory."""

from __future__ import annotations

import errno
import json
from typing import NoReturn

import aiohttp
import httpx
from aiohttp.client_reqrep import ConnectionKey
from httpx_aiohttp.transport import map_aiohttp_exceptions
from telegram._utils.types import ODVInput
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.sandbox.api import Api
from bot.sandbox.parameters import Upload
from bot.sandbox.refusals import NoAnswerError
from bot.sandbox.world import World


class WorldRequest(BaseRequest):
    """Carry a Bot's calls to `world`. With a `token` any other token is turned away."""

    __slots__ = ("_api",)

    def __init__(self, world: World, *, token: str | None = None) -> None:
        self._api = Api(world, token=token)

    @property
    def read_timeout(self) -> float | None:
        return 5.0

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Answer `.../bot<token>/<method>` as the server would; no time passes, so no limit of it matters."""
        del method, read_timeout, write_timeout, connect_timeout, pool_timeout
        _, token, called = url.rsplit("/", 2)
        answer = self._api.unauthorised(token.removeprefix("bot"))
        if answer is None:
            values = request_data.json_parameters if request_data else {}
            try:
                answer = await self._api.answer(called, values, _files(request_data))
            except NoAnswerError as error:
                _raise_as_the_library(aiohttp.ServerDisconnectedError() if error.reached else _unreachable())
        return answer.status, json.dumps(answer.body).encode()


def _unreachable() -> aiohttp.ClientError:
    nowhere = ConnectionKey("api.telegram.org", 443, True, True, None, None, None)
    return aiohttp.ClientConnectorError(nowhere, OSError(errno.ECONNREFUSED, "Connect call failed"))


def _raise_as_the_library(error: aiohttp.ClientError) -> NoReturn:
    """Raise a transport's error as it comes out of the bot's own transport: with the same causes, one in another."""
    try:
        with map_aiohttp_exceptions():
            raise error
    except httpx.TimeoutException as cause:
        raise TimedOut from cause
    except httpx.HTTPError as cause:
        raise NetworkError(f"httpx.{type(cause).__name__}: {cause}") from cause


def _files(request_data: RequestData | None) -> dict[str, bytes]:
    """Read the uploads. Shape: part name to (file name, bytes or open file, media type)."""
    if request_data is None or not request_data.contains_files:
        return {}
    files: dict[str, bytes] = {}
    for name, (file_name, content, _) in request_data.multipart_data.items():
        files[name] = Upload(content if isinstance(content, bytes) else content.read(), file_name)
    return files
