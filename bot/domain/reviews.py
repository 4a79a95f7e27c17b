"""Looking back together, every three months: what the curve and the events say, and what would tell that it is time to
end.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

EVERY = timedelta(days=91)
"""Thirteen weeks: the same day of the week as the meetings, four times a year."""


class Decided(StrEnum):
    """What came of a review."""

    GO_ON = "go_on"
    CHANGE = "change"
    TOWARDS_END = "towards_end"


@dataclass(frozen=True)
class Review:
    """One review of a case."""

    id: str
    case_id: str
    worker_id: str
    decided: Decided
    at: datetime


def due_at(opened_at: datetime, last: Review | None) -> datetime:
    """When a case is to be looked back at: three months after it was opened, or after the last time."""
    return (last.at if last else opened_at) + EVERY
