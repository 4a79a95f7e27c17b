"""What happened around a family, as the worker notes it on the time line: a kind from a list, never a story.

It stands under the curve, in the place of the paper sheet on which workers keep what the ups and downs came from.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.domain.errors import Reason, Refusal

DAYS_BACK = 366
"""What is noted happened within the last year; before that nobody remembers the day."""


class EventKind(StrEnum):
    """What it was about, coarsely enough to say nothing of anybody."""

    SCHOOL = "school"
    HOME = "home"
    FRIENDS = "friends"
    MOVE = "move"
    ILLNESS = "illness"
    WORK = "work"
    SUPPORT = "support"
    PLACEMENT = "placement"
    LEISURE = "leisure"
    OTHER = "other"


class Turn(StrEnum):
    """Which way it took things, as the worker and the family see it."""

    UP = "up"
    DOWN = "down"
    NEITHER = "neither"


class InReach(StrEnum):
    """Whether our work together can affect it."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


@dataclass(frozen=True)
class Event:
    """One note on the time line of a case. `subject_id`: about whom (None: the whole family). `day` is a local day.

    `words`: the worker's own, only where the organisation has switched them on.
    """

    id: str
    case_id: str
    subject_id: str | None
    worker_id: str
    kind: EventKind
    turn: Turn
    in_reach: InReach | None
    day: date
    noted_at: datetime
    words: str | None = None


LONGEST_WORDS = 200


def as_words(text: str) -> str:
    """A worker's own words in one line.

    Raises:
        Refusal: they are longer than a note is.
    """
    words = " ".join(text.split())
    if len(words) > LONGEST_WORDS:
        raise Refusal(Reason.TOO_LONG)
    return words


def may_be_noted(day: date, *, today: date) -> bool:
    """Neither in the future nor longer ago than a year."""
    return today - timedelta(days=DAYS_BACK) <= day <= today
