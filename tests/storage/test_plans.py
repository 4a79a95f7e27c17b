"""Weeks that are left out of a weekly plan, and a leave that is planned."""

from datetime import date, timedelta

import storage
from bot.domain.plans import Plan
from storage import Transaction
from tests.storage.family import NOW, Family, add_family, known

WEEK = date(2026, 3, 9)


async def weekly(db: Transaction, family: Family) -> Plan:
    here = [family.rater(family.aino).id]
    id = await storage.plans.begin(
        db, case_id=family.case.id, worker_id=family.worker.id, at=NOW, rater_ids=here, now=NOW
    )
    await storage.plans.put_on(db, id)
    await storage.plans.set_weekly(db, id, weekly=True)
    return await known(storage.plans.get(db, id))


async def test_a_week_is_left_out_once_and_put_back_once(db: Transaction) -> None:
    plan = await weekly(db, await add_family(db))
    assert [await storage.plans.leave_out_week(db, plan.id, WEEK) for _ in range(2)] == [True, False]
    assert (await known(storage.plans.get(db, plan.id))).left_out == (WEEK,)
    assert [await storage.plans.put_week_back(db, plan.id, WEEK) for _ in range(2)] == [True, False]
    assert await storage.plans.get(db, plan.id) == plan


async def test_a_planned_leave_is_taken_back_only_by_its_own_day(db: Transaction) -> None:
    worker_id = (await add_family(db)).worker.id
    begins, until = NOW + timedelta(days=7), NOW + timedelta(days=14)
    await storage.leave.plan(db, worker_id, leaves_at=begins, until=until)
    assert (await storage.preferences.get(db, worker_id)).leaves_at == begins
    assert not await storage.leave.unplan(db, worker_id, until)
    assert await storage.leave.unplan(db, worker_id, begins)
    assert (await storage.preferences.get(db, worker_id)).leaves_at is None


async def test_who_goes_has_no_leave_planned_any_more(db: Transaction) -> None:
    worker_id = (await add_family(db)).worker.id
    begins = NOW + timedelta(days=7)
    await storage.leave.plan(db, worker_id, leaves_at=begins, until=begins + timedelta(days=1))
    assert await storage.leave.go_away(db, worker_id, now=NOW)
    assert (await storage.preferences.get(db, worker_id)).leaves_at is None
    await storage.leave.plan(db, worker_id, leaves_at=begins, until=begins)
    assert (await storage.preferences.get(db, worker_id)).leaves_at is None
