"""The doors: every case, meeting, rater, draft and alert is reached through one of these, each time anew.

A button is a request, never authority. Unknown, forbidden and ended are one refusal: they look the same.

A door holds the case before anything of it is read: what is decided is still true when it is written, whatever others
do meanwhile. Who only looks, or has come in by a door before, needn't: `hold=False`. What is held is held in this
order: the person who acts (who is held since their update was taken up), cases, a worker.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

import storage
from bot.domain.alerts import Alert
from bot.domain.cases import Case, CaseState, Rater, Session, Subject
from bot.domain.errors import Reason, Refusal
from bot.domain.events import Event
from bot.domain.offers import Offer
from bot.domain.people import Person, Role, Worker
from bot.domain.plans import Plan
from bot.domain.ratings import Draft, Rating
from storage import Transaction

Thing = TypeVar("Thing")
LEADS = frozenset({Role.LEAD, Role.ADMIN})
"""Who hears what doesn't reach a worker."""


@dataclass(frozen=True)
class Desk:
    """A worker at one of their cases."""

    worker: Worker
    case: Case


@dataclass(frozen=True)
class Meeting:
    """A worker at a meeting of one of their cases."""

    worker: Worker
    case: Case
    session: Session


@dataclass(frozen=True)
class Alerted:
    """A worker at an alert: one of the case, or (`stands_in`) the deputy to whom it was passed on."""

    worker: Worker
    case: Case
    alert: Alert
    stands_in: bool


async def access_worker(db: Transaction, person: Person) -> Worker:
    """The worker that this person is now; while a rater has their phone in the hand it is nobody's desk."""
    if person.in_hands_of is not None:
        raise Refusal(Reason.NOT_HERE)
    return _found(await storage.workers.of_person(db, person.id))


async def access_lead(db: Transaction, person: Person) -> Worker:
    """The lead or admin that this person is now."""
    worker = await access_worker(db, person)
    if worker.role not in LEADS:
        raise Refusal(Reason.NOT_HERE)
    return worker


async def access_case(
    db: Transaction, person: Person, case_id: str, *, state: CaseState = CaseState.OPEN, hold: bool = True
) -> Desk:
    """A case of this worker's, in this state."""
    if hold:
        await storage.cases.hold(db, case_id)
    worker = await access_worker(db, person)
    case = _found(await storage.cases.get(db, case_id))
    if case.state is not state or not await storage.cases.is_worker_of(db, worker.id, case_id):
        raise Refusal(Reason.NOT_HERE)
    return Desk(worker, case)


async def access_kept_case(db: Transaction, person: Person, case_id: str) -> Desk:
    """An open or a closed case of this worker's, to be looked at and no more."""
    case = _found(await storage.cases.get(db, case_id))
    state = CaseState.CLOSED if case.state is CaseState.CLOSED else CaseState.OPEN
    return await access_case(db, person, case_id, state=state, hold=False)


async def access_kept_rater(db: Transaction, person: Person, rater_id: str) -> tuple[Desk, Rater]:
    """A rater in such a case."""
    rater = _found(await storage.cases.rater(db, rater_id))
    return await access_kept_case(db, person, rater.case_id), rater


async def access_session(db: Transaction, person: Person, session_id: str, *, hold: bool = True) -> Meeting:
    """A meeting in a case of this worker's."""
    if hold:
        await storage.cases.hold_of_session(db, session_id)
    session = _found(await storage.sessions.get(db, session_id))
    desk = await access_case(db, person, session.case_id, hold=False)
    return Meeting(desk.worker, desk.case, session)


async def access_plan(db: Transaction, person: Person, plan_id: str, *, hold: bool = True) -> tuple[Desk, Plan]:
    """A meeting that is planned, or being planned, in a case of this worker's."""
    if hold:
        await storage.cases.hold_of_plan(db, plan_id)
    plan = _found(await storage.plans.get(db, plan_id))
    return await access_case(db, person, plan.case_id, hold=False), plan


async def access_case_rater(db: Transaction, person: Person, rater_id: str, *, hold: bool = True) -> tuple[Desk, Rater]:
    """A rater in a case of this worker's."""
    if hold:
        await storage.cases.hold_of_rater(db, rater_id)
    rater = _found(await storage.cases.rater(db, rater_id))
    return await access_case(db, person, rater.case_id, hold=False), rater


async def access_subject(
    db: Transaction, person: Person, subject_id: str, *, hold: bool = True
) -> tuple[Desk, Subject]:
    """Somebody whom a case of this worker's is about."""
    subject = _found(await storage.ages.subject(db, subject_id))
    desk = await access_case(db, person, subject.case_id, hold=hold)
    return desk, _found(next((each for each in desk.case.subjects if each.id == subject_id), None))


async def access_alert(db: Transaction, person: Person, number: int, *, hold: bool = True) -> Alerted:
    """An alert in a case of this worker's, or one that was passed on to them as somebody's deputy."""
    alert = _found(await storage.alerts.get(db, number))
    if hold:
        await storage.cases.hold(db, alert.case_id)
        alert = _found(await storage.alerts.get(db, number))
    worker = await access_worker(db, person)
    case = _found(await storage.cases.get(db, alert.case_id))
    its = await storage.cases.is_worker_of(db, worker.id, case.id)
    stands_in = not its and alert.passed_to == worker.id and await storage.workers.stands_in(db, worker, case.id)
    if case.state is CaseState.CLOSED or not (its or stands_in):
        raise Refusal(Reason.NOT_HERE)
    return Alerted(worker, case, alert, stands_in)


async def access_event(db: Transaction, person: Person, event_id: str) -> tuple[Desk, Event]:
    """An event on the time line of a case of this worker's."""
    event = _found(await storage.events.get(db, event_id))
    desk = await access_case(db, person, event.case_id)
    return desk, _found(await storage.events.get(db, event_id))


async def access_own_case(db: Transaction, person: Person, case_id: str, *, hold: bool = True) -> Desk:
    """A case that is this worker's own: who stands in for somebody doesn't decide whose it is."""
    desk = await access_case(db, person, case_id, hold=hold)
    if not await storage.cases.has(db, desk.worker.id, case_id):
        raise Refusal(Reason.NOT_HERE)
    return desk


async def access_offer(
    db: Transaction, person: Person, offer_id: str, *, now: datetime, hold: bool = True
) -> tuple[Worker, Offer]:
    """An offer that waits for this worker's answer, of somebody whose case it still is."""
    offer = _found(await storage.offers.get(db, offer_id))
    if hold:
        await storage.cases.hold(db, offer.case_id)
        offer = _found(await storage.offers.get(db, offer_id))
    worker = await access_worker(db, person)
    if offer.to_id == worker.id and offer.answered_at and await storage.cases.has(db, worker.id, offer.case_id):
        raise Refusal(Reason.NO_LONGER)
    waiting = await storage.offers.to_worker(db, worker.id, now=now)
    case = _found(await storage.cases.get(db, offer.case_id))
    if case.state is not CaseState.OPEN:
        raise Refusal(Reason.NOT_HERE)
    return worker, _found(next((each for each in waiting if each.id == offer_id), None))


async def access_rater(db: Transaction, person: Person, rater_id: str, *, hold: bool = True) -> tuple[Case, Rater]:
    """A place in a case where this person rates."""
    if hold:
        await storage.cases.hold_of_rater(db, rater_id)
    rater = _found(await storage.cases.rater(db, rater_id))
    case = _found(await storage.cases.get(db, rater.case_id))
    if not case.is_answered_by(rater, person) or case.state is CaseState.CLOSED:
        raise Refusal(Reason.NOT_HERE)
    return case, rater


async def access_case_of_draft(db: Transaction, person: Person, draft: Draft) -> tuple[Case, Rater]:
    """The case that a draft of this person's is in, and who they are there. It has come in by its own door before."""
    case = _found(await storage.cases.get(db, draft.case_id))
    rater = _found(next((each for each in case.raters if each.id == draft.rater_id), None))
    if not case.is_answered_by(rater, person) or case.state is CaseState.CLOSED:
        raise Refusal(Reason.NOT_HERE)
    return case, rater


async def access_draft(db: Transaction, person: Person, draft_id: str, *, hold: bool = True) -> Draft:
    """This person's own draft."""
    if hold:
        await storage.cases.hold_of_draft(db, draft_id)
    return _found(await storage.drafts.of_person(db, person, draft_id))


async def access_case_draft(
    db: Transaction, person: Person, draft_id: str, *, hold: bool = True
) -> tuple[Desk, Rater, Draft]:
    """What a worker of the case writes down for a rater, or has written down; never what somebody gives themself."""
    if hold:
        await storage.cases.hold_of_draft(db, draft_id)
    draft = _found(await storage.drafts.get(db, draft_id))
    desk = await access_case(db, person, draft.case_id, hold=False)
    if not draft.is_entered:
        raise Refusal(Reason.NOT_HERE)
    return desk, desk.case.rater(draft.rater_id), draft


async def access_case_rating(
    db: Transaction, person: Person, draft_id: str, *, hold: bool = True
) -> tuple[Desk, Rater, Rating]:
    """A rating in a case of this worker's, however it was given."""
    if hold:
        await storage.cases.hold_of_draft(db, draft_id)
    rating = _found(await storage.ratings.of_draft(db, draft_id))
    desk = await access_case(db, person, rating.case_id, hold=False)
    return desk, desk.case.rater(rating.rater_id), rating


def _found(thing: Thing | None) -> Thing:
    if thing is None:
        raise Refusal(Reason.NOT_HERE)
    return thing
