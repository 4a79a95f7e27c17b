"""Commands that run until they are stopped: `poll`, `courier`, `sandbox`."""

import argparse
import asyncio
from typing import Any

from bot import log
from bot.commands import ground
from bot.config import Settings
from bot.running import running
from bot.sandbox.run import sandbox
from storage.serving import alone


def add(commands: Any) -> None:
    for name, run, words in (
        ("poll", _poll, "serve: take updates from Telegram and send letters, until stopped"),
        ("courier", _courier, "send letters only, beside other processes on PostgreSQL"),
        ("sandbox", _sandbox, "the whole bot on a page of phones, without Telegram"),
    ):
        commands.add_parser(name, help=words, description=words).set_defaults(run=run)


def _poll(settings: Settings, _: argparse.Namespace) -> None:
    settings.require("bot_token", "secret_key")
    ground.check_files(settings)
    asyncio.run(ground.until_stopped(_serve(settings)))


async def _serve(settings: Settings) -> None:
    async with ground.opened(settings) as database, alone(database, "poll", now=ground.now()):
        await ground.must_be_current(database)
        try:
            async with running(settings, database, now=ground.now) as bot:
                log.event(log.Event.STARTED, command="poll")
                await bot.serve()
        finally:
            log.event(log.Event.STOPPED, command="poll")


def _courier(settings: Settings, _: argparse.Namespace) -> None:
    settings.require("bot_token", "secret_key")
    ground.check_files(settings)
    asyncio.run(ground.until_stopped(_carry(settings)))


async def _carry(settings: Settings) -> None:
    async with ground.opened(settings) as database:
        if database.is_sqlite:
            print("On SQLite the courier runs inside `poll`; this process has nothing to do and waits.", flush=True)
            await asyncio.Event().wait()
        await ground.must_be_current(database)
        async with running(settings, database, now=ground.now) as bot:
            log.event(log.Event.STARTED, command="courier")
            await bot.courier.run()


def _sandbox(settings: Settings, _: argparse.Namespace) -> None:
    ground.check_files(settings)
    asyncio.run(ground.until_stopped(sandbox(settings)))
