"""What is true of all alerts, whatever people answer."""

from dataclasses import replace
from datetime import timedelta
from itertools import permutations
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.alerts import RULES, Level, Raised, Rule, differing, holds, raised_by
from bot.domain.cases import Case, CaseState, Rater, Subject
from bot.domain.errors import Refusal
from bot.domain.instruments import CORS, CSRS, ORS, SRS, Instrument, Measure
from bot.domain.people import AgeBand, Kind
from bot.domain.profiles import ICCE, PROFILES, Profile
from bot.domain.ratings import Draft, Rating
from bot.domain.series import Series, series_of
from tests.domain.ratings_of import FIRST, four, rating

TEAM = "north"
NUMBERED = frozenset({Rule.NO_CHANGE, Rule.ALLIANCE_LOW})
"""Raised at certain ratings, each time that they are true there."""
BY_STEPS = (Rule.OUTCOME_DROP, Rule.SLIDING, Rule.SEESAW, Rule.ALLIANCE_DROP)
"""Neither a cutoff nor a total of its own is in their conditions."""

totals = st.integers(0, 400)
many = st.lists(totals, min_size=1, max_size=12)
profiles = st.sampled_from(list(PROFILES.values()))
instruments = st.sampled_from([ORS, CORS, SRS, CSRS])


def series(mm: list[int], instrument: Instrument = ORS, rater: str = "aino", kind: Kind = Kind.CLIENT) -> Series:
    ratings = [rating(at, four(each), instrument=instrument, rater=rater) for at, each in enumerate(mm)]
    return Series(instrument, kind, AgeBand.CHILD if instrument in (CORS, CSRS) else AgeBand.ADULT, tuple(ratings))


all_series = st.builds(series, many, instruments, st.just("aino"), st.sampled_from([Kind.CLIENT, Kind.SCHOOL]))


def raised(theirs: Series, profile: Profile = ICCE) -> dict[Rule, Raised]:
    return {each.rule: each for each in raised_by(theirs, profile, team=TEAM)}


@given(all_series, profiles)
def test_what_is_raised_holds(theirs: Series, profile: Profile) -> None:
    assert [rule for rule in raised(theirs, profile) if not holds(rule, theirs, profile)] == []


@given(all_series, profiles)
def test_what_newly_holds_is_raised_but_for_the_rules_that_wait_for_their_numbers(
    theirs: Series, profile: Profile
) -> None:
    before = theirs.first(len(theirs) - 1) if len(theirs) > 1 else None
    newly = {
        rule
        for rule in RULES[theirs.measure]
        if holds(rule, theirs, profile) and not (before and holds(rule, before, profile))
    }
    assert newly - NUMBERED <= set(raised(theirs, profile))


@given(all_series, profiles)
def test_none_is_raised_twice_running_unless_its_page_says_so(theirs: Series, profile: Profile) -> None:
    """A drop again at a new lowest, when it falls on, or in its graver form; the others after being false only."""
    if len(theirs) < 2:
        return
    before = theirs.first(len(theirs) - 1)
    again = {rule for rule in raised(theirs, profile) if holds(rule, before, profile)} - NUMBERED
    assert again <= {Rule.OUTCOME_DROP, Rule.ALLIANCE_DROP}
    for rule in again:
        lowest = theirs.last.total < min(before.totals)
        graver = raised(theirs, profile)[rule].level is Level.ALERT
        falls = len(theirs) > 2 and theirs.totals[-1] < theirs.totals[-2] < theirs.totals[-3]
        assert lowest or graver or (rule is Rule.ALLIANCE_DROP and falls)


@given(all_series, profiles)
def test_a_seesaw_is_told_once(theirs: Series, profile: Profile) -> None:
    told = [Rule.SEESAW in raised(theirs.first(count), profile) for count in range(1, len(theirs) + 1)]
    assert sum(told) <= 1


@given(all_series, profiles)
def test_the_gravest_is_first_and_each_is_there_once(theirs: Series, profile: Profile) -> None:
    found = raised_by(theirs, profile, team=TEAM)
    assert [each.level.rank for each in found] == sorted(each.level.rank for each in found)
    assert len({each.rule for each in found}) == len(found)


@given(all_series, profiles)
def test_what_an_alert_is_about_has_begun_within_its_series(theirs: Series, profile: Profile) -> None:
    moments = {each.at for each in theirs.ratings}
    assert {each.since for each in raised(theirs, profile).values()} <= moments


@given(many, totals, totals, profiles)
def test_a_higher_last_alliance_total_never_raises_a_drop_that_a_lower_one_does_not(
    before: list[int], one: int, other: int, profile: Profile
) -> None:
    low, high = (raised(series([*before, last], SRS), profile).get(Rule.ALLIANCE_DROP) for last in sorted((one, other)))
    assert high is None or (low is not None and low.level.rank <= high.level.rank)


@given(many, totals, totals, profiles)
def test_a_higher_last_outcome_total_never_raises_a_very_low_one_that_a_lower_one_does_not(
    before: list[int], one: int, other: int, profile: Profile
) -> None:
    low, high = (Rule.VERY_LOW in raised(series([*before, last]), profile) for last in sorted((one, other)))
    assert low or not high


@given(st.lists(st.integers(0, 300), min_size=1, max_size=12), st.integers(0, 100), profiles)
def test_where_only_steps_count_it_makes_no_difference_where_the_series_stands(
    mm: list[int], shift: int, profile: Profile
) -> None:
    for instrument in (ORS, SRS):
        here, there = (raised(series([each + by for each in mm], instrument), profile) for by in (0, shift))
        assert [_steps_of(here, rule) for rule in BY_STEPS] == [_steps_of(there, rule) for rule in BY_STEPS]


def _steps_of(found: dict[Rule, Raised], rule: Rule) -> object:
    each = found.get(rule)
    names = ("fall", "change", "falls", "running", "moves")
    return each and (each.level, each.since, {name: each.numbers.get(name) for name in names})


# Who answers first


CHILD, PARENT = Subject("aino", "case", AgeBand.ADOLESCENT), Subject("mother", "case", AgeBand.ADULT)
FAMILY = Case(
    "case",
    "Koivu 7",
    CaseState.OPEN,
    FIRST,
    (CHILD, PARENT),
    (
        Rater("aino", "case", Kind.CLIENT, AgeBand.ADOLESCENT, ("aino",), "p1"),
        Rater("mother", "case", Kind.MOTHER, AgeBand.ADULT, ("aino",), "p2"),
        Rater("father", "case", Kind.FATHER, AgeBand.ADULT, ("aino",), "p3"),
    ),
)
WHO = ("aino", "mother", "father")
a_meeting = st.tuples(totals, totals, totals, totals, totals, totals)


def meeting(at: int, mm: tuple[int, ...], order: tuple[str, ...]) -> list[Rating]:
    """All three rate before and after, in this order, a minute apart."""
    given_by = dict(zip(WHO, zip(mm[:3], mm[3:], strict=True), strict=True))
    found = []
    for minute, who in enumerate(order):
        outcome, alliance = given_by[who]
        one = rating(at, four(outcome), rater=who, subject="aino")
        other = rating(at, four(alliance), rater=who, subject=None, instrument=SRS)
        found += [replace(each, at=each.at + timedelta(minutes=minute)) for each in (one, other)]
    return found


def told(ratings: list[Rating], profile: Profile) -> dict[tuple[str, Measure], list[tuple[Rule, Level, object]]]:
    """By rater and measure, what the newest rating raises."""
    return {
        (each.rater_id, each.measure): [
            (one.rule, one.level, one.numbers) for one in raised_by(each, profile, team=TEAM)
        ]
        for each in series_of(FAMILY, ratings)
    }


@given(st.lists(a_meeting, min_size=1, max_size=4), st.permutations(WHO), profiles)
def test_it_makes_no_difference_in_which_order_raters_answer(
    meetings: list[tuple[int, ...]], order: list[str], profile: Profile
) -> None:
    one = [each for at, mm in enumerate(meetings) for each in meeting(at, mm, WHO)]
    other = [each for at, mm in enumerate(meetings) for each in meeting(at, mm, tuple(order))]
    assert told(one, profile) == told(other[::-1], profile)


@given(a_meeting, a_meeting, profiles)
def test_nor_for_what_is_said_of_raters_who_differ(
    last: tuple[int, ...], mm: tuple[int, ...], profile: Profile
) -> None:
    found = []
    for order in permutations(WHO):
        before, now = (
            [each for each in series_of(FAMILY, meeting(at, both, order)) if each.measure is Measure.OUTCOME]
            for at, both in enumerate((last, mm))
        )
        found.append(differing(now, before, profile, team=TEAM))
    assert found == found[:1] * len(found)


# What isn't complete


@given(st.lists(st.none() | st.integers(0, 100), min_size=4, max_size=4))
def test_only_what_is_complete_becomes_a_rating_and_so_part_of_a_series(scores: list[int | None]) -> None:
    own = Draft("d", "case", "s", "aino", "aino", ORS, FIRST, scores=tuple(scores))
    try:
        found = own.rating(id="r", worker_id="nora", at=FIRST).scores
    except Refusal:
        assert None in scores
    else:
        assert found == tuple(scores)


@given(st.lists(a_meeting, min_size=1, max_size=4), profiles)
def test_whose_rating_is_missing_changes_nothing_for_the_others(
    meetings: list[tuple[int, ...]], profile: Profile
) -> None:
    """Who skips has no rating; what the others' raise is as if they had."""
    ratings = [each for at, mm in enumerate(meetings) for each in meeting(at, mm, WHO)]
    others = [each for each in ratings if each.rater_id != "father"]
    with_all, without = told(ratings, profile), told(others, profile)
    assert without == {key: found for key, found in with_all.items() if key[0] != "father"}


@given(many, profiles)
def test_a_rating_that_was_skipped_breaks_no_row(mm: list[int], profile: Profile) -> None:
    """The series goes on with the next one that was given, however long after."""
    near = series(mm)
    far = replace(near, ratings=tuple(replace(each, at=FIRST + 9 * (each.at - FIRST)) for each in near.ratings))
    assert _said(raised(near, profile)) == _said(raised(far, profile))


def _said(found: dict[Rule, Raised]) -> list[tuple[Rule, Level, dict[str, int]]]:
    return [(each.rule, each.level, dict(each.numbers)) for each in found.values()]


# Small bounds, as an organisation's own file may set them


@given(all_series, st.integers(1, 3), st.integers(0, 20))
def test_the_smallest_bounds_that_a_file_may_set_are_borne(theirs: Series, count: int, mm: int) -> None:
    bounds: dict[str, Any] = {name: _small(value, count, mm) for name, value in vars(ICCE.bounds).items()}
    own = replace(ICCE, bounds=replace(ICCE.bounds, **bounds))
    for length in range(1, len(theirs) + 1):
        found = raised(theirs.first(length), own)
        assert [rule for rule in found if not holds(rule, theirs.first(length), own)] == []


def _small(value: int | tuple[int, ...], count: int, mm: int) -> int | tuple[int, ...]:
    if isinstance(value, tuple):
        return (count,)
    return count if value < 10 else mm
