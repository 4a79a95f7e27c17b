"""What the picture of one rater is drawn from: reading only, of a case that was reached by a door before."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import storage
from bot.domain.asked_as import outcome_for
from bot.domain.cases import Case, Rater, Session, Subject
from bot.domain.errors import Reason, Refusal
from bot.domain.events import Event
from bot.domain.instruments import Instrument, Measure
from bot.domain.ratings import Draft, DraftState, Rating, SkipReason
from bot.domain.series import Series, series_of
from bot.domain.trajectories import Trajectories
from storage import Transaction

Dated = tuple[datetime, Rating]


@dataclass(frozen=True)
class Rated:
    """What there is a picture of: a rater, and whom they have rated.

    `earlier`: the instrument of answers from before; since then they answer about this subject with another one.
    """

    rater: Rater
    subject: Subject
    earlier: Instrument | None = None


@dataclass(frozen=True)
class Around:
    """What a picture's message leads to: the pictures of the case, those of several raters, a meeting that goes on.

    `together` are the subjects about whom several have answered, `measured` what was answered to the service's own
    measures. `about_id` is what the message is about: a meeting, or the case.
    """

    about_id: str
    rated: tuple[Rated, ...] = ()
    together: tuple[Subject, ...] = ()
    going_on: str | None = None
    measured: tuple[Rated, ...] = ()


@dataclass(frozen=True)
class Unanswered:
    """Asked at a meeting, and not rated. `reason`: of a skip; None: it was begun and not finished."""

    at: datetime
    instrument: Instrument
    reason: SkipReason | None = None

    @property
    def measure(self) -> Measure:
        return self.instrument.measure


@dataclass(frozen=True)
class TrendView:
    """One rater's totals about one subject, meeting by meeting.

    `meetings` are the starts of all meetings of the case, in order. Each rating comes with its moment, in order: the
    start of its meeting, or its own time where it stands alone. `series` are the outcome ratings as the rules see them.
    """

    case: Case
    rater: Rater
    subject: Subject
    meetings: Sequence[datetime]
    outcome: Sequence[Dated]
    alliance: Sequence[Dated]
    around: Around
    earlier: Instrument | None = None
    series: Series | None = None
    trajectories: Trajectories | None = None
    unanswered: Sequence[Unanswered] = ()
    events: Sequence[Event] = ()

    @property
    def rated(self) -> Rated:
        return Rated(self.rater, self.subject, self.earlier)


@dataclass(frozen=True)
class CaseRatings:
    """A case with all that was rated in it."""

    case: Case
    ratings: Sequence[Rating]
    sessions: Sequence[Session]

    @property
    def starts(self) -> Mapping[str, datetime]:
        """When each meeting began, by its id."""
        return {each.id: each.started_at for each in self.sessions}

    @property
    def meetings(self) -> Sequence[datetime]:
        return sorted(self.starts.values())

    def of(self, rater: Rater) -> Sequence[Rating]:
        return [each for each in self.ratings if each.rater_id == rater.id]

    def around(self, about: str) -> Around:
        """`about`: the meeting that the picture's message is about, or the case; empty: it is a new message.

        Raises:
            Refusal: it is about something of another case.
        """
        if about not in ("", self.case.id, *self.starts):
            raise Refusal(Reason.NOT_HERE)
        shown = rated(self.case, self.ratings)
        spoken = Counter(each.subject.id for each in shown if each.earlier is None)
        several = tuple(each for each in self.case.subjects if spoken[each.id] > 1)
        measured = tuple(each for each in shown if each.earlier is None and self.own_measures(each))
        return Around(about or self.case.id, shown, several, self.going_on, measured)

    def own_measures(self, rated: Rated) -> Sequence[Rating]:
        """What a rater has answered to the service's own measures, about this subject or about the meetings."""
        its = (each for each in self.of(rated.rater) if each.measure is Measure.OWN)
        return [each for each in its if each.subject_id in (None, rated.subject.id)]

    @property
    def going_on(self) -> str | None:
        """The meeting that goes on now."""
        return next((each.id for each in self.sessions if each.ended_at is None), None)


async def ratings_of(db: Transaction, case: Case) -> CaseRatings:
    ratings = await storage.ratings.of_case(db, case.id)
    return CaseRatings(case, ratings, await storage.sessions.of_case(db, case.id))


def wanted(its: CaseRatings, rater: Rater, subject_id: str | None, earlier: str | None = None) -> Rated:
    """What a button asks for, if there can be such a picture.

    Raises:
        Refusal: it is about nobody whom this rater rates, or with an instrument that they never had.
    """
    rated_once = {each.subject_id for each in its.of(rater)}
    if subject_id is not None and subject_id not in {*rater.subject_ids, *rated_once}:
        raise Refusal(Reason.NOT_HERE)
    used = {each.instrument.code: each.instrument for each in its.of(rater) if each.measure is Measure.OUTCOME}
    if earlier and earlier not in used:
        raise Refusal(Reason.NOT_HERE)
    subject = its.case.subject(subject_id or newest_subject(its.of(rater)) or rater.subject_ids[0])
    return Rated(rater, subject, used[earlier] if earlier else None)


async def trend_of(db: Transaction, its: CaseRatings, shown: Rated, about: str) -> TrendView:
    view = _curves(its, shown, its.around(about))
    ratings = [rating for _, rating in view.outcome]
    instrument = ratings[-1].instrument if ratings else outcome_for(shown.subject)
    asked = await unanswered(db, its, shown)
    events = await storage.events.of_case(db, its.case.id)
    return replace(
        view,
        series=next(iter(series_of(its.case, ratings)), None),
        trajectories=await storage.trajectories.in_force(db),
        unanswered=() if shown.earlier else [each for each in asked if _belongs(each, instrument)],
        events=[each for each in events if each.subject_id in (None, shown.subject.id)],
    )


def _curves(its: CaseRatings, shown: Rated, around: Around) -> TrendView:
    """Of each measure the ratings with one instrument, the newest or the earlier one: two never share a line."""
    about = [each for each in its.of(shown.rater) if each.subject_id in (None, shown.subject.id)]
    outcome = dated(with_newest(about, Measure.OUTCOME, shown.earlier), its.starts)
    meetings = its.meetings
    if shown.earlier is not None and outcome:
        until = outcome[-1][0]
        about = [rating for moment, rating in dated(about, its.starts) if moment <= until]
        meetings = [each for each in meetings if each <= until]
    alliance = dated(with_newest(about, Measure.ALLIANCE), its.starts)
    return TrendView(its.case, shown.rater, shown.subject, meetings, outcome, alliance, around, shown.earlier)


def with_newest(ratings: Sequence[Rating], measure: Measure, instrument: Instrument | None = None) -> Sequence[Rating]:
    """Those of one measure that were given with this instrument (None: with the one that was used last)."""
    found = [each for each in ratings if each.measure is measure]
    same = instrument or (found[-1].instrument if found else None)
    return [each for each in found if each.instrument == same]


def dated(ratings: Sequence[Rating], starts: Mapping[str, datetime]) -> Sequence[Dated]:
    """In the order of their meetings. `starts`: when each meeting began, by its id."""
    moments = [(starts.get(each.session_id or "", each.at), each) for each in ratings]
    return sorted(moments, key=lambda pair: pair[0])


def _belongs(asked: Unanswered, outcome: Instrument) -> bool:
    """Beside this curve of wellbeing: nothing that was asked with another outcome scale."""
    return asked.measure is not Measure.OUTCOME or asked.instrument == outcome


async def unanswered(db: Transaction, its: CaseRatings, shown: Rated) -> Sequence[Unanswered]:
    """What this rater skipped about this subject, and what was begun and not finished until its meeting was over."""
    drafts = await storage.drafts.all_of_rater(db, shown.rater.id)
    meetings = {each.id: each for each in its.sessions}
    found = [_unanswered(each, meetings.get(each.session_id or "")) for each in drafts if _is_about(each, shown)]
    return [each for each in found if each is not None]


def _is_about(draft: Draft, shown: Rated) -> bool:
    return draft.subject_id in (None, shown.subject.id)


def _unanswered(draft: Draft, meeting: Session | None) -> Unanswered | None:
    left = draft.state is DraftState.OPEN and draft.begun and meeting is not None and meeting.ended_at is not None
    if draft.state is not DraftState.SKIPPED and not left:
        return None
    return Unanswered(meeting.started_at if meeting else draft.began_at, draft.instrument, draft.skip_reason)


async def own(db: Transaction, rater: Rater, subject_id: str | None, earlier: str | None = None) -> TrendView | None:
    """A rater's own curve, for themself: nothing in it says when the case met without them. None before any rating.

    What it is about is the rater; around it are the others whom they rate, and what they answered to other questions
    before.

    Raises:
        Refusal: they were never asked that.
    """
    case = await storage.cases.get(db, rater.case_id)
    ratings = await storage.ratings.of_rater(db, rater.id)
    if case is None or not ratings:
        return None
    its = CaseRatings(case, ratings, await storage.sessions.of_case(db, case.id))
    shown = wanted(its, rater, subject_id, earlier)
    others = tuple(one for each in _rated_by(rater, case, ratings) for one in _with_earlier(rater, each, ratings))
    return replace(_curves(its, shown, Around(rater.id, others)), meetings=())


def rated(case: Case, ratings: Sequence[Rating]) -> tuple[Rated, ...]:
    """Each rater with each of their subjects that they have rated; with the first, who has only rated meetings.

    After them, what they have said of the same with another instrument before.
    """
    pairs = [(rater, subject) for rater in case.raters for subject in _rated_by(rater, case, ratings)]
    return tuple(each for rater, subject in pairs for each in _with_earlier(rater, subject, ratings))


def _with_earlier(rater: Rater, subject: Subject, ratings: Sequence[Rating]) -> list[Rated]:
    its = [each for each in ratings if (each.rater_id, each.subject_id) == (rater.id, subject.id)]
    used = list(dict.fromkeys(each.instrument for each in reversed(its) if each.measure is Measure.OUTCOME))
    return [Rated(rater, subject), *(Rated(rater, subject, each) for each in used[1:])]


def _rated_by(rater: Rater, case: Case, ratings: Sequence[Rating]) -> Sequence[Subject]:
    """Those too about whom they aren't asked any more: what was given stays."""
    about = {each.subject_id for each in ratings if each.rater_id == rater.id}
    own = [each for each in case.subjects if each.id in rater.subject_ids]
    return [each for each in case.subjects if each.id in about] or (own[:1] if about else [])


def newest_subject(ratings: Sequence[Rating]) -> str | None:
    return next((each.subject_id for each in reversed(ratings) if each.subject_id is not None), None)
