"""Handing over: a rater answers on the worker's phone, and until the PIN takes it back nothing else can be reached.

What is written down first is that the phone is in other hands; only then is the chat cleared. Whatever happens in
between, nothing of a case is shown there.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import storage
from bot.actions import hands_off, invitations, lent, menus, ratings
from bot.actions.access import access_case_rater, access_session, access_worker
from bot.actions.ratings import RatingView
from bot.actions.telling import freshen_card
from bot.domain.acts import Act
from bot.domain.cases import Case, CaseState, Rater, Session, SessionState
from bot.domain.errors import Reason, Refusal
from bot.domain.handing_over import HandOver, is_pin, pause_after
from bot.domain.instruments import Measure
from bot.domain.people import Person
from bot.domain.ratings import DraftState, Mode
from storage import Transaction


@dataclass(frozen=True)
class Before:
    """A hand-over that the worker thinks of. Without a PIN one is chosen first."""

    case: Case
    session: Session
    rater: Rater
    has_pin: bool


@dataclass(frozen=True)
class InHands:
    """A phone in a rater's hands: what they are asked, in its order. Nothing when it can't be answered (any more)."""

    hand_over: HandOver
    views: tuple[RatingView, ...] = ()

    @property
    def present(self) -> RatingView | None:
        """What to go on with."""
        return next((each for each in self.views if each.draft.under_way), None)


@dataclass(frozen=True)
class TakenBack:
    """What came of a PIN: the phone is the worker's again (`now_theirs` is how they are known), or it still isn't."""

    hand_over: HandOver
    now_theirs: Person | None = None
    wrong: bool = False


# Before


async def look(db: Transaction, person: Person, session_id: str, rater_id: str, *, now: datetime) -> Before:
    """Whether this rater can be given the phone for this meeting.

    Raises:
        Refusal: they aren't of it, they have another phone in their hands, or it takes no answers any more.
    """
    meeting = await access_session(db, person, session_id)
    desk, rater = await access_case_rater(db, person, rater_id, hold=False)
    if desk.case.id != meeting.case.id or rater.is_guess or rater.ended_at is not None:
        raise Refusal(Reason.NOT_HERE)
    if not meeting.session.takes_answers(now=now):
        raise Refusal(Reason.MEETING_OVER)
    if await storage.hand_overs.of_rater(db, rater_id) is not None:
        raise Refusal(Reason.IN_OTHER_HANDS)
    return Before(meeting.case, meeting.session, rater, await storage.workers.has_pin(db, meeting.worker.id))


async def has_pin(db: Transaction, person: Person) -> bool:
    return await storage.workers.has_pin(db, (await access_worker(db, person)).id)


async def choose_pin(db: Transaction, person: Person, pin: str) -> None:
    """What takes this worker's phone back from now on."""
    worker = await access_worker(db, person)
    if not is_pin(pin):
        raise Refusal(Reason.NOT_HERE)
    await storage.workers.set_pin(db, worker.id, pin)


async def hand_over(db: Transaction, person: Person, session_id: str, rater_id: str, *, now: datetime) -> InHands:
    """From now on whoever taps there is this rater. Not before a PIN was chosen, and not for nothing to answer.

    What the worker hasn't opened of what is urgent goes to the other workers.
    """
    before = await look(db, person, session_id, rater_id, now=now)
    its = {"rater_id": rater_id, "session_id": session_id}
    if not before.has_pin or not await storage.hand_overs.add(db, person.id, **its, now=now):
        raise Refusal(Reason.NO_LONGER)
    if rater_id not in before.session.rater_ids:
        await storage.sessions.attend(db, session_id, rater_id)
    theirs = replace(person, in_hands_of=rater_id)
    in_hands = await look_in_hands(db, theirs, now=now)
    if in_hands.present is None:
        raise Refusal(Reason.NOTHING_TO_RATE)
    worker = await access_worker(db, person)
    await _note(db, Act.LEND_PHONE, worker.id, before.case.id, rater_id, now=now)
    await menus.follow(db, person.id, now=now)
    await lent.tell_others(db, worker, now=now)
    await freshen_card(db, session_id, by=person, now=now)
    return in_hands


async def _note(db: Transaction, act: Act, worker_id: str, case_id: str, rater_id: str, *, now: datetime) -> None:
    await storage.audit.note(db, act, worker_id=worker_id, case_id=case_id, about_id=rater_id, now=now)


# Meanwhile


async def reader(db: Transaction, person: Person) -> Person:
    """Who reads the screen of a phone that is in somebody's hands: the same, in that rater's language."""
    rater = await storage.cases.rater(db, person.in_hands_of or "")
    return replace(person, language=rater.language) if rater is not None and rater.language else person


async def look_in_hands(db: Transaction, person: Person, *, now: datetime) -> InHands:
    """What the rater is asked now; what the meeting asks by now is made where it isn't there yet."""
    found = await storage.hand_overs.of_person(db, person.id)
    if found is None:
        raise Refusal(Reason.NO_LONGER)
    await storage.cases.hold_of_session(db, found.session_id)
    session = await storage.sessions.get(db, found.session_id)
    case = await storage.cases.get(db, session.case_id) if session is not None else None
    rater = next((each for each in case.raters if each.id == found.rater_id), None) if case is not None else None
    if session is None or case is None or rater is None or not _can_answer(case, session, rater, now=now):
        return InHands(found)
    for measure in _asked_now(session):
        await ratings.ask(db, rater, session, measure, now=now)
    views = [view for measure in Measure for view in await _drafts(db, case, session, rater, measure)]
    return InHands(found, tuple(views))


async def _drafts(
    db: Transaction, case: Case, session: Session, rater: Rater, measure: Measure
) -> Sequence[RatingView]:
    """Their own, and what they were asked as somebody else would answer."""
    views = []
    for each in (rater, *(guess for guess in case.present_raters if guess.guessed_by == rater.id)):
        await storage.drafts.change_mode(db, each.id, session.id, Mode.HANDED_OVER, instead_of=Mode.BUTTONS)
        drafts = await storage.drafts.of_rater(db, each.id, session_id=session.id, measure=measure)
        views += [RatingView(draft, case, each) for draft in drafts]
    return views


def _can_answer(case: Case, session: Session, rater: Rater, *, now: datetime) -> bool:
    return case.state is CaseState.OPEN and rater.ended_at is None and session.takes_answers(now=now)


def _asked_now(session: Session) -> tuple[Measure, ...]:
    """How the meeting worked only when it is time to close; after its end nobody is asked how they came to it."""
    asked = {
        SessionState.OPEN: (Measure.OUTCOME,),
        SessionState.CLOSING: (Measure.OUTCOME, Measure.ALLIANCE),
        SessionState.ENDED: (Measure.ALLIANCE,),
    }
    return asked[session.state]


async def may_open_again(db: Transaction, person: Person, draft_id: str) -> bool:
    """What was sent isn't shown again to whoever has the phone by now; what was skipped may be answered after all."""
    draft = await storage.drafts.of_person(db, person, draft_id)
    return draft is not None and draft.state is not DraftState.SENT


# Back


async def must_be_of(db: Transaction, person: Person, session_id: str) -> None:
    """
    Raises:
        Refusal: the phone isn't in anybody's hands for this meeting.
    """
    found = await storage.hand_overs.of_person(db, person.id)
    if found is None or found.session_id not in (session_id, ""):
        raise Refusal(Reason.NOT_HERE)


async def take_back(db: Transaction, person: Person, pin: str, *, after: int, now: datetime) -> TakenBack:
    """`after`: how many wrong ones the pad knew of that was tapped. A second tap on it is no second try."""
    found = await storage.hand_overs.of_person(db, person.id)
    if found is None:
        raise Refusal(Reason.NO_LONGER)
    if not is_pin(pin) or after != found.tries or found.is_barred(now=now):
        return TakenBack(found)
    if not await storage.workers.is_pin_of_person(db, person.id, pin):
        pause = pause_after(found.tries + 1)
        await storage.hand_overs.note_wrong(db, found, barred_until=now + pause if pause else None)
        return TakenBack(await storage.hand_overs.of_person(db, person.id) or found, wrong=True)
    return TakenBack(found, now_theirs=await _theirs_again(db, found, now=now))


async def _theirs_again(db: Transaction, found: HandOver, *, now: datetime) -> Person | None:
    """And what waited comes; so does what was taken out of the chat unopened."""
    case = await hands_off.end(db, found, now=now)
    await menus.follow(db, found.person_id, now=now)
    worker = await storage.workers.of_person(db, found.person_id)
    if worker is not None:
        await lent.tell_again(db, worker, now=now)
        if case is not None:
            await _note(db, Act.TAKE_PHONE_BACK, worker.id, case.id, found.rater_id, now=now)
    return await storage.people.get(db, found.person_id)


async def free_by_invitation(db: Transaction, person: Person, text: str, *, now: datetime) -> Person | None:
    """A fresh invitation of a worker takes the phone back, and its PIN is forgotten; None for whatever else it is."""
    found = await storage.hand_overs.of_person(db, person.id)
    if found is None or not await invitations.opens_a_desk(db, person, text, now=now):
        return None
    return await _theirs_again(db, found, now=now)


async def give_up(db: Transaction, person: Person, *, now: datetime) -> Before | None:
    """The chat couldn't be cleared, so the phone isn't handed over: all is as before."""
    found = await storage.hand_overs.of_person(db, person.id)
    if found is None:
        return None
    theirs = await _theirs_again(db, found, now=now) or person
    return await look(db, theirs, found.session_id, found.rater_id, now=now)
