"""Sessions: meetings of people in a case, and who is there."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, delete, exists, insert, select, update

from bot.domain.cases import Session, SessionState
from storage.cases import ids_of_worker
from storage.database import Transaction, new_id
from storage.schema import drafts, ratings, session_raters, sessions


async def add(
    db: Transaction,
    *,
    case_id: str,
    worker_id: str,
    rater_ids: Iterable[str],
    group_id: str | None = None,
    now: datetime,
) -> str | None:
    """A meeting that starts now; its id, or None when one of this case is open already."""
    id = new_id()
    row = {
        "id": id,
        "case_id": case_id,
        "worker_id": worker_id,
        "state": SessionState.OPEN.value,
        "started_at": now,
        "group_id": group_id,
    }
    if not await db.add_once(sessions, row):
        return None
    for rater_id in rater_ids:
        await attend(db, id, rater_id)
    return id


async def add_held(
    db: Transaction, *, case_id: str, worker_id: str, rater_ids: Iterable[str], started_at: datetime, now: datetime
) -> Session:
    """A meeting that nobody started by hand: it began then, and is over now."""
    id, present = new_id(), tuple(sorted(rater_ids))
    row = {"id": id, "case_id": case_id, "worker_id": worker_id, "state": SessionState.ENDED.value}
    await db.change(insert(sessions).values(**row, started_at=started_at, ended_at=now))
    for rater_id in present:
        await attend(db, id, rater_id)
    return Session(id, case_id, worker_id, SessionState.ENDED, started_at, now, present)


async def attend(db: Transaction, session_id: str, rater_id: str) -> None:
    """The rater is (also) here."""
    await db.add_once(session_raters, {"session_id": session_id, "rater_id": rater_id})


async def leave(db: Transaction, session_id: str, rater_id: str) -> None:
    """The rater wasn't here after all."""
    there = (session_raters.c.session_id == session_id) & (session_raters.c.rater_id == rater_id)
    await db.change(delete(session_raters).where(there))


_WITH_RATERS = (
    select(sessions, session_raters.c.rater_id)
    .outerjoin(session_raters, session_raters.c.session_id == sessions.c.id)
    .where(sessions.c.id == bindparam("its_id"))
)


async def get(db: Transaction, session_id: str) -> Session | None:
    rows = await db.rows(_WITH_RATERS, {"its_id": session_id})
    return _as_session(rows[0], [row.rater_id for row in rows]) if rows else None


async def of_case(db: Transaction, case_id: str) -> Sequence[Session]:
    """All meetings of a case, in order."""
    rows = await db.rows(select(sessions).where(sessions.c.case_id == case_id).order_by(sessions.c.started_at))
    return [await _session(db, row) for row in rows]


async def of_group(db: Transaction, group_id: str) -> Sequence[Session]:
    """The meetings of several cases that were started as one."""
    rows = await db.rows(select(sessions).where(sessions.c.group_id == group_id).order_by(sessions.c.id))
    return [await _session(db, row) for row in rows]


async def newest(db: Transaction, case_id: str) -> Session | None:
    """The meeting that started last, open or over."""
    question = select(sessions).where(sessions.c.case_id == case_id)
    row = await db.row(question.order_by(sessions.c.ended_at.is_(None).desc(), sessions.c.started_at.desc()).limit(1))
    return await _session(db, row) if row else None


async def open_of_worker(db: Transaction, worker_id: str) -> Sequence[tuple[str, str]]:
    """The meetings that go on in the worker's cases, as (meeting, case), who began first first."""
    question = select(sessions.c.id, sessions.c.case_id).where(sessions.c.case_id.in_(ids_of_worker(worker_id)))
    going_on = question.where(sessions.c.ended_at.is_(None))
    return [(row.id, row.case_id) for row in await db.rows(going_on.order_by(sessions.c.started_at))]


async def _session(db: Transaction, row: Row[Any]) -> Session:
    present = await db.rows(select(session_raters.c.rater_id).where(session_raters.c.session_id == row.id))
    return _as_session(row, [each.rater_id for each in present])


def _as_session(row: Row[Any], rater_ids: Iterable[str | None]) -> Session:
    """Of a meeting without anybody, the one rater is None."""
    present = tuple(sorted(each for each in rater_ids if each is not None))
    state = SessionState(row.state)
    return Session(row.id, row.case_id, row.worker_id, state, row.started_at, row.ended_at, present, row.group_id)


async def begin_closing(db: Transaction, session_id: str) -> bool:
    """Time to close; False when it was already, or the meeting is over."""
    is_open = (sessions.c.id == session_id) & (sessions.c.state == SessionState.OPEN.value)
    return await db.change(update(sessions).where(is_open).values(state=SessionState.CLOSING.value)) == 1


async def end(db: Transaction, session_id: str, *, now: datetime) -> bool:
    """The meeting is over; False when it was already."""
    going_on = (sessions.c.id == session_id) & sessions.c.ended_at.is_(None)
    ended = {"state": SessionState.ENDED.value, "ended_at": now}
    return await db.change(update(sessions).where(going_on).values(**ended)) == 1


async def remove_unasked(db: Transaction, session_id: str) -> bool:
    """One that was written down by mistake; False when somebody was asked something for it."""
    asked = exists().where(drafts.c.session_id == sessions.c.id) | exists().where(ratings.c.session_id == sessions.c.id)
    its = (sessions.c.id == session_id) & sessions.c.ended_at.is_not(None) & ~asked
    return await db.change(delete(sessions).where(its)) == 1
