"""Change since the intake, by profile. Totals here are in points, as published.

Source:
    Published test values of Better Outcomes Now's calculation library (pcoms) and of NHS England's statistics (nhs).
"""

import pytest

from bot.domain.change import (
    Change,
    began_above,
    change,
    clinically_significant,
    crossed_cutoff,
    cutoff_between,
    difference,
)
from bot.domain.instruments import CORS, ORS, SRS, Instrument
from bot.domain.people import AgeBand, Kind
from bot.domain.profiles import ICCE, NHS, PCOMS, PROFILES, Profile
from tests.domain.ratings_of import series

ADULT, ADOLESCENT, CHILD = AgeBand.ADULT, AgeBand.ADOLESCENT, AgeBand.CHILD


@pytest.mark.parametrize(
    ("first", "last", "band", "reliable", "significant"),
    [
        (20.1, 26.1, ADULT, True, True),
        (20.1, 26.1, CHILD, True, False),
        (20, 28.0, CHILD, True, False),
        (20, 28.1, ADOLESCENT, True, True),
        (19, 25.0, ADULT, True, False),
        (19, 25.1, ADULT, True, True),
        (20.1, 22.2, ADULT, False, False),
    ],
)
def test_the_published_values_of_pcoms(
    first: float, last: float, band: AgeBand, reliable: bool, significant: bool
) -> None:
    theirs = series(first, last, band=band, instrument=CORS if band is CHILD else ORS)
    assert (change(theirs, PCOMS) is Change.IMPROVED) is reliable
    assert clinically_significant(theirs, PCOMS) is significant


@pytest.mark.parametrize(("instrument", "less", "enough"), [(CORS, 9.9, 10), (ORS, 6.5, 6.6)])
def test_the_published_values_of_nhs(instrument: Instrument, less: float, enough: float) -> None:
    assert change(series(15, 15 + less, instrument=instrument), NHS) is Change.UNRELIABLE
    assert change(series(15, 15 + enough, instrument=instrument), NHS) is Change.IMPROVED


@pytest.mark.parametrize("profile", PROFILES.values(), ids=PROFILES)
@pytest.mark.parametrize("instrument", [ORS, CORS], ids=lambda each: each.code)
def test_a_difference_of_exactly_the_reliable_change_is_reliable_both_ways(
    profile: Profile, instrument: Instrument
) -> None:
    bound = profile.reliable_change(instrument) / 10
    assert change(series(20, 20 + bound, instrument=instrument), profile) is Change.IMPROVED
    assert change(series(20, 20 - bound, instrument=instrument), profile) is Change.DETERIORATED
    assert change(series(20, 20 + bound - 0.1, instrument=instrument), profile) is Change.UNRELIABLE
    assert change(series(20, 20 - bound + 0.1, instrument=instrument), profile) is Change.UNRELIABLE


def test_the_reliable_change_of_each_profile() -> None:
    found = {name: (each.reliable_change(ORS), each.reliable_change(CORS)) for name, each in PROFILES.items()}
    assert found == {"icce": (50, 50), "pcoms": (60, 60), "nhs": (66, 100)}


def test_an_alliance_total_has_no_reliable_change() -> None:
    with pytest.raises(ValueError, match="srs"):
        ICCE.reliable_change(SRS)


def test_a_single_rating_hasnt_changed() -> None:
    assert change(series(20), ICCE) is Change.NONE
    assert difference(series(20)) == 0


def test_what_lies_between_the_first_and_the_last_doesnt_count() -> None:
    assert change(series(20, 39, 3, 21), ICCE) is Change.UNRELIABLE
    assert difference(series(20, 39, 3, 21)) == 10


def test_an_adult_from_23_to_26_has_crossed_the_cutoff_and_not_changed_reliably() -> None:
    theirs = series(23, 26)
    assert crossed_cutoff(theirs, ICCE)
    assert not clinically_significant(theirs, ICCE)


def test_who_falls_below_again_hasnt_crossed() -> None:
    assert not crossed_cutoff(series(20, 30, 24), ICCE)


def test_who_began_above_can_neither_cross_nor_change_clinically() -> None:
    theirs = series(26, 38)
    assert began_above(theirs, ICCE)
    assert not crossed_cutoff(theirs, ICCE)
    assert not clinically_significant(theirs, ICCE)


def test_a_total_that_equals_the_cutoff_is_above_but_for_pcoms() -> None:
    assert {name: began_above(series(25, 30), each) for name, each in PROFILES.items()} == {
        "icce": True,
        "pcoms": False,
        "nhs": True,
    }


def test_without_a_cutoff_nobody_began_above_or_crosses() -> None:
    theirs = series(10, 39, kind=Kind.SCHOOL)
    assert not began_above(theirs, ICCE)
    assert not crossed_cutoff(theirs, ICCE)
    assert change(theirs, ICCE) is Change.IMPROVED


def test_the_cutoff_of_jacobson_and_truax_between_two_groups() -> None:
    """Published: clinical 19.6 (8.7), general 28.0 (6.8) give 24.31."""
    assert cutoff_between(clinical=(19.6, 8.7), general=(28.0, 6.8)) == pytest.approx(24.31, abs=0.006)


@pytest.mark.parametrize("sd", [0.0, -1.0, float("nan"), float("inf")])
def test_a_group_without_a_spread_has_no_cutoff(sd: float) -> None:
    with pytest.raises(ValueError, match="standard deviation"):
        cutoff_between(clinical=(19.6, sd), general=(28.0, 6.8))
    with pytest.raises(ValueError, match="standard deviation"):
        cutoff_between(clinical=(19.6, 8.7), general=(28.0, sd))
