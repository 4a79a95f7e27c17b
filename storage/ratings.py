"""Ratings: complete ones, one for each draft."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from itertools import zip_longest
from typing import Any

from sqlalchemy import ColumnElement, Row, select, update

from bot.domain.instruments import INSTRUMENTS, Instrument, Measure
from bot.domain.people import AgeBand
from bot.domain.ratings import Mode, Rating
from storage import packs
from storage.database import Transaction
from storage.schema import ratings

ITEM_COLUMNS = tuple(f"item{number}" for number in range(1, 9))


async def put(db: Transaction, rating: Rating) -> Rating:
    """Keep the rating of its draft, and how it is kept: handed in again after a change, it replaces the first.

    Id and time stay: it keeps its place in the series, and what came after it wasn't before it.
    """
    if await db.add_once(ratings, {**_given(rating), **_scores(rating)}):
        return rating
    await db.change(update(ratings).where(ratings.c.draft_id == rating.draft_id).values(**_scores(rating)))
    kept = await of_draft(db, rating.draft_id)
    assert kept is not None, "it was there a line above"
    return kept


def _given(rating: Rating) -> dict[str, Any]:
    return {
        "id": rating.id,
        "draft_id": rating.draft_id,
        "case_id": rating.case_id,
        "worker_id": rating.worker_id,
        "session_id": rating.session_id,
        "rater_id": rating.rater_id,
        "subject_id": rating.subject_id,
        "instrument": rating.instrument.code,
        "rated_at": rating.at,
        "band": rating.band.value if rating.band else None,
    }


def _scores(rating: Rating) -> dict[str, Any]:
    """What a correction replaces."""
    items = dict(zip_longest(ITEM_COLUMNS, rating.scores))
    return {**items, "mode": rating.mode.value, "total": rating.total, "only_worker": rating.only_worker}


async def redate(db: Transaction, draft_id: str, at: datetime) -> None:
    """It was given then: the day on the sheet was written down wrongly."""
    await db.change(update(ratings).where(ratings.c.draft_id == draft_id).values(rated_at=at))


async def of_draft(db: Transaction, draft_id: str) -> Rating | None:
    return next(iter(await _found(db, ratings.c.draft_id == draft_id)), None)


async def of_rater(db: Transaction, rater_id: str) -> Sequence[Rating]:
    """All ratings of one rater, whatever about, in order."""
    return await _found(db, ratings.c.rater_id == rater_id)


async def has_any(db: Transaction, rater_id: str) -> bool:
    return await db.row(select(ratings.c.id).where(ratings.c.rater_id == rater_id).limit(1)) is not None


async def of_case(db: Transaction, case_id: str) -> Sequence[Rating]:
    return await _found(db, ratings.c.case_id == case_id)


async def of_cases(db: Transaction, case_ids: Collection[str], *, measure: Measure | None = None) -> Sequence[Rating]:
    """The ratings of several cases, in order: all, or those of one of the measures that are ours."""
    codes = [each.code for each in INSTRUMENTS.values() if measure in (None, each.measure)]
    its = ratings.c.case_id.in_(case_ids)
    return await _found(db, its if measure is None else its & ratings.c.instrument.in_(codes))


async def adopt(db: Transaction, draft_ids: Iterable[str], session_id: str) -> None:
    """A meeting takes in ratings that were given before it."""
    await db.change(update(ratings).where(ratings.c.draft_id.in_(list(draft_ids))).values(session_id=session_id))


async def _found(db: Transaction, which: ColumnElement[bool]) -> list[Rating]:
    rows = await db.rows(select(ratings).where(which).order_by(ratings.c.rated_at, ratings.c.id))
    known = await packs.instruments(db, {row.instrument for row in rows})
    return [_rating(row, known[row.instrument]) for row in rows]


def _rating(row: Row[Any], instrument: Instrument) -> Rating:
    given = [getattr(row, each) for each in ITEM_COLUMNS]
    return Rating(
        id=row.id,
        draft_id=row.draft_id,
        case_id=row.case_id,
        worker_id=row.worker_id,
        session_id=row.session_id,
        rater_id=row.rater_id,
        subject_id=row.subject_id,
        instrument=instrument,
        mode=Mode(row.mode),
        scores=tuple(score for score in given if score is not None),
        at=row.rated_at,
        whole=row.total if row.item1 is None else None,
        band=AgeBand(row.band) if row.band else None,
        only_worker=row.only_worker,
    )
