"""Commands for what is kept: `migrate`."""

import argparse
import asyncio
from typing import Any

from bot.commands import ground
from bot.config import Settings
from storage.migrations import migrate


def add(commands: Any) -> None:
    words = "bring the database to today's schema"
    commands.add_parser("migrate", help=words, description=words).set_defaults(run=_migrate)


def _migrate(settings: Settings, _: argparse.Namespace) -> None:
    asyncio.run(_migrated(settings))
    print("The database is up to date.")


async def _migrated(settings: Settings) -> None:
    async with ground.opened(settings) as database:
        await migrate(database)
