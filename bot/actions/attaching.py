"""Undoing an attachment: whoever was taken for a rater of a case goes out again, with all that came by their phone.

They wait for the worker's yes anew, in a case of their own, and both see a new word and number.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import storage
from bot.actions.access import Desk, access_case_rater
from bot.actions.cases import free_label
from bot.actions.telling import freshen_card, tell_workers
from bot.domain.acts import Act
from bot.domain.attachments import Attachment
from bot.domain.cases import Case, CaseState, Rater
from bot.domain.errors import Reason, Refusal
from bot.domain.labels import label
from bot.domain.letters import LetterKind
from bot.domain.people import AgeBand, Kind, Person, Worker
from storage import Transaction


@dataclass(frozen=True)
class Undone:
    """The case of their own in which they wait again; the messages of the worker's chat that go with it."""

    case: Case
    pictures: Sequence[int]


async def undoable(db: Transaction, rater: Rater, *, now: datetime) -> Attachment | None:
    """By which attachment this rater's phone came, while that can be undone."""
    found = await storage.attachments.newest_of(db, rater.id) if rater.joined else None
    return found if found is not None and found.can_be_undone(now=now) else None


async def look(db: Transaction, person: Person, rater_id: str, attachment_id: str, *, now: datetime) -> Desk:
    """Before it is undone: the case that they would go out of.

    Raises:
        Refusal: not theirs; or undone already, or its time is over.
    """
    desk, rater = await access_case_rater(db, person, rater_id, hold=False)
    await _standing(db, rater, attachment_id, now=now)
    return desk


async def _standing(db: Transaction, rater: Rater, attachment_id: str, *, now: datetime) -> Attachment:
    found = await undoable(db, rater, now=now)
    if found is None or found.id != attachment_id:
        raise Refusal(Reason.NO_LONGER)
    return found


async def undo(db: Transaction, person: Person, rater_id: str, attachment_id: str, *, now: datetime) -> Undone:
    """All that came by this phone goes out with it; the place stays, without a phone, when there is more in it."""
    desk, rater = await access_case_rater(db, person, rater_id)
    attachment = await _standing(db, rater, attachment_id, now=now)
    guest = await storage.people.get(db, rater.person_id or "")
    if guest is None or not await storage.attachments.undo(db, attachment.id, now=now):
        raise Refusal(Reason.NO_LONGER)
    pictures = await storage.places.pictures_of_case(db, person.id, desk.case.id)
    worker = await storage.workers.get(db, attachment.worker_id) or desk.worker
    guesses = [each for each in desk.case.raters if each.guessed_by == rater.id]
    asked = await _out(db, guest, rater, guesses, attachment, worker, now=now)
    await _tell(db, person, desk, guest, asked, now=now)
    about = {"worker_id": desk.worker.id, "case_id": desk.case.id, "about_id": attachment.id}
    await storage.audit.note(db, Act.UNDO_ATTACHMENT, **about, now=now)
    return Undone(asked, pictures)


async def _out(
    db: Transaction,
    guest: Person,
    rater: Rater,
    guesses: Sequence[Rater],
    attachment: Attachment,
    worker: Worker,
    *,
    now: datetime,
) -> Case:
    """The phone, and what it gave, in a case of their own; whom they have rated comes along by age only."""
    ids = await storage.attachments.came_by(db, attachment)
    for each in (rater, *guesses):
        await _take_questions_away(db, guest, each, ids, now=now)
    case_id, newcomer, bands = await _waiting(db, guest, rater, attachment, worker, ids, now=now)
    await storage.raters.let_phone_go(db, rater.id, guest.id)
    await storage.attachments.take_out(db, ids, newcomer, bands)
    for each in guesses:
        await _erase_guess(db, each, attachment)
    if attachment.new_place:
        await storage.attachments.close_place(db, rater)
    if not await storage.cases.join(db, newcomer.id, guest.id):
        raise Refusal(Reason.NO_LONGER)
    case = await storage.cases.get(db, case_id)
    assert case is not None, "it was added in this transaction"
    return case


async def _erase_guess(db: Transaction, guess: Rater, attachment: Attachment) -> None:
    """What they thought that another of this case would say is nobody's in a case of their own."""
    its = await storage.attachments.came_by(db, replace(attachment, rater_id=guess.id))
    if attachment.new_place:
        its = [each.id for each in await storage.drafts.all_of_rater(db, guess.id)]
    for draft_id in its:
        await storage.drafts.erase(db, draft_id)
    if attachment.new_place:
        await storage.attachments.close_place(db, guess)


async def _take_questions_away(
    db: Transaction, guest: Person, rater: Rater, answered: Sequence[str], *, now: datetime
) -> None:
    """What they were asked and hadn't begun was meant for somebody else."""
    for draft_id in await storage.places.drafts_of_rater(db, guest.id, rater.id):
        if draft_id not in answered:
            key = f"{draft_id}:{int(now.timestamp() * 1000)}"
            await storage.outbox.put(db, LetterKind.TAKE_AWAY, guest.id, {"draft": draft_id}, key=key, now=now)


async def _waiting(
    db: Transaction,
    guest: Person,
    rater: Rater,
    attachment: Attachment,
    worker: Worker,
    draft_ids: Sequence[str],
    *,
    now: datetime,
) -> tuple[str, Rater, dict[str, str]]:
    """A case that asks, with a rater like this one, and about whom: the subject there of each that they have rated."""
    speaker = await storage.people.get(db, worker.person_id) if worker.person_id else None
    language = speaker.language if speaker else guest.language
    name, check = await free_label(db, worker.id, language), label(language, secrets.randbits(64))
    case_id = await storage.cases.add(db, worker_id=worker.id, label=name, state=CaseState.ASKED, check=check, now=now)
    present = await storage.cases.get(db, rater.case_id)
    subjects: dict[str, str] = {}
    for old in await storage.attachments.about(db, draft_ids):
        band = present.subject(old).band if present else attachment.band
        subjects[old] = (await storage.cases.add_subject(db, case_id, band, now=now)).id
    if not subjects:
        subjects = {"": (await storage.cases.add_subject(db, case_id, attachment.band, now=now)).id}
    newcomer = _like(rater, attachment.band, case_id, tuple(subjects.values()))
    await storage.cases.add_rater(db, newcomer, now=now)
    return case_id, newcomer, {old: new for old, new in subjects.items() if old}


def _like(rater: Rater, band: AgeBand, case_id: str, subject_ids: tuple[str, ...]) -> Rater:
    """As they had said who they are; who was taken for a carer who is a client too may come for themself."""
    own = rater.kind is Kind.CLIENT
    return Rater(storage.new_id(), case_id, rater.kind, band if own else rater.band, subject_ids, None)


async def _tell(db: Transaction, person: Person, desk: Desk, guest: Person, asked: Case, *, now: datetime) -> None:
    """The one who waits anew, the workers whose pictures showed their answers, and whose code they had typed."""
    await storage.outbox.put(db, LetterKind.WAITS_AGAIN, guest.id, {"case": asked.id}, key=asked.id, now=now)
    about = {"case": desk.case.id}
    await tell_workers(db, desk.case.id, LetterKind.UNDONE, about, but=person, key=asked.id, now=now)
    ask = {"case": asked.id}
    await tell_workers(db, asked.id, LetterKind.ASKED_TO_JOIN, ask, but=person, key=asked.id, now=now)
    newest = await storage.sessions.newest(db, desk.case.id)
    await freshen_card(db, newest.id if newest else None, by=None, now=now)
