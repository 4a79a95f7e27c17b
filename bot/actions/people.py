"""What people do about themselves: choose a language, see what they are here, be forgotten."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import storage
from bot.actions.telling import freshen_card
from bot.domain.cases import Case, CaseState, Rater
from bot.domain.people import Person, Worker
from storage import Transaction


@dataclass(frozen=True)
class Seat:
    """Where somebody rates: as whom, in which case, with which worker."""

    rater: Rater
    case: Case
    worker: Worker


@dataclass(frozen=True)
class Home:
    """What a person is here: a worker, a rater in some cases, both, or nobody yet."""

    worker: Worker | None
    seats: Sequence[Seat]
    waiting: int


async def home(db: Transaction, person: Person) -> Home:
    worker = await storage.workers.of_person(db, person.id)
    asked = await storage.cases.of_worker(db, worker.id, CaseState.ASKED) if worker else ()
    return Home(worker, await seats(db, person), len(asked))


async def seats(db: Transaction, person: Person) -> Sequence[Seat]:
    """Where this person rates, in cases that aren't closed."""
    found = []
    for rater in await storage.cases.raters_of_person(db, person.id):
        case = await storage.cases.get(db, rater.case_id)
        workers = await storage.workers.of_case(db, rater.case_id)
        if case is not None and workers:
            found.append(Seat(rater, case, workers[0]))
    return found


async def leave(db: Transaction, person: Person, *, now: datetime) -> None:
    """They have blocked the bot or left Telegram: nothing more is sent, and the meetings they are in show it."""
    await storage.people.mark_gone(db, person.id, now=now)
    for rater in await storage.cases.raters_of_person(db, person.id):
        newest = await storage.sessions.newest(db, rater.case_id)
        if newest is not None and newest.ended_at is None:
            await freshen_card(db, newest.id, by=person, now=now)


async def choose_language(db: Transaction, person: Person, language: str) -> Person:
    await storage.people.choose_language(db, person.id, language)
    return Person(person.id, language)


async def forget(db: Transaction, person: Person) -> None:
    """Everything that this person has given as a rater is erased, and the tie to their phone.

    The place in the case stays, without a phone. A worker stays a worker: that ends with the team.
    """
    for rater in await storage.cases.all_raters_of_person(db, person.id):
        case = await storage.cases.get(db, rater.case_id)
        if case is not None and case.state is CaseState.ASKED:
            await storage.cases.erase(db, case.id)
        else:
            await storage.cases.empty(db, rater.id)
    await let_go(db, person)


async def let_go(db: Transaction, person: Person) -> None:
    """Who is nobody here isn't known any more."""
    worker = await storage.workers.of_person(db, person.id)
    if worker is None and not await storage.cases.all_raters_of_person(db, person.id):
        await storage.people.forget(db, person.id)
