"""Cutoffs: every number of the table, by profile, kind of rater and age (totals in mm).

Source:
    OpenFIT's knowledge base (icce), Better Outcomes Now's calculation library (pcoms), NHS England's statistics code
    (nhs); Duncan et al. 2006 for carers.
"""

import pytest

from bot.domain.people import AgeBand, Kind
from bot.domain.profiles import PROFILES

OWN = {
    "icce": {"adult": 250, "eighteen": 250, "adolescent": 280, "child": 320, "under6": None},
    "pcoms": {"adult": 250, "eighteen": 250, "adolescent": 280, "child": 280, "under6": None},
    "nhs": {"adult": 250, "eighteen": 250, "adolescent": 280, "child": 320, "under6": None},
}
BY_CARERS = {"adult": None, "eighteen": None, "adolescent": 280, "child": 280, "under6": 280}
CARERS = (Kind.MOTHER, Kind.FATHER, Kind.CARER)
OTHERS = (Kind.SCHOOL, Kind.PROFESSIONAL)


def cutoffs(profile: str, kind: Kind) -> dict[str, int | None]:
    return {band.value: PROFILES[profile].outcome_cutoff(kind, band) for band in AgeBand}


@pytest.mark.parametrize("profile", OWN)
def test_a_clients_own_cutoff_goes_by_age(profile: str) -> None:
    assert cutoffs(profile, Kind.CLIENT) == OWN[profile]


@pytest.mark.parametrize("profile", OWN)
@pytest.mark.parametrize("kind", CARERS)
def test_carers_have_one_about_a_child_or_adolescent(profile: str, kind: Kind) -> None:
    assert cutoffs(profile, kind) == BY_CARERS


@pytest.mark.parametrize("profile", OWN)
@pytest.mark.parametrize("kind", OTHERS)
def test_none_is_drawn_for_other_raters(profile: str, kind: Kind) -> None:
    assert cutoffs(profile, kind) == dict.fromkeys(BY_CARERS)


@pytest.mark.parametrize("profile", OWN)
def test_the_alliance_cutoff_is_36(profile: str) -> None:
    assert PROFILES[profile].alliance == 360


def test_each_profile_is_found_under_its_own_name() -> None:
    assert {name: each.name for name, each in PROFILES.items()} == {"icce": "icce", "pcoms": "pcoms", "nhs": "nhs"}


def test_every_kind_of_rater_is_one_of_the_three() -> None:
    assert {Kind.CLIENT, *CARERS, *OTHERS} == set(Kind)
