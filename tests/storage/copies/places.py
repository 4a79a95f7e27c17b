"""Databases to copy from and to, and all that is in one."""

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from storage import Database, Vault
from storage.schema import alerts, letters, metadata, persons, service, workers
from tests import postgres
from tests.storage.rows import EVERYTHING, LETTER, NOW, WORKER

Everything = dict[str, list[Any]]
Opening = Callable[[str], Awaitable[Database]]


@pytest.fixture
async def emptied(tmp_path: Path, postgres_server: postgres.Server, vault: Vault) -> AsyncIterator[Opening]:
    """Opens a new database without tables, of the kind that it is asked for."""
    opened: list[Database] = []

    async def new(kind: str) -> Database:
        sqlite = f"sqlite+aiosqlite:///{tmp_path / 'new'}-{len(opened)}.sqlite"
        opened.append(Database(sqlite if kind == "sqlite" else postgres_server.fresh(template="template1"), vault))
        return opened[-1]

    yield new
    for each in opened:
        await each.close()


async def filled(database: Database) -> None:
    """A row in every table, one that refers to a later one of its own table, odd texts, and a number given back."""
    async with database.transaction() as db:
        for table, row in EVERYTHING:
            await db.change(insert(table).values(**row))
        sealed = db.vault.seal("7000000001", row="persons/aino")
        await db.change(update(persons).values(chat_sealed=sealed))
        await db.change(insert(workers).values(**{**WORKER, "id": "0", "code": "TAMMI-1", "deputy_id": "nora"}))
        for number, odd in enumerate(("ä\n\"'\\", "[", "{}", "\u2028 🌿", "Z", "a", "Ä", "_", "-")):
            about = {"z": odd, "a": odd}
            await db.change(insert(letters).values(**{**LETTER, "key": odd, "about": about, "tries": number}))
        alert = {"case_id": "case", "draft_id": "draft", "rule": "to be deleted", "raised_at": NOW}
        for _ in range(3):
            await db.change(insert(alerts).values(**alert))
            await db.change(alerts.delete().where(alerts.c.rule == "to be deleted"))


async def everything(database: Database) -> Everything:
    """Every value of every table, but for what the service remembers of itself."""
    async with database.snapshot() as connection:
        found = {
            table.name: [tuple(row) for row in await connection.execute(select(table))]
            for table in metadata.sorted_tables
            if table is not service
        }
    return {name: sorted(rows, key=repr) for name, rows in found.items()}
