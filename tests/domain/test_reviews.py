"""When a case is looked back at."""

from datetime import UTC, datetime, timedelta

from bot.domain.reviews import EVERY, Decided, Review, due_at

OPENED = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def test_a_review_comes_three_months_after_the_opening_on_the_same_day_of_the_week() -> None:
    due = due_at(OPENED, None)
    assert (due.date().isoformat(), due.weekday()) == ("2026-06-01", OPENED.weekday())


def test_the_next_one_comes_three_months_after_the_last() -> None:
    last = Review("review", "case", "worker", Decided.GO_ON, OPENED + timedelta(days=100))
    assert due_at(OPENED, last) == last.at + EVERY
