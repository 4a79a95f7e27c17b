"""The facts from which coverage is counted: meetings and cases, whoever rated, and not what."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, or_, select

from bot.domain.cases import CaseState
from bot.domain.coverage import CaseFacts, MeetingFacts, first_rated_meeting
from bot.domain.instruments import INSTRUMENTS, Measure
from bot.domain.people import Kind
from bot.domain.ratings import DraftState
from storage.database import Transaction
from storage.schema import case_workers, cases, drafts, raters, ratings, sessions, subjects, teams, workers


async def meetings(db: Transaction, *, since: datetime, until: datetime) -> Sequence[MeetingFacts]:
    """Those that are over, that began from `since` on and before `until`, in their order."""
    return await _meetings(db, and_(sessions.c.started_at >= since, sessions.c.started_at < until))


async def _meetings(db: Transaction, which: ColumnElement[bool]) -> Sequence[MeetingFacts]:
    columns = select(sessions.c.id, sessions.c.case_id, sessions.c.worker_id, sessions.c.started_at, teams.c.name)
    joined = columns.join(workers, workers.c.id == sessions.c.worker_id).join(teams, teams.c.id == workers.c.team_id)
    rows = await db.rows(
        joined.where(which, sessions.c.ended_at.is_not(None)).order_by(sessions.c.started_at, sessions.c.id)
    )
    clients = await _clients(db)
    rated, asked = await _rated(db, which), await _asked(db, which)
    known = (each for each in rows if clients[each.case_id])
    return [_meeting(each, clients[each.case_id], rated[each.id], asked[each.id]) for each in known]


def _meeting(
    row: Row[Any],
    client_ids: frozenset[str],
    rated: Mapping[Measure, set[Kind]],
    asked: Sequence[tuple[Measure, DraftState]],
) -> MeetingFacts:
    """Nobody was asked anything in one that was met without measuring."""
    return MeetingFacts(
        id=row.id,
        case_id=row.case_id,
        worker_id=row.worker_id,
        team=row.name,
        at=row.started_at,
        client_ids=client_ids,
        outcome_by=frozenset(rated.get(Measure.OUTCOME, ())),
        alliance_by=frozenset(rated.get(Measure.ALLIANCE, ())),
        skipped=frozenset(measure for measure, state in asked if state is DraftState.SKIPPED),
        without_measuring=not asked,
    )


async def _clients(db: Transaction) -> Mapping[str, frozenset[str]]:
    """Subjects by case."""
    found = defaultdict[str, set[str]](set)
    for row in await db.rows(select(subjects.c.id, subjects.c.case_id)):
        found[row.case_id].add(row.id)
    return defaultdict(frozenset, {case: frozenset(its) for case, its in found.items()})


async def _rated(db: Transaction, which: ColumnElement[bool]) -> Mapping[str, Mapping[Measure, set[Kind]]]:
    """By meeting and measure, what those were who rated; a guess is nobody's rating."""
    found = defaultdict[str, dict[Measure, set[Kind]]](dict)
    columns = select(ratings.c.session_id, ratings.c.instrument, raters.c.kind, _is_own())
    joined = columns.join(raters, raters.c.id == ratings.c.rater_id).join(
        sessions, sessions.c.id == ratings.c.session_id
    )
    for row in await db.rows(joined.where(which, raters.c.guessed_by.is_(None))):
        if row.instrument in INSTRUMENTS:
            its = found[row.session_id].setdefault(INSTRUMENTS[row.instrument].measure, set())
            its.add(Kind.CLIENT if row.is_own else Kind(row.kind))
    return defaultdict(dict, found)


def _is_own() -> ColumnElement[bool]:
    own = and_(ratings.c.subject_id.is_not(None), raters.c.own_subject_id == ratings.c.subject_id)
    return or_(raters.c.kind == Kind.CLIENT.value, own).label("is_own")


async def _asked(db: Transaction, which: ColumnElement[bool]) -> Mapping[str, Sequence[tuple[Measure, DraftState]]]:
    """By meeting, what somebody was asked, but for a service's own measures."""
    found = defaultdict[str, list[tuple[Measure, DraftState]]](list)
    columns = select(drafts.c.session_id, drafts.c.instrument, drafts.c.state)
    for row in await db.rows(columns.join(sessions, sessions.c.id == drafts.c.session_id).where(which)):
        if row.instrument in INSTRUMENTS:
            found[row.session_id].append((INSTRUMENTS[row.instrument].measure, DraftState(row.state)))
    return found


async def case_facts(db: Transaction) -> Sequence[CaseFacts]:
    """All cases that are or were somebody's, by the worker whose they are: of several, who had it first."""
    clients, held = await _clients(db), defaultdict[str, list[MeetingFacts]](list)
    for each in await _meetings(db, sessions.c.id.is_not(None)):
        held[each.case_id].append(each)
    rated = await _last_rated(db)
    return [
        CaseFacts(
            id=row.id,
            worker_id=row.worker_id,
            team=row.name,
            client_ids=clients[row.id],
            opened_at=row.opened_at,
            closed_at=row.closed_at,
            meetings=len(held[row.id]),
            first_rated_meeting=first_rated_meeting(held[row.id]),
            last_rated_at=rated.get(row.id),
        )
        for row in await _cases(db)
        if clients[row.id]
    ]


async def _cases(db: Transaction) -> Sequence[Row[Any]]:
    columns = select(cases.c.id, cases.c.opened_at, cases.c.closed_at, workers.c.id.label("worker_id"), teams.c.name)
    joined = columns.join(case_workers, case_workers.c.case_id == cases.c.id).join(
        workers, workers.c.id == case_workers.c.worker_id
    )
    accepted = cases.c.state.in_([CaseState.OPEN.value, CaseState.CLOSED.value])
    rows = await db.rows(
        joined.join(teams, teams.c.id == workers.c.team_id)
        .where(accepted)
        .order_by(cases.c.opened_at, cases.c.id, case_workers.c.ended_at.is_not(None), case_workers.c.began_at)
    )
    first: dict[str, Row[Any]] = {}
    for row in rows:
        first.setdefault(row.id, row)
    return list(first.values())


async def _last_rated(db: Transaction) -> Mapping[str, datetime]:
    """By case, when its newest outcome rating was given; a guess is none."""
    columns = select(ratings.c.case_id, ratings.c.instrument, ratings.c.rated_at)
    own = columns.join(raters, raters.c.id == ratings.c.rater_id).where(raters.c.guessed_by.is_(None))
    rows = await db.rows(own.order_by(ratings.c.rated_at))
    outcome = {each.code for each in INSTRUMENTS.values() if each.measure is Measure.OUTCOME}
    return {row.case_id: row.rated_at for row in rows if row.instrument in outcome}
