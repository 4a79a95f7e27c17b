"""Offers of a case to a colleague, and what they make of the case: whose it is."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, insert, select, update

from bot.domain.offers import OFFERED_FOR, Offer, OfferKind
from storage.database import Transaction, new_id
from storage.schema import case_offers, case_workers, plans, workers


async def add(db: Transaction, *, case_id: str, from_id: str, to_id: str, kind: OfferKind, now: datetime) -> Offer:
    offer = Offer(new_id(), case_id, from_id, to_id, kind, now)
    row = {"id": offer.id, "case_id": case_id, "from_id": from_id, "to_id": to_id}
    await db.change(insert(case_offers).values(**row, kind=kind.value, made_at=now))
    return offer


async def get(db: Transaction, offer_id: str) -> Offer | None:
    return next(iter(await _found(db, case_offers.c.id == offer_id)), None)


async def of_case(db: Transaction, case_id: str, *, now: datetime) -> Sequence[Offer]:
    """Those that wait for an answer, oldest first; not of a giver who doesn't have the case any more."""
    return await _found(db, case_offers.c.case_id == case_id, _waits(now))


async def to_worker(db: Transaction, worker_id: str, *, now: datetime) -> Sequence[Offer]:
    """The same of all that wait for this worker's answer."""
    return await _found(db, case_offers.c.to_id == worker_id, _waits(now))


def _waits(now: datetime) -> ColumnElement[bool]:
    """Unanswered and not too old, of a giver whose case it still is."""
    giver = select(case_workers.c.case_id).join(workers, workers.c.id == case_workers.c.worker_id)
    its = (case_workers.c.case_id == case_offers.c.case_id) & (case_workers.c.worker_id == case_offers.c.from_id)
    has_it = giver.where(its, case_workers.c.ended_at.is_(None), workers.c.ended_at.is_(None))
    open_ = case_offers.c.answered_at.is_(None) & (case_offers.c.made_at > now - OFFERED_FOR)
    return open_ & has_it.correlate(case_offers).exists()


async def _found(db: Transaction, *which: ColumnElement[bool]) -> list[Offer]:
    question = select(case_offers).where(*which).order_by(case_offers.c.made_at, case_offers.c.id)
    return [_offer(row) for row in await db.rows(question)]


def _offer(row: Row[Any]) -> Offer:
    return Offer(row.id, row.case_id, row.from_id, row.to_id, OfferKind(row.kind), row.made_at, row.answered_at)


async def answer(db: Transaction, offer_id: str, *, now: datetime) -> bool:
    """Its end: yes, no, or withdrawn. False when it had one already."""
    waits = (case_offers.c.id == offer_id) & case_offers.c.answered_at.is_(None)
    return await db.change(update(case_offers).where(waits).values(answered_at=now)) == 1


async def end_all(db: Transaction, case_id: str, *, now: datetime, from_id: str | None = None) -> None:
    """All of a case that wait; or only those of one giver."""
    waits = (case_offers.c.case_id == case_id) & case_offers.c.answered_at.is_(None)
    its = waits & (case_offers.c.from_id == from_id) if from_id else waits
    await db.change(update(case_offers).where(its).values(answered_at=now))


# Whose a case is


async def give(db: Transaction, case_id: str, worker_id: str, *, now: datetime) -> None:
    """From now on the case is this worker's too, also if it was once before."""
    key = {"case_id": case_id, "worker_id": worker_id}
    if not await db.add_once(case_workers, {**key, "began_at": now}):
        was = (case_workers.c.case_id == case_id) & (case_workers.c.worker_id == worker_id)
        ended = was & case_workers.c.ended_at.is_not(None)
        await db.change(update(case_workers).where(ended).values(began_at=now, ended_at=None))


async def take_away(db: Transaction, case_id: str, worker_id: str, *, now: datetime) -> bool:
    """It isn't this worker's any more; False when it wasn't."""
    its = (case_workers.c.case_id == case_id) & (case_workers.c.worker_id == worker_id)
    has_it = its & case_workers.c.ended_at.is_(None)
    return await db.change(update(case_workers).where(has_it).values(ended_at=now)) == 1


async def give_plans(db: Transaction, case_id: str, *, from_id: str, to_id: str) -> None:
    """What one worker has planned for the case is the other's from now on."""
    its = (plans.c.case_id == case_id) & (plans.c.worker_id == from_id) & plans.c.ended_at.is_(None)
    await db.change(update(plans).where(its).values(worker_id=to_id))
