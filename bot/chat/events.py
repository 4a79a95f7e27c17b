"""What happened around a family, on the worker's phone.

Nora taps  🗒 Notes                 what is noted so far
Nora taps  ➕ Note something        kinds: school, home, a move, ...
Nora taps  🏫 School or day care    noted for today; the buttons say it more exactly, in place
Nora taps  ↘ Down, Partly, ‹ Day
(where the organisation has switched it on)
Nora taps  ✍️ A few words           and writes them: they stand on the notes, and nowhere else
"""

import re
from datetime import date

from bot.actions import events
from bot.chat.turns import Press, Reply, Turn, does, shows
from bot.domain.cases import Case
from bot.domain.codes import typed_code, worker_code
from bot.domain.errors import Reason, Refusal
from bot.domain.events import Event, EventKind, InReach
from bot.domain.events import Turn as Way
from bot.domain.letters import Place
from bot.messages import events as words

DAY = re.compile(r"[0-9]{8}")


@shows("notes")
async def time_line(turn: Turn, case: str, page: int = 0) -> Reply:
    line = await events.time_line(turn.db, turn.person, case)
    return Reply(words.time_line(turn.say, line, page, turn.today, free_text=turn.house.free_text))


@shows("note")
async def which_kind(turn: Turn, case: str) -> Reply:
    return Reply(words.which_kind(turn.say, await events.time_line(turn.db, turn.person, case)))


async def _line(turn: Turn, case: str, *_: object) -> Reply:
    return await time_line.handle(turn, case)


@does("noted", again=_line)
async def note(turn: Turn, case: str, kind: EventKind, count: int | None = None) -> Reply:
    """`count` is how many there were when the button was shown: a second tap notes nothing more."""
    noted = await events.note(turn.db, turn.person, case, kind, count=count, today=turn.today, now=turn.now)
    return _shown(turn, noted)


def _shown(turn: Turn, found: tuple[Case, Event]) -> Reply:
    case, event = found
    return Reply(words.event(turn.say, case, event, turn.today, free_text=turn.house.free_text))


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
    return _shown(turn, await events.put_on(turn.db, turn.person, event, _day(day), today=turn.today))


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


# In the worker's own words


@shows("words")
async def ask_words(turn: Turn, event: str) -> Reply:
    case, found = await events.look(turn.db, turn.person, event)
    if not turn.house.free_text:
        raise Refusal(Reason.NOT_HERE)
    return Reply(words.ask_words(turn.say, case, found))


async def written(turn: Turn, place: Place, text: str) -> Reply | None:
    """What is typed while a note asks for words; it is taken out of the chat. None: it is off, or a code."""
    if not turn.house.free_text or typed_code(text) or worker_code(text):
        return None
    case, event = await events.look(turn.db, turn.person, place.about_id)
    try:
        case, event = await events.write(turn.db, turn.person, event.id, text, free_text=turn.house.free_text)
    except Refusal as refusal:
        message = words.ask_words(turn.say, case, event, refusal.reason)
    else:
        message = words.event(turn.say, case, event, turn.today, free_text=True)
    return Reply(message)


@does("nowords", again=_as_it_is)
async def take_words_out(turn: Turn, event: str) -> Reply:
    return _shown(turn, await events.write(turn.db, turn.person, event, None, free_text=turn.house.free_text))


@does("unnote")
async def remove(turn: Turn, event: str) -> Reply:
    line = await events.remove(turn.db, turn.person, event)
    return Reply(words.time_line(turn.say, line, 0, turn.today, free_text=turn.house.free_text))


HANDLERS: list[Press] = [
    time_line,
    which_kind,
    note,
    show_event,
    turned,
    in_reach,
    on_day,
    of_whom,
    ask_words,
    take_words_out,
    remove,
]
