"""About whom somebody of a case is asked, and as whom.

Nora taps  👀 About whom            a tick for each
Nora taps  ➕ Also a client
Nora taps  19 or older              mother is asked about herself too
Nora taps  💭 Let them guess
Nora taps  Father                   it can be ticked for a meeting
"""

from bot.actions import as_whom, raters
from bot.chat.raters import again, question, shown
from bot.chat.turns import Press, Reply, Turn, does, shows
from bot.domain.cases import AddedRole
from bot.domain.people import AgeBand, Kind
from bot.messages import rater as words


@shows("whom")
async def whom(turn: Turn, rater: str) -> Reply:
    return await question(turn, rater, words.about_whom)


async def _whom(turn: Turn, rater: str, *_: object) -> Reply:
    return await whom.handle(turn, rater)


@does("asks", again=_whom)
async def asks(turn: Turn, rater: str, subject: str, asked: int) -> Reply:
    """The button says how it is to be: a second tap changes nothing."""
    await raters.choose_about(turn.db, turn.person, rater, subject, asked=bool(asked), now=turn.now)
    return await _whom(turn, rater)


@shows("alsoclient")
async def also_client(turn: Turn, rater: str) -> Reply:
    return await question(turn, rater, words.also_client)


@does("isclient", again=again)
async def is_client(turn: Turn, rater: str, band: AgeBand) -> Reply:
    return shown(turn, await as_whom.become_client(turn.db, turn.person, rater, band, now=turn.now))


@shows("alsocarer")
async def also_carer(turn: Turn, rater: str) -> Reply:
    return await question(turn, rater, words.also_carer)


@does("iscarer", again=again)
async def is_carer(turn: Turn, rater: str, kind: Kind) -> Reply:
    return shown(turn, await as_whom.become_carer(turn.db, turn.person, rater, kind, now=turn.now))


@does("undorole", again=again)
async def undo_role(turn: Turn, rater: str, role: AddedRole) -> Reply:
    return shown(turn, await as_whom.undo_role(turn.db, turn.person, rater, role, now=turn.now))


@shows("guesses")
async def guesses(turn: Turn, rater: str) -> Reply:
    return await question(turn, rater, words.guesses)


@does("guess", again=again)
async def guess(turn: Turn, rater: str, kind: Kind) -> Reply:
    return shown(turn, await as_whom.ask_to_guess(turn.db, turn.person, rater, kind, now=turn.now))


HANDLERS: list[Press] = [whom, asks, also_client, is_client, also_carer, is_carer, undo_role, guesses, guess]
