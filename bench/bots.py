"""The bots that are measured, each in a process of its own: `python -m bench.bots ours|bare|default --api URL`.

`ours` is the whole bot on a SQLite file; `bare` is a bot of python-telegram-bot's own parts on the same transport, that
answers and edits with equal words and an equal keyboard and keeps nothing; `default` is the same on the library's own
transport. On standard input: `mark` (the clock, and the CPU of this process with all its threads) and `end`.
"""

import argparse
import asyncio
import contextlib
import json
import os
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime
from functools import cache
from typing import Any, Final

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.constants import ParseMode
from telegram.ext import ApplicationBuilder, CallbackContext, CallbackQueryHandler
from telegram.request import BaseRequest, HTTPXRequest

import storage
from bench import questionnaires
from bench.profile import Profile
from bot import log
from bot.app import transport
from bot.config import Settings
from bot.messages.message import Message
from bot.running import running, settle
from storage import Database, Transaction, Vault

TOKEN: Final = "7000000001:a-token-for-measuring-and-nothing-else"
AT_ONCE: Final = 256

Context = CallbackContext[Any, Any, Any, Any]


# Ours


@asynccontextmanager
async def ours(api: str, file: str, committed: dict[int, int]) -> AsyncIterator[None]:
    """The whole bot as `poll` runs it."""
    environment = {"BOT_TOKEN": TOKEN, "BOT_API_URL": api, "SECRET_KEY": questionnaires.SECRET}
    settings = Settings.from_env(environment | {"DATABASE_URL": f"sqlite:///{file}"})
    log.begin()
    database = Database(settings.database_url, Vault(questionnaires.SECRET))
    with _noting_commits(committed):
        async with running(settings, database, now=lambda: datetime.now(UTC)) as bot, _beside(bot.serve()):
            settle()
            yield
    await database.close()


@contextlib.contextmanager
def _noting_commits(committed: dict[int, int]) -> Iterator[None]:
    """Write down when the transaction of each update had been committed, from outside."""
    record, transaction = storage.updates.record, Database.transaction
    ids: dict[int, int] = {}

    async def recording(db: Transaction, update_id: int, **rest: Any) -> bool:
        ids[id(db)] = update_id
        return await record(db, update_id, **rest)

    @asynccontextmanager
    async def timed(database: Database) -> AsyncIterator[Transaction]:
        async with transaction(database) as db:
            yield db
        if id(db) in ids:
            committed[ids.pop(id(db))] = time.monotonic_ns()

    _replace(storage.updates, "record", recording)
    _replace(Database, "transaction", timed)
    try:
        yield
    finally:
        _replace(storage.updates, "record", record)
        _replace(Database, "transaction", transaction)


def _replace(owner: object, name: str, value: object) -> None:
    setattr(owner, name, value)


@asynccontextmanager
async def _beside(work: Any) -> AsyncIterator[None]:
    task = asyncio.ensure_future(work)
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


# Bare


@asynccontextmanager
async def bare(api: str, make: Any) -> AsyncIterator[None]:
    """The library's own Application and Updater, with handlers side by side."""
    builder = ApplicationBuilder().token(TOKEN).base_url(f"{api}/bot").concurrent_updates(AT_ONCE)
    application = builder.request(make(AT_ONCE)).get_updates_request(make(4)).build()
    application.add_handler(CallbackQueryHandler(_tapped, pattern="^answer/"))
    async with application:
        await application.start()
        assert application.updater is not None
        await application.updater.start_polling(allowed_updates=[Update.CALLBACK_QUERY])
        yield


async def _tapped(update: Update, _: Context) -> None:
    query = update.callback_query
    assert query is not None
    _verb, draft, item, _score = str(query.data).split("/")
    screen = _screen(questionnaires.after(int(item)))
    keyboard = _keyboard(screen, draft)
    await asyncio.gather(
        query.answer(), query.edit_message_text(screen.text, parse_mode=ParseMode.HTML, reply_markup=keyboard)
    )


@cache
def _screen(present: int) -> Message:
    return questionnaires.screen(0, 0, present)


def _keyboard(screen: Message, draft: str) -> InlineKeyboardMarkup:
    other = questionnaires.draft_id(0, 0)
    return InlineKeyboardMarkup(
        [
            [InlineKeyboardButton(each.text, callback_data=str(each.data).replace(other, draft)) for each in row]
            for row in screen.buttons
        ]
    )


def _same(connections: int) -> BaseRequest:
    return transport(connections=connections)


def _default(connections: int) -> BaseRequest:
    return HTTPXRequest(connection_pool_size=connections, pool_timeout=30.0)


# The program


def _chosen(asked: argparse.Namespace, committed: dict[int, int]) -> AbstractAsyncContextManager[None]:
    if asked.bot == "ours":
        return ours(asked.api, asked.file, committed)
    return bare(asked.api, _same if asked.bot == "bare" else _default)


async def _run(asked: argparse.Namespace) -> None:
    committed: dict[int, int] = {}
    profile = Profile() if asked.profile else None
    commands = asyncio.StreamReader()
    loop = asyncio.get_running_loop()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(commands), sys.stdin)
    async with _chosen(asked, committed):
        _print({"ready": True})
        while line := (await commands.readline()).decode().strip():
            if line == "end":
                break
            _print({"clock": time.monotonic(), "cpu": time.process_time()})
            if profile is not None:
                profile.begin_or_end()
        _print({"committed": committed, **(profile or Profile()).told()})
        os._exit(0)  # a peer with hundreds of taps in hand has no end that is worth waiting for


def _print(answer: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


def main() -> None:
    program = argparse.ArgumentParser(prog="python -m bench.bots", description=__doc__)
    program.add_argument("bot", choices=["ours", "bare", "default"])
    program.add_argument("--api", required=True)
    program.add_argument("--file", default="")
    program.add_argument("--profile", action="store_true")
    asyncio.run(_run(program.parse_args()))


if __name__ == "__main__":
    main()
