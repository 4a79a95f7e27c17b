"""What a reply couldn't show in time is shown by letter: a rating or a meeting card, as it is by then."""

from datetime import datetime, timedelta

import storage
from bot.domain.letters import LetterKind, Place, PlaceKind
from bot.domain.people import Person
from storage import Transaction

_LETTERS = {PlaceKind.DRAFT: (LetterKind.PRESENT, "draft"), PlaceKind.CARD: (LetterKind.CARD, "session")}


async def owe(db: Transaction, person: Person, place: Place, *, seconds: float, now: datetime) -> bool:
    """After so many seconds, in which the chat is left in peace; False for what nobody waits for."""
    if place.kind not in _LETTERS:
        return False
    kind, name = _LETTERS[place.kind]
    about, until = {name: place.about_id}, now + timedelta(seconds=seconds)
    key = f"{place.about_id}:{int(until.timestamp())}"
    await storage.outbox.put(db, kind, person.id, about, key=key, now=now, not_before=until)
    await storage.outbox.rest(db, person.id, until=until)
    return True
