"""Answers that a worker writes down for somebody: said aloud, or from a sheet of paper. Each step is kept at once.

What somebody has begun on a phone of their own isn't shown here: a worker who writes it down begins anew.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo

import storage
from bot.actions import meetings, ratings
from bot.actions.access import Desk, Meeting, access_case_draft, access_case_rater, access_session
from bot.actions.meetings import CardLine
from bot.actions.telling import freshen_card
from bot.domain import typed
from bot.domain.asked_as import asked_now, is_chosen
from bot.domain.cases import Case, Rater, Session, SessionState
from bot.domain.errors import Reason, Refusal
from bot.domain.instruments import OF_MEETING, Measure
from bot.domain.people import Person
from bot.domain.ratings import Draft, DraftState, Mode
from storage import Transaction


@dataclass(frozen=True)
class Ways:
    """How one rater of a meeting can still answer: of which measures, and whether they have begun themself."""

    case: Case
    session: Session
    line: CardLine
    waits: tuple[Measure, ...]
    begun_own: bool = False
    can_skip: bool = False


@dataclass(frozen=True)
class Entry:
    """What is being written down: the draft, of whom, and for which meeting (None: none).

    `reads`: the language in which it is read to them. `today`: of the service's clocks. `more`: about another child,
    to be asked next.
    """

    draft: Draft
    case: Case
    rater: Rater
    session: Session | None
    reads: str
    today: date
    met_on: date | None = None
    more: Draft | None = None


# For a meeting


async def of_meeting(db: Transaction, person: Person, session_id: str) -> meetings.Card:
    """The meeting with who is in it; each of them may be answered for."""
    return await meetings.show_card(db, person, session_id)


async def ways(db: Transaction, person: Person, session_id: str, rater_id: str) -> Ways:
    """What this rater can still answer here."""
    meeting = await access_session(db, person, session_id, hold=False)
    card = await meetings.card(db, meeting.session)
    line = next((each for each in card.lines if each.rater.id == rater_id), None)
    if line is None:
        raise Refusal(Reason.NOT_HERE)
    own = [each for each in await storage.drafts.of_session(db, session_id) if each.rater_id == rater_id]
    still = [each for each in own if each.state is DraftState.OPEN]
    waits = tuple(each for each in OF_MEETING if _waits(each, meeting.session, own))
    begun = any(each.begun and not each.is_entered for each in still)
    return Ways(meeting.case, meeting.session, line, waits, begun, can_skip=bool(still))


def _waits(measure: Measure, session: Session, drafts: Sequence[Draft]) -> bool:
    """How the meeting worked is asked when it closes."""
    if measure is Measure.ALLIANCE and session.state is SessionState.OPEN:
        return False
    its = [each for each in drafts if each.instrument.asked_with is measure]
    return not its or any(each.state in (DraftState.OPEN, DraftState.SKIPPED) for each in its)


async def begin(
    db: Transaction,
    person: Person,
    session_id: str,
    rater_id: str,
    measure: Measure,
    mode: Mode,
    *,
    now: datetime,
    zone: tzinfo,
) -> Entry:
    """Write down what this rater says (ALOUD) or has written (PAPER) for a meeting; or go on with it."""
    meeting = await access_session(db, person, session_id)
    found = await ways(db, person, session_id, rater_id)
    if measure not in found.waits:
        raise Refusal(Reason.NO_LONGER)
    await ratings.ask(db, found.line.rater, meeting.session, measure, now=now)
    drafts = await storage.drafts.of_rater(db, rater_id, session_id=session_id, measure=measure)
    before = min((each for each in drafts if each.state in NOT_SENT), key=lambda each: each.state in _SKIPPED)
    return await _take_up(db, person, meeting, before, mode, now=now, zone=zone)


async def go_on(db: Transaction, person: Person, sent: Entry, *, now: datetime, zone: tzinfo) -> Entry | None:
    """Then the next child, in the same way and of the same day; None when nothing more can be asked.

    What was sent stays sent.
    """
    if sent.more is None or sent.session is None:
        return None
    measure, day = sent.draft.instrument.asked_with, sent.draft.rated_on
    mode = Mode.ALOUD if sent.draft.mode is Mode.ALOUD else Mode.PAPER
    try:
        found = await begin(db, person, sent.session.id, sent.rater.id, measure, mode, now=now, zone=zone)
    except Refusal:
        return None
    if mode is Mode.ALOUD or day is None or found.draft.begun:
        return found
    dated = found.draft.dated(day)
    await save(db, found.draft, dated, now=now)
    return replace(found, draft=dated)


_SKIPPED = frozenset({DraftState.SKIPPED})
NOT_SENT = _SKIPPED | {DraftState.OPEN}


async def _take_up(
    db: Transaction, person: Person, meeting: Meeting, before: Draft, mode: Mode, *, now: datetime, zone: tzinfo
) -> Entry:
    """What is said aloud belongs to the meeting and the day after it; paper is patient."""
    if mode is Mode.ALOUD and not meeting.session.takes_answers(now=now):
        raise Refusal(Reason.TOO_LATE)
    after = before.taken_up(mode, rated_on=meeting.session.started_at.astimezone(zone).date())
    await save(db, before, after, now=now)
    if (before.state, before.begun) != (after.state, after.begun):
        await freshen_card(db, meeting.session.id, by=person, now=now)
    return await entry(db, person, meeting.case, after, now=now, zone=zone)


async def save(db: Transaction, before: Draft, after: Draft, *, now: datetime) -> None:
    if not await storage.drafts.save(db, before, after, now=now):
        raise Refusal(Reason.NO_LONGER)


async def entry(db: Transaction, person: Person, case: Case, draft: Draft, *, now: datetime, zone: tzinfo) -> Entry:
    rater = case.rater(draft.rater_id)
    session = await storage.sessions.get(db, draft.session_id) if draft.session_id else None
    theirs = await storage.people.get(db, rater.person_id) if rater.person_id else None
    met_on = session.started_at.astimezone(zone).date() if session else None
    today = now.astimezone(zone).date()
    reads = rater.language or (theirs.language if theirs else person.language)
    return Entry(draft, case, rater, session, reads, today, met_on, await _next(db, draft))


async def _next(db: Transaction, draft: Draft) -> Draft | None:
    """About another child, of the same meeting, when this one is sent."""
    if draft.session_id is None or draft.state is not DraftState.SENT:
        return None
    measure = draft.instrument.asked_with
    others = await storage.drafts.of_rater(db, draft.rater_id, session_id=draft.session_id, measure=measure)
    return next((each for each in others if each.state is DraftState.OPEN), None)


# For no meeting


async def begin_alone(
    db: Transaction,
    person: Person,
    rater_id: str,
    measure: Measure,
    subject_id: str | None,
    *,
    now: datetime,
    zone: tzinfo,
) -> Entry:
    """From a sheet of some day: a new draft, or the one that was begun and not finished."""
    desk, rater = await access_case_rater(db, person, rater_id)
    about = subject_id if measure is Measure.OUTCOME else None
    if measure is Measure.OUTCOME and about not in rater.subject_ids:
        raise Refusal(Reason.NOT_HERE)
    instrument, chosen = asked_now(desk.case, rater, about), is_chosen(desk.case, rater, about)
    for each in await storage.drafts.sheets_of_rater(db, rater_id):
        if (each.state, each.subject_id, each.instrument) == (DraftState.OPEN, about, instrument):
            return await entry(db, person, desk.case, each, now=now, zone=zone)
    today = now.astimezone(zone).date()
    new = Draft(storage.new_id(), rater.case_id, None, rater_id, about, instrument, now, by_choice=chosen)
    new = new.taken_up(Mode.PAPER, rated_on=today)
    await storage.drafts.add(db, new)
    return await entry(db, person, desk.case, new, now=now, zone=zone)


# Steps

Step = Callable[[Draft], Draft]


async def look(db: Transaction, person: Person, draft_id: str, *, now: datetime, zone: tzinfo) -> Entry:
    """As it is now."""
    desk, _, draft = await access_case_draft(db, person, draft_id, hold=False)
    return await entry(db, person, desk.case, draft, now=now, zone=zone)


async def move(db: Transaction, person: Person, draft_id: str, step: Step, *, now: datetime, zone: tzinfo) -> Entry:
    """One step: an answer, back, a line of the review, a total."""
    desk, before = await usable(db, person, draft_id, now=now)
    after = step(before)
    await save(db, before, after, now=now)
    if (before.begun, before.state) != (after.begun, after.state):
        await freshen_card(db, after.session_id, by=person, now=now)
    return await entry(db, person, desk.case, after, now=now, zone=zone)


async def usable(db: Transaction, person: Person, draft_id: str, *, now: datetime) -> tuple[Desk, Draft]:
    """What is said aloud is taken for as long as from a phone; while it is corrected, and from paper, always."""
    desk, _, draft = await access_case_draft(db, person, draft_id)
    session = await storage.sessions.get(db, draft.session_id) if draft.session_id else None
    fresh = draft.mode is Mode.ALOUD and draft.state is DraftState.OPEN
    if fresh and session is not None and not session.takes_answers(now=now):
        raise Refusal(Reason.TOO_LATE)
    return desk, draft


def stepped_back(at: int) -> Step:
    """From an item, or the review; a late or second tap doesn't go further back."""
    return lambda draft: draft.stepped_back() if at == draft.present else draft


async def write(db: Transaction, person: Person, draft_id: str, text: str, *, now: datetime, zone: tzinfo) -> Entry:
    """What was typed from the sheet: the value of the present line, all four, or the total."""
    return await move(db, person, draft_id, lambda draft: _written(draft, text), now=now, zone=zone)


def _written(draft: Draft, text: str) -> Draft:
    values = typed.values(text)
    if draft.mode is Mode.TOTAL_ONLY:
        return _with_total(draft, values)
    instrument = draft.instrument
    if values is None or len(values) not in (1, instrument.count) or draft.mode is not Mode.PAPER:
        raise Refusal(Reason.NO_NUMBER)
    if not all(instrument.lowest <= each <= instrument.highest for each in values):
        raise Refusal(Reason.OVER_TEN)
    if len(values) == instrument.count:
        return draft.filled_in(values)
    if draft.present == draft.review:
        raise Refusal(Reason.NO_LONGER)
    return draft.answered(draft.present, values[0])


def _with_total(draft: Draft, values: tuple[int, ...] | None) -> Draft:
    if values is None or len(values) != 1:
        raise Refusal(Reason.NO_NUMBER)
    if not draft.instrument.takes_total(values[0]):
        raise Refusal(Reason.OVER_FORTY)
    return draft.summed(values[0])


async def write_day(db: Transaction, person: Person, draft_id: str, text: str, *, now: datetime, zone: tzinfo) -> Entry:
    """The day on the sheet, typed or tapped."""
    desk, before = await usable(db, person, draft_id, now=now)
    today, opened = (each.astimezone(zone).date() for each in (now, desk.case.opened_at))
    day = typed.day(text, today=today)
    if day is None:
        raise Refusal(Reason.NO_DAY)
    after = before.dated(typed.checked(day, today=today, opened=opened))
    await save(db, before, after, now=now)
    return await entry(db, person, desk.case, after, now=now, zone=zone)
