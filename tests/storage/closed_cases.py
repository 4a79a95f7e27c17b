"""Closed cases in a database, each of one adult who rates themself. There is no way in the chat to close one yet."""

from collections.abc import Sequence
from datetime import timedelta

import storage
from bot.domain.cases import CaseState, Rater
from bot.domain.people import AgeBand, Kind, Role, Worker
from storage import Transaction
from tests.domain.ratings_of import four
from tests.storage.family import NOW, draft, rating

WEEK = timedelta(days=7)


async def add_worker(db: Transaction) -> Worker:
    return await storage.workers.add(db, team="pihlaja", code="KOIVU-27", role=Role.WORKER, now=NOW)


async def add_case(
    db: Transaction, worker: Worker, totals: Sequence[int], *, state: CaseState = CaseState.CLOSED
) -> str:
    """Totals in mm, a week apart; the id of the case."""
    case_id = await storage.cases.add(db, worker_id=worker.id, label="Birch 42", state=state, check=None, now=NOW)
    subject = await storage.cases.add_subject(db, case_id, AgeBand.ADULT, now=NOW)
    rater = Rater(storage.new_id(), case_id, Kind.CLIENT, AgeBand.ADULT, (subject.id,), None)
    await storage.cases.add_rater(db, rater, now=NOW)
    for week, total in enumerate(totals):
        new = draft(rater, subject=subject)
        await storage.drafts.add(db, new)
        await storage.ratings.put(db, rating(new, worker, *four(total), at=NOW + week * WEEK))
    return case_id


async def add_cases(db: Transaction, count: int, *totals: int) -> None:
    """So many closed cases in which the same totals were given."""
    worker = await add_worker(db)
    for _ in range(count):
        await add_case(db, worker, totals)
