"""What a person sets for themself.

Nora says  /settings
Nora taps  🌐 English                     (see home.py)
Nora taps  🌗 Dark pictures              the next ones are on dark ground
Nora taps  🌙 Quiet hours, 🌙 17           from five in the afternoon
Nora taps  🤝 Deputy, LEHTI-3              who stands in for her
Nora taps  🌴 I'm away, 9 Mar              until then LEHTI-3 has her cases too
(or)
Nora taps  🌴 I'm away, 🗓 From a later day, 21 Dec, 7 Jan
(on the morning of the 9th)
bot        Are you back?                  👋 I'm back / Not yet: another day
"""

from dataclasses import replace
from datetime import date, time

from bot.actions import leave_ahead, people, preferences
from bot.actions.preferences import Desk
from bot.chat.finding import is_at_desk
from bot.chat.turns import Command, Press, Reply, Turn, does, shows
from bot.domain.errors import Reason, Refusal
from bot.domain.times import QuietHours
from bot.messages import leave as leave_words
from bot.messages import settings as words
from bot.messages.message import Message

HOURS = 24
YEARS = range(2000, 2200)


def _shown(turn: Turn, desk: Desk) -> Message:
    return words.settings(turn.say, desk, turn.house.quiet_hours, turn.house.zone, dark=turn.person.dark)


@shows("settings")
async def show_settings(turn: Turn) -> Reply:
    if not await is_at_desk(turn):
        return Reply(words.settings_of_client(turn.say, dark=turn.person.dark))
    return Reply(_shown(turn, await preferences.view(turn.db, turn.person)))


async def settings_command(turn: Turn, _text: str) -> Reply:
    return await show_settings.handle(turn)


async def _settings_again(turn: Turn, *_: object) -> Reply:
    return await show_settings.handle(turn)


@does("ground", again=_settings_again)
async def choose_ground(turn: Turn, dark: int) -> Reply:
    """Of the pictures that come from now on; what stands in the chat stays as it is until it is looked at again."""
    person = await people.choose_ground(turn.db, turn.person, dark=bool(dark))
    return await show_settings.handle(replace(turn, person=person))


@shows("quiet")
async def quiet_hours(turn: Turn) -> Reply:
    desk = await preferences.view(turn.db, turn.person)
    return Reply(words.quiet_hours(turn.say, desk, turn.house.quiet_hours))


async def _quiet_as_it_is(turn: Turn, *_: object) -> Reply:
    return await quiet_hours.handle(turn)


@does("setquiet", again=_quiet_as_it_is)
async def set_quiet_hours(turn: Turn, begins: int, ends: int) -> Reply:
    if not (begins < HOURS and ends < HOURS):
        raise Refusal(Reason.NOT_HERE)
    await preferences.set_quiet_hours(turn.db, turn.person, QuietHours(time(begins), time(ends)))
    return await quiet_hours.handle(turn)


@does("quietasall", again=_quiet_as_it_is)
async def quiet_as_for_all(turn: Turn) -> Reply:
    await preferences.set_quiet_hours(turn.db, turn.person, None)
    return await quiet_hours.handle(turn)


@shows("deputies")
async def deputies(turn: Turn, page: int = 0) -> Reply:
    desk = await preferences.view(turn.db, turn.person)
    colleagues = await preferences.could_stand_in(turn.db, turn.person)
    return Reply(words.deputies(turn.say, desk, colleagues, page))


async def _deputies_as_they_are(turn: Turn, *_: object) -> Reply:
    return await deputies.handle(turn)


@does("standin", again=_deputies_as_they_are)
async def choose_deputy(turn: Turn, deputy: str) -> Reply:
    await preferences.choose_deputy(turn.db, turn.person, deputy, now=turn.now, zone=turn.house.zone)
    return await deputies.handle(turn)


@does("nostandin", again=_deputies_as_they_are)
async def no_deputy(turn: Turn) -> Reply:
    await preferences.choose_deputy(turn.db, turn.person, None, now=turn.now, zone=turn.house.zone)
    return await deputies.handle(turn)


@shows("onleave")
async def until_when(turn: Turn) -> Reply:
    desk = await preferences.view(turn.db, turn.person)
    return Reply(words.leave(turn.say, desk, turn.today))


@shows("awayfrom")
async def from_when(turn: Turn) -> Reply:
    await preferences.view(turn.db, turn.person)
    return Reply(leave_words.from_when(turn.say, turn.today))


@shows("awaytill")
async def later_until_when(turn: Turn, begins: str) -> Reply:
    return Reply(leave_words.until_when(turn.say, await preferences.view(turn.db, turn.person), _day(begins)))


@does("goaway", again=_settings_again)
async def go_away(turn: Turn, until: str, asked_on: str) -> Reply:
    """`asked_on`: a button of another day sends nobody on leave any more."""
    desk = await preferences.view(turn.db, turn.person)
    if _day(asked_on) != turn.today and desk.worker.away_since is None:
        raise Refusal(Reason.NO_LONGER)
    desk = await preferences.go_away(turn.db, turn.person, _day(until), now=turn.now, zone=turn.house.zone)
    return Reply(_shown(turn, desk))


def _day(text: str) -> date:
    """Of our time: at the ends of the calendar there is no day before or after."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise Refusal(Reason.NOT_HERE) from None
    if day.year not in YEARS:
        raise Refusal(Reason.NOT_HERE)
    return day


@does("imback", again=_settings_again)
async def come_back(turn: Turn, since: str) -> Reply:
    """`since`: from which leave; an old button ends no later one."""
    desk = await preferences.view(turn.db, turn.person)
    away_since = desk.worker.away_since
    if away_since is None or str(int(away_since.timestamp())) != since:
        raise Refusal(Reason.NO_LONGER)
    return Reply(_shown(turn, await preferences.come_back(turn.db, turn.person, now=turn.now)))


@does("awaylater", again=_settings_again)
async def go_away_later(turn: Turn, begins: str, until: str) -> Reply:
    first, back, zone = _day(begins), _day(until), turn.house.zone
    return Reply(_shown(turn, await leave_ahead.plan(turn.db, turn.person, first, back, now=turn.now, zone=zone)))


@does("noleave", again=_settings_again)
async def no_leave(turn: Turn, begins: str) -> Reply:
    zone = turn.house.zone
    return Reply(_shown(turn, await leave_ahead.unplan(turn.db, turn.person, _day(begins), now=turn.now, zone=zone)))


HANDLERS: list[Press] = [
    show_settings,
    choose_ground,
    quiet_hours,
    set_quiet_hours,
    quiet_as_for_all,
    deputies,
    choose_deputy,
    no_deputy,
    until_when,
    go_away,
    from_when,
    later_until_when,
    go_away_later,
    no_leave,
    come_back,
]
COMMANDS = [Command("settings", settings_command)]
