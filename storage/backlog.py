"""What waits in the outbox, for who looks after the service: how much and since when; and what is decided about all of
it when a database has come from a backup.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select, update

from bot.domain.letters import Letter, LetterKind
from storage.database import Transaction
from storage.outbox import FREE, MAY_HAVE_ARRIVED, LetterState, due_at, is_open
from storage.schema import letters


@dataclass(frozen=True)
class Waiting:
    """Letters of one kind whose time has come; `since` is when the first of them was to be sent."""

    kind: LetterKind
    count: int
    since: datetime


async def waiting(db: Transaction, *, now: datetime) -> Sequence[Waiting]:
    """The most urgent kinds first; those planned for later aren't counted."""
    columns = (letters.c.kind, func.count().label("many"), func.min(due_at()).label("since"))
    statement = select(*columns).where(is_open(), due_at() <= now).group_by(letters.c.kind)
    found = [Waiting(LetterKind(row.kind), row.many, row.since) for row in await db.rows(statement)]
    return sorted(found, key=lambda each: (each.kind.priority, each.kind))


async def planned(db: Transaction, *, now: datetime) -> int:
    """How many letters are for later."""
    row = await db.row(select(func.count()).select_from(letters).where(is_open(), due_at() > now))
    return int(row[0]) if row else 0


async def due(db: Transaction, *, until: datetime) -> Sequence[Letter]:
    """Those that wait and were to be sent by then, the oldest first."""
    rows = await db.rows(select(letters).where(is_open(), due_at() <= until).order_by(letters.c.id))
    return [_letter(row) for row in rows]


async def of_person(db: Transaction, person_id: str, *, hold: bool = False) -> Sequence[Letter]:
    """Those that wait for this person, also for later, or are being sent.

    `hold`: until the transaction ends nobody else says what became of them; what was said just now is waited for.
    """
    its = select(letters).where(is_open(), letters.c.person_id == person_id).order_by(letters.c.id)
    rows = await db.rows(its.with_for_update() if hold else its)
    return [_letter(row) for row in rows]


async def of_kinds(db: Transaction, kinds: Iterable[LetterKind]) -> Sequence[Letter]:
    """Those of these kinds that wait, for whomever, also for later."""
    its = letters.c.kind.in_([each.value for each in kinds])
    rows = await db.rows(select(letters).where(is_open(), its).order_by(letters.c.id))
    return [_letter(row) for row in rows]


def _letter(row: Row[Any]) -> Letter:
    kind = LetterKind(row.kind)
    return Letter(row.id, row.key, row.person_id, kind, row.about, row.made_at, not_before=row.planned_for)


async def doubt(db: Transaction, *, until: datetime) -> int:
    """Whatever was to be sent by then may have been; how many letters that are. It is nobody's to carry now."""
    return await db.change(update(letters).where(is_open(), due_at() <= until).values(**FREE, unsure=True))


async def end(db: Transaction, letter: Letter, state: LetterState, *, outcome: str, now: datetime) -> None:
    """The letter's end without being sent, whoever held it."""
    done = {"state": state.value, "outcome": outcome, "sent_at": now, "lease": None, "leased_until": None}
    await db.change(update(letters).where(letters.c.id == letter.id, is_open()).values(**done))


async def readdress(db: Transaction, waiting: Iterable[Letter], person_id: str) -> None:
    """They are for this person from now on. What was being sent may have arrived in the chat where it was going to."""
    its = letters.c.id.in_([each.id for each in waiting])
    theirs = {**FREE, "unsure": MAY_HAVE_ARRIVED, "person_id": person_id}
    db.letters += await db.change(update(letters).where(its, is_open()).values(**theirs))
