"""The single weeks of a weekly meeting on the worker's phone: which are on, and one that is left out or moved."""

from datetime import date, datetime, tzinfo

from bot.actions.plans import PlanView, day_number
from bot.domain.plans import HORIZON
from bot.i18n import Language
from bot.messages.cases import day_of, moment_of, when
from bot.messages.message import Message, Row, ask, bold, column, paragraphs, plain
from bot.messages.plans import days_from, times_of


def weeks(say: Language, view: PlanView, zone: tzinfo, *, now: datetime) -> Message:
    """The next weeks, each a button; one that is left out says so."""
    plan = view.plan
    rows = [ask(_named(say, view, each, zone), "week", plan.id, day_number(each)) for each in plan.weeks(zone, now=now)]
    text = paragraphs(
        _heading(say, view, zone), say("Which week is different? The others stay as they are. ➖ is left out.")
    )
    return Message(text, (*column(rows), (ask(say("← Back"), "plan", plan.id),)))


def _heading(say: Language, view: PlanView, zone: tzinfo) -> str:
    return f"{bold(view.case.label)}\n{plain(when(say, view.plan, zone))}"


def _named(say: Language, view: PlanView, week: date, zone: tzinfo) -> str:
    """`➖ Tue 24 Nov`, when it is left out."""
    at = view.plan.in_week(week, zone)
    day = day_of(say, at.astimezone(zone).date() if at else week)
    return f"➖ {day}" if week in view.plan.left_out else f"📅 {day}"


def week(say: Language, view: PlanView, week: date, zone: tzinfo) -> Message:
    """One of them, and what can be done with it."""
    plan, number = view.plan, day_number(week)
    is_out, at = week in plan.left_out, plan.in_week(week, zone)
    name = bold(moment_of(say, at, zone) if at else day_of(say, week))
    if is_out:
        told, rows = (
            say("Left out. Nobody is asked in this week."),
            [ask(say("↩️ After all"), "weekback", plan.id, number)],
        )
    else:
        told = say("Only this week changes.")
        move = ask(say("↔️ Another day or time"), "weekmove", plan.id, number)
        rows = [move, ask(say("➖ Leave it out"), "weekout", plan.id, number)]
    text = paragraphs(f"{bold(view.case.label)}\n{name}", told)
    return Message(text, (*column(rows), (ask(say("← Single weeks"), "weeks", plan.id),)))


def which_day(say: Language, view: PlanView, week: date, *, today: date, zone: tzinfo) -> Message:
    """Of the same week and the next one, as far as they are to come."""
    first = max(week, today)
    text = paragraphs(f"{bold(view.case.label)}\n{_this(say, view, week, zone)}", say("To which day?"))
    days = [each for each in days_from(first) if each - today <= HORIZON]
    buttons = [ask(day_of(say, each), "weekday", view.plan.id, day_number(week), day_number(each)) for each in days]
    rows = tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))
    back: Row = (ask(say("← Back"), "week", view.plan.id, day_number(week)),)
    return Message(text, (*rows, back))


def _this(say: Language, view: PlanView, week: date, zone: tzinfo) -> str:
    at = view.plan.in_week(week, zone)
    return plain(moment_of(say, at, zone) if at else day_of(say, week))


def which_time(say: Language, view: PlanView, week: date, day: date, zone: tzinfo, *, now: datetime) -> Message:
    number = day_number(week)
    text = paragraphs(bold(view.case.label), say("{day}: at what time?", day=bold(day_of(say, day))))
    times = times_of(say, day, zone, now, "weekto", view.plan.id, number, day_number(day))
    return Message(text, (*times, (ask(say("← Another day"), "weekmove", view.plan.id, number),)))
