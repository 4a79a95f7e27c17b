"""What changes about a rater: about whom, from which phone, in which language, and whether they still rate here.

Each says whether it has changed anything, so that who comes second knows.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update

from bot.domain.cases import AddedRole
from bot.domain.people import Kind
from storage import attachments, cases
from storage.database import Transaction
from storage.schema import drafts, rater_subjects, raters, subjects


async def rate(db: Transaction, rater_id: str, subject_id: str) -> None:
    """From now on they are asked about this subject too."""
    await cases.add_about(db, rater_id, subject_id)


async def no_longer_rate(db: Transaction, rater_id: str, subject_id: str) -> bool:
    """They aren't asked about this subject any more; what they have given about it stays."""
    its = (rater_subjects.c.rater_id == rater_id) & (rater_subjects.c.subject_id == subject_id)
    return await db.change(delete(rater_subjects).where(its)) == 1


async def say_phone(db: Transaction, rater_id: str, *, own: bool) -> bool:
    """Whether they have a phone of their own here; of who has joined it isn't asked."""
    other = raters.c.person_id.is_(None) & raters.c.own_phone.is_not(own)
    return await _change(db, rater_id, other, own_phone=own)


async def say_language(db: Transaction, rater_id: str, language: str) -> None:
    """What they read on a phone that isn't their own, and in an invitation."""
    await db.change(update(raters).where(raters.c.id == rater_id).values(language=language))


async def let_phone_go(db: Transaction, rater_id: str, person_id: str) -> bool:
    """This phone isn't theirs any more; what came from it stays, and can't be taken out with it any more."""
    await attachments.drop(db, rater_id)
    return await _change(db, rater_id, raters.c.person_id == person_id, person_id=None)


async def end(db: Transaction, rater_id: str, *, now: datetime) -> bool:
    """They don't rate here any more; what they have given stays."""
    return await _change(db, rater_id, raters.c.ended_at.is_(None), ended_at=now)


async def take_back(db: Transaction, rater_id: str) -> bool:
    return await _change(db, rater_id, raters.c.ended_at.is_not(None), ended_at=None)


async def become_client(db: Transaction, rater_id: str, subject_id: str) -> bool:
    """A carer is this subject too, and rates themself."""
    if not await _change(db, rater_id, raters.c.own_subject_id.is_(None), own_subject_id=subject_id):
        return False
    await rate(db, rater_id, subject_id)
    return True


async def become_carer(db: Transaction, rater_id: str, kind: Kind, subject_id: str) -> bool:
    """A client, who is this subject, looks after others of the case too."""
    client = raters.c.kind == Kind.CLIENT.value
    return await _change(db, rater_id, client, kind=kind.value, own_subject_id=subject_id)


async def added_role(db: Transaction, rater_id: str) -> AddedRole | None:
    """Which of their two roles came second, as long as nobody has been asked anything in it; else None."""
    joined = select(raters.c.added_at, subjects.c.added_at.label("subject_at"), subjects.c.id.label("subject_id"))
    row = await db.row(joined.join(subjects, subjects.c.id == raters.c.own_subject_id).where(raters.c.id == rater_id))
    if row is None:
        return None
    role = AddedRole.CLIENT if row.subject_at > row.added_at else AddedRole.CARER
    about_others = (drafts.c.rater_id == rater_id) & (drafts.c.subject_id != row.subject_id)
    asked = drafts.c.subject_id == row.subject_id if role is AddedRole.CLIENT else about_others
    return None if await db.row(select(drafts.c.id).where(asked).limit(1)) else role


async def no_client(db: Transaction, rater_id: str, subject_id: str) -> bool:
    """A carer isn't this subject after all, who goes: nobody was ever asked about them."""
    if not await _change(db, rater_id, raters.c.own_subject_id == subject_id, own_subject_id=None):
        return False
    return await db.change(delete(subjects).where(subjects.c.id == subject_id)) == 1


async def no_carer(db: Transaction, rater_id: str, subject_id: str) -> bool:
    """A client, who is this subject, looks after nobody else."""
    its = raters.c.own_subject_id == subject_id
    if not await _change(db, rater_id, its, kind=Kind.CLIENT.value, own_subject_id=None):
        return False
    others = (rater_subjects.c.rater_id == rater_id) & (rater_subjects.c.subject_id != subject_id)
    await db.change(delete(rater_subjects).where(others))
    return True


async def _change(db: Transaction, rater_id: str, which: Any, **values: Any) -> bool:
    return await db.change(update(raters).where((raters.c.id == rater_id) & which).values(**values)) == 1
