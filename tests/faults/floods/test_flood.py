"""The flood guard by itself: who is let in, who isn't, and how little it remembers."""

from hypothesis import given
from hypothesis import strategies as st

from bot.flood import A_SECOND, BURST, FEW, Flood

AINO, BO = 1, 2
TAPS_OF_THREE = 3 * (1 + 4 + 1)
"""Begin, four answers and Send, for each of three questionnaires."""


def let_in(flood: Flood, person: int, *moments: float) -> list[bool]:
    return [flood.allows(person, now) for now in moments]


def test_a_full_bucket_lets_a_burst_in_and_not_one_more() -> None:
    assert let_in(Flood(), AINO, *[7.0] * (BURST + 2)) == [True] * BURST + [False] * 2


def test_tokens_come_back_by_the_second() -> None:
    flood = Flood(burst=2, a_second=5)
    assert let_in(flood, AINO, 0, 0, 0.19, 0.2, 0.2, 0.4, 0.6, 0.79) == [
        True,
        True,
        False,
        True,
        False,
        True,
        True,
        False,
    ]


def test_what_is_refused_takes_no_token() -> None:
    """Who goes on hammering is let in as often as who waits."""
    flood = Flood(burst=1, a_second=1)
    assert let_in(flood, AINO, 0, *[0.9] * 1000, 1.0) == [True, *[False] * 1000, True]


def test_somebody_elses_flood_costs_nobody_a_token() -> None:
    flood = Flood()
    let_in(flood, AINO, *[0.0] * 5000)
    assert let_in(flood, BO, *[0.0] * BURST) == [True] * BURST


def test_two_taps_on_each_button_of_three_questionnaires_as_fast_as_a_finger_can_are_all_let_in() -> None:
    """Two fingers tap some ten times a second, and no screen has to be waited for."""
    taps = [number / 10 for number in range(2 * TAPS_OF_THREE)]
    assert all(let_in(Flood(), AINO, *taps))


def test_a_flood_is_told_once_and_again_only_after_its_bucket_was_full() -> None:
    flood = Flood(burst=2, a_second=1)

    def hammers(now: float) -> list[bool]:
        refused = [now for _ in range(5) if not flood.allows(AINO, now)]
        return [flood.is_new(AINO) for _ in refused]

    told = [hammers(0.0), hammers(1.0), hammers(2.5), hammers(5.0)]
    assert [each.count(True) for each in told] == [1, 0, 0, 1]


def test_full_buckets_are_forgotten() -> None:
    """Fifty thousand people, a hundred a second: only those of the last moments are remembered, and a few more."""
    flood = Flood()
    most = 0
    for person in range(50_000):
        flood.allows(person, person / 100)
        most = max(most, len(flood))
    assert most <= FEW + 1


def test_a_bucket_that_is_not_full_is_never_forgotten() -> None:
    flood = Flood(burst=1, a_second=1)
    crowd = range(10, 10 + 4 * FEW)
    let_in(flood, AINO, 0.0)
    assert all(flood.allows(person, 0.5) for person in crowd)
    assert let_in(flood, AINO, 0.5) == [False]
    assert len(flood) == len(crowd) + 1


@given(st.lists(st.floats(min_value=0, max_value=3, allow_nan=False), max_size=120), st.integers(0, 10**9))
def test_in_any_time_no_more_than_a_burst_and_what_came_back_is_let_in(pauses: list[float], begin: int) -> None:
    flood, now, times = Flood(burst=5, a_second=2), float(begin), list[float]()
    for pause in pauses:
        now += pause
        if flood.allows(AINO, now):
            times.append(now)
    for first in range(len(times)):
        for last in range(first, len(times)):
            assert last - first + 1 <= 5 + 2 * (times[last] - times[first]) + 0.01


@given(st.lists(st.floats(min_value=1 / A_SECOND, max_value=60), max_size=200), st.integers(0, 10**9))
def test_who_keeps_to_the_pace_is_always_let_in(pauses: list[float], begin: int) -> None:
    flood, now = Flood(), float(begin)
    for pause in pauses:
        now += pause
        assert flood.allows(AINO, now)
