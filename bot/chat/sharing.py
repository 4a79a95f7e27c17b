"""Whose a case is.

Nora taps  ⋯ More, 🤝 Whose case       KOIVU-27 (you)
Nora taps  🤝 Offer it to a colleague   the codes of her team
Nora taps  LEHTI-3, ➡️ Hand over        offered until Monday
LEHTI-3 gets  🔔 A colleague asks you something     no case is named
LEHTI-3 taps  Yes, take it              Birch 42 is yours now; Nora hears it, and so does the family
"""

import storage
from bot.actions import cases as case_actions
from bot.actions import invitations, sharing
from bot.actions.access import access_worker
from bot.chat import cases
from bot.chat.turns import Press, Reply, Turn, does, shows
from bot.domain.errors import Reason
from bot.domain.offers import OfferKind
from bot.domain.people import Worker
from bot.messages import refusals
from bot.messages import sharing as words


@shows("shared")
async def show_circle(turn: Turn, case: str) -> Reply:
    found = await sharing.circle(turn.db, turn.person, case, now=turn.now)
    return Reply(words.circle(turn.say, found, turn.house.zone))


async def _circle(turn: Turn, case: str, *_: object) -> Reply:
    return await show_circle.handle(turn, case)


@shows("colleagues")
async def show_colleagues(turn: Turn, case: str, page: int = 0) -> Reply:
    found, team = await sharing.colleagues(turn.db, turn.person, case)
    return Reply(words.colleagues(turn.say, found, team, page))


@shows("colleague")
async def show_colleague(turn: Turn, case: str, worker: str) -> Reply:
    found, to, has_it = await sharing.colleague(turn.db, turn.person, case, worker)
    return Reply(words.colleague(turn.say, found, to, has_it=has_it))


@shows("tocolleague")
async def which_case(turn: Turn, code: str, page: int = 0) -> Reply:
    """A worker has typed a colleague's code."""
    await access_worker(turn.db, turn.person)
    found = await invitations.find_worker(turn.db, turn.person, code, now=turn.now)
    if isinstance(found, Reason):
        return Reply(refusals.refused(turn.say, found))
    return await asked_by_code(turn, found, page)


async def asked_by_code(turn: Turn, to: Worker, page: int = 0) -> Reply:
    """Which of one's own cases is offered to the one with this code."""
    found = await case_actions.own(turn.db, turn.person)
    return Reply(words.which_case(turn.say, to, found, page))


@does("offer", again=_circle)
async def offer(turn: Turn, case: str, worker: str, kind: OfferKind) -> Reply:
    found = await sharing.offer(turn.db, turn.person, case, worker, kind, now=turn.now)
    return Reply(words.circle(turn.say, found, turn.house.zone))


@does("takeback", again=_circle)
async def take_back(turn: Turn, case: str, offer: str) -> Reply:
    found = await sharing.withdraw(turn.db, turn.person, case, offer, now=turn.now)
    return Reply(words.circle(turn.say, found, turn.house.zone))


@shows("leavecase")
async def ask_to_leave(turn: Turn, case: str) -> Reply:
    found = await sharing.circle(turn.db, turn.person, case, now=turn.now)
    return Reply(words.leave(turn.say, found) if found.may_leave else words.circle(turn.say, found, turn.house.zone))


async def _left(turn: Turn, *_: object) -> Reply:
    return await cases.show_cases.handle(turn)


@does("leaveit", again=_left)
async def leave(turn: Turn, case: str) -> Reply:
    await sharing.leave(turn.db, turn.person, case, weighing=turn.house.weighing, now=turn.now)
    return Reply(words.left(turn.say))


# The colleague


@shows("offers")
async def show_offers(turn: Turn, page: int = 0) -> Reply:
    return Reply(words.waiting(turn.say, await sharing.waiting(turn.db, turn.person, now=turn.now), page))


@shows("offered")
async def show_offer(turn: Turn, offer: str) -> Reply:
    found = await sharing.show(turn.db, turn.person, offer, now=turn.now)
    return Reply(words.offered(turn.say, found, turn.house.zone))


async def _taken(turn: Turn, offer: str) -> Reply:
    """The case that the yes has brought, as long as it is theirs."""
    found = await storage.offers.get(turn.db, offer)
    return await cases.show_case.handle(turn, found.case_id) if found else await show_offers.handle(turn)


@does("takeon", again=_taken)
async def take_on(turn: Turn, offer: str) -> Reply:
    weighing = turn.house.weighing
    return Reply(
        words.taken(turn.say, await sharing.take_on(turn.db, turn.person, offer, weighing=weighing, now=turn.now))
    )


async def _offers(turn: Turn, *_: object) -> Reply:
    return await show_offers.handle(turn)


@does("notforme", again=_offers)
async def refuse(turn: Turn, offer: str) -> Reply:
    return Reply(words.refused(turn.say, await sharing.refuse(turn.db, turn.person, offer, now=turn.now)))


HANDLERS: list[Press] = [
    show_circle,
    show_colleagues,
    show_colleague,
    which_case,
    offer,
    take_back,
    ask_to_leave,
    leave,
    show_offers,
    show_offer,
    take_on,
    refuse,
]
