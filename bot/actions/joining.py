"""Joining by a worker's code: somebody asks, rates at once if they like, and the worker says yes or no.

Until then they are in a case of their own, ASKED, that holds what they give.
"""

import secrets
from dataclasses import dataclass, replace
from datetime import datetime

import storage
from bot.actions import alerts, meetings
from bot.actions.access import access_case
from bot.actions.asked_anew import ask_anew
from bot.actions.cases import free_label
from bot.actions.invitations import find_worker
from bot.actions.telling import tell_workers
from bot.domain.attachments import Attachment
from bot.domain.cases import Case, CaseState, Rater
from bot.domain.errors import Reason, Refusal
from bot.domain.labels import label
from bot.domain.letters import LetterKind
from bot.domain.people import AgeBand, Kind, Person, Worker
from bot.domain.weighing import WEIGHING, Weighing
from storage import Transaction

WAITING_AT_MOST = 3


@dataclass(frozen=True)
class Asked:
    """Somebody who joined by worker code: both sides see the same two words (`case.check`)."""

    case: Case
    rater: Rater
    worker: Worker


@dataclass(frozen=True)
class Attached:
    """Who has joined by worker code is this rater of the case now."""

    case: Case
    rater: Rater
    attachment: Attachment


# Asking


async def ask_to_join(
    db: Transaction, person: Person, code: str, kind: Kind, band: AgeBand, *, now: datetime
) -> Asked | Reason:
    """The person says who they are and accepts; the worker is asked. `band` is the subject's age.

    They may rate at once: it is kept in a case of its own, tied to the worker's code, until the worker has decided.
    Asked again while they wait, it is the same request.
    """
    worker = await find_worker(db, person, code, now=now)
    if isinstance(worker, Reason):
        return worker
    waiting = await _waits_for(db, person, worker)
    if waiting is not None:
        return Asked(waiting, waiting.raters[0], worker)
    refused = await _mayn_t_ask(db, person, worker)
    if refused is not None:
        return refused
    case = await _case_to_decide(db, person, worker, kind, band, now=now)
    key = case.id
    await tell_workers(db, case.id, LetterKind.ASKED_TO_JOIN, {"case": case.id}, but=person, key=key, now=now)
    return Asked(case, case.raters[0], worker)


async def _waits_for(db: Transaction, person: Person, worker: Worker) -> Case | None:
    asked = await storage.cases.of_worker(db, worker.id, CaseState.ASKED)
    return next((each for each in asked if each.raters[0].person_id == person.id), None)


async def _mayn_t_ask(db: Transaction, person: Person, worker: Worker) -> Reason | None:
    if worker.person_id == person.id:
        return Reason.OWN_INVITATION
    waiting = 0
    for rater in await storage.cases.raters_of_person(db, person.id):
        if await storage.cases.is_worker_of(db, worker.id, rater.case_id):
            return Reason.ALREADY_JOINED
        case = await storage.cases.get(db, rater.case_id)
        waiting += case is not None and case.state is CaseState.ASKED
    return Reason.WAIT if waiting >= WAITING_AT_MOST else None


async def _case_to_decide(
    db: Transaction, person: Person, worker: Worker, kind: Kind, band: AgeBand, *, now: datetime
) -> Case:
    speaker = await storage.people.get(db, worker.person_id) if worker.person_id else None
    language = speaker.language if speaker else person.language
    name, check = await free_label(db, worker.id, language), label(language, secrets.randbits(64))
    case_id = await storage.cases.add(db, worker_id=worker.id, label=name, state=CaseState.ASKED, check=check, now=now)
    subject = await storage.cases.add_subject(db, case_id, band, now=now)
    own_band = band if kind is Kind.CLIENT else AgeBand.ADULT
    rater = Rater(storage.new_id(), case_id, kind, own_band, (subject.id,), person.id)
    await storage.cases.add_rater(db, rater, now=now)
    case = await storage.cases.get(db, case_id)
    assert case is not None, "the case was added in this transaction"
    return case


# The worker's answer


async def show_asked(db: Transaction, person: Person, case_id: str) -> Case:
    """Somebody who waits for this worker's yes."""
    return (await access_case(db, person, case_id, state=CaseState.ASKED, hold=False)).case


async def accept(db: Transaction, person: Person, case_id: str, *, now: datetime) -> Case:
    """Yes, a new case. Said a second time it is that case already."""
    if await _has_open(db, person, case_id):
        raise Refusal(Reason.NO_LONGER)
    desk = await access_case(db, person, case_id, state=CaseState.ASKED)
    if not await storage.cases.open_asked(db, case_id):
        raise Refusal(Reason.NO_LONGER)
    await _answer(db, desk.case.raters[0].person_id, LetterKind.ACCEPTED, desk.worker, key=case_id, now=now)
    await alerts.tell_after_yes(db, await storage.alerts.of_case(db, case_id), desk.worker, now=now)
    return desk.case


async def _has_open(db: Transaction, person: Person, case_id: str) -> bool:
    """Whether it is an open case of this worker's."""
    try:
        await access_case(db, person, case_id)
    except Refusal:
        return False
    return True


async def attach(
    db: Transaction,
    person: Person,
    asked_id: str,
    case_id: str,
    rater_id: str | None,
    *,
    weighing: Weighing = WEIGHING,
    now: datetime,
) -> Attached:
    """Yes, and they belong to a case that is there: as a rater without a phone, or (None) as somebody new in it.

    For a week it can be undone (attaching.py).
    """
    await storage.cases.hold(db, asked_id, case_id)
    desk = await access_case(db, person, asked_id, state=CaseState.ASKED, hold=False)
    case = (await access_case(db, person, case_id, hold=False)).case
    newcomer = desk.case.raters[0]
    if any(each.person_id == newcomer.person_id for each in case.raters):
        raise Refusal(Reason.ALREADY_JOINED)
    band = desk.case.subjects[0].band
    place = await _place(db, case, newcomer, rater_id, band, now=now)
    raised = await storage.alerts.of_case(db, asked_id)
    attachment = Attachment(
        storage.new_id(), case.id, place.id, desk.worker.id, band, new_place=rater_id is None, at=now
    )
    await storage.attachments.add(db, attachment)
    await storage.attachments.mark(db, newcomer.id, attachment.id)
    for subject in desk.case.subjects:
        await storage.cases.turn_to(db, newcomer, subject.id, _whom(case, newcomer, place, subject.band))
    await storage.cases.give_to(db, newcomer, place)
    await storage.cases.erase(db, asked_id)
    if newcomer.person_id is None or not await storage.cases.join(db, place.id, newcomer.person_id):
        raise Refusal(Reason.NO_LONGER)
    await _answer(db, newcomer.person_id, LetterKind.ACCEPTED, desk.worker, key=asked_id, now=now)
    await alerts.tell_after_yes(db, raised, desk.worker, now=now)
    guest = await storage.people.get(db, newcomer.person_id)
    rater = replace(place, person_id=newcomer.person_id)
    await ask_anew(db, await _as_it_is(db, case), now=now)
    await meetings.take_in(db, guest or person, rater, weighing=weighing, now=now)
    return Attached(case, rater, attachment)


async def _as_it_is(db: Transaction, case: Case) -> Case:
    return await storage.cases.get(db, case.id) or case


def _whom(case: Case, newcomer: Rater, place: Rater, band: AgeBand) -> str:
    """Whom of the case they have rated: themself, else one of the age that they said."""
    if newcomer.kind is Kind.CLIENT and place.own_subject_id is not None:
        return place.own_subject_id
    about = (each.id for each in case.about(band) if each.id in place.subject_ids)
    return next(about, place.subject_ids[0])


async def _place(
    db: Transaction, case: Case, newcomer: Rater, rater_id: str | None, band: AgeBand, *, now: datetime
) -> Rater:
    """The rater that the newcomer turns out to be: one without a phone, or a new one with a subject of its own."""
    if rater_id is not None:
        return _chosen(case, newcomer, rater_id)
    new = [await storage.cases.add_subject(db, case.id, band, now=now)] if newcomer.kind is Kind.CLIENT else []
    about = tuple(each.id for each in new or case.about(band))
    rater = Rater(storage.new_id(), case.id, newcomer.kind, newcomer.band, about, None)
    await storage.cases.add_rater(db, rater, now=now)
    return rater


def _chosen(case: Case, newcomer: Rater, rater_id: str) -> Rater:
    free = [each for each in case.free_places(newcomer) if each.id == rater_id]
    if not free:
        raise Refusal(Reason.NO_LONGER)
    return free[0]


async def not_mine(db: Transaction, person: Person, case_id: str, *, now: datetime) -> None:
    """No: what they have given is erased, and they are told kindly."""
    desk = await access_case(db, person, case_id, state=CaseState.ASKED)
    await _answer(db, desk.case.raters[0].person_id, LetterKind.NOT_MINE, desk.worker, key=case_id, now=now)
    await storage.cases.erase(db, case_id)


async def _answer(
    db: Transaction, person_id: str | None, kind: LetterKind, worker: Worker, *, key: str, now: datetime
) -> None:
    if person_id is not None:
        await storage.outbox.put(db, kind, person_id, {"worker": worker.id}, key=key, now=now)
