"""What people do about themselves: choose a language, see what they are here, be forgotten."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import storage
from bot.actions import cases, menus, preferences, ratings, undelivered
from bot.actions.cases import CaseLine
from bot.actions.telling import freshen_card, tell_workers
from bot.domain.cases import Case, CaseState, Rater
from bot.domain.letters import LetterKind
from bot.domain.people import Person, Worker
from bot.domain.preferences import FirstSteps
from bot.domain.weighing import WEIGHING, Weighing
from storage import Transaction

CASES = 6
"""So many of a worker's cases are on the first screen."""


@dataclass(frozen=True)
class Seat:
    """Where somebody rates: as whom, in which case, with which worker.

    `rates_meetings`: who isn't in the meetings (school, other professionals) isn't asked how they worked. `has_rated`:
    there is something to look at.
    """

    rater: Rater
    case: Case
    worker: Worker
    rates_meetings: bool
    has_rated: bool = False

    @property
    def is_asked(self) -> bool:
        """Who doesn't take part any more may look at what they have given, and delete it."""
        return self.rater.ended_at is None


@dataclass(frozen=True)
class GoingOn:
    """A meeting that goes on in one of the worker's cases."""

    session_id: str
    label: str
    case_id: str


@dataclass(frozen=True)
class Home:
    """What a person is here: a worker, a rater in some cases, both, or nobody yet.

    `waiting`: how many wait for the worker's yes; `unfinished`: the draft that the person can go on with;
    `undelivered`: what didn't reach others, for who leads them; `offered`: cases that colleagues want to give.
    `cases`: the first of a worker's cases that aren't in a meeting; `has_more`: there are others. `first_steps`: for a
    new worker, until all are done or put away. `away_until`: when they plan to be back from leave.
    """

    worker: Worker | None
    seats: Sequence[Seat]
    waiting: int = 0
    going_on: Sequence[GoingOn] = ()
    unfinished: str | None = None
    undelivered: int = 0
    offered: int = 0
    cases: Sequence[CaseLine] = ()
    has_more: bool = False
    first_steps: FirstSteps | None = None
    away_until: datetime | None = None


async def home(db: Transaction, person: Person, *, weighing: Weighing = WEIGHING, now: datetime) -> Home:
    """While a rater has a worker's phone in the hand, it is nobody's desk."""
    worker = await storage.workers.of_person(db, person.id) if person.in_hands_of is None else None
    unfinished = await ratings.unfinished(db, person, now=now)
    draft_id = unfinished.draft.id if unfinished else None
    if worker is None:
        return Home(None, await seats(db, person), unfinished=draft_id)
    asked = await storage.cases.of_worker(db, worker.id, CaseState.ASKED)
    lost = await undelivered.count(db, worker, now=now)
    going_on, first = await _going_on(db, worker), await _first_cases(db, person, weighing, now)
    offers = len(await storage.offers.to_worker(db, worker.id, now=now))
    found, steps = await seats(db, person), await preferences.steps_left(db, worker)
    until, has_more = (await storage.preferences.get(db, worker.id)).away_until, len(first) > CASES
    return Home(worker, found, len(asked), going_on, draft_id, lost, offers, first[:CASES], has_more, steps, until)


async def _first_cases(db: Transaction, person: Person, weighing: Weighing, now: datetime) -> Sequence[CaseLine]:
    """What needs attention first; those in a meeting have a place of their own."""
    lines = await cases.attention(db, person, weighing=weighing, now=now)
    return [each for each in lines if not each.meeting_open]


async def _going_on(db: Transaction, worker: Worker) -> Sequence[GoingOn]:
    meetings = await storage.sessions.open_of_worker(db, worker.id)
    found = [(session_id, await storage.cases.get(db, case_id)) for session_id, case_id in meetings]
    return tuple(GoingOn(session_id, case.label, case.id) for session_id, case in found if case is not None)


async def seats(db: Transaction, person: Person) -> Sequence[Seat]:
    """Where this person rates, in cases that aren't closed."""
    found = []
    for rater in await storage.cases.raters_of_person(db, person.id):
        case = await storage.cases.get(db, rater.case_id)
        worker = await storage.workers.last_of_case(db, rater.case_id)
        if case is not None and worker is not None:
            rates_meetings, has_rated = await _rates_meetings(db, rater), await storage.ratings.has_any(db, rater.id)
            if has_rated or rater.ended_at is None:
                found.append(Seat(rater, case, worker, rates_meetings, has_rated))
    return found


async def _rates_meetings(db: Transaction, rater: Rater) -> bool:
    if rater.kind.is_family:
        return True
    newest = await storage.sessions.newest(db, rater.case_id)
    return newest is not None and rater.id in newest.rater_ids


async def leave(db: Transaction, person: Person, *, now: datetime) -> None:
    """They have blocked the bot or left Telegram: nothing more is sent, and the meetings they are in show it."""
    await storage.people.mark_gone(db, person.id, now=now)
    for rater in await storage.cases.raters_of_person(db, person.id):
        await _show_on_card(db, person, rater, now=now)


async def leave_as(db: Transaction, person_id: str, *, now: datetime) -> None:
    """The same for whom Telegram has told us of while something was sent."""
    person = await storage.people.get(db, person_id)
    if person is not None:
        await leave(db, person, now=now)


async def reached(db: Transaction, person: Person, *, now: datetime) -> None:
    """They have got an answer. A letter that was on its way may have found them gone before they came back, and said
    so after it."""
    if await storage.people.mark_back(db, person.id):
        for rater in await storage.cases.raters_of_person(db, person.id):
            await _show_on_card(db, person, rater, now=now)


async def _show_on_card(db: Transaction, person: Person, rater: Rater, *, now: datetime) -> None:
    """What has become of a rater shows on the card of the newest meeting."""
    newest = await storage.sessions.newest(db, rater.case_id)
    if newest is not None:
        await freshen_card(db, newest.id, by=person, now=now)


async def choose_language(db: Transaction, person: Person, language: str, *, now: datetime) -> Person:
    await storage.people.choose_language(db, person.id, language)
    await menus.follow(db, person.id, now=now)
    return replace(person, language=language)


async def choose_ground(db: Transaction, person: Person, *, dark: bool) -> Person:
    """On which ground pictures come to this phone; in print they are always on light ground."""
    await storage.people.choose_ground(db, person.id, dark=dark)
    return replace(person, dark=dark)


async def forget(db: Transaction, person: Person, *, now: datetime) -> Sequence[int]:
    """Everything that this person has given as a rater is erased, and the tie to their phone.

    The place in the case stays, without a phone. A worker stays a worker: that ends with the team. What is returned are
    the messages of their chat that show a rating, to be taken out of it.
    """
    messages = await storage.places.drafts_of_person(db, person.id)
    for rater in await _held_raters(db, person):
        case = await storage.cases.get(db, rater.case_id)
        if case is not None and case.state is CaseState.ASKED:
            await storage.cases.erase(db, case.id)
        else:
            await storage.cases.empty(db, rater.id)
            await _tell_that_they_left(db, person, rater, now=now)
    await let_go(db, person, now=now)
    return messages


async def _held_raters(db: Transaction, person: Person) -> Sequence[Rater]:
    """All that this person is somewhere, in cases that are held: looked at again when one came in while we waited."""
    held: set[str] = set()
    while True:
        raters = await storage.cases.all_raters_of_person(db, person.id)
        its = {each.case_id for each in raters}
        if its <= held:
            return raters
        await storage.cases.hold(db, *(its - held))
        held |= its


async def _tell_that_they_left(db: Transaction, person: Person, rater: Rater, *, now: datetime) -> None:
    """The case's workers hear it, and lose the pictures of what is deleted."""
    about, key = {"case": rater.case_id, "rater": rater.id}, storage.new_id()
    await tell_workers(db, rater.case_id, LetterKind.FORGOTTEN, about, but=person, key=key, now=now)
    await _show_on_card(db, person, rater, now=now)


async def let_go(db: Transaction, person: Person, *, now: datetime) -> bool:
    """Who is nobody here isn't known any more: then True. An alert that still waited for them isn't silent."""
    worker = await storage.workers.of_person(db, person.id)
    if worker is None and not await storage.cases.all_raters_of_person(db, person.id):
        for letter in await storage.backlog.of_person(db, person.id):
            await undelivered.flag(db, letter, now=now)
        await storage.people.forget(db, person.id)
        return True
    return False
