"""The outbox: letters put in the transaction of their cause, and claimed by the courier with a lease."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, func, or_, select, update

from bot.domain.letters import Letter, LetterKind
from storage.database import Transaction
from storage.schema import letters

LEASE = timedelta(seconds=60)


class LetterState(StrEnum):
    """WAITING until it is SENT, VOID (no longer true when its turn came) or DEAD (it can't be sent)."""

    WAITING = "waiting"
    SENT = "sent"
    VOID = "void"
    DEAD = "dead"


async def put(
    db: Transaction, kind: LetterKind, person_id: str, about: Mapping[str, str], *, key: str, now: datetime
) -> None:
    """A letter to a person; none when there is one with this key."""
    row = {"key": f"{kind.value}:{key}:{person_id}", "person_id": person_id, "kind": kind.value, "about": dict(about)}
    waiting = {"state": LetterState.WAITING.value, "made_at": now, "not_before": now, "tries": 0}
    await db.add_once(letters, {**row, **waiting})


async def claim(db: Transaction, *, now: datetime, most: int) -> Sequence[Letter]:
    """Lease letters whose time has come: for each person the first one that waits, so that their order holds."""
    free = or_(letters.c.leased_until.is_(None), letters.c.leased_until <= now)
    first = select(func.min(letters.c.id)).where(_waiting()).group_by(letters.c.person_id)
    due = and_(letters.c.id.in_(first), _waiting(), free, letters.c.not_before <= now)
    rows = await db.rows(
        select(letters).where(due).order_by(letters.c.id).limit(most).with_for_update(skip_locked=True)
    )
    leased = {"leased_until": now + LEASE, "tries": letters.c.tries + 1}
    await db.change(update(letters).where(letters.c.id.in_([row.id for row in rows])).values(**leased))
    return [_letter(row) for row in rows]


def _waiting() -> ColumnElement[bool]:
    return letters.c.state == LetterState.WAITING.value


def _letter(row: Row[Any]) -> Letter:
    return Letter(row.id, row.key, row.person_id, LetterKind(row.kind), row.about, row.made_at, row.tries + 1)


async def finish(db: Transaction, letter: Letter, state: LetterState, *, now: datetime) -> None:
    """The letter's end: SENT, VOID or DEAD."""
    done = {"state": state.value, "sent_at": now, "leased_until": None}
    await db.change(update(letters).where(letters.c.id == letter.id).values(**done))


async def postpone(db: Transaction, letter: Letter, *, until: datetime) -> None:
    """Try again, not before then."""
    await db.change(update(letters).where(letters.c.id == letter.id).values(not_before=until, leased_until=None))


async def void_all(db: Transaction, *, now: datetime) -> None:
    """Nothing that waits is sent: what is put into a database as past has been told already."""
    await db.change(update(letters).where(_waiting()).values(state=LetterState.VOID.value, sent_at=now))
