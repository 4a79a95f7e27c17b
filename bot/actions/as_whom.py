"""As whom somebody answers: a carer who is a client too, a client who is a carer too, somebody who guesses."""

from collections.abc import Sequence
from datetime import datetime

import storage
from bot.actions import raters
from bot.actions.asked_anew import ask_anew
from bot.actions.raters import RaterView
from bot.domain.cases import AddedRole, Case, Rater
from bot.domain.errors import Reason, Refusal
from bot.domain.people import AgeBand, Kind, Person
from storage import Transaction

OWN_AGES = (AgeBand.EIGHTEEN, AgeBand.ADULT)
"""How old a carer can be who becomes a client too; who is younger joined as a client, and becomes a carer."""
CARERS = (Kind.MOTHER, Kind.FATHER, Kind.CARER)


# A carer who is a client too


def can_be_client(rater: Rater) -> bool:
    return rater.kind.is_carer and rater.own_subject_id is None and not rater.is_guess


def can_be_carer(case: Case, rater: Rater) -> bool:
    """A client of 13 years or more, in a case with somebody else to look after."""
    return rater.kind is Kind.CLIENT and rater.band is not AgeBand.CHILD and bool(_looked_after(case, rater))


def _looked_after(case: Case, rater: Rater) -> Sequence[str]:
    """The children of the case besides themself; where there are none, the others."""
    others = [each for each in case.subjects if each.id not in rater.subject_ids]
    carers = {each.own_subject_id for each in case.raters}
    asked = [each for each in others if each.id not in carers]
    return [each.id for each in asked if each.band.is_minor] or [each.id for each in asked]


async def become_client(db: Transaction, person: Person, rater_id: str, band: AgeBand, *, now: datetime) -> RaterView:
    """A subject of their own, whom nobody else is asked about; they rate the meeting once, as before."""
    case, rater = await raters.present_rater(db, person, rater_id)
    if band not in OWN_AGES:
        raise Refusal(Reason.NOT_HERE)
    if not can_be_client(rater):
        raise Refusal(Reason.NO_LONGER)
    subject = await storage.cases.add_subject(db, case.id, band, now=now)
    if not await storage.raters.become_client(db, rater.id, subject.id):
        raise Refusal(Reason.NO_LONGER)
    return await raters.view(db, person, rater_id, now=now)


async def become_carer(db: Transaction, person: Person, rater_id: str, kind: Kind, *, now: datetime) -> RaterView:
    """They are asked about the children of the case from now on, and go on rating themself."""
    case, rater = await raters.present_rater(db, person, rater_id)
    if kind not in CARERS:
        raise Refusal(Reason.NOT_HERE)
    if not can_be_carer(case, rater):
        raise Refusal(Reason.NO_LONGER)
    if not await storage.raters.become_carer(db, rater.id, kind, rater.subject_ids[0]):
        raise Refusal(Reason.NO_LONGER)
    await _stop_asking_others(db, case, rater, now=now)
    for subject_id in _looked_after(case, rater):
        await storage.raters.rate(db, rater.id, subject_id)
    return await raters.view(db, person, rater_id, now=now)


async def _stop_asking_others(db: Transaction, case: Case, rater: Rater, *, now: datetime) -> None:
    """About a carer who is a client nobody else is asked, unless it is all that they are asked about."""
    for each in case.raters:
        if each.id != rater.id and set(each.subject_ids) > set(rater.subject_ids):
            await raters.stop_asking(db, each, rater.subject_ids[0], now=now)


# It was a mistake


async def undo_role(db: Transaction, person: Person, rater_id: str, role: AddedRole, *, now: datetime) -> RaterView:
    """Not a client, or not a carer, after all: as long as nobody was asked anything because of it."""
    case, rater = await raters.present_rater(db, person, rater_id)
    own = rater.own_subject_id
    if own is None or await storage.raters.added_role(db, rater_id) is not role:
        raise Refusal(Reason.NO_LONGER)
    undone = storage.raters.no_client if role is AddedRole.CLIENT else storage.raters.no_carer
    if not await undone(db, rater_id, own):
        raise Refusal(Reason.NO_LONGER)
    if role is AddedRole.CARER:
        await _ask_others_again(db, case.id, own)
    view = await raters.view(db, person, rater_id, now=now)
    await ask_anew(db, view.case, now=now)
    return view


async def _ask_others_again(db: Transaction, case_id: str, subject_id: str) -> None:
    """About who isn't a carer those are asked who are there for the others, as for any client."""
    case = await storage.cases.get(db, case_id)
    if case is None or subject_id not in {each.id for each in case.rated_by_others}:
        return
    for each in case.present_raters:
        if each.kind is not Kind.CLIENT and not each.is_guess:
            await storage.raters.rate(db, each.id, subject_id)


# As somebody else


def can_guess(case: Case, rater: Rater) -> Sequence[Kind]:
    """As whom this rater may be asked to guess: each kind of other people once, and not their own."""
    if rater.is_guess or rater.ended_at is not None:
        return ()
    asked = {each.kind for each in case.guesses_of(rater)}
    return [kind for kind in Kind if kind not in (Kind.CLIENT, rater.kind) and kind not in asked]


async def ask_to_guess(db: Transaction, person: Person, rater_id: str, kind: Kind, *, now: datetime) -> RaterView:
    """What would your teacher say? It is asked only in a meeting for which the worker ticks it.

    One that was ended is taken up again: it is the same series.
    """
    case, rater = await raters.present_rater(db, person, rater_id)
    if kind is Kind.CLIENT or kind is rater.kind:
        raise Refusal(Reason.NOT_HERE)
    before = next((each for each in case.raters if (each.guessed_by, each.kind) == (rater.id, kind)), None)
    if before is not None:
        if not await storage.raters.take_back(db, before.id):
            raise Refusal(Reason.NO_LONGER)
        return await raters.view(db, person, before.id, now=now)
    guess = Rater(storage.new_id(), case.id, kind, AgeBand.ADULT, rater.subject_ids, None, guessed_by=rater.id)
    await storage.cases.add_rater(db, guess, now=now)
    return await raters.view(db, person, guess.id, now=now)
