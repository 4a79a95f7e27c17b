"""Shares and numbers: how they round, and that what there isn't says why."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.figures import (
    Convention,
    Lack,
    Member,
    Number,
    Share,
    mean,
    number_of,
    share_of,
    share_of_units,
    spread,
)

AINO, BO = Member("case aino", "aino"), Member("case bo", "bo")


@pytest.mark.parametrize(
    ("count", "of", "percent"),
    [
        (35, 49, 71),
        (11, 49, 22),
        (3, 49, 6),
        (11, 61, 18),
        (1, 8, 13),
        (1, 200, 1),
        (1, 201, 0),
        (0, 7, 0),
        (7, 7, 100),
    ],
)
def test_percent_is_whole_and_a_half_goes_upwards(count: int, of: int, percent: int) -> None:
    """The first four are the Helsinki report's, published."""
    assert Share(count, of).percent == percent


@given(st.integers(1, 10_000), st.integers(0, 10_000))
def test_percent_is_never_off_by_more_than_a_half(of: int, count: int) -> None:
    share = Share(min(count, of), of)
    assert share.percent is not None
    assert abs(2 * (100 * min(count, of) - share.percent * of)) <= of


def test_a_share_of_nobody_has_no_percentage_and_says_so() -> None:
    assert share_of([], []) == Share(0, 0, lack=Lack.NOBODY)
    assert share_of_units(0, 0, []) == Share(0, 0, lack=Lack.NOBODY)
    assert Share(0, 0, lack=Lack.NOBODY).percent is None


def test_a_share_kept_back_has_neither_count_nor_denominator() -> None:
    kept = share_of([AINO], [AINO, BO], convention=Convention.CORRIDOR).kept_back()
    assert kept == Share(None, None, Convention.CORRIDOR, Lack.SMALL_GROUP)
    assert (kept.percent, kept.base, kept.counted) == (None, frozenset(), None)


@pytest.mark.parametrize(("count", "of"), [(-1, 5), (6, 5), (1, 0)])
def test_more_than_all_is_no_share(count: int, of: int) -> None:
    with pytest.raises(ValueError, match="no share"):
        Share(count, of)


def test_a_share_counts_whom_it_is_given_and_shows_nobodys_id() -> None:
    share = share_of([AINO], [AINO, BO])
    assert share == Share(1, 2)
    assert (share.base, share.counted) == (frozenset({AINO, BO}), frozenset({AINO}))
    assert "aino" not in repr(share)
    assert (share.bare(), share.bare().base, share.bare().counted) == (share, frozenset(), None)


def test_a_share_of_meetings_counts_nobody() -> None:
    share = share_of_units(3, 4, [AINO, BO])
    assert (share, share.base, share.counted) == (Share(3, 4), frozenset({AINO, BO}), None)


@pytest.mark.parametrize(
    ("value", "places", "shown"),
    [
        (0.125, 2, "0.13"),
        (-0.125, 2, "-0.13"),
        (2.675, 2, "2.68"),
        (0.5, 0, "1"),
        (1e-9, 4, "0.0000"),
        (253.75, 1, "253.8"),
    ],
)
def test_a_number_rounds_a_half_away_from_zero(value: float, places: int, shown: str) -> None:
    assert str(Number(value, 7).rounded(places)) == shown


def test_mm_are_shown_in_points() -> None:
    assert str(Number(253.75, 8).in_points(2)) == "25.38"
    assert str(Number(-23.5714, 7).in_points(4)) == "-2.3571"


def test_a_number_that_there_isnt_rounds_to_nothing() -> None:
    missing = Number(None, 1, lack=Lack.ONE)
    assert (missing.rounded(2), missing.in_points(2)) == (None, None)


def test_a_number_has_a_value_or_says_why_not() -> None:
    with pytest.raises(ValueError, match="says why not"):
        Number(None, 3)
    with pytest.raises(ValueError, match="says why not"):
        Number(1.0, 3, lack=Lack.ONE)


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_not_a_number_is_no_number(value: float) -> None:
    with pytest.raises(ValueError, match="no number"):
        Number(value, 3)


def test_a_number_is_of_those_it_is_given() -> None:
    number = number_of(1.5, [AINO, BO], convention=Convention.OLDER)
    assert number == Number(1.5, 2, Convention.OLDER)
    assert number.base == {AINO, BO}
    assert "aino" not in repr(number)
    assert (number.bare(), number.bare().base) == (number, frozenset())
    assert number.kept_back() == Number(None, None, Convention.OLDER, Lack.SMALL_GROUP)
    assert number.kept_back().base == frozenset()


def test_of_nobody_there_is_no_number_whatever_else_is_missing() -> None:
    assert number_of(Lack.NO_EXPECTATION, []) == Number(None, 0, lack=Lack.NOBODY)
    missing = number_of(Lack.NO_EXPECTATION, [AINO])
    assert (missing, missing.base) == (Number(None, 1, lack=Lack.NO_EXPECTATION), frozenset({AINO}))


def test_a_mean_of_nothing_is_of_nobody() -> None:
    assert mean([]) is Lack.NOBODY
    assert mean([1, 2, 6]) == 3


def test_a_spread_needs_two_that_differ() -> None:
    assert (spread([]), spread([7]), spread([7, 7])) == (Lack.NOBODY, Lack.ONE, Lack.NO_SPREAD)
    assert spread([1, 3]) == pytest.approx(2**0.5)
    assert spread([2, 4, 4, 4, 5, 5, 7, 9]) == pytest.approx((32 / 7) ** 0.5)


@given(st.lists(st.integers(0, 400), min_size=2), st.integers(-400, 400))
def test_a_spread_doesnt_care_by_how_much_all_are_shifted(values: list[int], by: int) -> None:
    assert spread([each + by for each in values]) == spread(values)
