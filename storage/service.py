"""What the service remembers of itself, over restarts and for all its programs: a name and a moment.

Which bot it is has a row that is named after it: since when it serves.
"""

from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import delete, or_, select, update

from storage.database import Transaction
from storage.schema import service

FAR_AHEAD = timedelta(hours=1)
"""Who noted a moment that lies further ahead had a wrong clock: it isn't believed, or it would stand for ever."""
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


async def renew(db: Transaction, name: Memory, *, now: datetime) -> datetime | None:
    """Note the moment, unless a later one is noted already; what was noted before, None when nothing was.

    One program after another: of those that come after a gap the first one finds it. A clock that is behind takes
    nothing back.
    """
    if await db.add_once(service, {"name": name.value, "at": now}):
        return None
    its = service.c.name == name.value
    row = await db.row(select(service.c.at).where(its).with_for_update())
    otherwise = or_(service.c.at < now, service.c.at > now + FAR_AHEAD)
    await db.change(update(service).where(its, otherwise).values(at=now))
    return row.at if row else None


async def clear(db: Transaction, name: Memory) -> bool:
    """Whether there was something to forget."""
    return await db.change(delete(service).where(service.c.name == name.value)) > 0


async def becomes(db: Transaction, bot_id: int, *, now: datetime) -> bool:
    """From now on it is this bot that serves; whether another one did before."""
    name = f"{_BOT}{bot_id}"
    await db.add_once(service, {"name": name, "at": now})
    others = service.c.name.startswith(_BOT) & (service.c.name != name)
    return await db.change(delete(service).where(others)) > 0
