"""Which questions somebody gets, and at what age an answer to them is read."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.domain.asked_as import age_read, alliance_for, asked_now, at_age, can_choose, outcome_for
from bot.domain.cases import Case, CaseState, Rater, Subject
from bot.domain.instruments import CORS, CSRS, ORS, SRS, Instrument, Measure
from bot.domain.people import AgeBand, Kind
from bot.domain.ratings import Draft

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
UNDER_6, CHILD, ADOLESCENT, EIGHTEEN, ADULT = AgeBand
AINO, LEENA = Subject("aino", "case", ADOLESCENT), Subject("leena", "case", ADULT)
YOUNG = Rater("r-aino", "case", Kind.CLIENT, ADOLESCENT, ("aino",), None)
MOTHER = Rater("r-leena", "case", Kind.MOTHER, ADULT, ("aino", "leena"), None, own_subject_id="leena")


def case(aino: Subject = AINO, leena: Subject = LEENA) -> Case:
    return Case("case", "Niitty 12", CaseState.OPEN, NOW, (aino, leena), (YOUNG, MOTHER))


def chosen(subject: Subject) -> Subject:
    return replace(subject, asked_as_child=True)


@pytest.mark.parametrize(
    ("band", "asked"), [(UNDER_6, CORS), (CHILD, CORS), (ADOLESCENT, ORS), (EIGHTEEN, ORS), (ADULT, ORS)]
)
def test_unless_a_worker_has_chosen_the_questions_are_those_for_the_age(band: AgeBand, asked: Instrument) -> None:
    assert outcome_for(replace(AINO, band=band)) == asked
    assert can_choose(band) is (asked == ORS)


@pytest.mark.parametrize("band", [ADOLESCENT, EIGHTEEN, ADULT])
def test_chosen_they_are_the_childrens_whatever_the_age(band: AgeBand) -> None:
    assert outcome_for(chosen(replace(AINO, band=band))) == CORS


def test_all_who_rate_the_same_person_get_the_same_questions() -> None:
    its = case(chosen(AINO))
    assert {asked_now(its, each, "aino") for each in (YOUNG, MOTHER)} == {CORS}
    assert asked_now(its, MOTHER, "leena") == ORS


def test_after_a_meeting_the_choice_is_for_oneself_alone() -> None:
    its = case(chosen(AINO))
    assert (alliance_for(its, YOUNG), alliance_for(its, MOTHER)) == (CSRS, SRS)
    its = case(AINO, chosen(LEENA))
    assert (alliance_for(its, YOUNG), alliance_for(its, MOTHER)) == (SRS, CSRS)
    assert asked_now(its, MOTHER, None) == CSRS


def draft(rater: Rater, subject_id: str | None, instrument: Instrument, *, by_choice: bool = False) -> Draft:
    return Draft("draft", "case", None, rater.id, subject_id, instrument, NOW, by_choice=by_choice)


@pytest.mark.parametrize("its", [case(), case(chosen(AINO), chosen(LEENA))], ids=["chosen back meanwhile", "still"])
def test_who_was_asked_the_childrens_questions_by_choice_is_read_at_their_own_age(its: Case) -> None:
    assert age_read(its, draft(YOUNG, "aino", CORS, by_choice=True)) is ADOLESCENT
    assert age_read(its, draft(MOTHER, "leena", CORS, by_choice=True)) is ADULT
    assert age_read(its, draft(YOUNG, None, CSRS, by_choice=True)) is ADOLESCENT


@pytest.mark.parametrize("its", [case(), case(chosen(AINO))], ids=["", "chosen meanwhile"])
def test_who_was_asked_as_a_child_and_has_turned_13_is_read_as_a_child(its: Case) -> None:
    assert age_read(its, draft(YOUNG, "aino", CORS)) is CHILD
    assert age_read(its, draft(YOUNG, None, CSRS)) is CHILD


def test_who_had_begun_before_the_choice_is_read_at_their_own_age() -> None:
    assert age_read(case(chosen(AINO)), draft(YOUNG, "aino", ORS)) is ADOLESCENT


def test_a_services_own_measure_is_read_at_the_age_of_whom_it_is_about() -> None:
    own = Instrument("sleep", Measure.OWN, faces=False, count=2)
    assert age_read(case(chosen(AINO)), draft(YOUNG, "aino", own, by_choice=True)) is ADOLESCENT


def test_the_choice_holds_as_they_grow_older_and_ends_where_there_is_none() -> None:
    assert at_age(chosen(AINO), ADULT) == chosen(replace(AINO, band=ADULT))
    assert at_age(chosen(AINO), CHILD) == replace(AINO, band=CHILD)
    assert not at_age(AINO, ADULT).asked_as_child
