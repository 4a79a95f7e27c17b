"""When a planned meeting asks, when its card comes, and which times can be planned."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import Reason, Refusal
from bot.domain.plans import Plan, PlanState, asked_at, asked_now_or_then, card_at, is_this, planned_at, week_of
from bot.domain.times import QuietHours

HELSINKI = ZoneInfo("Europe/Helsinki")
NIGHT = QuietHours(time(20), time(8))
MOMENTS = st.integers(0, 2 * 365 * 24 * 60).map(lambda each: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=each))
HOURS = st.times().map(lambda each: each.replace(second=0, microsecond=0))


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=HELSINKI).astimezone(UTC)


@pytest.mark.parametrize(
    ("meeting", "asked"),
    [
        ("2026-03-04 14:00", "2026-03-04 12:00"),
        ("2026-03-04 10:00", "2026-03-04 08:00"),
        ("2026-03-04 09:00", "2026-03-04 08:00"),
        ("2026-03-04 08:59", "2026-03-03 18:00"),
        ("2026-03-04 06:00", "2026-03-03 18:00"),
        ("2026-03-04 21:59", "2026-03-04 19:59"),
        ("2026-03-04 22:00", "2026-03-04 18:00"),
        ("2026-03-29 08:30", "2026-03-28 18:00"),
        ("2026-10-25 09:00", "2026-10-25 08:00"),
    ],
)
def test_they_are_asked_two_hours_before_or_when_phones_may_ring(meeting: str, asked: str) -> None:
    assert asked_at(local(meeting), NIGHT, HELSINKI) == local(asked)


def test_without_quiet_hours_it_is_always_two_hours() -> None:
    assert asked_at(local("2026-03-04 06:00"), None, HELSINKI) == local("2026-03-04 04:00")


def test_where_six_is_quiet_too_it_is_the_last_minute_before() -> None:
    long = QuietHours(time(17), time(9))
    assert asked_at(local("2026-03-04 09:30"), long, HELSINKI) == local("2026-03-03 16:59")


def test_where_six_is_quiet_because_they_last_until_seven_it_is_the_last_minute_before_too() -> None:
    nearly_always = QuietHours(time(20), time(19))
    assert asked_at(local("2026-03-04 19:30"), nearly_always, HELSINKI) == local("2026-03-03 19:59")


@given(at=MOMENTS, begins=HOURS, ends=HOURS)
def test_nobody_is_ever_asked_in_quiet_hours_or_after_it_has_begun(at: datetime, begins: time, ends: time) -> None:
    quiet = QuietHours(begins, ends)
    asked = asked_now_or_then(at, quiet, HELSINKI, now=at - timedelta(days=3))
    assert asked is None or (asked < at and asked.astimezone(HELSINKI).time() not in quiet)


@pytest.mark.parametrize(("meeting", "asked"), [("08:59", "2026-03-03 18:00"), ("10:00", "2026-03-04 08:00")])
def test_planned_days_before_they_are_asked_at_the_same_times(meeting: str, asked: str) -> None:
    at, now = local(f"2026-03-04 {meeting}"), local("2026-03-02 10:00")
    assert asked_now_or_then(at, NIGHT, HELSINKI, now=now) == local(asked)


def test_planned_when_that_time_is_past_they_are_asked_now_unless_it_is_night() -> None:
    at = local("2026-03-04 09:00")
    assert asked_now_or_then(at, NIGHT, HELSINKI, now=local("2026-03-04 08:30")) == local("2026-03-04 08:30")
    early = local("2026-03-04 08:00")
    assert asked_now_or_then(early, NIGHT, HELSINKI, now=local("2026-03-03 21:00")) is None


@pytest.mark.parametrize(
    ("meeting", "card"),
    [
        ("2026-03-04 14:00", "2026-03-04 12:00"),
        ("2026-03-04 10:00", "2026-03-04 08:00"),
        ("2026-03-04 09:00", "2026-03-04 08:00"),
        ("2026-03-04 08:30", "2026-03-04 08:00"),
        ("2026-03-04 08:00", "2026-03-03 16:00"),
        ("2026-03-04 18:59", "2026-03-04 16:59"),
        ("2026-03-04 19:00", "2026-03-04 16:00"),
        ("2026-03-02 08:00", "2026-02-27 16:00"),
        ("2026-03-04 20:00", "2026-03-04 16:00"),
    ],
)
def test_the_card_comes_in_working_hours(meeting: str, card: str) -> None:
    assert card_at(local(meeting), HELSINKI) == local(card)


@pytest.mark.parametrize(
    ("day", "at", "reason"),
    [
        (date(2026, 3, 1), time(14), Reason.PAST),
        (date(2026, 3, 2), time(10), Reason.PAST),
        (date(2026, 3, 3), time(5, 59), Reason.AT_NIGHT),
        (date(2026, 3, 3), time(22, 1), Reason.AT_NIGHT),
        (date(2026, 9, 2), time(14), Reason.TOO_FAR),
    ],
)
def test_a_time_that_cannot_be_planned_is_refused(day: date, at: time, reason: Reason) -> None:
    with pytest.raises(Refusal) as refused:
        planned_at(day, at, HELSINKI, now=local("2026-03-02 10:00"))
    assert refused.value.reason is reason


@pytest.mark.parametrize("moment", ["2026-03-02 10:01", "2026-03-03 06:00", "2026-09-01 22:00"])
def test_from_now_on_for_half_a_year_and_by_day_it_can_be_planned(moment: str) -> None:
    wanted = datetime.fromisoformat(moment)
    now = local("2026-03-02 10:00")
    assert planned_at(wanted.date(), wanted.time(), HELSINKI, now=now) == local(moment)


def test_half_a_year_counts_from_the_local_day_also_just_after_midnight() -> None:
    now = local("2026-03-02 00:30")
    assert planned_at(date(2026, 9, 1), time(14), HELSINKI, now=now) == local("2026-09-01 14:00")


def test_where_the_zone_has_left_out_the_evening_before_they_are_asked_two_hours_before() -> None:
    apia = ZoneInfo("Pacific/Apia")
    at = datetime(2011, 12, 31, 8, 30, tzinfo=apia).astimezone(UTC)
    assert asked_at(at, NIGHT, apia) == at - timedelta(hours=2)


def test_a_weekly_one_stays_at_its_local_time_and_leaves_out_what_is_past() -> None:
    plan = Plan("p", "c", "w", local("2026-03-24 14:00"), True, (), PlanState.ON)
    assert plan.next_after(local("2026-03-24 15:00"), HELSINKI) == local("2026-03-31 14:00")
    assert plan.next_after(local("2026-04-09 15:00"), HELSINKI) == local("2026-04-14 14:00")


def test_weeks_that_are_left_out_are_passed_over_and_can_be_put_back() -> None:
    out = (date(2026, 3, 23), date(2026, 3, 30))
    plan = Plan("p", "c", "w", local("2026-03-17 14:00"), True, (), PlanState.ON, out)
    assert plan.next_after(local("2026-03-17 15:00"), HELSINKI) == local("2026-04-07 14:00")
    assert plan.in_week(out[1], HELSINKI) == local("2026-03-31 14:00")
    assert plan.weeks(HELSINKI, now=local("2026-03-17 10:00"))[:3] == (date(2026, 3, 16), *out)
    gone_on = Plan("p", "c", "w", local("2026-04-07 14:00"), True, (), PlanState.ON, out)
    assert gone_on.weeks(HELSINKI, now=local("2026-03-25 10:00"))[:2] == (date(2026, 3, 30), date(2026, 4, 6))


def test_the_next_eight_weeks_are_shown_from_the_next_meeting_on_and_none_that_has_begun() -> None:
    plan = Plan("p", "c", "w", local("2026-03-17 14:00"), True, (), PlanState.ON)
    eight = tuple(date(2026, 3, 16) + timedelta(weeks=each) for each in range(8))
    assert plan.weeks(HELSINKI, now=plan.at - timedelta(minutes=1)) == eight
    assert plan.weeks(HELSINKI, now=plan.at) == eight[1:]


def test_a_week_begins_on_the_local_monday_however_far_away_that_is() -> None:
    assert week_of(local("2026-03-02 00:30"), HELSINKI) == date(2026, 3, 2)
    auckland = ZoneInfo("Pacific/Auckland")
    monday = datetime(2026, 5, 4, 9, tzinfo=auckland)
    plan = Plan("p", "c", "w", monday.astimezone(UTC), True, (), PlanState.ON, (date(2026, 5, 11),))
    assert plan.weeks(auckland, now=monday - timedelta(hours=1))[:2] == (date(2026, 5, 4), date(2026, 5, 11))
    assert plan.next_after(monday, auckland) == datetime(2026, 5, 18, 9, tzinfo=auckland)


def test_what_was_left_open_the_day_before_is_not_the_planned_one() -> None:
    at = local("2026-03-04 14:00")
    assert is_this(at, local("2026-03-04 11:00"), goes_on=False)
    assert not is_this(at, local("2026-03-04 10:59"), goes_on=False)
    assert is_this(at, local("2026-03-04 02:00"), goes_on=True)
    assert not is_this(at, local("2026-03-04 01:59"), goes_on=True)
    assert not is_this(at, local("2026-03-03 14:00"), goes_on=True)
