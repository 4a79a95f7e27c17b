"""Figures about clients, by published and known answers, and by laws."""

from collections.abc import Sequence
from dataclasses import fields, replace
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.cases import Ending
from bot.domain.change import difference
from bot.domain.figures import Convention, Lack, Number, Share
from bot.domain.instruments import CORS, ORS, SRS
from bot.domain.lines import REPORT_BANDS, Client, Course, Line, ReportBand, lines_of
from bot.domain.people import AgeBand, Kind
from bot.domain.profiles import ICCE
from bot.domain.references import Expectation, Reference
from bot.domain.series import Series
from bot.domain.statistics import Figures, Yardstick, by_band, figures
from bot.domain.trajectories import RaterGroup, Row, Trajectories, Trajectory
from bot.domain.zones import Zone, zone
from tests.domain.eight_cases import EIGHT, REFERENCE, YARDSTICK, Totals, course, eight_lines, own_series

ADULT, ADOLESCENT, CHILD = AgeBand.ADULT, AgeBand.ADOLESCENT, AgeBand.CHILD


def names(lines: Sequence[Line], zoned: Zone) -> list[str]:
    return [each.client_id for each in lines if each.series and zone(each.series, ICCE) is zoned]


def counted(share: Share) -> list[str]:
    return sorted(each.client for each in share.counted or ())


# The eight cases


def test_the_eight_cases_begin_where_they_do() -> None:
    all_of_them = figures(eight_lines(), YARDSTICK)
    bands = [figures(lines, YARDSTICK) for lines in by_band(eight_lines()).values()]
    groups = [all_of_them, *bands]
    assert [(each.intake.of, each.intake.in_points(4)) for each in groups] == [
        (8, Decimal("25.3750")),
        (3, Decimal("23.3333")),
        (3, Decimal("26.3333")),
        (2, Decimal("27.0000")),
    ]
    assert [(each.alliance.of, each.alliance.in_points(4)) for each in groups] == [
        (8, Decimal("32.3750")),
        (3, Decimal("36.0000")),
        (3, Decimal("29.6667")),
        (2, Decimal("31.0000")),
    ]


def test_the_eight_cases_have_these_effect_sizes() -> None:
    found = figures(eight_lines(), YARDSTICK).effects
    assert {getattr(found, each.name).of for each in fields(found)} == {7}
    assert found.mean_change.in_points(4) == Decimal("2.3571")
    assert found.first_sd.in_points(4) == Decimal("4.4987")
    assert found.own.rounded(4) == Decimal("0.5240")
    assert found.fixed.rounded(4) == Decimal("0.2946")
    assert found.relative.rounded(4) == Decimal("-0.1161")
    assert found.adjusted_older.rounded(4) == Decimal("0.6439")
    assert found.adjusted_newer.rounded(4) == Decimal("-0.1161")


def test_a_figure_that_can_be_counted_in_several_ways_names_its_own() -> None:
    found = figures(eight_lines(), YARDSTICK).effects
    assert {each.name: getattr(found, each.name).convention for each in fields(found)} == {
        "mean_change": None,
        "first_sd": None,
        "own": Convention.OWN_SD,
        "fixed": Convention.FIXED_SD,
        "relative": None,
        "adjusted_older": Convention.OLDER,
        "adjusted_newer": Convention.NEWER,
    }


def test_the_eight_cases_stand_in_these_zones() -> None:
    lines = eight_lines()
    assert {each: names(lines, each) for each in Zone} == {
        Zone.GREEN: ["A1", "A3", "Y1", "K1"],
        Zone.ORANGE: ["A2", "Y2"],
        Zone.RED: ["K2"],
        Zone.GREY: ["Y3"],
    }
    found = figures(lines, YARDSTICK).standing
    assert found.reaching_target == Share(4, 7, Convention.CORRIDOR)
    assert found.no_change == Share(2, 7, Convention.CORRIDOR)
    assert found.negative == Share(1, 7, Convention.CORRIDOR)


def test_the_eight_cases_changed_reliably() -> None:
    found = figures(eight_lines(), YARDSTICK).standing
    assert (found.improved, counted(found.improved)) == (Share(3, 7), ["A1", "K1", "Y1"])
    assert (found.deteriorated, counted(found.deteriorated)) == (Share(1, 7), ["K2"])


def test_of_the_eight_cases_three_crossed_the_cutoff_and_one_began_above() -> None:
    found = figures(eight_lines(), YARDSTICK).cutoffs
    assert found.crossed_of_all == Share(3, 8, Convention.ALL_CLIENTS)
    assert found.crossed == Share(3, 6, Convention.BEGAN_BELOW)
    assert found.clinically_significant == Share(3, 6)
    assert [counted(each) for each in (found.crossed_of_all, found.crossed, found.clinically_significant)] == [
        ["A1", "K1", "Y1"]
    ] * 3
    assert (found.began_above, counted(found.began_above)) == (Share(1, 7), ["A3"])


def test_of_the_eight_cases_three_ended_agreed_and_green() -> None:
    found = figures(eight_lines(), YARDSTICK).endings
    assert (found.agreed, found.stopped, found.moved_on) == (Share(3, 5), Share(2, 5), Share(0, 5))
    assert (found.agreed_green, found.agreed_outside) == (share_by_corridor(3, 5), share_by_corridor(0, 5))
    assert (found.stopped_green, found.stopped_outside) == (share_by_corridor(0, 5), share_by_corridor(2, 5))


def share_by_corridor(count: int, of: int) -> Share:
    return Share(count, of, Convention.CORRIDOR)


def test_the_closed_ones_of_the_eight_have_a_length() -> None:
    """3, 2, 4, 2 and 3 meetings; each closed half a day after as many weeks."""
    assert figures(eight_lines(), YARDSTICK).length.meetings == Number(2.8, 5)
    assert figures(eight_lines(), YARDSTICK).length.days == Number(20.1, 5)


def test_an_adult_from_23_to_26_has_crossed_the_cutoff_and_not_changed_clinically() -> None:
    found = figures(lines_of([course("A4", ADULT, (23, 26))]), YARDSTICK).cutoffs
    assert found.crossed == Share(1, 1, Convention.BEGAN_BELOW)
    assert found.clinically_significant == Share(0, 1)


# The Helsinki table


def test_the_helsinki_table_has_its_percentages() -> None:
    """35, 11 and 3 of 49 with two ratings or more; 11 of 61 with an outcome rating crossed the cutoff.

    Source:
        The Helsinki report, published.
    """
    green = [(20.0, 30.0)] * 11 + [(30.0, 31.0)] * 24
    orange, red, once = [(20.0, 22.0)] * 11, [(30.0, 20.0)] * 3, [(20.0,)] * 12
    told: list[Totals] = [*green, *orange, *red, *once]
    found = figures(lines_of(course(f"H{at}", ADULT, each) for at, each in enumerate(told)), YARDSTICK)
    zones = (found.standing.reaching_target, found.standing.no_change, found.standing.negative)
    assert [(each.count, each.of, each.percent) for each in zones] == [(35, 49, 71), (11, 49, 22), (3, 49, 6)]
    crossed = found.cutoffs.crossed_of_all
    assert (crossed.count, crossed.of, crossed.percent) == (11, 61, 18)


def test_the_helsinki_table_has_its_severity_adjusted_effect() -> None:
    """Published: relative -0.01, severity-adjusted (older convention) 0.75, so the reference's own is 0.76."""
    reference = Reference(Expectation(intercept=0, slope=1), sd=100, effect=0.76)
    found = figures(lines_of([course("H", ADULT, (20, 19.9))]), Yardstick(ICCE, reference=reference)).effects
    assert found.relative.rounded(2) == Decimal("-0.01")
    assert found.adjusted_older.rounded(2) == Decimal("0.75")
    assert found.adjusted_newer.rounded(2) == Decimal("-0.01")


# What is missing


def lacks(found: Figures) -> dict[str, Lack | None]:
    return {each.name: getattr(found.effects, each.name).lack for each in fields(found.effects)}


def test_of_nobody_there_is_no_figure_and_it_says_so() -> None:
    found = figures((), YARDSTICK)
    assert found.intake == Number(None, 0, lack=Lack.NOBODY)
    assert found.standing.improved == Share(0, 0, lack=Lack.NOBODY)
    assert set(lacks(found).values()) == {Lack.NOBODY}
    assert found.length.days == Number(None, 0, lack=Lack.NOBODY)


def test_one_client_has_a_change_and_no_spread() -> None:
    found = figures(lines_of([course("A1", ADULT, (18, 26))]), Yardstick(ICCE))
    assert found.effects.mean_change == Number(80.0, 1)
    assert found.effects.first_sd == Number(None, 1, lack=Lack.ONE)
    assert found.effects.own == Number(None, 1, Convention.OWN_SD, Lack.ONE)


def test_clients_who_all_began_alike_have_no_effect_size() -> None:
    lines = lines_of(course(name, ADULT, (18, 26)) for name in ("A1", "A2", "A3"))
    assert figures(lines, Yardstick(ICCE)).effects.own == Number(None, 3, Convention.OWN_SD, Lack.NO_SPREAD)
    assert figures(lines, Yardstick(ICCE, fixed_sd=80)).effects.fixed == Number(1.0, 3, Convention.FIXED_SD)


@pytest.mark.parametrize(
    ("reference", "relative", "older"),
    [
        (Reference(), Lack.NO_EXPECTATION, Lack.NO_EXPECTATION),
        (replace(REFERENCE, expectation=None), Lack.NO_EXPECTATION, Lack.NO_EXPECTATION),
        (replace(REFERENCE, sd=None), Lack.NO_REFERENCE_SD, Lack.NO_REFERENCE_SD),
        (replace(REFERENCE, effect=None), None, Lack.NO_REFERENCE_EFFECT),
    ],
)
def test_without_a_part_of_a_reference_the_figure_says_which_is_missing(
    reference: Reference, relative: Lack | None, older: Lack
) -> None:
    found = lacks(figures(eight_lines(), Yardstick(ICCE, reference=reference)))
    assert (found["relative"], found["adjusted_newer"], found["adjusted_older"]) == (relative, relative, older)
    assert found["fixed"] is Lack.NO_REFERENCE_SD


@pytest.mark.parametrize("sd", [0.0, -1.0, float("nan"), float("inf")])
def test_a_fixed_standard_deviation_is_a_number_above_0(sd: float) -> None:
    with pytest.raises(ValueError, match="standard deviation"):
        Yardstick(ICCE, fixed_sd=sd)
    assert Yardstick(ICCE, fixed_sd=0.5).fixed_sd == 0.5


def test_a_loaded_trajectory_is_named_beside_the_zones() -> None:
    """From 20, 30 is the target: 26 is reliably better, and not there yet."""
    table = Trajectories("ours", {RaterGroup.ADULT: Trajectory((Row(200, (300,), (150,)),))})
    found = figures(lines_of([course("A1", ADULT, (20, 26))]), Yardstick(ICCE, table)).standing
    assert found.no_change == Share(1, 1, Convention.TRAJECTORY)
    assert found.improved == Share(1, 1)


def test_who_closed_without_a_word_is_in_the_denominator_only() -> None:
    told = replace(course("A1", ADULT, (18, 26), (), Ending.AGREED), closing=None)
    found = figures(lines_of([told, course("A2", ADULT, (20,), (), Ending.MOVED_ON)]), YARDSTICK).endings
    assert (found.agreed, found.stopped, found.moved_on) == (Share(0, 2), Share(0, 2), Share(1, 2))


def test_who_agreed_after_one_rating_is_neither_inside_nor_outside_green() -> None:
    found = figures(lines_of([course("A1", ADULT, (30,), (), Ending.AGREED)]), YARDSTICK).endings
    assert (found.agreed, found.agreed_green, found.agreed_outside) == (
        Share(1, 1),
        share_by_corridor(0, 1),
        share_by_corridor(0, 1),
    )


def test_every_band_is_told_even_when_nobody_is_in_it() -> None:
    found = by_band(lines_of([course("A1", ADULT, (18, 26))]))
    assert {band: len(lines) for band, lines in found.items()} == {
        ReportBand.ADULT: 1,
        ReportBand.ADOLESCENT: 0,
        ReportBand.CHILD: 0,
    }


# Laws

POINTS = st.integers(100, 300).map(lambda mm: mm / 10)
TOTALS = st.lists(POINTS, min_size=1, max_size=4).map(tuple)
ENDS = st.sampled_from([None, *Ending])
TOLD = st.lists(st.tuples(st.sampled_from([ADULT, ADOLESCENT, CHILD]), TOTALS, TOTALS, ENDS), max_size=9)
Told = list[tuple[AgeBand, Totals, Totals, Ending | None]]


def courses_of(told: Told) -> list[Course]:
    return [course(f"C{at}", *each) for at, each in enumerate(told)]


@given(TOLD, st.randoms(use_true_random=False))
def test_the_order_of_cases_doesnt_matter(told: Told, chance: Random) -> None:
    courses = courses_of(told)
    mixed = sorted(courses, key=lambda _: chance.random())
    assert figures(lines_of(mixed), YARDSTICK) == figures(lines_of(courses), YARDSTICK)


@given(TOLD, st.integers(-10, 10))
def test_an_effect_size_doesnt_care_by_how_much_all_totals_are_shifted(told: Told, by: int) -> None:
    shifted = [(band, tuple(each + by for each in outcome), alliance, end) for band, outcome, alliance, end in told]
    before = figures(lines_of(courses_of(told)), YARDSTICK).effects
    after = figures(lines_of(courses_of(shifted)), YARDSTICK).effects
    assert (after.own, after.fixed, after.first_sd, after.mean_change) == (
        before.own,
        before.fixed,
        before.first_sd,
        before.mean_change,
    )


@given(TOLD)
def test_every_client_with_two_ratings_is_in_one_zone(told: Told) -> None:
    found = figures(lines_of(courses_of(told)), YARDSTICK)
    zones = (found.standing.reaching_target, found.standing.no_change, found.standing.negative)
    assert {each.of for each in zones} == {sum(len(outcome) > 1 for _, outcome, _, _ in told)}
    assert sum(each.count or 0 for each in zones) == zones[0].of
    ends = found.endings
    assert sum(each.count or 0 for each in (ends.agreed, ends.stopped, ends.moved_on)) == ends.agreed.of


@given(TOLD)
def test_nothing_exceeds_what_it_is_part_of(told: Told) -> None:
    found = figures(lines_of(courses_of(told)), YARDSTICK)
    crossed = found.cutoffs
    assert (crossed.clinically_significant.counted or set()) <= (crossed.crossed.counted or set())
    assert crossed.crossed.counted == crossed.crossed_of_all.counted
    assert (crossed.crossed.of or 0) + (crossed.began_above.count or 0) == crossed.began_above.of
    assert (found.standing.improved.counted or set()) <= (found.standing.reaching_target.counted or set())
    assert found.standing.deteriorated.counted == found.standing.negative.counted


@given(TOLD, TOTALS)
def test_what_collateral_raters_say_changes_nothing(told: Told, said: Totals) -> None:
    courses = courses_of(told)
    with_others = [replace(each, series=(*each.series, *theirs(each, said))) for each in courses]
    assert figures(lines_of(with_others), YARDSTICK) == figures(lines_of(courses), YARDSTICK)


def theirs(case: Course, said: Totals) -> list[Series]:
    """A mother's ratings about the client and of the meetings, and a teacher's about the client, begun before."""
    client = case.clients[0]
    about = [own_series(who, ORS, client.band, said, subject=client.id, kind=kind, since=-5) for who, kind in OTHERS]
    own = own_series("mother", SRS, ADULT, said, subject=None, kind=Kind.MOTHER, since=-5)
    return [each for each in (*about, own) if each is not None]


OTHERS = [("mother", Kind.MOTHER), ("teacher", Kind.SCHOOL)]


def test_the_eight_cases_are_told_whole() -> None:
    assert [each.client_id for each in eight_lines()] == list(EIGHT)
    changes = [difference(each.series) for each in eight_lines() if each.series and len(each.series) > 1]
    assert changes == [85, -20, -10, 90, 10, 80, -70]
    assert {REPORT_BANDS[band] for band, *_ in EIGHT.values()} == set(ReportBand)
    assert {each.series.instrument for each in eight_lines() if each.series} == {ORS, CORS}
    assert Client("A1", ADULT, frozenset({"A1"})) == course(*_first()).clients[0]


def _first() -> tuple[str, AgeBand, Totals]:
    name, (band, outcome, *_) = next(iter(EIGHT.items()))
    return name, band, outcome
