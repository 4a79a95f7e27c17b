"""Closing a case: what is still open is seen before and ends with it; everybody is told kindly; it can be opened again.

A closed case can be looked at by its workers; nothing in it can be changed, by whatever button.
"""

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from datetime import datetime
from zlib import crc32

import storage
from bot.actions.access import access_case, access_kept_case, access_worker
from bot.actions.telling import tell_workers
from bot.actions.weighing import is_so
from bot.domain.acts import Act
from bot.domain.alerts import Alert, Level
from bot.domain.cases import Case, CaseState, Ending, Rater
from bot.domain.errors import Reason, Refusal
from bot.domain.letters import LetterKind
from bot.domain.people import Person
from bot.domain.series import series_of
from bot.domain.weighing import WEIGHING, Weighing
from storage import Transaction
from storage.outbox import LetterState

MARKS = 100_000
ENDED = "case_closed"


@dataclass(frozen=True)
class StillOpen:
    """What ends when the case is closed. `alerts`: those that nobody has talked about yet."""

    meeting: bool
    unanswered: int
    alerts: int
    plans: int
    offers: int

    @property
    def mark(self) -> int:
        """A number that a button can carry: another one as soon as something else is open."""
        return crc32(repr(astuple(self)).encode()) % MARKS


async def still_open(
    db: Transaction, person: Person, case_id: str, *, weighing: Weighing = WEIGHING, now: datetime
) -> tuple[Case, StillOpen]:
    """Of a case that may be closed."""
    desk = await access_case(db, person, case_id, hold=False)
    newest = await storage.sessions.newest(db, case_id)
    found = StillOpen(
        meeting=newest is not None and newest.ended_at is None,
        unanswered=sum(each.under_way for each in await storage.drafts.of_case(db, case_id)),
        alerts=len(await _untalked(db, desk.case, weighing)),
        plans=await storage.closing.plans_of(db, case_id),
        offers=len(await storage.offers.of_case(db, case_id, now=now)),
    )
    return desk.case, found


async def _untalked(db: Transaction, case: Case, weighing: Weighing) -> Sequence[Alert]:
    series = series_of(case, await storage.ratings.of_case(db, case.id))
    raised = [each for each in await storage.alerts.of_case(db, case.id) if each.level is Level.ALERT]
    return [each for each in raised if each.talked_at is None and is_so(each, series, weighing)]


async def close(
    db: Transaction,
    person: Person,
    case_id: str,
    ending: Ending,
    *,
    mark: int | None = None,
    weighing: Weighing = WEIGHING,
    now: datetime,
) -> None:
    """Close it, if what is still open is what the worker has seen."""
    desk = await access_case(db, person, case_id)
    _, found = await still_open(db, person, case_id, weighing=weighing, now=now)
    if mark not in (None, found.mark) or not await storage.closing.close(db, case_id, ending, now=now):
        raise Refusal(Reason.NO_LONGER)
    await _end_with_it(db, case_id, now=now)
    await storage.audit.note(db, Act.CLOSE_CASE, worker_id=desk.worker.id, case_id=case_id, now=now)
    await _tell(db, person, desk.case, LetterKind.CASE_CLOSED, now=now)


async def _end_with_it(db: Transaction, case_id: str, *, now: datetime) -> None:
    """The meeting, plans, offers, invitations; and what waits about its alerts, of which the worker has just heard."""
    newest = await storage.sessions.newest(db, case_id)
    if newest is not None:
        await storage.sessions.end(db, newest.id, now=now)
    await storage.closing.end_plans(db, case_id, now=now)
    await storage.offers.end_all(db, case_id, now=now)
    await storage.closing.withdraw_invitations(db, case_id, now=now)
    numbers = [each.number for each in await storage.alerts.of_case(db, case_id)]
    for letter in await storage.closing.letters_about(db, numbers):
        await storage.backlog.end(db, letter, LetterState.VOID, outcome=ENDED, now=now)


async def _tell(db: Transaction, person: Person, case: Case, kind: LetterKind, *, now: datetime) -> None:
    """Whoever rates here on a phone of their own, and its other workers."""
    key = f"{case.id}:{int(now.timestamp() * 1000)}"
    for rater in case.present_raters:
        if rater.person_id is not None:
            about = {"case": case.id, "rater": rater.id}
            await storage.outbox.put(db, kind, rater.person_id, about, key=key, now=now)
    await tell_workers(db, case.id, kind, {"case": case.id}, but=person, key=key, now=now)


async def reopen(db: Transaction, person: Person, case_id: str, *, now: datetime) -> tuple[Case, Sequence[Rater]]:
    """The same people; who of them has no phone here and needs a new invitation."""
    desk = await access_case(db, person, case_id, state=CaseState.CLOSED)
    if not await storage.closing.reopen(db, case_id):
        raise Refusal(Reason.NO_LONGER)
    await storage.audit.note(db, Act.REOPEN_CASE, worker_id=desk.worker.id, case_id=case_id, now=now)
    await _tell(db, person, desk.case, LetterKind.CASE_REOPENED, now=now)
    return desk.case, [each for each in desk.case.present_raters if each.own_phone and not each.joined]


async def closed(db: Transaction, person: Person) -> Sequence[Case]:
    """The worker's closed cases, the one that was closed last first."""
    worker = await access_worker(db, person)
    found = await storage.cases.of_worker(db, worker.id, CaseState.CLOSED)
    return sorted(found, key=lambda each: each.closed_at or each.opened_at, reverse=True)


# What letters tell


async def told(db: Transaction, person: Person, case_id: str, rater_id: str | None, state: CaseState) -> Case | None:
    """The case, while it is still so, for one who rates in it or (without a rater) for one of its workers."""
    if rater_id is None:
        case = (await access_kept_case(db, person, case_id)).case
        return case if case.state is state else None
    case_or_none = await storage.cases.get(db, case_id)
    if case_or_none is None or case_or_none.state is not state:
        return None
    rates = any(each.id == rater_id and each.person_id == person.id for each in case_or_none.present_raters)
    return case_or_none if rates else None
