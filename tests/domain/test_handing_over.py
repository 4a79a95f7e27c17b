"""The PIN that takes a worker's phone back, and the pauses after wrong ones."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.handing_over import HandOver, is_begun, is_easy, is_pin, pause_after

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
HANDED = HandOver("nora", "aino", "session", NOW)


def test_after_every_fifth_wrong_pin_there_is_a_longer_pause_up_to_half_an_hour() -> None:
    pauses = {tries: pause_after(tries) for tries in range(31)}
    assert {tries: pause // timedelta(minutes=1) for tries, pause in pauses.items() if pause is not None} == {
        5: 5,
        10: 10,
        15: 20,
        20: 30,
        25: 30,
        30: 30,
    }
    assert pause_after(5 * 10**6) == timedelta(minutes=30)


@pytest.mark.parametrize(("tries", "left"), [(0, 5), (1, 4), (4, 1), (5, 5), (9, 1)])
def test_it_says_how_many_tries_are_left_before_the_next_pause(tries: int, left: int) -> None:
    assert replace(HANDED, tries=tries).tries_left == left


def test_a_pause_is_over_at_its_end() -> None:
    until = NOW + timedelta(minutes=5)
    barred = replace(HANDED, barred_until=until)
    assert not HANDED.is_barred(now=NOW)
    assert barred.is_barred(now=until - timedelta(seconds=1))
    assert not barred.is_barred(now=until)


def test_a_pin_is_four_digits_and_begun_with_fewer() -> None:
    assert [each for each in ("", "1", "138", "1385", "13850", "13a5", "X", "١٣٨٥", "-138") if is_begun(each)] == [
        "",
        "1",
        "138",
        "1385",
    ]
    assert [each for each in ("", "138", "1385", "13850", "13a5") if is_pin(each)] == ["1385"]


@pytest.mark.parametrize("pin", ["0000", "7777", "1212", "9090", "1234", "9876", "2468", "2580", "0852"])
def test_what_a_child_tries_first_is_easy(pin: str) -> None:
    assert is_easy(pin)


@pytest.mark.parametrize("pin", ["1385", "1221", "0582", "1243", "9901"])
def test_any_other_is_not(pin: str) -> None:
    assert not is_easy(pin)
