"""The ground that every command stands on: the database, the clock, and an end that tidies up."""

import asyncio
import contextlib
import os
import signal
from collections.abc import AsyncIterator, Coroutine
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import storage
from bot import log
from bot.config import Settings
from bot.domain.profiles import Profile
from bot.messages import help_lines
from storage import Database, UnreachableError, Vault
from storage.engine import file_of
from storage.migrations import is_current
from storage.trouble import can_not_now, is_damaged

DAMAGED = "the database is damaged: keep its file, and restore a backup"
STOP_SECONDS = 9.5
STOPPING = (signal.SIGTERM, signal.SIGINT)


class CommandError(Exception):
    """What was asked for can't be done; one line says why."""


def now() -> datetime:
    return datetime.now(UTC)


def ago(moment: datetime, *, now: datetime) -> str:
    """How long ago, in the two largest units that fit: `3 d 4 h`, `5 min`."""
    minutes = max(0, int((now - moment).total_seconds() // 60))
    hours, days = minutes // 60, minutes // (24 * 60)
    if days:
        return f"{days} d {hours % 24} h"
    return f"{hours} h {minutes % 60} min" if hours else f"{minutes} min"


@contextlib.asynccontextmanager
async def opened(settings: Settings, *, may_be_new: bool = False) -> AsyncIterator[Database]:
    """The database of the settings; one that can't be reached is said in one line.

    Raises:
        CommandError: it can't, or there is none and none is to be made: the address is mistyped.
    """
    file = file_of(settings.database_url)
    if file is not None and not may_be_new and not await asyncio.to_thread(file.exists):
        raise CommandError(f"DATABASE_URL: there is no file {file}; `python -m bot migrate` makes a new database")
    database = Database(settings.database_url, Vault(settings.secret_key or ""))
    try:
        await database.reach()
        yield database
    except UnreachableError as error:
        raise CommandError(f"DATABASE_URL: {error}") from None
    except Exception as error:
        if is_damaged(error):
            raise CommandError(f"DATABASE_URL: {DAMAGED}") from None
        if can_not_now(error) and not _is_about_a_file(error):
            raise CommandError("DATABASE_URL: the database is busy, or takes nothing now: try again") from None
        raise
    finally:
        await database.close()


def _is_about_a_file(error: Exception) -> bool:
    """Another file than the database's: who works with it says more of it."""
    return isinstance(error, OSError) and error.filename is not None


async def must_be_current(database: Database) -> None:
    """At today's schema, and written with our key: with another one everybody would be a stranger.

    Raises:
        CommandError: it isn't.
    """
    if not await is_current(database):
        raise CommandError("the database isn't at today's schema: run `python -m bot migrate` first")
    async with database.transaction() as db:
        if not await storage.people.opens(db):
            raise CommandError("SECRET_KEY isn't the one that this database was written with")


async def must_know_teams(database: Database, profile: Profile) -> None:
    """
    Raises:
        CommandError: the profile switches a rule off for a team that isn't there: its name is mistyped.
    """
    async with database.transaction() as db:
        teams = await storage.workers.teams_named(db)
    for rule, terms in profile.terms.items():
        for team in sorted(terms.off_for - teams):
            raise CommandError(f"PROFILE: rules.{rule.value}.off_for names {team!r}: expected a team that is there")


async def must_be_sound(database: Database) -> None:
    """
    Raises:
        CommandError: the file of a SQLite database is damaged.
    """
    if not await database.is_sound():
        raise CommandError(f"DATABASE_URL: {DAMAGED}")


def check_files(settings: Settings) -> None:
    """
    Raises:
        CommandError: a file that a setting names isn't what it should be.
    """
    try:
        help_lines.load(settings.help_lines)
    except (OSError, ValueError) as error:
        raise CommandError(f"HELP_LINES {error}") from None


async def until_stopped(work: Coroutine[Any, Any, None]) -> None:
    """Run until the work ends, or a signal asks us to stop; then it is cancelled and tidies up.

    A second signal changes nothing. Whatever tidying up waits for (a database that is locked, say), after the time that
    a host leaves it ends: what wasn't kept by then was not confirmed either.
    """
    task = asyncio.ensure_future(work)
    loop = asyncio.get_running_loop()

    def stop() -> None:
        if not task.cancelling():
            log.event(log.Event.STOPPING)
            task.cancel()
            loop.call_later(STOP_SECONDS, _end_now)

    for each in STOPPING:
        loop.add_signal_handler(each, stop)
    with contextlib.suppress(asyncio.CancelledError):
        await task


def _end_now() -> None:
    log.event(log.Event.STOPPED_SHORT)
    os._exit(1)


def text_of(file: Path) -> str:
    """
    Raises:
        CommandError: it isn't there, can't be read, or is no text.
    """
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise CommandError(f"{file}: is no text in UTF-8") from None
    except OSError as error:
        raise CommandError(f"{file}: it can't be read ({type(error).__name__})") from None
