"""A meeting from the worker's side: start it with who is here, see how far everybody is, close, end."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from enum import StrEnum

import storage
from bot.actions import alerts, closing_requests, ratings, reminders, reviews
from bot.actions.access import Desk, Meeting, access_case, access_session
from bot.actions.telling import freshen_card
from bot.domain.cases import BEFORE_MEETING, Case, Rater, Session, SessionState, adopts
from bot.domain.errors import Reason, Refusal
from bot.domain.instruments import OF_MEETING, Measure
from bot.domain.letters import LetterKind
from bot.domain.people import Person
from bot.domain.ratings import Draft, DraftState, SkipReason
from bot.domain.times import QuietHours
from bot.domain.weighing import WEIGHING, Weighing
from storage import Transaction


class Progress(StrEnum):
    """How far a rater is with one measure of a meeting."""

    NOT_ASKED = "not_asked"
    ASKED = "asked"
    UNDER_WAY = "under_way"
    ANSWERED = "answered"
    SKIPPED = "skipped"


TO_COME = frozenset({Progress.ASKED, Progress.UNDER_WAY})


@dataclass(frozen=True)
class CardLine:
    """One rater of the meeting. Not `reachable`: they have blocked the bot or left Telegram."""

    rater: Rater
    outcome: Progress
    alliance: Progress
    reachable: bool = True


@dataclass(frozen=True)
class Card:
    """The meeting card: who has answered, who has skipped, who is still at it. No scores.

    `look_back`: it is three months or more since the case was last looked back at together.
    """

    case: Case
    session: Session
    lines: tuple[CardLine, ...]
    look_back: bool = False

    @property
    def missing(self) -> tuple[Rater, ...]:
        """Who was there and has neither answered nor skipped what they were asked. A guess is missed by nobody."""
        there = (each for each in self.lines if each.rater.id in self.session.rater_ids)
        here = (each for each in there if self.case.still_asks(each.rater) and not each.rater.is_guess)
        return tuple(each.rater for each in here if {each.outcome, each.alliance} & TO_COME)


@dataclass(frozen=True)
class Attendance:
    """Who may be ticked as here, and who was last time."""

    case: Case
    can_come: tuple[Rater, ...]
    ticked: frozenset[str]


async def attendance(db: Transaction, person: Person, case_id: str) -> Attendance:
    """Whom a new meeting of this case would be with: the same as last time, or the family when it's the first.

    Who has no phone of their own here, or hasn't joined yet, comes too: they answer through the worker.
    """
    desk = await access_case(db, person, case_id, hold=False)
    last = await storage.sessions.newest(db, case_id)
    if last is not None and last.ended_at is None:
        raise Refusal(Reason.MEETING_OPEN)
    can_come = tuple(each for each in desk.case.raters if desk.case.can_be_asked(each))
    themselves = [each for each in can_come if not each.is_guess]
    same = {each.id for each in themselves if (each.id in last.rater_ids if last else _comes_first(each))}
    return Attendance(desk.case, can_come, frozenset(same))


def _comes_first(rater: Rater) -> bool:
    """To a first meeting: the family, but who has an invitation and hasn't followed it yet."""
    return rater.kind.is_family and (rater.joined or not rater.own_phone)


async def start(
    db: Transaction,
    person: Person,
    case_id: str,
    rater_ids: Iterable[str],
    *,
    group_id: str | None = None,
    weighing: Weighing = WEIGHING,
    now: datetime,
) -> Card:
    """The meeting begins: everybody who is here is asked how they have been, unless they said it before coming."""
    desk = await access_case(db, person, case_id)
    chosen = set(rater_ids)
    here = [each for each in desk.case.raters if each.id in chosen and desk.case.can_be_asked(each)]
    if all(each.is_guess for each in here):
        raise Refusal(Reason.NOBODY_HERE)
    its = [each.id for each in here]
    id = await storage.sessions.add(
        db, case_id=case_id, worker_id=desk.worker.id, rater_ids=its, group_id=group_id, now=now
    )
    if id is None:
        raise Refusal(Reason.MEETING_OPEN)
    session = await _session(db, id)
    await _adopt(db, desk, session)
    await alerts.compare_adopted(db, desk.case, session, weighing=weighing, now=now)
    await ask(db, here, session, Measure.OUTCOME, now=now)
    return await card(db, session)


async def _adopt(db: Transaction, desk: Desk, session: Session) -> None:
    """Outcome ratings begun or given in the week before belong to this meeting; so does a skip, a full answer."""
    for rater in desk.case.present_raters:
        waiting = await storage.drafts.of_rater(db, rater.id, session_id=None, measure=Measure.OUTCOME)
        await _belong(db, session, [each for each in waiting if adopts(session.started_at, each.began_at)])


async def _belong(db: Transaction, session: Session, drafts: Sequence[Draft]) -> None:
    """From now on the newest draft about each subject, and what was handed in with it, is the meeting's.

    Unless the meeting has one about this subject already.
    """
    of_meeting = await storage.drafts.of_session(db, session.id)
    there = {(each.rater_id, each.subject_id, each.instrument.code) for each in of_meeting}
    new = [each for each in drafts if (each.rater_id, each.subject_id, each.instrument.code) not in there]
    newest = {(draft.subject_id, draft.instrument.code): draft.id for draft in new}
    await storage.drafts.adopt(db, newest.values(), session.id)
    await storage.ratings.adopt(db, newest.values(), session.id)


async def take_in(
    db: Transaction, person: Person, rater: Rater, *, weighing: Weighing = WEIGHING, now: datetime
) -> None:
    """Whose place in the case is found while it meets is in the meeting, with what they have answered for it.

    Who rates from afar isn't taken to be there, and isn't asked.
    """
    session = await storage.sessions.newest(db, rater.case_id)
    if session is None or session.ended_at is not None:
        return
    if rater.kind.is_family:
        await come(db, session, rater, weighing=weighing, now=now)
    else:
        await bring(db, session, rater, weighing=weighing, now=now)
    await freshen_card(db, session.id, by=person, now=now)


async def come(
    db: Transaction, session: Session, rater: Rater, *, weighing: Weighing = WEIGHING, now: datetime
) -> None:
    """They are here (too): asked what is asked now, unless they have said it already."""
    await storage.sessions.attend(db, session.id, rater.id)
    if session.ended_at is None:
        await bring(db, session, rater, weighing=weighing, now=now)
    present = Measure.OUTCOME if session.state is SessionState.OPEN else Measure.ALLIANCE
    await ask(db, [rater], session, present, now=now)


async def bring(db: Transaction, session: Session, rater: Rater, *, weighing: Weighing, now: datetime) -> None:
    """What somebody has answered for no meeting yet is this one's."""
    for measure, since in ((Measure.OUTCOME, now - BEFORE_MEETING), (Measure.ALLIANCE, session.started_at)):
        await _belong(db, session, await storage.drafts.began_since(db, rater.id, measure=measure, since=since))
    case = await storage.cases.get(db, rater.case_id)
    if case is not None:
        await alerts.compare_adopted(db, case, session, weighing=weighing, now=now)


async def ask(
    db: Transaction,
    raters: Sequence[Rater],
    session: Session,
    measure: Measure,
    *,
    now: datetime,
    not_before: datetime | None = None,
) -> None:
    """Drafts for each of them, and a request to their phones: one, even if it was put before the meeting."""
    for rater in raters:
        await ratings.ask(db, rater, session, measure, now=now)
        drafts = await storage.drafts.of_rater(db, rater.id, session_id=session.id, measure=measure)
        first = next((each for each in drafts if each.state is DraftState.OPEN), None)
        person_id = await _phone_to_ask(db, rater, session, measure)
        if first is not None and person_id is not None:
            about, to = {"draft": first.id}, person_id
            await storage.outbox.put(db, LetterKind.REQUEST, to, about, key=first.id, now=now, not_before=not_before)


async def _phone_to_ask(db: Transaction, rater: Rater, session: Session, measure: Measure) -> str | None:
    """A guess is asked of the one who guesses: after their own questions, or at once when none of those wait."""
    if rater.guessed_by is None:
        return rater.person_id if rater.own_phone else None
    own = await storage.drafts.of_rater(db, rater.guessed_by, session_id=session.id, measure=measure)
    guesser = await storage.cases.rater(db, rater.guessed_by)
    waits = any(each.state is DraftState.OPEN for each in own)
    return None if waits or guesser is None or not guesser.own_phone else guesser.person_id


async def close_up(db: Transaction, person: Person, session_id: str, *, now: datetime) -> Card:
    """Time to close: everybody who is here is asked how the meeting worked for them."""
    meeting = await access_session(db, person, session_id)
    if not await storage.sessions.begin_closing(db, session_id):
        raise Refusal(_gone_by(meeting.session))
    there = [each for each in meeting.case.present_raters if each.id in meeting.session.rater_ids]
    here = [each for each in there if not each.is_guess]
    await ask(db, here, meeting.session, Measure.ALLIANCE, now=now)
    return await _changed(db, person, meeting, now=now)


async def end(
    db: Transaction,
    person: Person,
    session_id: str,
    *,
    weighing: Weighing = WEIGHING,
    now: datetime,
    zone: tzinfo,
    quiet: QuietHours | None,
) -> Card:
    """The meeting is over. What isn't handed in yet can still be for 24 hours, and is reminded of once."""
    meeting = await access_session(db, person, session_id)
    if not await storage.sessions.end(db, session_id, now=now):
        raise Refusal(Reason.MEETING_OVER)
    session = await _session(db, session_id)
    await closing_requests.after_the_meeting(db, meeting.case, session, now=now)
    await reminders.remind(db, meeting.case, session, weighing=weighing, now=now, zone=zone, quiet=quiet)
    return await _changed(db, person, meeting, now=now)


def _gone_by(session: Session) -> Reason:
    return Reason.MEETING_OVER if session.state is SessionState.ENDED else Reason.NO_LONGER


async def _changed(db: Transaction, person: Person, meeting: Meeting, *, now: datetime) -> Card:
    await freshen_card(db, meeting.session.id, by=person, now=now)
    return await card(db, await _session(db, meeting.session.id))


async def show_card(db: Transaction, person: Person, session_id: str) -> Card:
    """The meeting card for one of the case's workers."""
    return await card(db, (await access_session(db, person, session_id, hold=False)).session)


async def open_card(db: Transaction, person: Person, case_id: str) -> Card | None:
    """The card of the meeting that is going on in a case, if one is."""
    await access_case(db, person, case_id, hold=False)
    newest = await storage.sessions.newest(db, case_id)
    return await card(db, newest) if newest is not None and newest.ended_at is None else None


async def card(db: Transaction, session: Session) -> Card:
    """The meeting as it is now. Whom it may be shown to has been decided before."""
    case = await storage.cases.get(db, session.case_id)
    if case is None:
        raise Refusal(Reason.NOT_HERE)
    drafts = await storage.drafts.of_session(db, session.id)
    involved = {
        *session.rater_ids,
        *(each.rater_id for each in drafts if each.skip_reason is not SkipReason.NOT_PRESENT),
    }
    raters = [each for each in case.raters if each.id in involved]
    gone = await storage.people.gone_among(db, [each.person_id for each in raters if each.person_id])
    lines = tuple(_line(each, drafts, reachable=each.person_id not in gone) for each in raters)
    return Card(case, session, lines, await reviews.is_due(db, case, at=session.started_at))


def _line(rater: Rater, drafts: Sequence[Draft], *, reachable: bool) -> CardLine:
    own = [each for each in drafts if each.rater_id == rater.id]
    outcome, alliance = (_progress([d for d in own if d.instrument.asked_with is m]) for m in OF_MEETING)
    return CardLine(rater, outcome, alliance, reachable)


def _progress(drafts: Sequence[Draft]) -> Progress:
    """Of several (a carer about two children) what is still to come says more than what is done."""
    states = {draft.state for draft in drafts}
    if not states:
        return Progress.NOT_ASKED
    if DraftState.OPEN in states:
        begun = len(states) > 1 or any(draft.begun for draft in drafts)
        return Progress.UNDER_WAY if begun else Progress.ASKED
    return Progress.SKIPPED if states == {DraftState.SKIPPED} else Progress.ANSWERED


async def _session(db: Transaction, session_id: str) -> Session:
    session = await storage.sessions.get(db, session_id)
    if session is None:
        raise Refusal(Reason.NOT_HERE)
    return session
