"""What a worker types from a sheet of paper."""

from datetime import date, timedelta

import pytest

from bot.domain.errors import Reason, Refusal
from bot.domain.typed import OLDEST, checked, day, is_like_a_number, values

TODAY = date(2026, 11, 22)
OPENED = date(2024, 1, 8)


@pytest.mark.parametrize(
    ("text", "mm"),
    [
        ("7", (70,)),
        ("7,5", (75,)),
        ("7.5", (75,)),
        ("0", (0,)),
        (" 28,4 ", (284,)),
        ("7,5 6 8.2 9", (75, 60, 82, 90)),
        ("7,5; 6; 8,2; 9", (75, 60, 82, 90)),
        ("7,5, 6, 8,2, 9", (75, 60, 82, 90)),
        ("7\n6\n8\n9", (70, 60, 80, 90)),
    ],
)
def test_values_are_read_with_a_comma_or_a_point_one_or_several(text: str, mm: tuple[int, ...]) -> None:
    assert values(text) == mm


@pytest.mark.parametrize("text", ["", " ", "seven", "7,55", "7,", ",5", "-3", "7/8", "7 x", "12345"])
def test_what_is_no_value_is_none(text: str) -> None:
    assert values(text) is None


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("21.11.2026", date(2026, 11, 21)),
        ("21.11.26", date(2026, 11, 21)),
        ("21.11.", date(2026, 11, 21)),
        ("21.11", date(2026, 11, 21)),
        ("1. 2. 2026", date(2026, 2, 1)),
        ("21/11/2026", date(2026, 11, 21)),
        ("2026-11-21", date(2026, 11, 21)),
        ("22.11.", TODAY),
        ("23.11.", date(2025, 11, 23)),
        ("29.2.", date(2024, 2, 29)),
        ("31.2.2026", None),
        ("2026-13-01", None),
        ("31.2.", None),
        ("yesterday", None),
        ("21", None),
        ("", None),
    ],
)
def test_a_day_is_read_with_the_day_first_and_without_a_year_as_the_last_one(text: str, read: date | None) -> None:
    assert day(text, today=TODAY) == read


@pytest.mark.parametrize(("text", "like"), [("7,5", True), ("21.11.", True), ("Koivu 42", False), ("7K3QM", False)])
def test_only_digits_and_their_signs_are_like_a_number(text: str, like: bool) -> None:
    assert (is_like_a_number(text), is_like_a_number("- ,.")) == (like, False)


@pytest.mark.parametrize(
    ("on", "reason"),
    [
        (TODAY + timedelta(days=1), Reason.DAY_AHEAD),
        (TODAY - OLDEST - timedelta(days=1), Reason.DAY_TOO_OLD),
    ],
)
def test_a_day_that_cannot_be_is_refused_with_its_reason(on: date, reason: Reason) -> None:
    with pytest.raises(Refusal) as caught:
        checked(on, today=TODAY, opened=OPENED)
    assert caught.value.reason is reason


def test_a_day_before_the_case_is_refused_and_its_first_and_today_are_not() -> None:
    opened = TODAY - timedelta(days=10)
    with pytest.raises(Refusal) as caught:
        checked(opened - timedelta(days=1), today=TODAY, opened=opened)
    assert caught.value.reason is Reason.DAY_BEFORE_CASE
    assert [checked(each, today=TODAY, opened=opened) for each in (opened, TODAY)] == [opened, TODAY]
    assert checked(TODAY - OLDEST, today=TODAY, opened=OPENED) == TODAY - OLDEST
