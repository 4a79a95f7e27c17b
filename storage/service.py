"""What the service remembers of itself, over restarts and for all its programs: a name and a moment.

Which bot it is has a row that is named after it: since when it serves.
"""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import delete, select

from storage.database import Transaction
from storage.schema import service

_BOT = "bot/"


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


async def becomes(db: Transaction, bot_id: int, *, now: datetime) -> bool:
    """From now on it is this bot that serves; whether another one did before."""
    name = f"{_BOT}{bot_id}"
    await db.add_once(service, {"name": name, "at": now})
    others = service.c.name.startswith(_BOT) & (service.c.name != name)
    return await db.change(delete(service).where(others)) > 0
