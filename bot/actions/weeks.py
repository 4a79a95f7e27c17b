"""One week of a weekly meeting: left out, put back, or moved to another day, without touching the other weeks."""

from dataclasses import replace
from datetime import date, datetime, tzinfo

import storage
from bot.actions import planned
from bot.actions.access import access_plan
from bot.actions.plans import PlanView, view
from bot.domain.errors import Reason, Refusal
from bot.domain.people import Person
from bot.domain.plans import Plan, PlanState, week_of
from bot.domain.times import QuietHours
from storage import Transaction


async def leave_out(
    db: Transaction,
    person: Person,
    plan_id: str,
    week: date,
    *,
    now: datetime,
    zone: tzinfo,
    quiet: QuietHours | None,
) -> PlanView:
    """Not in this week (by its Monday); the others stay as they are."""
    plan = await _weekly(db, person, plan_id, week, now=now, zone=zone)
    await _take_out(db, plan, week, now=now, zone=zone, quiet=quiet)
    return await view(db, person, plan_id)


async def _weekly(
    db: Transaction, person: Person, plan_id: str, week: date, *, now: datetime, zone: tzinfo, is_out: bool = False
) -> Plan:
    """One that has this week among those to come, and it is left out or isn't."""
    _, plan = await access_plan(db, person, plan_id)
    known = plan.weekly and plan.state is PlanState.ON and week in plan.weeks(zone, now=now)
    if not known or (week in plan.left_out) is not is_out:
        raise Refusal(Reason.NO_LONGER)
    return plan


async def _take_out(
    db: Transaction, plan: Plan, week: date, *, now: datetime, zone: tzinfo, quiet: QuietHours | None
) -> None:
    await storage.plans.leave_out_week(db, plan.id, week)
    if week_of(plan.at, zone) == week:
        without = replace(plan, left_out=(*plan.left_out, week))
        await planned.go_on(db, without, now=now, zone=zone, quiet=quiet)


async def put_back(
    db: Transaction,
    person: Person,
    plan_id: str,
    week: date,
    *,
    now: datetime,
    zone: tzinfo,
    quiet: QuietHours | None,
) -> PlanView:
    """After all in this week too."""
    plan = await _weekly(db, person, plan_id, week, now=now, zone=zone, is_out=True)
    at = plan.in_week(week, zone)
    await storage.plans.put_week_back(db, plan.id, week)
    if at is not None and at < plan.at:
        await storage.plans.set_at(db, plan.id, at)
        await planned.put_letters(db, replace(plan, at=at), now=now, zone=zone, quiet=quiet)
    return await view(db, person, plan_id)


async def move(
    db: Transaction,
    person: Person,
    plan_id: str,
    week: date,
    moment: datetime,
    *,
    now: datetime,
    zone: tzinfo,
    quiet: QuietHours | None,
) -> PlanView:
    """In place of this week's a meeting by itself, with the same people; the new one.

    `moment` is one that `planned_at` has let pass.
    """
    plan = await _weekly(db, person, plan_id, week, now=now, zone=zone)
    await _must_be_free(db, plan, moment, zone)
    single = replace(plan, id=storage.new_id(), at=moment, weekly=False, left_out=())
    await _take_out(db, plan, week, now=now, zone=zone, quiet=quiet)
    await storage.plans.add_single(db, single, now=now)
    await planned.put_letters(db, single, now=now, zone=zone, quiet=quiet)
    return await view(db, person, single.id)


async def _must_be_free(db: Transaction, plan: Plan, moment: datetime, zone: tzinfo) -> None:
    """Nothing of the case is then, this weekly one's other weeks included."""
    week = week_of(moment, zone)
    its_own = week not in plan.left_out and plan.in_week(week, zone) == moment
    if its_own or moment in [each.at for each in await storage.plans.of_case(db, plan.case_id)]:
        raise Refusal(Reason.PLANNED_ALREADY)
