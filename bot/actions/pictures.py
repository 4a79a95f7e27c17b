"""What a picture of a rater is drawn from: reading only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import storage
from bot.actions.access import access_case_rater
from bot.domain.cases import Case, Rater, Subject
from bot.domain.errors import Reason, Refusal
from bot.domain.instruments import Instrument, alliance_instrument, outcome_instrument
from bot.domain.people import Person
from bot.domain.ratings import Rating
from storage import Transaction

Dated = tuple[datetime, Rating]


@dataclass(frozen=True)
class Rated:
    """What there is a picture of: a rater, and whom they have rated."""

    rater: Rater
    subject: Subject


@dataclass(frozen=True)
class TrendView:
    """One rater's totals about one subject, meeting by meeting.

    `meetings` are the starts of all meetings of the case, in order. Each rating comes with its moment, in order: the
    start of its meeting, or its own time where it stands alone. `others` are the other pictures of the case;
    `about_id` is what the picture's message is about: the newest meeting, or the case. `going_on` is the case's
    meeting that goes on now.
    """

    case: Case
    rater: Rater
    subject: Subject
    meetings: Sequence[datetime]
    outcome: Sequence[Dated]
    alliance: Sequence[Dated]
    others: Sequence[Rated]
    about_id: str
    going_on: str | None = None


async def trend_after(db: Transaction, draft_id: str) -> TrendView | None:
    """The picture that a rating has changed; None when the rating isn't there any more."""
    rating = await storage.ratings.of_draft(db, draft_id)
    rater = await storage.cases.rater(db, rating.rater_id) if rating else None
    if rating is None or rater is None:
        return None
    return await _trend(db, rater, rating.subject_id, rating.session_id)


async def trend(
    db: Transaction, person: Person, rater_id: str, *, session_id: str | None = None, subject_id: str | None = None
) -> TrendView:
    """The picture of one rater about one of their subjects (None: whom they rated last), for a worker of the case."""
    _, rater = await access_case_rater(db, person, rater_id, hold=False)
    if subject_id is not None and subject_id not in rater.subject_ids:
        raise Refusal(Reason.NOT_HERE)
    session = await storage.sessions.get(db, session_id) if session_id else None
    same_case = session is not None and session.case_id == rater.case_id
    view = await _trend(db, rater, subject_id, session_id if same_case else None)
    assert view is not None, "the case was reached through its door"
    return view


async def _trend(db: Transaction, rater: Rater, subject_id: str | None, session_id: str | None) -> TrendView | None:
    case = await storage.cases.get(db, rater.case_id)
    if case is None:
        return None
    ratings = await storage.ratings.of_case(db, case.id)
    own = [each for each in ratings if each.rater_id == rater.id]
    subject = case.subject(subject_id or _newest_subject(own) or rater.subject_ids[0])
    about = [each for each in own if each.subject_id in (None, subject.id)]
    sessions = await storage.sessions.of_case(db, case.id)
    starts = {each.id: each.started_at for each in sessions}
    return TrendView(
        case=case,
        rater=rater,
        subject=subject,
        meetings=sorted(starts.values()),
        outcome=_dated(about, outcome_instrument(subject.band), starts),
        alliance=_dated(about, alliance_instrument(rater.band), starts),
        others=[each for each in rated(case, ratings) if each != Rated(rater, subject)],
        about_id=session_id or case.id,
        going_on=next((each.id for each in sessions if each.ended_at is None), None),
    )


async def own(db: Transaction, rater: Rater, subject_id: str | None) -> TrendView | None:
    """A rater's own curve, for themself: nothing in it says when the case met without them. None before any rating.

    `about_id` is the rater; `others` are the same about the others whom they rate.
    """
    case = await storage.cases.get(db, rater.case_id)
    ratings = await storage.ratings.of_rater(db, rater.id)
    if case is None or not ratings:
        return None
    subject = case.subject(subject_id or _newest_subject(ratings) or rater.subject_ids[0])
    about = [each for each in ratings if each.subject_id in (None, subject.id)]
    starts = {each.id: each.started_at for each in await storage.sessions.of_case(db, case.id)}
    return TrendView(
        case=case,
        rater=rater,
        subject=subject,
        meetings=(),
        outcome=_dated(about, outcome_instrument(subject.band), starts),
        alliance=_dated(about, alliance_instrument(rater.band), starts),
        others=[Rated(rater, each) for each in _rated_by(rater, case, ratings) if each != subject],
        about_id=rater.id,
    )


def rated(case: Case, ratings: Sequence[Rating]) -> tuple[Rated, ...]:
    """Each rater with each of their subjects that they have rated; with the first, who has only rated meetings."""
    return tuple(Rated(rater, subject) for rater in case.raters for subject in _rated_by(rater, case, ratings))


def _rated_by(rater: Rater, case: Case, ratings: Sequence[Rating]) -> Sequence[Subject]:
    about = {each.subject_id for each in ratings if each.rater_id == rater.id}
    own = [each for each in case.subjects if each.id in rater.subject_ids]
    return [each for each in own if each.id in about] or (own[:1] if about else [])


def _newest_subject(ratings: Sequence[Rating]) -> str | None:
    return next((each.subject_id for each in reversed(ratings) if each.subject_id is not None), None)


def _dated(ratings: Sequence[Rating], instrument: Instrument, starts: Mapping[str, datetime]) -> Sequence[Dated]:
    """Those of one instrument: two never share a line. `starts`: when each meeting began, by its id."""
    same = [each for each in ratings if each.instrument == instrument]
    dated = [(starts.get(each.session_id or "", each.at), each) for each in same]
    return sorted(dated, key=lambda pair: pair[0])
