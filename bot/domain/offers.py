"""A case that is offered to a colleague: to share it, or to hand it over."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

OFFERED_FOR = timedelta(days=7)


class OfferKind(StrEnum):
    """SHARE: the case is both workers' from then on. HAND_OVER: it is the colleague's, and the giver's no longer."""

    SHARE = "share"
    HAND_OVER = "hand_over"


@dataclass(frozen=True)
class Offer:
    """From one worker to another. It ends with an answer, when it is withdrawn, and after seven days."""

    id: str
    case_id: str
    from_id: str
    to_id: str
    kind: OfferKind
    made_at: datetime
    answered_at: datetime | None = None

    @property
    def until(self) -> datetime:
        return self.made_at + OFFERED_FOR

    def waits(self, *, now: datetime) -> bool:
        """Whether it can still be answered, as far as the offer itself says."""
        return self.answered_at is None and now < self.until
