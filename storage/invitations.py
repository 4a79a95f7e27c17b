"""Invitations: a secret link and a secret code to type, kept as marks, taken once; and the tries that were wrong."""

from dataclasses import dataclass
from datetime import datetime, timedelta
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


async def add(
    db: Transaction,
    *,
    worker_id: str | None = None,
    rater_id: str | None = None,
    link: str,
    code: str,
    now: datetime,
    until: datetime,
) -> None:
    """A new invitation; the earlier ones for the same worker or rater are withdrawn."""
    same = invitations.c.worker_id == worker_id if worker_id else invitations.c.rater_id == rater_id
    await db.change(update(invitations).where(same & _UNTAKEN).values(withdrawn_at=now))
    secrets = {"link_mark": db.vault.mark("link", link), "code_mark": db.vault.mark("code", code)}
    row = {"id": new_id(), "worker_id": worker_id, "rater_id": rater_id, "made_at": now, "expires_at": until}
    await db.change(insert(invitations).values(**row, **secrets))


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
