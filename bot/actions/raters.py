"""The people of a case, one by one: who they are, from which phone they answer, and that they no longer do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b

import storage
from bot.actions import attaching, invitations
from bot.actions.access import access_case, access_case_rater
from bot.actions.invitations import Secrets
from bot.actions.telling import freshen_card
from bot.domain.acts import Act
from bot.domain.attachments import Attachment
from bot.domain.cases import AddedRole, Case, Rater, Subject
from bot.domain.errors import Reason, Refusal
from bot.domain.letters import LetterKind
from bot.domain.people import Kind, Person
from storage import Transaction
from storage.invitations import OpenInvitation


@dataclass(frozen=True)
class PeopleView:
    """Who is in a case. `invited`: whose invitation is open; `gone`: ids of people who can't be written to."""

    case: Case
    invited: Mapping[str, OpenInvitation]
    gone: frozenset[str]


@dataclass(frozen=True)
class RaterView:
    """One rater: until when their invitation is open, in which language they read, how they came.

    `reads`: of their phone, or what was chosen for them; None: the worker's own. `attached`: by which attachment they
    came, while it can be undone. `undoable`: a second role in which nobody was asked anything yet.
    """

    case: Case
    rater: Rater
    invited: OpenInvitation | None = None
    reads: str | None = None
    reachable: bool = True
    attached: Attachment | None = None
    undoable: AddedRole | None = None


async def people(db: Transaction, person: Person, case_id: str, *, now: datetime) -> PeopleView:
    case = (await access_case(db, person, case_id, hold=False)).case
    invited = await storage.invitations.open_for(db, [each.id for each in case.raters], now=now)
    gone = await storage.people.gone_among(db, [each.person_id for each in case.raters if each.person_id])
    return PeopleView(case, invited, gone)


async def view(db: Transaction, person: Person, rater_id: str, *, now: datetime) -> RaterView:
    desk, rater = await access_case_rater(db, person, rater_id, hold=False)
    invited = await storage.invitations.open_for(db, [rater.id], now=now)
    reader = await storage.people.get(db, rater.person_id) if rater.person_id else None
    gone = await storage.people.gone_among(db, [reader.id] if reader else [])
    return RaterView(
        case=desk.case,
        rater=rater,
        invited=invited.get(rater.id),
        reads=reader.language if reader else rater.language,
        reachable=not gone,
        attached=await attaching.undoable(db, rater, now=now),
        undoable=await storage.raters.added_role(db, rater.id),
    )


# About whom


def can_be_about(case: Case, rater: Rater) -> Sequence[Subject]:
    """Whom they may be asked about, besides themself: the children of the case, and whom they are asked about now."""
    asked = (each for each in case.subjects if each in case.rated_by_others or each.id in rater.subject_ids)
    return () if rater.kind is Kind.CLIENT else tuple(each for each in asked if each.id != rater.own_subject_id)


async def choose_about(
    db: Transaction, person: Person, rater_id: str, subject_id: str, *, asked: bool, now: datetime
) -> RaterView:
    """Whether they are asked about this subject. About one at least somebody has to be."""
    desk, rater = await access_case_rater(db, person, rater_id)
    possible = [each.id for each in can_be_about(desk.case, rater)]
    if subject_id not in possible or rater.ended_at is not None:
        raise Refusal(Reason.NOT_HERE)
    if not asked and set(rater.subject_ids) <= {subject_id}:
        raise Refusal(Reason.ABOUT_SOMEBODY)
    if asked:
        await storage.raters.rate(db, rater.id, subject_id)
    else:
        await stop_asking(db, rater, subject_id, now=now)
    return await view(db, person, rater_id, now=now)


async def stop_asking(db: Transaction, rater: Rater, subject_id: str, *, now: datetime) -> None:
    """About this subject: what they haven't answered yet isn't asked any more, what they have given stays."""
    if await storage.raters.no_longer_rate(db, rater.id, subject_id):
        await _close_drafts(db, rater, subject_id, now=now)


async def _close_drafts(db: Transaction, rater: Rater, subject_id: str | None, *, now: datetime) -> None:
    """Kindly: where one stands on a screen, it says there that it isn't asked any more."""
    await storage.drafts.close_open(db, rater.id, subject_id=subject_id)
    case = await storage.cases.get(db, rater.case_id)
    reader = case.answers_for(rater).person_id if case else None
    for draft_id in await storage.places.drafts_of_rater(db, reader, rater.id) if reader else ():
        key = f"{draft_id}:{int(now.timestamp() * 1000)}"
        await storage.outbox.put(db, LetterKind.CLOSED, reader or "", {"draft": draft_id}, key=key, now=now)
    newest = await storage.sessions.newest(db, rater.case_id)
    await freshen_card(db, newest.id if newest else None, by=None, now=now)


# From which phone


async def say_phone(db: Transaction, person: Person, rater_id: str, *, own: bool, now: datetime) -> RaterView:
    """Who has none here answers on the worker's phone, aloud or on paper; an invitation for them ends."""
    _, rater = await present_rater(db, person, rater_id)
    if not await storage.raters.say_phone(db, rater.id, own=own):
        raise Refusal(Reason.NO_LONGER)
    if not own:
        await _end_invitations(db, rater, now=now)
    return await view(db, person, rater_id, now=now)


async def present_rater(db: Transaction, person: Person, rater_id: str) -> tuple[Case, Rater]:
    """A rater who takes part, themself; who doesn't any more has to be taken back first."""
    desk, rater = await access_case_rater(db, person, rater_id)
    if rater.ended_at is not None or rater.is_guess:
        raise Refusal(Reason.NO_LONGER)
    return desk.case, rater


async def _end_invitations(db: Transaction, rater: Rater, *, now: datetime) -> None:
    ids = await storage.invitations.withdraw(db, rater.id, now=now)
    await invitations.empty_messages(db, rater.id, ids, now=now)


async def say_language(db: Transaction, person: Person, rater_id: str, language: str, *, now: datetime) -> RaterView:
    """What they read on the worker's phone, and what is sent along with their invitation."""
    _, rater = await present_rater(db, person, rater_id)
    if rater.joined:
        raise Refusal(Reason.NO_LONGER)
    await storage.raters.say_language(db, rater.id, language)
    return await view(db, person, rater_id, now=now)


def phone_mark(rater: Rater) -> str:
    """Stands in a button for the phone that they have now: an old one must not throw out the next."""
    return blake2b((rater.person_id or "").encode(), digest_size=4).hexdigest()


async def replace_phone(
    db: Transaction, person: Person, rater_id: str, mark: str, *, now: datetime
) -> tuple[Case, Rater, Secrets]:
    """The phone is lost or another one: it is nobody's here at once, and what it gave stays. With a new invitation."""
    _, rater = await present_rater(db, person, rater_id)
    if rater.person_id is None or phone_mark(rater) != mark:
        raise Refusal(Reason.NO_LONGER)
    await let_phone_go(db, rater, now=now)
    worker = (await access_case_rater(db, person, rater_id, hold=False))[0].worker
    about = {"worker_id": worker.id, "case_id": rater.case_id, "about_id": rater.id}
    await storage.audit.note(db, Act.REPLACE_PHONE, **about, now=now)
    return await invitations.invite_rater(db, person, rater_id, now=now)


async def let_phone_go(db: Transaction, rater: Rater, *, now: datetime) -> None:
    """Its screens of this rater's answers are taken out of its chat."""
    if rater.person_id is None:
        return
    for draft_id in await storage.places.drafts_of_rater(db, rater.person_id, rater.id):
        key = f"{draft_id}:{int(now.timestamp() * 1000)}"
        await storage.outbox.put(db, LetterKind.TAKE_AWAY, rater.person_id, {"draft": draft_id}, key=key, now=now)
    if not await storage.raters.let_phone_go(db, rater.id, rater.person_id):
        raise Refusal(Reason.NO_LONGER)


# No longer, and again


async def end(db: Transaction, person: Person, rater_id: str, *, now: datetime) -> RaterView:
    """They are asked, invited and ticked nowhere any more; what they have given stays."""
    desk, rater = await access_case_rater(db, person, rater_id)
    if not await storage.raters.end(db, rater.id, now=now):
        raise Refusal(Reason.NO_LONGER)
    await _end_invitations(db, rater, now=now)
    for each in (rater, *desk.case.guesses_of(rater)):
        await _close_drafts(db, each, None, now=now)
    about = {"worker_id": desk.worker.id, "case_id": desk.case.id, "about_id": rater.id}
    await storage.audit.note(db, Act.END_RATER, **about, now=now)
    return await view(db, person, rater_id, now=now)


async def take_back(db: Transaction, person: Person, rater_id: str, *, now: datetime) -> RaterView:
    """They take part again, from the phone that they had; who is under six by now doesn't."""
    desk, rater = await access_case_rater(db, person, rater_id)
    if not rater.band.can_rate or not await storage.raters.take_back(db, rater.id):
        raise Refusal(Reason.NO_LONGER)
    about = {"worker_id": desk.worker.id, "case_id": desk.case.id, "about_id": rater.id}
    await storage.audit.note(db, Act.TAKE_RATER_BACK, **about, now=now)
    return await view(db, person, rater_id, now=now)
