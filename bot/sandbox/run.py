"""Starts the sandbox: the World, its server on loopback, and the real bot that polls it over HTTP."""

import asyncio
import contextlib
import secrets
import shutil
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from bot.config import SettingError, Settings
from bot.running import running
from bot.sandbox import cast, story
from bot.sandbox.desk import Guest
from bot.sandbox.server import create_server
from bot.sandbox.serving import serving
from bot.sandbox.world import World
from storage import Database, Vault
from storage.migrations import migrate

FOLDER: Final = Path("data/sandbox")
BOT: Final = "7000000001:sandbox-on-this-machine-only"


async def sandbox(settings: Settings, *, folder: Path = FOLDER) -> None:
    """Serve until cancelled, and print the address of the page.

    Raises:
        SettingError: a real token or a database of somebody's is set; the sandbox takes neither.
    """
    _refuse_the_real(settings)
    port = settings.sandbox_port
    async with opened(settings, folder=folder / str(port), port=port) as address:
        print(f"The sandbox is open: {address}\nStop it with Ctrl-C.", flush=True)
        await asyncio.Event().wait()


@contextlib.asynccontextmanager
async def opened(settings: Settings, *, folder: Path, port: int) -> AsyncIterator[str]:
    """The sandbox with its story, begun anew; its address."""
    world = World()
    stage = Stage(settings, folder, world)
    server = create_server(world, token=BOT, desk=stage)
    try:
        async with serving(server, world, port=port) as address:
            stage.api_url = address
            await stage.reset()
            try:
                yield address
            finally:
                await stage.clear()
    except OSError as error:
        raise SettingError(f"SANDBOX_PORT ({port}) can't be listened on: {error.strerror}") from None


def _refuse_the_real(settings: Settings) -> None:
    if settings.bot_token is not None:
        raise SettingError("BOT_TOKEN is set: the sandbox needs none, and doesn't take a real one")
    if settings.database_url != Settings.from_env({}).database_url:
        raise SettingError("DATABASE_URL is set: the sandbox has a database of its own, and touches no other")


@dataclass
class Stage:
    """What the page's buttons reach: the story can begin anew, and a guest can come."""

    settings: Settings
    folder: Path
    world: World
    api_url: str = ""
    _bot: asyncio.Task[None] | None = None
    _database: Database | None = None
    _greeted: asyncio.Event = field(default_factory=asyncio.Event)

    def guests(self) -> Sequence[Guest]:
        return cast.guests()

    async def add_guest(self, name: str) -> None:
        phone = cast.phone(self.world, cast.guest(name), language="fi")
        if self._database is not None:
            await story.add_otto(self._database, phone, now=self.world.clock.now())

    async def reset(self) -> None:
        """A new database with the story in it, empty chats, and the bot started anew."""
        await self.clear()
        self.world.clock.return_to_the_present()
        for guest in cast.GUESTS:
            self.world.forget(guest.name)
        for member in cast.CAST:
            cast.phone(self.world, member)
        self.world.empty()
        self._database = await self._new_database()
        await story.tell(self._database, self.world, now=self.world.clock.now())
        await self._start()

    async def _new_database(self) -> Database:
        shutil.rmtree(self.folder, ignore_errors=True)
        database = Database(f"sqlite+aiosqlite:///{self.folder / 'sandbox.db'}", Vault(secrets.token_urlsafe(32)))
        await migrate(database)
        return database

    async def _start(self) -> None:
        """The bot, over real HTTP; it is up when it has said what its commands are."""
        self._greeted.clear()
        self._bot = asyncio.create_task(self._serve())
        waiting = asyncio.create_task(self._greeted.wait())
        await asyncio.wait({self._bot, waiting}, return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        if self._bot.done():
            self._bot.result()

    async def _serve(self) -> None:
        settings = replace(self.settings, bot_token=BOT, bot_api_url=self.api_url)
        if self._database is None:
            return
        async with running(settings, self._database, now=self.world.clock.now) as bot:
            self._greeted.set()
            await bot.serve()

    async def clear(self) -> None:
        """End the bot and close the database."""
        if self._bot is not None:
            self._bot.cancel()
            await asyncio.gather(self._bot, return_exceptions=True)
        if self._database is not None:
            await self._database.close()
        self._bot = self._database = None
