"""An attachment: somebody who joined by worker code was found to belong to a case. For a week it can be undone."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.people import AgeBand

UNDO_WITHIN = timedelta(days=7)


@dataclass(frozen=True)
class Attachment:
    """As which rater of the case, and by which worker. `band`: the age that they had said, of whom they come for.

    `new_place`: the rater was added for them; else it was there, without a phone.
    """

    id: str
    case_id: str
    rater_id: str
    worker_id: str
    band: AgeBand
    new_place: bool
    at: datetime

    def can_be_undone(self, *, now: datetime) -> bool:
        return now - self.at <= UNDO_WITHIN
