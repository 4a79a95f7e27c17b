"""What may be noted on the time line."""

from datetime import date, timedelta

from bot.domain.events import DAYS_BACK, may_be_noted

TODAY = date(2026, 3, 2)


def test_a_day_of_the_last_year_may_be_noted_and_no_other() -> None:
    days = (1, 0, -DAYS_BACK, -DAYS_BACK - 1)
    assert [may_be_noted(TODAY + timedelta(days=each), today=TODAY) for each in days] == [False, True, True, False]
