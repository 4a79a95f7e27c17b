"""The clock of a World."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from bot.sandbox.clock import Clock

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def test_a_standing_clock_stands() -> None:
    clock = Clock.at(MONDAY)
    assert [clock.now(), clock.now()] == [MONDAY, MONDAY]


def test_a_standing_clock_goes_ahead_by_what_it_is_moved() -> None:
    clock = Clock.at(MONDAY)
    clock.move(timedelta(hours=3))
    assert clock.now() == MONDAY + timedelta(hours=3)


def test_a_running_clock_starts_at_the_present() -> None:
    before = datetime.now(UTC)
    assert before <= Clock().now() <= datetime.now(UTC)


def test_a_running_clock_runs_on_from_where_it_travelled() -> None:
    clock = Clock()
    clock.travel(MONDAY)
    assert MONDAY <= clock.now() < MONDAY + timedelta(minutes=1)


def test_a_clock_can_return_to_the_present() -> None:
    clock = Clock.at(MONDAY)
    clock.return_to_the_present()
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(minutes=1)


def test_time_is_told_in_utc_whatever_zone_it_was_set_in() -> None:
    clock = Clock.at(datetime(2026, 3, 2, 11, 0, tzinfo=timezone(timedelta(hours=2))))
    assert clock.now().isoformat() == "2026-03-02T09:00:00+00:00"


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        Clock.at(MONDAY.replace(tzinfo=None))
