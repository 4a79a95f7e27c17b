"""Planning a meeting on the worker's phone: the day, the time, who comes; what is planned; the card before it."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta, tzinfo

from bot.actions.planned_card import LastSaid, PlannedCard
from bot.actions.plans import PlansView, PlanView, day_number, may_come
from bot.domain.cases import Case, Rater
from bot.domain.errors import Refusal
from bot.domain.letters import Place, PlaceKind
from bot.domain.plans import HORIZON, Plan, PlanState, asked_now_or_then, planned_at
from bot.domain.times import QuietHours
from bot.i18n import Language
from bot.messages import topics as topic_words
from bot.messages.cases import day_of, moment_of, to_case, when
from bot.messages.message import Button, Message, Row, ask, bold, column, paragraphs, plain
from bot.messages.paging import page_of
from bot.messages.people import rater_line, rater_name, subject_about

DAYS, DAYS_IN_ROW = 14, 2
TIMES_IN_ROW = 4
FIRST, LAST, STEP = 8 * 60, 18 * 60, 30
"""The times that have a button, in minutes of the day; others are written."""
SAID = 12


def listed(say: Language, view: PlansView, number: int, zone: tzinfo) -> Message:
    """What is planned in a case, the nearest first."""
    page = page_of(view.plans, number)
    heading = say("Planned meetings") + page.place if view.plans else say("Nothing is planned.")
    rows = [ask(f"📅 {when(say, each, zone)}", "plan", each.id) for each in page.items]
    below = ((ask(say("➕ Plan a meeting"), "planday", view.case.id),), (to_case(say, view.case),))
    turning = page.turning("plans", view.case.id)
    return Message(paragraphs(bold(view.case.label), heading), (*column(rows), *turning, *below))


# Making one


def which_day(say: Language, case: Case, page: int, *, today: date) -> Message:
    """Two weeks of days on a page; any day can be written."""
    text = paragraphs(bold(case.label), say("Which day?"), _how_to_write(say))
    back = ask(say("← Back"), "plans", case.id)
    days = _days(say, page, today, "planon", case.id, turn="planday")
    return Message(text, (*days, (back,)), place=Place(PlaceKind.PLAN_DAY, case.id))


def _how_to_write(say: Language) -> str:
    return say("Tap, or write the day and the time: 24.11. 14.30")


def _days(say: Language, page: int, today: date, verb: str, id: str, *, turn: str) -> tuple[Row, ...]:
    last = HORIZON.days // DAYS
    page = min(page, last)
    days = days_from(today + timedelta(days=page * DAYS))
    buttons = [ask(day_of(say, each), verb, id, day_number(each)) for each in days if each - today <= HORIZON]
    rows = [tuple(buttons[at : at + DAYS_IN_ROW]) for at in range(0, len(buttons), DAYS_IN_ROW)]
    before = [ask("‹", turn, id, page - 1)] if page > 0 else []
    after = [ask("›", turn, id, page + 1)] if page < last else []
    return (*rows, (*before, *after))


def days_from(first: date) -> list[date]:
    """Two weeks of them."""
    return [first + timedelta(days=step) for step in range(DAYS)]


def which_time(say: Language, view: PlanView, zone: tzinfo, *, now: datetime) -> Message:
    """The times of a day at which one meets mostly; any time can be written."""
    day = view.plan.at.astimezone(zone).date()
    text = paragraphs(bold(view.case.label), _at_what_time(say, day), say("Tap, or write the time: 14.30"))
    back = ask(say("← Another day"), "planday", view.case.id)
    place = Place(PlaceKind.PLAN_TIME, view.plan.id)
    return Message(text, (*times_of(say, day, zone, now, "plantime", view.plan.id), (back,)), place=place)


def _at_what_time(say: Language, day: date) -> str:
    return say("{day}: at what time?", day=bold(day_of(say, day)))


def times_of(say: Language, day: date, zone: tzinfo, now: datetime, verb: str, *arguments: object) -> tuple[Row, ...]:
    """Those that are still to come."""
    found = []
    for minutes in range(FIRST, LAST + 1, STEP):
        at = _to_come(day, time(*divmod(minutes, 60)), zone, now)
        if at is not None:
            found.append(ask(say.time(at, zone), verb, *arguments, minutes))
    return tuple(tuple(found[at : at + TIMES_IN_ROW]) for at in range(0, len(found), TIMES_IN_ROW))


def _to_come(day: date, at: time, zone: tzinfo, now: datetime) -> datetime | None:
    try:
        return planned_at(day, at, zone, now=now)
    except Refusal:
        return None


def plan(say: Language, view: PlanView, zone: tzinfo, quiet: QuietHours | None, *, now: datetime) -> Message:
    """One planned meeting, or one that is being planned: when, who comes, what is sent and when."""
    case, plan = view.case, view.plan
    if plan.state is PlanState.OVER:
        text = paragraphs(bold(case.label), say("This meeting isn't planned any more."))
        return Message(text, ((ask(say("← Planned meetings"), "plans", case.id),),))
    heading = say("A new meeting") if plan.state is PlanState.BEING_MADE else say("📅 Planned")
    told = paragraphs(_sent_before(say, plan, zone, quiet, now=now), say("Who comes?"), _not_joined(say, case, plan))
    text = paragraphs(bold(case.label), f"{heading}\n{bold(when(say, plan, zone))}", told)
    ticks = column([_tick(say, case, plan, each) for each in may_come(case)])
    return Message(text, (*ticks, *_steps(say, case, plan, zone)))


def _sent_before(say: Language, plan: Plan, zone: tzinfo, quiet: QuietHours | None, *, now: datetime) -> str:
    asked = asked_now_or_then(plan.at, quiet, zone, now=now)
    after = say("If you don't start it yourself, they are asked an hour after its time how the meeting worked.")
    if asked is None:
        return "\n".join([say("They are asked how they have been when you start the meeting."), after])
    moment = plain(moment_of(say, asked, zone))
    return "\n".join([say("They are asked how they have been: {moment}.", moment=moment), after])


def _not_joined(say: Language, case: Case, plan: Plan) -> str:
    absent = [each for each in may_come(case) if each.id in plan.rater_ids and not each.can_meet]
    return say("Not joined yet: {who}", who=plain(_names(say, case, absent))) if absent else ""


def _names(say: Language, case: Case, raters: Sequence[Rater]) -> str:
    return ", ".join(rater_name(say, case, each) for each in raters)


def _tick(say: Language, case: Case, plan: Plan, rater: Rater) -> Button:
    comes = rater.id in plan.rater_ids
    return ask(f"{'✅' if comes else '⬜️'} {rater_name(say, case, rater)}", "comes", plan.id, rater.id, int(not comes))


def _steps(say: Language, case: Case, plan: Plan, zone: tzinfo) -> tuple[Row, ...]:
    weekly = ask(say("🔁 Every week") if plan.weekly else say("1️⃣ Only once"), "weekly", plan.id, int(not plan.weekly))
    back = ask(say("← Planned meetings"), "plans", case.id)
    if plan.state is PlanState.BEING_MADE:
        return (weekly,), (ask(say("✓ Plan it"), "planit", plan.id),), (ask(say("← Another day"), "planday", case.id),)
    move, stop = ask(say("↔️ Move"), "move", plan.id), ask(say("🛑 Stop"), "stopplan", plan.id)
    day = day_number(plan.at.astimezone(zone).date())
    not_now, weeks = (
        ask(say("➖ Not this time"), "skiponce", plan.id, day),
        ask(say("🗓 Single weeks"), "weeks", plan.id),
    )
    once: tuple[Row, ...] = ((not_now, weeks),) if plan.weekly else ()
    return (weekly,), (move, stop), *once, (ask(say("🗂 Before the meeting"), "near", plan.id),), (back,)


# Changing one


def which_other_day(say: Language, view: PlanView, page: int, *, today: date, zone: tzinfo) -> Message:
    """A weekly one moves with all that follow."""
    weekly = say("The following weeks move with it.") if view.plan.weekly else ""
    heading = f"{bold(view.case.label)}\n{plain(when(say, view.plan, zone))}"
    text = paragraphs(heading, say("To which day?"), weekly, _how_to_write(say))
    back = ask(say("← Back"), "plan", view.plan.id)
    one: tuple[Row, ...] = ((ask(say("🗓 Only one week"), "weeks", view.plan.id),),) if view.plan.weekly else ()
    days = _days(say, page, today, "moveday", view.plan.id, turn="move")
    return Message(text, (*days, *one, (back,)), place=Place(PlaceKind.PLAN_MOVE, view.plan.id))


def which_other_time(say: Language, view: PlanView, day: date, zone: tzinfo, *, now: datetime) -> Message:
    text = paragraphs(bold(view.case.label), _at_what_time(say, day))
    back = ask(say("← Another day"), "move", view.plan.id)
    times = times_of(say, day, zone, now, "moveto", view.plan.id, day_number(day))
    return Message(text, (*times, (back,)))


def stop(say: Language, view: PlanView, zone: tzinfo) -> Message:
    """Before it is stopped: what has been answered stays."""
    heading = f"{bold(view.case.label)}\n{plain(when(say, view.plan, zone))}"
    asked = say("Cancel this meeting? Nobody is asked then. What was answered stays.")
    yes = ask(say("🛑 Yes, stop it"), "unplan", view.plan.id)
    return Message(paragraphs(heading, asked), ((yes,), (ask(say("← Back"), "plan", view.plan.id),)))


# Before it


def near(say: Language, card: PlannedCard, zone: tzinfo) -> Message:
    """What there was, before the family comes in. The numbers are hidden: a lock screen shows the first lines."""
    case, plan = card.case, card.plan
    text = paragraphs(
        say("📅 A meeting is coming"),
        f"{bold(case.label)}\n{plain(when(say, plan, zone))}",
        _last(say, card, zone),
        topic_words.on_card(say, case, card.open_topics) or say("Nothing is open from the last time."),
        _absent(say, card),
    )
    return Message(text, _to_begin(say, card))


def _last(say: Language, card: PlannedCard, zone: tzinfo) -> str:
    if not card.last:
        return say("Nobody has answered yet.")
    lines = "\n".join(_lines(say, card, zone))
    heading = say("How they have been, the last time:")
    return f"{heading}\n<tg-spoiler>{lines}</tg-spoiler>"


def _lines(say: Language, card: PlannedCard, zone: tzinfo) -> Iterator[str]:
    for each in card.last[:SAID]:
        who = rater_line(say, card.case, each.rater)
        if len(each.rater.subject_ids) > 1:
            about = subject_about(say, card.case, each.subject)
            who = say("{rater}, {about_whom}", rater=who, about_whom=about)
        day, total = say.date(each.at.astimezone(zone).date()), say.score(each.total)
        said = say("{total} of 40 ({day})", total=total, day=day)
        yield plain(f"{who}: {said}{_since(say, each)}")


def _since(say: Language, said: LastSaid) -> str:
    if said.since_first is None:
        return ", " + say("the first time")
    if said.since_first == 0:
        return ", " + say("the same as the first time")
    more = say.score(abs(said.since_first))
    if said.since_first > 0:
        return ", " + say("{difference} more than the first time", difference=more)
    return ", " + say("{difference} less than the first time", difference=more)


def _absent(say: Language, card: PlannedCard) -> str:
    names = plain(_names(say, card.case, card.not_joined))
    return say("Not joined yet: {who}", who=names) if card.not_joined else ""


def _to_begin(say: Language, card: PlannedCard) -> tuple[Row, ...]:
    start = ask(say("▶️ Start a meeting"), "attend", card.case.id)
    if card.going_on is not None:
        start = ask(say("🟢 To the meeting"), "meeting", card.going_on)
    to_plan = ask(say("📅 Move, or not this time"), "plan", card.plan.id)
    return (start,), (to_plan,), (ask(say("To the case"), "case", card.case.id),)
