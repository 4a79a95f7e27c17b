"""The people of a case.

Nora taps  👥 People            the young person, not joined yet
Nora taps  🙋 Add a person
Nora taps  Mother
Nora taps  👩 Mother             (see raters.py)
"""

from bot.actions import cases, raters
from bot.chat.turns import Press, Reply, Turn, does, shows
from bot.domain.errors import Reason, Refusal
from bot.domain.people import AgeBand, Kind
from bot.messages import case_people as words


@shows("people")
async def show_people(turn: Turn, case: str, page: int = 0) -> Reply:
    view = await raters.people(turn.db, turn.person, case, now=turn.now)
    return Reply(words.people(turn.say, view, turn.house.zone, page))


async def _people(turn: Turn, case: str, *_: object) -> Reply:
    return await show_people.handle(turn, case)


@shows("add")
async def add(turn: Turn, case: str) -> Reply:
    return Reply(words.add(turn.say, (await cases.view(turn.db, turn.person, case)).case))


@shows("client")
async def which_client(turn: Turn, case: str) -> Reply:
    return Reply(words.add_client(turn.say, (await cases.view(turn.db, turn.person, case)).case))


@does("another", again=_people)
async def add_client(turn: Turn, case: str, band: AgeBand, count: int | None = None) -> Reply:
    """`count`, here and below, is how many there were when the button was shown: a second tap adds nothing."""
    await cases.add_client(turn.db, turn.person, case, band, count=count, now=turn.now)
    return await _people(turn, case)


@does("adult", again=_people)
async def add_collateral(turn: Turn, case: str, kind: Kind, count: int | None = None) -> Reply:
    if kind is Kind.CLIENT:
        raise Refusal(Reason.NOT_HERE)
    await cases.add_collateral(turn.db, turn.person, case, kind, count=count, now=turn.now)
    return await _people(turn, case)


HANDLERS: list[Press] = [show_people, add, which_client, add_client, add_collateral]
