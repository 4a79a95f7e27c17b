"""Plans: meetings of a case at a time to come, and who is to be there.

One that is being made is kept as ended in the moment in which it was made.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, delete, select, update

from bot.domain.plans import Plan, PlanState
from storage.database import Transaction, new_id
from storage.schema import left_out_weeks, plan_raters, plans

_BEING_MADE = plans.c.ended_at == plans.c.made_at
_ON = plans.c.ended_at.is_(None)
_A_MOMENT = timedelta(seconds=1)


async def begin(
    db: Transaction,
    *,
    case_id: str,
    worker_id: str,
    at: datetime,
    rater_ids: Iterable[str],
    now: datetime,
) -> str:
    """One that is being made; its id. What the worker had begun for this case before and not finished goes."""
    its = (plans.c.case_id == case_id) & (plans.c.worker_id == worker_id)
    await db.change(delete(plans).where(its & _BEING_MADE))
    id = new_id()
    row = {"id": id, "case_id": case_id, "worker_id": worker_id, "at": at, "weekly": False}
    await db.add_once(plans, {**row, "made_at": now, "ended_at": now})
    for rater_id in rater_ids:
        await add_rater(db, id, rater_id)
    return id


async def add_rater(db: Transaction, plan_id: str, rater_id: str) -> None:
    await db.add_once(plan_raters, {"plan_id": plan_id, "rater_id": rater_id})


async def leave_out(db: Transaction, plan_id: str, rater_id: str) -> None:
    there = (plan_raters.c.plan_id == plan_id) & (plan_raters.c.rater_id == rater_id)
    await db.change(delete(plan_raters).where(there))


async def set_at(db: Transaction, plan_id: str, at: datetime) -> None:
    await db.change(update(plans).where(plans.c.id == plan_id).values(at=at))


async def set_weekly(db: Transaction, plan_id: str, *, weekly: bool) -> None:
    await db.change(update(plans).where(plans.c.id == plan_id).values(weekly=weekly))


async def add_single(db: Transaction, plan: Plan, *, now: datetime) -> None:
    """A meeting that is planned at once, in place of one of a weekly one."""
    row = {"id": plan.id, "case_id": plan.case_id, "worker_id": plan.worker_id, "at": plan.at, "weekly": False}
    await db.add_once(plans, {**row, "made_at": now})
    for rater_id in plan.rater_ids:
        await add_rater(db, plan.id, rater_id)


async def leave_out_week(db: Transaction, plan_id: str, week: date) -> bool:
    """False when this week (by its Monday) is left out already."""
    return await db.add_once(left_out_weeks, {"plan_id": plan_id, "week": week})


async def put_week_back(db: Transaction, plan_id: str, week: date) -> bool:
    """False when it isn't left out."""
    there = (left_out_weeks.c.plan_id == plan_id) & (left_out_weeks.c.week == week)
    return await db.change(delete(left_out_weeks).where(there)) == 1


async def put_on(db: Transaction, plan_id: str) -> bool:
    """From now on it is planned; False when it isn't being made (any more)."""
    return await db.change(update(plans).where(plans.c.id == plan_id, _BEING_MADE).values(ended_at=None)) == 1


async def end(db: Transaction, plan: Plan, *, now: datetime) -> bool:
    """It has taken place, or was stopped; False when it had ended already."""
    made = select(plans.c.made_at).where(plans.c.id == plan.id)
    row = await db.row(made)
    at = max(now, row.made_at + _A_MOMENT) if row else now
    return await db.change(update(plans).where(plans.c.id == plan.id, _ON).values(ended_at=at)) == 1


async def get(db: Transaction, plan_id: str) -> Plan | None:
    return next(iter(await _found(db, plans.c.id == plan_id)), None)


async def of_case(db: Transaction, case_id: str) -> Sequence[Plan]:
    """What is planned in a case, the nearest first."""
    return await _found(db, (plans.c.case_id == case_id) & _ON)


async def _found(db: Transaction, which: ColumnElement[bool]) -> list[Plan]:
    joined = plans.outerjoin(plan_raters, plan_raters.c.plan_id == plans.c.id)
    question = select(plans, plan_raters.c.rater_id).select_from(joined).where(which)
    rows: dict[str, list[Row[Any]]] = {}
    for row in await db.rows(question.order_by(plans.c.at, plans.c.id, plan_raters.c.rater_id)):
        rows.setdefault(row.id, []).append(row)
    left_out = await _left_out(db, [each for each, its in rows.items() if its[0].weekly])
    return [_plan(each, left_out.get(id, ())) for id, each in rows.items()]


async def _left_out(db: Transaction, plan_ids: Sequence[str]) -> Mapping[str, Sequence[date]]:
    """Weeks by plan; most have none."""
    found: dict[str, list[date]] = {}
    if plan_ids:
        which = left_out_weeks.c.plan_id.in_(plan_ids)
        for row in await db.rows(select(left_out_weeks).where(which).order_by(left_out_weeks.c.week)):
            found.setdefault(row.plan_id, []).append(row.week)
    return found


def _plan(rows: Sequence[Row[Any]], left_out: Sequence[date]) -> Plan:
    row, raters = rows[0], tuple(each.rater_id for each in rows if each.rater_id is not None)
    return Plan(row.id, row.case_id, row.worker_id, row.at, row.weekly, raters, _state(row), tuple(left_out))


def _state(row: Row[Any]) -> PlanState:
    if row.ended_at is None:
        return PlanState.ON
    return PlanState.BEING_MADE if row.ended_at == row.made_at else PlanState.OVER
