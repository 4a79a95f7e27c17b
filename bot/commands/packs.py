"""The command `pack`: a file with a measure of the service's own is checked, loaded, shown, and ended."""

import argparse
import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import storage
from bot.actions import packs as actions
from bot.commands import ground
from bot.commands.ground import CommandError
from bot.config import Settings
from bot.domain.instruments import Measure
from bot.domain.pack_files import parsed
from bot.domain.packs import Pack


def add(commands: Any) -> None:
    words = "measures of your own, with your own questions: check or load a file of one, show them, end one"
    steps = commands.add_parser("pack", help=words, description=words).add_subparsers(metavar="STEP", required=True)
    for name, run, words in (
        ("check", _check, "look whether a file could be loaded"),
        ("load", _load, "from now on it can be switched on for a case"),
        ("show", _show, "which there are"),
        ("end", _end, "ask it of nobody any more; what was answered stays"),
    ):
        step = steps.add_parser(name, help=words, description=words)
        step.set_defaults(run=run)
        if name in ("check", "load"):
            step.add_argument("file", metavar="FILE", type=Path)
        if name == "end":
            step.add_argument("code", metavar="CODE")


def _check(_: Settings, asked: argparse.Namespace) -> None:
    try:
        print(f"{asked.file} is well: {_summary(parsed(ground.text_of(asked.file)))}")
    except ValueError as error:
        raise CommandError(f"{asked.file}: {error}") from None


def _load(settings: Settings, asked: argparse.Namespace) -> None:
    settings.require("secret_key")
    print(f"Loaded: {_summary(asyncio.run(_loaded(settings, asked.file)))}")


async def _loaded(settings: Settings, file: Path) -> Pack:
    text = ground.text_of(file)
    async with ground.opened(settings) as database:
        await ground.must_be_current(database)
        async with database.transaction() as db:
            try:
                return await actions.load(db, text, now=ground.now())
            except ValueError as error:
                raise CommandError(f"{file}: {error}") from None


def _summary(pack: Pack) -> str:
    """`energy: Energy; 3 items of 1 to 5; asked before the meeting; of client, carer`."""
    its = pack.instrument
    when = "before" if its.asked_with is Measure.OUTCOME else "after"
    raters = ", ".join(sorted(pack.raters))
    count = "1 item" if its.count == 1 else f"{its.count} items"
    return (
        f"{pack.code}: {pack.called('en')}; {count} of {its.low} to {its.high}; asked {when} the meeting; of {raters}"
    )


def _show(settings: Settings, _: argparse.Namespace) -> None:
    settings.require("secret_key")
    found = asyncio.run(_in_force(settings))
    print("\n".join(_summary(each) for each in found) or "There are none.")


async def _in_force(settings: Settings) -> Sequence[Pack]:
    async with ground.opened(settings) as database:
        await ground.must_be_current(database)
        async with database.transaction() as db:
            return await storage.packs.in_force(db)


def _end(settings: Settings, asked: argparse.Namespace) -> None:
    settings.require("secret_key")
    asyncio.run(_ended(settings, asked.code))
    print(f"{asked.code} isn't asked any more. What was answered stays.")


async def _ended(settings: Settings, code: str) -> None:
    async with ground.opened(settings) as database:
        await ground.must_be_current(database)
        async with database.transaction() as db:
            if not await storage.packs.end(db, code, now=ground.now()):
                raise CommandError(f"{code!r} is no measure that is asked now: see `python -m bot pack show`")
