"""Series: which ratings belong together, and in which order."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import permutations

import pytest

from bot.domain.cases import Case, CaseState, Rater, Subject
from bot.domain.instruments import CORS, CSRS, ORS, SRS
from bot.domain.people import AgeBand, Kind
from bot.domain.profiles import ICCE
from bot.domain.series import Series, series_of
from tests.domain.ratings_of import four, rating, series

AINO, BO = Subject("aino", "case", AgeBand.ADOLESCENT), Subject("bo", "case", AgeBand.CHILD)
HERSELF = Rater("aino", "case", Kind.CLIENT, AgeBand.ADOLESCENT, ("aino",), "p1")
MOTHER = Rater("mother", "case", Kind.MOTHER, AgeBand.ADULT, ("aino", "bo"), "p2")
FAMILY = Case("case", "Koivu 7", CaseState.OPEN, datetime(2026, 1, 1, tzinfo=UTC), (AINO, BO), (HERSELF, MOTHER))

OWN = [rating(at, four(each), rater="aino", subject="aino") for at, each in enumerate((200, 210))]
ABOUT_AINO = rating(0, four(240), rater="mother", subject="aino")
ABOUT_BO = rating(1, four(250), instrument=CORS, rater="mother", subject="bo")
OF_THE_MEETING = rating(1, four(370), instrument=SRS, rater="mother", subject=None)
ALL = [*OWN, ABOUT_AINO, ABOUT_BO, OF_THE_MEETING]


def test_one_rater_has_a_series_for_each_subject_and_instrument() -> None:
    assert set(series_of(FAMILY, ALL)) == {
        Series(ORS, Kind.CLIENT, AgeBand.ADOLESCENT, tuple(OWN)),
        Series(ORS, Kind.MOTHER, AgeBand.ADOLESCENT, (ABOUT_AINO,)),
        Series(CORS, Kind.MOTHER, AgeBand.CHILD, (ABOUT_BO,)),
        Series(SRS, Kind.MOTHER, AgeBand.ADULT, (OF_THE_MEETING,)),
    }


def test_the_order_in_which_ratings_are_given_doesnt_matter() -> None:
    assert {series_of(FAMILY, each) for each in permutations(ALL)} == {series_of(FAMILY, ALL)}


def test_a_child_who_turns_13_begins_a_series_of_its_own() -> None:
    changed = [rating(0, four(200), instrument=CORS), rating(1, four(220), instrument=ORS)]
    assert [each.instrument for each in series_of(FAMILY, changed)] == [CORS, ORS]


def test_the_series_of_before_is_that_of_a_child_whatever_they_are_now() -> None:
    changed = [rating(0, four(200), instrument=CORS), rating(1, four(300), instrument=CSRS, subject=None)]
    assert [(each.instrument, each.band) for each in series_of(FAMILY, changed)] == [
        (CORS, AgeBand.CHILD),
        (CSRS, AgeBand.CHILD),
    ]


def test_a_series_is_of_the_age_at_which_its_newest_rating_was_given() -> None:
    older = [replace(each, band=AgeBand.EIGHTEEN) for each in OWN]
    assert [each.band for each in series_of(FAMILY, older)] == [AgeBand.EIGHTEEN]


def test_the_cutoff_is_that_of_who_rates_whom_and_of_the_alliance_for_all() -> None:
    found = {(each.rater_id, each.instrument.code): each.cutoff(ICCE) for each in series_of(FAMILY, ALL)}
    assert found == {("aino", "ors"): 280, ("mother", "ors"): 280, ("mother", "cors"): 280, ("mother", "srs"): 360}


def test_a_rating_about_somebody_who_isnt_in_the_case_any_more_is_still_in_a_series() -> None:
    gone = rating(0, four(200), rater="mother", subject="somebody")
    assert [each.subject_id for each in series_of(FAMILY, [gone])] == ["somebody"]


def test_a_series_can_be_seen_as_it_was() -> None:
    theirs = series(20, 21, 22)
    assert theirs.first(2) == series(20, 21)
    assert theirs.until("d-aino-1") == series(20, 21)
    assert theirs.until("d-aino-9") is None


def test_the_first_is_the_intake() -> None:
    theirs = series(20, 21, 22)
    assert (theirs.intake.total, theirs.last.total, theirs.totals, len(theirs)) == (200, 220, (200, 210, 220), 3)


def test_there_is_no_series_without_a_rating() -> None:
    with pytest.raises(ValueError, match="at least one"):
        Series(ORS, Kind.CLIENT, AgeBand.ADULT, ())
