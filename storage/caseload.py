"""What is asked of all cases of a worker at once: when they met last, are planned to meet, and were looked back at."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, func, or_, select

from bot.domain.reviews import Decided, Review
from storage.database import Transaction
from storage.schema import plans, reviews, sessions


@dataclass(frozen=True)
class Met:
    """When the newest meeting of a case began, and whether one goes on."""

    at: datetime
    going_on: bool


async def met(db: Transaction, case_ids: Collection[str]) -> Mapping[str, Met]:
    """By case; one that hasn't met yet isn't there."""
    going_on = func.max(case((sessions.c.ended_at.is_(None), 1), else_=0)).label("going_on")
    newest = func.max(sessions.c.started_at).label("at")
    question = select(sessions.c.case_id, newest, going_on).where(sessions.c.case_id.in_(case_ids))
    rows = await db.rows(question.group_by(sessions.c.case_id))
    return {row.case_id: Met(row.at, going_on=bool(row.going_on)) for row in rows}


async def planned(db: Transaction, case_ids: Collection[str], *, now: datetime) -> frozenset[str]:
    """Those of the cases that have a meeting before them."""
    to_come = plans.c.ended_at.is_(None) & or_(plans.c.weekly, plans.c.at >= now)
    rows = await db.rows(select(plans.c.case_id).where(plans.c.case_id.in_(case_ids), to_come).distinct())
    return frozenset(row.case_id for row in rows)


async def reviewed(db: Transaction, case_ids: Collection[str]) -> Mapping[str, Review]:
    """The newest review of each case that has been looked back at."""
    its = select(reviews).where(reviews.c.case_id.in_(case_ids)).order_by(reviews.c.at, reviews.c.id.desc())
    found = [Review(row.id, row.case_id, row.worker_id, Decided(row.decided), row.at) for row in await db.rows(its)]
    return {each.case_id: each for each in found}
