"""Whose a case is: shared with a colleague, handed over to one, or left to the others who have it.

The colleague says yes first, and sees no case before. Nobody gets a case by anybody else's tap.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import storage
from bot.actions import handing_on, planned
from bot.actions.access import access_case, access_offer, access_own_case, access_worker
from bot.actions.cases import free_label
from bot.actions.telling import freshen_card
from bot.domain.acts import Act
from bot.domain.cases import Case
from bot.domain.errors import Reason, Refusal
from bot.domain.letters import LetterKind
from bot.domain.offers import Offer, OfferKind
from bot.domain.people import Person, Worker
from bot.domain.weighing import WEIGHING, Weighing
from storage import Transaction

TRIES = 20
"""So often a label is drawn that neither worker has."""


@dataclass(frozen=True)
class Offered:
    """An offer that waits, with the worker on the other side."""

    offer: Offer
    other: Worker


@dataclass(frozen=True)
class Circle:
    """Whose a case is: its workers, who stands in for them now, and to whom it is offered.

    `own`: whether it is the case of the one who looks, who else only stands in and doesn't decide.
    """

    case: Case
    worker: Worker
    workers: Sequence[Worker]
    deputies: Sequence[Worker]
    offered: Sequence[Offered]
    own: bool

    @property
    def may_leave(self) -> bool:
        return self.own and len(self.workers) > 1


@dataclass(frozen=True)
class Taken:
    """A case that has just become a worker's; `relabelled` when they had one of this name."""

    case: Case
    giver: Worker
    kind: OfferKind
    relabelled: bool


async def circle(db: Transaction, person: Person, case_id: str, *, now: datetime) -> Circle:
    desk = await access_case(db, person, case_id, hold=False)
    workers = await storage.workers.whose_is(db, case_id)
    standing_in = [each for each in await storage.workers.of_case(db, case_id) if each not in workers]
    offers = await storage.offers.of_case(db, case_id, now=now)
    found = [(each, await storage.workers.get(db, each.to_id)) for each in offers]
    offered = [Offered(offer, to) for offer, to in found if to is not None]
    own = any(each.id == desk.worker.id for each in workers)
    return Circle(desk.case, desk.worker, workers, standing_in, offered, own)


async def colleagues(db: Transaction, person: Person, case_id: str) -> tuple[Case, Sequence[Worker]]:
    """Those of the worker's own team to whom the case may be offered."""
    desk = await access_own_case(db, person, case_id, hold=False)
    return desk.case, await storage.workers.colleagues_of(db, desk.worker)


async def colleague(db: Transaction, person: Person, case_id: str, to_id: str) -> tuple[Case, Worker, bool]:
    """Somebody to whom the case may be offered, of whatever team; and whether it is theirs already.

    Raises:
        Refusal: they have left, or have no phone here.
    """
    desk = await access_own_case(db, person, case_id, hold=False)
    to = await storage.workers.get(db, to_id)
    if to is None or to.person_id is None:
        raise Refusal(Reason.COLLEAGUE_LEFT)
    if to.id == desk.worker.id:
        raise Refusal(Reason.NOT_HERE)
    return desk.case, to, await storage.cases.has(db, to.id, case_id)


# The giver


async def offer(db: Transaction, person: Person, case_id: str, to_id: str, kind: OfferKind, *, now: datetime) -> Circle:
    """Ask a colleague. What was offered to them of this case before, and not answered, is replaced."""
    desk = await access_own_case(db, person, case_id)
    _, to, has_it = await colleague(db, person, case_id, to_id)
    before = [each for each in await storage.offers.of_case(db, case_id, now=now) if each.to_id == to.id]
    if any(each.kind is kind for each in before) or (has_it and kind is OfferKind.SHARE):
        raise Refusal(Reason.NO_LONGER)
    for each in before:
        await storage.offers.answer(db, each.id, now=now)
    made = await storage.offers.add(db, case_id=case_id, from_id=desk.worker.id, to_id=to.id, kind=kind, now=now)
    its = {"worker_id": desk.worker.id, "case_id": case_id, "about_id": made.id}
    await storage.audit.note(db, Act.OFFER_CASE, **its, now=now)
    await storage.outbox.put(db, LetterKind.OFFERED, to.person_id or "", {"offer": made.id}, key=made.id, now=now)
    return await circle(db, person, case_id, now=now)


async def withdraw(db: Transaction, person: Person, case_id: str, offer_id: str, *, now: datetime) -> Circle:
    """By any of the case's own workers; the letter to the colleague then opens nothing."""
    desk = await access_own_case(db, person, case_id)
    waiting = [each.id for each in await storage.offers.of_case(db, case_id, now=now)]
    if offer_id not in waiting or not await storage.offers.answer(db, offer_id, now=now):
        raise Refusal(Reason.NO_LONGER)
    its = {"worker_id": desk.worker.id, "case_id": case_id, "about_id": offer_id}
    await storage.audit.note(db, Act.TAKE_BACK_OFFER, **its, now=now)
    return await circle(db, person, case_id, now=now)


async def leave(db: Transaction, person: Person, case_id: str, *, weighing: Weighing = WEIGHING, now: datetime) -> None:
    """The others keep it; nobody leaves a case that is nobody else's."""
    desk = await access_own_case(db, person, case_id)
    others = [each for each in await storage.workers.whose_is(db, case_id) if each.id != desk.worker.id]
    if not others:
        raise Refusal(Reason.ONLY_WORKER)
    await storage.audit.note(db, Act.LEAVE_CASE, worker_id=desk.worker.id, case_id=case_id, now=now)
    await _let_go(db, desk.worker, others[0], case_id, weighing=weighing, now=now)


async def _let_go(
    db: Transaction, giver: Worker, taker: Worker, case_id: str, *, weighing: Weighing, now: datetime
) -> None:
    """All that the giver had of it is the taker's, from this moment on."""
    await storage.offers.take_away(db, case_id, giver.id, now=now)
    await storage.offers.end_all(db, case_id, from_id=giver.id, now=now)
    await handing_on.hand_on(db, case_id, giver, taker, weighing=weighing, now=now)


# The colleague


async def waiting(db: Transaction, person: Person, *, now: datetime) -> Sequence[Offered]:
    """What waits for this worker's answer, oldest first."""
    worker = await access_worker(db, person)
    offers = await storage.offers.to_worker(db, worker.id, now=now)
    found = [(each, await storage.workers.get(db, each.from_id)) for each in offers]
    return [Offered(each, giver) for each, giver in found if giver is not None]


async def show(db: Transaction, person: Person, offer_id: str, *, now: datetime) -> Offered:
    """One of them, without the case: that is seen after the yes."""
    _, found = await access_offer(db, person, offer_id, now=now, hold=False)
    giver = await storage.workers.get(db, found.from_id)
    if giver is None:
        raise Refusal(Reason.NOT_HERE)
    return Offered(found, giver)


async def take_on(
    db: Transaction, person: Person, offer_id: str, *, weighing: Weighing = WEIGHING, now: datetime
) -> Taken:
    """The yes. Handed over, it isn't the giver's any more, old buttons included; their ratings stay theirs.

    Nobody becomes a worker of those among whom they answer: they would see the others' answers.
    """
    worker, found = await access_offer(db, person, offer_id, now=now)
    if await storage.leave.answers(db, worker.id, found.case_id):
        raise Refusal(Reason.ANSWERS_HERE)
    giver = (await show(db, person, offer_id, now=now)).other
    relabelled = await _name_apart(db, person, worker, giver, found)
    await _answer(db, found, Act.TAKE_CASE, now=now)
    await storage.offers.give(db, found.case_id, worker.id, now=now)
    if found.kind is OfferKind.HAND_OVER:
        await _let_go(db, giver, worker, found.case_id, weighing=weighing, now=now)
        await _tell_family(db, found.case_id, worker, key=offer_id, now=now)
    await planned.show_cards_to(db, worker, [found.case_id], now=now, zone=weighing.zone)
    await _tell_giver(db, found, giver, yes=True, now=now)
    await _show_on_card(db, person, found.case_id, now=now)
    case = (await access_case(db, person, found.case_id, hold=False)).case
    return Taken(case, giver, found.kind, relabelled)


async def refuse(db: Transaction, person: Person, offer_id: str, *, now: datetime) -> Worker:
    """The no; who had offered it hears it."""
    _, found = await access_offer(db, person, offer_id, now=now)
    giver = (await show(db, person, offer_id, now=now)).other
    await _answer(db, found, Act.REFUSE_CASE, now=now)
    await _tell_giver(db, found, giver, yes=False, now=now)
    return giver


async def _answer(db: Transaction, found: Offer, act: Act, *, now: datetime) -> None:
    await storage.offers.answer(db, found.id, now=now)
    its = {"worker_id": found.to_id, "case_id": found.case_id, "about_id": found.id}
    await storage.audit.note(db, act, **its, now=now)


async def _name_apart(db: Transaction, person: Person, worker: Worker, giver: Worker, found: Offer) -> bool:
    """Two cases of one name would be taken for each other: what comes is called anew, as neither calls one."""
    case = await storage.cases.get(db, found.case_id)
    if case is None or await storage.cases.has(db, worker.id, case.id):
        return False
    if case.label not in await storage.cases.labels_of_worker(db, worker.id):
        return False
    theirs = await storage.cases.labels_of_worker(db, giver.id)
    drawn = [await free_label(db, worker.id, person.language) for _ in range(TRIES)]
    await storage.cases.relabel(db, case.id, next((each for each in drawn if each not in theirs), drawn[0]))
    return True


async def _tell_giver(db: Transaction, found: Offer, giver: Worker, *, yes: bool, now: datetime) -> None:
    if giver.person_id is not None:
        about = {"offer": found.id, "yes": "yes" if yes else ""}
        await storage.outbox.put(db, LetterKind.OFFER_ANSWERED, giver.person_id, about, key=found.id, now=now)


async def _tell_family(db: Transaction, case_id: str, worker: Worker, *, key: str, now: datetime) -> None:
    """Each of them, on their own phone: who sees their answers from now on is theirs to know."""
    case = await storage.cases.get(db, case_id)
    for rater in case.present_raters if case else ():
        if rater.person_id is not None:
            about = {"rater": rater.id, "worker": worker.id}
            await storage.outbox.put(db, LetterKind.NEW_WORKER, rater.person_id, about, key=key, now=now)


async def _show_on_card(db: Transaction, person: Person, case_id: str, *, now: datetime) -> None:
    newest = await storage.sessions.newest(db, case_id)
    await freshen_card(db, newest.id if newest else None, by=person, now=now)


# What letters tell


async def answered(db: Transaction, person: Person, offer_id: str) -> tuple[Offer, Worker, Case | None] | None:
    """To who offered it: who has answered; with the case, as long as it is theirs."""
    worker = await access_worker(db, person)
    found = await storage.offers.get(db, offer_id)
    other = await storage.workers.ever(db, found.to_id) if found else None
    if found is None or other is None or found.from_id != worker.id:
        return None
    has_it = await storage.cases.has(db, worker.id, found.case_id)
    return found, other, await storage.cases.get(db, found.case_id) if has_it else None


async def new_worker(db: Transaction, person: Person, rater_id: str, worker_id: str) -> Worker | None:
    """To a rater: who is their worker from now on, if that is still so."""
    rater = await storage.cases.rater(db, rater_id)
    if rater is None or rater.person_id != person.id or not await storage.cases.has(db, worker_id, rater.case_id):
        return None
    return await storage.workers.get(db, worker_id)
