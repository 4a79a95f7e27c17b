"""The audit: who did what, in which case, when. Lines are only added, and each is chained to the one before it.

A case has a chain of its own; what isn't of any case is chained by its worker. The mark of a line is made, with the key
that lives apart from the database, of the mark before it and of all that stands in the line: who changes, takes out or
moves a line inside a chain without that key is found out. That the newest lines were cut off can't be seen from here.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, insert, select

from bot.domain.acts import Act, Entry
from storage import cases, workers
from storage.database import Transaction
from storage.schema import audit
from storage.vault import Vault


async def note(
    db: Transaction,
    act: Act,
    *,
    worker_id: str | None = None,
    case_id: str | None = None,
    about_id: str | None = None,
    now: datetime,
) -> None:
    """Add a line. Whose chain it is in is held first, or two lines at once would follow the same one.

    Raises:
        ValueError: neither a worker nor a case.
    """
    if case_id is not None:
        await cases.hold(db, case_id)
    elif worker_id is not None:
        await workers.hold(db, worker_id)
    else:
        raise ValueError("somebody did it, or it is of some case")
    before = await _rows(db, _chain(worker_id, case_id))
    entry = Entry(act, now, worker_id, case_id, about_id)
    mark = _mark(db.vault, before[-1].chain if before else "", entry)
    row = {"at": now, "worker_id": worker_id, "act": act.value, "case_id": case_id, "about_id": about_id}
    await db.change(insert(audit).values(**row, chain=mark))


def _chain(worker_id: str | None, case_id: str | None) -> ColumnElement[bool]:
    if case_id is not None:
        return audit.c.case_id == case_id
    return audit.c.case_id.is_(None) & (audit.c.worker_id == worker_id)


async def _rows(db: Transaction, which: ColumnElement[bool]) -> Sequence[Row[Any]]:
    return await db.rows(select(audit).where(which).order_by(audit.c.number))


def _mark(vault: Vault, before: str, entry: Entry) -> str:
    """Ids have no NUL in them, so that no two lines read alike."""
    parts = (entry.act, _moment(entry.at), entry.worker_id, entry.case_id, entry.about_id)
    return vault.mark("audit", "\0".join([before, *(each or "" for each in parts)]))


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")


async def of_case(db: Transaction, case_id: str) -> Sequence[Entry]:
    """What was done in a case, in order."""
    return [_entry(row) for row in await _rows(db, _chain(None, case_id))]


async def of_worker(db: Transaction, worker_id: str) -> Sequence[Entry]:
    """What a worker did outside of cases, in order."""
    return [_entry(row) for row in await _rows(db, _chain(worker_id, None))]


async def intact(db: Transaction, case_id: str) -> bool:
    """Whether every line of a case is as it was written, and follows the one that it followed then."""
    return _whole(db.vault, await _rows(db, _chain(None, case_id)))


async def intact_of_worker(db: Transaction, worker_id: str) -> bool:
    """The same of what a worker did outside of cases."""
    return _whole(db.vault, await _rows(db, _chain(worker_id, None)))


def _whole(vault: Vault, rows: Sequence[Row[Any]]) -> bool:
    before = ""
    for row in rows:
        if row.act not in set(Act) or row.chain != _mark(vault, before, _entry(row)):
            return False
        before = row.chain
    return True


def _entry(row: Row[Any]) -> Entry:
    return Entry(Act(row.act), row.at, row.worker_id, row.case_id, row.about_id)
