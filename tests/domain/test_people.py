"""What somebody is to the subject, and what follows of it for meetings and cutoffs."""

from bot.domain.people import AgeBand, Kind


def test_clients_and_carers_are_in_the_meetings_and_school_rates_from_afar() -> None:
    assert {each for each in Kind if each.is_family} == {Kind.CLIENT, Kind.MOTHER, Kind.FATHER, Kind.CARER}


def test_carers_are_mother_father_and_other_carers() -> None:
    assert {each for each in Kind if each.is_carer} == {Kind.MOTHER, Kind.FATHER, Kind.CARER}


def test_minors_are_those_under_18_and_under_six_there_is_no_score() -> None:
    assert {each for each in AgeBand if each.is_minor} == {AgeBand.UNDER_6, AgeBand.CHILD, AgeBand.ADOLESCENT}
    assert {each for each in AgeBand if not each.can_rate} == {AgeBand.UNDER_6}
