"""What a worker looks at before a planned meeting: how it was, what is still open from last time, who hasn't joined."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import storage
from bot.actions import planned, topics
from bot.actions.access import access_plan
from bot.actions.topics import Topic
from bot.domain.alerts import Level
from bot.domain.cases import Case, Rater, Session, Subject
from bot.domain.change import difference
from bot.domain.instruments import Measure
from bot.domain.people import Person
from bot.domain.plans import Plan
from bot.domain.series import Series, series_of
from bot.domain.weighing import Weighing
from storage import Transaction


@dataclass(frozen=True)
class LastSaid:
    """What somebody has marked last about somebody, when, and how much it is more than the first time (mm).

    `since_first` is None when it was the first time.
    """

    rater: Rater
    subject: Subject
    total: int
    at: datetime
    since_first: int | None


@dataclass(frozen=True)
class PlannedCard:
    """`open_topics`: raised by the meeting before, not talked about yet. `going_on`: the meeting, if one has begun."""

    case: Case
    plan: Plan
    last: Sequence[LastSaid]
    open_topics: Sequence[Topic]
    not_joined: Sequence[Rater]
    going_on: str | None = None


async def look(db: Transaction, person: Person, plan_id: str, *, weighing: Weighing) -> PlannedCard:
    """For a worker of the case, at any time."""
    desk, plan = await access_plan(db, person, plan_id, hold=False)
    case = desk.case
    series = series_of(case, await storage.ratings.of_case(db, case.id))
    newest = await storage.sessions.newest(db, case.id)
    found = await _open_topics(db, case, newest, weighing=weighing) if newest else ()
    absent = tuple(each for each in case.present_raters if each.id in plan.rater_ids and not each.can_meet)
    going_on = newest.id if newest is not None and newest.ended_at is None else None
    return PlannedCard(
        case, plan, tuple(_last_said(case, each) for each in _wellbeing(case, series)), found, absent, going_on
    )


async def when_near(
    db: Transaction, person: Person, about: Mapping[str, str], *, weighing: Weighing, now: datetime
) -> PlannedCard | None:
    """The same for a letter: None when it isn't planned for then any more, has begun, or its time is past."""
    found = await planned.still(db, about)
    if found is None or now >= found[0].at:
        return None
    card = await look(db, person, about["plan"], weighing=weighing)
    return card if card.going_on is None else None


def _wellbeing(case: Case, series: Sequence[Series]) -> Sequence[Series]:
    """The outcome series of those who still rate, of subjects that are still in the case; in the order of the case."""
    raters, subjects = [each.id for each in case.present_raters], [each.id for each in case.subjects]
    own = [each for each in series if each.measure is Measure.OUTCOME]
    kept = [each for each in own if each.rater_id in raters and each.subject_id in subjects]
    newest = {(each.rater_id, each.subject_id): each for each in sorted(kept, key=lambda each: each.last.at)}
    return sorted(newest.values(), key=lambda each: raters.index(each.rater_id))


def _last_said(case: Case, series: Series) -> LastSaid:
    since_first = difference(series) if len(series) > 1 else None
    subject = case.subject(series.subject_id or "")
    return LastSaid(case.rater(series.rater_id), subject, series.last.total, series.last.at, since_first)


async def _open_topics(db: Transaction, case: Case, session: Session, *, weighing: Weighing) -> Sequence[Topic]:
    """Alerts that nobody has talked about, and what else was worth a question; no mere information."""
    talked = {each.number for each in await storage.alerts.of_session(db, session.id) if each.talked_at is not None}
    found = await topics.of_meeting(db, case, session, weighing=weighing)
    still = [each for each in found if each.level is not Level.INFO]
    return tuple(each for each in still if not each.alerts or set(each.alerts) - talked)
