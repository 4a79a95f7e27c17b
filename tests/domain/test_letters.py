"""Letters: from when on one was to be sent."""

from datetime import UTC, datetime, timedelta

from bot.domain.letters import Letter, LetterKind

MADE = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
EVENING = MADE + timedelta(hours=9)


def test_a_letter_is_due_when_it_is_made_or_at_the_time_it_is_planned_for() -> None:
    at_once = Letter(1, "key", "person", LetterKind.REMINDER, {}, MADE)
    planned = Letter(1, "key", "person", LetterKind.REMINDER, {}, MADE, not_before=EVENING)
    assert (at_once.due_at, planned.due_at) == (MADE, EVENING)


def test_a_letter_names_the_alerts_that_it_tells_of_the_gravest_first() -> None:
    alone, several = (
        Letter(1, "key", "person", LetterKind.ALERT, about, MADE)
        for about in ({"alert": "7"}, {"alert": "9", "others": "7 8"})
    )
    assert (alone.alerts, several.alerts) == ((7,), (9, 7, 8))
