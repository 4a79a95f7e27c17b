"""python-telegram-bot on a World, in memory and over real HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx_aiohttp
from telegram import Bot
from telegram.request import HTTPXRequest

from bot.sandbox.request import WorldRequest
from bot.sandbox.server import create_server
from bot.sandbox.serving import serving
from bot.sandbox.world import World
from tests.sandbox.desk import EmptyDesk

TOKEN = "7000000001:sandbox"
WAYS = ("memory", "http")


def in_memory(world: World, token: str = TOKEN) -> Bot:
    return Bot(token, request=WorldRequest(world, token=TOKEN), get_updates_request=WorldRequest(world, token=TOKEN))


def over_http(address: str, token: str = TOKEN) -> Bot:
    requests = [
        HTTPXRequest(httpx_kwargs={"transport": httpx_aiohttp.AiohttpTransport(trust_env=False)}) for _ in range(2)
    ]
    return Bot(token, base_url=f"{address}/bot", request=requests[0], get_updates_request=requests[1])


@asynccontextmanager
async def connected(world: World, way: str, token: str = TOKEN) -> AsyncIterator[Bot]:
    """A bot by this way: "memory" or "http"."""
    if way == "memory":
        async with in_memory(world, token) as bot:
            yield bot
        return
    app = create_server(world, token=TOKEN, desk=EmptyDesk(world))
    async with serving(app, world) as address, over_http(address, token) as bot:
        yield bot
