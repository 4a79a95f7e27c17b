"""Reviews of a case: when it was looked back at, and what was decided."""

from datetime import datetime

from sqlalchemy import insert, select, update

from bot.domain.reviews import Decided, Review
from storage.database import Transaction, new_id
from storage.schema import reviews


async def add(db: Transaction, *, case_id: str, worker_id: str, decided: Decided, now: datetime) -> Review:
    review = Review(new_id(), case_id, worker_id, decided, now)
    row = {"id": review.id, "case_id": case_id, "worker_id": worker_id, "decided": decided.value, "at": now}
    await db.change(insert(reviews).values(**row))
    return review


async def change(db: Transaction, review_id: str, decided: Decided) -> None:
    """Another mind about it."""
    await db.change(update(reviews).where(reviews.c.id == review_id).values(decided=decided.value))


async def last(db: Transaction, case_id: str, *, before: datetime | None = None) -> Review | None:
    """The newest (before a moment); None when the case hasn't been looked back at yet."""
    its = reviews.c.case_id == case_id
    asked = select(reviews).where(its if before is None else its & (reviews.c.at < before))
    row = await db.row(asked.order_by(reviews.c.at.desc(), reviews.c.id).limit(1))
    return Review(row.id, row.case_id, row.worker_id, Decided(row.decided), row.at) if row else None
