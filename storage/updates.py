"""The ids of updates whose effect is in the database: recorded in the same transaction, so that a repeat is known."""

from datetime import datetime

from storage.database import Transaction
from storage.schema import updates


async def record(db: Transaction, update_id: int, *, now: datetime, parked: bool = False) -> bool:
    """Whether this update is new. A parked one couldn't be handled, and is not tried again."""
    return await db.add_once(updates, {"id": update_id, "seen_at": now, "parked": parked})
