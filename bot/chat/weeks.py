"""A single week of a weekly meeting.

Nora taps  🗓 Single weeks          the next eight
Nora taps  📅 Tue 22 Dec            that one
Nora taps  ➖ Leave it out           the others stay
(or)
Nora taps  ↔️ Another day or time    a day, a time: that week's meeting is by itself now
"""

from datetime import date

from bot.actions import plans, weeks
from bot.chat.plans import shown_plan, time_of
from bot.chat.turns import Press, Reply, Turn, does, shows
from bot.domain.errors import Reason, Refusal
from bot.domain.plans import PlanState, planned_at
from bot.messages import weeks as words


@shows("weeks")
async def show_weeks(turn: Turn, plan: str) -> Reply:
    view = await plans.view(turn.db, turn.person, plan)
    if not view.plan.weekly or view.plan.state is not PlanState.ON:
        return shown_plan(turn, view)
    return Reply(words.weeks(turn.say, view, turn.house.zone, now=turn.now))


@shows("week")
async def show_week(turn: Turn, plan: str, week: int) -> Reply:
    view, monday = await plans.view(turn.db, turn.person, plan), _monday(week)
    if not view.plan.weekly or monday not in view.plan.weeks(turn.house.zone, now=turn.now):
        return await show_weeks.handle(turn, plan)
    return Reply(words.week(turn.say, view, monday, turn.house.zone))


def _monday(number: int) -> date:
    day = plans.day_of(number)
    if day.weekday() != 0:
        raise Refusal(Reason.NOT_HERE)
    return day


async def _weeks(turn: Turn, plan: str, *_: object) -> Reply:
    return await show_weeks.handle(turn, plan)


@does("weekout", again=_weeks)
async def leave_out(turn: Turn, plan: str, week: int) -> Reply:
    zone, quiet = turn.house.zone, turn.house.quiet_hours
    view = await weeks.leave_out(turn.db, turn.person, plan, _monday(week), now=turn.now, zone=zone, quiet=quiet)
    return Reply(words.weeks(turn.say, view, zone, now=turn.now))


@does("weekback", again=_weeks)
async def put_back(turn: Turn, plan: str, week: int) -> Reply:
    zone, quiet = turn.house.zone, turn.house.quiet_hours
    view = await weeks.put_back(turn.db, turn.person, plan, _monday(week), now=turn.now, zone=zone, quiet=quiet)
    return Reply(words.weeks(turn.say, view, zone, now=turn.now))


@shows("weekmove")
async def which_day(turn: Turn, plan: str, week: int) -> Reply:
    view, zone = await plans.view(turn.db, turn.person, plan), turn.house.zone
    return Reply(words.which_day(turn.say, view, _monday(week), today=turn.today, zone=zone))


@shows("weekday")
async def which_time(turn: Turn, plan: str, week: int, day: int) -> Reply:
    view, zone = await plans.view(turn.db, turn.person, plan), turn.house.zone
    return Reply(words.which_time(turn.say, view, _monday(week), plans.day_of(day), zone, now=turn.now))


@does("weekto", again=_weeks)
async def move(turn: Turn, plan: str, week: int, day: int, minutes: int) -> Reply:
    zone, quiet = turn.house.zone, turn.house.quiet_hours
    moment = planned_at(plans.day_of(day), time_of(minutes), zone, now=turn.now)
    moved = await weeks.move(turn.db, turn.person, plan, _monday(week), moment, now=turn.now, zone=zone, quiet=quiet)
    return shown_plan(turn, moved)


HANDLERS: list[Press] = [show_weeks, show_week, leave_out, put_back, which_day, which_time, move]
