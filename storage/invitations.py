"""Invitations: a secret link and a secret code to type, kept as marks, taken once; and the tries that were wrong."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import delete, func, insert, literal, select, update

from storage.database import Transaction, new_id
from storage.schema import Moment, invitations, persons, wrong_codes

WRONG_CODES_KEPT = timedelta(days=1)
_UNTAKEN = invitations.c.used_at.is_(None) & invitations.c.withdrawn_at.is_(None)


@dataclass(frozen=True)
class Invitation:
    """To become a worker, or to become the phone of a rater; one of the two ids is set."""

    id: str
    worker_id: str | None
    rater_id: str | None


@dataclass(frozen=True)
class OpenInvitation:
    """One that can still be taken, until then."""

    id: str
    until: datetime


class Ended(StrEnum):
    """Somebody has used it; or it was withdrawn, or its time is over."""

    USED = "used"
    OVER = "over"


async def add(
    db: Transaction,
    *,
    worker_id: str | None = None,
    rater_id: str | None = None,
    link: str,
    code: str,
    now: datetime,
    until: datetime,
) -> str:
    """A new invitation; the earlier ones for the same worker or rater are withdrawn. Its id, which is no secret."""
    same = invitations.c.worker_id == worker_id if worker_id else invitations.c.rater_id == rater_id
    await db.change(update(invitations).where(same & _UNTAKEN).values(withdrawn_at=now))
    secrets = {"link_mark": db.vault.mark("link", link), "code_mark": db.vault.mark("code", code)}
    row = {"id": new_id(), "worker_id": worker_id, "rater_id": rater_id, "made_at": now, "expires_at": until}
    await db.change(insert(invitations).values(**row, **secrets))
    return str(row["id"])


async def withdraw(db: Transaction, rater_id: str, *, now: datetime) -> Sequence[str]:
    """What could still be taken for this rater can't be any more; the ids of all that ended by it."""
    open_ = (invitations.c.rater_id == rater_id) & _UNTAKEN
    ids = [row.id for row in await db.rows(select(invitations.c.id).where(open_, invitations.c.expires_at > now))]
    await db.change(update(invitations).where(open_).values(withdrawn_at=now))
    return ids


async def open_for(db: Transaction, rater_ids: Iterable[str], *, now: datetime) -> Mapping[str, OpenInvitation]:
    """Which of these raters have an invitation that can still be taken."""
    its = invitations.c.rater_id.in_(list(rater_ids)) & _UNTAKEN & (invitations.c.expires_at > now)
    rows = await db.rows(select(invitations).where(its).order_by(invitations.c.made_at))
    return {row.rater_id: OpenInvitation(row.id, row.expires_at) for row in rows}


async def has_ended(db: Transaction, invitation_id: str, *, now: datetime) -> Ended | None:
    """How it has ended; None while it can be taken."""
    row = await db.row(select(invitations).where(invitations.c.id == invitation_id))
    if row is not None and row.used_at is not None:
        return Ended.USED
    return Ended.OVER if row is None or row.withdrawn_at is not None or row.expires_at <= now else None


async def find(
    db: Transaction, *, link: str | None = None, code: str | None = None, now: datetime
) -> Invitation | None:
    """The invitation with this secret, when it can still be taken."""
    row = await db.row(select(invitations).where(_with(db, link, code), _UNTAKEN, invitations.c.expires_at > now))
    return Invitation(row.id, row.worker_id, row.rater_id) if row else None


async def used(db: Transaction, *, link: str | None = None, code: str | None = None) -> Invitation | None:
    """The invitation with this secret, when somebody has used it."""
    row = await db.row(select(invitations).where(_with(db, link, code), invitations.c.used_at.is_not(None)))
    return Invitation(row.id, row.worker_id, row.rater_id) if row else None


def _with(db: Transaction, link: str | None, code: str | None) -> Any:
    if link is not None:
        return invitations.c.link_mark == db.vault.mark("link", link)
    return invitations.c.code_mark == db.vault.mark("code", code or "")


async def take(db: Transaction, invitation: Invitation, *, now: datetime) -> bool:
    """Use it up; False when somebody was faster."""
    still_there = (invitations.c.id == invitation.id) & _UNTAKEN & (invitations.c.expires_at > now)
    return await db.change(update(invitations).where(still_there).values(used_at=now)) == 1


async def note_wrong(db: Transaction, person_id: str, *, now: datetime) -> None:
    """Kept by the mark of the phone, so that being forgotten doesn't lift the brake; gone after a day."""
    await db.change(delete(wrong_codes).where(wrong_codes.c.at < now - WRONG_CODES_KEPT))
    marked = select(literal(new_id()), persons.c.telegram_mark, literal(now, Moment)).where(persons.c.id == person_id)
    await db.change(insert(wrong_codes).from_select(["id", "telegram_mark", "at"], marked))


async def wrong_tries(db: Transaction, *, since: datetime, person_id: str | None = None) -> int:
    """How many wrong codes were tried since then: by one person, or by all."""
    question = select(func.count()).select_from(wrong_codes).where(wrong_codes.c.at > since)
    its = select(persons.c.telegram_mark).where(persons.c.id == person_id).scalar_subquery()
    row = await db.row(question.where(wrong_codes.c.telegram_mark == its) if person_id else question)
    return int(row[0]) if row else 0
