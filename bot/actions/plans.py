"""A worker plans a meeting: the day, the time, who comes, once or weekly; moves it, leaves it out once, stops it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, tzinfo

import storage
from bot.actions import planned
from bot.actions.access import access_case, access_plan
from bot.domain.cases import Case, Rater
from bot.domain.errors import Reason, Refusal
from bot.domain.people import Person
from bot.domain.plans import Plan, PlanState, planned_at, week_of
from bot.domain.times import QuietHours, on
from storage import Transaction

NOON = time(12)
_FIRST_DAY = date(1970, 1, 1).toordinal()


@dataclass(frozen=True)
class PlanView:
    """A planned meeting with its case."""

    case: Case
    plan: Plan


@dataclass(frozen=True)
class PlansView:
    """All that is planned in a case, the nearest first."""

    case: Case
    plans: Sequence[Plan]


async def listed(db: Transaction, person: Person, case_id: str) -> PlansView:
    desk = await access_case(db, person, case_id, hold=False)
    return PlansView(desk.case, await storage.plans.of_case(db, case_id))


async def view(db: Transaction, person: Person, plan_id: str) -> PlanView:
    desk, plan = await access_plan(db, person, plan_id, hold=False)
    return PlanView(desk.case, plan)


# Making one


async def choose_day(
    db: Transaction, person: Person, case_id: str, day: date, *, zone: tzinfo, now: datetime
) -> PlanView:
    """A meeting on this day begins to be planned: with who was there last time, or the family."""
    desk = await access_case(db, person, case_id)
    _must_be_a_day_to_come(day, zone, now=now)
    at = on(day, NOON, zone)
    if at is None:
        raise Refusal(Reason.NO_SUCH_DAY)
    last = await storage.sessions.newest(db, case_id)
    usual = [each.id for each in may_come(desk.case) if (each.id in last.rater_ids if last else each.kind.is_family)]
    id = await storage.plans.begin(db, case_id=case_id, worker_id=desk.worker.id, at=at, rater_ids=usual, now=now)
    return await view(db, person, id)


def day_number(day: date) -> int:
    """Days since 1970, as a button names a day."""
    return day.toordinal() - _FIRST_DAY


def day_of(number: int) -> date:
    """
    Raises:
        Refusal: no day has this number.
    """
    if not 0 <= number <= day_number(date(2199, 12, 31)):
        raise Refusal(Reason.NOT_HERE)
    return date.fromordinal(number + _FIRST_DAY)


def _must_be_a_day_to_come(day: date, zone: tzinfo, *, now: datetime) -> None:
    """The last moment at which one can meet is still to come."""
    planned_at(day, time(22), zone, now=now)


def may_come(case: Case) -> Sequence[Rater]:
    """Who may be planned for; who hasn't joined yet may have by then."""
    return [each for each in case.present_raters if not each.is_guess]


async def choose_time(
    db: Transaction, person: Person, plan_id: str, at: time, *, zone: tzinfo, now: datetime
) -> PlanView:
    """Of one that is being made."""
    _, plan = await access_plan(db, person, plan_id)
    _must_be(plan, PlanState.BEING_MADE)
    await storage.plans.set_at(db, plan_id, planned_at(plan.at.astimezone(zone).date(), at, zone, now=now))
    return await view(db, person, plan_id)


def _must_be(plan: Plan, *states: PlanState) -> None:
    if plan.state not in states:
        raise Refusal(Reason.NO_LONGER)


async def set_weekly(db: Transaction, person: Person, plan_id: str, *, weekly: bool) -> PlanView:
    _, plan = await access_plan(db, person, plan_id)
    _must_be(plan, PlanState.BEING_MADE, PlanState.ON)
    await storage.plans.set_weekly(db, plan_id, weekly=weekly)
    return await view(db, person, plan_id)


async def set_rater(db: Transaction, person: Person, plan_id: str, rater_id: str, *, comes: bool) -> PlanView:
    """Whether somebody is to be there. What they were asked before stays asked."""
    desk, plan = await access_plan(db, person, plan_id)
    _must_be(plan, PlanState.BEING_MADE, PlanState.ON)
    if rater_id not in [each.id for each in may_come(desk.case)]:
        raise Refusal(Reason.NOT_HERE)
    if comes:
        await storage.plans.add_rater(db, plan_id, rater_id)
    elif plan.rater_ids != (rater_id,):
        await storage.plans.leave_out(db, plan_id, rater_id)
    else:
        raise Refusal(Reason.NOBODY_COMES)
    return await view(db, person, plan_id)


async def keep(
    db: Transaction, person: Person, plan_id: str, *, now: datetime, zone: tzinfo, quiet: QuietHours | None
) -> PlanView:
    """The worker's yes: from now on it is planned. A second one finds it so."""
    _, plan = await access_plan(db, person, plan_id)
    _must_be(plan, PlanState.BEING_MADE)
    if not plan.rater_ids:
        raise Refusal(Reason.NOBODY_COMES)
    await _must_be_free(db, plan, plan.at, now=now)
    await storage.plans.put_on(db, plan_id)
    await planned.put_letters(db, replace(plan, state=PlanState.ON), now=now, zone=zone, quiet=quiet)
    return await view(db, person, plan_id)


async def _must_be_free(db: Transaction, plan: Plan, at: datetime, *, now: datetime) -> None:
    if at <= now:
        raise Refusal(Reason.PAST)
    others = await storage.plans.of_case(db, plan.case_id)
    if at in [each.at for each in others if each.id != plan.id]:
        raise Refusal(Reason.PLANNED_ALREADY)


# Changing one


async def move(
    db: Transaction,
    person: Person,
    plan_id: str,
    day: date,
    at: time,
    *,
    now: datetime,
    zone: tzinfo,
    quiet: QuietHours | None,
) -> PlanView:
    """To another day or time; a weekly one from then on."""
    _, plan = await access_plan(db, person, plan_id)
    _must_be(plan, PlanState.ON)
    moment = planned_at(day, at, zone, now=now)
    await _must_be_free(db, plan, moment, now=now)
    await storage.plans.set_at(db, plan_id, moment)
    await storage.plans.put_week_back(db, plan_id, week_of(moment, zone))
    await planned.put_letters(db, replace(plan, at=moment), now=now, zone=zone, quiet=quiet)
    return await view(db, person, plan_id)


async def leave_out_once(
    db: Transaction,
    person: Person,
    plan_id: str,
    day: int,
    *,
    now: datetime,
    zone: tzinfo,
    quiet: QuietHours | None,
) -> PlanView:
    """Not this time (its local `day`, since 1970): a weekly one goes on the week after; another one is stopped."""
    _, plan = await access_plan(db, person, plan_id)
    _must_be(plan, PlanState.ON)
    if day_number(plan.at.astimezone(zone).date()) != day:
        raise Refusal(Reason.NO_LONGER)
    week = week_of(plan.at, zone)
    await storage.plans.leave_out_week(db, plan.id, week)
    without = replace(plan, left_out=(*plan.left_out, week))
    await planned.go_on(db, without, now=now, zone=zone, quiet=quiet)
    return await view(db, person, plan_id)


async def stop(db: Transaction, person: Person, plan_id: str, *, now: datetime) -> PlanView:
    """It isn't planned any more; a second tap finds it so."""
    _, plan = await access_plan(db, person, plan_id)
    _must_be(plan, PlanState.ON)
    await storage.plans.end(db, plan, now=now)
    return await view(db, person, plan_id)
