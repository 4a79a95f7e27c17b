"""Commands that run until they are stopped: `poll`, `web`, `courier`, `sandbox`."""

import argparse
import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import storage
from bot import health, log, web
from bot.commands import ground
from bot.commands.ground import CommandError
from bot.config import Settings
from bot.health import Condition
from bot.heartbeat import Heartbeat
from bot.running import Running, running, settle
from bot.sandbox.run import sandbox
from storage import Database
from storage.clock import Clock
from storage.service import Memory
from storage.serving import alone


@dataclass(frozen=True)
class Served:
    """A bot that serves, what is told of how it is, and the clock that it goes by."""

    bot: Running
    condition: Condition
    clock: Clock


def add(commands: Any) -> None:
    for name, run, words in (
        ("poll", _poll, "serve: ask Telegram for updates and send letters, until stopped"),
        ("web", _web, "serve: let Telegram post updates to a public address, until stopped"),
        ("courier", _courier, "send letters only, beside other processes on PostgreSQL"),
        ("sandbox", _sandbox, "the whole bot on a page of phones, without Telegram"),
    ):
        commands.add_parser(name, help=words, description=words).set_defaults(run=run)


def _poll(settings: Settings, _: argparse.Namespace) -> None:
    settings.require("bot_token", "secret_key")
    _run(settings, _polling)


async def _polling(settings: Settings) -> None:
    async with _served(settings, "poll") as served:
        bot, greeted = served.bot, served.clock()
        served.condition.heard_at = lambda: bot.polling.heard_at or greeted
        await _together(served, bot.serve())


def _web(settings: Settings, _: argparse.Namespace) -> None:
    settings.require("bot_token", "secret_key", "webhook_url", "webhook_secret")
    _run(settings, _listening)


async def _listening(settings: Settings) -> None:
    """On SQLite nobody else may carry letters; on PostgreSQL that is what `courier` is for."""
    async with _served(settings, "web") as served:
        bot = served.bot
        beside = bot.carry() if bot.house.database.is_sqlite else bot.house.post.warm()
        try:
            heard = web.Heard()
            beating = Heartbeat(bot.house, lambda: heard.at).run()
            await _together(served, web.serve(bot, settings, served.condition, heard), beating, beside)
        except web.PortTakenError as error:
            raise CommandError(str(error)) from None


def _courier(settings: Settings, _: argparse.Namespace) -> None:
    settings.require("bot_token", "secret_key")
    _run(settings, _carrying)


async def _carrying(settings: Settings) -> None:
    async with ground.opened(settings, may_be_new=True) as database:
        if database.is_sqlite:
            said = "On SQLite the courier runs inside `poll` and `web`; this process has nothing to do and waits."
            print(said, flush=True)
            await asyncio.Event().wait()
    async with _served(settings, "courier") as served:
        await _together(served, served.bot.carry())


def _sandbox(settings: Settings, _: argparse.Namespace) -> None:
    _run(settings, sandbox)


# What they share


def _run(settings: Settings, serve: Callable[[Settings], Coroutine[Any, Any, None]]) -> None:
    ground.check_files(settings)
    asyncio.run(ground.until_stopped(serve(settings)))


@asynccontextmanager
async def _served(settings: Settings, command: str) -> AsyncIterator[Served]:
    """The bot on a database that nobody else serves, and its health told from before the first moment to the last."""
    async with ground.opened(settings, may_be_new=True) as database, alone(database, command, now=ground.now()):
        await ground.must_be_current(database)
        await ground.must_be_sound(database)
        await ground.must_know_teams(database, settings.profile)
        await _say_if_not_resumed(database)
        await _say_if_it_may_forget(database)
        clock = Clock(database, ground.now)
        await clock.look()
        try:
            async with (
                health.told(settings, database, now=clock) as condition,
                running(settings, database, now=clock) as bot,
            ):
                settle()
                log.event(log.Event.STARTED, command=command)
                yield Served(bot, condition, clock)
        finally:
            log.event(log.Event.STOPPED, command=command)


async def _say_if_not_resumed(database: Database) -> None:
    """A database that came from a backup sends no letters until the operator says `resume`."""
    async with database.transaction() as db:
        if await storage.service.read(db, Memory.RESTORED) is not None:
            log.event(log.Event.NOT_RESUMED)


async def _say_if_it_may_forget(database: Database) -> None:
    """Only who runs the server can tell it otherwise; where nothing is to be kept it may be meant so."""
    if not await database.waits_for_its_disk():
        log.event(log.Event.FSYNC_OFF)


async def _together(served: Served, *works: Coroutine[Any, Any, None]) -> None:
    """Until one fails, or we are told to stop; that we stop is told before anything is stopped."""
    try:
        async with asyncio.TaskGroup() as group:
            for each in (served.clock.keep(), *works):
                group.create_task(each)
            with served.condition.serving():
                await asyncio.Event().wait()
    except BaseExceptionGroup as failures:
        raise failures.exceptions[0] from None
