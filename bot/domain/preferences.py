"""What a worker has set for themself."""

from dataclasses import dataclass
from datetime import datetime, time

from bot.domain.times import QuietHours

NEVER_QUIET = QuietHours(time(0), time(0))
"""Hours that begin and end at once: what can wait comes at any time."""


@dataclass(frozen=True)
class Preferences:
    """`quiet`: the worker's own quiet hours; None: those of the service. `away_until`: when they plan to be back from
    leave. `welcomed`: they have put the first steps away. `leaves_at`: when a leave begins that is still to come.
    """

    quiet: QuietHours | None = None
    away_until: datetime | None = None
    welcomed: bool = False
    leaves_at: datetime | None = None


@dataclass(frozen=True)
class FirstSteps:
    """What a new worker has done already."""

    opened: bool
    invited: bool
    met: bool

    @property
    def all_done(self) -> bool:
        return self.opened and self.invited and self.met
