"""A webhook: updates posted to the bot's address, one after another in each queue and side by side over all.

The next of a queue goes out when the one before was taken (2xx). Anything else, or a lost connection, is tried again
with growing pauses until the update is too old.

Source:
    Bot API, setWebhook; tdlib/telegram-bot-api, WebhookActor.cpp, for queues and repeats (its pauses begin at 1 s).
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain, count, repeat
from typing import TYPE_CHECKING, Final

import aiohttp

if TYPE_CHECKING:
    from bot.sandbox.updates import Queue, Update
    from bot.sandbox.world import World

HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"


@dataclass(frozen=True)
class Hook:
    """What setWebhook asked for."""

    url: str
    secret: str = ""
    max_connections: int = 40


@dataclass(frozen=True)
class Patience:
    """Pauses before the next tries, the last for all that follow; and how long an answer may take. Unit: seconds."""

    pauses: tuple[float, ...] = (0.05, 0.1, 0.2, 0.5, 1.0)
    answer: float = 60.0

    def rests(self) -> Iterator[float]:
        return chain(self.pauses, repeat(self.pauses[-1]))


@dataclass(frozen=True)
class Failure:
    """The last thing that went wrong with a delivery."""

    at: datetime
    description: str


class Deliveries:
    """Posts the updates of `world` until it is ended. Made inside a running event loop."""

    def __init__(self, hook: Hook, world: World) -> None:
        self.hook = hook
        self.failure: Failure | None = None
        self._world = world
        self._lines: dict[Queue, deque[Update]] = {}
        self._new_lines: asyncio.Queue[Queue] = asyncio.Queue()
        self._turns = count()
        self._connections = asyncio.Semaphore(hook.max_connections)
        self._running = asyncio.create_task(self._run())

    def take(self, update: Update) -> None:
        """Put an update at the end of its line."""
        if update.queue not in self._lines:
            self._lines[update.queue] = deque()
            self._new_lines.put_nowait(update.queue)
        self._lines[update.queue].append(update)

    def end(self) -> None:
        """Post no more; what was being posted is broken off."""
        self._running.cancel()

    async def ended(self) -> None:
        """Wait until nothing is posted any more. Error: what broke the deliveries themselves."""
        await asyncio.wait([self._running])
        if not self._running.cancelled():
            self._running.result()

    async def _run(self) -> None:
        headers = {HEADER: self.hook.secret} if self.hook.secret else {}
        timeout = aiohttp.ClientTimeout(total=self._world.webhook_patience.answer)
        connector = aiohttp.TCPConnector(limit=0)
        async with (
            aiohttp.ClientSession(connector=connector, headers=headers, timeout=timeout) as session,
            asyncio.TaskGroup() as lines,
        ):
            while True:
                lines.create_task(self._deliver_line(session, await self._new_lines.get()))

    async def _deliver_line(self, session: aiohttp.ClientSession, queue: Queue) -> None:
        line = self._lines[queue]
        while line:
            await self._deliver(session, line[0])
            update = line.popleft()
            if update.again:
                line.append(replace(update, again=False))
        del self._lines[queue]

    async def _deliver(self, session: aiohttp.ClientSession, update: Update) -> None:
        for rest in self._world.webhook_patience.rests():
            if not self._world.updates.wants(update):
                return
            async with self._connections:
                if not self._world.is_away and await self._is_taken(session, update):
                    self._world.updates.done(update)
                    return
            await asyncio.sleep(rest)

    async def _is_taken(self, session: aiohttp.ClientSession, update: Update) -> bool:
        try:
            async with session.post(self._target(), json=update.json(), allow_redirects=False) as answer:
                said = await answer.read()
        except (aiohttp.ClientError, TimeoutError) as error:
            return self._failed(f"Connection lost: {type(error).__name__}")
        if not 200 <= answer.status < 300:
            return self._failed(f"Wrong response from the webhook: {answer.status} {answer.reason}")
        if b'"method"' in said:
            self._world.complaints.append("sandbox: a call in the answer of the webhook isn't built")
        return True

    def _target(self) -> str:
        targets = self._world.webhook_targets or [self.hook.url]
        return targets[next(self._turns) % len(targets)]

    def _failed(self, description: str) -> bool:
        self.failure = Failure(self._world.clock.now(), description)
        return False
