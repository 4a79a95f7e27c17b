"""What there is to talk about together in a meeting: a line for each rule that its ratings have raised. No score."""

from collections import defaultdict
from dataclasses import dataclass

import storage
from bot.actions.access import access_session
from bot.actions.weighing import apart, in_meeting, is_so, place_of
from bot.domain.alerts import Alert, Level, Rule
from bot.domain.cases import Case, Rater, Session, Subject
from bot.domain.people import Person
from bot.domain.series import Series, series_of
from bot.domain.weighing import Weighing
from storage import Transaction


@dataclass(frozen=True)
class Voice:
    """A rater, and about whom they rated; None: about the meeting, or one rates about nobody else."""

    rater: Rater
    subject: Subject | None = None


@dataclass(frozen=True)
class Topic:
    """A rule, with all whose ratings have raised it at this level; `alerts` are the numbers of those with a letter."""

    rule: Rule
    level: Level
    voices: tuple[Voice, ...]
    alerts: tuple[int, ...] = ()


async def of_meeting(db: Transaction, case: Case, session: Session, *, weighing: Weighing) -> tuple[Topic, ...]:
    """The gravest first. Whom it may be shown to has been decided before."""
    kept = await storage.alerts.of_session(db, session.id)
    if not kept:
        return ()
    series = series_of(case, await storage.ratings.of_case(db, case.id))
    found = defaultdict[tuple[Level, Rule], list[Alert]](list)
    for alert in kept:
        if is_so(alert, series, weighing):
            found[alert.level, alert.rule].append(alert)
    return tuple(_topic(case, series, each, weighing) for each in found.values())


def _topic(case: Case, series: tuple[Series, ...], alerts: list[Alert], weighing: Weighing) -> Topic:
    rule, level = alerts[0].rule, alerts[0].level
    voices = {voice: None for alert in alerts for voice in _voices(case, series, alert, weighing)}
    order = [each.id for each in case.raters]
    numbers = tuple(each.number for each in alerts if level is Level.ALERT)
    return Topic(rule, level, tuple(sorted(voices, key=lambda each: order.index(each.rater.id))), numbers)


def _voices(case: Case, series: tuple[Series, ...], alert: Alert, weighing: Weighing) -> list[Voice]:
    own = place_of(alert, series)
    if own is None:
        return []
    if alert.rule is not Rule.RATERS_DIFFER:
        return [_voice(case, own)]
    both = apart(in_meeting(series, own.last.session_id or "", own.subject_id or ""), weighing) or ()
    return [_voice(case, each) for each in both]


def _voice(case: Case, series: Series) -> Voice:
    rater = case.rater(series.rater_id)
    several = len(rater.subject_ids) > 1 and series.subject_id is not None
    return Voice(rater, case.subject(series.subject_id or "") if several else None)


async def show(
    db: Transaction, person: Person, session_id: str, *, weighing: Weighing
) -> tuple[Case, Session, tuple[Topic, ...]]:
    """The same for a worker of the case, with the case and the meeting."""
    meeting = await access_session(db, person, session_id, hold=False)
    found = await of_meeting(db, meeting.case, meeting.session, weighing=weighing)
    return meeting.case, meeting.session, found
