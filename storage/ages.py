"""How old the subjects of a case are, and what changes with it."""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import select, update

from bot.domain.asked_as import can_choose
from bot.domain.cases import Subject
from bot.domain.people import AgeBand
from storage import cases
from storage.database import Transaction
from storage.schema import raters, subjects


async def subject(db: Transaction, subject_id: str) -> Subject | None:
    row = await db.row(select(subjects).where(subjects.c.id == subject_id))
    return cases.as_subject(db, row) if row else None


async def say(db: Transaction, subject_id: str, band: AgeBand, *, now: datetime) -> None:
    """Somebody has said that this is the band; the month of birth has served its turn, and for a child no questions are
    chosen."""
    row = {"band": band.value, "band_known_at": now, "born_sealed": None}
    chosen = {} if can_choose(band) else {"asked_as_child": False}
    await db.change(update(subjects).where(subjects.c.id == subject_id).values(**row, **chosen))


async def ask_as_child(db: Transaction, subject_id: str, as_child: bool) -> None:
    """With the children's questions, or with those for their age."""
    await db.change(update(subjects).where(subjects.c.id == subject_id).values(asked_as_child=as_child))


async def confirm(db: Transaction, subject_id: str, *, now: datetime) -> None:
    """The band is still right."""
    await db.change(update(subjects).where(subjects.c.id == subject_id).values(band_known_at=now))


async def say_born(db: Transaction, subject_id: str, born: date | None) -> None:
    """The first day of the month of birth; None: it isn't kept any more."""
    sealed = db.vault.seal(born.isoformat(), row=f"subjects/{subject_id}/born") if born else None
    await db.change(update(subjects).where(subjects.c.id == subject_id).values(born_sealed=sealed))


async def say_of_raters(db: Transaction, rater_ids: Collection[str], band: AgeBand) -> None:
    """Raters who are the subject themselves are as old as that."""
    await db.change(update(raters).where(raters.c.id.in_(rater_ids)).values(band=band.value))


async def bring_in(db: Transaction, rater_id: str) -> None:
    """They are old enough to rate, again."""
    await db.change(update(raters).where(raters.c.id == rater_id).values(ended_at=None))


async def leave_out(db: Transaction, rater_ids: Collection[str], *, now: datetime) -> None:
    """They are too young to rate."""
    present = raters.c.id.in_(rater_ids) & raters.c.ended_at.is_(None)
    await db.change(update(raters).where(present).values(ended_at=now))
