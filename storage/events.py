"""Events on the time line of a case. A worker's own words are sealed."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, delete, insert, select, update

from bot.domain.events import Event, EventKind, InReach, Turn
from storage.database import Transaction
from storage.schema import events


async def add(db: Transaction, event: Event) -> None:
    row = {
        "id": event.id,
        "case_id": event.case_id,
        "subject_id": event.subject_id,
        "worker_id": event.worker_id,
        "kind": event.kind.value,
        "turn": event.turn.value,
        "in_reach": event.in_reach.value if event.in_reach else None,
        "day": event.day,
        "noted_at": event.noted_at,
        "words_sealed": _sealed(db, event.id, event.words),
    }
    await db.change(insert(events).values(**row))


async def get(db: Transaction, event_id: str) -> Event | None:
    return next(iter(await _found(db, events.c.id == event_id)), None)


async def of_case(db: Transaction, case_id: str) -> Sequence[Event]:
    """In the order of their days; of one day in the order in which they were noted."""
    return await _found(db, events.c.case_id == case_id)


async def save(db: Transaction, event: Event) -> None:
    """As it is noted now: kind, case and who noted it stay."""
    now = {
        "subject_id": event.subject_id,
        "turn": event.turn.value,
        "in_reach": event.in_reach.value if event.in_reach else None,
        "day": event.day,
        "words_sealed": _sealed(db, event.id, event.words),
    }
    await db.change(update(events).where(events.c.id == event.id).values(**now))


async def remove(db: Transaction, event_id: str) -> None:
    await db.change(delete(events).where(events.c.id == event_id))


async def _found(db: Transaction, which: ColumnElement[bool]) -> list[Event]:
    ordered = select(events).where(which).order_by(events.c.day, events.c.noted_at, events.c.id)
    return [_event(db, row) for row in await db.rows(ordered)]


def _event(db: Transaction, row: Row[Any]) -> Event:
    return Event(
        id=row.id,
        case_id=row.case_id,
        subject_id=row.subject_id,
        worker_id=row.worker_id,
        kind=EventKind(row.kind),
        turn=Turn(row.turn),
        in_reach=InReach(row.in_reach) if row.in_reach else None,
        day=row.day,
        noted_at=row.noted_at,
        words=db.vault.unseal(row.words_sealed, row=f"events/{row.id}/words") if row.words_sealed else None,
    )


def _sealed(db: Transaction, id: str, words: str | None) -> bytes | None:
    return db.vault.seal(words, row=f"events/{id}/words") if words else None
