"""Attachments: who joined by worker code and was found to belong to a case, and what came in by it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, exists, insert, or_, select, update

from bot.domain.attachments import Attachment
from bot.domain.cases import Rater
from bot.domain.people import AgeBand
from bot.domain.ratings import DraftState, Mode
from storage.database import Transaction
from storage.schema import alerts, attachments, draft_items, drafts, rater_subjects, raters, ratings, subjects


async def add(db: Transaction, attachment: Attachment) -> None:
    """All that the rater brought along is marked by it: it goes out again when the attachment is undone."""
    row = {
        "id": attachment.id,
        "case_id": attachment.case_id,
        "rater_id": attachment.rater_id,
        "worker_id": attachment.worker_id,
        "band": attachment.band.value,
        "new_place": attachment.new_place,
        "at": attachment.at,
    }
    await db.change(insert(attachments).values(**row))


async def mark(db: Transaction, giver_id: str, attachment_id: str) -> None:
    """What this rater has given so far comes in by the attachment."""
    await db.change(update(drafts).where(drafts.c.rater_id == giver_id).values(attachment_id=attachment_id))


async def newest_of(db: Transaction, rater_id: str) -> Attachment | None:
    """The one by which the rater's phone came, unless it was undone or the phone has gone."""
    standing = (attachments.c.rater_id == rater_id) & attachments.c.undone_at.is_(None)
    row = await db.row(select(attachments).where(standing).order_by(attachments.c.at.desc()).limit(1))
    if row is None:
        return None
    band = AgeBand(row.band)
    return Attachment(row.id, row.case_id, row.rater_id, row.worker_id, band, row.new_place, row.at)


async def undo(db: Transaction, attachment_id: str, *, now: datetime) -> bool:
    """False when it was undone before."""
    standing = (attachments.c.id == attachment_id) & attachments.c.undone_at.is_(None)
    return await db.change(update(attachments).where(standing).values(undone_at=now)) == 1


async def drop(db: Transaction, rater_id: str) -> None:
    """The phone that came by it isn't there any more: nothing can be undone."""
    await db.change(delete(attachments).where(attachments.c.rater_id == rater_id))


async def came_by(db: Transaction, attachment: Attachment) -> Sequence[str]:
    """The ids of drafts that this phone brought along or has answered since; not what it was only asked."""
    given_since = exists().where((ratings.c.draft_id == drafts.c.id) & (ratings.c.rated_at >= attachment.at))
    begun = exists().where(draft_items.c.draft_id == drafts.c.id)
    answered = or_(drafts.c.state != DraftState.OPEN.value, begun)
    since = (drafts.c.mode == Mode.BUTTONS.value) & or_(drafts.c.began_at >= attachment.at, given_since) & answered
    its = (drafts.c.rater_id == attachment.rater_id) & or_(drafts.c.attachment_id == attachment.id, since)
    rows = await db.rows(select(drafts.c.id).where(its).order_by(drafts.c.began_at, drafts.c.id))
    return [row.id for row in rows]


async def about(db: Transaction, draft_ids: Sequence[str]) -> Sequence[str]:
    """The ids of the subjects that these drafts are about."""
    its = select(drafts.c.subject_id).where(drafts.c.id.in_(draft_ids), drafts.c.subject_id.is_not(None)).distinct()
    return sorted(row.subject_id for row in await db.rows(its))


async def take_out(db: Transaction, draft_ids: Sequence[str], to: Rater, subject_ids: Mapping[str, str]) -> None:
    """These drafts, with what came of them, are from now on this rater's, in no meeting; about whom, old to new."""
    await db.change(update(alerts).where(alerts.c.draft_id.in_(draft_ids)).values(case_id=to.case_id))
    for table, its in ((drafts, drafts.c.id), (ratings, ratings.c.draft_id)):
        which = its.in_(draft_ids)
        for old, new in subject_ids.items():
            await db.change(update(table).where(which & (table.c.subject_id == old)).values(subject_id=new))
        there: dict[str, Any] = {"case_id": to.case_id, "rater_id": to.id, "session_id": None}
        await db.change(update(table).where(which).values(**there))
    await db.change(update(drafts).where(drafts.c.id.in_(draft_ids)).values(attachment_id=None))


async def close_place(db: Transaction, rater: Rater) -> bool:
    """The rater, who was added for somebody, goes when nothing is left of them; so does a subject nobody rates."""
    guesses = raters.alias("guesses")
    kept = exists().where(drafts.c.rater_id == rater.id) | exists().where(guesses.c.guessed_by == rater.id)
    if await db.change(delete(raters).where((raters.c.id == rater.id) & ~kept)) == 0:
        return False
    unrated = ~exists().where(rater_subjects.c.subject_id == subjects.c.id)
    unnamed = ~exists().where(raters.c.own_subject_id == subjects.c.id)
    given = ~exists().where(drafts.c.subject_id == subjects.c.id)
    its = subjects.c.id.in_(rater.subject_ids)
    await db.change(delete(subjects).where(its & unrated & unnamed & given))
    return True
