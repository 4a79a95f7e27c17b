"""A letter: something to tell a person who isn't the one that just tapped. It has facts; the courier words it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class LetterKind(StrEnum):
    """What a letter is about; each has its own wording and its own answer to *is it still true?*"""

    ALERT = "alert"
    REQUEST = "request"
    PRESENT = "present"
    SHOWN_AGAIN = "shown_again"
    CARD = "card"
    PICTURE = "picture"
    ASKED_TO_JOIN = "asked_to_join"
    JOINED = "joined"
    ACCEPTED = "accepted"
    NOT_MINE = "not_mine"
    FORGOTTEN = "forgotten"
    UNDELIVERED = "undelivered"
    REMINDER = "reminder"
    RATING_MISSING = "rating_missing"

    @property
    def priority(self) -> int:
        """Whose turn comes first in a chat: alerts, then what people wait for, then pictures, then reminders."""
        return _PRIORITIES.get(self, 1)


_PRIORITIES = {
    LetterKind.ALERT: 0,
    LetterKind.UNDELIVERED: 0,
    LetterKind.PICTURE: 2,
    LetterKind.REMINDER: 3,
    LetterKind.RATING_MISSING: 3,
}


class PlaceKind(StrEnum):
    """What stands in one message of a chat and is edited there in place."""

    DRAFT = "draft"
    CARD = "card"
    PICTURE = "picture"


@dataclass(frozen=True)
class Letter:
    """One row of the outbox. `key` is unique: the same cause never makes two letters. `about` holds ids only.

    `lease` is held by who carries it. `unsure`: it may have arrived already. `not_before`: what was
    planned for later.
    """

    id: int
    key: str
    person_id: str
    kind: LetterKind
    about: Mapping[str, str]
    made_at: datetime
    tries: int = 0
    lease: str = ""
    unsure: bool = False
    not_before: datetime | None = None

    @property
    def due_at(self) -> datetime:
        """When it was first to be sent."""
        return self.not_before or self.made_at


@dataclass(frozen=True)
class Place:
    """Where something stands in a person's chat: there is at most one message for each kind and id."""

    kind: PlaceKind
    about_id: str
