"""What happened around a family, on the worker's phone.

Nora taps  🗒 Notes                 what is noted so far
Nora taps  ➕ Note something        kinds: school, home, a move, ...
Nora taps  🏫 School or day care    noted for today; the buttons say it more exactly, in place
Nora taps  ↘ Down, Partly, ‹ Day
"""

import re
from datetime import date

from bot.actions import events
from bot.chat.turns import Press, Reply, Turn, does, shows
from bot.domain.cases import Case
from bot.domain.errors import Reason, Refusal
from bot.domain.events import Event, EventKind, InReach
from bot.domain.events import Turn as Way
from bot.messages import events as words

DAY = re.compile(r"[0-9]{8}")


def _today(turn: Turn) -> date:
    return turn.now.astimezone(turn.house.zone).date()


@shows("notes")
async def time_line(turn: Turn, case: str, page: int = 0) -> Reply:
    line = await events.time_line(turn.db, turn.person, case)
    return Reply(words.time_line(turn.say, line, page, _today(turn)))


@shows("note")
async def which_kind(turn: Turn, case: str) -> Reply:
    return Reply(words.which_kind(turn.say, await events.time_line(turn.db, turn.person, case)))


async def _line(turn: Turn, case: str, *_: object) -> Reply:
    return await time_line.handle(turn, case)


@does("noted", again=_line)
async def note(turn: Turn, case: str, kind: EventKind, count: int | None = None) -> Reply:
    """`count` is how many there were when the button was shown: a second tap notes nothing more."""
    noted = await events.note(turn.db, turn.person, case, kind, count=count, today=_today(turn), now=turn.now)
    return _shown(turn, noted)


def _shown(turn: Turn, found: tuple[Case, Event]) -> Reply:
    case, event = found
    return Reply(words.event(turn.say, case, event, _today(turn)))


@shows("event")
async def show_event(turn: Turn, event: str) -> Reply:
    return _shown(turn, await events.look(turn.db, turn.person, event))


async def _as_it_is(turn: Turn, event: str, *_: object) -> Reply:
    return await show_event.handle(turn, event)


@does("turned", again=_as_it_is)
async def turned(turn: Turn, event: str, way: Way) -> Reply:
    return _shown(turn, await events.turn_it(turn.db, turn.person, event, way))


@does("inreach", again=_as_it_is)
async def in_reach(turn: Turn, event: str, reach: InReach) -> Reply:
    return _shown(turn, await events.reach(turn.db, turn.person, event, reach))


@does("onday", again=_as_it_is)
async def on_day(turn: Turn, event: str, day: str) -> Reply:
    return _shown(turn, await events.put_on(turn.db, turn.person, event, _day(day), today=_today(turn)))


def _day(word: str) -> date:
    """As a button carries it: 20261121."""
    try:
        return date.fromisoformat(word if DAY.fullmatch(word) else "")
    except ValueError:
        raise Refusal(Reason.NOT_HERE) from None


@does("ofwhom", again=_as_it_is)
async def of_whom(turn: Turn, event: str, number: int) -> Reply:
    """0 is the whole family, 1 the first subject of the case."""
    case, _ = await events.look(turn.db, turn.person, event)
    ids = [None, *(each.id for each in case.subjects)]
    if number >= len(ids):
        raise Refusal(Reason.NOT_HERE)
    return _shown(turn, await events.is_about(turn.db, turn.person, event, ids[number]))


@does("unnote")
async def remove(turn: Turn, event: str) -> Reply:
    line = await events.remove(turn.db, turn.person, event)
    return Reply(words.time_line(turn.say, line, 0, _today(turn)))


HANDLERS: list[Press] = [time_line, which_kind, note, show_event, turned, in_reach, on_day, of_whom, remove]
