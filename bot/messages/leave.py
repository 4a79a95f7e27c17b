"""A leave that begins on a later day: from when, until when."""

from datetime import date, timedelta

from bot.actions.preferences import Desk
from bot.i18n import Language
from bot.messages.message import Button, Message, Row, ask, bold, paragraphs

DAYS, WEEKS, IN_A_ROW = 6, 9, 3


def days_after(day: date) -> list[date]:
    """The next working days of this week and the next, then Mondays further away."""
    soon = [each for each in (day + timedelta(days=step) for step in range(1, 12)) if each.weekday() < 5][:DAYS]
    monday = soon[-1] + timedelta(days=7 - soon[-1].weekday())
    return [*soon, *(monday + timedelta(weeks=step) for step in range(WEEKS))]


def from_when(say: Language, today: date) -> Message:
    text = paragraphs(bold(say("Away from a later day")), say("Which is the first day on which you are away?"))
    rows = _rows([ask(say.date(each), "awaytill", each.isoformat()) for each in days_after(today)])
    return Message(text, (*rows, (ask(say("← Back"), "onleave"),)))


def until_when(say: Language, desk: Desk, begins: date) -> Message:
    deputy = say("Stands in for you: {who}", who=bold(desk.deputy.code)) if desk.deputy else alone(say)
    text = paragraphs(
        bold(say("Away from {day}", day=say.full_date(begins))),
        say("On which day are you back? In its morning you are asked whether you are."),
        f"🤝 {deputy}",
    )
    days = days_after(begins)
    rows = _rows([ask(say.date(each), "awaylater", begins.isoformat(), each.isoformat()) for each in days])
    return Message(text, (*rows, (ask(say("← Back"), "awayfrom"),)))


def alone(say: Language) -> str:
    return say("Nobody stands in for you yet. Is there somebody who can look after your cases?")


def _rows(buttons: list[Button]) -> tuple[Row, ...]:
    return tuple(tuple(buttons[at : at + IN_A_ROW]) for at in range(0, len(buttons), IN_A_ROW))
