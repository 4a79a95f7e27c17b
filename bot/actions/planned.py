"""What happens by itself around a planned meeting: they are asked before it, and after it; a weekly one goes on.

The letters are put when it is planned, and look when their time has come whether it is still planned for then. What
they do happens once, whoever of the case's workers they are addressed to.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, tzinfo

import storage
from bot.actions import closing_requests, meetings, ratings, reminders
from bot.domain.cases import AFTER_MEETING, BEFORE_MEETING, Case, CaseState, Rater, Session
from bot.domain.instruments import Measure
from bot.domain.letters import LetterKind
from bot.domain.people import Worker
from bot.domain.plans import COUNTS_FOR, LASTS, STANDS_FOR, Plan, PlanState, asked_now_or_then, card_at, is_this
from bot.domain.ratings import DraftState
from bot.domain.times import QuietHours, allowed_at
from bot.domain.weighing import WEIGHING, Weighing
from storage import Transaction
from storage.outbox import LetterState


async def put_letters(db: Transaction, plan: Plan, *, now: datetime, zone: tzinfo, quiet: QuietHours | None) -> None:
    """For the next time that it is planned for: to ask before it, to show the workers its card, to ask after it."""
    ask, near, over = asked_now_or_then(plan.at, quiet, zone, now=now), card_at(plan.at, zone), plan.at + LASTS
    times = [(LetterKind.ASK_BEFORE, ask), (LetterKind.MEETING_NEAR, near), (LetterKind.ASK_AFTER, over)]
    for kind, at in times:
        if at is not None and (at >= now or kind is not LetterKind.MEETING_NEAR):
            await _put(db, kind, plan, at, now=now)


async def _put(db: Transaction, kind: LetterKind, plan: Plan, at: datetime, *, now: datetime) -> None:
    """To each worker of the case."""
    for worker in await storage.workers.of_case(db, plan.case_id):
        await _put_to(db, worker, kind, plan, at, now=now)


async def _put_to(
    db: Transaction, worker: Worker, kind: LetterKind, plan: Plan, at: datetime, *, now: datetime
) -> None:
    """One that came when the meeting had been moved away may come again."""
    if worker.person_id is None:
        return
    about = {"plan": plan.id, "at": str(int(plan.at.timestamp()))}
    cause = f"{plan.id}:{about['at']}:{worker.id}"
    states = await storage.outbox.states_of(db, kind, cause)
    key = f"{cause}:{states.count(LetterState.VOID)}"
    await storage.outbox.put(db, kind, worker.person_id, about, key=key, now=now, not_before=at)


async def show_cards_to(
    db: Transaction, worker: Worker, case_ids: Iterable[str], *, now: datetime, zone: tzinfo
) -> None:
    """Who has these cases from now on, or stands in, sees the card before what was planned without them too."""
    for case_id in case_ids:
        for plan in await storage.plans.of_case(db, case_id):
            near = card_at(plan.at, zone)
            if near >= now:
                await _put_to(db, worker, LetterKind.MEETING_NEAR, plan, near, now=now)


async def still(db: Transaction, about: Mapping[str, str]) -> tuple[Plan, Case] | None:
    """The plan that a letter is about with its case, held, if it is still planned for then."""
    await storage.cases.hold_of_plan(db, about["plan"])
    plan = await storage.plans.get(db, about["plan"])
    if plan is None or plan.state is not PlanState.ON or int(plan.at.timestamp()) != int(about["at"]):
        return None
    case = await storage.cases.get(db, plan.case_id)
    return (plan, case) if case is not None and case.state is CaseState.OPEN else None


def expected(plan: Plan, case: Case) -> Sequence[Rater]:
    """Who is to be there and can be asked, in the order of the case."""
    return [each for each in case.present_raters if each.id in plan.rater_ids and each.can_meet]


# Before it


async def ask_before(
    db: Transaction, about: Mapping[str, str], *, now: datetime, zone: tzinfo, quiet: QuietHours | None
) -> bool:
    """Each on their own phone, unless they have said it within two days, or the meeting has begun; False: nobody.

    Late after an outage they are asked when phones may ring, if that is before the meeting.
    """
    found = await still(db, about)
    if found is None:
        return False
    plan, case = found
    asked_at = asked_now_or_then(plan.at, quiet, zone, now=now)
    if asked_at is None or _by_hand(plan, await storage.sessions.of_case(db, case.id)):
        return False
    return any([await _ask_early(db, plan, each, asked_at, now=now) for each in expected(plan, case)])


def _by_hand(plan: Plan, sessions: Iterable[Session]) -> bool:
    """Whether a worker has started this meeting."""
    return any(is_this(plan.at, each.started_at, goes_on=each.ended_at is None) for each in sessions)


async def _ask_early(db: Transaction, plan: Plan, rater: Rater, asked_at: datetime, *, now: datetime) -> bool:
    if rater.person_id is None or await _said_or_asked(db, plan, rater, now=now):
        return False
    drafts = await ratings.ask_ahead(db, rater, now=now)
    if drafts:
        about, key, to = {"draft": drafts[0].id}, drafts[0].id, rater.person_id
        await storage.outbox.put(db, LetterKind.REQUEST, to, about, key=key, now=now, not_before=asked_at)
    return bool(drafts)


async def _said_or_asked(db: Transaction, plan: Plan, rater: Rater, *, now: datetime) -> bool:
    """Whether they have said it within two days, or a request of the last days stands on their phone, unanswered."""
    drafts = await storage.drafts.began_since(db, rater.id, measure=Measure.OUTCOME, since=now - BEFORE_MEETING)
    stands = [each for each in drafts if each.state is DraftState.OPEN and now - each.began_at < STANDS_FOR]
    return bool(stands) or any(each.began_at >= plan.at - COUNTS_FOR for each in drafts)


# After it


async def ask_after(
    db: Transaction,
    about: Mapping[str, str],
    *,
    weighing: Weighing = WEIGHING,
    now: datetime,
    zone: tzinfo,
    quiet: QuietHours | None,
) -> bool:
    """An hour after its time it counts as held, unless a worker started it by hand or it is too long ago."""
    found = await still(db, about)
    if found is None:
        return False
    plan, case = found
    sessions = await storage.sessions.of_case(db, case.id)
    if now - plan.at < AFTER_MEETING and not _by_hand(plan, sessions) and expected(plan, case):
        await _hold(db, plan, case, weighing=weighing, now=now, zone=zone, quiet=quiet)
    await go_on(db, plan, now=now, zone=zone, quiet=quiet)
    return True


async def _hold(
    db: Transaction,
    plan: Plan,
    case: Case,
    *,
    weighing: Weighing,
    now: datetime,
    zone: tzinfo,
    quiet: QuietHours | None,
) -> None:
    """A meeting as of the planned time, that is over now: with what was said before it, and the questions after it."""
    here = expected(plan, case)
    worker = await _whose(db, plan)
    session = await storage.sessions.add_held(
        db, case_id=case.id, worker_id=worker, rater_ids=[each.id for each in here], started_at=plan.at, now=now
    )
    for rater in case.present_raters:
        await meetings.bring(db, session, rater, weighing=weighing, now=now)
    asked_at = allowed_at(now, quiet, zone)
    await meetings.ask(db, here, session, Measure.ALLIANCE, now=now, not_before=asked_at)
    await closing_requests.after_the_meeting(db, case, session, now=now)
    await reminders.remind(db, case, session, weighing=weighing, now=now, since=asked_at, zone=zone, quiet=quiet)


async def _whose(db: Transaction, plan: Plan) -> str:
    """Of whoever planned it, if the case is still theirs; else of the case's first worker."""
    workers = [each.id for each in await storage.workers.of_case(db, plan.case_id)]
    return plan.worker_id if plan.worker_id in workers or not workers else workers[0]


async def go_on(db: Transaction, plan: Plan, *, now: datetime, zone: tzinfo, quiet: QuietHours | None) -> Plan | None:
    """A weekly one is planned for the next time; another one is over (None)."""
    if not plan.weekly:
        await storage.plans.end(db, plan, now=now)
        return None
    await storage.plans.set_at(db, plan.id, plan.next_after(now, zone))
    moved = await storage.plans.get(db, plan.id)
    if moved is not None:
        await put_letters(db, moved, now=now, zone=zone, quiet=quiet)
    return moved
