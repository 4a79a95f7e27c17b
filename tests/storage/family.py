"""A family in a database, put there by the nouns of storage alone: Aino, Bo, their mother and father, and a teacher.

Nora is their worker; Otto works in another team. The teacher has no phone here.
"""

from collections.abc import Awaitable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TypeVar

import storage
from bot.domain.cases import Case, CaseState, Rater, Session, Subject
from bot.domain.instruments import ORS, Instrument
from bot.domain.people import AgeBand, Kind, Person, Role, Worker
from bot.domain.ratings import Draft, Mode, Rating
from storage import Transaction

Thing = TypeVar("Thing")

NOW = datetime(2026, 3, 2, 9, 0, 15, 123456, tzinfo=UTC)
CHATS = {"nora": 5_000_000_001, "otto": 5_000_000_002, "aino": 5_000_000_003, "bo": 5_000_000_004}
CHATS |= {"mother": 5_000_000_005, "father": 5_000_000_006}


@dataclass(frozen=True)
class Family:
    """Persons by what they are; the worker and the case as they were put there."""

    nora: Person
    otto: Person
    aino: Person
    bo: Person
    mother: Person
    father: Person
    worker: Worker
    other_worker: Worker
    case: Case

    def rater(self, person: Person) -> Rater:
        return next(each for each in self.case.raters if each.person_id == person.id)

    @property
    def teacher(self) -> Rater:
        return next(each for each in self.case.raters if each.kind is Kind.SCHOOL)

    @property
    def aino_as_subject(self) -> Subject:
        return self.case.subjects[0]

    @property
    def bo_as_subject(self) -> Subject:
        return self.case.subjects[1]


async def known(asked: Awaitable[Thing | None]) -> Thing:
    """What is surely there."""
    thing = await asked
    assert thing is not None
    return thing


async def person(db: Transaction, name: str, *, language: str = "en") -> Person:
    return await storage.people.meet(db, telegram_id=CHATS[name], language=language, now=NOW)


async def worker(db: Transaction, team: str, code: str, person: Person | None) -> Worker:
    made = await storage.workers.add(db, team=team, code=code, role=Role.WORKER, now=NOW)
    if person is not None:
        await storage.workers.set_person(db, made.id, person.id)
    return await known(storage.workers.get(db, made.id))


async def add_family(db: Transaction) -> Family:
    people = {name: await person(db, name) for name in CHATS}
    nora = await worker(db, "pihlaja", "KOIVU-27", people["nora"])
    otto = await worker(db, "vaahtera", "TAMMI-5", people["otto"])
    case_id = await storage.cases.add(
        db, worker_id=nora.id, label="Birch 42", state=CaseState.OPEN, check=None, now=NOW
    )
    aino = await storage.cases.add_subject(db, case_id, AgeBand.ADOLESCENT, now=NOW)
    bo = await storage.cases.add_subject(db, case_id, AgeBand.CHILD, now=NOW + timedelta(seconds=1))
    both = (aino.id, bo.id)
    raters = (
        Rater(storage.new_id(), case_id, Kind.CLIENT, AgeBand.ADOLESCENT, (aino.id,), people["aino"].id),
        Rater(storage.new_id(), case_id, Kind.CLIENT, AgeBand.CHILD, (bo.id,), people["bo"].id),
        Rater(storage.new_id(), case_id, Kind.MOTHER, AgeBand.ADULT, both, people["mother"].id),
        Rater(storage.new_id(), case_id, Kind.FATHER, AgeBand.ADULT, both, people["father"].id),
        Rater(storage.new_id(), case_id, Kind.SCHOOL, AgeBand.ADULT, (aino.id,), None),
    )
    for number, rater in enumerate(raters):
        await storage.cases.add_rater(db, rater, now=NOW + timedelta(seconds=number))
    case = await known(storage.cases.get(db, case_id))
    return Family(**people, worker=nora, other_worker=otto, case=case)


async def meeting(db: Transaction, family: Family, *who: Person, now: datetime = NOW) -> Session:
    """A meeting that has started, with these people in it."""
    rater_ids = [family.rater(each).id for each in who]
    session_id = await storage.sessions.add(
        db, case_id=family.case.id, worker_id=family.worker.id, rater_ids=rater_ids, now=now
    )
    assert session_id is not None
    return await known(storage.sessions.get(db, session_id))


def draft(
    rater: Rater,
    *,
    session: Session | None = None,
    subject: Subject | None = None,
    instrument: Instrument = ORS,
    began_at: datetime = NOW,
) -> Draft:
    """A new draft, in no database yet."""
    session_id, subject_id = session.id if session else None, subject.id if subject else None
    return Draft(storage.new_id(), rater.case_id, session_id, rater.id, subject_id, instrument, began_at)


def rating(draft: Draft, worker: Worker, *scores: int, at: datetime = NOW) -> Rating:
    """The rating that this draft becomes, in no database yet."""
    return Rating(
        id=storage.new_id(),
        draft_id=draft.id,
        case_id=draft.case_id,
        worker_id=worker.id,
        session_id=draft.session_id,
        rater_id=draft.rater_id,
        subject_id=draft.subject_id,
        instrument=draft.instrument,
        mode=Mode.BUTTONS,
        scores=scores or (70, 60, 80, 90),
        at=at,
    )
