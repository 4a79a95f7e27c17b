"""Reviews: the newest one counts."""

from datetime import timedelta

import storage
from bot.domain.reviews import EVERY, Decided, due_at
from storage import Transaction
from tests.storage.family import NOW, add_family


async def test_the_newest_review_counts(db: Transaction) -> None:
    family = await add_family(db)
    case_id, worker_id = family.case.id, family.worker.id
    assert await storage.reviews.last(db, case_id) is None
    for days, decided in ((100, Decided.GO_ON), (10, Decided.CHANGE)):
        at = NOW + timedelta(days=days)
        added = await storage.reviews.add(db, case_id=case_id, worker_id=worker_id, decided=decided, now=at)
    first = await storage.reviews.last(db, case_id)
    assert first is not None
    assert (first.decided, first.at) == (Decided.GO_ON, NOW + timedelta(days=100))
    assert added.decided is Decided.CHANGE


async def test_a_case_is_due_three_months_after_its_opening_and_after_each_review(db: Transaction) -> None:
    family = await add_family(db)
    assert due_at(NOW, None) == NOW + EVERY
    review = await storage.reviews.add(
        db, case_id=family.case.id, worker_id=family.worker.id, decided=Decided.GO_ON, now=NOW + timedelta(days=5)
    )
    assert due_at(NOW, review) == NOW + timedelta(days=5) + EVERY
