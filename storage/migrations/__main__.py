"""For who changes `storage.schema`: `new "words"` writes the migration, `check` says whether one is missing."""

import asyncio
import re
import sys
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from storage.database import Database
from storage.migrations import config, difference, migrate
from storage.vault import Vault

USAGE = 'usage: python -m storage.migrations new "what it does" | check'


def main(arguments: list[str]) -> str | None:
    """What went wrong, or nothing."""
    match arguments:
        case ["new", words] if re.search(r"\w", words):
            return asyncio.run(_on_a_new_file(lambda database: _write(database, words)))
        case ["check"]:
            return asyncio.run(_on_a_new_file(_check))
        case _:
            return USAGE


async def _on_a_new_file(work: Callable[[Database], Awaitable[str | None]]) -> str | None:
    """Run the work on a SQLite file that all migrations so far have gone through."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite+aiosqlite:///{Path(folder) / 'new.sqlite'}", Vault("for an empty database"))
        try:
            await migrate(database)
            return await work(database)
        finally:
            await database.close()


async def _write(database: Database, words: str) -> None:
    def revise(connection: Connection) -> None:
        number = len(list(ScriptDirectory.from_config(config()).walk_revisions())) + 1
        command.revision(config(connection), message=words, autogenerate=True, rev_id=f"{number:04}")

    async with database.engine.connect() as connection:
        await connection.run_sync(revise)


async def _check(database: Database) -> str | None:
    missing = await difference(database)
    if not missing:
        return None
    return "\n".join(['No migration does this yet; write it with: make migration what="..."', *map(str, missing)])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
