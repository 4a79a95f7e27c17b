"""Trajectories of the whole service: loaded from a file, or fitted from its own closed cases."""

from datetime import datetime

import storage
from bot.domain.cases import CaseState
from bot.domain.fitting import Fit, fitted
from bot.domain.profiles import Profile
from bot.domain.series import Series, series_of
from bot.domain.trajectories import Trajectories
from bot.domain.trajectory_files import checked
from storage import Transaction


async def load(db: Transaction, text: str, *, profile: Profile, now: datetime) -> Trajectories:
    """From now on the trajectories of this file are in force.

    Raises:
        ValueError: it is refused, with the place; what was in force before still is.
    """
    trajectories = checked(text, profile)
    await storage.trajectories.add(db, text, name=trajectories.name, now=now)
    return trajectories


async def fit(db: Transaction, *, profile: Profile) -> Fit:
    """From what closed cases have left. It reads for long, and changes nothing: `db` is one of a snapshot."""
    series: list[Series] = []
    for case in await storage.cases.in_state(db, CaseState.CLOSED):
        series += series_of(case, await storage.ratings.of_case(db, case.id))
    return fitted(series, profile)
