"""What workers do that is written down for good: the closed list of acts of the audit."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Act(StrEnum):
    """At most 24 letters. What it was about is an id; never a value, a name or a text."""

    CORRECT_RATING = "correct_rating"
    DELETE_RATING = "delete_rating"
    OFFER_CASE = "offer_case"
    TAKE_BACK_OFFER = "take_back_offer"
    TAKE_CASE = "take_case"
    REFUSE_CASE = "refuse_case"
    LEAVE_CASE = "leave_case"
    CLOSE_CASE = "close_case"
    REOPEN_CASE = "reopen_case"
    END_RATER = "end_rater"
    TAKE_RATER_BACK = "take_rater_back"
    REPLACE_PHONE = "replace_phone"
    UNDO_ATTACHMENT = "undo_attachment"
    CHANGE_AGE = "change_age"
    CHOOSE_QUESTIONS = "choose_questions"
    LEND_PHONE = "lend_phone"
    TAKE_PHONE_BACK = "take_phone_back"


@dataclass(frozen=True)
class Entry:
    """One line of the audit: who did what, in which case and to what there, and when."""

    act: Act
    at: datetime
    worker_id: str | None = None
    case_id: str | None = None
    about_id: str | None = None
