"""What in a worker's cases needs attention: all of them are read at once, however many there are."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import storage
from bot.actions.weighing import is_so
from bot.domain.ages import band_by_now
from bot.domain.alerts import Alert
from bot.domain.attention import Concern, Known, concerns, is_to_be_talked_about
from bot.domain.cases import Case, Subject
from bot.domain.instruments import Measure
from bot.domain.people import AgeBand
from bot.domain.ratings import Rating
from bot.domain.series import series_of
from bot.domain.weighing import Weighing
from storage import Transaction


@dataclass(frozen=True)
class Needs:
    """Why a case needs attention, the first thing first; `alert`: the number of the newest one to be talked about.

    `older`: whose month of birth says that they are of another band by now, and of which.
    """

    concerns: tuple[Concern, ...] = ()
    alert: int | None = None
    older: tuple[tuple[Subject, AgeBand], ...] = ()


NOTHING = Needs()


async def needs_of(db: Transaction, cases: Sequence[Case], *, weighing: Weighing, now: datetime) -> Mapping[str, Needs]:
    """By case. Whom it may be shown to has been decided before."""
    known, trajectories = await _known(db, cases, weighing, now), await storage.trajectories.in_force(db)
    today = now.astimezone(weighing.zone).date()
    profile, found = weighing.profile, {}
    for each in cases:
        its = concerns(each, known[each.id], profile=profile, trajectories=trajectories, now=now, today=today)
        found[each.id] = Needs(its, _newest(known[each.id].alerts, now), _older(each, today))
    return found


def _older(case: Case, today: date) -> tuple[tuple[Subject, AgeBand], ...]:
    bands = ((each, band_by_now(each, today)) for each in case.subjects)
    return tuple((each, band) for each, band in bands if band is not None)


def _newest(alerts: Sequence[Alert], now: datetime) -> int | None:
    return max((each.number for each in alerts if is_to_be_talked_about(each, now=now)), default=None)


async def _known(db: Transaction, cases: Sequence[Case], weighing: Weighing, now: datetime) -> Mapping[str, Known]:
    ids = [each.id for each in cases]
    raised = await _raised(db, ids)
    ratings = await _ratings(db, ids, raised)
    met, reviewed = await storage.caseload.met(db, ids), await storage.caseload.reviewed(db, ids)
    planned = await storage.caseload.planned(db, ids, now=now)
    found = {}
    for case in cases:
        series = series_of(case, ratings[case.id])
        found[case.id] = Known(
            series=series,
            alerts=tuple(each for each in raised[case.id] if is_so(each, series, weighing)),
            met_at=met[case.id].at if case.id in met else None,
            planned=case.id in planned,
            review=reviewed.get(case.id),
        )
    return found


async def _raised(db: Transaction, case_ids: Sequence[str]) -> Mapping[str, Sequence[Alert]]:
    found = defaultdict[str, list[Alert]](list)
    for alert in await storage.alerts.untalked(db, case_ids):
        found[alert.case_id].append(alert)
    return found


async def _ratings(
    db: Transaction, case_ids: Sequence[str], raised: Mapping[str, Sequence[Alert]]
) -> Mapping[str, Sequence[Rating]]:
    """Outcome ratings; where something was raised, all: it may have been by how a meeting worked."""
    found = defaultdict[str, list[Rating]](list)
    calm = [each for each in case_ids if each not in raised]
    ratings = [
        *await storage.ratings.of_cases(db, calm, measure=Measure.OUTCOME),
        *await storage.ratings.of_cases(db, list(raised)),
    ]
    for rating in ratings:
        found[rating.case_id].append(rating)
    return found
