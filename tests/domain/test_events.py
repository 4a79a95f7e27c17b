"""What may be noted on the time line."""

from datetime import date, timedelta

import pytest

from bot.domain.errors import Reason, Refusal
from bot.domain.events import DAYS_BACK, LONGEST_WORDS, as_words, may_be_noted

TODAY = date(2026, 3, 2)


def test_a_day_of_the_last_year_may_be_noted_and_no_other() -> None:
    days = (1, 0, -DAYS_BACK, -DAYS_BACK - 1)
    assert [may_be_noted(TODAY + timedelta(days=each), today=TODAY) for each in days] == [False, True, True, False]


def test_words_are_one_line_of_200_characters_at_most() -> None:
    assert as_words("  two \n lines ") == "two lines"
    assert as_words("x" * LONGEST_WORDS) == "x" * LONGEST_WORDS
    with pytest.raises(Refusal) as refused:
        as_words("x" * (LONGEST_WORDS + 1))
    assert refused.value.reason is Reason.TOO_LONG
