"""How a worker looks at a case: by one rater or by all, as they have chosen for the meeting.

What is laid before several people is without what a rater has given for the worker only. Who rates here no more comes
last, and is left out where not all have room.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

import storage
from bot.actions.access import access_case_rater, access_kept_case, access_kept_rater
from bot.actions.pictures import (
    Around,
    CaseRatings,
    Dated,
    Rated,
    TrendView,
    Unanswered,
    dated,
    ratings_of,
    trend_of,
    unanswered,
    wanted,
    with_newest,
)
from bot.domain.asked_as import outcome_for
from bot.domain.cases import Case, Rater, Subject
from bot.domain.errors import Reason, Refusal
from bot.domain.instruments import OF_MEETING, Instrument, Measure
from bot.domain.letters import PictureKind, Place, PlaceKind
from bot.domain.people import Person
from bot.domain.ratings import Rating
from storage import Transaction

SIDE_BY_SIDE = timedelta(days=30)
"""How old a rating may be that is laid beside others."""


@dataclass(frozen=True)
class Heard:
    """What one rater has said about a subject, as far as all may see it."""

    rater: Rater
    outcome: Sequence[Dated]
    alliance: Sequence[Dated] = ()


@dataclass(frozen=True)
class FamilyView:
    """Everybody's totals about one subject. `all_shown`: nobody has given an answer for the worker only."""

    case: Case
    subject: Subject
    heard: Sequence[Heard]
    all_shown: bool
    around: Around


@dataclass(frozen=True)
class SidesView:
    """Everybody's newest outcome rating of the last 30 days about one subject, with one instrument."""

    case: Case
    subject: Subject
    instrument: Instrument
    heard: Sequence[Heard]
    all_shown: bool
    around: Around


@dataclass(frozen=True)
class AreasView:
    """One rater's four items over time, on the axis of their curve: `meetings` and `unanswered` as there."""

    case: Case
    rated: Rated
    instrument: Instrument
    ratings: Sequence[Dated]
    around: Around
    meetings: Sequence[datetime] = ()
    unanswered: Sequence[Unanswered] = ()


@dataclass(frozen=True)
class MeasuresView:
    """What one rater has answered to the service's own measures: of each, in the order of the newest answers.

    `meetings` and `unanswered` as of their curve.
    """

    case: Case
    rated: Rated
    measured: Sequence[tuple[Instrument, Sequence[Dated]]]
    around: Around
    meetings: Sequence[datetime] = ()
    unanswered: Sequence[Unanswered] = ()


View = TrendView | FamilyView | SidesView | AreasView | MeasuresView


@dataclass(frozen=True)
class Today:
    """The day on which a picture is looked at, and where."""

    day: date
    zone: tzinfo


async def of_rater(
    db: Transaction,
    person: Person,
    kind: PictureKind,
    rater_id: str,
    *,
    about: str,
    subject_id: str | None = None,
    earlier: str | None = None,
    today: Today,
) -> View:
    """A picture of one rater, for a worker of the case, open or closed. `about`: what the message is about."""
    desk, rater = await access_kept_rater(db, person, rater_id)
    its = await ratings_of(db, desk.case)
    return await _view(db, its, kind, wanted(its, rater, subject_id, earlier), about, today)


async def of_subject(
    db: Transaction, person: Person, kind: PictureKind, case_id: str, subject_id: str, *, about: str, today: Today
) -> View:
    """A picture of all who rate one subject, for a worker of the open or closed case."""
    desk = await access_kept_case(db, person, case_id)
    subject = next((each for each in desk.case.subjects if each.id == subject_id), None)
    if subject is None or not desk.case.raters:
        raise Refusal(Reason.NOT_HERE)
    its = await ratings_of(db, desk.case)
    return await _view(db, its, kind, Rated(desk.case.raters[0], subject), about, today)


async def of_case(db: Transaction, person: Person, case_id: str, *, today: Today) -> tuple[Case, View | None]:
    """What is shown first: of who has answered last, in the way that was chosen for the meeting that goes on.

    None: nobody has answered yet.
    """
    desk = await access_kept_case(db, person, case_id)
    its = await ratings_of(db, desk.case)
    if not its.ratings:
        return desk.case, None
    last = its.ratings[-1]
    about = its.going_on or case_id
    chosen = await storage.places.shown(db, person.id, Place(PlaceKind.PICTURE, about))
    rated = wanted(its, desk.case.rater(last.rater_id), last.subject_id)
    return desk.case, await _view(db, its, chosen, rated, about, today)


async def after(db: Transaction, person: Person, draft_id: str, *, today: Today) -> View | None:
    """What a rating has changed, as this worker looks at its meeting; None when the rating isn't there any more."""
    rating = await storage.ratings.of_draft(db, draft_id)
    if rating is None:
        return None
    desk, rater = await access_case_rater(db, person, rating.rater_id, hold=False)
    its = await ratings_of(db, desk.case)
    about = rating.session_id or desk.case.id
    chosen = await storage.places.shown(db, person.id, Place(PlaceKind.PICTURE, about))
    return await _view(db, its, chosen, wanted(its, rater, rating.subject_id), about, today)


async def put_away(db: Transaction, person: Person, case_id: str, about: str) -> tuple[Case, int | None]:
    """The message that shows a picture of this case, which shows nothing any more; None where there is none."""
    desk = await access_kept_case(db, person, case_id)
    session = await storage.sessions.get(db, about)
    if about != case_id and (session is None or session.case_id != case_id):
        raise Refusal(Reason.NOT_HERE)
    there = await storage.places.find(db, person.id, Place(PlaceKind.PICTURE, about))
    if there is not None:
        await storage.places.leave(db, person.id, there, but=None)
    return desk.case, there


async def _view(db: Transaction, its: CaseRatings, kind: PictureKind, rated: Rated, about: str, today: Today) -> View:
    match kind:
        case PictureKind.FAMILY:
            return _family(its, rated.subject, about)
        case PictureKind.SIDES:
            return _sides(its, rated.subject, about, today)
        case PictureKind.AREAS:
            return await _areas(db, its, rated, about)
        case PictureKind.MEASURES if its.own_measures(rated):
            return await _measures(db, its, rated, about)
        case PictureKind.TREND | PictureKind.MEASURES:
            return await trend_of(db, its, rated, about)


def _family(its: CaseRatings, subject: Subject, about: str) -> FamilyView:
    heard, all_shown = _heard(its, subject)
    return FamilyView(its.case, subject, heard, all_shown, its.around(about))


def _heard(its: CaseRatings, subject: Subject) -> tuple[Sequence[Heard], bool]:
    """Everybody who has said something about the subject, those first who still rate; and whether that is all."""
    order = sorted(its.case.raters, key=lambda each: each.ended_at is not None)
    given = {each.id: _about(its, each, subject) for each in order if subject.id in each.subject_ids}
    shared = {id: [each for each in ratings if not each.only_worker] for id, ratings in given.items()}
    heard = [
        Heard(
            each,
            dated(with_newest(shared[each.id], Measure.OUTCOME), its.starts),
            dated(with_newest(shared[each.id], Measure.ALLIANCE), its.starts),
        )
        for each in order
        if shared.get(each.id)
    ]
    return heard, shared == given


def _about(its: CaseRatings, rater: Rater, subject: Subject) -> Sequence[Rating]:
    """What every meeting asks; a service's own measures have scales of their own."""
    return [each for each in its.of(rater) if each.subject_id in (None, subject.id) and each.measure in OF_MEETING]


def _sides(its: CaseRatings, subject: Subject, about: str, today: Today) -> SidesView:
    """Each rater's newest, of those who still rate here."""
    since = today.day - SIDE_BY_SIDE
    about_it = [each for each in its.ratings if each.subject_id == subject.id and each.measure is Measure.OUTCOME]
    fresh = [pair for pair in dated(about_it, its.starts) if pair[0].astimezone(today.zone).date() >= since]
    instrument = fresh[-1][1].instrument if fresh else outcome_for(subject)
    shared = [(at, each) for at, each in fresh if not each.only_worker and each.instrument == instrument]
    newest = {each.rater_id: (at, each) for at, each in shared}
    heard = [Heard(each, [newest[each.id]]) for each in its.case.present_raters if each.id in newest]
    all_shown = not any(each.only_worker for _, each in fresh)
    return SidesView(its.case, subject, instrument, heard, all_shown, its.around(about))


async def _areas(db: Transaction, its: CaseRatings, rated: Rated, about: str) -> AreasView:
    """Of a rating with nothing but a total there are no items to show."""
    curve = await trend_of(db, its, rated, about)
    ratings = [rating for _, rating in curve.outcome]
    instrument = ratings[-1].instrument if ratings else outcome_for(rated.subject)
    whole = [(at, each) for at, each in curve.outcome if each.scores]
    missing = [each for each in curve.unanswered if each.instrument == instrument]
    return AreasView(its.case, rated, instrument, whole, curve.around, curve.meetings, missing)


async def _measures(db: Transaction, its: CaseRatings, rated: Rated, about: str) -> MeasuresView:
    """The one that was answered last comes first: of more than have room the others are named."""
    given = dated(its.own_measures(rated), its.starts)
    in_order = dict.fromkeys(each.instrument for _, each in reversed(given))
    measured = [(which, [(at, each) for at, each in given if each.instrument == which]) for which in in_order]
    missing = [each for each in await unanswered(db, its, rated) if each.instrument in in_order]
    return MeasuresView(its.case, rated, measured, its.around(about), its.meetings, missing)
