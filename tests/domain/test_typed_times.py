"""Days and times as they are written in Finland."""

from contextlib import suppress
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import Reason, Refusal
from bot.domain.typed_times import Typed, read

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("24.11.", Typed(date(2026, 11, 24))),
        ("24.11", Typed(date(2026, 11, 24))),
        ("24.11.2026", Typed(date(2026, 11, 24))),
        ("24/11", Typed(date(2026, 11, 24))),
        ("2026-11-24 14:30", Typed(date(2026, 11, 24), time(14, 30))),
        ("24.11. klo 14", Typed(date(2026, 11, 24), time(14))),
        ("24.11. kl. 14.30", Typed(date(2026, 11, 24), time(14, 30))),
        ("24.11., 14.30", Typed(date(2026, 11, 24), time(14, 30))),
        ("24 Nov 9:05", Typed(date(2026, 11, 24), time(9, 5))),
        ("3 mars", Typed(date(2027, 3, 3))),
        ("24. marraskuuta klo 8", Typed(date(2026, 11, 24), time(8))),
        ("1.2.", Typed(date(2027, 2, 1))),
        ("klo 14", Typed(at=time(14))),
        ("14.30", Typed(at=time(14, 30))),
        ("14:05", Typed(at=time(14, 5))),
        ("14", Typed(at=time(14))),
        ("14.05", Typed(date(2027, 5, 14))),
        ("14.12", Typed(date(2026, 12, 14))),
        ("23:59", Typed(at=time(23, 59))),
        ("KOIVU-27", None),
        ("24.11. ehkä", None),
        ("", None),
        ("24 kukkuu", None),
    ],
)
def test_it_is_read(text: str, typed: Typed | None) -> None:
    assert read(text, today=TODAY) == typed


def test_where_a_time_is_asked_for_the_same_is_a_time() -> None:
    assert read("14.05", today=TODAY, time_first=True) == Typed(at=time(14, 5))
    assert read("14.5. 14.05", today=TODAY, time_first=True) == Typed(date(2027, 5, 14), time(14, 5))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("29.2.", Reason.NO_SUCH_DAY),
        ("31.4.", Reason.NO_SUCH_DAY),
        ("0.1.", Reason.NO_SUCH_DAY),
        ("29.2.2027", Reason.NO_SUCH_DAY),
        ("24:00", Reason.NO_SUCH_TIME),
        ("25:00", Reason.NO_SUCH_TIME),
        ("24.11. klo 25", Reason.NO_SUCH_TIME),
        ("14:60", Reason.NO_SUCH_TIME),
    ],
)
def test_what_there_is_not_is_refused(text: str, reason: Reason) -> None:
    with pytest.raises(Refusal) as refused:
        read(text, today=TODAY)
    assert refused.value.reason is reason


def test_a_leap_day_is_found_when_it_is_the_next() -> None:
    assert read("29.2.", today=date(2027, 11, 22)) == Typed(date(2028, 2, 29))


def test_a_day_that_has_just_passed_is_past_and_not_next_year() -> None:
    assert read("21.11.", today=TODAY) == Typed(date(2026, 11, 21))
    assert read("24.5.", today=TODAY) == Typed(date(2026, 5, 24))
    assert read("23.5.", today=TODAY) == Typed(date(2027, 5, 23))


@given(st.text(max_size=40))
def test_whatever_is_written_is_read_or_refused(text: str) -> None:
    with suppress(Refusal):
        read(text, today=TODAY)
