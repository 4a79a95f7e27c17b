"""A worker's cases: the list, a new one, and the card of a case, from which all its sections are one tap away.

Nora taps  New case
Nora taps  13–17 years          the card of Birch 42: young person, not joined yet
Nora taps  👥 People            who is in it (case_people)
Nora taps  📈 Pictures          what there is to look at (pictures)
Nora taps  ⋯ More               its label and what else it has (case_more)
"""

from bot.actions import cases, tagging
from bot.actions.cases import CaseView
from bot.chat.turns import Press, Reply, Turn, does, shows
from bot.domain.people import AgeBand
from bot.messages import cases as words
from bot.messages.message import Message


def _shown(turn: Turn, view: CaseView) -> Message:
    return words.card(turn.say, view, turn.house.zone)


@shows("cases")
async def show_cases(turn: Turn, page: int = 0, tag: str = "") -> Reply:
    found = await tagging.listed(turn.db, turn.person, tag, weighing=turn.house.weighing, now=turn.now)
    listed = words.listed(turn.say, found.lines, page, turn.house.zone, tag=found.tag, has_tags=bool(found.tags))
    return Reply(listed)


@shows("case")
async def show_case(turn: Turn, case: str) -> Reply:
    return Reply(_shown(turn, await cases.card(turn.db, turn.person, case, weighing=turn.house.weighing, now=turn.now)))


async def _list(turn: Turn, *_: object) -> Reply:
    return await show_cases.handle(turn)


@shows("new")
async def new_case(turn: Turn) -> Reply:
    return Reply(words.new(turn.say, len(await cases.listed(turn.db, turn.person))))


@does("open", again=_list)
async def open_case(turn: Turn, band: AgeBand, count: int | None = None) -> Reply:
    """`count`, here and below, is how many there were when the button was shown: a second tap adds nothing."""
    return Reply(_shown(turn, await cases.open_case(turn.db, turn.person, band, count=count, now=turn.now)))


HANDLERS: list[Press] = [show_cases, show_case, new_case, open_case]
