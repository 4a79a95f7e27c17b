"""The World's time: real time that can be moved ahead, or time that stands still until it is moved."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


class Clock:
    """Tell the time of a World, always aware and in UTC.

    `Clock()` runs with real time plus an offset; `Clock.at(moment)` stands still. Both can be moved.
    """

    def __init__(self) -> None:
        self._offset = timedelta()
        self._standing: datetime | None = None

    @classmethod
    def at(cls, moment: datetime) -> Clock:
        """Make a clock that stands at `moment`, which must be aware."""
        clock = cls()
        clock._standing = _aware(moment)
        return clock

    def now(self) -> datetime:
        if self._standing is not None:
            return self._standing
        return datetime.now(UTC) + self._offset

    def move(self, by: timedelta) -> None:
        """Go ahead by `by` (back, when it is negative)."""
        if self._standing is not None:
            self._standing += by
        else:
            self._offset += by

    def travel(self, to: datetime) -> None:
        """Go to the aware moment `to`; a running clock runs on from there."""
        self.move(_aware(to) - self.now())

    def return_to_the_present(self) -> None:
        """Drop the offset of a running clock; a standing one starts to run."""
        self._offset = timedelta()
        self._standing = None


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    return moment.astimezone(UTC)
