"""A letter: something to tell a person who isn't the one that just tapped. It has facts; the courier words it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class LetterKind(StrEnum):
    """What a letter is about; each has its own wording and its own answer to *is it still true?*"""

    REQUEST = "request"
    CARD = "card"
    PICTURE = "picture"
    ASKED_TO_JOIN = "asked_to_join"
    JOINED = "joined"
    ACCEPTED = "accepted"
    NOT_MINE = "not_mine"
    FORGOTTEN = "forgotten"


class PlaceKind(StrEnum):
    """What stands in one message of a chat and is edited there in place."""

    DRAFT = "draft"
    CARD = "card"
    PICTURE = "picture"


@dataclass(frozen=True)
class Letter:
    """One row of the outbox. `key` is unique: the same cause never makes two letters. `about` holds ids only."""

    id: int
    key: str
    person_id: str
    kind: LetterKind
    about: Mapping[str, str]
    made_at: datetime
    tries: int = 0


@dataclass(frozen=True)
class Place:
    """Where something stands in a person's chat: there is at most one message for each kind and id."""

    kind: PlaceKind
    about_id: str
