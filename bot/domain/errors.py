"""What can be refused, as keys: the words are found at the edge, in the reader's language."""

from enum import StrEnum


class Reason(StrEnum):
    """Why something asked for isn't done. Unknown and forbidden are one reason: they look the same."""

    NOT_HERE = "not_here"
    CODE = "code"
    WAIT = "wait"
    NO_LONGER = "no_longer"
    INCOMPLETE = "incomplete"
    TOO_LATE = "too_late"
    OWN_INVITATION = "own_invitation"
    ALREADY_JOINED = "already_joined"
    ALREADY_WORKER = "already_worker"
    NOBODY_HERE = "nobody_here"
    MEETING_OPEN = "meeting_open"
    MEETING_OVER = "meeting_over"
    NOTHING_TO_RATE = "nothing_to_rate"
    NO_PICTURE = "no_picture"
    NO_NUMBER = "no_number"
    OVER_TEN = "over_ten"
    OVER_FORTY = "over_forty"
    NO_DAY = "no_day"
    DAY_AHEAD = "day_ahead"
    DAY_BEFORE_CASE = "day_before_case"
    DAY_TOO_OLD = "day_too_old"
    SAME_DAY = "same_day"
    DAY = "day"
    TOO_LONG = "too_long"
    COLLEAGUE_LEFT = "colleague_left"
    ONLY_WORKER = "only_worker"
    ANSWERS_HERE = "answers_here"
    ABOUT_SOMEBODY = "about_somebody"
    PAST = "past"
    TOO_FAR = "too_far"
    AT_NIGHT = "at_night"
    NO_SUCH_DAY = "no_such_day"
    NO_SUCH_TIME = "no_such_time"
    UNREAD_TIME = "unread_time"
    NOBODY_COMES = "nobody_comes"
    PLANNED_ALREADY = "planned_already"
    IN_OTHER_HANDS = "in_other_hands"


class Refusal(Exception):
    """Something asked for that isn't done; nothing has changed."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason
