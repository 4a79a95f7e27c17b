"""How old a subject is: said again once a year, or changed, when a child has turned 13.

With the band the instrument changes, and so begins a series of its own; what was given before stays as it is, in the
series that it is in. Nobody is asked twice in one meeting because of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

import storage
from bot.actions.access import Desk, access_case, access_subject
from bot.actions.asked_anew import ask_anew
from bot.domain.acts import Act
from bot.domain.ages import months_of_birth
from bot.domain.cases import Case, Rater, Subject
from bot.domain.errors import Reason, Refusal
from bot.domain.people import AgeBand, Kind, Person
from storage import Transaction


@dataclass(frozen=True)
class AgeView:
    """One subject of a case, and which bands they may be of instead."""

    case: Case
    subject: Subject
    others: tuple[AgeBand, ...]


async def view_at(db: Transaction, person: Person, case_id: str, number: int) -> AgeView:
    """The subject at this place of the case, from 0; beyond the end, the last."""
    desk = await access_case(db, person, case_id, hold=False)
    if not desk.case.subjects:
        raise Refusal(Reason.NOT_HERE)
    return await _view(db, desk.case, desk.case.subjects[min(number, len(desk.case.subjects) - 1)])


async def view(db: Transaction, person: Person, subject_id: str) -> AgeView:
    desk, subject = await access_subject(db, person, subject_id, hold=False)
    return await _view(db, desk.case, subject)


async def _view(db: Transaction, case: Case, subject: Subject) -> AgeView:
    """Who has a phone here or has answered can't be under six: their answers would be nobody's."""
    answers = [each for each in _own(case, subject) if each.joined or await storage.drafts.has_any(db, each.id)]
    others = (each for each in AgeBand if each is not subject.band and (each.can_rate or not answers))
    return AgeView(case, subject, tuple(others))


def _own(case: Case, subject: Subject) -> Sequence[Rater]:
    """Those who are the subject themselves, or guess what they would say."""
    return [each for each in case.raters if subject.id in each.subject_ids and each.is_own(subject.id)]


async def say_band(
    db: Transaction, person: Person, subject_id: str, band: AgeBand, *, was: AgeBand, today: date, now: datetime
) -> AgeView:
    """How old they are now. `was` is the band that was shown when it was said; the same says that it is still right."""
    desk, subject = await access_subject(db, person, subject_id)
    seen = await _view(db, desk.case, subject)
    if subject.band is not was or band not in (was, *seen.others):
        raise Refusal(Reason.NO_LONGER)
    if band is was:
        await _confirm(db, subject, today=today, now=now)
    else:
        await _change(db, desk, subject, band, now=now)
    found = await view(db, person, subject_id)
    await ask_anew(db, found.case, now=now)
    return found


async def _confirm(db: Transaction, subject: Subject, *, today: date, now: datetime) -> None:
    """A month of birth that says otherwise was a mistake."""
    if subject.born is not None and subject.born not in months_of_birth(subject.band, today):
        await storage.ages.say_born(db, subject.id, None)
    await storage.ages.confirm(db, subject.id, now=now)


async def _change(db: Transaction, desk: Desk, subject: Subject, band: AgeBand, *, now: datetime) -> None:
    own = _own(desk.case, subject)
    about = {"worker_id": desk.worker.id, "case_id": desk.case.id, "about_id": subject.id}
    await storage.audit.note(db, Act.CHANGE_AGE, **about, now=now)
    await storage.ages.say(db, subject.id, band, now=now)
    await storage.ages.say_of_raters(db, [each.id for each in own], band)
    await _who_rates(db, desk.case, replace(subject, band=band), own, now=now)


async def _who_rates(db: Transaction, case: Case, subject: Subject, own: Sequence[Rater], *, now: datetime) -> None:
    """Under six nobody rates themself; from six on they do. Who is here for the children rates whoever is one now."""
    themself = [each for each in own if not each.is_guess]
    if not subject.band.can_rate:
        await storage.ages.leave_out(db, [each.id for each in own], now=now)
    elif not themself:
        client = Rater(storage.new_id(), case.id, Kind.CLIENT, subject.band, (subject.id,), None)
        await storage.cases.add_rater(db, client, now=now)
    elif all(each.ended_at is not None for each in themself) and not _was_asked(case, subject):
        await storage.ages.bring_in(db, themself[0].id)
    subjects = tuple(subject if each.id == subject.id else each for each in case.subjects)
    if subject.band.is_minor and subject in replace(case, subjects=subjects).rated_by_others:
        for rater in case.present_raters:
            if rater.kind is not Kind.CLIENT and not rater.is_guess:
                await storage.cases.add_about(db, rater.id, subject.id)


def _was_asked(case: Case, subject: Subject) -> bool:
    """Before the change; who was ended then was ended by a worker."""
    return case.subject(subject.id).band.can_rate


# The month of birth


async def say_born(db: Transaction, person: Person, subject_id: str, born: date, *, today: date) -> AgeView:
    """Of somebody who is of the band that they are in. It is kept, sealed, until the band changes by it."""
    _, subject = await access_subject(db, person, subject_id)
    if born not in months_of_birth(subject.band, today):
        raise Refusal(Reason.NO_LONGER)
    await storage.ages.say_born(db, subject_id, born)
    return await view(db, person, subject_id)


async def forget_born(db: Transaction, person: Person, subject_id: str) -> AgeView:
    await access_subject(db, person, subject_id)
    await storage.ages.say_born(db, subject_id, None)
    return await view(db, person, subject_id)
