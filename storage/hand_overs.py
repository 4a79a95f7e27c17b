"""Workers' phones that are in a rater's hands: one rater and one meeting for each phone."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, delete, select, update

from bot.domain.handing_over import HandOver
from storage.database import Transaction
from storage.schema import hand_overs

_OF_PERSON = select(hand_overs).where(hand_overs.c.person_id == bindparam("its_person"))


async def add(db: Transaction, person_id: str, *, rater_id: str, session_id: str, now: datetime) -> bool:
    """From now on the phone is in the rater's hands; False when it is in somebody's already."""
    row = {"person_id": person_id, "rater_id": rater_id, "session_id": session_id, "at": now}
    return await db.add_once(hand_overs, row)


async def of_person(db: Transaction, person_id: str) -> HandOver | None:
    row = await db.row(_OF_PERSON, {"its_person": person_id})
    return _hand_over(row) if row else None


async def of_rater(db: Transaction, rater_id: str) -> HandOver | None:
    """The phone that this rater has in their hands."""
    row = await db.row(select(hand_overs).where(hand_overs.c.rater_id == rater_id).limit(1))
    return _hand_over(row) if row else None


async def among(db: Transaction, person_ids: Iterable[str]) -> frozenset[str]:
    """Those of them whose phone is in somebody's hands."""
    question = select(hand_overs.c.person_id).where(hand_overs.c.person_id.in_(list(person_ids)))
    return frozenset(row.person_id for row in await db.rows(question))


def _hand_over(row: Row[Any]) -> HandOver:
    return HandOver(row.person_id, row.rater_id or "", row.session_id or "", row.at, row.tries, row.barred_until)


async def note_wrong(db: Transaction, before: HandOver, *, barred_until: datetime | None) -> bool:
    """One more wrong PIN; False when another one was noted meanwhile."""
    same = (hand_overs.c.person_id == before.person_id) & (hand_overs.c.tries == before.tries)
    values = {"tries": before.tries + 1, "barred_until": barred_until}
    return await db.change(update(hand_overs).where(same).values(**values)) == 1


async def end(db: Transaction, person_id: str) -> bool:
    """The phone is the worker's again; False when it was already."""
    return await db.change(delete(hand_overs).where(hand_overs.c.person_id == person_id)) == 1
