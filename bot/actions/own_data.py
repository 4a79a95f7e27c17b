"""What is kept of a person, for themself: nobody else's, and none while a rater has a worker's phone in the hand."""

from collections.abc import Sequence
from dataclasses import dataclass

import storage
from bot.actions.people import Seat, seats
from bot.domain.cases import Case, Rater
from bot.domain.people import Person, Worker
from bot.domain.preferences import Preferences
from bot.domain.ratings import Rating
from storage import Transaction


@dataclass(frozen=True)
class Own:
    """One rating that this person has given, and as whom."""

    rating: Rating
    case: Case
    rater: Rater


@dataclass(frozen=True)
class OwnData:
    """The newest rating first, also those of cases that are closed by now."""

    person: Person
    worker: Worker | None
    preferences: Preferences
    seats: Sequence[Seat]
    ratings: Sequence[Own]


async def of_person(db: Transaction, person: Person) -> OwnData:
    if person.in_hands_of is not None:
        return OwnData(person, None, Preferences(), (), ())
    worker = await storage.workers.of_person(db, person.id)
    own = await storage.preferences.get(db, worker.id) if worker else Preferences()
    return OwnData(person, worker, own, await seats(db, person), await _ratings(db, person))


async def _ratings(db: Transaction, person: Person) -> Sequence[Own]:
    found = []
    for rater in await storage.cases.all_raters_of_person(db, person.id):
        case = await storage.cases.get(db, rater.case_id)
        for each in (rater, *(guess for guess in case.raters if guess.guessed_by == rater.id)) if case else ():
            assert case is not None, "it was there a line above"
            found += [Own(rating, case, each) for rating in await storage.ratings.of_rater(db, each.id)]
    return sorted(found, key=lambda each: (each.rating.at, each.rating.id), reverse=True)
