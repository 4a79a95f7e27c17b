"""Until when it can be undone that somebody who joined by code was taken into a case."""

from datetime import UTC, datetime, timedelta

from bot.domain.attachments import Attachment
from bot.domain.people import AgeBand

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def test_it_can_be_undone_for_seven_days() -> None:
    made = Attachment("attached", "case", "mother", "nora", AgeBand.ADULT, True, NOW)
    assert made.can_be_undone(now=NOW + timedelta(days=7))
    assert not made.can_be_undone(now=NOW + timedelta(days=7, seconds=1))
