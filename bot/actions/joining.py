"""How people come in: by a personal invitation (single use), or by a worker's code and the worker's yes."""

import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import storage
from bot.actions import meetings
from bot.actions.access import access_case, access_case_rater
from bot.actions.cases import free_label
from bot.actions.telling import tell_workers
from bot.domain.cases import Case, CaseState, Rater
from bot.domain.codes import ALPHABET, TYPED_LENGTH, link_token, typed_code, worker_code
from bot.domain.errors import Reason, Refusal
from bot.domain.labels import label
from bot.domain.letters import LetterKind
from bot.domain.people import AgeBand, Kind, Person, Role, Worker
from storage import Transaction
from storage.invitations import Invitation

INVITATION_DAYS = 7
LINK_BYTES = 16
TRIES = 5
TRIES_OF_ALL = 200
TRIES_WITHIN = timedelta(minutes=15)
WAITING_AT_MOST = 3


@dataclass(frozen=True)
class Secrets:
    """A fresh invitation, for the one who hands it on: the token of the link, and the code to type."""

    link: str
    code: str


@dataclass(frozen=True)
class Offer:
    """An invitation that was opened and not yet taken: `rater` says as whom, `worker` by whom."""

    secret: str
    case: Case
    rater: Rater
    worker: Worker


@dataclass(frozen=True)
class Joined:
    """A rater who has just joined; a meeting may be going on."""

    case: Case
    rater: Rater
    meeting_open: bool


@dataclass(frozen=True)
class Asked:
    """Somebody who joined by worker code: both sides see the same two words (`case.check`)."""

    case: Case
    rater: Rater
    worker: Worker


# Inviting


async def invite_rater(db: Transaction, person: Person, rater_id: str, *, now: datetime) -> tuple[Case, Rater, Secrets]:
    """A new invitation for one rater who has no phone here yet; earlier ones for them end."""
    desk, rater = await access_case_rater(db, person, rater_id)
    if rater.joined:
        raise Refusal(Reason.ALREADY_JOINED)
    made = _fresh_secrets()
    until = now + timedelta(days=INVITATION_DAYS)
    await storage.invitations.add(db, rater_id=rater.id, link=made.link, code=made.code, now=now, until=until)
    return desk.case, rater, made


async def invite_worker(
    db: Transaction, *, team: str, code: str, role: Role | None, now: datetime
) -> tuple[Worker, Secrets]:
    """A one-time invitation to become this worker; team and worker are made where there are none.

    Raises:
        ValueError: the code is another team's already; says whose.
    """
    worker = await storage.workers.by_code(db, code)
    if worker is None:
        worker = await storage.workers.add(db, team=team, code=code, role=role or Role.WORKER, now=now)
    if worker.team != team:
        raise ValueError(f"{code} is a worker of team {worker.team}")
    if role is not None and role is not worker.role:
        worker = await storage.workers.change_role(db, worker, role)
    made = _fresh_secrets()
    until = now + timedelta(days=INVITATION_DAYS)
    await storage.invitations.add(db, worker_id=worker.id, link=made.link, code=made.code, now=now, until=until)
    return worker, made


def _fresh_secrets() -> Secrets:
    """128 random bits in the link; ten characters to type, at least one of them a digit that isn't read as a letter."""
    code = ""
    while not any(letter in "23456789" for letter in code):
        code = "".join(secrets.choice(ALPHABET) for _ in range(TYPED_LENGTH))
    return Secrets(secrets.token_urlsafe(LINK_BYTES), code)


# Opening


async def read_code(db: Transaction, person: Person, text: str, *, now: datetime) -> Offer | Worker | Reason:
    """What a typed or linked code stands for. Nothing is used up by looking.

    An Offer to become a rater; the Worker who was named by code, or whom this person has just become; else the reason.
    Wrong, used and expired are one reason and take the same time.
    """
    if await _tried_too_often(db, person, now=now):
        return Reason.WAIT
    invitation = await _invitation(db, text, now=now)
    if invitation is not None:
        return await _opened(db, person, text, invitation, now=now)
    code = worker_code(text)
    worker = await storage.workers.by_code(db, code) if code else None
    if worker is not None:
        return worker
    before = await _came_in_by(db, person, text)
    if before is not None:
        return before
    await storage.invitations.note_wrong(db, person.id, now=now)
    return Reason.CODE


async def find_worker(db: Transaction, person: Person, code: str, *, now: datetime) -> Worker | Reason:
    """The worker whose code a button names. A wrong one counts like one that was typed."""
    if await _tried_too_often(db, person, now=now):
        return Reason.WAIT
    worker = await storage.workers.by_code(db, code)
    if worker is None:
        await storage.invitations.note_wrong(db, person.id, now=now)
    return worker or Reason.CODE


async def _came_in_by(db: Transaction, person: Person, text: str) -> Worker | Reason | None:
    """An invitation that this person has used themself isn't wrong for them; for anybody else it is."""
    used = await storage.invitations.used(db, link=link_token(text), code=typed_code(text))
    if used is None:
        return None
    if used.worker_id is not None:
        worker = await storage.workers.get(db, used.worker_id)
        return worker if worker is not None and worker.person_id == person.id else None
    rater = await storage.cases.rater(db, used.rater_id or "")
    return Reason.ALREADY_JOINED if rater is not None and rater.person_id == person.id else None


async def _tried_too_often(db: Transaction, person: Person, *, now: datetime) -> bool:
    since = now - TRIES_WITHIN
    own = await storage.invitations.wrong_tries(db, since=since, person_id=person.id)
    return own >= TRIES or await storage.invitations.wrong_tries(db, since=since) >= TRIES_OF_ALL


async def _invitation(db: Transaction, text: str, *, now: datetime) -> Invitation | None:
    link, code = link_token(text), typed_code(text)
    found = await storage.invitations.find(db, link=link, now=now) if link else None
    return found or (await storage.invitations.find(db, code=code, now=now) if code else None)


async def _opened(
    db: Transaction, person: Person, secret: str, invitation: Invitation, *, now: datetime
) -> Offer | Worker | Reason:
    if invitation.rater_id is not None:
        return await _offer(db, person, typed_code(secret) or secret, invitation.rater_id)
    worker = await storage.workers.get(db, invitation.worker_id or "")
    present = await storage.workers.of_person(db, person.id)
    if worker is None:
        return Reason.CODE
    if present is not None and present.id != worker.id:
        return Reason.ALREADY_WORKER
    if not await storage.invitations.take(db, invitation, now=now):
        return Reason.CODE
    await storage.workers.set_person(db, worker.id, person.id)
    return replace(worker, person_id=person.id)


async def _offer(db: Transaction, person: Person, secret: str, rater_id: str) -> Offer | Reason:
    rater = await storage.cases.rater(db, rater_id)
    case = await storage.cases.get(db, rater.case_id) if rater else None
    if rater is None or case is None or case.state is not CaseState.OPEN:
        return Reason.CODE
    workers = await storage.workers.of_case(db, case.id)
    if not workers:
        return Reason.CODE
    if any(worker.person_id == person.id for worker in workers):
        return Reason.OWN_INVITATION
    if any(each.person_id == person.id for each in case.raters):
        return Reason.ALREADY_JOINED
    return Offer(secret, case, rater, workers[0])


# Joining by invitation


async def take_invitation(db: Transaction, person: Person, secret: str, *, now: datetime) -> Joined | Reason:
    """The person has read who sees what, and says yes: the invitation is used up, the case's workers are told."""
    offer = await read_code(db, person, secret, now=now)
    if isinstance(offer, Worker) and offer.person_id == person.id:
        raise Refusal(Reason.CODE)
    if not isinstance(offer, Offer):
        return offer if isinstance(offer, Reason) else Reason.CODE
    invitation = await _invitation(db, secret, now=now)
    taken = invitation is not None and await storage.invitations.take(db, invitation, now=now)
    if not taken or not await storage.cases.join(db, offer.rater.id, person.id):
        raise Refusal(Reason.CODE)
    about = {"case": offer.case.id, "rater": offer.rater.id}
    await tell_workers(
        db, offer.case.id, LetterKind.JOINED, about, but=person, key=offer.rater.id + storage.new_id(), now=now
    )
    newest = await storage.sessions.newest(db, offer.case.id)
    return Joined(offer.case, offer.rater, newest is not None and newest.ended_at is None)


# Joining by worker code


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
    return (await access_case(db, person, case_id, state=CaseState.ASKED)).case


async def accept(db: Transaction, person: Person, case_id: str, *, now: datetime) -> Case:
    """Yes, a new case. Said a second time it is that case already."""
    if await _has_open(db, person, case_id):
        raise Refusal(Reason.NO_LONGER)
    desk = await access_case(db, person, case_id, state=CaseState.ASKED)
    if not await storage.cases.open_asked(db, case_id):
        raise Refusal(Reason.NO_LONGER)
    await _answer(db, desk.case.raters[0].person_id, LetterKind.ACCEPTED, desk.worker, key=case_id, now=now)
    return desk.case


async def _has_open(db: Transaction, person: Person, case_id: str) -> bool:
    """Whether it is an open case of this worker's."""
    try:
        await access_case(db, person, case_id)
    except Refusal:
        return False
    return True


async def attach(
    db: Transaction, person: Person, asked_id: str, case_id: str, rater_id: str | None, *, now: datetime
) -> Case:
    """Yes, and they belong to a case that is there: as a rater without a phone, or (None) as somebody new in it."""
    desk = await access_case(db, person, asked_id, state=CaseState.ASKED)
    case = (await access_case(db, person, case_id)).case
    newcomer = desk.case.raters[0]
    if any(each.person_id == newcomer.person_id for each in case.raters):
        raise Refusal(Reason.ALREADY_JOINED)
    band = desk.case.subjects[0].band
    place = await _place(db, case, newcomer, rater_id, band, now=now)
    about = next((each for each in case.about(band) if each.id in place.subject_ids), None)
    await storage.cases.give_to(db, newcomer, place, subject_id=about.id if about else place.subject_ids[0])
    await storage.cases.erase(db, asked_id)
    if newcomer.person_id is None or not await storage.cases.join(db, place.id, newcomer.person_id):
        raise Refusal(Reason.NO_LONGER)
    await _answer(db, newcomer.person_id, LetterKind.ACCEPTED, desk.worker, key=asked_id, now=now)
    guest = await storage.people.get(db, newcomer.person_id)
    await meetings.take_in(db, guest or person, replace(place, person_id=newcomer.person_id), now=now)
    return case


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
