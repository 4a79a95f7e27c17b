"""Commands for what is kept: `migrate`, `backup`, `restore`, `resume`."""

import argparse
import asyncio
import signal
from collections.abc import Coroutine, Iterator
from pathlib import Path
from typing import Any, TypeVar

from bot.actions.resuming import Resumed, resume
from bot.commands import ground
from bot.commands.ground import CommandError, ago
from bot.config import Settings
from storage import Vault, copies
from storage.copies import Contents, CopyError, Drilled
from storage.migrations import migrate
from storage.serving import alone

Thing = TypeVar("Thing")


def add(commands: Any) -> None:
    words = "bring the database to today's schema"
    commands.add_parser("migrate", help=words, description=words).set_defaults(run=_migrate)
    words = "copy everything into a new sealed file, beside the programs that serve"
    backup = commands.add_parser("backup", help=words, description=words)
    backup.set_defaults(run=_backup)
    backup.add_argument("file", metavar="FILE", type=Path)
    words = "fill an empty database with a backup; nothing is sent from it until `resume`"
    restore = commands.add_parser("restore", help=words, description=words)
    restore.set_defaults(run=_restore)
    restore.add_argument("file", metavar="FILE", type=Path)
    restore.add_argument("--drill", action="store_true", help="only try it, in a database that is thrown away")
    words = "send letters again from a database that came from a backup"
    again = commands.add_parser("resume", help=words, description=words)
    again.set_defaults(run=_resume)
    again.add_argument("--drop-waiting", action="store_true", help="send none of the letters that wait")


def _migrate(settings: Settings, _: argparse.Namespace) -> None:
    asyncio.run(_migrated(settings))
    print("The database is up to date.")


async def _migrated(settings: Settings) -> None:
    async with ground.opened(settings, may_be_new=True) as database:
        await migrate(database)


# Backup


def _backup(settings: Settings, asked: argparse.Namespace) -> None:
    settings.require("secret_key")
    made = _copied(asked.file, _backed_up(settings, asked.file))
    print(f"{asked.file} has {_rows(made)}. It was read back and is whole.")


async def _backed_up(settings: Settings, file: Path) -> Contents:
    async with ground.opened(settings) as database:
        return await copies.back_up(database, _vault(settings), file, now=ground.now())


def _copied(file: Path, work: Coroutine[Any, Any, Thing]) -> Thing:
    """Run it to its end; what stands in its way is said in one line."""
    try:
        return asyncio.run(_unless_stopped(work))
    except CopyError as error:
        raise CommandError(f"{file}: {error}") from None
    except OSError as error:
        raise CommandError(f"{file}: it can't be read or written ({type(error).__name__})") from None


async def _unless_stopped(work: Coroutine[Any, Any, Thing]) -> Thing:
    """SIGTERM, too, lets it tidy up: nothing unfinished stays behind."""
    task = asyncio.ensure_future(work)
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    try:
        return await task
    except asyncio.CancelledError:
        raise CommandError("stopped before it was done; nothing of it is left") from None


def _vault(settings: Settings) -> Vault:
    return Vault(settings.secret_key or "")


def _rows(contents: Contents) -> str:
    return f"{contents.rows} rows of {len(contents.parts)} tables, of {contents.head.made_at:%Y-%m-%d %H:%M} UTC"


# Restore


def _restore(settings: Settings, asked: argparse.Namespace) -> None:
    settings.require("secret_key")
    if asked.drill:
        drilled = _copied(asked.file, copies.drill(_vault(settings), asked.file, now=ground.now()))
        print("\n".join(_drilled(asked.file, drilled)))
        return
    restored = _copied(asked.file, _restored(settings, asked.file))
    print(f"The database has {_rows(restored)}. What came after that isn't there.")
    print("Nothing is sent from it until `python -m bot resume`.")


async def _restored(settings: Settings, file: Path) -> Contents:
    async with ground.opened(settings, may_be_new=True) as database, alone(database, "restore", now=ground.now()):
        return await copies.restore(database, _vault(settings), file, now=ground.now())


def _drilled(file: Path, drilled: Drilled) -> Iterator[str]:
    now = ground.now()
    yield f"{file} can be restored: {_rows(drilled.contents)}."
    for name, part in sorted(drilled.contents.parts.items()):
        if part.rows:
            yield f"  {name:<16}{part.rows:>9}"
    yield f"It was made {ago(drilled.contents.head.made_at, now=now)} ago."
    for name, newest in (("rating", drilled.newest_rating), ("letter", drilled.newest_letter)):
        yield f"The newest {name} is {ago(newest, now=now)} old." if newest else f"There is no {name}."


# Resume


def _resume(settings: Settings, asked: argparse.Namespace) -> None:
    settings.require("secret_key")
    print("\n".join(_resumed(asyncio.run(_resuming(settings, drop=asked.drop_waiting)))))


async def _resuming(settings: Settings, *, drop: bool) -> Resumed:
    async with ground.opened(settings) as database:
        await ground.must_be_current(database)
        async with database.transaction() as db:
            resumed = await resume(db, drop=drop, now=ground.now())
    if resumed is None:
        raise CommandError("there is nothing to resume: this database didn't come from a backup, or is resumed already")
    return resumed


def _resumed(resumed: Resumed) -> Iterator[str]:
    now = ground.now()
    for each in resumed.waited:
        yield f"Waited: {each.count} of kind {each.kind}, the oldest for {ago(each.since, now=now)}."
    if resumed.dead:
        yield f"Not sent: {resumed.dead} of alerts. They are dead; the leads are told, and `letters` lists them."
    if resumed.void:
        yield f"Not sent: {resumed.void} others."
    if resumed.doubtful:
        yield f"May have been sent before: {resumed.doubtful}. Alerts say so; pictures and reminders are left."
    yield "Letters are sent from now on."
