"""The bot as a whole, from its parts to its end: made, greeted by Telegram, serving until it is told to stop."""

import asyncio
import contextlib
import gc
import os
from collections.abc import AsyncIterator, Callable, Coroutine
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from telegram import BotCommandScopeAllPrivateChats
from telegram.error import BadRequest, EndPointNotFound, Forbidden, InvalidToken, TelegramError
from telegram.ext import ExtBot
from telegram.request import BaseRequest

import storage
from bot import app, log
from bot.actions import menus
from bot.app import KuulollaApplication
from bot.charts.studio import Studio
from bot.config import Settings
from bot.courier.loop import Courier
from bot.domain.times import QuietHours
from bot.flood import Flood
from bot.heartbeat import Heartbeat
from bot.house import House
from bot.intake import Intake
from bot.keyboards import bot_commands
from bot.messages import help_lines
from bot.messages.commands import edition, menus_of_all
from bot.polling import Polling
from bot.wire import Post
from storage import Database

# Else the library warns at each 429 that its waiting time will be a timedelta one day; wire.py reads both.
os.environ.setdefault("PTB_TIMEDELTA", "true")

GREETING_SECONDS = (1.0, 2.0, 5.0, 10.0)


class UnknownTokenError(Exception):
    """The Bot API server doesn't know the token."""

    def __init__(self) -> None:
        super().__init__("BOT_TOKEN isn't known to the Bot API server")


@dataclass(frozen=True)
class Running:
    """A bot that has been made and greeted; `intake`, `polling` and `courier` are ready to work."""

    application: KuulollaApplication
    house: House
    intake: Intake
    courier: Courier
    polling: Polling

    async def serve(self) -> None:
        """Poll for updates and carry letters out until cancelled; what was taken in is then finished.

        Raises:
            UnknownTokenError: Telegram doesn't know the token any more.
        """
        beating = Heartbeat(self.house, lambda: self.polling.heard_at).run()
        await _known(_without_webhook(self.application.bot), self._poll(), self.carry(), beating)

    async def _poll(self) -> None:
        """What runs at the end is finished while the courier finishes what it has."""
        try:
            await self.polling.run()
        finally:
            await self.intake.leave()

    async def carry(self) -> None:
        """Carry letters out until cancelled.

        Raises:
            UnknownTokenError: Telegram doesn't know the token any more.
        """
        await _known(self.courier.run(), self.house.post.warm())


async def _known(*works: Coroutine[Any, Any, None]) -> None:
    """Side by side, until one fails; that we are unknown to Telegram is said in our own words."""
    try:
        async with asyncio.TaskGroup() as group:
            for each in works:
                group.create_task(each)
    except* (InvalidToken, UnknownTokenError):
        raise UnknownTokenError from None


def settle() -> None:
    """What was made at the start lives as long as the program: let no later tidying of memory look through all of it.

    That took some 100 ms, in which nobody was answered.
    """
    gc.collect()
    gc.freeze()


@contextlib.asynccontextmanager
async def running(
    settings: Settings,
    database: Database,
    *,
    now: Callable[[], datetime],
    request: BaseRequest | None = None,
    polling: BaseRequest | None = None,
    studio: Studio | None = None,
    flood: Flood | None = None,
) -> AsyncIterator[Running]:
    """The bot of these settings on a migrated database. At the end what runs is finished, and everything is closed."""
    token, polling = settings.require("bot_token")[0], polling or app.transport(connections=4)
    bot = app.create_bot(token, settings.bot_api_url, request=request or app.transport(), polling=polling)
    async with studio or Studio() as easels:
        house = House(
            database=database,
            post=Post(bot, easels),
            now=now,
            zone=settings.timezone,
            quiet_hours=QuietHours(*settings.quiet_hours) if settings.quiet_hours else None,
            profile=settings.profile,
            help_lines=help_lines.load(settings.help_lines),
            alert_open_hours=settings.alert_open_hours,
            free_text=settings.free_text,
        )
        application = app.build(bot, house)
        intake = Intake(application, house, flood=flood)
        try:
            await _greeted(application)
            await _tidied(house, bot.id)
            yield Running(application, house, intake, Courier(house), Polling(intake, house, polling, bot.base_url))
        finally:
            await intake.leave()
            await application.shutdown()
            await bot.shutdown()


async def _tidied(house: House, bot_id: int) -> None:
    """Workers have the present menu. On SQLite there is one program that sends, so every lease is one of the dead."""
    async with house.database.transaction() as db:
        await storage.updates.are_of(db, bot_id, now=house.now())
        await storage.updates.forget_old(db, now=house.now())
        await menus.follow_all(db, edition(), now=house.now())
        if house.database.is_sqlite:
            await storage.outbox.free_all(db, now=house.now())


async def _greeted(application: KuulollaApplication) -> None:
    """Ask Telegram who we are, until it answers; and say what our commands are.

    Raises:
        UnknownTokenError: Telegram doesn't know the token.
    """
    for attempt in range(1_000_000):
        try:
            await application.initialize()
            break
        except InvalidToken:
            raise UnknownTokenError from None
        except TelegramError as error:
            if attempt == 0:
                log.event(log.Event.TELEGRAM_UNREACHABLE, error=error)
            await asyncio.sleep(GREETING_SECONDS[min(attempt, len(GREETING_SECONDS) - 1)])
    await _introduced(application.bot)


async def _without_webhook(bot: ExtBot[None]) -> None:
    """While there is one, nobody can poll. Only who polls takes it away: others may serve by it.

    A server that has no such method is none the worse for it; one that can't be asked now is asked again.
    """
    for seconds in (*GREETING_SECONDS, None):
        try:
            await bot.delete_webhook()
        except (BadRequest, EndPointNotFound, Forbidden, InvalidToken):
            return
        except TelegramError:
            if seconds is not None:
                await asyncio.sleep(seconds)
        else:
            return


async def _introduced(bot: ExtBot[None]) -> None:
    """The command menu in each language. A server that has no such methods is none the worse for it."""
    for code, lines in menus_of_all().items():
        with contextlib.suppress(TelegramError):
            scope = BotCommandScopeAllPrivateChats()
            await bot.set_my_commands(bot_commands(lines), scope=scope, language_code=code or None)
