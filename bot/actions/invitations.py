"""Invitations: made for one person, opened without being used, taken once; and the codes that people type.

A worker's code is a name and opens nothing. An invitation is a secret: personal, single use, with an end.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import storage
from bot.actions import new_phone
from bot.actions.access import access_case_rater
from bot.actions.telling import tell_workers
from bot.domain.cases import Case, CaseState, Rater
from bot.domain.codes import ALPHABET, TYPED_LENGTH, link_token, typed_code, worker_code
from bot.domain.errors import Reason, Refusal
from bot.domain.letters import LetterKind, Place, PlaceKind
from bot.domain.people import Person, Role, Worker
from storage import Transaction
from storage.invitations import Invitation

INVITATION_DAYS = 7
LINK_BYTES = 16
TRIES = 5
TRIES_OF_ALL = 200
TRIES_WITHIN = timedelta(minutes=15)


@dataclass(frozen=True)
class Secrets:
    """A fresh invitation, for the one who hands it on: the token of the link, and the code to type.

    `id` is no secret: by it the message is found again that shows the two.
    """

    link: str = field(repr=False)
    code: str = field(repr=False)
    id: str = ""


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


# Inviting


async def invite_instead(
    db: Transaction, person: Person, rater_id: str, ends: str | None, *, now: datetime
) -> tuple[Case, Rater, Secrets]:
    """A new invitation, where this one (None: none) is open: a second tap ends none that has been handed on."""
    _, rater = await access_case_rater(db, person, rater_id)
    if not rater.joined:
        await _must_be_open(db, rater, ends, now=now)
    return await invite_rater(db, person, rater_id, now=now)


async def invite_rater(db: Transaction, person: Person, rater_id: str, *, now: datetime) -> tuple[Case, Rater, Secrets]:
    """A new invitation for one rater who has no phone here yet; earlier ones for them end."""
    desk, rater = await access_case_rater(db, person, rater_id)
    if rater.joined:
        raise Refusal(Reason.ALREADY_JOINED)
    if rater.ended_at is not None or rater.is_guess or not rater.own_phone:
        raise Refusal(Reason.NO_LONGER)
    return desk.case, rater, await _invite(db, person, rater.id, now=now)


async def _invite(db: Transaction, person: Person, rater_id: str, *, now: datetime) -> Secrets:
    """When its time is over, the message that shows it is emptied; those of earlier ones are at once."""
    earlier = await storage.invitations.withdraw(db, rater_id, now=now)
    made, until = _fresh_secrets(), now + timedelta(days=INVITATION_DAYS)
    id = await storage.invitations.add(db, rater_id=rater_id, link=made.link, code=made.code, now=now, until=until)
    await empty_messages(db, rater_id, earlier, now=now)
    await storage.outbox.put(
        db, LetterKind.INVITATION, person.id, _shown(id, rater_id), key=f"{id}:until", now=now, not_before=until
    )
    return replace(made, id=id)


def _shown(invitation_id: str, rater_id: str) -> dict[str, str]:
    return {"invitation": invitation_id, "rater": rater_id}


async def empty_messages(db: Transaction, rater_id: str, ids: Sequence[str], *, now: datetime) -> None:
    """Wherever an invitation is shown that has ended, its secrets go from the screen."""
    for id in ids:
        for person_id in await storage.places.holders(db, Place(PlaceKind.INVITATION, id)):
            about = _shown(id, rater_id)
            await storage.outbox.put(db, LetterKind.INVITATION, person_id, about, key=f"{id}:ended", now=now)


async def withdraw(db: Transaction, person: Person, rater_id: str, invitation_id: str, *, now: datetime) -> None:
    """The invitation that is open for this rater can't be taken any more; not one that was made since."""
    _, rater = await access_case_rater(db, person, rater_id)
    await _must_be_open(db, rater, invitation_id, now=now)
    await empty_messages(db, rater.id, await storage.invitations.withdraw(db, rater.id, now=now), now=now)


async def _must_be_open(db: Transaction, rater: Rater, invitation_id: str | None, *, now: datetime) -> None:
    """What a button was made on: this open invitation, or (None) no open one."""
    found = (await storage.invitations.open_for(db, [rater.id], now=now)).get(rater.id)
    if (found.id if found else None) != invitation_id:
        raise Refusal(Reason.NO_LONGER)


async def shown_at(db: Transaction, person: Person, rater_id: str, *, now: datetime) -> int | None:
    """The message of this chat that shows the rater's open invitation: it goes, the invitation stays open."""
    await access_case_rater(db, person, rater_id, hold=False)
    found = (await storage.invitations.open_for(db, [rater_id], now=now)).get(rater_id)
    return await storage.places.find(db, person.id, Place(PlaceKind.INVITATION, found.id)) if found else None


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
    await storage.workers.hold(db, worker.id)
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


async def opens_a_desk(db: Transaction, person: Person, text: str, *, now: datetime) -> bool:
    """Take an invitation of a worker, if it is a fresh one; whatever else somebody types or opens is left alone.

    For a phone that is in somebody's hands. What looks like a code and is none counts as a wrong one.
    """
    if not (link_token(text) or typed_code(text)) or await _tried_too_often(db, person, now=now):
        return False
    invitation = await _invitation(db, text, now=now)
    if invitation is None:
        await storage.invitations.note_wrong(db, person.id, now=now)
        return False
    if invitation.worker_id is None:
        return False
    return isinstance(await _opened(db, person, text, invitation, now=now), Worker)


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
    await new_phone.comes(db, worker, person, now=now)
    return replace(worker, person_id=person.id)


async def _offer(db: Transaction, person: Person, secret: str, rater_id: str) -> Offer | Reason:
    await storage.cases.hold_of_rater(db, rater_id)
    rater = await storage.cases.rater(db, rater_id)
    case = await storage.cases.get(db, rater.case_id) if rater else None
    if rater is None or rater.ended_at is not None or case is None or case.state is not CaseState.OPEN:
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
    if invitation is None or not taken or not await storage.cases.join(db, offer.rater.id, person.id):
        raise Refusal(Reason.CODE)
    await empty_messages(db, offer.rater.id, [invitation.id], now=now)
    about = {"case": offer.case.id, "rater": offer.rater.id}
    await tell_workers(
        db, offer.case.id, LetterKind.JOINED, about, but=person, key=offer.rater.id + storage.new_id(), now=now
    )
    newest = await storage.sessions.newest(db, offer.case.id)
    return Joined(offer.case, offer.rater, newest is not None and newest.ended_at is None)
