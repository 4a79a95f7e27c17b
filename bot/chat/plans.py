"""A meeting is planned.

Nora taps  📅 Plan a meeting     what is planned
Nora taps  ➕ Plan a meeting     the next two weeks, a button for each day; or she writes 24.11. 14.30
Nora taps  Tue 24 Nov           the times
Nora taps  14:00                who comes; once
Nora taps  🔁 Every week
Nora taps  ✓ Plan it
"""

from datetime import date, time

from bot.actions import planned_card, plans
from bot.actions.plans import PlanView
from bot.chat.turns import Press, Reply, Turn, does, shows
from bot.domain.errors import Reason, Refusal
from bot.domain.letters import Place, PlaceKind
from bot.domain.typed_times import read
from bot.messages import plans as words

MINUTES_A_DAY = 24 * 60


def shown_plan(turn: Turn, view: PlanView) -> Reply:
    return Reply(words.plan(turn.say, view, turn.house.zone, turn.house.quiet_hours, now=turn.now))


@shows("plans")
async def show_plans(turn: Turn, case: str, page: int = 0) -> Reply:
    view = await plans.listed(turn.db, turn.person, case)
    return Reply(words.listed(turn.say, view, page, turn.house.zone))


@shows("plan")
async def show_plan(turn: Turn, plan: str) -> Reply:
    return shown_plan(turn, await plans.view(turn.db, turn.person, plan))


@shows("planday")
async def which_day(turn: Turn, case: str, page: int = 0) -> Reply:
    view = await plans.listed(turn.db, turn.person, case)
    return Reply(words.which_day(turn.say, view.case, page, today=turn.today))


async def _plan(turn: Turn, plan: str, *_: object) -> Reply:
    return await show_plan.handle(turn, plan)


async def _days(turn: Turn, case: str, *_: object) -> Reply:
    return await which_day.handle(turn, case)


@does("planon", again=_days)
async def choose_day(turn: Turn, case: str, day: int) -> Reply:
    return await _day_chosen(turn, case, plans.day_of(day))


async def _day_chosen(turn: Turn, case: str, day: date) -> Reply:
    view = await plans.choose_day(turn.db, turn.person, case, day, zone=turn.house.zone, now=turn.now)
    return Reply(words.which_time(turn.say, view, turn.house.zone, now=turn.now))


@does("plantime", again=_plan)
async def choose_time(turn: Turn, plan: str, minutes: int) -> Reply:
    return await _time_chosen(turn, plan, time_of(minutes))


def time_of(minutes: int) -> time:
    if minutes >= MINUTES_A_DAY:
        raise Refusal(Reason.NOT_HERE)
    return time(*divmod(minutes, 60))


async def _time_chosen(turn: Turn, plan: str, at: time) -> Reply:
    return shown_plan(turn, await plans.choose_time(turn.db, turn.person, plan, at, zone=turn.house.zone, now=turn.now))


@does("weekly", again=_plan)
async def set_weekly(turn: Turn, plan: str, weekly: int) -> Reply:
    return shown_plan(turn, await plans.set_weekly(turn.db, turn.person, plan, weekly=bool(weekly)))


@does("comes", again=_plan)
async def set_rater(turn: Turn, plan: str, rater: str, comes: int) -> Reply:
    return shown_plan(turn, await plans.set_rater(turn.db, turn.person, plan, rater, comes=bool(comes)))


@does("planit", again=_plan)
async def keep(turn: Turn, plan: str) -> Reply:
    zone, quiet = turn.house.zone, turn.house.quiet_hours
    return shown_plan(turn, await plans.keep(turn.db, turn.person, plan, now=turn.now, zone=zone, quiet=quiet))


# Changing one


@shows("move")
async def which_other_day(turn: Turn, plan: str, page: int = 0) -> Reply:
    view = await plans.view(turn.db, turn.person, plan)
    return Reply(words.which_other_day(turn.say, view, page, today=turn.today, zone=turn.house.zone))


@shows("moveday")
async def which_other_time(turn: Turn, plan: str, day: int) -> Reply:
    view = await plans.view(turn.db, turn.person, plan)
    return Reply(words.which_other_time(turn.say, view, plans.day_of(day), turn.house.zone, now=turn.now))


@does("moveto", again=_plan)
async def move(turn: Turn, plan: str, day: int, minutes: int) -> Reply:
    return await _moved(turn, plan, plans.day_of(day), time_of(minutes))


async def _moved(turn: Turn, plan: str, day: date, at: time) -> Reply:
    zone, quiet = turn.house.zone, turn.house.quiet_hours
    return shown_plan(turn, await plans.move(turn.db, turn.person, plan, day, at, now=turn.now, zone=zone, quiet=quiet))


@does("skiponce", again=_plan)
async def leave_out_once(turn: Turn, plan: str, day: int) -> Reply:
    zone, quiet = turn.house.zone, turn.house.quiet_hours
    return shown_plan(
        turn, await plans.leave_out_once(turn.db, turn.person, plan, day, now=turn.now, zone=zone, quiet=quiet)
    )


@shows("stopplan")
async def ask_to_stop(turn: Turn, plan: str) -> Reply:
    return Reply(words.stop(turn.say, await plans.view(turn.db, turn.person, plan), turn.house.zone))


@does("unplan", again=_plan)
async def stop(turn: Turn, plan: str) -> Reply:
    return shown_plan(turn, await plans.stop(turn.db, turn.person, plan, now=turn.now))


@shows("near")
async def look_before(turn: Turn, plan: str) -> Reply:
    card = await planned_card.look(turn.db, turn.person, plan, weighing=turn.house.weighing)
    return Reply(words.near(turn.say, card, turn.house.zone))


# Written instead of tapped


async def written(turn: Turn, place: Place, text: str) -> Reply | None:
    """A day, a time or both, while one of these screens asks for them; None: neither is in it."""
    found = read(text, today=turn.today, time_first=place.kind is PlaceKind.PLAN_TIME)
    if found is None:
        return None
    if place.kind is PlaceKind.PLAN_MOVE:
        return await _move_written(turn, place.about_id, found.day, found.at)
    if place.kind is PlaceKind.PLAN_TIME and found.day is None and found.at is not None:
        return await _time_chosen(turn, place.about_id, found.at)
    if found.day is None:
        raise Refusal(Reason.UNREAD_TIME)
    case = place.about_id
    if place.kind is PlaceKind.PLAN_TIME:
        case = (await plans.view(turn.db, turn.person, place.about_id)).case.id
    return await _day_written(turn, case, found.day, found.at)


async def _day_written(turn: Turn, case: str, day: date, at: time | None) -> Reply:
    if at is None:
        return await _day_chosen(turn, case, day)
    view = await plans.choose_day(turn.db, turn.person, case, day, zone=turn.house.zone, now=turn.now)
    return await _time_chosen(turn, view.plan.id, at)


async def _move_written(turn: Turn, plan: str, day: date | None, at: time | None) -> Reply:
    """What isn't said stays as it is."""
    planned = (await plans.view(turn.db, turn.person, plan)).plan.at.astimezone(turn.house.zone)
    return await _moved(turn, plan, day or planned.date(), at or planned.time())


HANDLERS: list[Press] = [
    show_plans,
    show_plan,
    which_day,
    choose_day,
    choose_time,
    set_weekly,
    set_rater,
    keep,
    which_other_day,
    which_other_time,
    move,
    leave_out_once,
    ask_to_stop,
    stop,
    look_before,
]
