"""The worker's phone in somebody else's hands: the PIN that takes it back, and the pauses after wrong ones."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

PIN_LENGTH = 4
TRIES_AT_ONCE = 5
FIRST_PAUSE = timedelta(minutes=5)
LONGEST_PAUSE = timedelta(minutes=30)
"""At five tries in half an hour, half of all PINs take three weeks. The worker waits no longer after a child's play."""


@dataclass(frozen=True)
class HandOver:
    """A worker's phone, handed to one rater for one meeting. Of what was erased meanwhile the id is empty."""

    person_id: str
    rater_id: str
    session_id: str
    at: datetime
    tries: int = 0
    barred_until: datetime | None = None

    def is_barred(self, *, now: datetime) -> bool:
        return self.barred_until is not None and now < self.barred_until

    @property
    def tries_left(self) -> int:
        """Before the next pause."""
        return TRIES_AT_ONCE - self.tries % TRIES_AT_ONCE


def pause_after(tries: int) -> timedelta | None:
    """How long nothing is tried after so many wrong PINs: 5 minutes, 10, 20, then 30 each time; else None."""
    if tries == 0 or tries % TRIES_AT_ONCE:
        return None
    return min(FIRST_PAUSE * (1 << min(tries // TRIES_AT_ONCE - 1, 8)), LONGEST_PAUSE)


def is_pin(digits: str) -> bool:
    return len(digits) == PIN_LENGTH and is_begun(digits)


def is_begun(digits: str) -> bool:
    """Whether it is a PIN or the beginning of one."""
    return len(digits) <= PIN_LENGTH and all(each in "0123456789" for each in digits)


def is_easy(pin: str) -> bool:
    """Whether a child tries it first: one digit four times, two in turn, or a row such as 1234, 9876 and 2580."""
    steps = {int(b) - int(a) for a, b in pairwise(pin)}
    return len(steps) == 1 or pin[:2] == pin[2:] or pin in _ON_THE_PAD


_ON_THE_PAD = frozenset({"2580", "0852"})
"""Straight down and up in the middle."""
