"""An alert that nobody has opened in time: passed on to the case's other workers, to the deputy, or told to the leads.

The letter that looks for it is put in the transaction of the alert, for when the time is over. It is sent to nobody:
when its turn comes, what it finds is put as letters of its own.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

import storage
from bot.actions import undelivered
from bot.actions.weighing import is_so
from bot.domain.alerts import Alert, Level
from bot.domain.letters import LetterKind
from bot.domain.people import Worker
from bot.domain.series import series_of
from bot.domain.times import after_working_hours
from bot.domain.weighing import Weighing
from storage import Transaction


async def plan(
    db: Transaction, alert: Alert, told: Sequence[Worker], *, since: datetime, weighing: Weighing, now: datetime
) -> None:
    """Look when the working hours since then have passed; `told` are the workers who have got it.

    Whoever hands it on and gets it back is looked after anew, though it is for the same time.
    """
    at = after_working_hours(since, weighing.open_hours, weighing.zone)
    about = {"alert": str(alert.number), "worker": told[0].id, "told": " ".join(each.id for each in told)}
    key, to = f"{alert.number}:{int(at.timestamp())}:{int(now.timestamp())}", told[0].person_id or ""
    await storage.outbox.put(db, LetterKind.UNOPENED, to, about, key=key, now=now, not_before=at)


async def pass_on(db: Transaction, about: Mapping[str, str], *, weighing: Weighing, now: datetime) -> bool:
    """When its time is over; False when there is nothing to pass on (any more)."""
    alert = await _unopened(db, int(about["alert"]), weighing, now=now)
    if alert is None:
        return False
    told = about["told"].split()
    takers = await _colleagues(db, alert, told) or await _deputies(db, alert, told)
    if not takers:
        await undelivered.tell_leads(db, about["worker"], alert.number, unopened=True, now=now)
    elif await storage.alerts.pass_all_on(db, alert.draft_id, takers[0].id):
        for each in takers:
            to, key = {"alert": str(alert.number), "worker": each.id}, str(alert.number)
            await storage.outbox.put(db, LetterKind.PASSED_ON, each.person_id or "", to, key=key, now=now)
    return True


async def _unopened(db: Transaction, number: int, weighing: Weighing, *, now: datetime) -> Alert | None:
    """The alert, or when it was taken back another one that came with it; not when it was put off: it has time then."""
    found = await storage.alerts.get(db, number)
    if found is None:
        return None
    await storage.cases.hold(db, found.case_id)
    alert = await storage.alerts.get(db, number)
    if alert is None or alert.opened_at or (alert.later_at and _has_time(alert, weighing, now=now)):
        return None
    case = await storage.cases.get(db, alert.case_id)
    series = series_of(case, await storage.ratings.of_case(db, case.id)) if case else ()
    kept = [each for each in await storage.alerts.of_draft(db, alert.draft_id) if each.level is Level.ALERT]
    so = [each for each in kept if is_so(each, series, weighing)]
    return next((each for each in so if each.number == number), so[0] if so else None)


def _has_time(alert: Alert, weighing: Weighing, *, now: datetime) -> bool:
    since = alert.later_at or alert.raised_at
    return after_working_hours(since, weighing.open_hours, weighing.zone) > now


async def _colleagues(db: Transaction, alert: Alert, told: Sequence[str]) -> Sequence[Worker]:
    """The case's other workers of now."""
    others = [each for each in await storage.workers.of_case(db, alert.case_id) if each.id not in told]
    return await _reachable(db, others)


async def _deputies(db: Transaction, alert: Alert, told: Sequence[str]) -> Sequence[Worker]:
    """One who stands in for somebody who was told, in the same team, and doesn't answer in the case themself."""
    for worker_id in told:
        worker = await storage.workers.ever(db, worker_id)
        deputy = await storage.workers.get(db, worker.deputy_id) if worker and worker.deputy_id else None
        if worker and deputy and deputy.team == worker.team and deputy.id not in told:
            found = await _reachable(db, [deputy])
            if found and not await storage.leave.answers(db, deputy.id, alert.case_id):
                return found
    return ()


async def _reachable(db: Transaction, workers: Sequence[Worker]) -> Sequence[Worker]:
    with_phone = [each for each in workers if each.person_id is not None]
    gone = await storage.people.gone_among(db, [each.person_id or "" for each in with_phone])
    return [each for each in with_phone if each.person_id not in gone]
