"""A whole case in a few facts: who rated how often, first and last, how often people met, what happened around it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import storage
from bot.actions.access import access_kept_case
from bot.domain.cases import Case, Rater, Subject
from bot.domain.change import Change, change, difference, ends_above
from bot.domain.events import Event
from bot.domain.instruments import Measure
from bot.domain.people import Person
from bot.domain.profiles import Profile
from bot.domain.ratings import DraftState, Rating
from bot.domain.series import Series, series_of
from storage import Transaction


@dataclass(frozen=True)
class Strand:
    """One rater's answers about one subject, or (`subject` is None) about the meetings; first, last and between.

    How much is a change is known of outcome ratings alone; else it is None. `above`: whether the last is above the line
    that is drawn for them; None where none is. `moments`: of each answer, when its meeting began, or its own time.
    """

    rater: Rater
    subject: Subject | None
    series: Series
    moments: tuple[datetime, ...]
    change: Change | None = None
    above: bool | None = None

    @property
    def difference(self) -> int:
        """In mm, since the first."""
        return difference(self.series)

    @property
    def measure(self) -> Measure:
        return self.series.measure


@dataclass(frozen=True)
class Answered:
    """How often somebody was asked, answered and skipped, before and after meetings together."""

    rater: Rater
    asked: int
    answered: int
    skipped: int


@dataclass(frozen=True)
class Summary:
    """`meetings`: when each began. Not `all_shown`: answers that are only for the worker are left out."""

    case: Case
    meetings: tuple[datetime, ...]
    strands: tuple[Strand, ...]
    answered: tuple[Answered, ...]
    events: tuple[Event, ...]
    all_shown: bool = True

    def of(self, measure: Measure) -> tuple[Strand, ...]:
        return tuple(each for each in self.strands if each.measure is measure)


async def for_worker(db: Transaction, person: Person, case_id: str, *, profile: Profile) -> Summary:
    """All of it, of an open or a closed case."""
    desk = await access_kept_case(db, person, case_id)
    return await _summary(db, desk.case, await storage.ratings.of_case(db, case_id), profile)


async def for_family(db: Transaction, person: Person, case_id: str, *, profile: Profile) -> Summary:
    """The same, to be shown to everybody: without what somebody has given for the worker only."""
    desk = await access_kept_case(db, person, case_id)
    found = await storage.ratings.of_case(db, case_id)
    shown = [each for each in found if not each.only_worker]
    return await _summary(db, desk.case, shown, profile, all_shown=len(shown) == len(found))


async def _summary(
    db: Transaction, case: Case, ratings: Sequence[Rating], profile: Profile, *, all_shown: bool = True
) -> Summary:
    sessions = await storage.sessions.of_case(db, case.id)
    return Summary(
        case,
        tuple(each.started_at for each in sessions),
        tuple(_strands(case, series_of(case, ratings), {each.id: each.started_at for each in sessions}, profile)),
        tuple(await _answered(db, case)),
        tuple(await storage.events.of_case(db, case.id)),
        all_shown,
    )


def _strands(case: Case, found: Sequence[Series], starts: Mapping[str, datetime], profile: Profile) -> list[Strand]:
    """In the order of the raters and the subjects of the case."""
    raters, subjects = [each.id for each in case.raters], [each.id for each in case.subjects]
    known = [each for each in found if each.subject_id is None or each.subject_id in subjects]

    def place(series: Series) -> tuple[int, int]:
        about = subjects.index(series.subject_id) if series.subject_id else -1
        return about, raters.index(series.rater_id)

    return [_strand(case, each, starts, profile) for each in sorted(known, key=place)]


def _strand(case: Case, series: Series, starts: Mapping[str, datetime], profile: Profile) -> Strand:
    subject = case.subject(series.subject_id) if series.subject_id else None
    moments = tuple(starts.get(each.session_id or "", each.at) for each in series.ratings)
    own = Strand(case.rater(series.rater_id), subject, series, moments)
    if series.measure is not Measure.OUTCOME:
        return own
    above = None if series.cutoff(profile) is None else ends_above(series, profile)
    return replace(own, change=change(series, profile), above=above)


async def _answered(db: Transaction, case: Case) -> list[Answered]:
    drafts = await storage.drafts.of_case(db, case.id)
    found = []
    for rater in case.raters:
        states = [each.state for each in drafts if each.rater_id == rater.id]
        given = sum(state in (DraftState.SENT, DraftState.CHANGING) for state in states)
        if states:
            found.append(Answered(rater, len(states), given, states.count(DraftState.SKIPPED)))
    return found
