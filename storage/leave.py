"""Leave: while a worker is away, their deputy is a worker of all their cases; from the moment they are back, no more.

A deputy is one of the same team whose role hasn't ended, and stands in for nobody in a case in which they answer
themself. What is asked here is asked anew at each door.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select, update

from storage.database import Transaction
from storage.schema import case_workers, raters, workers

_AWAY, _DEPUTY = workers.alias("away"), workers.alias("deputy")


async def go_away(db: Transaction, worker_id: str, *, until: datetime | None = None, now: datetime) -> bool:
    """From now on the deputy stands in; False when they were away already."""
    here = (workers.c.id == worker_id) & workers.c.away_since.is_(None)
    return await db.change(update(workers).where(here).values(away_since=now, away_until=until, leaves_at=None)) == 1


async def plan(db: Transaction, worker_id: str, *, leaves_at: datetime, until: datetime) -> None:
    """Who is here is away from then on."""
    here = (workers.c.id == worker_id) & workers.c.away_since.is_(None)
    await db.change(update(workers).where(here).values(leaves_at=leaves_at, away_until=until))


async def unplan(db: Transaction, worker_id: str, leaves_at: datetime) -> bool:
    """False when no leave is planned that begins then."""
    planned = (workers.c.id == worker_id) & (workers.c.leaves_at == leaves_at) & workers.c.away_since.is_(None)
    return await db.change(update(workers).where(planned).values(leaves_at=None, away_until=None)) == 1


async def plan_return(db: Transaction, worker_id: str, until: datetime) -> None:
    """Who is away plans to be back then."""
    away = (workers.c.id == worker_id) & workers.c.away_since.is_not(None)
    await db.change(update(workers).where(away).values(away_until=until))


async def come_back(db: Transaction, worker_id: str) -> bool:
    """False when they weren't away."""
    away = (workers.c.id == worker_id) & workers.c.away_since.is_not(None)
    return await db.change(update(workers).where(away).values(away_since=None, away_until=None)) == 1


def of_deputy(worker_id: str) -> Select[Any]:
    """The ids of those in whose place this worker stands now."""
    same_team = (_DEPUTY.c.id == _AWAY.c.deputy_id) & (_DEPUTY.c.team_id == _AWAY.c.team_id)
    away = _AWAY.c.away_since.is_not(None) & _AWAY.c.ended_at.is_(None)
    asked = select(_AWAY.c.id).join(_DEPUTY, same_team).where(away, _DEPUTY.c.ended_at.is_(None))
    return asked.where(_DEPUTY.c.id == worker_id)


def answers_in(worker_id: str) -> Select[Any]:
    """The ids of the cases in which this worker answers, or has answered, themself."""
    person = select(workers.c.person_id).where(workers.c.id == worker_id)
    return select(raters.c.case_id).where(raters.c.person_id.in_(person))


async def answers(db: Transaction, worker_id: str, case_id: str) -> bool:
    """Whether they do so in this case."""
    return await db.row(answers_in(worker_id).where(raters.c.case_id == case_id).limit(1)) is not None


async def stood_in_for(db: Transaction, worker_id: str) -> Mapping[str, Sequence[str]]:
    """The cases that this worker has only as a deputy now, each with the codes of those in whose place they stand."""
    rows = await db.rows(
        select(case_workers.c.case_id, workers.c.code, workers.c.id)
        .join(workers, workers.c.id == case_workers.c.worker_id)
        .where(case_workers.c.ended_at.is_(None), workers.c.id.in_(of_deputy(worker_id).union(_self(worker_id))))
        .order_by(workers.c.code)
    )
    own = {row.case_id for row in rows if row.id == worker_id}
    found: dict[str, list[str]] = {}
    for row in rows:
        if row.case_id not in own:
            found.setdefault(row.case_id, []).append(row.code)
    return found


def _self(worker_id: str) -> Select[Any]:
    return select(workers.c.id).where(workers.c.id == worker_id)
