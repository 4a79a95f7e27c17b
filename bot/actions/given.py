"""What has been given in a case: looked up by its workers, and deleted by them or by who gave it.

What is deleted takes along what it has raised. That it was deleted is kept in the audit, and no value of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import storage
from bot.actions.access import access_case, access_case_of_draft, access_case_rater, access_case_rating, access_draft
from bot.actions.telling import freshen_card, tell_workers
from bot.domain.acts import Act
from bot.domain.cases import Case, Rater
from bot.domain.errors import Reason, Refusal
from bot.domain.letters import LetterKind, Place, PlaceKind
from bot.domain.people import Person
from bot.domain.ratings import Rating
from storage import Transaction


@dataclass(frozen=True)
class Given:
    """One rating, of whom, in which case."""

    case: Case
    rater: Rater
    rating: Rating


@dataclass(frozen=True)
class AllGiven:
    """All ratings of one rater (None: of the case), the newest first."""

    case: Case
    rater: Rater | None
    ratings: tuple[Rating, ...]


async def of_rater(db: Transaction, person: Person, rater_id: str) -> AllGiven:
    """For a worker of the case."""
    desk, rater = await access_case_rater(db, person, rater_id, hold=False)
    ratings = await storage.ratings.of_rater(db, rater_id)
    return AllGiven(desk.case, rater, tuple(reversed(ratings)))


async def whose(db: Transaction, person: Person, rater_id: str) -> tuple[Case, Rater]:
    """Whose sheet it is."""
    desk, rater = await access_case_rater(db, person, rater_id, hold=False)
    return desk.case, rater


async def of_case(db: Transaction, person: Person, case_id: str) -> AllGiven:
    """Of all who rate there."""
    desk = await access_case(db, person, case_id, hold=False)
    ratings = await storage.ratings.of_case(db, case_id)
    return AllGiven(desk.case, None, tuple(reversed(ratings)))


async def look(db: Transaction, person: Person, draft_id: str) -> Given:
    """One of them, for a worker of the case."""
    desk, rater, rating = await access_case_rating(db, person, draft_id, hold=False)
    return Given(desk.case, rater, rating)


async def delete(db: Transaction, person: Person, draft_id: str, *, now: datetime) -> tuple[Rater, Sequence[int]]:
    """Given in error, or the person asks for it: whose it was, and the messages of the worker's chat that show it."""
    desk, rater, rating = await access_case_rating(db, person, draft_id)
    await _delete(db, rating, by=person, now=now)
    its = {"worker_id": desk.worker.id, "case_id": desk.case.id, "about_id": rating.id}
    await storage.audit.note(db, Act.DELETE_RATING, **its, now=now)
    return rater, await storage.places.pictures_of_case(db, person.id, desk.case.id)


async def delete_own(db: Transaction, person: Person, draft_id: str, *, now: datetime) -> Sequence[int]:
    """Somebody deletes a rating of theirs, in a case that isn't closed; the messages of their chat that show it."""
    await access_case_of_draft(db, person, await access_draft(db, person, draft_id))
    rating = await storage.ratings.of_draft(db, draft_id)
    if rating is None:
        raise Refusal(Reason.NOT_HERE)
    await _delete(db, rating, by=person, now=now)
    await storage.audit.note(db, Act.DELETE_RATING, case_id=rating.case_id, about_id=rating.id, now=now)
    shown = (Place(PlaceKind.DRAFT, draft_id), Place(PlaceKind.OWN_PICTURE, rating.rater_id))
    found = [await storage.places.find(db, person.id, each) for each in shown]
    return [each for each in found if each is not None]


async def _delete(db: Transaction, rating: Rating, *, by: Person, now: datetime) -> None:
    """The case's other workers lose the pictures that may show it, and its meeting's card is shown anew."""
    await storage.drafts.erase(db, rating.draft_id)
    about = {"case": rating.case_id, "rater": rating.rater_id}
    await tell_workers(db, rating.case_id, LetterKind.RATING_DELETED, about, but=by, key=rating.id, now=now)
    await freshen_card(db, rating.session_id, by=by, now=now)
