"""How old somebody of a case is.

Nora taps  ⋯ More
Nora taps  🎂 Ages                  Child: 6–12 years. Is that still right?
Nora taps  13–17 years              what changes with it
Nora taps  Yes, 13–17 years now     Young person: 13–17 years
(or)
Nora taps  ✓ Still 6–12 years
(or)
Nora taps  Month of birth           a year, then a month: then nobody has to remember it
"""

from datetime import date

from bot.actions import ages
from bot.actions.ages import AgeView
from bot.chat.turns import Press, Reply, Turn, does, shows
from bot.domain.errors import Reason, Refusal
from bot.domain.people import AgeBand
from bot.messages import ages as words


def shown(turn: Turn, view: AgeView) -> Reply:
    return Reply(words.age(turn.say, view, now=turn.now, zone=turn.house.zone))


@shows("ages")
async def show_ages(turn: Turn, case: str, number: int = 0) -> Reply:
    return shown(turn, await ages.view_at(turn.db, turn.person, case, number))


async def _again(turn: Turn, subject: str, *_: object) -> Reply:
    return shown(turn, await ages.view(turn.db, turn.person, subject))


@shows("older")
async def ask_band(turn: Turn, subject: str, was: AgeBand, band: AgeBand) -> Reply:
    """Before another instrument is asked."""
    view = await ages.view(turn.db, turn.person, subject)
    if view.subject.band is not was or band not in view.others:
        raise Refusal(Reason.NO_LONGER)
    return Reply(words.another_band(turn.say, view, band))


@does("aged", again=_again)
async def say_band(turn: Turn, subject: str, was: AgeBand, band: AgeBand) -> Reply:
    today, now = turn.today, turn.now
    return shown(turn, await ages.say_band(turn.db, turn.person, subject, band, was=was, today=today, now=now))


@shows("year")
async def ask_year(turn: Turn, subject: str) -> Reply:
    return Reply(words.year_of_birth(turn.say, await ages.view(turn.db, turn.person, subject), turn.today))


@shows("month")
async def ask_month(turn: Turn, subject: str, year: int) -> Reply:
    return Reply(words.month_of_birth(turn.say, await ages.view(turn.db, turn.person, subject), year, turn.today))


@does("born", again=_again)
async def say_born(turn: Turn, subject: str, year: int, month: int) -> Reply:
    try:
        born = date(year, month, 1)
    except ValueError:
        raise Refusal(Reason.NOT_HERE) from None
    return shown(turn, await ages.say_born(turn.db, turn.person, subject, born, today=turn.today))


@does("unborn", again=_again)
async def forget_born(turn: Turn, subject: str) -> Reply:
    return shown(turn, await ages.forget_born(turn.db, turn.person, subject))


HANDLERS: list[Press] = [show_ages, ask_band, say_band, ask_year, ask_month, say_born, forget_born]
