"""Traces: which messages of ours stand in a worker's chat and may show a case, so that the chat can be cleared."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, select, update

from storage.database import Transaction
from storage.schema import traces

_OF_PERSON = select(traces).where(traces.c.person_id == bindparam("its_person")).order_by(traces.c.message_id)
_PICTURED = update(traces).where(
    traces.c.person_id == bindparam("its_person"),
    traces.c.message_id == bindparam("its_message"),
    traces.c.pictured != bindparam("its_picture"),
)


@dataclass(frozen=True)
class Trace:
    """One message, since when it has stood there, and whether it is a picture."""

    message_id: int
    pictured: bool
    at: datetime


async def note(db: Transaction, person_id: str, message_id: int, *, pictured: bool, now: datetime) -> None:
    """A message stands in the chat, or shows something else now: since when it stands there stays."""
    row = {"person_id": person_id, "message_id": message_id, "pictured": pictured, "at": now}
    if not await db.add_once(traces, row):
        its = {"its_person": person_id, "its_message": message_id, "its_picture": pictured}
        await db.change(_PICTURED, {**its, "pictured": pictured})


async def of_person(db: Transaction, person_id: str) -> Sequence[Trace]:
    """All that is known to stand in this person's chat, the oldest first."""
    rows = await db.rows(_OF_PERSON, {"its_person": person_id})
    return [Trace(row.message_id, row.pictured, row.at) for row in rows]


async def furthest_back(db: Transaction, person_id: str, *, beyond: int, until: datetime, most: int) -> Sequence[Trace]:
    """Of those that have stood there since before `until` the oldest; never one of the newest `beyond`."""
    old = select(traces).where(traces.c.person_id == person_id, traces.c.at < until)
    rows = await db.rows(old.order_by(traces.c.message_id.desc()).offset(beyond))
    return [Trace(row.message_id, row.pictured, row.at) for row in reversed(rows)][:most]


async def forget(db: Transaction, person_id: str, message_ids: Iterable[int]) -> None:
    """They are gone from the chat, or show nothing any more."""
    there = (traces.c.person_id == person_id) & traces.c.message_id.in_(list(message_ids))
    await db.change(delete(traces).where(there))
