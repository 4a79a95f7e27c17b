"""The ground that every command stands on: the database, the clock, and an end that tidies up."""

import asyncio
import contextlib
import signal
from collections.abc import AsyncIterator, Coroutine
from datetime import UTC, datetime
from typing import Any

from bot import log
from bot.config import Settings
from bot.messages import help_lines
from storage import Database, UnreachableError, Vault
from storage.migrations import is_current

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
async def opened(settings: Settings) -> AsyncIterator[Database]:
    """The database of the settings; one that can't be reached is said in one line."""
    database = Database(settings.database_url, Vault(settings.secret_key or ""))
    try:
        await database.reach()
        yield database
    except UnreachableError as error:
        raise CommandError(f"DATABASE_URL: {error}") from None
    finally:
        await database.close()


async def must_be_current(database: Database) -> None:
    if not await is_current(database):
        raise CommandError("the database isn't at today's schema: run `python -m bot migrate` first")


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

    A second signal changes nothing: tidying up has a limit of its own.
    """
    task = asyncio.ensure_future(work)
    loop = asyncio.get_running_loop()

    def stop() -> None:
        if not task.cancelling():
            log.event(log.Event.STOPPING)
            task.cancel()

    for each in STOPPING:
        loop.add_signal_handler(each, stop)
    with contextlib.suppress(asyncio.CancelledError):
        await task
