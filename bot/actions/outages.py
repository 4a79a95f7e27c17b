"""After an outage: who was in the middle of something is shown where they are."""

from datetime import datetime, timedelta

import storage
from bot.domain.letters import LetterKind
from storage import Transaction

RECENT = timedelta(hours=24)
"""Who was asked, or answered last, longer before the outage wasn't sitting there with the phone in the hand."""


async def show_again(db: Transaction, *, since: datetime, now: datetime) -> int:
    """A letter to each person with an open draft, once for an outage that began at `since`; how many they are."""
    people = await storage.drafts.people_in_the_middle(db, since=since - RECENT)
    for person_id in people:
        key = f"{since.timestamp():.0f}"
        await storage.outbox.put(db, LetterKind.SHOWN_AGAIN, person_id, {}, key=key, now=now)
    return len(people)
