"""The people of a case.

Nora taps  👥 People            the young person, not joined yet
Nora taps  🙋 Add a person
Nora taps  Mother
Nora taps  ✉️ Invite: Mother    the link and the code
"""

from bot.actions import cases, invitations
from bot.actions.cases import CaseView
from bot.chat.turns import Press, Reply, Turn, does, shows
from bot.domain.errors import Reason, Refusal
from bot.domain.people import AgeBand, Kind
from bot.messages import case_people as words


def _shown(turn: Turn, view: CaseView) -> Reply:
    return Reply(words.people(turn.say, view.case))


@shows("people")
async def show_people(turn: Turn, case: str) -> Reply:
    return _shown(turn, await cases.view(turn.db, turn.person, case))


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
    view = await cases.add_client(turn.db, turn.person, case, band, count=count, now=turn.now)
    return _shown(turn, view)


@does("adult", again=_people)
async def add_collateral(turn: Turn, case: str, kind: Kind, count: int | None = None) -> Reply:
    if kind is Kind.CLIENT:
        raise Refusal(Reason.NOT_HERE)
    view = await cases.add_collateral(turn.db, turn.person, case, kind, count=count, now=turn.now)
    return _shown(turn, view)


async def _people_of_rater(turn: Turn, rater: str) -> Reply:
    view, _ = await cases.view_rater(turn.db, turn.person, rater)
    return _shown(turn, view)


@does("invite", again=_people_of_rater)
async def invite(turn: Turn, rater: str) -> Reply:
    """A fresh invitation. It is shown this once: only its mark is kept."""
    case, invited, made = await invitations.invite_rater(turn.db, turn.person, rater, now=turn.now)
    return Reply(words.invitation(turn.say, case, invited, made, turn.house.post.bot_name))


HANDLERS: list[Press] = [show_people, add, which_client, add_client, add_collateral, invite]
