"""What in a case needs attention: each reason at its edge, and what isn't one."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.ages import ASKED_AGAIN
from bot.domain.alerts import Alert, Level, Rule
from bot.domain.attention import LONG, Concern, Known, concerns, most_needing
from bot.domain.cases import Case, CaseState, Rater, Subject
from bot.domain.instruments import CORS, SRS
from bot.domain.people import AgeBand, Kind
from bot.domain.profiles import ICCE
from bot.domain.reviews import EVERY, Decided, Review
from bot.domain.series import Series
from tests.domain.ratings_of import series
from tests.domain.test_zones import LOADED

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
TODAY = NOW.date()
MOMENT, DAY = timedelta(microseconds=1), timedelta(days=1)
AINO = Subject("aino", "case", AgeBand.ADOLESCENT, NOW)
CLIENT = Rater("aino", "case", Kind.CLIENT, AgeBand.ADOLESCENT, ("aino",), "p1")
MOTHER = Rater("mother", "case", Kind.MOTHER, AgeBand.ADULT, ("aino",), "p2")
CASE = Case("case", "Birch 42", CaseState.OPEN, NOW, (AINO,), (CLIENT, MOTHER))
MET = Known(met_at=NOW)
FALLEN = series(20, 15, band=AgeBand.ADOLESCENT)
ALERT = Alert(1, "case", "draft", Rule.VERY_LOW, NOW)


def found(known: Known, case: Case = CASE) -> tuple[Concern, ...]:
    return concerns(case, known, profile=ICCE, trajectories=None, now=NOW, today=TODAY)


def test_a_case_that_met_today_and_goes_as_expected_needs_nothing() -> None:
    assert found(replace(MET, series=(series(20, 24),))) == ()


# The course


def test_a_reliable_fall_since_the_intake_is_off_track() -> None:
    assert found(replace(MET, series=(FALLEN,))) == (Concern.OFF_TRACK,)


def test_where_a_trajectory_is_loaded_below_its_lower_line_is_off_track() -> None:
    adult = replace(CASE, subjects=(replace(AINO, band=AgeBand.ADULT),), raters=(replace(CLIENT, band=AgeBand.ADULT),))
    known = replace(MET, series=(series(20, 17),))
    assert [
        concerns(adult, known, profile=ICCE, trajectories=each, now=NOW, today=TODAY) for each in (None, LOADED)
    ] == [
        (),
        (Concern.OFF_TRACK,),
    ]


def test_a_childs_fall_with_the_childrens_questions_is_off_track() -> None:
    bo = replace(CASE, subjects=(replace(AINO, band=AgeBand.CHILD),), raters=(replace(CLIENT, band=AgeBand.CHILD),))
    fallen = series(30, 20, instrument=CORS, band=AgeBand.CHILD)
    assert found(replace(MET, series=(fallen,)), bo) == (Concern.OFF_TRACK,)


def test_a_fall_with_the_childrens_questions_by_choice_is_off_track_and_one_with_the_former_ones_is_not() -> None:
    chosen = replace(CASE, subjects=(replace(AINO, asked_as_child=True),))
    assert found(replace(MET, series=(series(30, 20, instrument=CORS),)), chosen) == (Concern.OFF_TRACK,)
    assert found(replace(MET, series=(FALLEN,)), chosen) == ()


def test_a_mothers_series_counts_as_the_childs_own() -> None:
    hers = series(20, 15, band=AgeBand.ADOLESCENT, kind=Kind.MOTHER, rater="mother")
    assert found(replace(MET, series=(series(20, 24), hers))) == (Concern.OFF_TRACK,)


@pytest.mark.parametrize(
    "other",
    [
        series(20, 15.1),
        series(20),
        series(15, 20),
        series(20, 15, instrument=CORS),
        series(20, 15, rater="nobody of the case"),
        series(38, 20, instrument=SRS),
    ],
    ids=["less than reliable", "a first rating", "a rise", "a former instrument", "somebody else's", "of the meeting"],
)
def test_what_is_not_off_track(other: Series) -> None:
    assert found(replace(MET, series=(other,))) == ()


def test_who_has_left_and_who_only_guesses_say_nothing_of_how_it_goes_now() -> None:
    left = replace(CASE, raters=(replace(CLIENT, ended_at=NOW), MOTHER))
    guessed = replace(CASE, raters=(replace(CLIENT, guessed_by="mother"), MOTHER))
    assert [found(replace(MET, series=(FALLEN,)), case) for case in (left, guessed)] == [(), ()]


# Alerts


def test_an_alert_that_rang_is_one_until_it_is_talked_about() -> None:
    assert found(replace(MET, alerts=(ALERT,))) == (Concern.NOT_TALKED,)
    assert found(replace(MET, alerts=(replace(ALERT, opened_at=NOW),))) == (Concern.NOT_TALKED,)
    assert found(replace(MET, alerts=(replace(ALERT, talked_at=NOW),))) == ()


def test_what_only_stood_on_the_meetings_card_is_none() -> None:
    quiet = [replace(ALERT, level=level) for level in (Level.NOTICE, Level.INFO)]
    assert found(replace(MET, alerts=quiet)) == ()


def test_an_alert_that_was_put_off_waits_until_it_comes_again() -> None:
    later = replace(ALERT, later_at=NOW + MOMENT)
    assert found(replace(MET, alerts=(later,))) == ()
    assert found(replace(MET, alerts=(replace(later, later_at=NOW),))) == (Concern.NOT_TALKED,)


# Time


def test_four_weeks_without_a_meeting_are_long() -> None:
    assert found(Known(met_at=NOW - LONG + MOMENT)) == ()
    assert found(Known(met_at=NOW - LONG)) == (Concern.LONG_SINCE,)


def test_before_the_first_meeting_the_time_counts_from_the_opening() -> None:
    assert found(Known(), replace(CASE, opened_at=NOW - LONG)) == (Concern.LONG_SINCE,)
    assert found(Known(), CASE) == ()


def test_a_case_with_a_planned_meeting_is_not_forgotten() -> None:
    assert found(Known(met_at=NOW - 9 * LONG, planned=True)) == ()


def test_an_age_is_asked_after_a_year() -> None:
    case = replace(CASE, subjects=(AINO, replace(AINO, id="bo", band_known_at=NOW - ASKED_AGAIN)))
    assert found(MET, case) == (Concern.AGE,)


def test_where_the_month_of_birth_is_known_the_age_is_asked_in_the_month_of_its_change() -> None:
    bo = replace(AINO, band=AgeBand.CHILD, born=date(2013, 3, 1))
    assert found(MET, replace(CASE, subjects=(bo,))) == (Concern.AGE,)
    assert found(MET, replace(CASE, subjects=(replace(bo, born=date(2013, 4, 1)),))) == ()


def test_a_case_is_looked_back_at_every_three_months() -> None:
    old = replace(CASE, opened_at=NOW - EVERY)
    reviewed = Review("r", "case", "nora", Decided.GO_ON, NOW - DAY)
    assert found(MET, old) == (Concern.REVIEW,)
    assert found(MET, replace(old, opened_at=old.opened_at + MOMENT)) == ()
    assert found(replace(MET, review=reviewed), old) == ()
    assert found(replace(MET, review=replace(reviewed, at=NOW - EVERY)), old) == (Concern.REVIEW,)


# Several


def test_all_reasons_come_in_their_order() -> None:
    old = replace(CASE, opened_at=NOW - 9 * EVERY, subjects=(replace(AINO, band_known_at=None),))
    assert found(Known(series=(FALLEN,), alerts=(ALERT,)), old) == tuple(Concern)


def test_what_needs_it_most_is_sorted_first() -> None:
    off, talk, long, age, review = Concern
    first_to_last = [(off, talk), (off, review), (off,), (talk, long), (talk,), (long,), (age, review), (age,), ()]
    shuffled = first_to_last[5:] + first_to_last[:5]
    assert sorted(shuffled, key=most_needing) == first_to_last
    assert most_needing((review,)) < most_needing(())
