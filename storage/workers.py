"""Workers and their teams."""

import hmac
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, bindparam, select, update
from sqlalchemy import case as sql_case

from bot.domain.people import Role, Worker
from storage import leave
from storage.database import Transaction, new_id
from storage.schema import case_workers, persons, teams, workers

_HELD = select(workers.c.id).where(workers.c.id == bindparam("id")).with_for_update(key_share=True)
_COLUMNS = (
    workers.c.id,
    workers.c.code,
    teams.c.name,
    workers.c.role,
    workers.c.person_id,
    workers.c.deputy_id,
    workers.c.away_since,
)


def _question() -> Select[Any]:
    return select(*_COLUMNS).join(teams, teams.c.id == workers.c.team_id).where(workers.c.ended_at.is_(None))


def _worker(row: Row[Any]) -> Worker:
    return Worker(row.id, row.code, row.name, Role(row.role), row.person_id, row.deputy_id, row.away_since)


async def hold(db: Transaction, worker_id: str) -> None:
    """Nobody else who holds this worker does anything with what is theirs until the transaction ends."""
    await db.hold(_HELD, id=worker_id)


async def get(db: Transaction, worker_id: str) -> Worker | None:
    row = await db.row(_question().where(workers.c.id == worker_id))
    return _worker(row) if row else None


async def ever(db: Transaction, worker_id: str) -> Worker | None:
    """The worker, also one whose role has ended."""
    row = await db.row(select(*_COLUMNS).join(teams, teams.c.id == workers.c.team_id).where(workers.c.id == worker_id))
    return _worker(row) if row else None


async def of_person(db: Transaction, person_id: str) -> Worker | None:
    """The worker that this person is now; a role that has ended isn't one."""
    row = await db.row(_question().where(workers.c.person_id == person_id))
    return _worker(row) if row else None


async def persons_of_all(db: Transaction) -> Sequence[str]:
    """The ids of all persons who are workers now."""
    now_one = workers.c.person_id.is_not(None) & workers.c.ended_at.is_(None)
    return [row.person_id for row in await db.rows(select(workers.c.person_id).where(now_one))]


async def by_code(db: Transaction, code: str) -> Worker | None:
    row = await db.row(_question().where(workers.c.code == code))
    return _worker(row) if row else None


async def of_case(db: Transaction, case_id: str) -> Sequence[Worker]:
    """The case's present workers, who has had it longest first; then who stands in for those of them who are away."""
    own = await whose_is(db, case_id)
    deputies = [await deputy_of(db, each) for each in own if each.away_since is not None]
    standing_in = [each for each in deputies if each and not await leave.answers(db, each.id, case_id)]
    return list({each.id: each for each in (*own, *standing_in)}.values())


async def whose_is(db: Transaction, case_id: str) -> Sequence[Worker]:
    """The workers whose own the case is now, who has had it longest first."""
    joined = _question().join(case_workers, case_workers.c.worker_id == workers.c.id)
    now_its = joined.where(case_workers.c.case_id == case_id, case_workers.c.ended_at.is_(None))
    return [_worker(row) for row in await db.rows(now_its.order_by(case_workers.c.began_at, workers.c.id))]


async def deputy_of(db: Transaction, worker: Worker) -> Worker | None:
    """Who stands in for this worker whenever they are away: one of the same team, whose role hasn't ended."""
    deputy = await get(db, worker.deputy_id) if worker.deputy_id else None
    return deputy if deputy is not None and deputy.team == worker.team else None


async def colleagues_of(db: Transaction, worker: Worker) -> Sequence[Worker]:
    """The others of the same team who have a phone here, by their codes."""
    others = (teams.c.name == worker.team) & (workers.c.id != worker.id) & workers.c.person_id.is_not(None)
    return [_worker(row) for row in await db.rows(_question().where(others).order_by(workers.c.code))]


async def leads_of(db: Transaction, worker: Worker | None) -> Sequence[Worker]:
    """Who hears what doesn't reach this worker: the leads of the team, or the admins where it has none that can be
    written to; never they themselves. Of nobody's (None) the admins hear."""
    reachable = workers.c.person_id.in_(select(persons.c.id).where(persons.c.gone_at.is_(None)))
    others = _question().where(reachable, workers.c.id != (worker.id if worker else "")).order_by(workers.c.id)
    own_team = teams.c.name == (worker.team if worker else "")
    leads = await db.rows(others.where(own_team, workers.c.role == Role.LEAD.value))
    return [_worker(row) for row in leads] or await _admins(db, others)


async def admins_but(db: Transaction, person_id: str) -> Sequence[Worker]:
    """The admins that can be written to, except one."""
    reachable = workers.c.person_id.in_(select(persons.c.id).where(persons.c.gone_at.is_(None)))
    return await _admins(db, _question().where(reachable, workers.c.person_id != person_id).order_by(workers.c.id))


async def _admins(db: Transaction, among: Select[Any]) -> Sequence[Worker]:
    return [_worker(row) for row in await db.rows(among.where(workers.c.role == Role.ADMIN.value))]


async def last_of_case(db: Transaction, case_id: str) -> Worker | None:
    """Whose the case is: its first present worker, or, when none is left, who had it last."""
    had = select(*_COLUMNS).join(teams, teams.c.id == workers.c.team_id)
    had = had.join(case_workers, case_workers.c.worker_id == workers.c.id).where(case_workers.c.case_id == case_id)
    left = workers.c.ended_at.is_not(None) | case_workers.c.ended_at.is_not(None)
    lately = sql_case((left, case_workers.c.began_at)).desc()
    row = await db.row(had.order_by(left.asc(), lately, case_workers.c.began_at, workers.c.id).limit(1))
    return _worker(row) if row else None


async def add(db: Transaction, *, team: str, code: str, role: Role, now: datetime) -> Worker:
    """A new worker, or who was added with this code meanwhile; the team is made where there is none of this name.

    Raises:
        ValueError: the code was somebody's whose role has ended.
    """
    await db.add_once(teams, {"id": new_id(), "name": team})
    row = await db.row(select(teams.c.id).where(teams.c.name == team))
    assert row is not None, "the team was added a line above"
    id = new_id()
    added = {"id": id, "team_id": row.id, "code": code, "role": role.value, "began_at": now}
    if await db.add_once(workers, added):
        return Worker(id, code, team, role, None)
    found = await by_code(db, code)
    if found is None:
        raise ValueError(f"{code} was the code of a worker whose role has ended")
    return found


async def teams_named(db: Transaction) -> frozenset[str]:
    """The names of all teams."""
    return frozenset(row.name for row in await db.rows(select(teams.c.name)))


async def set_person(db: Transaction, worker_id: str, person_id: str) -> None:
    """From now on the worker is the person with this phone, who may have been one before whose role has ended.

    A PIN that was chosen before is forgotten: a new invitation is the way out for who doesn't know it any more.
    """
    ended = (workers.c.person_id == person_id) & workers.c.ended_at.is_not(None)
    await db.change(update(workers).where(ended).values(person_id=None))
    await db.change(update(workers).where(workers.c.id == worker_id).values(person_id=person_id, pin_mark=None))


async def change_role(db: Transaction, worker: Worker, role: Role) -> Worker:
    await db.change(update(workers).where(workers.c.id == worker.id).values(role=role.value))
    return replace(worker, role=role)


async def set_deputy(db: Transaction, worker_id: str, deputy_id: str | None) -> None:
    """Who stands in for the worker from now on; None: nobody."""
    await db.change(update(workers).where(workers.c.id == worker_id).values(deputy_id=deputy_id))


async def stands_in(db: Transaction, worker: Worker, case_id: str) -> bool:
    """Whether this worker is the deputy of one of the same team who has or had the case, and doesn't answer there."""
    had = workers.join(teams, teams.c.id == workers.c.team_id).join(
        case_workers, case_workers.c.worker_id == workers.c.id
    )
    its = (case_workers.c.case_id == case_id) & (teams.c.name == worker.team)
    question = select(workers.c.id).select_from(had).where(its, workers.c.deputy_id == worker.id).limit(1)
    return await db.row(question) is not None and not await leave.answers(db, worker.id, case_id)


async def set_pin(db: Transaction, worker_id: str, pin: str) -> None:
    """What takes the worker's phone back from now on."""
    await db.change(update(workers).where(workers.c.id == worker_id).values(pin_mark=_pin_mark(db, worker_id, pin)))


async def has_pin(db: Transaction, worker_id: str) -> bool:
    row = await db.row(select(workers.c.pin_mark).where(workers.c.id == worker_id))
    return row is not None and row.pin_mark is not None


async def is_pin_of_person(db: Transaction, person_id: str, pin: str) -> bool:
    """Whether it is the PIN of the worker with this phone, also of one whose role has ended since."""
    row = await db.row(select(workers.c.id, workers.c.pin_mark).where(workers.c.person_id == person_id))
    return row is not None and hmac.compare_digest(row.pin_mark or "", _pin_mark(db, row.id, pin))


def _pin_mark(db: Transaction, worker_id: str, pin: str) -> str:
    return db.vault.mark("pin", f"{worker_id}/{pin}")
