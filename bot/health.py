"""How this program is, for those who ask from outside: `/livez`, `/readyz`, `/metrics` on a listener of their own."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final, Generic, TypeVar

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

import storage
from bot import log, metrics
from bot.config import Settings
from bot.listening import listening
from storage import Database
from storage.figures import Figures
from storage.service import Memory

DATABASE_SECONDS: Final = 2.0
TRIED_SECONDS: Final = 5.0
"""For so long the database isn't tried again, because trying writes."""
SILENCE: Final = timedelta(seconds=90)
"""Telegram answers a long poll within 25 s; who has heard nothing of it for longer isn't there for anybody."""
LAST_WORDS: Final = 1
OK: Final = "ok"

Answer = TypeVar("Answer")


@dataclass
class Condition:
    """What the program knows of itself. It is ready when every part is ok.

    `parts` are told by those whose parts they are: "serving" is ok from the start to the stop. `heard_at`: when
    Telegram last answered; None where nothing is asked of it all the time.
    """

    parts: dict[str, str] = field(default_factory=lambda: {"serving": "starting"})
    heard_at: Callable[[], datetime | None] | None = None

    def all(self, now: datetime) -> dict[str, str]:
        return {**self.parts, "telegram": self._telegram(now)}

    def _telegram(self, now: datetime) -> str:
        if self.heard_at is None:
            return OK if self.parts["serving"] != "starting" else "not reached yet"
        heard = self.heard_at()
        if heard is None:
            return "not reached yet"
        return OK if now - heard <= SILENCE else "silent"

    @contextmanager
    def serving(self) -> Iterator[None]:
        """While the block runs everything is there; from its end on the program is about to stop."""
        self.parts["serving"] = OK
        try:
            yield
        finally:
            self.parts["serving"] = "stopping"


@asynccontextmanager
async def told(settings: Settings, database: Database, *, now: Callable[[], datetime]) -> AsyncIterator[Condition]:
    """Tell it while the block runs, unless it is off.

    A port that is taken is no reason not to serve people: one line says so, and this program's health isn't told.
    """
    condition = Condition()
    async with AsyncExitStack() as until_the_end:
        if settings.health_port:
            app = application(condition, database, now=now)
            listener = listening(app, settings.health_host, settings.health_port, last_words=LAST_WORDS)
            try:
                await until_the_end.enter_async_context(listener)
            except OSError as error:
                log.event(log.Event.HEALTH_UNTOLD, error=error)
        yield condition


def application(condition: Condition, database: Database, *, now: Callable[[], datetime]) -> Starlette:
    """The three answers; `told` listens for who asks."""
    pages = _Pages(condition, database, now)
    return Starlette(
        routes=[Route("/livez", pages.live), Route("/readyz", pages.ready), Route("/metrics", pages.metrics)]
    )


class _Pages:
    def __init__(self, condition: Condition, database: Database, now: Callable[[], datetime]) -> None:
        self._condition = condition
        self._database = database
        self._now = now
        self._written = _Question(self._write, fresh_seconds=TRIED_SECONDS)
        self._figures = _Question(self._read_figures)

    async def live(self, _request: Request) -> Response:
        """That this is answered is all there is to say."""
        return PlainTextResponse("ok\n")

    async def ready(self, _request: Request) -> Response:
        parts = {**self._condition.all(self._now()), "database": _said(await self._written.asked())}
        ready = all(said == OK for said in parts.values())
        return JSONResponse({"ready": ready, **parts}, 200 if ready else 503)

    async def _write(self) -> None:
        """Only writing shows whether what people answer can be kept."""
        async with self._database.transaction() as db:
            await storage.service.write(db, Memory.PROBED, now=self._now())

    async def metrics(self, _request: Request) -> Response:
        asked = await self._figures.asked()
        if asked.done() and asked.exception() is None:
            figures = asked.result()
            metrics.tell(waiting=figures.waiting, oldest=figures.oldest, dead=figures.dead)
        else:
            metrics.tell_nothing()
        return Response(metrics.page(), media_type=metrics.CONTENT_TYPE)

    async def _read_figures(self) -> Figures:
        async with self._database.transaction() as db:
            return await storage.figures.read(db, now=self._now())


def _said(asked: asyncio.Task[None]) -> str:
    if not asked.done():
        return "slow"
    error = asked.exception()
    return OK if error is None else f"takes nothing ({type(error).__name__})"


class _Question(Generic[Answer]):
    """Asked of the database once at a time, however many want to know, who wait for it only so long.

    An answer is good for `fresh_seconds`. A question that takes longer than its turn goes on: broken off, it would
    still hold its connection.
    """

    def __init__(self, ask: Callable[[], Coroutine[Any, Any, Answer]], *, fresh_seconds: float = 0.0) -> None:
        self._ask = ask
        self._fresh_seconds = fresh_seconds
        self._asked: asyncio.Task[Answer] | None = None
        self._asked_at = 0.0

    async def asked(self) -> asyncio.Task[Answer]:
        """With its answer or its error; it isn't done when it takes too long."""
        now = asyncio.get_running_loop().time()
        if self._asked is None or (self._asked.done() and now - self._asked_at >= self._fresh_seconds):
            self._asked, self._asked_at = asyncio.create_task(self._ask()), now
        await asyncio.wait({self._asked}, timeout=DATABASE_SECONDS)
        return self._asked
