"""A case is closed, looked at, and opened again.

Nora taps  ⋯ More, ⏹ Close the case      what is still open, and how it ends
Nora taps  Agreed together                closed: the summary of the whole case
(everybody who answers here is told kindly, and the other workers too)
Nora taps  ↩ Open it again                the same people; who needs a new invitation
"""

from bot.actions import closing, summary
from bot.chat import cases
from bot.chat.turns import Press, Reply, Turn, does, shows
from bot.domain.cases import CaseState, Ending
from bot.domain.errors import Reason, Refusal
from bot.messages import closing as words


@shows("closecase")
async def ask_to_close(turn: Turn, case: str) -> Reply:
    found, still_open = await closing.still_open(turn.db, turn.person, case, weighing=turn.house.weighing, now=turn.now)
    return Reply(words.close(turn.say, found, still_open))


@shows("closed")
async def show_closed(turn: Turn, case: str) -> Reply:
    found = await summary.for_worker(turn.db, turn.person, case, profile=turn.house.profile)
    if found.case.state is not CaseState.CLOSED:
        raise Refusal(Reason.NOT_HERE)
    return Reply(words.closed(turn.say, found, turn.house.zone))


async def _as_it_is(turn: Turn, case: str, *_: object) -> Reply:
    """Closed already, or still open and asked anew."""
    try:
        return await show_closed.handle(turn, case)
    except Refusal:
        return await ask_to_close.handle(turn, case)


@does("closeas", again=_as_it_is)
async def close(turn: Turn, case: str, ending: Ending, mark: int) -> Reply:
    weighing = turn.house.weighing
    await closing.close(turn.db, turn.person, case, ending, mark=mark, weighing=weighing, now=turn.now)
    return await show_closed.handle(turn, case)


@shows("closedcases")
async def show_closed_cases(turn: Turn, page: int = 0) -> Reply:
    return Reply(words.listed(turn.say, await closing.closed(turn.db, turn.person), page, turn.house.zone))


@does("openagain", again=cases.show_case)
async def reopen(turn: Turn, case: str) -> Reply:
    found, missing = await closing.reopen(turn.db, turn.person, case, now=turn.now)
    return Reply(words.reopened(turn.say, found, missing))


HANDLERS: list[Press] = [ask_to_close, show_closed, close, show_closed_cases, reopen]
