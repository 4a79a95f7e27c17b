"""Local times and quiet hours, in zones that change their clocks in all the ways there are."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.times import (
    QuietHours,
    Rule,
    after_working_hours,
    allowed_at,
    on,
    put_off,
    same_evening,
)

HELSINKI = ZoneInfo("Europe/Helsinki")
ZONES = [
    ZoneInfo(name)
    for name in (
        "Europe/Helsinki",
        "America/St_Johns",  # clocks went back over midnight, at 00:01
        "Asia/Kathmandu",  # 5:45 from UTC, and never changed
        "Australia/Lord_Howe",  # half an hour
        "Pacific/Apia",  # had no 30 December 2011
        "America/Nuuk",  # the last hour of a Saturday is left out
        "America/Sao_Paulo",  # the first hour of a Sunday was left out
        "Africa/Casablanca",  # four changes a year, with Ramadan
        "Antarctica/Troll",  # two hours
    )
]
NIGHT = QuietHours(time(20), time(8))
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)

zones = st.sampled_from(ZONES)
minutes = st.times().map(lambda each: each.replace(second=0, microsecond=0))
moments = st.timedeltas(0 * DAY, 30 * 365 * DAY).map(lambda each: datetime(2006, 1, 1, tzinfo=UTC) + each)
changes = st.sampled_from(
    [
        datetime(2026, 3, 29, 1, tzinfo=UTC),
        datetime(2026, 10, 25, 1, tzinfo=UTC),
        datetime(2010, 11, 7, 2, 31, tzinfo=UTC),
        datetime(2011, 12, 30, 10, tzinfo=UTC),
        datetime(2024, 4, 6, 15, tzinfo=UTC),
        datetime(2025, 3, 30, 1, tzinfo=UTC),
    ]
)
near_changes = st.builds(lambda at, by: at + by, changes, st.timedeltas(-2 * DAY, 2 * DAY))
any_moment = moments | near_changes


def local(text: str, zone: ZoneInfo = HELSINKI, *, fold: int = 0) -> datetime:
    """The moment at which the clocks of the zone show this; `fold` is 1 for the second time."""
    return datetime.fromisoformat(text).replace(tzinfo=zone, fold=fold).astimezone(UTC)


def series(rule: Rule, since: datetime, until: datetime, zone: ZoneInfo) -> Iterator[datetime]:
    moment = since
    while (moment := rule.next_after(moment, zone)) < until:
        yield moment


def days_of(zone: ZoneInfo, since: datetime, until: datetime) -> set[date]:
    """The local days that there are between two moments, found hour by hour."""
    hours = int((until - since) / timedelta(hours=1))
    return {(since + timedelta(hours=each)).astimezone(zone).date() for each in range(hours + 1)}


# A time of day


@pytest.mark.parametrize(
    ("day", "at", "moment"),
    [
        ("2026-03-02", "18:00", "2026-03-02 16:00"),
        ("2026-03-29", "03:00", "2026-03-29 01:00"),
        ("2026-03-29", "03:30", "2026-03-29 01:00"),
        ("2026-03-29", "04:00", "2026-03-29 01:00"),
        ("2026-03-29", "18:00", "2026-03-29 15:00"),
        ("2026-10-25", "03:30", "2026-10-25 00:30"),
        ("2026-10-25", "04:00", "2026-10-25 02:00"),
    ],
)
def test_a_local_time_in_helsinki_is_this_moment(day: str, at: str, moment: str) -> None:
    """Missing, it is the first moment after the gap; doubled, the first of the two."""
    found = on(date.fromisoformat(day), time.fromisoformat(at), HELSINKI)
    assert found == datetime.fromisoformat(moment).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "day", "at", "moment"),
    [
        ("Asia/Kathmandu", "2026-05-01", "18:00", "2026-05-01 12:15"),
        ("Australia/Lord_Howe", "2025-10-05", "02:15", "2025-10-04 15:30"),
        ("Australia/Lord_Howe", "2025-04-06", "01:45", "2025-04-05 14:45"),
        ("America/St_Johns", "2010-11-06", "23:30", "2010-11-07 02:00"),
        ("America/St_Johns", "2010-11-07", "00:00", "2010-11-07 02:30"),
        ("Pacific/Apia", "2011-12-29", "18:00", "2011-12-30 04:00"),
        ("Pacific/Apia", "2011-12-31", "18:00", "2011-12-31 04:00"),
        ("America/Sao_Paulo", "2018-11-04", "00:00", "2018-11-04 03:00"),
        ("America/Nuuk", "2025-03-29", "23:30", "2025-03-30 00:59"),
    ],
)
def test_a_local_time_in_a_zone_of_odd_rules_is_this_moment(zone: str, day: str, at: str, moment: str) -> None:
    found = on(date.fromisoformat(day), time.fromisoformat(at), ZoneInfo(zone))
    assert found == datetime.fromisoformat(moment).replace(tzinfo=UTC)


def test_a_day_that_a_zone_has_left_out_has_no_time_at_all() -> None:
    assert [on(date(2011, 12, 30), time(hour), ZoneInfo("Pacific/Apia")) for hour in range(24)] == [None] * 24


# Every day, every week


@pytest.mark.parametrize("zone", ZONES, ids=str)
@pytest.mark.parametrize("at", [time(3, 30), time(23, 30)], ids=str)
def test_there_is_exactly_one_reminder_a_local_day_for_twenty_years(zone: ZoneInfo, at: time) -> None:
    since, until = local("2006-01-01 00:00", zone) - MINUTE, local("2026-01-01 00:00", zone) - MINUTE
    came = list(series(Rule(at), since, until, zone))
    every_day = days_of(zone, since + MINUTE, until)
    assert Counter(each.astimezone(zone).date() for each in came) == Counter(every_day)
    assert len(every_day) == (7304 if zone.key == "Pacific/Apia" else 7305)


def test_in_helsinki_the_clock_shows_the_same_time_on_every_day_of_twenty_years() -> None:
    came = series(Rule(time(18)), local("2006-01-01 00:00"), local("2026-01-01 00:00"), HELSINKI)
    assert {each.astimezone(HELSINKI).time() for each in came} == {time(18)}


@given(any_moment, minutes, st.none() | st.integers(0, 6), zones)
@example(datetime(2010, 11, 7, 2, 45, tzinfo=UTC), time(23, 30), None, ZoneInfo("America/St_Johns"))
def test_the_next_one_is_later_and_there_is_none_between(
    moment: datetime, at: time, weekday: int | None, zone: ZoneInfo
) -> None:
    rule = Rule(at, weekday)
    following = rule.next_after(moment, zone)
    assert moment < following
    between = moment + (following - moment) / 2
    assert rule.next_after(between, zone) == following
    assert rule.next_after(following - timedelta(microseconds=1), zone) == following


@given(any_moment, minutes, zones)
def test_a_series_only_grows(moment: datetime, at: time, zone: ZoneInfo) -> None:
    came = list(series(Rule(at), moment, moment + 9 * DAY, zone))
    assert all(one < other for one, other in pairwise(came))
    days = [each.astimezone(zone).date() for each in came]
    assert all(other - one == DAY or one == date(2011, 12, 29) for one, other in pairwise(days))


def test_every_week_it_is_the_same_day_and_time_on_the_clock() -> None:
    tuesdays = list(series(Rule(time(14), weekday=1), local("2026-01-01 00:00"), local("2027-01-01 00:00"), HELSINKI))
    shown = [each.astimezone(HELSINKI) for each in tuesdays]
    assert {(each.weekday(), each.time()) for each in shown} == {(1, time(14))}
    assert len(shown) == 52


# Quiet hours


@pytest.mark.parametrize(
    ("asked", "allowed"),
    [
        ("2026-03-02 19:59", "2026-03-02 19:59"),
        ("2026-03-02 20:00", "2026-03-03 08:00"),
        ("2026-03-02 23:59", "2026-03-03 08:00"),
        ("2026-03-03 00:00", "2026-03-03 08:00"),
        ("2026-03-03 07:59", "2026-03-03 08:00"),
        ("2026-03-03 08:00", "2026-03-03 08:00"),
        ("2026-03-28 22:00", "2026-03-29 08:00"),
        ("2026-10-24 22:00", "2026-10-25 08:00"),
    ],
)
def test_in_the_night_it_waits_until_eight(asked: str, allowed: str) -> None:
    assert allowed_at(local(asked), NIGHT, HELSINKI) == local(allowed)


def test_quiet_hours_within_a_day_end_on_that_day() -> None:
    siesta = QuietHours(time(13), time(15))
    asked = ["2026-03-02 12:59", "2026-03-02 14:00", "2026-03-02 15:00"]
    expected = ["2026-03-02 12:59", "2026-03-02 15:00", "2026-03-02 15:00"]
    assert [allowed_at(local(each), siesta, HELSINKI) for each in asked] == [local(each) for each in expected]


def test_quiet_hours_that_end_in_the_gap_end_with_it() -> None:
    short = QuietHours(time(22), time(3, 30))
    assert allowed_at(local("2026-03-28 23:00"), short, HELSINKI) == local("2026-03-29 04:00")


def test_quiet_hours_that_end_in_the_doubled_hour_end_and_come_again() -> None:
    """From 03:30 to 04:00 the clock shows no quiet time, then it is 03:00 once more."""
    short = QuietHours(time(22), time(3, 30))
    assert allowed_at(local("2026-10-24 23:00"), short, HELSINKI) == local("2026-10-25 03:30")
    again = local("2026-10-25 03:10", fold=1)
    assert allowed_at(again, short, HELSINKI) == local("2026-10-25 03:30", fold=1)


def test_without_quiet_hours_every_moment_is_allowed() -> None:
    assert allowed_at(local("2026-03-03 03:00"), None, HELSINKI) == local("2026-03-03 03:00")


quiet_hours = st.builds(QuietHours, minutes, minutes).filter(lambda each: each.begins != each.ends)


@given(any_moment, quiet_hours, zones)
def test_what_is_allowed_is_never_quiet_never_earlier_and_stays(
    moment: datetime, quiet: QuietHours, zone: ZoneInfo
) -> None:
    allowed = allowed_at(moment, quiet, zone)
    assert allowed.astimezone(zone).time() not in quiet
    assert allowed >= moment
    assert allowed_at(allowed, quiet, zone) == allowed


@given(any_moment, quiet_hours, zones)
def test_all_that_is_waited_for_is_quiet(moment: datetime, quiet: QuietHours, zone: ZoneInfo) -> None:
    """It is the first moment that is allowed: a minute, a tenth, a half before it nothing is."""
    waited = allowed_at(moment, quiet, zone) - moment
    before = [moment + waited * part / 60 for part in range(60) if waited]
    assert all(each.astimezone(zone).time() in quiet for each in before)


@given(any_moment, quiet_hours, zones, st.timedeltas(timedelta(0), DAY))
def test_who_asks_later_is_not_allowed_earlier(
    moment: datetime, quiet: QuietHours, zone: ZoneInfo, by: timedelta
) -> None:
    assert allowed_at(moment, quiet, zone) <= allowed_at(moment + by, quiet, zone)


# The same evening


@pytest.mark.parametrize(
    ("ended", "evening"),
    [
        ("2026-03-02 14:00", "2026-03-02 18:00"),
        ("2026-03-02 17:00", "2026-03-02 18:00"),
        ("2026-03-02 17:20", "2026-03-02 18:20"),
        ("2026-03-02 21:30", "2026-03-02 22:30"),
        ("2026-03-02 23:30", "2026-03-03 00:30"),
        ("2026-03-03 00:10", "2026-03-03 18:00"),
        ("2026-03-29 02:30", "2026-03-29 18:00"),
        ("2026-10-25 03:30", "2026-10-25 18:00"),
    ],
)
def test_the_same_evening_is_at_six_or_an_hour_after_the_end(ended: str, evening: str) -> None:
    assert same_evening(local(ended), HELSINKI) == local(evening)


@given(any_moment, zones)
def test_the_same_evening_comes_an_hour_or_more_and_less_than_a_day_and_an_hour_later(
    moment: datetime, zone: ZoneInfo
) -> None:
    assert timedelta(hours=1) <= same_evening(moment, zone) - moment < timedelta(hours=21)


# What is put off


@pytest.mark.parametrize(
    ("now", "again"),
    [
        ("2026-03-02 09:15", "2026-03-02 11:15"),
        ("2026-03-02 06:00", "2026-03-02 08:00"),
        ("2026-03-02 05:59", "2026-03-02 09:00"),
        ("2026-03-02 14:59", "2026-03-02 16:59"),
        ("2026-03-02 15:00", "2026-03-03 09:00"),
        ("2026-03-02 23:30", "2026-03-03 09:00"),
        ("2026-03-03 00:30", "2026-03-03 09:00"),
        ("2026-03-06 14:59", "2026-03-06 16:59"),
        ("2026-03-06 15:00", "2026-03-09 09:00"),
        ("2026-03-07 10:00", "2026-03-09 09:00"),
        ("2026-03-08 23:59", "2026-03-09 09:00"),
        ("2026-03-27 16:00", "2026-03-30 09:00"),
        ("2026-10-23 16:00", "2026-10-26 09:00"),
    ],
)
def test_what_is_put_off_comes_after_two_hours_of_work_else_at_nine_on_the_next_working_day(
    now: str, again: str
) -> None:
    """Also over the weekends in which the clocks change."""
    assert put_off(local(now), HELSINKI) == local(again)


@given(any_moment, zones)
def test_what_is_put_off_comes_later_in_working_time_of_a_working_day(moment: datetime, zone: ZoneInfo) -> None:
    again = put_off(moment, zone)
    shown = again.astimezone(zone)
    assert moment < again <= moment + 4 * DAY
    assert (shown.weekday() < 5, time(8) <= shown.time() < time(17)) == (True, True)


# Hours of working days


@pytest.mark.parametrize(
    ("since", "hours", "until"),
    [
        ("2026-03-02 11:00", 24, "2026-03-03 11:00"),
        ("2026-03-06 15:00", 24, "2026-03-09 15:00"),
        ("2026-03-06 15:00", 9, "2026-03-07 00:00"),
        ("2026-03-06 23:00", 24, "2026-03-09 23:00"),
        ("2026-03-07 12:00", 24, "2026-03-10 00:00"),
        ("2026-03-08 23:59", 1, "2026-03-09 01:00"),
        ("2026-03-02 11:00", 240, "2026-03-16 11:00"),
        ("2026-03-27 15:00", 24, "2026-03-30 15:00"),
        ("2026-10-23 15:00", 24, "2026-10-26 15:00"),
    ],
)
def test_hours_pass_on_working_days_only(since: str, hours: int, until: str) -> None:
    """Also over the weekends in which the clocks change."""
    assert after_working_hours(local(since), hours, HELSINKI) == local(until)


def test_where_the_clocks_change_on_a_working_day_the_hours_are_those_that_pass() -> None:
    """In Tehran the first hour of 22 March 2022, a Tuesday, was left out."""
    tehran = ZoneInfo("Asia/Tehran")
    since = datetime(2022, 3, 21, 12, tzinfo=tehran)
    assert after_working_hours(since, 24, tehran) == datetime(2022, 3, 22, 13, tzinfo=tehran)


def test_a_day_that_a_zone_leaves_out_brings_no_hours() -> None:
    """Apia went over the date line: after Thursday, 29 December 2011, came Saturday."""
    apia = ZoneInfo("Pacific/Apia")
    since = datetime(2011, 12, 29, 12, tzinfo=apia)
    assert after_working_hours(since, 24, apia) == datetime(2012, 1, 2, 12, tzinfo=apia)


@given(any_moment, zones, st.integers(1, 240), st.integers(1, 240))
def test_hours_of_working_days_pass_one_after_another(moment: datetime, zone: ZoneInfo, one: int, other: int) -> None:
    both = after_working_hours(moment, one + other, zone)
    assert after_working_hours(after_working_hours(moment, one, zone), other, zone) == both
    assert both >= moment.astimezone(UTC) + timedelta(hours=one + other)
