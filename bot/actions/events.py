"""The time line of a case: what happened is noted with one tap, and said more exactly afterwards."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

import storage
from bot.actions.access import access_case, access_event
from bot.domain.cases import Case
from bot.domain.errors import Reason, Refusal
from bot.domain.events import Event, EventKind, InReach, Turn, as_words, may_be_noted
from bot.domain.people import Person
from storage import Transaction


@dataclass(frozen=True)
class TimeLine:
    """What is noted on a case, the newest first."""

    case: Case
    events: Sequence[Event]


async def time_line(db: Transaction, person: Person, case_id: str) -> TimeLine:
    desk = await access_case(db, person, case_id, hold=False)
    found = await storage.events.of_case(db, case_id)
    return TimeLine(desk.case, list(reversed(found)))


async def look(db: Transaction, person: Person, event_id: str) -> tuple[Case, Event]:
    desk, event = await access_event(db, person, event_id)
    return desk.case, event


async def note(
    db: Transaction,
    person: Person,
    case_id: str,
    kind: EventKind,
    *,
    count: int | None = None,
    today: date,
    now: datetime,
) -> tuple[Case, Event]:
    """Something of this kind happened today, to the whole family, if there are still `count` on the line.

    With one subject it is about them.
    """
    desk = await access_case(db, person, case_id)
    if count not in (None, len(await storage.events.of_case(db, case_id))):
        raise Refusal(Reason.NO_LONGER)
    only = desk.case.subjects[0].id if len(desk.case.subjects) == 1 else None
    event = Event(storage.new_id(), case_id, only, desk.worker.id, kind, Turn.NEITHER, None, today, now)
    await storage.events.add(db, event)
    return desk.case, event


async def turn_it(db: Transaction, person: Person, event_id: str, way: Turn) -> tuple[Case, Event]:
    """Which way it took things."""
    desk, event = await access_event(db, person, event_id)
    return await _saved(db, desk.case, replace(event, turn=way))


async def reach(db: Transaction, person: Person, event_id: str, in_reach: InReach) -> tuple[Case, Event]:
    """Whether our work can affect it."""
    desk, event = await access_event(db, person, event_id)
    return await _saved(db, desk.case, replace(event, in_reach=in_reach))


async def put_on(db: Transaction, person: Person, event_id: str, day: date, *, today: date) -> tuple[Case, Event]:
    """The day on which it happened: of the last year, and not in the future."""
    desk, event = await access_event(db, person, event_id)
    if not may_be_noted(day, today=today):
        raise Refusal(Reason.DAY)
    return await _saved(db, desk.case, replace(event, day=day))


async def is_about(db: Transaction, person: Person, event_id: str, subject_id: str | None) -> tuple[Case, Event]:
    """Whom it is about; None: the whole family."""
    desk, event = await access_event(db, person, event_id)
    if subject_id is not None and subject_id not in {each.id for each in desk.case.subjects}:
        raise Refusal(Reason.NOT_HERE)
    return await _saved(db, desk.case, replace(event, subject_id=subject_id))


async def _saved(db: Transaction, case: Case, event: Event) -> tuple[Case, Event]:
    await storage.events.save(db, event)
    return case, event


async def write(
    db: Transaction, person: Person, event_id: str, text: str | None, *, free_text: bool
) -> tuple[Case, Event]:
    """A few words of the worker's own, where the organisation wants them (`free_text`); None takes them out."""
    desk, event = await access_event(db, person, event_id)
    if not free_text:
        raise Refusal(Reason.NOT_HERE)
    return await _saved(db, desk.case, replace(event, words=as_words(text) if text else None))


async def remove(db: Transaction, person: Person, event_id: str) -> TimeLine:
    """Noted by mistake."""
    desk, event = await access_event(db, person, event_id)
    await storage.events.remove(db, event.id)
    return await time_line(db, person, desk.case.id)
