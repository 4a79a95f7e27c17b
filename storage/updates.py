"""The ids of updates whose effect is in the database: recorded in the same transaction, so that a repeat is known."""

from datetime import datetime, timedelta

from sqlalchemy import delete

from storage import service
from storage.database import Transaction
from storage.schema import updates

KEPT = timedelta(days=3)
"""A server brings an update again for a day. After a week without any, ids begin anew, and none may meet an old one.

Source:
    Bot API: getting updates, and `update_id` of Update.
"""


async def are_of(db: Transaction, bot_id: int, *, now: datetime) -> None:
    """Ids are those of one bot: of another one that served before they say nothing, and its are forgotten."""
    if await service.becomes(db, bot_id, now=now):
        await db.change(delete(updates))


async def forget_old(db: Transaction, *, now: datetime) -> None:
    await db.change(delete(updates).where(updates.c.seen_at < now - KEPT))


async def record(db: Transaction, update_id: int, *, now: datetime, parked: bool = False) -> bool:
    """Whether this update is new. A parked one couldn't be handled, and is not tried again."""
    return await db.add_once(updates, {"id": update_id, "seen_at": now, "parked": parked})
