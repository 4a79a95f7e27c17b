"""Weighing: by what a service weighs ratings, and how long it waits for an alert to be opened; from the settings."""

from dataclasses import dataclass
from datetime import UTC, tzinfo

from bot.domain.profiles import ICCE, Profile


@dataclass(frozen=True)
class Weighing:
    """`open_hours`: hours of working days, in the zone, after which an alert that nobody has opened is passed on."""

    profile: Profile = ICCE
    open_hours: int = 24
    zone: tzinfo = UTC


WEIGHING = Weighing()
"""As a service weighs that has set nothing."""
