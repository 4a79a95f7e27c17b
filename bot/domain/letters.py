"""A letter: something to tell a person who isn't the one that just tapped. It has facts; the courier words it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class LetterKind(StrEnum):
    """What a letter is about; each has its own wording and its own answer to *is it still true?*

    UNOPENED is sent to nobody: when its time has come it makes other letters of an alert that nobody has opened.
    So are ASK_BEFORE and ASK_AFTER: they ask for ratings before and after a planned meeting. LEAVE_BEGINS sends a
    worker on the leave that they have planned.
    """

    ALERT = "alert"
    PUT_OFF = "put_off"
    UNOPENED = "unopened"
    PASSED_ON = "passed_on"
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
    RATING_DELETED = "rating_deleted"
    UNDELIVERED = "undelivered"
    TAKE_AWAY = "take_away"
    REMINDER = "reminder"
    RATING_MISSING = "rating_missing"
    MENU = "menu"
    LEAVE = "leave"
    BACK = "back"
    LEAVE_BEGINS = "leave_begins"
    CLOSED = "closed"
    OFFERED = "offered"
    OFFER_ANSWERED = "offer_answered"
    NEW_WORKER = "new_worker"
    CASE_CLOSED = "case_closed"
    CASE_REOPENED = "case_reopened"
    INVITATION = "invitation"
    WAITS_AGAIN = "waits_again"
    UNDONE = "undone"
    ASK_BEFORE = "ask_before"
    MEETING_NEAR = "meeting_near"
    ASK_AFTER = "ask_after"
    GROUP_CARD = "group_card"

    @property
    def priority(self) -> int:
        """Whose turn comes first in a chat: alerts, then what people wait for, then pictures, then reminders."""
        return _PRIORITIES.get(self, 1)


OF_ALERTS = frozenset({LetterKind.ALERT, LetterKind.PUT_OFF, LetterKind.PASSED_ON, LetterKind.UNOPENED})
"""They tell a worker of alerts, or look whether one was opened."""
NOT_SILENT = OF_ALERTS | {LetterKind.UNDELIVERED}
"""What must not end in silence."""
ASKING = frozenset({LetterKind.ASK_BEFORE, LetterKind.ASK_AFTER})
TO_NOBODY = ASKING | {LetterKind.UNOPENED, LetterKind.LEAVE_BEGINS}
"""When their time has come they make other letters. They wait for no chat, and for nobody's phone."""
TO_WORKERS = (
    NOT_SILENT
    | TO_NOBODY
    | {
        LetterKind.PICTURE,
        LetterKind.RATING_MISSING,
        LetterKind.MEETING_NEAR,
        LetterKind.ASKED_TO_JOIN,
        LetterKind.JOINED,
        LetterKind.FORGOTTEN,
        LetterKind.RATING_DELETED,
        LetterKind.UNDONE,
        LetterKind.OFFERED,
        LetterKind.OFFER_ANSWERED,
        LetterKind.LEAVE,
        LetterKind.BACK,
    }
)
"""What a worker gets as one. The rest is for who rates, or about what stands in one chat, but for what is of a case."""
OF_A_CASE = frozenset({LetterKind.NEW_WORKER, LetterKind.CASE_CLOSED, LetterKind.CASE_REOPENED})
"""What has become of a case: for who rates there, and then it says as whom; else for its workers."""
HOWEVER_LATE = TO_NOBODY | {LetterKind.TAKE_AWAY}
"""What is done when it comes to it, also after a day: what makes other letters, and what is only kept for a while."""
WHILE_HANDED_OVER = frozenset({LetterKind.PRESENT, LetterKind.SHOWN_AGAIN, LetterKind.MENU})
"""What comes on a worker's phone before it is taken back: the rating in hand, and the menu."""
_PRIORITIES = {
    LetterKind.ALERT: 0,
    LetterKind.PUT_OFF: 0,
    LetterKind.UNOPENED: 0,
    LetterKind.PASSED_ON: 0,
    LetterKind.UNDELIVERED: 0,
    LetterKind.ASK_BEFORE: 0,
    LetterKind.ASK_AFTER: 0,
    LetterKind.LEAVE_BEGINS: 0,
    LetterKind.PICTURE: 2,
    LetterKind.REMINDER: 3,
    LetterKind.RATING_MISSING: 3,
    LetterKind.MENU: 4,
    LetterKind.BACK: 3,
    LetterKind.CLOSED: 3,
}


class PlaceKind(StrEnum):
    """What stands in one message of a chat and is edited there in place."""

    DRAFT = "draft"
    CARD = "card"
    PICTURE = "picture"
    OWN_PICTURE = "own_picture"
    SHEET = "sheet"
    SHEET_DAY = "sheet_day"
    INVITATION = "invitation"
    GROUP = "group"
    PLAN_DAY = "plan_day"
    PLAN_TIME = "plan_time"
    PLAN_MOVE = "plan_move"
    SUMMARY = "summary"
    WORDS = "words"


class PictureKind(StrEnum):
    """How a worker looks at a case: one rater's totals, four areas or answers to the service's own measures, or
    everybody's totals or areas beside another.
    """

    TREND = "trend"
    FAMILY = "family"
    SIDES = "sides"
    AREAS = "areas"
    MEASURES = "measures"


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
    def alerts(self) -> tuple[int, ...]:
        """The numbers of the alerts that it tells of, the gravest first."""
        numbers = f"{self.about.get('alert', 0)} {self.about.get('others', '')}"
        return tuple(int(each) for each in numbers.split())

    @property
    def for_worker(self) -> bool:
        """Whether it is for a worker as one, in whichever chat that is by then."""
        return self.kind in TO_WORKERS or (self.kind in OF_A_CASE and "rater" not in self.about)

    @property
    def due_at(self) -> datetime:
        """When it was first to be sent."""
        return self.not_before or self.made_at


@dataclass(frozen=True)
class Place:
    """Where something stands in a person's chat: there is at most one message for each kind and id.

    `shows`: of a picture, how the worker looks at the case there.
    """

    kind: PlaceKind
    about_id: str
    shows: PictureKind = PictureKind.TREND
