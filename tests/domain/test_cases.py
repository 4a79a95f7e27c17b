"""Cases, the people in them, and their meetings."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.cases import Case, CaseState, Rater, Session, SessionState, Subject, adopts
from bot.domain.people import AgeBand, Kind, Person

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
AINO_AS_SUBJECT = Subject("s-aino", "case", AgeBand.ADOLESCENT)
BO_AS_SUBJECT = Subject("s-bo", "case", AgeBand.CHILD)
AINO = Rater("aino", "case", Kind.CLIENT, AgeBand.ADOLESCENT, ("s-aino",), "phone of aino")
BO = Rater("bo", "case", Kind.CLIENT, AgeBand.CHILD, ("s-bo",), None)
MOTHER = Rater("mother", "case", Kind.MOTHER, AgeBand.ADULT, ("s-aino", "s-bo"), None)
CASE = Case("case", "Birch 42", CaseState.OPEN, NOW, (AINO_AS_SUBJECT, BO_AS_SUBJECT), (AINO, BO, MOTHER))
SESSION = Session("session", "case", "nora", SessionState.OPEN, NOW, None, ("aino", "mother"))


def test_a_case_knows_its_raters_and_subjects_by_id() -> None:
    assert (CASE.rater("mother"), CASE.subject("s-bo")) == (MOTHER, BO_AS_SUBJECT)


def test_who_has_a_phone_here_has_joined() -> None:
    assert [each.joined for each in CASE.raters] == [True, False, False]


def test_the_only_rater_of_a_kind_and_age_has_no_number() -> None:
    assert [CASE.number_of(each) for each in CASE.raters] == [None, None, None]


def test_several_raters_of_a_kind_and_age_are_counted_in_their_order() -> None:
    other = replace(BO, id="other")
    case = replace(CASE, raters=(AINO, BO, MOTHER, other))
    assert [case.number_of(each) for each in case.raters] == [None, 1, None, 2]


def test_several_subjects_of_an_age_are_counted_in_their_order() -> None:
    other = replace(BO_AS_SUBJECT, id="s-other")
    case = replace(CASE, subjects=(BO_AS_SUBJECT, AINO_AS_SUBJECT, other))
    assert [case.number_of_subject(each) for each in case.subjects] == [1, None, 2]


def test_a_free_place_is_of_the_same_kind_and_age_and_has_no_phone() -> None:
    newcomer = replace(BO, id="newcomer", case_id="asked", person_id="phone")
    father = replace(MOTHER, id="father", kind=Kind.FATHER)
    joined = replace(BO, id="joined", person_id="another phone")
    case = replace(CASE, raters=(AINO, BO, MOTHER, father, joined))
    assert case.free_places(newcomer) == (BO,)
    assert case.free_places(replace(AINO, id="newcomer")) == ()


def test_a_carer_who_is_a_client_too_has_a_free_place_as_somebody_of_their_own_age() -> None:
    own = Subject("s-mother", "case", AgeBand.ADULT)
    mother = replace(MOTHER, own_subject_id="s-mother")
    case = replace(CASE, subjects=(*CASE.subjects, own), raters=(AINO, BO, mother))
    grown = Rater("newcomer", "asked", Kind.CLIENT, AgeBand.ADULT, ("s-new",), "phone")
    assert case.free_places(grown) == (mother,)
    assert case.free_places(replace(grown, band=AgeBand.EIGHTEEN)) == ()


GUESS = Rater("guess", "case", Kind.SCHOOL, AgeBand.ADULT, ("s-aino",), None, guessed_by="aino")
GUESSING = replace(CASE, raters=(AINO, BO, MOTHER, GUESS))


def test_a_guess_is_answered_by_the_one_who_guesses() -> None:
    assert (GUESSING.answers_for(GUESS), GUESSING.answers_for(BO)) == (AINO, BO)
    assert (GUESSING.guesses_of(AINO), GUESSING.guesses_of(BO)) == ((GUESS,), ())
    aino, stranger = Person("phone of aino", "fi"), Person("another phone", "fi")
    assert GUESSING.is_answered_by(GUESS, aino)
    assert GUESSING.is_answered_by(AINO, aino)
    assert not GUESSING.is_answered_by(GUESS, stranger)


def test_whoever_has_the_workers_phone_in_hand_answers_for_themself_only() -> None:
    nora = Person("phone of nora", "fi", in_hands_of="bo")
    assert [GUESSING.is_answered_by(each, nora) for each in GUESSING.raters] == [False, True, False, False]


def test_a_guess_can_be_asked_as_long_as_the_one_who_guesses_takes_part() -> None:
    assert GUESSING.still_asks(GUESS)
    assert GUESSING.can_be_asked(GUESS)
    without_aino = replace(GUESSING, raters=(replace(AINO, ended_at=NOW), BO, MOTHER, GUESS))
    assert not without_aino.still_asks(GUESS)
    ended = replace(GUESS, ended_at=NOW)
    assert not replace(GUESSING, raters=(AINO, ended)).can_be_asked(ended)


def test_a_carer_is_about_the_subjects_of_the_age_that_was_said() -> None:
    assert CASE.about(AgeBand.CHILD) == (BO_AS_SUBJECT,)


def test_a_carer_who_said_another_age_is_about_all_subjects() -> None:
    assert CASE.about(AgeBand.UNDER_6) == (AINO_AS_SUBJECT, BO_AS_SUBJECT)


@pytest.mark.parametrize(
    ("after_its_end", "takes"),
    [
        (timedelta(0), True),
        (timedelta(hours=24), True),
        (timedelta(hours=24, microseconds=1), False),
        (timedelta(days=300), False),
    ],
)
def test_a_meeting_takes_answers_until_24_hours_after_its_end(after_its_end: timedelta, takes: bool) -> None:
    ended = replace(SESSION, state=SessionState.ENDED, ended_at=NOW)
    assert ended.takes_answers(now=NOW + after_its_end) is takes


def test_a_meeting_that_goes_on_takes_answers() -> None:
    assert SESSION.takes_answers(now=NOW + timedelta(days=300))


@pytest.mark.parametrize(
    ("before", "taken_in"),
    [
        (timedelta(microseconds=-1), False),
        (timedelta(0), True),
        (timedelta(days=7), True),
        (timedelta(days=7, microseconds=1), False),
    ],
)
def test_a_meeting_takes_in_what_was_rated_up_to_seven_days_before_it(before: timedelta, taken_in: bool) -> None:
    assert adopts(NOW, NOW - before) is taken_in


def test_who_has_no_phone_here_is_in_meetings_and_answers_through_the_worker() -> None:
    rater = Rater("mother", "case", Kind.MOTHER, AgeBand.ADULT, ("aino",), "person")
    others = [replace(rater, person_id=None), replace(rater, own_phone=False), replace(rater, guessed_by="aino")]
    assert [each.can_meet for each in (rater, *others)] == [True, True, True, False]
    assert [each.answers_by_letter for each in (rater, *others)] == [True, False, False, True]
