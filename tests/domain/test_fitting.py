"""Fitting trajectories from closed cases. Totals are in mm."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.fitting import LEAST_CASES, Band, fitted, isotonic
from bot.domain.instruments import CORS, ORS, SRS, TOTAL_MAXIMUM
from bot.domain.people import AgeBand, Kind
from bot.domain.profiles import ICCE, NHS, PCOMS, PROFILES, Profile, by_age
from bot.domain.series import Series
from bot.domain.trajectories import RaterGroup, Row, Trajectories, Trajectory
from bot.domain.trajectory_files import must_cover, parsed, written
from tests.domain.closed import alike, closed

ADULT, CARER = RaterGroup.ADULT, RaterGroup.CARER


def adults(series: Sequence[Series], profile: Profile = ICCE) -> Trajectory:
    return fitted(series, profile).tables[ADULT]


def bands(series: Sequence[Series], profile: Profile = ICCE, group: RaterGroup = ADULT) -> list[tuple[int, int, int]]:
    return [(each.lowest, each.highest, each.cases) for each in fitted(series, profile).bands if each.group is group]


# The table


def test_target_and_lower_line_are_median_and_lower_quartile_of_the_band() -> None:
    """Thirty-one lives from 110 on: 100, 102, ... 160 at the second rating. A quarter of the way is 115, half 130."""
    theirs = [closed(f"c{at}", (110, 100 + 2 * at)) for at in range(31)]
    assert adults(theirs) == Trajectory((Row(110, (130,), (115,), n=31),), covers=(100, 149))


def test_the_intake_of_a_row_is_the_median_of_its_band() -> None:
    theirs = [closed(f"c{at}", (100 + at, 200)) for at in range(31)]
    assert adults(theirs).rows == (Row(115, (200,), (200,), n=31),)


def test_there_is_a_row_for_each_band_with_enough_cases_and_those_between_are_passed_over() -> None:
    low, few, high = alike(30, 60, 90, prefix="low"), alike(29, 110, 130, prefix="few"), alike(31, 210, 230, prefix="h")
    fit = fitted([*low, *few, *high], ICCE)
    assert fit.tables == {ADULT: Trajectory((Row(60, (90,), (90,), 30), Row(210, (230,), (230,), 31)), (50, 249))}
    assert [each.is_kept for each in fit.bands if each.group is ADULT] == [False, True, False, False, True]


def test_the_number_of_cases_is_said_of_every_band() -> None:
    assert bands([*alike(30, 60, 90), *alike(2, 200, 230, prefix="other")]) == [
        (0, 49, 0),
        (50, 99, 30),
        (100, 149, 0),
        (150, 199, 0),
        (200, 249, 2),
    ]


def test_without_thirty_cases_in_a_band_nothing_is_fitted() -> None:
    assert fitted(alike(29, 60, 90), ICCE).tables == {}
    assert fitted([], ICCE).tables == {}


# Bands


@pytest.mark.parametrize(
    ("profile", "group", "last"),
    [
        (ICCE, ADULT, (200, 249, 0)),
        (PCOMS, ADULT, (200, 250, 0)),
        (ICCE, RaterGroup.ADOLESCENT, (250, 279, 0)),
        (ICCE, RaterGroup.CHILD, (250, 319, 0)),
        (NHS, CARER, (250, 279, 0)),
    ],
)
def test_the_last_band_ends_below_the_cutoff_and_takes_a_small_rest_with_it(
    profile: Profile, group: RaterGroup, last: tuple[int, int, int]
) -> None:
    assert bands([], profile, group)[-1] == last


def test_a_rest_of_half_a_band_is_a_band() -> None:
    own = replace(ICCE, outcome=by_age(adult=125, adolescent=124, child=20))
    assert [each[:2] for each in bands([], own)] == [(0, 49), (50, 99), (100, 124)]
    assert [each[:2] for each in bands([], own, RaterGroup.ADOLESCENT)] == [(0, 49), (50, 123)]
    assert [each[:2] for each in bands([], own, RaterGroup.CHILD)] == [(0, 19)]


def test_without_a_cutoff_or_below_it_there_are_no_bands() -> None:
    own = replace(ICCE, outcome={AgeBand.ADULT: 0})
    assert bands([], own) == []
    assert bands([], own, RaterGroup.CHILD) == []


def test_who_began_above_the_cutoff_is_not_counted() -> None:
    assert bands(alike(30, 250, 300))[-1] == (200, 249, 0)
    assert bands(alike(30, 250, 300), PCOMS)[-1] == (200, 250, 30)


# Who counts


def test_each_group_has_its_own_table() -> None:
    theirs = [*alike(30, 60, 90), *alike(30, 60, 100, kind=Kind.MOTHER, prefix="about an adult")]
    theirs += [closed(f"child {at}", (60, 110), band=AgeBand.CHILD, instrument=CORS) for at in range(30)]
    theirs += [closed(f"f{at}", (60, 120), kind=Kind.FATHER, band=AgeBand.ADOLESCENT) for at in range(30)]
    theirs += [closed(f"s{at}", (60, 130), kind=Kind.SCHOOL, band=AgeBand.CHILD) for at in range(30)]
    found = {group: table.rows[0].targets for group, table in fitted(theirs, ICCE).tables.items()}
    assert found == {ADULT: (90,), RaterGroup.CHILD: (110,), CARER: (120,)}


def test_alliance_series_and_single_ratings_are_not_counted() -> None:
    theirs = [closed(f"a{at}", (60, 90), instrument=SRS) for at in range(30)]
    assert bands([*theirs, *alike(30, 60)]) == bands([])


def test_a_family_is_one_case_however_many_of_it_rate() -> None:
    """Sixty series of mothers and fathers are thirty cases; the series of all count in the lines."""
    mothers = [closed(f"c{at}", (60, 90), rater=f"m{at}", kind=Kind.MOTHER, band=AgeBand.CHILD) for at in range(30)]
    fathers = [closed(f"c{at}", (60, 110), rater=f"f{at}", kind=Kind.FATHER, band=AgeBand.CHILD) for at in range(30)]
    assert (50, 99, 30) in bands([*mothers, *fathers], group=CARER)
    assert fitted([*mothers, *fathers], ICCE).tables[CARER].rows == (Row(60, (100,), (90,), n=30),)
    assert fitted([*mothers[:29], *fathers[:29]], ICCE).tables == {}


def test_of_one_rater_the_newest_series_of_two_or_more_counts() -> None:
    """An adolescent who changed to the child's scale, and has given it once on a third one, is there once."""
    theirs = []
    for at in range(30):
        theirs.append(closed(f"c{at}", (60, 70), instrument=CORS))
        theirs.append(closed(f"c{at}", (80, 120), week=10))
        theirs.append(closed(f"c{at}", (40,), instrument=CORS, week=20))
    assert adults(theirs).rows == (Row(80, (120,), (120,), n=30),)


def test_a_client_who_has_joined_anew_counts_once_and_a_second_carer_for_themself() -> None:
    first, second = (
        [closed(f"c{at}", (60, 80), rater=f"{at} of phone {phone}", week=phone) for at in range(30)] for phone in (0, 5)
    )
    only_one_of_two = [closed(f"c{at}", (60, 200), week=9) for at in range(30)]
    assert adults([*first, *second, *only_one_of_two]).rows == (Row(60, (200,), (200,), n=30),)


def test_who_rates_about_two_subjects_counts_with_both() -> None:
    theirs = [
        closed(f"c{at}", (60, 90 + 20 * child), subject=f"{child} of {at}", kind=Kind.CARER, band=AgeBand.CHILD)
        for at in range(30)
        for child in (0, 1)
    ]
    assert fitted(theirs, ICCE).tables[CARER].rows == (Row(60, (100,), (90,), n=30),)


# Series of unequal length


def test_who_ended_earlier_counts_with_the_last_total_at_later_ratings() -> None:
    """Twenty who ended well after two ratings, and ten who needed longer: the target doesn't sink to the ten."""
    theirs = [*alike(20, 100, 220), *alike(10, 100, 110, 120, 130, prefix="long")]
    assert adults(theirs).rows == (Row(100, (220, 220, 220), (110, 120, 130), n=30),)


def test_the_table_ends_where_fewer_than_five_series_came() -> None:
    four, five = alike(4, *range(100, 110), prefix="four"), alike(1, *range(100, 106), prefix="five")
    theirs = [*alike(30, 100, 120), *four, *five]
    assert len(adults(theirs).rows[0].targets) == 5
    assert len(adults([*theirs, *alike(1, *range(100, 110), prefix="six")]).rows[0].targets) == 9


# No dips


def test_a_dip_along_ratings_is_evened_out() -> None:
    assert adults(alike(30, 100, 130, 120, 125, 150)).rows == (
        Row(100, (125, 125, 125, 150), (125, 125, 125, 150), n=30),
    )


def test_a_dip_along_intakes_is_evened_out_by_the_number_of_cases() -> None:
    """Forty of 180 and eighty of 150 become 160 for both."""
    theirs = [*alike(40, 110, 180), *alike(80, 155, 150, prefix="higher")]
    assert adults(theirs).rows == (Row(110, (160,), (160,), 40), Row(155, (160,), (160,), 80))


def test_a_target_is_never_below_the_intake() -> None:
    assert adults(alike(30, 110, 80, 90)).rows == (Row(110, (110, 110), (80, 90), 30),)


@pytest.mark.parametrize(
    ("values", "weights", "level"),
    [
        ([], [], []),
        ([3], [1], [3]),
        ([1, 2, 2, 5], [1, 1, 1, 1], [1, 2, 2, 5]),
        ([3, 1], [1, 1], [2, 2]),
        ([3, 1], [1, 3], [1.5, 1.5]),
        ([4, 3, 2, 1], [1, 1, 1, 1], [2.5] * 4),
        ([1, 5, 3, 4, 6], [1, 1, 1, 1, 1], [1, 4, 4, 4, 6]),
        ([5, 6, 0], [1, 1, 4], [Fraction(11, 6)] * 3),
    ],
)
def test_neighbours_that_fall_are_given_their_mean(
    values: list[int], weights: list[int], level: list[Fraction]
) -> None:
    assert list(isotonic([Fraction(each) for each in values], weights)) == level


WEIGHED = st.lists(st.tuples(st.integers(0, 400).map(Fraction), st.integers(1, 50)), min_size=1, max_size=12)


@given(WEIGHED)
def test_what_is_evened_out_rises_and_keeps_its_weighed_mean(pairs: list[tuple[Fraction, int]]) -> None:
    values, weights = zip(*pairs, strict=True)
    level = isotonic(values, weights)
    assert list(level) == sorted(level)
    before, after = (sum(each * n for each, n in zip(line, weights, strict=True)) for line in (values, level))
    assert before == after
    assert isotonic(level, weights) == level


@given(WEIGHED, st.data())
def test_no_other_line_that_rises_is_nearer(pairs: list[tuple[Fraction, int]], data: st.DataObject) -> None:
    values, weights = zip(*pairs, strict=True)
    other = sorted(data.draw(st.lists(st.integers(0, 400), min_size=len(pairs), max_size=len(pairs))))
    level = isotonic(values, weights)
    assert distance(values, level, weights) <= distance(values, other, weights)


def distance(one: Sequence[Fraction], other: Sequence[Fraction | int], weights: Sequence[int]) -> Fraction:
    return sum((n * (a - b) ** 2 for a, b, n in zip(one, other, weights, strict=True)), Fraction(0))


# Laws, over whole services

KINDS = [
    (Kind.CLIENT, AgeBand.ADULT, ORS),
    (Kind.CLIENT, AgeBand.CHILD, CORS),
    (Kind.MOTHER, AgeBand.CHILD, CORS),
    (Kind.SCHOOL, AgeBand.CHILD, CORS),
]


@st.composite
def services(draw: st.DrawFn) -> list[Series]:
    """Closed cases of a few bands, so many that several are kept; what comes of each is by chance."""
    chance = Random(draw(st.integers(0, 2**32)))
    kind, band, instrument = draw(st.sampled_from(KINDS))
    found = []
    for at in range(draw(st.integers(0, 200))):
        begin = chance.choice((20, 110, 210, 255))
        totals = [chance.randint(begin, begin + 30)]
        totals += [chance.randint(0, TOTAL_MAXIMUM) for _ in range(chance.randint(0, 6))]
        found.append(closed(f"c{at}", totals, kind=kind, band=band, instrument=instrument))
    return found


@settings(deadline=None)
@given(services(), st.sampled_from(sorted(PROFILES)))
def test_whatever_is_fitted_is_a_file_that_is_taken(series: list[Series], name: str) -> None:
    made = Trajectories("fitted", fitted(series, PROFILES[name]).tables)
    assert parsed(written(made)) == made
    must_cover(made, PROFILES[name])


@settings(deadline=None)
@given(services(), st.randoms(use_true_random=False))
def test_the_order_of_cases_doesnt_matter(series: list[Series], chance: Random) -> None:
    shuffled = list(series)
    chance.shuffle(shuffled)
    assert fitted(shuffled, ICCE) == fitted(series, ICCE)


@settings(deadline=None)
@given(services())
def test_each_row_has_a_band_with_enough_cases_and_says_how_many(series: list[Series]) -> None:
    fit = fitted(series, ICCE)
    kept = [each.cases for each in fit.bands if each.is_kept]
    assert [row.n for table in fit.tables.values() for row in table.rows] == kept
    assert all(each >= LEAST_CASES for each in kept)
    assert Band(ADULT, 0, 49, 0).is_kept is False
