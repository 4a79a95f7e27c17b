"""What the service remembers of itself, over restarts and for all its programs: a name and a moment."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import delete, select

from storage.database import Transaction
from storage.schema import service


class Memory(StrEnum):
    """ALIVE: when somebody last served. RESTORED: the database came from a backup; nothing is sent until resumed.

    PROBED: when it was last tried whether the database takes what is given to it.
    """

    ALIVE = "alive"
    PROBED = "probed"
    RESTORED = "restored"


async def read(db: Transaction, name: Memory) -> datetime | None:
    row = await db.row(select(service.c.at).where(service.c.name == name.value))
    return row.at if row else None


async def write(db: Transaction, name: Memory, *, now: datetime) -> None:
    await db.put(service, {"name": name.value}, {"at": now})


async def clear(db: Transaction, name: Memory) -> bool:
    """Whether there was something to forget."""
    return await db.change(delete(service).where(service.c.name == name.value)) > 0
