"""When an age band is looked at again, and at which age a rating is read."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.ages import ASKED_AGAIN, band_at, band_by_now, band_for, is_to_be_asked, months_of_birth
from bot.domain.cases import Subject
from bot.domain.instruments import CORS, CSRS, ORS, SRS, Instrument, Measure
from bot.domain.people import AgeBand

UNDER_6, CHILD, ADOLESCENT, EIGHTEEN, ADULT = AgeBand
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
TODAY = NOW.date()
MOMENT = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("born", "band"),
    [
        (date(2026, 3, 1), UNDER_6),
        (date(2020, 4, 1), UNDER_6),
        (date(2020, 3, 1), CHILD),
        (date(2013, 4, 1), CHILD),
        (date(2013, 3, 1), ADOLESCENT),
        (date(2008, 4, 1), ADOLESCENT),
        (date(2008, 3, 1), EIGHTEEN),
        (date(2007, 4, 1), EIGHTEEN),
        (date(2007, 3, 1), ADULT),
        (date(1950, 12, 1), ADULT),
    ],
)
def test_a_band_changes_on_the_first_day_of_the_month_of_birth(born: date, band: AgeBand) -> None:
    assert band_at(born, TODAY) is band


@pytest.mark.parametrize(
    ("band", "oldest", "newest", "count"),
    [
        (UNDER_6, date(2020, 4, 1), date(2026, 3, 1), 72),
        (CHILD, date(2013, 4, 1), date(2020, 3, 1), 84),
        (ADOLESCENT, date(2008, 4, 1), date(2013, 3, 1), 60),
        (EIGHTEEN, date(2007, 4, 1), date(2008, 3, 1), 12),
    ],
)
def test_only_months_are_offered_in_which_somebody_of_the_band_can_have_been_born(
    band: AgeBand, oldest: date, newest: date, count: int
) -> None:
    months = months_of_birth(band, TODAY)
    assert (months[0], months[-1], len(months)) == (oldest, newest, count)


def test_of_adults_no_month_is_asked() -> None:
    assert months_of_birth(ADULT, TODAY) == ()


def asked(band: AgeBand, known_at: datetime | None, born: date | None = None) -> bool:
    return is_to_be_asked(Subject("aino", "case", band, known_at, born), now=NOW, today=TODAY)


def test_without_a_month_of_birth_the_band_is_asked_once_a_year() -> None:
    assert not asked(CHILD, NOW - ASKED_AGAIN + MOMENT)
    assert asked(CHILD, NOW - ASKED_AGAIN)
    assert asked(CHILD, None)


def test_with_a_month_of_birth_it_is_asked_when_the_band_changes_and_not_before() -> None:
    assert not asked(CHILD, NOW - 3 * ASKED_AGAIN, date(2013, 4, 1))
    assert asked(CHILD, NOW, date(2013, 3, 1))


def test_an_adult_is_never_asked_again() -> None:
    assert not asked(ADULT, NOW - 9 * ASKED_AGAIN)
    assert not asked(ADULT, None)


@pytest.mark.parametrize(
    ("instrument", "band", "read_at"),
    [
        (CORS, UNDER_6, UNDER_6),
        (CORS, CHILD, CHILD),
        (CSRS, CHILD, CHILD),
        (CORS, ADOLESCENT, CHILD),
        (CSRS, ADULT, CHILD),
        (ORS, ADOLESCENT, ADOLESCENT),
        (ORS, EIGHTEEN, EIGHTEEN),
        (SRS, ADULT, ADULT),
        (ORS, CHILD, ADOLESCENT),
        (SRS, UNDER_6, ADOLESCENT),
    ],
)
def test_a_rating_is_read_at_the_age_that_its_instrument_is_for(
    instrument: Instrument, band: AgeBand, read_at: AgeBand
) -> None:
    assert band_for(instrument, band) is read_at


@pytest.mark.parametrize("band", AgeBand)
def test_a_services_own_measure_is_for_every_age(band: AgeBand) -> None:
    assert band_for(Instrument("sleep", Measure.OWN, faces=False, count=2), band) is band


def test_another_band_by_now_is_known_by_the_month_of_birth_and_by_nothing_else() -> None:
    def now_is(band: AgeBand, born: date | None) -> AgeBand | None:
        return band_by_now(Subject("bo", "case", band, NOW, born), TODAY)

    assert now_is(CHILD, date(2013, 3, 1)) is ADOLESCENT
    assert now_is(ADOLESCENT, date(2008, 3, 1)) is EIGHTEEN
    assert now_is(CHILD, date(2013, 4, 1)) is None
    assert now_is(CHILD, None) is None
    assert now_is(ADULT, date(2013, 3, 1)) is None
