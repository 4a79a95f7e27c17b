"""Trajectories that were loaded, as the text of their files: the newest is in force, the others say what was before."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from sqlalchemy import insert, select

from bot.domain.trajectories import Trajectories
from bot.domain.trajectory_files import parsed
from storage.database import Transaction, new_id
from storage.schema import trajectories

_NEWEST = select(trajectories).order_by(trajectories.c.loaded_at.desc(), trajectories.c.id.desc()).limit(1)
_parsed = lru_cache(maxsize=4)(parsed)


@dataclass(frozen=True)
class Loaded:
    """What a file says, and when it was loaded."""

    trajectories: Trajectories
    at: datetime


async def add(db: Transaction, text: str, *, name: str, now: datetime) -> None:
    """The text is one that was read and found well; from now on it is in force."""
    await db.change(insert(trajectories).values(id=new_id(), name=name, text=text, loaded_at=now))


async def newest(db: Transaction) -> Loaded | None:
    row = await db.row(_NEWEST)
    return Loaded(_parsed(row.text), row.loaded_at) if row else None


async def in_force(db: Transaction) -> Trajectories | None:
    """None: none was ever loaded."""
    loaded = await newest(db)
    return loaded.trajectories if loaded else None
