"""Letters: from when on one was to be sent."""

from datetime import UTC, datetime, timedelta

from bot.domain.letters import Letter, LetterKind

MADE = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
EVENING = MADE + timedelta(hours=9)


def test_a_letter_is_due_when_it_is_made_or_at_the_time_it_is_planned_for() -> None:
    at_once = Letter(1, "key", "person", LetterKind.REMINDER, {}, MADE)
    planned = Letter(1, "key", "person", LetterKind.REMINDER, {}, MADE, not_before=EVENING)
    assert (at_once.due_at, planned.due_at) == (MADE, EVENING)
