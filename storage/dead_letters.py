"""Letters that couldn't be sent: shown by number, kind and worker, never with a client; and given another try."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, select, update

from bot.domain.letters import LetterKind
from storage.database import Transaction
from storage.outbox import LetterState
from storage.schema import letters, teams, workers


@dataclass(frozen=True)
class DeadLetter:
    """`alert` is the number of the alert that it told of. `worker`: the code, where a worker was to get it."""

    id: int
    kind: LetterKind
    alert: int | None
    worker: str | None
    died_at: datetime
    outcome: str | None


async def all_of_them(db: Transaction) -> Sequence[DeadLetter]:
    """The newest last."""
    return [_dead_letter(row) for row in await db.rows(_question())]


async def of_workers(db: Transaction, *, team: str | None, since: datetime) -> Sequence[DeadLetter]:
    """Those to the workers of a team (None: of all), from then on, the newest last."""
    to_workers = _question().where(workers.c.code.is_not(None), letters.c.sent_at >= since)
    if team is not None:
        to_workers = to_workers.join(teams, teams.c.id == workers.c.team_id).where(teams.c.name == team)
    return [_dead_letter(row) for row in await db.rows(to_workers)]


def _question() -> Select[Any]:
    of_worker = letters.join(workers, workers.c.person_id == letters.c.person_id, isouter=True)
    chosen = select(letters, workers.c.code).select_from(of_worker)
    return chosen.where(letters.c.state == LetterState.DEAD.value).order_by(letters.c.id)


def _dead_letter(row: Row[Any]) -> DeadLetter:
    return DeadLetter(
        id=row.id,
        kind=LetterKind(row.kind),
        alert=int(row.about["alert"]) if "alert" in row.about else None,
        worker=row.code,
        died_at=row.sent_at,
        outcome=row.outcome,
    )


async def again(db: Transaction, letter_id: int, *, now: datetime) -> bool:
    """Let a dead one wait as if it had been put in now; whether it was one. What may have arrived stays unsure."""
    waiting = {"state": LetterState.WAITING.value, "outcome": None, "sent_at": None, "tries": 0}
    dead = (letters.c.id == letter_id) & (letters.c.state == LetterState.DEAD.value)
    return await db.change(update(letters).where(dead).values(**waiting, not_before=now, planned_for=now)) == 1
