"""The command `deputy`: who stands in for a worker, and so hears of an alert that nobody has opened in time."""

import argparse
import asyncio
from typing import Any

import storage
from bot.commands import ground
from bot.commands.ground import CommandError
from bot.config import Settings
from bot.domain.codes import worker_code
from bot.domain.people import Worker
from storage import Transaction


def add(commands: Any) -> None:
    words = "who stands in for a worker of the same team; with a second code or --none it is changed"
    deputy = commands.add_parser("deputy", help=words, description=words)
    deputy.set_defaults(run=_deputy)
    deputy.add_argument("code", metavar="CODE", help="the worker's code, such as KOIVU-27")
    change = deputy.add_mutually_exclusive_group()
    change.add_argument("deputy", metavar="DEPUTY-CODE", nargs="?", help="the code of who stands in from now on")
    change.add_argument("--none", action="store_true", help="nobody stands in any more")


def _deputy(settings: Settings, asked: argparse.Namespace) -> None:
    settings.require("secret_key")
    print(asyncio.run(_said(settings, asked)))


async def _said(settings: Settings, asked: argparse.Namespace) -> str:
    async with ground.opened(settings) as database:
        await ground.must_be_current(database)
        async with database.transaction() as db:
            return await stand_in(db, asked.code, asked.deputy, none=asked.none)


async def stand_in(db: Transaction, code: str, deputy: str | None, *, none: bool) -> str:
    """Change who stands in for a worker, if that is asked for; how it is then.

    Raises:
        CommandError: it can't be like that.
    """
    worker = await _known(db, code)
    await storage.workers.hold(db, worker.id)
    if none:
        await storage.workers.set_deputy(db, worker.id, None)
    elif deputy:
        await storage.workers.set_deputy(db, worker.id, (await _to_stand_in(db, worker, deputy)).id)
    return await _standing_in(db, await _known(db, worker.code))


async def _known(db: Transaction, text: str) -> Worker:
    code = worker_code(text)
    worker = await storage.workers.by_code(db, code) if code else None
    if worker is None:
        raise CommandError(f"{text!r} is no worker's code: expected one of a worker of today, such as KOIVU-27")
    return worker


async def _to_stand_in(db: Transaction, worker: Worker, text: str) -> Worker:
    deputy = await _known(db, text)
    if deputy.id == worker.id:
        raise CommandError(f"{worker.code} can't stand in for themself: expected another worker of the team")
    if deputy.team != worker.team:
        raise CommandError(
            f"{deputy.code} is of team {deputy.team}: expected a worker of team {worker.team}, as {worker.code} is"
        )
    return deputy


async def _standing_in(db: Transaction, worker: Worker) -> str:
    deputy = await storage.workers.get(db, worker.deputy_id) if worker.deputy_id else None
    if deputy is None:
        return f"Nobody stands in for {worker.code}."
    waits = "" if deputy.person_id else f" {deputy.code} hasn't joined yet and hears of nothing until then."
    return f"{deputy.code} stands in for {worker.code}.{waits}"
