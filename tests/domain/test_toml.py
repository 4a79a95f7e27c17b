"""TOML and points: what is read, and what is written."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.instruments import ITEM_MAXIMUM, TOTAL_MAXIMUM
from bot.domain.points import in_mm, in_points
from bot.domain.toml import quoted, read


def test_numbers_are_read_as_they_are_written() -> None:
    assert read("a = 6.6\nb = 7") == {"a": Decimal("6.6"), "b": 7}


@pytest.mark.parametrize(
    "text", ["a =", "a = 1\na = 2", f"a = {'9' * 5000}", f"a = {'[' * 5000}", 'a = "\x00"', 'a = "\n"']
)
def test_what_is_no_toml_is_a_value_error_that_says_so(text: str) -> None:
    with pytest.raises(ValueError, match=r"^is no TOML \("):
        read(text)


def test_a_number_that_is_too_large_is_none() -> None:
    assert read("a = 1e9999999999999999999999")["a"].is_nan()


@given(st.text(st.characters(codec="utf-8")))
def test_any_word_is_quoted_on_one_line_and_read_as_the_same(word: str) -> None:
    assert read(f"a = {quoted(word)}") == {"a": word}
    assert "\n" not in quoted(word)


@given(st.integers(0, TOTAL_MAXIMUM))
def test_mm_are_written_in_points_and_read_as_the_same(mm: int) -> None:
    assert in_mm(read(f"a = {in_points(mm)}")["a"], "a") == mm


@pytest.mark.parametrize(("value", "mm"), [(0, 0), (40, 400), (Decimal("6.6"), 66), (Decimal("6.600"), 66)])
def test_points_have_one_decimal_at_most(value: object, mm: int) -> None:
    assert in_mm(value, "a") == mm


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (-1, "-1"),
        (41, "41"),
        (Decimal("6.66"), "6.66"),
        (Decimal("-0.1"), "-0.1"),
        (Decimal("40.1"), "40.1"),
        (Decimal("1e99"), "1E+99"),
        (Decimal("1e-99"), "1E-99"),
        (Decimal("nan"), "NaN"),
        (Decimal("-inf"), "-Infinity"),
        (True, "True"),
        ("7", "'7'"),
        (6.6, "6.6"),
        (None, "None"),
    ],
)
def test_what_are_no_points_is_said_with_its_place(value: object, shown: str) -> None:
    with pytest.raises(ValueError, match="points") as refused:
        in_mm(value, "rules.x")
    assert str(refused.value) == f"rules.x is {shown}: expected points from 0 to 40, one decimal at most"


def test_the_range_is_said_as_it_is() -> None:
    with pytest.raises(ValueError, match=r"^a is 0: expected points from 0.1 to 10, one decimal at most$"):
        in_mm(0, "a", least=1, most=ITEM_MAXIMUM)
    assert in_mm(Decimal("0.1"), "a", least=1, most=ITEM_MAXIMUM) == 1
    assert in_mm(10, "a", least=1, most=ITEM_MAXIMUM) == ITEM_MAXIMUM
