"""Trajectories: what is expected at a rating, from an intake on. Totals are in mm, series in points."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.instruments import CORS, SRS, TOTAL_MAXIMUM
from bot.domain.people import AgeBand, Kind
from bot.domain.profiles import ICCE, PCOMS
from bot.domain.trajectories import Expected, RaterGroup, Row, Trajectories, Trajectory, group_of
from tests.domain.ratings_of import series

TABLE = Trajectory(
    (
        Row(100, (130, 150, 160), (80, 90, 95)),
        Row(200, (220, 230, 240), (180, 185, 190)),
        Row(230, (250, 260, 270), (200, 205, 210)),
    ),
    covers=(50, 250),
)
LOADED = Trajectories("a made-up one", {RaterGroup.ADULT: TABLE})


# Who has a table


@pytest.mark.parametrize(
    ("kind", "band", "group"),
    [
        (Kind.CLIENT, AgeBand.ADULT, RaterGroup.ADULT),
        (Kind.CLIENT, AgeBand.EIGHTEEN, RaterGroup.ADULT),
        (Kind.CLIENT, AgeBand.ADOLESCENT, RaterGroup.ADOLESCENT),
        (Kind.CLIENT, AgeBand.CHILD, RaterGroup.CHILD),
        (Kind.CLIENT, AgeBand.UNDER_6, None),
        (Kind.MOTHER, AgeBand.UNDER_6, RaterGroup.CARER),
        (Kind.FATHER, AgeBand.CHILD, RaterGroup.CARER),
        (Kind.CARER, AgeBand.ADOLESCENT, RaterGroup.CARER),
        (Kind.CARER, AgeBand.EIGHTEEN, None),
        (Kind.SCHOOL, AgeBand.CHILD, None),
        (Kind.PROFESSIONAL, AgeBand.ADULT, None),
    ],
)
def test_a_group_is_who_rates_and_for_clients_their_age(kind: Kind, band: AgeBand, group: RaterGroup | None) -> None:
    assert group_of(series(10, 20, kind=kind, band=band)) is group


def test_an_alliance_series_has_no_group() -> None:
    assert group_of(series(30, 31, instrument=SRS)) is None
    assert LOADED.expected(series(10, 12, instrument=SRS), ICCE) is None


@pytest.mark.parametrize(("band", "group"), [(AgeBand.CHILD, RaterGroup.CHILD), (AgeBand.ADOLESCENT, None)])
def test_who_has_the_childrens_questions_by_choice_has_no_table(band: AgeBand, group: RaterGroup | None) -> None:
    assert group_of(series(10, 20, band=band, instrument=CORS)) is group


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("band", AgeBand)
def test_there_is_a_group_exactly_where_a_cutoff_is_drawn(kind: Kind, band: AgeBand) -> None:
    theirs = series(10, 20, kind=kind, band=band)
    assert (group_of(theirs) is None) == (theirs.cutoff(ICCE) is None)


# What is expected


def test_at_an_intake_of_the_table_its_row_is_read_at_the_number_of_the_rating() -> None:
    assert LOADED.expected(series(10, 5), ICCE) == Expected(130, 80)
    assert LOADED.expected(series(10, 5, 30), ICCE) == Expected(150, 90)
    assert LOADED.expected(series(20, 5, 30, 7), ICCE) == Expected(240, 190)


def test_between_two_intakes_it_is_interpolated_in_whole_mm() -> None:
    assert LOADED.expected(series(15, 5), ICCE) == Expected(175, 130)
    assert LOADED.expected(series(17.5, 5), ICCE) == Expected(198, 155)
    assert LOADED.expected(series(21, 5), ICCE) == Expected(230, 187)


def test_after_the_last_rating_number_the_last_value_holds() -> None:
    assert LOADED.expected(series(10, *[20] * 3), ICCE) == Expected(160, 95)
    assert LOADED.expected(series(10, *[20] * 30), ICCE) == Expected(160, 95)
    assert LOADED.expected(series(15, *[20] * 30), ICCE) == Expected(200, 143)


def test_beside_the_outermost_rows_the_nearest_holds_as_far_as_the_table_goes() -> None:
    assert LOADED.expected(series(5.0, 5), ICCE) == Expected(130, 80)
    assert LOADED.expected(series(4.9, 5), ICCE) is None
    assert LOADED.expected(series(24.9, 5), ICCE) == Expected(250, 200)
    assert TABLE.expected(250, 2) == Expected(250, 200)
    assert TABLE.expected(251, 2) is None


def test_a_table_of_one_row_holds_for_all_that_it_is_for() -> None:
    one = Trajectory((Row(100, (130,), (80,)),), covers=(0, 200))
    assert [one.expected(each, 5) for each in (0, 100, 200, 201)] == [Expected(130, 80)] * 3 + [None]


def test_a_single_rating_has_nothing_to_be_compared_with() -> None:
    assert LOADED.expected(series(10), ICCE) is None


def test_who_begins_above_the_cutoff_has_no_target() -> None:
    assert LOADED.expected(series(25, 30), ICCE) is None
    assert LOADED.expected(series(25, 30), PCOMS) == Expected(250, 200)


def test_without_a_table_for_who_rates_nothing_is_expected() -> None:
    assert LOADED.expected(series(10, 12, band=AgeBand.CHILD, instrument=CORS), ICCE) is None
    assert LOADED.expected(series(10, 12, kind=Kind.SCHOOL), ICCE) is None
    assert LOADED.expected(series(10, 12, band=AgeBand.UNDER_6), ICCE) is None


# Laws


@st.composite
def rising(draw: st.DrawFn, *, begins: list[int], ratings: int) -> list[list[int]]:
    """Rows of numbers from these beginnings on, that fall neither along a row nor from row to row."""
    found: list[list[int]] = []
    for begin in begins:
        row: list[int] = []
        for at in range(ratings):
            least = max(found[-1][at] if found else 0, row[-1] if row else begin)
            row.append(draw(st.integers(least, TOTAL_MAXIMUM)))
        found.append(row)
    return found


@st.composite
def tables(draw: st.DrawFn) -> Trajectory:
    intakes = sorted(draw(st.sets(st.integers(0, TOTAL_MAXIMUM), min_size=1, max_size=5)))
    count = draw(st.integers(1, 6))
    targets = draw(rising(begins=intakes, ratings=count))
    lowers = draw(rising(begins=[0] * len(intakes), ratings=count))
    rows = [
        Row(intake, tuple(target), tuple(min(pair) for pair in zip(target, lower, strict=True)))
        for intake, target, lower in zip(intakes, targets, lowers, strict=True)
    ]
    return Trajectory(tuple(rows), covers=(0, TOTAL_MAXIMUM))


def at(table: Trajectory, intake: int, number: int) -> Expected:
    found = table.expected(intake, number)
    assert found is not None
    return found


TOTALS, NUMBERS = st.integers(0, TOTAL_MAXIMUM), st.integers(2, 10)


@given(tables(), TOTALS, NUMBERS)
def test_what_is_expected_lies_between_the_neighbouring_rows(table: Trajectory, intake: int, number: int) -> None:
    below = [each for each in table.rows if each.intake <= intake] or [table.rows[0]]
    above = [each for each in table.rows if each.intake >= intake] or [table.rows[-1]]
    low, high, found = below[-1].at(number), above[0].at(number), at(table, intake, number)
    assert low.target <= found.target <= high.target
    assert low.lower <= found.lower <= high.lower


@given(tables(), TOTALS, TOTALS, NUMBERS)
def test_who_began_higher_is_never_expected_lower(table: Trajectory, one: int, other: int, number: int) -> None:
    low, high = (at(table, each, number) for each in sorted((one, other)))
    assert low.target <= high.target
    assert low.lower <= high.lower


@given(tables(), TOTALS, NUMBERS, NUMBERS)
def test_nothing_expected_falls_from_rating_to_rating(table: Trajectory, intake: int, one: int, other: int) -> None:
    early, late = (at(table, intake, each) for each in sorted((one, other)))
    assert early.target <= late.target
    assert early.lower <= late.lower


@given(tables(), TOTALS, NUMBERS)
def test_the_lower_line_is_never_above_the_target(table: Trajectory, intake: int, number: int) -> None:
    found = at(table, intake, number)
    assert found.lower <= found.target
