"""The real program against a real server: `python -m bot poll` in a process of its own, over HTTP, on a SQLite file."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.sandbox.desk import Guest
from bot.sandbox.phones import Phone
from bot.sandbox.server import create_server
from bot.sandbox.serving import serving
from bot.sandbox.world import World

ROOT = Path(__file__).parents[2]
TOKEN = "7000000001:a-token-of-the-tests-only"
PATIENCE = 20.0


class NoDesk:
    """No page is looked at here."""

    def guests(self) -> tuple[Guest, ...]:
        return ()

    async def add_guest(self, name: str) -> None:
        raise LookupError(name)

    async def reset(self) -> None:
        return


@dataclass
class Poller:
    """A World behind HTTP, and the bot's commands that serve it."""

    world: World
    environment: Mapping[str, str]
    process: asyncio.subprocess.Process | None = field(default=None)

    async def command(self, *arguments: str) -> tuple[int, str, str]:
        """Run one command to its end: exit code, what it printed, and what it said of errors."""
        process = await self._run(*arguments)
        out, said = await asyncio.wait_for(process.communicate(), PATIENCE)
        return process.returncode or 0, out.decode(), said.decode()

    async def start(self) -> None:
        self.process = await self._run("poll")

    async def _run(self, *arguments: str) -> asyncio.subprocess.Process:
        pipe = asyncio.subprocess.PIPE
        return await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", *arguments, cwd=ROOT, env=self.environment, stdout=pipe, stderr=pipe
        )

    async def kill(self) -> None:
        """kill -9: no goodbye, nothing tidied up."""
        await self.end(signal.SIGKILL)

    async def end(self, how: signal.Signals) -> int:
        """Send the signal and wait; the exit code (minus the signal's number when that ended it)."""
        if self.process is None:
            return 0
        self.process.send_signal(how)
        await asyncio.wait_for(self.process.communicate(), PATIENCE)
        code, self.process = self.process.returncode, None
        return code or 0

    async def becomes_worker(self, phone: Phone, code: str) -> None:
        exit_code, printed, _ = await self.command("invite", "worker", "--team", "pihlaja", "--code", code, "--json")
        assert exit_code == 0
        made: dict[str, Any] = json.loads(printed)
        phone.opens(made["link"])
        await until(lambda: code in _newest(phone))


def _newest(phone: Phone) -> str:
    texts = [bubble.text for bubble in phone.sees if bubble.author is None]
    return texts[-1] if texts else ""


async def until(true: Callable[[], bool]) -> None:
    """Wait for something to be so; fails after a while."""
    async with asyncio.timeout(PATIENCE):
        while not true():
            await asyncio.sleep(0.02)


@asynccontextmanager
async def polled(folder: Path, **settings: str) -> AsyncIterator[Poller]:
    """A served World, and an empty, migrated SQLite file in the folder; no bot runs yet."""
    world = World()
    async with serving(create_server(world, token=TOKEN, desk=NoDesk()), world) as address:
        environment = {
            "PATH": os.environ["PATH"],
            "BOT_TOKEN": TOKEN,
            "BOT_API_URL": address,
            "DATABASE_URL": f"sqlite:///{folder / 'kuulolla.db'}",
            "SECRET_KEY": "only for tests, and long enough for it",
            "HEALTH_PORT": "off",
            **settings,
        }
        poller = Poller(world, environment)
        exit_code, _, said = await poller.command("migrate")
        assert (exit_code, said) == (0, "")
        try:
            yield poller
        finally:
            await poller.end(signal.SIGKILL)
    assert world.complaints == []
