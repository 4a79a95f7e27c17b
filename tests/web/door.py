"""The webhook of the stage's bot on a port of its own, and Telegram's way of knocking at it."""

import asyncio
import io
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp
from sqlalchemy import select

from bot import web
from bot.listening import listening
from storage import schema
from tests.stage import Play

SECRET = "only-Telegram-and-we-know-it_1"
RIGHT = {web.HEADER: SECRET, "Content-Type": "application/json"}


@dataclass(frozen=True)
class Door:
    """Where Telegram posts."""

    play: Play
    address: str
    session: aiohttp.ClientSession

    async def posted(
        self, body: Any, headers: Mapping[str, str] = RIGHT, *, path: str = web.PATH, method: str = "POST"
    ) -> aiohttp.ClientResponse:
        sent = io.BytesIO(json.dumps(body).encode()) if isinstance(body, Mapping) else body
        async with self.session.request(method, self.address + path, data=sent, headers=headers) as answer:
            await answer.read()
            return answer

    async def status(self, body: Any, headers: Mapping[str, str] = RIGHT) -> int:
        return (await self.posted(body, headers)).status

    @property
    def port(self) -> int:
        return int(self.address.rpartition(":")[2])

    async def refuses(self) -> bool:
        """Whether nobody listens."""
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", self.port)
        except OSError:
            return True
        writer.close()
        return False

    def says(self, name: str, text: str) -> dict[str, Any]:
        """What Telegram would post when somebody says something."""
        phone = getattr(self.play, name)
        phone.says(text)
        update: dict[str, Any] = self.play.world.updates.waiting[-1].json()
        return update

    async def recorded(self) -> dict[int, bool]:
        """The updates whose effect is in the database, and whether they were parked."""
        return {row.id: row.parked for row in await self.play.sql(select(schema.updates))}


@asynccontextmanager
async def opened(play: Play) -> AsyncIterator[Door]:
    app = web.application(play.bot.intake, secret=SECRET, paths={web.PATH})
    async with listening(app, "127.0.0.1", 0, last_words=1) as listener, aiohttp.ClientSession() as session:
        yield Door(play, listener.address, session)
