"""Closing a case and opening it again, and what ends with it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, func, select, update

from bot.domain.cases import CaseState, Ending
from bot.domain.letters import OF_ALERTS, Letter
from storage import backlog
from storage.database import Transaction
from storage.schema import cases, invitations, plans, raters


async def close(db: Transaction, case_id: str, ending: Ending, *, now: datetime) -> bool:
    """False when it isn't open (any more)."""
    open_ = (cases.c.id == case_id) & (cases.c.state == CaseState.OPEN.value)
    closed = {"state": CaseState.CLOSED.value, "ending": ending.value, "closed_at": now}
    return await db.change(update(cases).where(open_).values(**closed)) == 1


async def reopen(db: Transaction, case_id: str) -> bool:
    """As if it had never been closed; False when it isn't closed."""
    closed = (cases.c.id == case_id) & (cases.c.state == CaseState.CLOSED.value)
    opened = {"state": CaseState.OPEN.value, "ending": None, "closed_at": None}
    return await db.change(update(cases).where(closed).values(**opened)) == 1


async def plans_of(db: Transaction, case_id: str) -> int:
    """How many meetings are planned."""
    row = await db.row(select(func.count()).select_from(plans).where(*_planned(case_id)))
    return int(row[0]) if row else 0


def _planned(case_id: str) -> tuple[ColumnElement[bool], ...]:
    return plans.c.case_id == case_id, plans.c.ended_at.is_(None)


async def end_plans(db: Transaction, case_id: str, *, now: datetime) -> None:
    await db.change(update(plans).where(*_planned(case_id)).values(ended_at=now))


async def withdraw_invitations(db: Transaction, case_id: str, *, now: datetime) -> None:
    """Those that nobody has used yet open nothing."""
    its = invitations.c.rater_id.in_(select(raters.c.id).where(raters.c.case_id == case_id))
    untaken = its & invitations.c.used_at.is_(None) & invitations.c.withdrawn_at.is_(None)
    await db.change(update(invitations).where(untaken).values(withdrawn_at=now))


async def letters_about(db: Transaction, numbers: Sequence[int]) -> Sequence[Letter]:
    """Those that wait about one of these alerts, whoever would get them."""
    found = await backlog.of_kinds(db, OF_ALERTS)
    return [each for each in found if set(each.alerts) & set(numbers)]
