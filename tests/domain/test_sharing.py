"""What may be shown to several people."""

from dataclasses import replace

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
