"""Updates by webhook: Telegram posts each one here, and hears 200 only when its effect is in the database.

Whatever Telegram doesn't hear 200 for it posts again. What would never get better, such as a text that isn't JSON, is
answered 200 and written into the log without its content.
"""

import asyncio
import hmac
import json
import os
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route
from telegram import WebhookInfo
from telegram.error import BadRequest, Forbidden, InvalidToken, TelegramError
from telegram.ext import ExtBot

from bot import log, metrics
from bot.app import UPDATES
from bot.config import Settings
from bot.health import OK, Condition
from bot.intake import Intake
from bot.listening import listening
from bot.outcomes import is_unknown_token
from bot.running import GREETING_SECONDS, Running, UnknownTokenError

PATH: Final = "/telegram"
HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"
CONNECTIONS: Final = 100
"""Updates that Telegram may post at once; 100 is the most that it allows."""
MOST_BYTES: Final = 1024 * 1024
"""Telegram's own updates are a few kilobytes."""
BODY_SECONDS: Final = 10.0
COMMIT_SECONDS: Final = 25.0
AGAIN_SECONDS: Final = 2
LOOK_SECONDS: Final = 60.0
KEEP_ALIVE: Final = 75
LAST_WORDS: Final = 9
"""Seconds in which open answers must be given at the end: more than `bot.intake` takes to leave."""


FAILED_WITHIN: Final = timedelta(minutes=2)


@dataclass
class Heard:
    """When Telegram could last reach us, as far as it says; None before it has been asked."""

    at: datetime | None = None


class PortTakenError(Exception):
    """The webhook can't be listened for."""


async def serve(bot: Running, settings: Settings, condition: Condition, heard: Heard | None = None) -> None:
    """Listen, and have Telegram post, until cancelled; what was taken in is then finished and answered.

    Raises:
        PortTakenError: somebody else listens there.
        UnknownTokenError: Telegram doesn't know the token, or doesn't any more.
    """
    url, secret = settings.require("webhook_url", "webhook_secret")
    target = url.rstrip("/") + PATH
    condition.parts["webhook"] = "not set yet"
    async with _open(bot.intake, settings, paths={PATH, urlsplit(target).path}, secret=secret):
        try:
            await _Webhook(bot, condition, target, secret, heard or Heard()).keep()
        except InvalidToken:
            raise UnknownTokenError from None


@asynccontextmanager
async def _open(intake: Intake, settings: Settings, *, paths: set[str], secret: str) -> AsyncIterator[None]:
    """At the end nothing more is taken in, and what was taken in is finished while its answers are waited for."""
    app, host, port = application(intake, secret=secret, paths=paths), settings.webhook_host, settings.port
    try:
        async with listening(app, host, port, last_words=LAST_WORDS, keep_alive=KEEP_ALIVE) as listener:
            try:
                yield
            finally:
                listener.stop()
                await intake.leave()
    except OSError as error:
        raise PortTakenError(f"PORT ({port}) can't be listened on: {os.strerror(error.errno or 0)}") from None


class _Webhook:
    """That Telegram posts to us: asked for at the start, and looked after. Who takes it from us is not fought."""

    def __init__(self, bot: Running, condition: Condition, target: str, secret: str, heard: Heard) -> None:
        self._bot: ExtBot[None] = bot.application.bot
        self._condition = condition
        self._target = target
        self._secret = secret
        self._heard, self._now = heard, bot.house.now

    async def keep(self) -> None:
        """Until cancelled."""
        await self._ask_for_it()
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            await self._look()

    async def _ask_for_it(self) -> None:
        attempt = 0
        while not await self._is_set(first=attempt == 0):
            await asyncio.sleep(GREETING_SECONDS[min(attempt, len(GREETING_SECONDS) - 1)])
            attempt += 1
        self._condition.parts["webhook"], self._heard.at = OK, self._now()
        log.event(log.Event.WEBHOOK_SET)

    async def _is_set(self, *, first: bool) -> bool:
        """What Telegram says against it is about the address alone, so it is told. Nothing that waits is dropped."""
        try:
            return await self._bot.set_webhook(
                self._target, max_connections=CONNECTIONS, allowed_updates=UPDATES, secret_token=self._secret
            )
        except (BadRequest, Forbidden) as error:
            self._condition.parts["webhook"] = "refused"
            if first:
                log.event(log.Event.WEBHOOK_REFUSED, outcome=error.message[:200])
        except TelegramError as error:
            if is_unknown_token(error):
                raise
            if first:
                log.event(log.Event.TELEGRAM_UNREACHABLE, error=error)
        return False

    async def _look(self) -> None:
        """Somebody who polls, or serves the same bot elsewhere, takes the webhook away."""
        try:
            info = await self._bot.get_webhook_info()
        except TelegramError as error:
            if is_unknown_token(error):
                raise
            return
        ours, now = info.url == self._target, self._now()
        if ours and not _fails(info, now):
            self._heard.at = now
        was, self._condition.parts["webhook"] = self._condition.parts["webhook"], OK if ours else "elsewhere"
        if was == OK and not ours:
            log.event(log.Event.WEBHOOK_ELSEWHERE)


def _fails(info: WebhookInfo, now: datetime) -> bool:
    """Whether Telegram has something for us that it couldn't post lately."""
    failed_at = info.last_error_date
    return info.pending_update_count > 0 and failed_at is not None and now - failed_at <= FAILED_WITHIN


def application(intake: Intake, *, secret: str, paths: set[str]) -> Starlette:
    """What answers Telegram; a proxy in front may have taken a part of the path away, so there may be two."""
    post = _Post(intake, secret.encode())
    app = Starlette(routes=[Route(path, post.answer, methods=["POST"]) for path in sorted(paths)])
    app.router.redirect_slashes = False
    return app


class _Post:
    """One update posted: who may, what it must be, and what comes of it."""

    def __init__(self, intake: Intake, secret: bytes) -> None:
        self._intake = intake
        self._secret = secret
        self._met_a_stranger = False

    async def answer(self, request: Request) -> Response:
        response = await self._answer(request)
        metrics.REQUESTS.labels(str(response.status_code)).inc()
        return response

    async def _answer(self, request: Request) -> Response:
        """Nothing of the body is read before the secret is shown."""
        if not self._is_telegram(request):
            return self._turned_away()
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
            return Response(status_code=415)
        try:
            async with asyncio.timeout(BODY_SECONDS):
                body = await _read(request)
        except (TimeoutError, ClientDisconnect):
            return Response(status_code=408)
        if body is None:
            return Response(status_code=413)
        return await self._taken_in(body)

    def _is_telegram(self, request: Request) -> bool:
        """Compared in a time that tells nothing about the secret."""
        return hmac.compare_digest(request.headers.get(HEADER, "").encode("latin-1"), self._secret)

    def _turned_away(self) -> Response:
        """Said once: somebody may knock for ever."""
        if not self._met_a_stranger:
            self._met_a_stranger = True
            log.event(log.Event.WEBHOOK_STRANGER)
        return Response(status_code=403)

    async def _taken_in(self, body: bytes) -> Response:
        raw = _update(body)
        if raw is None:
            log.event(log.Event.UPDATE_UNREADABLE)
            return Response(status_code=200)
        try:
            async with asyncio.timeout(COMMIT_SECONDS):
                taken = await self._intake.taken(raw)
        except TimeoutError:
            taken = False
        return Response(status_code=200) if taken else _later()


def _later() -> Response:
    return Response(status_code=503, headers={"Retry-After": str(AGAIN_SECONDS)})


async def _read(request: Request) -> bytes | None:
    """None when it is too long, whether it says so before or not."""
    said = request.headers.get("content-length", "0")
    if not said.isdecimal() or int(said) > MOST_BYTES:
        return None
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > MOST_BYTES:
            return None
    return bytes(body)


def _update(body: bytes) -> Mapping[str, Any] | None:
    """None when it isn't an update with an id that the database can keep."""
    try:
        raw = json.loads(body)
    except (ValueError, RecursionError):
        return None
    update_id = raw.get("update_id") if isinstance(raw, dict) else None
    return raw if type(update_id) is int and 0 <= update_id < 2**63 else None
