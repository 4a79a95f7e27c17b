"""A service's own reference: a line through its closed cases."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.cases import Ending
from bot.domain.figures import Lack
from bot.domain.lines import Line, lines_of
from bot.domain.people import AgeBand
from bot.domain.profiles import ICCE
from bot.domain.references import LEAST_CLOSED, Expectation, FittedReference, Reference, fitted_reference
from bot.domain.statistics import Yardstick, figures
from tests.domain.eight_cases import Totals, course


def closed(*told: Totals) -> tuple[Line, ...]:
    return lines_of(course(f"C{at}", AgeBand.ADULT, each, (), Ending.AGREED) for at, each in enumerate(told))


def along(count: int) -> list[Totals]:
    """First totals from 10 in steps of half a point; the last is 13 + 0.6 x first exactly."""
    return [(10 + at / 2, 13 + 0.6 * (10 + at / 2)) for at in range(count)]


def test_an_expectation_is_a_line_over_first_totals() -> None:
    assert Expectation(intercept=130, slope=0.6).of(250) == 280


@pytest.mark.parametrize("sd", [0.0, -1.0, float("nan"), float("inf")])
def test_a_references_standard_deviation_is_a_number_above_0(sd: float) -> None:
    with pytest.raises(ValueError, match="standard deviation"):
        Reference(sd=sd)
    assert Reference(sd=0.5).sd == 0.5


def test_thirty_closed_cases_on_a_line_give_that_line() -> None:
    """Firsts 100, 105 ... 245 mm: mean 172.5, SD 5 x sqrt(30 x 31 / 12); the mean change is 130 - 0.4 x 172.5 = 61."""
    fit = fitted_reference(closed(*along(30)))
    sd = 5 * (30 * 31 / 12) ** 0.5
    assert (fit.of, fit.lack) == (30, None)
    assert fit.reference is not None
    assert fit.reference.expectation is not None
    assert fit.reference.expectation.intercept == pytest.approx(130)
    assert fit.reference.expectation.slope == pytest.approx(0.6)
    assert fit.reference.sd == pytest.approx(sd)
    assert fit.reference.effect == pytest.approx(61 / sd)


def test_twenty_nine_are_too_few() -> None:
    assert LEAST_CLOSED == 30
    assert fitted_reference(closed(*along(29))) == FittedReference(None, 29, Lack.TOO_FEW_CLOSED)


def test_open_cases_and_single_ratings_arent_counted() -> None:
    still_open = [replace(each, days=None) for each in closed((20, 30))]
    alliance_only = [replace(each, series=None) for each in closed((20, 30))]
    lines = [*closed(*along(29)), *closed((20,)), *still_open, *alliance_only]
    assert fitted_reference(lines) == FittedReference(None, 29, Lack.TOO_FEW_CLOSED)


def test_clients_who_all_began_alike_give_no_line() -> None:
    assert fitted_reference(closed(*[(20.0, 20.0 + at) for at in range(30)])) == FittedReference(
        None, 30, Lack.NO_SPREAD
    )


POINTS = st.integers(100, 300).map(lambda mm: mm / 10)
PAIRS = st.lists(st.tuples(POINTS, POINTS), min_size=30, max_size=40)


@given(PAIRS)
def test_a_service_is_as_its_own_reference(told: list[Totals]) -> None:
    lines = closed(*told)
    fit = fitted_reference(lines)
    if fit.reference is None:
        assert fit.lack is Lack.NO_SPREAD
        return
    found = figures(lines, Yardstick(ICCE, reference=fit.reference)).effects
    assert found.relative.value == pytest.approx(0, abs=1e-9)
    assert found.adjusted_older.value == pytest.approx(found.own.value)


@given(PAIRS)
def test_the_order_of_cases_doesnt_matter_to_the_fit(told: list[Totals]) -> None:
    assert fitted_reference(closed(*reversed(told))) == fitted_reference(closed(*told))


@given(PAIRS)
def test_no_other_slope_or_intercept_fits_better(told: list[Totals]) -> None:
    found = fitted_reference(closed(*told)).reference
    if found is None or found.expectation is None:
        return
    best = found.expectation
    others = [replace(best, slope=best.slope + 0.01), replace(best, intercept=best.intercept - 1)]
    assert all(misfit(best, told) <= misfit(other, told) for other in others)


def misfit(expectation: Expectation, told: list[Totals]) -> float:
    return sum((10 * last - expectation.of(round(10 * first))) ** 2 for first, last in told)
