"""What may be shown to several people."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.domain.offers import Offer, OfferKind
from bot.domain.sharing import all_shared, shared
from tests.domain.ratings_of import rating

TOGETHER = [rating(at, (70, 60, 80, 90)) for at in range(3)]
KEPT = replace(TOGETHER[1], only_worker=True)


def test_what_is_for_the_worker_alone_is_left_out_of_what_is_shown_together() -> None:
    assert shared([TOGETHER[0], KEPT, TOGETHER[2]]) == (TOGETHER[0], TOGETHER[2])
    assert not all_shared([TOGETHER[0], KEPT])


def test_where_nobody_keeps_anything_back_all_is_shown() -> None:
    assert shared(TOGETHER) == tuple(TOGETHER)
    assert all_shared(TOGETHER)
    assert (shared([]), all_shared([])) == ((), True)


def test_an_offer_of_a_case_waits_seven_days_or_until_it_is_answered() -> None:
    made = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
    offer = Offer("offer", "case", "nora", "otto", OfferKind.SHARE, made)
    assert offer.until == made + timedelta(days=7)
    assert offer.waits(now=offer.until - timedelta(seconds=1))
    assert not offer.waits(now=offer.until)
    assert not replace(offer, answered_at=made).waits(now=made)
