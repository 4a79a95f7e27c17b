"""Offering a case: nothing of it is a colleague's before their yes, and each step is in the audit."""

from datetime import timedelta

import storage
from bot.actions import sharing
from bot.domain.acts import Act
from bot.domain.errors import Reason
from bot.domain.letters import LetterKind
from bot.domain.offers import OfferKind
from storage import Transaction
from tests.actions.asking import refused, told
from tests.storage.family import NOW, Family


async def offered(db: Transaction, family: Family, kind: OfferKind = OfferKind.SHARE) -> str:
    circle = await sharing.offer(db, family.nora, family.case.id, family.other_worker.id, kind, now=NOW)
    return circle.offered[-1].offer.id


async def test_an_offer_is_told_to_the_colleague_and_opens_nothing(db: Transaction, family: Family) -> None:
    offer_id = await offered(db, family)
    about = {"offer": offer_id}
    assert await told(db, LetterKind.OFFERED) == [(family.otto.id, LetterKind.OFFERED, about)]
    assert not await storage.cases.is_worker_of(db, family.other_worker.id, family.case.id)
    assert await refused(sharing.circle(db, family.otto, family.case.id, now=NOW)) is Reason.NOT_HERE
    assert [each.act for each in await storage.audit.of_case(db, family.case.id)] == [Act.OFFER_CASE]


async def test_the_same_is_offered_once_and_another_kind_takes_its_place(db: Transaction, family: Family) -> None:
    first = await offered(db, family)
    again = sharing.offer(db, family.nora, family.case.id, family.other_worker.id, OfferKind.SHARE, now=NOW)
    assert await refused(again) is Reason.NO_LONGER
    second = await offered(db, family, OfferKind.HAND_OVER)
    waiting = await storage.offers.of_case(db, family.case.id, now=NOW)
    assert [each.id for each in waiting] == [second] != [first]


async def test_an_offer_is_withdrawn_once_and_runs_out_after_a_week(db: Transaction, family: Family) -> None:
    offer_id = await offered(db, family)
    await sharing.withdraw(db, family.nora, family.case.id, offer_id, now=NOW)
    again = sharing.withdraw(db, family.nora, family.case.id, offer_id, now=NOW)
    assert await refused(again) is Reason.NO_LONGER
    await offered(db, family)
    later = NOW + timedelta(days=7, seconds=1)
    assert await storage.offers.of_case(db, family.case.id, now=later) == []


async def test_nobody_offers_what_is_not_theirs_or_to_themself(db: Transaction, family: Family) -> None:
    to_nora = sharing.offer(db, family.otto, family.case.id, family.worker.id, OfferKind.SHARE, now=NOW)
    assert await refused(to_nora) is Reason.NOT_HERE
    to_herself = sharing.offer(db, family.nora, family.case.id, family.worker.id, OfferKind.SHARE, now=NOW)
    assert await refused(to_herself) is Reason.NOT_HERE
    to_nobody = sharing.offer(db, family.nora, family.case.id, "xxxxxxxxxxxx", OfferKind.SHARE, now=NOW)
    assert await refused(to_nobody) is Reason.COLLEAGUE_LEFT


async def test_nobody_leaves_a_case_that_is_nobody_elses(db: Transaction, family: Family) -> None:
    assert await refused(sharing.leave(db, family.nora, family.case.id, now=NOW)) is Reason.ONLY_WORKER
