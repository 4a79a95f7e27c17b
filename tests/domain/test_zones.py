"""Zones: the corridor around the intake, and a loaded trajectory. Totals here are in points."""

import pytest

from bot.domain.instruments import CORS
from bot.domain.people import AgeBand, Kind
from bot.domain.profiles import ICCE, NHS, PCOMS, Profile
from bot.domain.series import Series
from bot.domain.trajectories import RaterGroup, Row, Trajectories, Trajectory
from bot.domain.zones import Zone, zone
from tests.domain.ratings_of import series

ADOLESCENT, CHILD = AgeBand.ADOLESCENT, AgeBand.CHILD
GREY, GREEN, ORANGE, RED = Zone.GREY, Zone.GREEN, Zone.ORANGE, Zone.RED

TABLE = Trajectory((Row(0, (100, 120), (60, 70)), Row(250, (270, 290), (200, 220))), covers=(0, 250))
LOADED = Trajectories("a made-up one", {RaterGroup.ADULT: TABLE})
"""At an intake of 20.0 in rating 2: target 23.6, lower line 17.2. In rating 3: 25.6 and 19.0."""


@pytest.mark.parametrize(
    ("name", "band", "points", "expected"),
    [
        ("A1", AgeBand.ADULT, (18, 21, 26.5), GREEN),
        ("A2", AgeBand.ADULT, (22, 20), ORANGE),
        ("A3", AgeBand.ADULT, (30, 31, 29), GREEN),
        ("Y1", ADOLESCENT, (20, 24, 27, 29), GREEN),
        ("Y2", ADOLESCENT, (26, 27), ORANGE),
        ("Y3", ADOLESCENT, (33,), GREY),
        ("K1", CHILD, (25, 30, 33), GREEN),
        ("K2", CHILD, (29, 23, 22), RED),
    ],
)
def test_the_zones_of_the_eight_cases(name: str, band: AgeBand, points: tuple[float, ...], expected: Zone) -> None:
    theirs = series(*points, band=band, rater=name)
    assert zone(theirs, ICCE) is expected


# The corridor


@pytest.mark.parametrize(
    ("last", "expected"), [(15.0, RED), (15.1, ORANGE), (24.9, ORANGE), (25.0, GREEN), (40.0, GREEN)]
)
def test_the_corridor_is_as_wide_as_the_reliable_change_and_its_edges_count(last: float, expected: Zone) -> None:
    assert zone(series(20, last), ICCE) is expected


@pytest.mark.parametrize(("profile", "expected"), [(ICCE, GREEN), (NHS, GREEN), (PCOMS, ORANGE)])
def test_on_the_cutoff_is_green_where_it_counts_as_above(profile: Profile, expected: Zone) -> None:
    assert zone(series(23, 25), profile) is expected


def test_above_the_cutoff_a_reliable_fall_is_red_and_a_smaller_one_green() -> None:
    assert zone(series(38, 33), ICCE) is RED
    assert zone(series(38, 33.1), ICCE) is GREEN


def test_the_reliable_change_is_that_of_the_instrument_and_profile() -> None:
    assert zone(series(10, 17, band=CHILD, instrument=CORS), ICCE) is GREEN
    assert zone(series(10, 17, band=CHILD, instrument=CORS), NHS) is ORANGE


def test_a_carer_has_a_cutoff_about_a_child_and_none_about_an_adult() -> None:
    assert zone(series(27, 28.5, kind=Kind.MOTHER, band=CHILD), ICCE) is GREEN
    assert zone(series(27, 28.5, kind=Kind.MOTHER), ICCE) is ORANGE


@pytest.mark.parametrize("kind", [Kind.SCHOOL, Kind.PROFESSIONAL])
@pytest.mark.parametrize(("last", "expected"), [(35, GREEN), (34.9, ORANGE), (25.1, ORANGE), (25, RED)])
def test_without_a_cutoff_only_the_change_counts(kind: Kind, last: float, expected: Zone) -> None:
    assert zone(series(30, last, kind=kind, band=CHILD), ICCE) is expected


@pytest.mark.parametrize("loaded", [None, LOADED])
def test_a_single_rating_is_grey_with_a_trajectory_too(loaded: Trajectories | None) -> None:
    assert zone(series(5), ICCE, loaded) is GREY
    assert zone(series(39), ICCE, loaded) is GREY


# A loaded trajectory


@pytest.mark.parametrize(("last", "expected"), [(23.6, GREEN), (23.5, ORANGE), (17.2, ORANGE), (17.1, RED)])
def test_with_a_trajectory_the_target_is_green_and_the_lower_line_still_orange(last: float, expected: Zone) -> None:
    assert zone(series(20, last), ICCE, LOADED) is expected


def test_the_trajectory_is_read_at_the_number_of_the_rating() -> None:
    assert zone(series(20, 19.5, 24), ICCE, LOADED) is ORANGE
    assert zone(series(20, 24), ICCE, LOADED) is GREEN


def test_above_the_target_is_green_below_the_cutoff_too() -> None:
    assert zone(series(20, 23.6), ICCE, LOADED) is GREEN
    assert zone(series(20, 23.6), ICCE) is ORANGE


@pytest.mark.parametrize(
    "theirs",
    [
        series(26, 20),
        series(25, 21),
        series(20, 24, band=ADOLESCENT),
        series(20, 24, kind=Kind.FATHER, band=CHILD),
        series(20, 24, kind=Kind.SCHOOL),
    ],
    ids=["above the cutoff", "on the cutoff", "no table for the age", "no table for a carer", "no cutoff"],
)
def test_where_no_trajectory_is_for_them_the_corridor_counts(theirs: Series) -> None:
    assert zone(theirs, ICCE, LOADED) is zone(theirs, ICCE)


def test_an_intake_on_the_cutoff_has_a_target_where_it_counts_as_below() -> None:
    assert zone(series(25, 21.0), PCOMS, LOADED) is ORANGE
    assert zone(series(25, 19.9), PCOMS, LOADED) is RED
    assert zone(series(25, 19.9), ICCE, LOADED) is RED
    assert zone(series(25, 27), PCOMS, LOADED) is GREEN
