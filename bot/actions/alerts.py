"""Alerts: raised in the transaction of their rating, kept once for a rating and a rule, and told in one letter.

What is raised at the level of a notice or less stands on the meeting's card (topics.py); what a worker does with an
alert is in talks.py, and what comes of one that nobody opens in passing_on.py.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import storage
from bot.actions import passing_on, undelivered
from bot.actions.weighing import in_meeting, series_with, team_of
from bot.domain.alerts import Alert, Level, Raised, Rule, differing, raised_by
from bot.domain.cases import Case, Session
from bot.domain.letters import LetterKind
from bot.domain.people import Worker
from bot.domain.ratings import Rating
from bot.domain.series import Series, series_of
from bot.domain.weighing import Weighing
from storage import Transaction
from storage.outbox import LetterState

News = tuple[Rating, Sequence[Alert]]
"""A rating with the alerts of which somebody must hear now."""


async def raise_for(db: Transaction, rating: Rating, *, weighing: Weighing, now: datetime) -> None:
    """What this rating raises in its own place; and what the newest does, when an earlier one was changed.

    A guess raises nothing: it isn't what anybody says of themself or another.
    """
    case = await storage.cases.get(db, rating.case_id)
    if case is None or case.rater(rating.rater_id).is_guess:
        return
    found: list[News | None] = []
    for each in _to_be_weighed(await series_with(db, case, rating), rating):
        raised = raised_by(each, weighing.profile, team=await team_of(db, each.last))
        found.append(await _kept(db, each.last, raised, now=now))
    if rating.session_id is not None and rating.subject_id is not None:
        found.append(await _compared(db, case, rating.session_id, rating.subject_id, weighing=weighing, now=now))
    await _tell_of(db, found, weighing=weighing, now=now)


def _to_be_weighed(series: Series, rating: Rating) -> Sequence[Series]:
    own = series.until(rating.draft_id)
    return [each for each in (own, series if own != series else None) if each is not None]


async def _kept(db: Transaction, rating: Rating, raised: Sequence[Raised], *, now: datetime) -> News:
    """Each is kept; with the rating those of which somebody must hear now."""
    found = [await _keep(db, rating, each, now=now) for each in raised]
    return rating, [each for each in found if each is not None]


async def _keep(db: Transaction, rating: Rating, raised: Raised, *, now: datetime) -> Alert | None:
    """None when it is no alert, or this rating has raised it already and a letter says so."""
    its = {"case_id": rating.case_id, "draft_id": rating.draft_id}
    alert = await storage.alerts.raise_once(db, raised.rule, raised.level, **its, now=now)
    if alert is None:
        kept = await storage.alerts.of_draft(db, rating.draft_id)
        alert = await _again(db, next(each for each in kept if each.rule is raised.rule), raised.level)
    return alert if alert is not None and alert.level is Level.ALERT else None


async def _again(db: Transaction, alert: Alert, level: Level) -> Alert | None:
    """Raised before by the same rating: only what was less grave then, or was taken back unsent, is told now."""
    states = await storage.outbox.states_of(db, LetterKind.ALERT, str(alert.number))
    if alert.level is not level:
        await storage.alerts.weigh_anew(db, alert.number, level)
    elif not states:
        return None
    return replace(alert, level=level) if set(states) <= {LetterState.VOID} else None


async def _compared(
    db: Transaction, case: Case, session_id: str, subject_id: str, *, weighing: Weighing, now: datetime
) -> News | None:
    """Whether those who rated one subject in a meeting differ: raised once a meeting, whoever rates in it later."""
    series = series_of(case, await storage.ratings.of_case(db, case.id))
    meeting = in_meeting(series, session_id, subject_id)
    if len(meeting) < 2:
        return None
    newest = max((each.last for each in meeting), key=lambda each: (each.at, each.id))
    before = await _meeting_before(db, series, session_id, subject_id)
    raised = differing(meeting, before, weighing.profile, team=await team_of(db, newest))
    if raised is None or await _differed(db, meeting):
        return None
    return await _kept(db, newest, [raised], now=now)


async def _meeting_before(
    db: Transaction, series: Sequence[Series], session_id: str, subject_id: str
) -> Sequence[Series]:
    """The same at the last earlier meeting in which two or more rated the subject."""
    sessions = await storage.sessions.of_case(db, series[0].last.case_id)
    at = next((at for at, each in enumerate(sessions) if each.id == session_id), 0)
    for session in reversed(sessions[:at]):
        found = in_meeting(series, session.id, subject_id)
        if len(found) > 1:
            return found
    return ()


async def _differed(db: Transaction, meeting: Sequence[Series]) -> bool:
    kept = [alert for each in meeting for alert in await storage.alerts.of_draft(db, each.last.draft_id)]
    return any(each.rule is Rule.RATERS_DIFFER for each in kept)


async def compare_adopted(db: Transaction, case: Case, session: Session, *, weighing: Weighing, now: datetime) -> None:
    """The same for the ratings that a meeting has taken in."""
    about = [each.id for each in case.subjects]
    found = [await _compared(db, case, session.id, each, weighing=weighing, now=now) for each in about]
    await _tell_of(db, found, weighing=weighing, now=now)


# Telling


async def _tell_of(db: Transaction, found: Sequence[News | None], *, weighing: Weighing, now: datetime) -> None:
    """One letter of a rating, by the gravest of all that it has raised."""
    ratings = {rating.id: rating for rating, _ in filter(None, found)}
    for rating in ratings.values():
        alerts = [alert for its, alerts in filter(None, found) if its.id == rating.id for alert in alerts]
        if alerts:
            await _tell(db, rating, sorted(alerts, key=_gravity), weighing=weighing, now=now)


def _gravity(alert: Alert) -> int:
    return list(Rule).index(alert.rule)


async def _tell(db: Transaction, rating: Rating, alerts: Sequence[Alert], *, weighing: Weighing, now: datetime) -> None:
    """And a letter that looks in time whether anybody has opened it.

    Where nobody of the case has a phone, the lead hears of each.
    """
    told = await _whom_to_tell(db, rating)
    for worker in told:
        await _put(db, worker, alerts, now=now)
    if told:
        await passing_on.plan(db, alerts[0], told, since=now, weighing=weighing, now=now)
    for alert in () if told else alerts:
        await undelivered.tell_leads(db, rating.worker_id, alert.number, now=now)


async def tell_after_yes(db: Transaction, alerts: Sequence[Alert], worker: Worker, *, now: datetime) -> None:
    """While somebody waited for the worker's yes, nothing of them was shown: now the worker hears what it was."""
    for draft_id in dict.fromkeys(each.draft_id for each in alerts):
        its = [each for each in alerts if each.draft_id == draft_id and each.level is Level.ALERT]
        told = await storage.outbox.states_of(db, LetterKind.ALERT, str(its[0].number)) if its else []
        if LetterState.SENT in told and its[0].opened_at is None:
            await _put(db, worker, its, now=now)


async def tell_worker(
    db: Transaction, alerts: Sequence[Alert], worker: Worker, *, once_more: bool = False, now: datetime
) -> None:
    """One who has the case from now on hears of these, which came of one rating, by a letter of their own.

    `once_more`: they have heard it before, and the letter says so.
    """
    if worker.person_id is not None:
        await _put(db, worker, alerts, once_more=once_more, now=now)


async def _whom_to_tell(db: Transaction, rating: Rating) -> Sequence[Worker]:
    """To whom the rating is tied, while the case is theirs and they can be written to; else all whose it is.

    While they are away their deputy hears it too.
    While their phone is in somebody's hands the letter waits: so all others who have theirs hear of it at once.
    """
    its = [each for each in await storage.workers.of_case(db, rating.case_id) if each.person_id is not None]
    gone = await storage.people.gone_among(db, [each.person_id or "" for each in its])
    tied = [each for each in its if each.id == rating.worker_id and each.person_id not in gone]
    deputies = [each.deputy_id for each in tied if each.away_since is not None]
    handed_over = await storage.hand_overs.among(db, [each.person_id or "" for each in tied])
    return its if handed_over else [*tied, *(each for each in its if each.id in deputies)] or its


async def _put(
    db: Transaction, worker: Worker, alerts: Sequence[Alert], *, once_more: bool = False, now: datetime
) -> None:
    """Told before and taken back unsent, it is told by another letter."""
    first, *others = alerts
    about = {"alert": str(first.number), "worker": worker.id}
    if others:
        about["others"] = " ".join(str(each.number) for each in others)
    told = await storage.outbox.states_of(db, LetterKind.ALERT, str(first.number))
    key = f"{first.number}:{int(now.timestamp() * 1000)}" if told else str(first.number)
    to = worker.person_id or ""
    await storage.outbox.put(db, LetterKind.ALERT, to, about, key=key, now=now, unsure=once_more)
