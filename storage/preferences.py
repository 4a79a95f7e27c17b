"""What a worker has set for themself: quiet hours, leave, and whether the first steps were put away."""

from datetime import datetime, time

from sqlalchemy import Select, exists, or_, select, update

from bot.domain.preferences import FirstSteps, Preferences
from bot.domain.times import QuietHours
from storage.database import Transaction
from storage.schema import case_workers, invitations, raters, sessions, workers


async def get(db: Transaction, worker_id: str) -> Preferences:
    columns = (
        workers.c.quiet_begins,
        workers.c.quiet_ends,
        workers.c.away_until,
        workers.c.welcomed_at,
        workers.c.leaves_at,
    )
    row = await db.row(select(*columns).where(workers.c.id == worker_id))
    if row is None:
        return Preferences()
    return Preferences(
        _hours(row.quiet_begins, row.quiet_ends), row.away_until, row.welcomed_at is not None, row.leaves_at
    )


def _hours(begins: str | None, ends: str | None) -> QuietHours | None:
    return QuietHours(time.fromisoformat(begins), time.fromisoformat(ends)) if begins and ends else None


async def quiet_hours_of(db: Transaction, person_id: str) -> QuietHours | None:
    """The own quiet hours of the worker that this person is; None where they have none, or aren't a worker."""
    columns = select(workers.c.quiet_begins, workers.c.quiet_ends)
    row = await db.row(columns.where(workers.c.person_id == person_id, workers.c.ended_at.is_(None)))
    return _hours(row.quiet_begins, row.quiet_ends) if row else None


async def set_quiet_hours(db: Transaction, worker_id: str, quiet: QuietHours | None) -> None:
    """None: as the service has it."""
    begins, ends = (f"{quiet.begins:%H:%M}", f"{quiet.ends:%H:%M}") if quiet else (None, None)
    own = update(workers).where(workers.c.id == worker_id)
    await db.change(own.values(quiet_begins=begins, quiet_ends=ends))


async def put_first_steps_away(db: Transaction, worker_id: str, *, now: datetime) -> None:
    fresh = (workers.c.id == worker_id) & workers.c.welcomed_at.is_(None)
    await db.change(update(workers).where(fresh).values(welcomed_at=now))


async def first_steps(db: Transaction, worker_id: str) -> FirstSteps:
    """What the worker has ever done, in cases that are closed by now too."""
    its = select(case_workers.c.case_id).where(case_workers.c.worker_id == worker_id)
    reached = or_(raters.c.person_id.is_not(None), exists().where(invitations.c.rater_id == raters.c.id))
    return FirstSteps(
        await _any(db, its),
        await _any(db, select(raters.c.id).where(raters.c.case_id.in_(its), reached)),
        await _any(db, select(sessions.c.id).where(sessions.c.worker_id == worker_id)),
    )


async def _any(db: Transaction, question: Select[tuple[str]]) -> bool:
    row = await db.row(select(exists(question)))
    return bool(row and row[0])
