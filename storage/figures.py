"""Figures of the outbox, for those who watch over the service: numbers only."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, func, or_, select

from bot.domain.letters import LetterKind
from storage.database import Transaction
from storage.outbox import LetterState
from storage.schema import letters

PRIORITIES = tuple(sorted({kind.priority for kind in LetterKind}))


@dataclass(frozen=True)
class Figures:
    """Letters whose time has come, by priority; the seconds of the oldest of them; the dead ones by kind.

    A priority without letters has 0; a kind without dead ones isn't there.
    """

    waiting: Mapping[int, int]
    oldest: Mapping[int, float]
    dead: Mapping[str, int]


async def read(db: Transaction, *, now: datetime) -> Figures:
    rows = await _waiting(db, now)
    return Figures(
        waiting=dict.fromkeys(PRIORITIES, 0) | {priority: count for priority, count, _ in rows},
        oldest=dict.fromkeys(PRIORITIES, 0.0) | {each: (now - since).total_seconds() for each, _, since in rows},
        dead=await _dead(db),
    )


async def _waiting(db: Transaction, now: datetime) -> list[tuple[int, int, datetime]]:
    """One that was tried waits since it was made: trying again moves `not_before`. Reminders were made long before."""
    due = or_(letters.c.not_before <= now, letters.c.tries > 0)
    tried = (letters.c.tries > 0) & (letters.c.priority != LetterKind.REMINDER.priority)
    since = func.min(case((tried, letters.c.made_at), else_=letters.c.not_before))
    opened = letters.c.state.in_((LetterState.WAITING.value, LetterState.SENDING.value))
    columns = (letters.c.priority, func.count().label("many"), since.label("since"))
    rows = await db.rows(select(*columns).where(opened, due).group_by(letters.c.priority))
    return [(row.priority, row.many, row.since) for row in rows]


async def _dead(db: Transaction) -> dict[str, int]:
    dead = letters.c.state == LetterState.DEAD.value
    counted = select(letters.c.kind, func.count().label("many")).where(dead).group_by(letters.c.kind)
    return {row.kind: row.many for row in await db.rows(counted)}
