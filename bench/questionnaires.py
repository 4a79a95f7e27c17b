"""People in the middle of a questionnaire: who they are, what they see, and the database in which all of it stands.

Families of four as in the story of the sandbox (two children, mother and father) are in meetings of which each asks
everybody once. Of each questionnaire the first item is answered, so the next tap is a number and the fourth item leads
to the review: three presses, then the person goes on with the next questionnaire that was prepared.
"""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from sqlalchemy import create_engine, insert

import storage
from bot.actions import cases, invitations
from bot.actions.ratings import RatingView
from bot.domain.cases import Case, CaseState, Rater, Subject
from bot.domain.instruments import ITEM_COUNT, Instrument, outcome_instrument
from bot.domain.letters import PlaceKind
from bot.domain.people import AgeBand, Kind, Person
from bot.domain.ratings import REVIEW, Draft, DraftState
from bot.i18n import language
from bot.messages.message import Message
from bot.messages.rating import RatingScreens
from storage import Database, Transaction, Vault, schema
from storage.migrations import migrate

SECRET: Final = "only for measuring, and long enough for it"
FIRST: Final = 2
"""The item that is shown first: the one before it is answered."""
PRESSES: Final = ITEM_COUNT - FIRST + 1
SPEAKING: Final = "fi"
_FAMILY: Final = (Kind.CLIENT, Kind.CLIENT, Kind.MOTHER, Kind.FATHER)
_BANDS: Final = (AgeBand.ADOLESCENT, AgeBand.CHILD, AgeBand.ADULT, AgeBand.ADULT)
_CHILDREN: Final = ("subject-aino", "subject-bo")
_ANSWER: Final = 70


def user_id(person: int) -> int:
    return 5_000_000_000 + person


def person_of(user_id: int) -> int:
    return user_id - 5_000_000_000


def draft_id(person: int, number: int) -> str:
    """Twelve characters, like every id."""
    return f"d{person:04}k{number:05}q"


def read_draft(id: str) -> tuple[int, int]:
    """The person and the number of a questionnaire."""
    return int(id[1:5]), int(id[6:11])


def message_id(number: int) -> int:
    """Each questionnaire stands in a message of its own."""
    return 1_000 + number


def _child(person: int, number: int) -> int:
    """Whom it is about: a child about itself, carers about each in turn."""
    return person % 4 if person % 4 < 2 else number % 2


def _instrument(person: int, number: int) -> Instrument:
    return outcome_instrument(_BANDS[_child(person, number)])


@lru_cache(maxsize=4096)
def screen(person: int, number: int, present: int) -> Message:
    """What the bot shows of a questionnaire at an item, or at the review."""
    subjects = tuple(Subject(id, "case", _BANDS[at]) for at, id in enumerate(_CHILDREN))
    seen = [_CHILDREN[at : at + 1] if at < 2 else _CHILDREN for at in range(4)]
    raters = tuple(Rater(f"rater-{at}", "case", _FAMILY[at], _BANDS[at], seen[at], "person") for at in range(4))
    case = Case("case", "Birch 42", CaseState.OPEN, datetime.now(UTC), subjects, raters)
    scores = tuple(_ANSWER if item < present else None for item in range(1, ITEM_COUNT + 1))
    rater, subject = raters[person % 4], subjects[_child(person, number)]
    draft = Draft(
        draft_id(person, number),
        "case",
        "session",
        rater.id,
        subject.id,
        _instrument(person, number),
        case.opened_at,
        present=present,
        scores=scores,
    )
    return RatingScreens(language(SPEAKING), RatingView(draft, case, rater), ()).present()


def after(item: int) -> int:
    """What is shown when an item has been answered."""
    return item + 1 if item < ITEM_COUNT else REVIEW


# The database


@dataclass(frozen=True)
class _Family:
    case_id: str
    worker_id: str
    members: Sequence[tuple[Person, Rater]]


async def prepare(file: Path, *, people: int, each: int) -> None:
    """A new SQLite file with that many people, each of whom is in the middle of `each` questionnaires."""
    now = datetime.now(UTC)
    database = Database(f"sqlite+aiosqlite:///{file}", Vault(SECRET))
    try:
        await migrate(database)
        async with database.transaction() as db:
            families = await _families(db, people, now=now)
            await storage.outbox.void_all(db, now=now)
    finally:
        await database.close()
    _fill(file, families, each, now)


async def _families(db: Transaction, people: int, *, now: datetime) -> Sequence[_Family]:
    nora = await storage.people.meet(db, telegram_id=user_id(people), language=SPEAKING, now=now)
    worker, made = await invitations.invite_worker(db, team="pihlaja", code="KOIVU-27", role=None, now=now)
    await invitations.read_code(db, nora, made.link, now=now)
    return [await _family(db, nora, worker.id, number, now=now) for number in range(-(-people // 4))]


async def _family(db: Transaction, nora: Person, worker_id: str, number: int, *, now: datetime) -> _Family:
    case = (await cases.open_case(db, nora, AgeBand.ADOLESCENT, now=now)).case
    await cases.add_client(db, nora, case.id, AgeBand.CHILD, now=now + timedelta(seconds=1))
    for at, kind in enumerate((Kind.MOTHER, Kind.FATHER), 2):
        case = (await cases.add_collateral(db, nora, case.id, kind, now=now + timedelta(seconds=at))).case
    members = [
        await _joined(db, nora, rater, user_id(4 * number + at), now=now) for at, rater in enumerate(case.raters)
    ]
    return _Family(case.id, worker_id, members)


async def _joined(db: Transaction, nora: Person, rater: Rater, user: int, *, now: datetime) -> tuple[Person, Rater]:
    _, _, made = await invitations.invite_rater(db, nora, rater.id, now=now)
    person = await storage.people.meet(db, telegram_id=user, language=SPEAKING, now=now)
    await invitations.take_invitation(db, person, made.link, now=now)
    return person, rater


def _fill(file: Path, families: Sequence[_Family], each: int, now: datetime) -> None:
    """All meetings but the newest ended an hour ago: they still take answers."""
    engine = create_engine(f"sqlite:///{file}")
    numbers = list(itertools.product(range(len(families)), range(each)))
    with engine.begin() as connection:
        connection.execute(
            insert(schema.sessions), [_session(families[at], at, number, each, now) for at, number in numbers]
        )
        drafts = [draft for at, number in numbers for draft in _drafts(families[at], at, number, now)]
        connection.execute(insert(schema.session_raters), [_only(row, "session_id", "rater_id") for row in drafts])
        connection.execute(insert(schema.drafts), [{**row, "id": row["id"]} for row in drafts])
        connection.execute(
            insert(schema.draft_items), [{"draft_id": row["id"], "item": 1, "score": _ANSWER} for row in drafts]
        )
        connection.execute(insert(schema.places), list(_places(families, each)))
    engine.dispose()


def _session_id(family: int, number: int) -> str:
    return f"s{family:04}k{number:05}q"


def _session(family: _Family, at: int, number: int, each: int, now: datetime) -> dict[str, Any]:
    is_open = number == each - 1
    return {
        "id": _session_id(at, number),
        "case_id": family.case_id,
        "worker_id": family.worker_id,
        "state": "open" if is_open else "ended",
        "started_at": now - timedelta(hours=2) + timedelta(seconds=number),
        "ended_at": None if is_open else now - timedelta(hours=1),
    }


def _drafts(family: _Family, at: int, number: int, now: datetime) -> Iterator[dict[str, Any]]:
    subjects = [family.members[0][1].subject_ids[0], family.members[1][1].subject_ids[0]]
    for place, (_, rater) in enumerate(family.members):
        person = 4 * at + place
        yield {
            "id": draft_id(person, number),
            "case_id": family.case_id,
            "session_id": _session_id(at, number),
            "rater_id": rater.id,
            "subject_id": subjects[_child(person, number)],
            "instrument": _instrument(person, number).code,
            "state": DraftState.OPEN.value,
            "present": FIRST,
            "began_at": now - timedelta(hours=1),
        }


def _only(row: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: row[name] for name in names}


def _places(families: Sequence[_Family], each: int) -> Iterator[dict[str, Any]]:
    members = [person for family in families for person, _ in family.members]
    for (at, person), number in itertools.product(enumerate(members), range(each)):
        about, kind = draft_id(at, number), PlaceKind.DRAFT.value
        yield {"person_id": person.id, "kind": kind, "about_id": about, "message_id": message_id(number)}
